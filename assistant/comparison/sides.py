"""The two policies of a comparison by what one types: a folder, an installed policy, or a git revision of a folder."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from os.path import isdir, isfile
from pathlib import Path

from assistant.comparison.revisions import Revision, revision_and_path, revision_of, written_out
from assistant.errors import Finding, InputError, PolicyError, shown
from assistant.policy.compiler import compile_policy
from assistant.policy.folder import HEAD, displayed, id_of, installed, shown_as
from assistant.policy.syntax import Policy
from assistant.reasoning.pairs import SIDES, Side


@dataclass(frozen=True, slots=True)
class Named:
    """One side: where its folder is now, and how messages name it."""

    folder: Path
    shown: str
    revision: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """Two policies and how they are named."""

    before: Policy
    after: Policy
    names: tuple[str, str]


@contextmanager
def loaded(before: str, after: str | None, in_force: Path | None) -> Iterator[Loaded]:
    """Both policies, for as long as what stands in their folders is needed. Without `after` it is the one in force.

    A revision alone means the folder of the other side, or of the policy in force. Raises `InputError` for what is not
    there, and `PolicyError` for a policy with faults; examples that fail are none here.
    """
    force = in_force or installed("rules")
    with ExitStack() as stack:
        folders = {side: _folder(side) for side in (before, after) if side is not None}
        beside = next((folder for folder in folders.values() if folder and isfile(folder / HEAD)), force)
        old = stack.enter_context(_named(before, folders[before], beside))
        new = (
            Named(force, _shown(force)) if after is None else stack.enter_context(_named(after, folders[after], beside))
        )
        with shown_as({old.folder: "", new.folder: ""}):
            policies = [policy for side in (old, new) if (policy := _sound(side)) is not None]
            if len(policies) == len(SIDES):
                yield Loaded(policies[0], policies[1], (old.shown, new.shown))
                return
        raise PolicyError(list(_faults(dict(zip(SIDES, (old, new), strict=True)))))


def _sound(side: Named) -> Policy | None:
    """The policy of one side; None where there is none, or it has faults."""
    try:
        found = compile_policy(side.folder)
    except InputError:
        return None
    return None if found.findings else found.policy


def _faults(sides: Mapping[Side, Named]) -> Iterator[Finding]:
    """The faults of both sides under the names that people know, and which side has any."""
    for which, side in sides.items():
        with shown_as({side.folder: side.shown} if side.revision else {}):
            found = compile_policy(side.folder)
        yield from found.findings
        if found.findings or found.policy is None:
            help = f"`whyso check {side.shown}` tells more" if not side.revision else "compare with a sound revision"
            yield Finding("side", None, f"the policy {which}, `{side.shown}`, has faults", help)


def _folder(text: str) -> Path | None:
    """The folder that a text names, of a policy at hand or of an installed one; None where it names none."""
    if isdir(text):
        return Path(text)
    for candidate in (installed("rules"), installed("rules").parent / text):
        if "/" not in text and isfile(candidate / HEAD) and id_of(candidate / HEAD) == text:
            return candidate
    return None


@contextmanager
def _named(text: str, folder: Path | None, beside: Path) -> Iterator[Named]:
    if folder is not None and (isfile(folder / HEAD) or not _is_revision(text, beside)):
        yield Named(folder, _shown(folder))
        return
    revision: Revision = revision_and_path(text, Path.cwd()) if ":" in text else revision_of(text, beside)
    with written_out(revision) as written:
        yield Named(written, revision.shown, revision=True)


def _is_revision(text: str, beside: Path) -> bool:
    """Whether the repository has the folder of the other side in a revision of that name."""
    try:
        with written_out(revision_of(text, beside)):
            return True
    except InputError:
        return False


def _shown(folder: Path) -> str:
    return shown(displayed(folder), 200)
