"""Trace and policy in words: statements of facts, effects of rules, conditions, amounts."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from assistant.knowledge import quantity
from assistant.policy.syntax import (
    FINAL,
    NEGATED,
    Advise,
    Always,
    Among,
    And,
    Certain,
    Compare,
    Conclude,
    Condition,
    Consequent,
    Cost,
    Impossible,
    Narrow,
    Not,
    Operator,
    Or,
    Policy,
    Require,
    Rule,
    RuleOut,
    Score,
    ScoreCompare,
    params_named,
)
from assistant.policy.texts import render
from assistant.policy.vocabulary import Kind, Value
from assistant.reasoning.decision import Decision
from assistant.reasoning.trace import Inference

_SIGNS = {"<": "under", "<=": "at most", ">": "over", ">=": "at least", "==": "", "!=": "other than"}


def because(rule: Rule, inference: Inference) -> str:
    """A rule's reason with the values it read, and whose number it goes by where a layer has set another."""
    said = one_line(render(rule.because, inference.policy, inference.memory))
    return " ".join([said, *_numbers_of_layers(rule, inference.policy)])


def _numbers_of_layers(rule: Rule, policy: Policy) -> Iterator[str]:
    for name in params_named(rule.condition, rule.because):
        param = policy.params.get(name)
        if param is not None and param.basis == "house" and param.layer != rule.layer:
            yield f"({name} is {quantity_said(param.value)} in {param.layer}: {one_line(param.because)})"


def one_line(text: str) -> str:
    """A text without line breaks or runs of spaces."""
    return " ".join(text.split())


def listed(items: Iterable[str], word: str = "and") -> str:
    """`a, b and c`."""
    parts = list(items)
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}" if parts else "nothing"


def counted(number: int, noun: str) -> str:
    """`1 answer`, `2 answers`."""
    return f"{quantity(number)} {noun}" if number == 1 else f"{quantity(number)} {noun}s"


def points(number: int) -> str:
    """`1 point`, `2 points`."""
    return counted(number, "point")


def quantity_said(value: Value) -> str:
    """A value of a param as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return quantity(value) if isinstance(value, int) else value


def dollars(amount: Fraction) -> str:
    """A whole-dollar amount: `$5,833`."""
    return f"${quantity(round(amount))}"


def cents(amount: Fraction) -> float | int:
    """An amount rounded to the cent, whole where it is whole."""
    rounded = round(amount, 2)
    return int(rounded) if rounded.denominator == 1 else float(rounded)


def option_label(policy: Policy, option: str | None) -> str:
    """An option's name, or that there is none."""
    return "no option at all" if option is None else policy.label(option)


def shares_in_words(policy: Policy, shares: Mapping[str | None, float]) -> str:
    """Each option's share of what is possible: `RAG 62%, Hybrid 38%`; one that is certain stands alone."""
    if len(shares) == 1:
        return option_label(policy, next(iter(shares)))
    ordered = sorted(shares.items(), key=lambda pair: -pair[1])
    return ", ".join(f"{option_label(policy, option)} {percent(share)}" for option, share in ordered)


def percent(share: float) -> str:
    """A share in percent; what is possible is never shown as none, nor what is open as certain."""
    rounded = round(share * 100)
    if rounded == 0:
        return "under 1%"
    return "over 99%" if rounded == 100 else f"{rounded}%"


def recommendation(decision: Decision) -> str:
    """The verdict in a line."""
    if decision.recommended is None:
        return "Nothing can be recommended: every option is ruled out"
    return f"Recommendation: {option_label(decision.policy, decision.recommended)}"


def statement(policy: Policy, name: str, value: Value | None) -> str:
    """Any quantity with its value as a statement."""
    space, _, rest = name.partition(".")
    if name in policy.facts:
        return policy.facts[name].state(value)
    if name == FINAL:
        return f"recommendation: {option_label(policy, value if isinstance(value, str) else None)}"
    label = policy.label(rest)
    match space:
        case "scores":
            return f"{label}: {points(int(value or 0))}"
        case "required":
            return f"{label} is required" if value else f"{label} is not required"
        case _:
            return f"{label} is ruled out" if value else f"{label} is not ruled out"


