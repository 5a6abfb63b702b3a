"""Mutants: a policy with one thing in one rule changed, as a slip of the hand would change it.

What no test can see is left alone: texts, costs, and what is the same written otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant.errors import Span
from assistant.policy.syntax import (
    FINAL,
    NEGATED,
    Always,
    Among,
    And,
    Certain,
    Compare,
    Conclude,
    Condition,
    Consequent,
    Not,
    Operator,
    Or,
    Policy,
    Require,
    Rule,
    RuleOut,
    Score,
    ScoreCompare,
)
from assistant.policy.vocabulary import MAX_COUNT, Kind, Value
from assistant.reasoning.reference import test_of
from assistant.trials.conditions import Atom, Path, atoms_of, nodes, normal, replaced, said, text_of, values_of

OPERATORS = {
    "threshold": "a threshold one off",
    "comparison": "a comparison changed",
    "value": "another value compared with",
    "connective": "`and` and `or` swapped",
    "negation": "a `not` left out",
    "certainty": "a `certain` left out",
    "part": "a part of a condition left out",
    "rule": "a rule dropped",
    "points": "points changed or left out",
    "constraint": "a requirement or an exclusion left out",
    "conclusion": "a conclusion changed or left out",
}
"""What is done to a policy, in the order in which it is told."""

MOST_VALUES = 5
"""How many other values of a choice are tried in place of one."""


@dataclass(frozen=True, eq=False)
class Mutant:
    """A rule and what it is instead: `operator` and `change` say how the two differ, at `span`."""

    rule: Rule
    instead: Rule
    operator: str
    change: str
    span: Span

    def of(self, policy: Policy) -> Policy:
        """The policy with the one in place of the other."""
        return replace(policy, rules=tuple(self.instead if one is self.rule else one for one in policy.rules))

    @property
    def condition_changed(self) -> bool:
        """Whether it is the condition that differs, and not what follows."""
        return self.instead.when is not self.rule.when


class _Changed(NamedTuple):
    """A part of a condition at a path, what stands there instead, and the change in words."""

    operator: str
    path: Path
    part: Condition
    change: str
    span: Span


def mutants_of(policy: Policy) -> Iterator[Mutant]:
    """The mutants of what the uppermost layer says: its rules, and the params that it sets in rules below; by place."""
    for rule in sorted(policy.rules, key=lambda rule: rule.span):
        if rule.layer == policy.id:
            yield from _conditions(policy, rule, atoms_of(policy, rule))
            yield from _effects(policy, rule)
        else:
            own = {name for name, param in policy.params.items() if param.layer == policy.id}
            atoms = [one for one in atoms_of(policy, rule) if getattr(one.condition, "param", None) in own]
            yield from _distinct(rule, (one for atom in atoms for one in _thresholds(policy, atom)))


def _conditions(policy: Policy, rule: Rule, atoms: tuple[Atom, ...]) -> Iterator[Mutant]:
    yield from _distinct(rule, _changed_parts(policy, rule, {atom.path: atom for atom in atoms}))


def _distinct(rule: Rule, changes: Iterator[_Changed]) -> Iterator[Mutant]:
    """The mutants of a condition that differ from it and from each other."""
    only_true = not concludes(rule)
    seen = {normal(rule.when, only_true)}
    for one in changes:
        when = replaced(rule.when, one.path, one.part)
        form = normal(when, only_true)
        if form not in seen:
            seen.add(form)
            yield Mutant(rule, replace(rule, when=when), one.operator, one.change, one.span)


def concludes(rule: Rule) -> bool:
    """Whether anything is concluded by a rule: then it matters too whether its condition is unknown."""
    return any(isinstance(consequent, Conclude) for consequent in rule.then)


def _changed_parts(policy: Policy, rule: Rule, atoms: dict[Path, Atom]) -> Iterator[_Changed]:
    texts = {path: atom.text for path, atom in atoms.items()}
    for path, node in nodes(rule.when):
        if path in atoms:
            yield from _comparisons(policy, atoms[path])
            continue
        within = [atom.span for place, atom in atoms.items() if place[: len(path)] == path]
        span, text = (within or [rule.span])[0], text_of(node, texts, path)
        match node:
            case Not(inner=inner):
                yield _Changed("negation", path, inner, f"`{text}` without `not`", span)
            case Certain(inner=inner):
                yield _Changed("certainty", path, inner, f"`{text}` without `certain`", span)
            case And(parts=parts):
                yield _Changed("connective", path, Or(parts), f"`{text}` with `or` for `and`", span)
                yield from _without(node, path, atoms, texts)
            case Or(parts=parts):
                yield _Changed("connective", path, And(parts), f"`{text}` with `and` for `or`", span)
                yield from _without(node, path, atoms, texts)
            case Always(value=value):
                yield _Changed("value", path, Always(not value), f"`{said(not value)}` for `{text}`", span)
    yield _Changed("rule", (), Always(False), "it never fires", rule.span)


def _without(node: And | Or, path: Path, atoms: dict[Path, Atom], texts: dict[Path, str]) -> Iterator[_Changed]:
    for place, part in enumerate(node.parts):
        rest = (*node.parts[:place], *node.parts[place + 1 :])
        here = (*path, place)
        spans = [atom.span for other, atom in atoms.items() if other[: len(here)] == here]
        if rest and spans:
            left = rest[0] if len(rest) == 1 else replace(node, parts=rest)
            yield _Changed("part", path, left, f"without `{text_of(part, texts, here)}`", spans[0])


def _comparisons(policy: Policy, atom: Atom) -> Iterator[_Changed]:
    condition = atom.condition
    yield from _thresholds(policy, atom)
    if isinstance(condition, Among):
        yield from _memberships(policy, atom, condition)
        return
    ordered = isinstance(condition, ScoreCompare) or type(condition.value) is int
    for sign in _other_signs(condition.operator, ordered):
        if isinstance(condition, Compare) and ordered and _same(policy, condition, sign):
            continue
        what = f"with `{sign}` for `{condition.operator}`"
        if isinstance(condition, Compare) and isinstance(condition.value, bool):
            what = "denied"
        yield _Changed("comparison", atom.path, replace(condition, operator=sign), f"`{atom.text}` {what}", atom.span)
    if isinstance(condition, Compare) and not isinstance(condition.value, int):
        others = [value for value in values_of(policy, condition.name) if value != condition.value]
        for value in others[:MOST_VALUES]:
            change = f"`{atom.text}` with `{said(value)}` for `{said(condition.value)}`"
            yield _Changed("value", atom.path, replace(condition, value=value, param=None), change, atom.span)


def _other_signs(sign: Operator, ordered: bool) -> tuple[Operator, ...]:
    """The reverse; of an equality of numbers its halves as well. What moves the bound by one is a threshold's."""
    halves: dict[Operator, tuple[Operator, ...]] = {"==": ("<=", ">="), "!=": ("<", ">")}
    return (NEGATED[sign], *(halves.get(sign, ()) if ordered else ()))


