"""Whether a record still follows from its own facts: reproduced, overtaken by a change, or altered, and where.

A record is made again from the facts sealed into it and compared byte by byte. Only where every byte is the same has it
been reproduced, so that a new digest over altered text does not help. Under a changed policy or another version the
text cannot be made again; the digest then tells whether it was altered, and what differs is said.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant import __version__
from assistant.dialogue.admitting import admitted, left_out
from assistant.dialogue.state import State
from assistant.errors import InputError, WhysoError, shown
from assistant.explanation.document import Document, Style, said
from assistant.explanation.wording import recommendation
from assistant.policy.declarations import DATE
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import check_value
from assistant.reasoning.decision import Decision, decide
from assistant.reports.rendering import FORMATS, Rendering, write_record
from assistant.reports.seal import Evidence, digest_holds, is_json, open_record
from assistant.sessions.changed import what_changed

AROUND = 60
_CHANGES = (
    ("its line endings were converted (CRLF)", "keep them: `*.md -text` in .gitattributes", b"\r\n", b"\n"),
    ("its line endings were converted (CR)", "keep them as they are", b"\r", b"\n"),
)
_MARK = b"\xef\xbb\xbf"


class Outcome(StrEnum):
    """What verifying came to."""

    REPRODUCED = "reproduced"
    CHANGED = "changed"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying came to, and that in words."""

    outcome: Outcome
    document: Document


def verify(data: bytes, name: str, policy: Policy, engine: str | None = None) -> Verification:
    """Verifies the record in `data`; raises `InputError` where it is none that this whyso reads."""
    opened = open_record(data, name)
    evidence = opened.evidence
    if evidence is None:
        return _altered(f"line {opened.line}: {opened.fault}", _conversion(data))
    if evidence.format not in FORMATS or (evidence.format == "json") is not is_json(data):
        return _altered("it says that it has a format that it has not")
    if evidence.policy.digest != policy.digest:
        if not opened.sound:
            help = "verify it under the policy of its time to see where: --policy DIR"
            return _altered("its digest does not fit the rest of it", _conversion(data) or help)
        return _changed_policy(evidence, policy, engine)
    try:
        decision = _decided(evidence, policy, engine)
        again = write_record(decision, evidence.subject, evidence.format)
    except InputError as error:
        return _altered(f"its facts are none that the policy takes: {error.message}")
    if again.data == data:
        text = f"Reproduced exactly. {recommendation(decision)}, under {_policy(policy)}."
        return Verification(Outcome.REPRODUCED, said(text, Style.VERDICT))
    return _differing(data, evidence, again, sound=opened.sound)


def _policy(policy: Policy) -> str:
    return f"{shown(policy.id)} {shown(policy.version)} (digest {policy.digest[:12]})"


def _decided(evidence: Evidence, policy: Policy, engine: str | None) -> Decision:
    """The decision on the facts of a record, as far as they can be facts; raises `InputError` where they cannot."""
    subject = evidence.subject
    for name, value in subject.answers.items():
        if name not in policy.told:
            raise InputError(f"there is no fact `{shown(name)}`")
        try:
            check_value(policy.told[name], value)
        except WhysoError as error:
            raise InputError(error.message) from None
    stray = next((name for name in (*subject.words, *subject.turns) if name not in subject.answers), None)
    if stray is not None:
        raise InputError(f"`{shown(stray)}` has words and no value")
    if subject.date and not (DATE.pattern and DATE.pattern.match(subject.date)):
        raise InputError(f"`{shown(subject.date)}` is no date")
    if any(figure.low > figure.high for figure in subject.own):
        raise InputError("a figure of its own has its ends the wrong way round")
    return decide(policy, policy.in_order(subject.answers), engine, subject.own)


def _altered(what: str, help: str = "") -> Verification:
    document = said(f"This record was altered: {what}", Style.ERROR)
    return Verification(Outcome.ALTERED, document + said(help, Style.NOTE) if help else document)


def _differing(data: bytes, evidence: Evidence, again: Rendering, *, sound: bool) -> Verification:
    """Why a record under its own policy is not what its facts give."""
    told = _conversion_to(data, again.data)
    if told:
        return _altered(*told)
    if sound and evidence.result == again.evidence.result:
        if evidence.whyso != __version__:
            return _another_version(evidence)
        if evidence.template != again.evidence.template:
            text = "The verdict, the scores and the firings are reproduced. The template has changed since, so that the"
            return _changed(f"{text} text cannot be compared; its digest is right.")
        if not (evidence.proven and again.evidence.proven):
            text = "The verdict, the scores and the firings are reproduced. Proofs ran out of time, here or when it was"
            return _changed(f"{text} written, so that the text cannot be compared; its digest is right.")
    return _altered(_where(data, again.data))


