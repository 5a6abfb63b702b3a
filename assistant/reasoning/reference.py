"""The definition of right: Kleene's three values, stratum by stratum, as small as can be.

Every other back end is tested against this one. A condition is turned once into a function of working memory that
returns True, False or None for unknown; a name that is not in memory is unknown.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from assistant.policy.syntax import (
    Always,
    Among,
    And,
    Certain,
    Compare,
    Condition,
    Not,
    Or,
    Policy,
    Rule,
    ScoreCompare,
)
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.agenda import Memory, Plan, Run, plan_of
from assistant.reasoning.trace import Inference

Truth: TypeAlias = bool | None
Test: TypeAlias = Callable[[Mapping[str, Value | None]], Truth]

_MISSING: Any = object()
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def test_of(condition: Condition) -> Test:
    """The function that evaluates a condition."""
    match condition:
        case Compare(name=name, operator=sign, value=value):
            return _compare(name, _OPERATORS[sign], value)
        case Among(name=name, values=values, negated=negated):
            return _among(name, frozenset(values), negated)
        case ScoreCompare():
            return _scores(condition)
        case Always(value=constant):
            return lambda memory: constant
        case Not(inner=inner):
            return _not(test_of(inner))
        case Certain(inner=inner):
            return _certain(test_of(inner))
        case And(parts=parts):
            return _decided(tuple(map(test_of, parts)), False)
        case Or(parts=parts):
            return _decided(tuple(map(test_of, parts)), True)


def _compare(name: str, compare: Callable[[Any, Any], bool], wanted: Value | None) -> Test:
    def test(memory: Mapping[str, Value | None]) -> Truth:
        value = memory.get(name, _MISSING)
        return None if value is _MISSING else compare(value, wanted)

    return test


def _among(name: str, wanted: frozenset[Value | None], negated: bool) -> Test:
    def test(memory: Mapping[str, Value | None]) -> Truth:
        value = memory.get(name, _MISSING)
        return None if value is _MISSING else (value in wanted) is not negated

    return test


def _scores(condition: ScoreCompare) -> Test:
    compare, bound = _OPERATORS[condition.operator], condition.bound
    terms = tuple((f"scores.{option}", coefficient) for option, coefficient in condition.terms)

    def test(memory: Mapping[str, Value | None]) -> Truth:
        total = 0
        for name, coefficient in terms:
            total += coefficient * memory[name]  # type: ignore[operator]  # scores are always known, and whole
        return compare(total, bound)

    return test


def _not(inner: Test) -> Test:
    def test(memory: Mapping[str, Value | None]) -> Truth:
        truth = inner(memory)
        return None if truth is None else not truth

    return test


def _certain(inner: Test) -> Test:
    return lambda memory: inner(memory) is True


def _decided(parts: tuple[Test, ...], deciding: bool) -> Test:
    """And (decided by a false part) and Or (by a true one); unknown where no part decides and one is unknown."""

    def test(memory: Mapping[str, Value | None]) -> Truth:
        result: Truth = not deciding
        for part in parts:
            truth = part(memory)
            if truth is deciding:
                return deciding
            if truth is None:
                result = None
        return result

    return test


class Reference:
    """The reference engine for one policy, or for some of its rules that are complete in themselves."""

    name = "reference"

    def __init__(self, policy: Policy, rules: Iterable[Rule] | None = None) -> None:
        self.plan: Plan = plan_of(policy, rules)
        self.tests = tuple(tuple((rule, test_of(rule.when)) for rule in stratum) for stratum in self.plan.strata)

    def match(self, stratum: int, memory: Memory, news: Sequence[str]) -> tuple[list[Rule], list[Rule]]:
        """The rules of a stratum whose condition is true, and the concluding ones whose condition is unknown."""
        fired: list[Rule] = []
        unknown: list[Rule] = []
        concluding = self.plan.concluding
        for rule, test in self.tests[stratum]:
            truth = test(memory)
            if truth:
                fired.append(rule)
            elif truth is None and rule.id in concluding:
                unknown.append(rule)
        return fired, unknown

    def infer(self, answers: Answers) -> Inference:
        """Everything that follows from the answers."""
        return Run(self.plan, answers).infer(self)


@lru_cache(maxsize=8)
def reference_for(policy: Policy) -> Reference:
    """The reference engine of a policy, made once."""
    return Reference(policy)