def _same(policy: Policy, condition: Compare, sign: Operator) -> bool:
    """Whether another sign says the same of every number that the fact can be: where one end of them is compared."""
    fact, value = policy.facts[condition.name], condition.value
    assert isinstance(value, int)
    high = MAX_COUNT if fact.high is None else fact.high
    tests = [test_of(one) for one in (condition, replace(condition, operator=sign))]
    near = [{condition.name: number} for number in (value - 1, value, value + 1) if fact.low <= number <= high]
    return all(tests[0](memory) is tests[1](memory) for memory in near)


def _thresholds(policy: Policy, atom: Atom) -> Iterator[_Changed]:
    """The bound one higher and one lower."""
    condition = atom.condition
    if isinstance(condition, ScoreCompare):
        for bound in (condition.bound + 1, condition.bound - 1):
            change = f"`{atom.text}` with a bound one {'higher' if bound > condition.bound else 'lower'}"
            yield _Changed("threshold", atom.path, replace(condition, bound=bound), change, atom.span)
    elif isinstance(condition, Compare) and type(condition.value) is int:
        fact, value = policy.facts[condition.name], condition.value
        high = MAX_COUNT if fact.high is None else fact.high
        for other in (value + 1, value - 1):
            if fact.low <= other <= high:
                change = f"`{atom.text}` with {other} for {value}"
                yield _Changed("threshold", atom.path, replace(condition, value=other), change, atom.span)


def _memberships(policy: Policy, atom: Atom, condition: Among) -> Iterator[_Changed]:
    denied = replace(condition, negated=not condition.negated)
    yield _Changed("comparison", atom.path, denied, f"`{atom.text}` denied", atom.span)
    values = condition.values
    for value in values if len(values) > 1 else ():
        fewer = replace(condition, values=tuple(one for one in values if one != value))
        yield _Changed("value", atom.path, fewer, f"`{atom.text}` without `{said(value)}`", atom.span)
    for value in _beside(policy, condition)[:MOST_VALUES]:
        more = replace(condition, values=(*values, value))
        yield _Changed("value", atom.path, more, f"`{atom.text}` with `{said(value)}` as well", atom.span)


def _beside(policy: Policy, condition: Among) -> list[Value | None]:
    """The values of a choice that are not listed; none of a number."""
    fact = policy.facts.get(condition.name)
    if condition.name != FINAL and (fact is None or fact.kind is not Kind.CHOICE):
        return []
    return [value for value in values_of(policy, condition.name) if value not in condition.values]


def _effects(policy: Policy, rule: Rule) -> Iterator[Mutant]:
    for place, consequent in enumerate(rule.then):
        for operator, instead, change in _other_effects(policy, consequent):
            then = (*rule.then[:place], *(() if instead is None else (instead,)), *rule.then[place + 1 :])
            yield Mutant(rule, replace(rule, then=then), operator, change, rule.span)


def _other_effects(policy: Policy, effect: Consequent) -> Iterator[tuple[str, Consequent | None, str]]:
    match effect:
        case Score(option=option, points=points) if points:
            for other in dict.fromkeys((points + 1, points - 1, -points)):
                if other:
                    yield "points", Score(option, other), f"`{option}: {other}` points for {points}"
            yield "points", Score(option, 0), f"without its points for `{option}`"
        case Require(capability=name):
            yield "constraint", None, f"does not require `{name}`"
        case RuleOut(name=name):
            yield "constraint", None, f"does not rule out `{name}`"
        case Conclude(fact=name, value=value):
            for another in _other_values(policy, name, value)[:MOST_VALUES]:
                change = f"concludes `{name}: {said(another)}` for `{said(value)}`"
                yield "conclusion", Conclude(name, another), change
            yield "conclusion", None, f"does not conclude `{name}`"


def _other_values(policy: Policy, name: str, value: Value | None) -> list[Value | None]:
    fact = policy.facts[name]
    if fact.kind is Kind.FLAG:
        return [not value]
    if fact.kind is Kind.CHOICE:
        return [other for other in values_of(policy, name) if other != value]
    high = MAX_COUNT if fact.high is None else fact.high
    return [other for other in (int(value or 0) + 1, int(value or 0) - 1) if fact.low <= other <= high]
