"""One set of answers under two policies: what becomes of verdict, points and rules, and which edits are behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.comparison.sameness import params_read, suspects_of
from assistant.errors import WhysoError
from assistant.policy.syntax import Impossible, Policy, Rule
from assistant.policy.texts import render
from assistant.policy.vocabulary import AnswerError, Answers, Value, check_value
from assistant.reasoning.engines import engine_for
from assistant.reasoning.pairs import Pair
from assistant.reasoning.trace import Inference

UNASKED = "it does not ask for this"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a policy makes nothing of some answers."""

    why: str


@dataclass(frozen=True, slots=True)
class NotTaken:
    """An answer that the policy after does not take, and why."""

    fact: str
    value: Value
    why: str


@dataclass(frozen=True)
class Single:
    """What follows from some answers before and after. Each side decides on those of them that it takes."""

    pair: Pair
    before: Inference | Refused
    after: Inference | Refused
    not_taken: tuple[NotTaken, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether the verdict is another one, or one side refuses."""
        return self._verdict(self.before) != self._verdict(self.after)

    @staticmethod
    def _verdict(found: Inference | Refused) -> object:
        return ("refused",) if isinstance(found, Refused) else found.verdict.final

    @property
    def differs(self) -> bool:
        """Whether anything is otherwise: the verdict, points, derived facts, the rules that fired or what they did."""
        return bool(self.moved or self.added or self.removed or self.altered or self.scores or self.values)

    @cached_property
    def _fired(self) -> tuple[dict[str, Rule], dict[str, Rule]]:
        before, after = (
            {} if isinstance(one, Refused) else {rule.id: rule for rule in one.fired}
            for one in (self.before, self.after)
        )
        return before, after

    @property
    def added(self) -> tuple[Rule, ...]:
        """The rules that fire only after; none where a side refuses."""
        before, after = self._fired
        return tuple(rule for id, rule in after.items() if id not in before) if self._both else ()

    @property
    def removed(self) -> tuple[Rule, ...]:
        """The rules that fired only before."""
        before, after = self._fired
        return tuple(rule for id, rule in before.items() if id not in after) if self._both else ()

    @property
    def altered(self) -> tuple[Rule, ...]:
        """The rules that fire on both sides and do something else after."""
        other, (_, after) = set(suspects_of(self.pair).other_effects), self._fired
        return tuple(rule for id, rule in after.items() if id in other and id in self._fired[0]) if self._both else ()

    @property
    def _both(self) -> bool:
        return isinstance(self.before, Inference) and isinstance(self.after, Inference)

    @property
    def scores(self) -> dict[str, tuple[int, int]]:
        """The points of each option where they differ."""
        if not (isinstance(self.before, Inference) and isinstance(self.after, Inference)):
            return {}
        before, after = self.before.scores, self.after.scores
        pairs = {option: (before.get(option, 0), after.get(option, 0)) for option in {**after, **before}}
        return {option: pair for option, pair in pairs.items() if pair[0] != pair[1]}

    @property
    def values(self) -> dict[str, tuple[Value | None, Value | None]]:
        """The derived facts of the verdict in both policies where they differ."""
        if not (isinstance(self.before, Inference) and isinstance(self.after, Inference)):
            return {}
        spec = self.pair.after.verdict
        shared = [name for name in (*spec.parts, *spec.beside) if name in self.pair.before.derived]
        pairs = {name: (self.before.derived(name), self.after.derived(name)) for name in shared}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    @property
    def causes(self) -> tuple[Rule, ...]:
        """Of the rules that make the difference those that were edited, or whose params were; the rest follows."""
        edited = set(suspects_of(self.pair).edited)
        return tuple(rule for rule in (*self.added, *self.removed, *self.altered) if rule.id in edited)

    def params_behind(self, rule: Rule) -> tuple[str, ...]:
        """The params with another value that a rule's condition or advice depends on."""
        return tuple(params_changed(self.pair, rule))


def params_changed(pair: Pair, rule: Rule) -> Iterator[str]:
    """The params of a rule that have another value after."""
    for name in params_read(rule):
        before, after = pair.before.params.get(name), pair.after.params.get(name)
        if before is not None and after is not None and before.value != after.value:
            yield name


def single(pair: Pair, answers: Answers, engine: str | None = "reference") -> Single:
    """What two policies make of some answers. `engine` is the rule engine, None for the one in use."""
    taken = {name: value for name, value in answers.items() if refused(pair.after, name, value) is None}
    earlier = {name: value for name, value in answers.items() if refused(pair.before, name, value) is None}
    left = tuple(
        NotTaken(name, value, refused(pair.after, name, value) or "")
        for name, value in answers.items()
        if name not in taken
    )
    return Single(pair, _inferred(pair.before, earlier, engine), _inferred(pair.after, taken, engine), left)


def refused(policy: Policy, name: str, value: Value) -> str | None:
    """Why a policy does not take an answer; None where it does."""
    fact = policy.told.get(name)
    if fact is None:
        return UNASKED
    try:
        check_value(fact, value)
    except AnswerError as error:
        return error.message
    return None


def _inferred(policy: Policy, answers: Mapping[str, Value], engine: str | None) -> Inference | Refused:
    try:
        found = engine_for(policy, engine).infer(policy.in_order(answers))
    except WhysoError as error:
        return Refused(error.message)
    for rule in found.contradictions:
        reason = next(one.reason for one in rule.then if isinstance(one, Impossible))
        return Refused(" ".join(render(reason, policy, found.memory).split()))
    return found
