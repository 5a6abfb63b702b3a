"""Adding a rule to a file of a policy: what is there stays byte for byte, and nothing is written that does not read."""

import re
from os.path import lexists
from pathlib import Path

from assistant.authoring.first_rule import rule_text, trial_of
from assistant.errors import Finding, InputError, PolicyError, shown
from assistant.policy.folder import HEAD, displayed, installed
from assistant.policy.syntax import Policy
from assistant.preferences.editing import replace_file
from assistant.reading.nodes import Listing
from assistant.reading.parser import parse, read_regular, within
from assistant.reading.shapes import SLUG

DEFAULT_FILE = "rules.yaml"
_FILE = re.compile(r"[^/\\\x00-\x1f]+\.ya?ml\Z")


def add_rule(policy: Policy, folder: Path | None, id: str, file: str | None = None) -> tuple[Path, int]:
    """Adds a rule to fill in to a file of the policy in `folder`, None for the shipped one; its path and line.

    Raises `InputError` where that is the shipped policy, the id is taken or no id, or the file can't take it.
    """
    if folder is None or folder.resolve() == installed("rules").resolve():
        help = "`whyso init DIR` writes a layer of your own; then say --policy DIR"
        raise InputError("the shipped policy is not edited", help=help)
    _check_id(policy, id)
    path = folder / _checked_file(file or DEFAULT_FILE)
    if lexists(path) and not within(path, folder):
        raise InputError(f"`{shown(displayed(path))}` is a link that leads out of the policy's folder")
    trial = trial_of(policy)
    if trial is None:
        raise InputError("the policy asks for nothing that a rule could go by", help="declare a fact in vocabulary/")
    before = read_regular(path, displayed(path)) if lexists(path) else b""
    after, line = _with_rule(before, rule_text(id, trial), displayed(path))
    replace_file(path, after)
    return path, line


def _check_id(policy: Policy, id: str) -> None:
    if not SLUG.match(id) or len(id) > 100:
        help = "write lower-case letters, digits and hyphens, such as `our-first-rule`"
        raise InputError(f"`{shown(id)}` can't be a rule's id", help=help)
    known = policy.origin("rule", id)
    if known is not None:
        place = f"{known.whole.at} in {known.whole.layer}"
        help = "name another, or write a rule of this id into your layer to take its place"
        raise InputError(f"there is a rule `{id}` already, at {place}", help=help)


def _checked_file(name: str) -> str:
    if not _FILE.match(name) or name == HEAD:
        message = f"`{shown(name)}` can't hold rules"
        raise InputError(message, help="name a .yaml file directly in the policy's folder, such as `rules.yaml`")
    return name


def _with_rule(before: bytes, rule: str, name: str) -> tuple[bytes, int]:
    """A file's bytes with one rule more at their end, and the rule's line."""
    try:
        known = parse(before, name)
        text = before.decode("utf-8")
        text += "" if text.endswith("\n") or not text else "\n"
        gap = "\n" if known is not None else ""
        after = f"{text}{gap}{rule}"
        found = parse(after.encode(), name)
    except PolicyError as error:
        raise _unfit(name, error.findings[0]) from None
    wanted = (len(known.items) if isinstance(known, Listing) else 0) + 1
    if not isinstance(found, Listing) or len(found.items) != wanted:
        raise _unfit(name)
    return after.encode(), found.items[-1].span.line


def _unfit(name: str, finding: Finding | None = None) -> InputError:
    message = f"a rule can't be added to `{shown(name)}`: it is no list of rules, each beginning with `- rule:`"
    return InputError(message, span=finding.span if finding else None, help="name another with --file")