def effect(policy: Policy, consequent: Consequent) -> str:
    """What a consequent does, in a few words."""
    match consequent:
        case Score(option=option, points=number):
            return f"{number:+d} for {policy.label(option)}"
        case Conclude(fact=fact, value=value):
            return policy.facts[fact].state(value)
        case Require(capability=capability):
            return f"requires {policy.label(capability)}"
        case RuleOut(name=name):
            return f"rules out {policy.label(name)}"
        case Impossible():
            return "says that these answers contradict each other"
        case Advise(kind=kind):
            return f"advises ({kind.replace('-', ' ')})"
        case Cost(item=item, options=options):
            return f"prices {item} for {listed(policy.label(option) for option in options)}"
        case Narrow(item=item, options=options, low=low, high=high):
            whose = f" for {listed(policy.label(option) for option in options)}" if options else ""
            return f"places {item}{whose} between {low}% and {high}% of its range"


def condition_in_words(policy: Policy, condition: Condition) -> str:
    """A condition as people would say it."""
    match condition:
        case Compare(name=name, operator=sign, value=value):
            return _comparison(policy, name, sign, value)
        case Among(name=name, values=values, negated=negated):
            fact = policy.facts.get(name)
            words = [fact.say(value) if fact else option_label(policy, str(value)) for value in values]
            return f"{is_called(_called(policy, name))} {'none of ' if negated else ''}{listed(words, 'or')}"
        case ScoreCompare(terms=terms, operator=sign, bound=bound):
            return _score_comparison(policy, terms, sign, bound)
        case Always(value=value):
            return "always" if value else "never"
        case Not(inner=inner):
            return _negation(policy, inner)
        case Certain(inner=inner):
            return condition_in_words(policy, inner)
        case And(parts=parts):
            return " and ".join(_part(policy, part) for part in parts)
        case Or(parts=parts):
            return " or ".join(_part(policy, part) for part in parts)


def _negation(policy: Policy, inner: Condition) -> str:
    """The negation of a condition, said as what is so instead where that can be."""
    match inner:
        case Compare(name=name, operator="==", value=bool(value)):
            return _comparison(policy, name, "==", not value)
        case Certain(inner=Compare(name=name, operator=">=", value=value)) if _lowest(policy, name) == value:
            return f"{is_called(_called(policy, name))} not known"
        case Certain(inner=Compare(name=name, operator=sign, value=value)):
            return f"{_comparison(policy, name, NEGATED[sign], value)} as far as we know"
        case Certain(inner=unsure):
            return f"it is not known that {condition_in_words(policy, unsure)}"
        case _:
            return f"it is not so that {condition_in_words(policy, inner)}"


def is_called(label: str) -> str:
    """A label with the verb that goes with it: `data volume is`, `accuracy needs are`."""
    return f"{label} {'are' if label.endswith('s') and not label.endswith(('ss', 'us', 'is')) else 'is'}"


def _lowest(policy: Policy, name: str) -> int | None:
    return policy.facts[name].low if name in policy.facts and policy.facts[name].numeric else None


def _part(policy: Policy, part: Condition) -> str:
    words = condition_in_words(policy, part)
    return f"({words})" if isinstance(part, (And, Or)) else words


def _called(policy: Policy, name: str) -> str:
    return policy.facts[name].label if name in policy.facts else "the recommendation"


def _comparison(policy: Policy, name: str, sign: Operator, value: Value | None) -> str:
    fact = policy.facts.get(name)
    if isinstance(value, bool):
        return statement(policy, name, value if sign == "==" else not value)
    if fact is not None and fact.kind is not Kind.CHOICE:
        sign = ">" if sign == "!=" and value == fact.low else sign
        return f"{is_called(fact.label)} {_SIGNS[sign]} {fact.say(value)}".replace("  ", " ")
    said = fact.say(value) if fact else option_label(policy, str(value) if value is not None else None)
    return f"{is_called(_called(policy, name))} {'not ' if sign == '!=' else ''}{said}"


def _score_comparison(policy: Policy, terms: tuple[tuple[str, int], ...], sign: str, bound: int) -> str:
    if len(terms) == 2 and {coefficient for _, coefficient in terms} == {1, -1}:
        leader, other = sorted(terms, key=lambda term: -term[1])
        if sign in (">", ">=") or bound >= 0 or sign not in ("<", "<="):
            return f"{policy.label(leader[0])} leads {policy.label(other[0])} by {_SIGNS[sign]} {points(bound)}"
        opposite = {"<": "over", "<=": "at least"}[sign]
        return f"{policy.label(other[0])} leads {policy.label(leader[0])} by {opposite} {points(-bound)}"
    total = " + ".join(f"{c} x {policy.label(o)}" if c != 1 else policy.label(o) for o, c in terms)
    return f"the points {total} are {_SIGNS[sign]} {bound}"
