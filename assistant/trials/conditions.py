"""The parts of a condition: each with its path from the whole, each comparison with its place and its words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.errors import Span
from assistant.policy.expressions import Symbols, comparisons_in
from assistant.policy.scanner import ExpressionError
from assistant.policy.syntax import (
    FINAL,
    NEGATED,
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
from assistant.policy.vocabulary import Value
from assistant.reading.scalars import place_in

Path = tuple[int, ...]
"""From a condition to one of its parts: which part of which part."""

Comparison = Compare | Among | ScoreCompare


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """What a condition is directly made of; nothing for a comparison."""
    match condition:
        case Not(inner=inner) | Certain(inner=inner):
            return (inner,)
        case And(parts=parts) | Or(parts=parts):
            return parts
        case _:
            return ()


def nodes(condition: Condition, path: Path = ()) -> Iterator[tuple[Path, Condition]]:
    """A condition and all its parts, in the order in which they are written."""
    yield path, condition
    for place, part in enumerate(parts_of(condition)):
        yield from nodes(part, (*path, place))


def replaced(condition: Condition, path: Path, instead: Condition) -> Condition:
    """The condition with another part at a path."""
    if not path:
        return instead
    place, *rest = path
    match condition:
        case Not(inner=inner):
            return Not(replaced(inner, tuple(rest), instead))
        case Certain(inner=inner):
            return Certain(replaced(inner, tuple(rest), instead))
        case And(parts=parts) | Or(parts=parts):
            changed = replaced(parts[place], tuple(rest), instead)
            return replace(condition, parts=(*parts[:place], changed, *parts[place + 1 :]))
        case _:
            raise ValueError("a comparison has no parts")


@dataclass(frozen=True, slots=True)
class Atom:
    """One comparison in a rule's condition: `text` is how it is written, at `span`."""

    path: Path
    condition: Comparison
    text: str
    span: Span


def atoms_of(policy: Policy, rule: Rule) -> tuple[Atom, ...]:
    """The comparisons of a rule's condition, in the order in which they are written.

    For a rule that is not as a file has it they stand where the rule does.
    """
    found = [(path, node) for path, node in nodes(rule.when) if isinstance(node, Comparison)]
    places = _places(policy, rule)
    if rule.written is None or places is None:
        return tuple(Atom(path, node, _plainly(node), rule.span) for path, node in found)
    text = rule.written.text
    return tuple(
        Atom(path, node, " ".join(text[begin:end].split()), place_in(rule.written, begin))
        for (path, node), (begin, end) in zip(found, places, strict=True)
    )


def _places(policy: Policy, rule: Rule) -> tuple[tuple[int, int], ...] | None:
    """Where the comparisons stand in the condition as it is written; None where the rule's is another."""
    if rule.written is None:
        return None
    try:
        condition, places = comparisons_in(rule.written.text, _symbols(policy))
    except ExpressionError:
        return None
    return places if condition == rule.when else None


def _symbols(policy: Policy) -> Symbols:
    options, capabilities = (tuple(one.id for one in several) for several in (policy.options, policy.capabilities))
    return Symbols(policy.facts, policy.params, options, capabilities)


def said(value: Value | None) -> str:
    """A value as conditions and case files write it."""
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _plainly(comparison: Comparison) -> str:
    match comparison:
        case Compare(name=name, operator=sign, value=value):
            return name if (sign, value) == ("==", True) else f"{name} {sign} {said(value)}"
        case Among(name=name, values=values, negated=negated):
            return f"{name} {'not in' if negated else 'in'} [{', '.join(map(said, values))}]"
        case ScoreCompare(terms=terms, operator=sign, bound=bound):
            total = " + ".join(f"{factor} scores.{option}" for option, factor in terms)
            return f"{total or 0} {sign} {bound}"


def text_of(condition: Condition, texts: Mapping[Path, str], path: Path = ()) -> str:
    """A part of a condition in its own words, given those of its comparisons."""
    inner = [
        f"({text_of(part, texts, (*path, place))})"
        if isinstance(part, And | Or)
        else text_of(part, texts, (*path, place))
        for place, part in enumerate(parts_of(condition))
    ]
    match condition:
        case Not():
            return f"not {inner[0]}"
        case Certain(inner=part):
            return f"certain{inner[0]}" if isinstance(part, And | Or) else f"certain({inner[0]})"
        case And():
            return " and ".join(inner)
        case Or():
            return " or ".join(inner)
        case Always(value=value):
            return said(value)
        case _:
            return texts[path]


def values_of(policy: Policy, name: str) -> tuple[Value | None, ...]:
    """The values that a choice can have, in their order: none last, where rules make it."""
    if name == FINAL:
        return (*(option.id for option in policy.options), None)
    fact = policy.facts[name]
    return (*(option.value for option in fact.options), *((None,) if fact.derived else ()))


def normal(condition: Condition, only_true: bool = False) -> Condition:
    """A form in which conditions that differ only in how they are written are mostly the same.

    With `only_true` nobody asks whether they are false or unknown, only whether they are true.
    """
    plain = _normal(condition, False)
    return _uncertain(plain) if only_true else plain


def _uncertain(condition: Condition) -> Condition:
    """Without each `certain` that makes no difference to where the condition is true."""
    match condition:
        case Certain(inner=inner):
            return _uncertain(inner)
        case And(parts=parts) | Or(parts=parts):
            return _joined(isinstance(condition, And), [_uncertain(part) for part in parts])
        case _:
            return condition


def _normal(condition: Condition, denied: bool) -> Condition:
    match condition:
        case Not(inner=inner):
            return _normal(inner, not denied)
        case Certain(inner=inner):
            certain = Certain(_normal(inner, False))
            return Not(certain) if denied else certain
        case And(parts=parts) | Or(parts=parts):
            every = isinstance(condition, And) is not denied
            return _joined(every, [_normal(part, denied) for part in parts])
        case Always(value=value):
            return Always(value is not denied)
        case Among(name=name, values=values, negated=negated):
            return _listed(name, values, negated is not denied)
        case Compare() | ScoreCompare():
            return _bounded(replace(condition, operator=NEGATED[condition.operator]) if denied else condition)


def _joined(every: bool, parts: list[Condition]) -> Condition:
    kind: Callable[[tuple[Condition, ...]], Condition] = And if every else Or
    flat: list[Condition] = []
    for part in parts:
        flat += part.parts if isinstance(part, And if every else Or) else (part,)
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def _listed(name: str, values: tuple[Value | None, ...], negated: bool) -> Condition:
    if len(values) == 1:
        return _bounded(Compare(name, "!=" if negated else "==", values[0]))
    return Among(name, tuple(sorted(values, key=lambda value: (value is None, str(value)))), negated)


def _bounded(condition: Compare | ScoreCompare) -> Condition:
    """Whole numbers below or up to a bound: each comparison in one of two forms."""
    bound = condition.bound if isinstance(condition, ScoreCompare) else condition.value
    sign = condition.operator
    if isinstance(condition, Compare):
        if isinstance(bound, bool):
            return Compare(condition.name, "==", bound is (sign == "=="))
        if not isinstance(bound, int):
            return Compare(condition.name, sign, bound)
    assert isinstance(bound, int)
    if sign in ("<", ">="):
        sign, bound = ("<=" if sign == "<" else ">"), bound - 1
    if isinstance(condition, ScoreCompare):
        return ScoreCompare(condition.terms, sign, bound)
    return Compare(condition.name, sign, bound)
