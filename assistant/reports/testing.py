"""What `whyso test` came to, for programs; the keys are in docs/contract.md."""

from collections.abc import Mapping
from typing import Any

from assistant.reports.data import finding_data
from assistant.trials.coverage import Coverage, Gap
from assistant.trials.mutation import OUTCOMES, Mutation, Tried
from assistant.trials.ready import Ready
from assistant.trials.running import Ran


def tests_data(ran: Ran, coverage: Coverage | None, mutation: Mutation | None, floor: float) -> dict[str, Any]:
    """`whyso test`."""
    policy = ran.policy
    return {
        "policy": {"name": policy.id, "version": policy.version, "digest": policy.digest},
        "examples": len(ran.examples),
        "cases": len(ran.cases),
        "holds": ran.holds,
        "findings": [finding_data(finding) for finding in ran.findings],
        "coverage": None if coverage is None else _coverage(coverage),
        "mutation": None if mutation is None else _mutation(mutation, floor),
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "rules": {"all": coverage.rules, "covered": coverage.covered("rule")},
        "conditions": {"all": coverage.conditions, "covered": coverage.covered("condition")},
        "options": {"all": coverage.options, "covered": coverage.covered("option")},
        "share": coverage.share,
        "gaps": [_gap(gap) for gap in coverage.gaps],
    }


def _gap(gap: Gap) -> dict[str, Any]:
    never = "impossible" if gap.proved else "unknown"
    return {
        "kind": gap.kind,
        "name": gap.name,
        "at": str(gap.span) if gap.span else None,
        "condition": gap.text or None,
        "never": gap.wanted if gap.kind == "condition" else None,
        "outcome": never if gap.ready is None else "coverable",
        "test": _test(gap.ready),
    }


def _mutation(mutation: Mutation, floor: float) -> dict[str, Any]:
    operators = {
        operator: {outcome: mutation.count(outcome, operator) for outcome in OUTCOMES}
        for operator in mutation.operators
    }
    return {
        "mutants": len(mutation.tried),
        "capped": mutation.capped,
        **{outcome: mutation.count(outcome) for outcome in OUTCOMES},
        "score": mutation.score,
        "floor": floor,
        "operators": operators,
        "left": [_left(one) for one in mutation.left],
    }


def _left(one: Tried) -> dict[str, Any]:
    mutant = one.mutant
    return {
        "rule": mutant.rule.id,
        "at": str(mutant.span),
        "operator": mutant.operator,
        "change": mutant.change,
        "outcome": one.outcome,
        "test": _test(one.ready),
    }


def _test(ready: Ready | None) -> dict[str, Any] | None:
    """A test to paste: `rule` is null for a case."""
    if ready is None:
        return None
    example = ready.expect is None
    return {
        "rule": ready.rule or None,
        "answers": dict(ready.answers),
        "fires": ready.fires if example else None,
        "expect": None if ready.expect is None else _plain(ready.expect),
        "yaml": ready.text,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return list(value) if isinstance(value, tuple) else "none" if value is None else value
