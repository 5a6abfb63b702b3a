"""Cases: answers in a file or on a line, read against a policy, and the results that a policy's own cases expect."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import CaseError, Finding, FindingsError, InputError, Span, WhysoError, shown
from assistant.policy.compile_rules import answers_of
from assistant.policy.declarations import CASE
from assistant.policy.folder import displayed, files_in
from assistant.policy.noted import Noted
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers, Value
from assistant.reading.nodes import Node, Scalar
from assistant.reading.parser import parse, parse_file
from assistant.reading.shapes import Fields, check
from assistant.reasoning.costs import OwnFigure
from assistant.reasoning.decision import decide
from assistant.reasoning.own_figures import own_figures
from assistant.reasoning.patience import CancelledError


@dataclass(frozen=True)
class Case:
    """Some answers, told facts only and each of its fact's type.

    `words` are those in which a fact was told, where they are not its value: `daily`, `150 ms`. `own` are the figures
    that stand for the policy's costs, `date` is the day that the case gives, as YYYY-MM-DD, or nothing.
    """

    name: str
    about: str
    answers: Answers
    words: Mapping[str, str]
    expect: Fields | None
    span: Span
    own: tuple[OwnFigure, ...] = ()
    date: str = ""


def read_case(data: bytes, name: str, policy: Policy) -> Case:
    """The case in YAML or JSON; raises `CaseError` with every fault in it. Nothing at all is an empty case."""
    try:
        return _case_of(parse(data, name), name, policy)
    except FindingsError as error:
        raise CaseError(error.findings) from None


def _case_of(node: Node | None, name: str, policy: Policy) -> Case:
    findings: list[Finding] = []
    start = Span(name, 1, 1)
    fields = check(node, CASE, findings) if node is not None else Fields(start, {})
    noted = Noted(findings)
    answers: dict[str, Value] = {}
    words: dict[str, str] = {}
    own: tuple[OwnFigure, ...] = ()
    if isinstance(fields, Fields):
        told = fields.get("answers")
        answers = answers_of(told, policy.facts, noted) if isinstance(told, dict) else {}
        words = _words(told, answers) if isinstance(told, dict) else {}
        priced = fields.get("costs")
        own = own_figures(priced, policy, noted) if isinstance(priced, dict) else ()
        _check_date(fields, noted)
    if findings or not isinstance(fields, Fields):
        raise CaseError(findings)
    called, about, date = (fields.text(key) for key in ("case", "about", "date"))
    return Case(called, about, answers, words, fields.get("expect"), fields.span, own, date)


def _check_date(fields: Fields, noted: Noted) -> None:
    try:
        datetime.date.fromisoformat(fields.text("date", "2026-01-01"))
    except ValueError:
        noted.fault("wrong-type", fields.span_of("date"), f"no calendar has a {fields.text('date')}")


def _words(told: Mapping[Scalar, Any], answers: Answers) -> dict[str, str]:
    """The words of each answer that an anchor gave its value."""
    anchored = ((name.text, node) for name, node in told.items() if isinstance(node.value, str))
    return {name: node.value for name, node in anchored if isinstance(answers.get(name), int)}


def load_case(path: Path, policy: Policy) -> Case:
    """The case in a file."""
    name = displayed(path)
    try:
        return _case_of(parse_file(path, name), name, policy)
    except FindingsError as error:
        raise CaseError(error.findings) from None


def policy_cases(folder: Path, policy: Policy) -> tuple[list[Case], list[Finding]]:
    """The cases of a policy's folder, and the faults of those that cannot be read."""
    cases: list[Case] = []
    findings: list[Finding] = []
    for path in files_in(folder / "cases", folder, findings):
        try:
            cases.append(load_case(path, policy))
        except FindingsError as error:
            findings += error.findings
        except InputError as error:
            findings.append(Finding("unreadable", Span(displayed(path), 1, 1), error.message, error.help))
    return cases, findings


def differences(case: Case, policy: Policy, engine: str | None = None) -> list[Finding]:
    """Where a case's result differs from what it expects; a note where the time did not suffice to tell."""
    if case.expect is None:
        return []
    unknown = _unknown_names(case.expect, policy)
    if unknown:
        return unknown
    try:
        found = _found(policy, case, engine)
    except CancelledError:
        raise
    except WhysoError as error:
        message = f"{_named(case)} ends in an error: {error.message}"
        return [Finding("case", case.span, message, error.help)]
    expected = case.expect.values.items()
    told = [finding for key, wanted in expected if key in found for finding in _differs(case, key, wanted, found[key])]
    return [*told, *(_unproved(case, key) for key in case.expect.values if key not in found)]


