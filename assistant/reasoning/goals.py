"""Cases to look for: which rules fire in them and which do not, and what holds. The reference says what meets a goal.

A case is any answers, complete or not, that the policy does not declare impossible.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.errors import EngineError
from assistant.policy.strata import supporting
from assistant.policy.syntax import Conclude, Condition, Consequent, Impossible, Policy, quantities
from assistant.policy.vocabulary import Answers, FactType, Value
from assistant.reasoning.reference import Reference, test_of
from assistant.reasoning.trace import Inference


@dataclass(frozen=True)
class Goal:
    """A case in which all of `fires` fire, none of `silent` do, all of `known` are told and all of `when` are true.

    Without `agreeing`, no two rules that bear on it conclude different values; with it, none do of these facts, and
    what is above them is not looked at. Rules that declare it impossible may fire only where they are among `fires`.
    """

    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    agreeing: frozenset[str] | None = None


@dataclass(frozen=True)
class Step:
    """A case and one of its answers changed: `after` is None where the fact becomes unknown."""

    before: Answers
    fact: str
    after: Value | None


def some_answer(fact: FactType) -> Value:
    """An answer to a question, where it does not matter which."""
    if fact.options:
        return fact.options[0].value
    return fact.low if fact.numeric else True


def dispute(policy: Policy, first: str, second: str) -> Goal:
    """Both rules fire, though they conclude different values of one fact: what they rest on agrees all the same."""
    pair = (first, second)
    bearing = rules_of(policy, [Goal(pair, agreeing=frozenset())])
    read = {name for id in bearing for name in policy.by_id[id].reads}
    return Goal(pair, agreeing=frozenset(read & policy.derived.keys()))


@lru_cache(maxsize=4096)
def _behind(policy: Policy, ids: tuple[str, ...]) -> frozenset[str]:
    reads = [name for id in ids for name in policy.by_id[id].reads]
    return supporting(policy.by_id, policy.verdict, reads)


def rules_of(policy: Policy, goals: Iterable[Goal]) -> frozenset[str]:
    """The ids of the rules that bear on any of the goals, or that declare something impossible."""
    ids: set[str] = set()
    reads: set[str] = set()
    for goal in goals:
        ids.update(goal.fires, goal.silent)
        reads.update(name for condition in goal.when for name in quantities(condition))
    ids.update(forbidding(policy, goals))
    reads.update(name for id in ids for name in policy.by_id[id].reads)
    return supporting(policy.by_id, policy.verdict, reads) | ids


def forbidding(policy: Policy, goals: Iterable[Goal]) -> list[str]:
    """The rules that declare something impossible, without those that rest on what a goal leaves in dispute."""
    found = [rule.id for rule in policy.rules if any(isinstance(c, Impossible) for c in rule.then)]
    disputed = {name for goal in goals if goal.agreeing is not None for name in _concluded(policy, goal.fires)}
    return [id for id in found if not disputed & _rests_on(policy, id)] if disputed else found


def _concluded(policy: Policy, ids: Sequence[str]) -> set[str]:
    return {c.fact for id in ids for c in policy.by_id[id].then if isinstance(c, Conclude)}


def _rests_on(policy: Policy, id: str) -> set[str]:
    return {name for other in (*_behind(policy, (id,)), id) for name in policy.by_id[other].reads}


def meets(policy: Policy, goal: Goal, answers: Answers) -> bool:
    """Whether the answers are such a case, as the reference decides them."""
    if not answers.keys() >= set(goal.known):
        return False
    return _holds(policy, goal, answers, _engine(policy, rules_of(policy, [goal]), goal.agreeing))


@lru_cache(maxsize=64)
def _engine(policy: Policy, ids: frozenset[str], agreeing: frozenset[str] | None) -> Reference:
    """The engine of some rules; what they conclude of facts that need not agree is left unsaid, since none reads it."""
    rules = [rule for rule in policy.rules if rule.id in ids]
    if agreeing is not None:
        rules = [replace(rule, then=tuple(c for c in rule.then if _agreed(c, agreeing))) for rule in rules]
    return Reference(policy, rules)


def _agreed(consequent: Consequent, agreeing: frozenset[str]) -> bool:
    return not isinstance(consequent, Conclude) or consequent.fact in agreeing


def _holds(policy: Policy, goal: Goal, answers: Answers, engine: Reference) -> bool:
    try:
        found: Inference = engine.infer(answers)
    except EngineError:
        return False
    fired = {rule.id for rule in found.fired}
    if any(rule.id not in goal.fires for rule in found.contradictions):
        return False
    if not fired.issuperset(goal.fires) or not fired.isdisjoint(goal.silent):
        return False
    return all(test_of(condition)(found.memory) is True for condition in goal.when)