def _another_version(evidence: Evidence) -> Verification:
    text = (
        f"The verdict, the scores and the firings are reproduced. The record was written by whyso "
        f"{shown(evidence.whyso)} and this is {__version__}, so that the text cannot be compared; its digest is right."
    )
    document = said(text) + said("Verify it with the whyso that wrote it to compare every byte.", Style.NOTE)
    return Verification(Outcome.CHANGED, document)


def _changed(text: str) -> Verification:
    return Verification(Outcome.CHANGED, said(text))


def _changed_policy(evidence: Evidence, policy: Policy, engine: str | None) -> Verification:
    """What another policy makes of the facts of a record whose digest is right."""
    if evidence.policy.name != policy.id:
        there, here = shown(evidence.policy.name), shown(policy.id)
        document = said(f"This record is of the policy `{there}`, and this is `{here}`.", Style.ERROR)
        return Verification(Outcome.CHANGED, document + said("Say where its policy is: --policy DIR", Style.NOTE))
    state, left = admitted(policy, State(answers=evidence.subject.answers))
    decision = decide(policy, state.answers, engine, evidence.subject.own)
    document = what_changed(evidence.policy, evidence.result, decision) + left_out(policy, left, evidence.policy.facts)
    note = "Its digest is right. Its text can be compared under the policy of its time only."
    return Verification(Outcome.CHANGED, document + said(note, Style.NOTE))


def _conversion(data: bytes) -> str:
    """That a record's digest is right once what git and editors do to files is undone; nothing where it is not."""
    for what, _, now, before in _CHANGES:
        if digest_holds(data.removeprefix(_MARK).replace(now, before)):
            return f"The cause: {what}."
    return "The cause: a byte order mark was put before it." if digest_holds(data.removeprefix(_MARK)) else ""


def _conversion_to(data: bytes, again: bytes) -> tuple[str, str] | None:
    """What git or an editor did to a record, if that is all that differs, and how to keep it from doing so."""
    bare = data.removeprefix(_MARK)
    if bare == again:
        return "a byte order mark was put before it", "save it as UTF-8 without one"
    for what, help, now, before in _CHANGES:
        if now in bare and bare.replace(now, before) == again:
            return what, help
    if data.rstrip() == again.rstrip():
        return "its last line ends otherwise", "keep its one line feed at the end"
    return None


def _where(data: bytes, again: bytes) -> str:
    """The first place at which a record is not what its facts give."""
    field = _field(data, again)
    ours, theirs = again.split(b"\n"), data.split(b"\n")
    line = _first_place(theirs, ours)
    is_, should = (_text(lines, line) for lines in (theirs, ours))
    if should.lstrip().startswith(("sha256:", '"digest":')) and ours[line + 1 :] == theirs[line + 1 :]:
        return f"line {line + 1}: its digest; all the rest is as its facts give it"
    place = f"line {line + 1}{f', `{field}`' if field else ''}"
    at = _first_place(is_, should)
    return f"{place}: it reads {_excerpt(is_, at)}, and its facts give {_excerpt(should, at)}"


def _first_place(one: Sequence[object], other: Sequence[object]) -> int:
    """Where two sequences part."""
    both = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in both if a != b), min(len(one), len(other)))


def _text(lines: list[bytes], line: int) -> str:
    return lines[line].decode("utf-8", "replace") if line < len(lines) else ""


def _excerpt(text: str, at: int) -> str:
    """A line around a place in it."""
    if not text:
        return "nothing"
    begin, end = max(0, at - AROUND), at + AROUND
    before, after = "…" if begin else "", "…" if end < len(text) else ""
    return f"`{before}{shown(text[begin:end], 2 * AROUND)}{after}`"


def _field(data: bytes, again: bytes) -> str:
    """The first field of a JSON record that is not what its facts give; nothing for the other formats."""
    if again[:1] != b"{":
        return ""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    expected = json.loads(again)
    found.pop("digest", None)
    expected.pop("digest")
    return shown(_first_difference(found, expected), 120)


def _first_difference(found: Any, expected: Any) -> str:
    """The dotted path to the first difference, which is known to be there; nothing where there is none."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted({*found, *expected}):
            if key not in found or key not in expected:
                return str(key)
            if found[key] != expected[key]:
                return f"{key}.{_first_difference(found[key], expected[key])}".rstrip(".")
    if isinstance(found, list) and isinstance(expected, list):
        for at, (one, other) in enumerate(zip(found, expected, strict=False)):
            if one != other:
                return f"{at}.{_first_difference(one, other)}".rstrip(".")
        return str(min(len(found), len(expected))) if len(found) != len(expected) else ""
    return ""
