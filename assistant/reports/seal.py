"""What is sealed into a record so that it can be verified from itself alone: its facts, its result, and a digest.

In Markdown and HTML the seal is the comment that ends the file, in JSON two keys at the top. The digest is the SHA-256
of every byte of the file but its own 64 digits.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from assistant.errors import InputError, shown
from assistant.policy.syntax import Policy
from assistant.reasoning.decision import Decision
from assistant.reports.escaping import comment
from assistant.reports.record import Record
from assistant.reports.sessions import exact_dumps
from assistant.reports.subject import Subject
from assistant.sessions.plain_form import from_json, plain_form, to_json
from assistant.sessions.record import PolicyRecord, VerdictRecord, policy_record, verdict_record

KIND = 1
"""The kind of record that this whyso writes and reads."""

_OPENING = "<!-- whyso record"
_NO_DIGEST = "0" * 64
_AT_END = re.compile(rb"\nsha256:([0-9a-f]{64})\n-->\n\Z")
_IN_JSON = re.compile(rb'^  "digest": "sha256:([0-9a-f]{64})",$', re.MULTILINE)
_SIGNS = (_OPENING.encode(), b"\nsha256:", b'"evidence": {', b'"digest": "sha256:')
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class TemplateSeen:
    """The layer whose template a record was written with, None for the built-in one, and the template's digest."""

    layer: str | None
    digest: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that it takes to make a record again, and to say what a changed policy makes of it.

    `policy` holds the conditions of the rules that fired only. `record` is the kind of record.
    """

    record: int
    whyso: str
    format: str
    proven: bool
    template: TemplateSeen | None
    subject: Subject
    policy: PolicyRecord
    result: VerdictRecord


@dataclass(frozen=True, slots=True)
class Opened:
    """A record as it was found: whether its digest is right, its evidence, or else what is wrong with it and where."""

    sound: bool
    evidence: Evidence | None
    line: int = 1
    fault: str = ""


def evidence_of(
    decision: Decision, subject: Subject, record: Record, form: str, template: TemplateSeen | None
) -> Evidence:
    """What is sealed into a record."""
    result = verdict_record(decision)
    policy = _policy(decision.policy, result)
    return Evidence(KIND, record.whyso, form, record.proven, template, subject, policy, result)


def _policy(policy: Policy, result: VerdictRecord) -> PolicyRecord:
    whole = policy_record(policy)
    return replace(whole, rules={id: whole.rules[id] for id in result.fired}, facts={})


def seal(text: str, evidence: Evidence) -> bytes:
    """A text of Markdown or HTML with its seal."""
    sealed = f"{text}\n{_OPENING}\n{comment(plain_form(evidence))}\nsha256:{_NO_DIGEST}\n-->\n"
    return _with_digest(sealed.encode())


def seal_json(data: Mapping[str, Any], evidence: Evidence) -> bytes:
    """Plain data as JSON with its seal."""
    whole = {**data, "evidence": plain_form(evidence), "digest": f"sha256:{_NO_DIGEST}"}
    return _with_digest(f"{exact_dumps(whole)}\n".encode())


def _with_digest(data: bytes) -> bytes:
    place = _place(data)
    assert place is not None, "it has just been put there"
    start, end = place
    return data[:start] + _digest(data, start, end).encode() + data[end:]


def _digest(data: bytes, start: int, end: int) -> str:
    return hashlib.sha256(data[:start] + data[end:]).hexdigest()


def is_json(data: bytes) -> bool:
    """Whether a file holds a record as JSON, and not as Markdown or HTML."""
    return data.removeprefix(_MARK).lstrip()[:1] == b"{" and not _AT_END.search(data)


def _place(data: bytes) -> tuple[int, int] | None:
    """Where the digits of the digest stand; None where they are not in their one place."""
    found = list((_IN_JSON if is_json(data) else _AT_END).finditer(data))
    return found[0].span(1) if len(found) == 1 else None


def digest_holds(data: bytes) -> bool:
    """Whether the digest in a file is that of the rest of it."""
    place = _place(data)
    return place is not None and data[place[0] : place[1]].decode() == _digest(data, *place)


def open_record(data: bytes, name: str) -> Opened:
    """What a file holds; raises `InputError` where it is no record, or one of another kind."""
    if not any(sign in data for sign in _SIGNS):
        raise InputError(
            f"`{shown(name)}` is no record of whyso, or its end is missing", help="`whyso report` writes one"
        )
    sound = digest_holds(data)
    text, line = _sealed(data)
    try:
        plain = json.loads(text)
        evidence = from_json(Evidence, to_json(plain["evidence"] if is_json(data) else plain))
    except json.JSONDecodeError as error:
        return Opened(sound, None, line + error.lineno - 1, error.msg.lower())
    except (ValueError, TypeError, KeyError, RecursionError):
        evidence = None
    kind = _kind(text, is_json(data))
    if sound and kind not in (None, KIND):
        message = f"`{shown(name)}` is a record of kind {kind}, and this whyso reads kind {KIND}"
        raise InputError(message, help="verify it with the whyso that wrote it")
    if evidence is None:
        return Opened(sound, None, line, "what is sealed into it is incomplete")
    return Opened(sound, evidence)


def _kind(text: str, whole: bool) -> int | None:
    """The kind of record that a sealed text says it is."""
    try:
        plain = json.loads(text)
        kind = (plain["evidence"] if whole else plain)["record"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return kind if type(kind) is int else None


def _sealed(data: bytes) -> tuple[str, int]:
    """The JSON that is sealed into a file, and the line on which it begins."""
    text = data.removeprefix(_MARK).decode("utf-8", "replace")
    if is_json(data):
        return text, 1
    opening = text.rfind(_OPENING)
    if opening < 0:
        return "", text.count("\n") + 1
    begin = text.find("\n", opening) + 1 or len(text)
    end = text.find("\nsha256:", begin)
    return text[begin : end if end >= 0 else len(text)], text.count("\n", 0, begin) + 1
