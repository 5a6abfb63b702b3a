"""Random edits of random policies, and what each makes of every case, tried one by one by the reference."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import prod

from hypothesis import strategies as st

from assistant.comparison.moves import rules_behind
from assistant.errors import EngineError
from assistant.policy.strata import CycleError
from assistant.policy.syntax import (
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
from assistant.policy.vocabulary import Answers, FactType, Kind
from assistant.reasoning.pair_rows import REFUSED
from assistant.reasoning.pairs import SIDES, Axis, Case, Pair
from assistant.reasoning.reference import Reference
from assistant.reasoning.trace import Inference
from tests.reasoning.policies import policies, policy_of


def shifted(condition: Condition, by: int) -> Condition:
    """A condition with other constants: of numbers and of sums of points."""
    match condition:
        case Compare(value=bool()):
            return replace(condition, operator="!=" if condition.operator == "==" else "==")
        case Compare(value=int(value)):
            return replace(condition, value=min(max(value + by, -3), 10**15))
        case ScoreCompare(bound=bound):
            return replace(condition, bound=bound + by)
        case Among():
            return replace(condition, negated=not condition.negated)
        case Not(inner=inner):
            return Not(shifted(inner, by))
        case Certain(inner=inner):
            return Certain(shifted(inner, by))
        case And(parts=parts):
            return And((shifted(parts[0], by), *parts[1:]))
        case Or(parts=parts):
            return Or((shifted(parts[0], by), *parts[1:]))
        case _:
            return condition


@st.composite
def edited(draw: st.DrawFn) -> Pair:
    """A policy and the same with one or two rules, or a fact, edited."""
    before = draw(policies())
    rules = {rule.id: rule for rule in before.rules}
    facts = dict(before.facts)
    for _ in range(draw(st.integers(0, 2))):
        id = draw(st.sampled_from(sorted(rules))) if rules else None
        match draw(st.integers(0, 5)):
            case 0 if id:
                rules.pop(id)
            case 1 | 2 if id:
                rules[id] = replace(rules[id], when=shifted(rules[id].when, draw(st.sampled_from((-2, -1, 1)))))
            case 3 if id and rules[id].then:
                rules[id] = replace(rules[id], then=rules[id].then[1:])
            case 4 if id:
                rules[f"{id}-too"] = replace(rules[id], id=f"{id}-too")
            case 5:
                name = draw(st.sampled_from(sorted(before.told)))
                if facts[name].kind is Kind.SCALE:
                    facts[name] = replace(facts[name], high=(facts[name].high or 0) + draw(st.sampled_from((-1, 2))))
    try:
        after = remade(before, facts.values(), rules.values())
    except CycleError:
        after = before
    return Pair(before, after)


def remade(policy: Policy, facts: Iterable[FactType], rules: Iterable[Rule]) -> Policy:
    """A policy with other facts and rules, its rules stratified anew."""
    capabilities = [capability.id for capability in policy.capabilities]
    return policy_of(facts, rules, policy.options, capabilities, policy.verdict.needs)


@dataclass(frozen=True)
class Tried:
    """A case, its prior where it is complete, and what both sides make of it: a verdict, and the whole inference."""

    case: Case
    weight: float | None
    verdicts: tuple[str | None, str | None]
    whole: tuple[Inference | None, Inference | None]

    @property
    def moved(self) -> bool:
        """Whether the verdict is another one."""
        return self.verdicts[0] != self.verdicts[1]


@dataclass(frozen=True)
class Brute:
    """Every case of two policies by the classes of all their rules, complete or not."""

    pair: Pair

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        return self.pair.axes({side: self.pair.policy(side).rules for side in SIDES})

    @property
    def size(self) -> int:
        return prod(len(axis.classes) + 1 for axis in self.axes)

    @cached_property
    def engines(self) -> tuple[Reference, Reference]:
        """What gives the verdict of each side: the rules that bear on it, or on what is refused."""
        rules = rules_behind(self.pair)
        return Reference(self.pair.before, rules["before"]), Reference(self.pair.after, rules["after"])

    def verdicts(self, case: Case) -> tuple[str | None, str | None]:
        """The verdict of each side, or that it refuses."""
        first, second = self.engines
        return _verdict(first, case.before), _verdict(second, case.after)

    @cached_property
    def tried(self) -> list[Tried]:
        return list(self._tried())

    def _tried(self) -> Iterator[Tried]:
        first, second = Reference(self.pair.before), Reference(self.pair.after)
        for chosen in product(*(range(-1, len(axis.classes)) for axis in self.axes)):
            case = self.pair.case(self.axes, chosen)
            weights = [a.weights[i] for a, i in zip(self.axes, chosen, strict=True) if i >= 0]
            weight = prod(weights) if len(weights) == len(self.axes) else None
            whole = inferred(first, case.before), inferred(second, case.after)
            yield Tried(case, weight, self.verdicts(case), whole)


def inferred(engine: Reference, answers: Answers) -> Inference | None:
    """What follows from some answers; None where they are refused."""
    try:
        found = engine.infer(answers)
    except EngineError:
        return None
    return None if found.contradictions else found


def _verdict(engine: Reference, answers: Answers) -> str | None:
    found = inferred(engine, answers)
    return REFUSED if found is None else found.verdict.final


def fires(found: Inference, rule: str) -> bool:
    """Whether a rule fired."""
    return any(one.id == rule for one in found.fired)
