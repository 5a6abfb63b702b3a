"""What may differ between two policies by how they are written, before any case is looked at.

A rule that is written alike and reads only what is made alike fires alike: that is a proof. All else is suspected, and
is for others to show or to refute. Texts, labels, sources and examples are not looked at; what a rule advises is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from assistant.analysis.opposites import never_at_odds
from assistant.analysis.search import Search
from assistant.explanation.wording import one_line
from assistant.policy.syntax import (
    FINAL,
    Advise,
    And,
    Certain,
    Compare,
    Conclude,
    Condition,
    Consequent,
    Cost,
    Impossible,
    Not,
    Or,
    Policy,
    Require,
    Rule,
    RuleOut,
    Score,
    params_named,
)
from assistant.policy.vocabulary import Value
from assistant.reasoning.pairs import SIDES, Pair

_LITERAL = re.compile(r"""'([^']*)'|"([^"]*)\"""")
_FILLED_IN = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def params_read(rule: Rule) -> tuple[str, ...]:
    """The params that a rule's condition or what it advises depends on."""
    texts = [rule.condition, *(one.text for one in rule.then if isinstance(one, Advise))]
    return params_named(*texts)


def bare(condition: Condition) -> Condition:
    """A condition by its constants alone, wherever they come from."""
    match condition:
        case Compare(param=str()):
            return replace(condition, param=None)
        case Not(inner=inner):
            return Not(bare(inner))
        case Certain(inner=inner):
            return Certain(bare(inner))
        case And(parts=parts):
            return And(tuple(map(bare, parts)))
        case Or(parts=parts):
            return Or(tuple(map(bare, parts)))
        case _:
            return condition


def effects(policy: Policy, rule: Rule) -> tuple[object, ...]:
    """What follows when a rule fires, comparable between policies: in a fixed order, texts with what they fill in."""
    return tuple(sorted((_effect(policy, one) for one in rule.then), key=repr))


def _effect(policy: Policy, consequent: Consequent) -> object:
    match consequent:
        case Advise(kind=kind, text=text, order=order):
            params = tuple((name, policy.params[name].value) for name in params_named(text) if name in policy.params)
            return kind, order, one_line(text), params, tuple(_figures(policy, text))
        case Impossible():
            return "impossible"
        case Cost():
            return replace(consequent, figure=None, options=tuple(sorted(consequent.options)))
        case _:
            return consequent


def _figures(policy: Policy, text: str) -> Iterator[str]:
    """The figures that a text fills in."""
    for inside in _FILLED_IN.findall(text):
        for single, double in _LITERAL.findall(inside):
            yield str(policy.figure(single or double))


def named_in_advice(policy: Policy) -> frozenset[str]:
    """The derived facts that what a policy advises fills in."""
    texts = (one.text for rule in policy.rules for one in rule.then if isinstance(one, Advise))
    inside = (filled for text in texts for filled in _FILLED_IN.findall(text))
    return frozenset(name for filled in inside for name in _NAME.findall(filled)) & policy.derived.keys()


def _fed(rule: Rule, quantity: str) -> list[Consequent]:
    """What a rule says of one quantity."""
    return [one for one in rule.then if _names(one) == quantity]


def _names(consequent: Consequent) -> str | None:
    match consequent:
        case Score(option=option):
            return f"scores.{option}"
        case Conclude(fact=fact):
            return fact
        case Require(capability=capability):
            return f"required.{capability}"
        case RuleOut(name=name):
            return f"ruled_out.{name}"
        case _:
            return None


