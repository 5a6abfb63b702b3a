"""Two policies over the same answers: the facts that both ask for, and those that one of them asks for alone.

A shared fact is told in both, of one type, and stands for the answers that both take; its classes are those of both
policies' thresholds. A fact of one policy alone, or of another type in the other, is an axis of its own: the other
policy does not see it. `before` and `after` are the two sides throughout.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from assistant.policy.syntax import Policy, Rule
from assistant.policy.vocabulary import MAX_COUNT, Answers, FactType, Kind, Value
from assistant.reasoning.classes import ValueClass, cuts_of, divided
from assistant.reasoning.priors import prior

Side: TypeAlias = Literal["before", "after"]
SIDES: tuple[Side, Side] = ("before", "after")


@dataclass(frozen=True)
class Axis:
    """A fact's answers by their classes. `side` is None where both policies ask for it.

    `fact` is how the policy after has it, where it does. `weights` are the priors of the classes, summing to 1.
    """

    name: str
    side: Side | None
    fact: FactType
    classes: tuple[ValueClass, ...]
    weights: tuple[float, ...]

    def on(self, side: Side) -> bool:
        """Whether a side asks for it."""
        return self.side in (None, side)


@dataclass(frozen=True)
class Case:
    """Answers as each side takes them; the same for what both ask."""

    before: Answers
    after: Answers

    @property
    def both(self) -> Answers:
        """All of it; of a fact that the two have as different types, the answer after."""
        return {**self.before, **self.after}

    def without(self, *names: str) -> "Case":
        """The same with some facts unanswered."""
        return Case(*({k: v for k, v in one.items() if k not in names} for one in (self.before, self.after)))


@dataclass(frozen=True)
class LeftOut:
    """Answers to a fact that only one side takes."""

    fact: str
    side: Side
    low: int | None = None
    high: int | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Pair:
    """A policy before a change and after it."""

    before: Policy
    after: Policy

    def policy(self, side: Side) -> Policy:
        """The policy of a side."""
        return self.before if side == "before" else self.after

    @cached_property
    def shared(self) -> frozenset[str]:
        """The facts that both ask for, in one type and with some answer that both take."""
        return frozenset(
            name
            for name, fact in self.before.told.items()
            if name in self.after.told and _compatible(fact, self.after.told[name])
        )

    def alone(self, side: Side) -> tuple[str, ...]:
        """The facts that only this side asks for, or has as another type."""
        return tuple(name for name in self.policy(side).told if name not in self.shared)

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The answers to shared facts that only one side takes."""
        return tuple(one for name in self.after.told if name in self.shared for one in self._left_out(name))

    def _left_out(self, name: str) -> Iterator[LeftOut]:
        facts = {side: self.policy(side).told[name] for side in SIDES}
        for side, other in (SIDES, SIDES[::-1]):
            mine, theirs = facts[side], facts[other]
            if mine.kind is Kind.CHOICE:
                known = {option.value for option in theirs.options}
                values = tuple(option.value for option in mine.options if option.value not in known)
                if values:
                    yield LeftOut(name, side, values=values)
            elif mine.numeric:
                if mine.low < theirs.low:
                    yield LeftOut(name, side, low=mine.low, high=theirs.low - 1)
                if _top(mine) > _top(theirs):
                    yield LeftOut(name, side, low=_top(theirs) + 1, high=mine.high)

    def axes(self, rules: Mapping[Side, Iterable[Rule]], also: Iterable[str] = ()) -> tuple[Axis, ...]:
        """An axis for each fact that these rules read, or that is in `also`: in the order of the vocabulary after."""
        reading = {side: tuple(rules[side]) for side in SIDES}
        read = {side: {name for rule in reading[side] for name in rule.reads} | set(also) for side in SIDES}
        cuts = {side: cuts_of(reading[side]) for side in SIDES}
        return tuple(self._axes(read, cuts))

    def _axes(self, read: Mapping[Side, set[str]], cuts: Mapping[Side, Mapping[str, set[int]]]) -> Iterator[Axis]:
        for name, fact in self.after.told.items():
            if name in self.shared and name in read["before"] | read["after"]:
                both = cuts["before"].get(name, set()) | cuts["after"].get(name, set())
                yield self._shared_axis(name, both)
            elif name in read["after"] and name not in self.shared:
                yield _axis(fact, "after", cuts["after"].get(name, set()))
        for name, fact in self.before.told.items():
            if name in read["before"] and name not in self.shared:
                yield _axis(fact, "before", cuts["before"].get(name, set()))

    def _shared_axis(self, name: str, cuts: set[int]) -> Axis:
        earlier, fact = self.before.told[name], self.after.told[name]
        if fact.numeric:
            cuts = cuts | {earlier.low, _top(earlier) + 1}
        axis = _axis(fact, None, cuts)
        kept = [index for index, one in enumerate(axis.classes) if _takes(earlier, one.low)]
        total = sum(axis.weights[index] for index in kept)
        weights = tuple(axis.weights[index] / total if total else 1 / len(kept) for index in kept)
        return Axis(name, None, fact, tuple(axis.classes[index] for index in kept), weights)

    def case(self, axes: Sequence[Axis], chosen: Iterable[int]) -> Case:
        """The case in which each axis has the class of that index; a negative one leaves it unanswered."""
        told = [(axis, axis.classes[index].low) for axis, index in zip(axes, chosen, strict=True) if index >= 0]
        return self.case_of(told)

    def case_of(self, told: Iterable[tuple[Axis, Value]]) -> Case:
        """The case with these answers."""
        several = list(told)
        before, after = ({axis.name: value for axis, value in several if axis.on(side)} for side in SIDES)
        return Case(self.before.in_order(before), self.after.in_order(after))


def _axis(fact: FactType, side: Side | None, cuts: set[int]) -> Axis:
    classes = tuple(one for one in divided(fact, cuts) if isinstance(one.low, str) or one.low <= MAX_COUNT)
    return Axis(fact.name, side, fact, classes, tuple(prior(fact, classes)))


def _top(fact: FactType) -> int:
    return MAX_COUNT if fact.high is None else fact.high


def _compatible(one: FactType, other: FactType) -> bool:
    if one.kind is not other.kind:
        return False
    if one.kind is Kind.CHOICE:
        return bool({option.value for option in one.options} & {option.value for option in other.options})
    return not one.numeric or max(one.low, other.low) <= min(_top(one), _top(other))


def _takes(fact: FactType, value: Value) -> bool:
    if isinstance(value, str):
        return value in {option.value for option in fact.options}
    return isinstance(value, bool) or fact.low <= value <= _top(fact)
