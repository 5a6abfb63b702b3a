"""Cases: answers in a file or on a line, read against a policy, and the results that a policy's own cases expect."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import CaseError, Finding, FindingsError, Span, shown
from assistant.policy.compile_facts import Noted
from assistant.policy.compile_rules import answers_of
from assistant.policy.declarations import CASE
from assistant.policy.folder import displayed
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers, Value
from assistant.reading.parser import parse, read_bytes
from assistant.reading.shapes import Fields, check
from assistant.reasoning.decision import decide


@dataclass(frozen=True)
class Case:
    """Some answers, told facts only and each of its fact's type."""

    name: str
    about: str
    answers: Answers
    expect: Fields | None
    span: Span


def read_case(data: bytes, name: str, policy: Policy) -> Case:
    """The case in YAML or JSON; raises `CaseError` with every fault in it. Nothing at all is an empty case."""
    try:
        node = parse(data, name)
    except FindingsError as error:
        raise CaseError(error.findings) from None
    findings: list[Finding] = []
    start = Span(name, 1, 1)
    fields = check(node, CASE, findings) if node is not None else Fields(start, {})
    noted = Noted(findings)
    answers: dict[str, Value] = {}
    if isinstance(fields, Fields):
        told = fields.get("answers")
        answers = answers_of(told, policy.facts, noted) if isinstance(told, dict) else {}
    if findings or not isinstance(fields, Fields):
        raise CaseError(findings)
    return Case(fields.text("case"), fields.text("about"), answers, fields.get("expect"), fields.span)


def load_case(path: Path, policy: Policy) -> Case:
    """The case in a file."""
    name = displayed(path)
    return read_case(read_bytes(path, name), name, policy)


def policy_cases(folder: Path, policy: Policy) -> tuple[list[Case], list[Finding]]:
    """The cases of a policy's folder, and the faults of those that cannot be read."""
    cases: list[Case] = []
    findings: list[Finding] = []
    for path in sorted((folder / "cases").glob("*.yaml")):
        try:
            cases.append(load_case(path, policy))
        except FindingsError as error:
            findings += error.findings
    return cases, findings


def differences(case: Case, policy: Policy, engine: str | None = None) -> list[Finding]:
    """Where a case's result differs from what it expects."""
    if case.expect is None:
        return []
    decision = decide(policy, case.answers, engine)
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
    if {"settled", "open"} & set(case.expect.values):
        found |= {"settled": decision.outlook.settled, "open": sorted(decision.outlook.open)}
    return [
        finding for key, wanted in case.expect.values.items() for finding in _differs(case, key, wanted, found[key])
    ]


def _differs(case: Case, key: str, wanted: Any, found: Any) -> Iterable[Finding]:
    if isinstance(wanted, Mapping):
        for name, node in wanted.items():
            expected = None if node.text == "none" else node.value
            if found.get(name.text) != expected:
                yield _finding(case, node.span, f"{key}.{name.text}", expected, found.get(name.text))
    elif isinstance(wanted, list):
        names = [node.text for node in wanted]
        if key in ("fires", "silent"):
            wrong = [name for name in names if (name in found) is (key == "silent")]
            for name in wrong:
                said = "fired" if key == "silent" else "did not fire"
                yield Finding("case", case.span, f"case `{shown(case.name)}`: `{shown(name)}` {said}")
        elif sorted(names) != found:
            yield _finding(case, case.span, key, sorted(names), found)
    else:
        expected = None if wanted.text == "none" else wanted.value
        if found != expected:
            yield _finding(case, wanted.span, key, expected, found)


def _finding(case: Case, span: Span, key: str, wanted: object, found: object) -> Finding:
    return Finding("case", span, f"case `{shown(case.name)}`: {key} is {found!r}, expected {wanted!r}")