@dataclass(frozen=True, eq=False)
class Suspects:
    """What may differ. With `same_verdict`, proved elsewhere, the final verdict is taken to be the same throughout."""

    pair: Pair
    same_verdict: bool = False

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every rule of either policy, in order."""
        return tuple(sorted({*self.pair.before.by_id, *self.pair.after.by_id}))

    @cached_property
    def edited(self) -> tuple[str, ...]:
        """The rules of which the condition, by its constants, or the effects differ as written."""
        return tuple(id for id in self.ids if id in self._conditions or id in self._effects)

    @cached_property
    def _conditions(self) -> frozenset[str]:
        before, after = self.pair.before.by_id, self.pair.after.by_id
        return frozenset(
            id
            for id in self.ids
            if id not in before or id not in after or bare(before[id].when) != bare(after[id].when)
        )

    @cached_property
    def _effects(self) -> frozenset[str]:
        before, after = self.pair.before, self.pair.after
        both = [id for id in self.ids if id in before.by_id and id in after.by_id]
        return frozenset(id for id in both if effects(before, before.by_id[id]) != effects(after, after.by_id[id]))

    @property
    def other_effects(self) -> tuple[str, ...]:
        """The rules of both policies whose effects differ."""
        return tuple(id for id in self.ids if id in self._effects)

    @property
    def firing(self) -> tuple[str, ...]:
        """The rules that may fire in one policy where they do not in the other."""
        return tuple(id for id in self.ids if id in self._spread[0])

    @property
    def quantities(self) -> frozenset[str]:
        """The quantities that may have another value."""
        return self._spread[1]

    @property
    def verdict(self) -> bool:
        """Whether the final verdict may differ."""
        return FINAL in self.quantities

    @property
    def forbidding(self) -> bool:
        """Whether what is refused may differ: what is declared impossible, or on what conclusions contradict."""
        return bool(self.contested) or any(map(_forbids, self._suspected))

    @cached_property
    def contested(self) -> frozenset[str]:
        """The facts that a suspected rule concludes and that, on some side, rules may conclude to several values."""
        concluded = {one.fact for rule in self._suspected for one in rule.then if isinstance(one, Conclude)}
        several = {side: concluded.intersection(_concluded_to_several(self.pair.policy(side))) for side in SIDES}
        proved = {side: never_at_odds(Search(self.pair.policy(side)), sorted(several[side])) for side in SIDES}
        return frozenset(name for side in SIDES for name in several[side] - proved[side])

    @property
    def _suspected(self) -> Iterator[Rule]:
        suspected = {*self.firing, *self._effects}
        return (rule for id in self.ids if id in suspected for rule in self._rules(id))

    def _rules(self, id: str) -> Iterator[Rule]:
        return (policy.by_id[id] for side in SIDES if id in (policy := self.pair.policy(side)).by_id)

    @cached_property
    def _spread(self) -> tuple[frozenset[str], frozenset[str]]:
        """From what is written otherwise to all that rests on it: rules that may fire otherwise, and quantities."""
        quantities = set(self._declared())
        for id in self._effects:
            quantities |= set(self._differing(id))
        firing = set(self._conditions)
        for id in firing:
            quantities |= {name for rule in self._rules(id) for name in rule.writes}
        while True:
            if not self.same_verdict and self._reaches_verdict(quantities):
                quantities.add(FINAL)
            left = [id for id in self.ids if id not in firing]
            more = {id for id in left if any(quantities & set(rule.reads) for rule in self._rules(id))}
            if not more:
                return frozenset(firing), frozenset(quantities)
            firing |= more
            quantities |= {name for id in more for rule in self._rules(id) for name in rule.writes}

    def _reaches_verdict(self, quantities: Iterable[str]) -> bool:
        before, after = self.pair.before, self.pair.after
        if _mechanism(before) != _mechanism(after):
            return True
        return any(name == after.verdict.chosen or name.startswith(("required.", "ruled_out.")) for name in quantities)

    def _declared(self) -> Iterator[str]:
        """Derived facts that are declared otherwise, and what has a name in both but is not the same thing."""
        before, after = self.pair.before.facts, self.pair.after.facts
        for name in before.keys() & after.keys():
            one, other = before[name], after[name]
            apart = one.derived != other.derived or (not one.derived and name not in self.pair.shared)
            if apart or (one.derived and (one.kind, one.default) != (other.kind, other.default)):
                yield name

    def _differing(self, id: str) -> Iterator[str]:
        """The quantities of which a rule says something else."""
        before, after = self.pair.before.by_id[id], self.pair.after.by_id[id]
        for name in dict.fromkeys((*before.writes, *after.writes)):
            if _fed(before, name) != _fed(after, name):
                yield name


@lru_cache(maxsize=4)
def suspects_of(pair: Pair) -> Suspects:
    """What may differ between two policies, looked for once."""
    return Suspects(pair)


def _forbids(rule: Rule) -> bool:
    return any(isinstance(one, Impossible) for one in rule.then)


def _concluded_to_several(policy: Policy) -> Iterator[str]:
    """The facts that rules of a policy conclude to more than one value."""
    values: dict[str, set[tuple[type, Value | None]]] = {}
    for rule in policy.rules:
        for one in rule.then:
            if isinstance(one, Conclude):
                values.setdefault(one.fact, set()).add((type(one.value), one.value))
    return (name for name, several in values.items() if len(several) > 1)


def _mechanism(policy: Policy) -> object:
    """What turns scores, requirements and exclusions into a verdict."""
    options = [(option.id, option.provides) for option in policy.options]
    return policy.verdict.chosen, options, sorted(capability.id for capability in policy.capabilities)