def _unknown_names(expect: Fields, policy: Policy) -> list[Finding]:
    """The names in an expectation that the policy does not know."""
    rules = ("rule", list(policy.by_id))
    options = ("option", [option.id for option in policy.options])
    kinds = {
        **dict.fromkeys(("final", "matrix", "scores"), options),
        **dict.fromkeys(("adjustments", "blocked", "fires", "silent"), rules),
        "unmet": ("capability", [capability.id for capability in policy.capabilities]),
        "facts": ("derived fact", list(policy.derived)),
        "open": ("told fact", list(policy.told)),
    }
    noted = Noted([])
    for key, (kind, known) in kinds.items():
        for node in _names(expect.get(key)):
            if node.text not in known and not (key in ("final", "matrix") and _is_none(node)):
                noted.unknown(kind, node, known)
    return noted.findings


def _names(expected: Any) -> list[Scalar]:
    """The names in the value of one key: a list's items, a mapping's keys, or the one there is."""
    if isinstance(expected, list | dict):
        return list(expected)
    return [] if expected is None else [expected]


def _found(policy: Policy, case: Case, engine: str | None) -> dict[str, Any]:
    """What came out, under the keys of an expectation; the outlook only where that is asked for, and proved in time."""
    decision = decide(policy, case.answers, engine, case.own)
    inference, verdict = decision.inference, decision.inference.verdict
    fired = {rule.id for rule in inference.fired}
    found: dict[str, Any] = {
        "final": verdict.final,
        "matrix": verdict.matrix,
        "scores": inference.scores,
        "facts": {name: inference.derived(name) for name in policy.derived},
        "adjustments": sorted(rule.id for rule in verdict.adjustments),
        "unmet": sorted({unmet.requirement for unmet in verdict.unmet}),
        "blocked": sorted(rule.id for rule in verdict.blocked),
        "fires": fired,
        "silent": fired,
    }
    if case.expect is not None and {"settled", "open"} & set(case.expect.values) and decision.outlook.proven:
        found |= {"settled": decision.outlook.settled, "open": sorted(decision.outlook.open)}
    return found


def _unproved(case: Case, key: str) -> Finding:
    message = f"in {_named(case)} it was not proved in time what `{key}` is"
    return Finding("unproved", case.span, message, "expect it of a case with fewer open questions", "note")


def _differs(case: Case, key: str, wanted: Any, found: Any) -> Iterable[Finding]:
    if isinstance(wanted, Mapping):
        for name, node in wanted.items():
            yield from _compared(case, node, f"{key}.{name.text}", found.get(name.text))
    elif not isinstance(wanted, list):
        yield from _compared(case, wanted, key, found)
    elif key in ("fires", "silent"):
        for node in wanted:
            if (node.text in found) is (key == "silent"):
                said = "fires" if key == "silent" else "does not fire"
                yield Finding("case", node.span, f"in {_named(case)} `{shown(node.text)}` {said}")
    elif sorted(node.text for node in wanted) != found:
        expected = sorted(node.text for node in wanted)
        yield _finding(case, case.span if case.expect is None else case.expect.span_of(key), key, expected, found)


def _compared(case: Case, node: Scalar, key: str, found: object) -> Iterable[Finding]:
    expected = None if _is_none(node) else node.value
    if type(found) is not type(expected) or found != expected:
        yield _finding(case, node.span, key, expected, found)


def _is_none(node: Scalar) -> bool:
    return node.text == "none" or node.value is None


def _finding(case: Case, span: Span, key: str, wanted: object, found: object) -> Finding:
    return Finding("case", span, f"in {_named(case)} `{key}` is {_written(found)}, expected {_written(wanted)}")


def _named(case: Case) -> str:
    return f"the case `{shown(case.name)}`" if case.name else "this case"


def _written(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(f"`{item}`" for item in value) or "empty"
    return "`none`" if value is None else f"`{str(value).lower() if isinstance(value, bool) else value}`"
