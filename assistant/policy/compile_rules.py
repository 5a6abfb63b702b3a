"""Checked rule records to typed rules. Faults are noted, never raised; a faulty part does not hide the next."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assistant.errors import shown
from assistant.knowledge import Source
from assistant.policy.compile_facts import citations, ground, named
from assistant.policy.expressions import Symbols, parse_condition
from assistant.policy.folder import Layer
from assistant.policy.noted import Noted
from assistant.policy.scanner import ExpressionError
from assistant.policy.syntax import (
    Advise,
    Conclude,
    Condition,
    Consequent,
    Cost,
    Example,
    Impossible,
    Require,
    Rule,
    RuleOut,
    Score,
)
from assistant.policy.texts import TextError, check_text
from assistant.policy.vocabulary import MAX_COUNT, AnswerError, FactType, Kind, Value, check_value, read_answer
from assistant.reading.nodes import Scalar
from assistant.reading.scalars import place_in
from assistant.reading.shapes import Fields

_PARAM = re.compile(r"\bparams\.(\w+)", re.ASCII)
MAX_POINTS = 10**9


@dataclass(frozen=True)
class Scope:
    """What a rule may refer to."""

    symbols: Symbols
    source: Source | None
    layer: Layer
    noted: Noted

    def has_figure(self, address: str) -> bool:
        """Whether the source has this figure; true while the source itself is missing."""
        return self.source is None or self.source.figure(address) is not None


def compile_rule(fields: Fields, scope: Scope) -> Rule | None:
    """One rule; None where anything in it is at fault."""
    before = len(scope.noted.findings)
    cites = citations(fields, scope.source, scope.noted)
    basis, reason = ground("rule", fields, "reason", scope.noted)
    basis, reason = _house_params(fields.text("when"), basis, reason, scope)
    when = _condition(fields, scope)
    then = _consequents(fields.get("then"), scope) if "then" in fields else ()
    for key in ("because", "reason"):
        _text(fields.get(key), scope)
    examples = tuple(_examples(fields, scope))
    if "examples" in fields and len(examples) == len(fields.many("examples")):
        _require_both(fields, examples, scope.noted)
    complete = all(key in fields for key in ("rule", "when", "then", "because", "examples"))
    if when is None or not complete or len(scope.noted.findings) > before:
        return None
    return Rule(
        fields.text("rule"),
        when,
        " ".join(fields.text("when").split()),
        then,
        fields.text("because"),
        basis,
        reason,
        cites,
        examples,
        fields.span,
        scope.layer.at(fields.span),
        scope.layer.name,
    )


def _house_params(condition: str, basis: str, reason: str, scope: Scope) -> tuple[str, str]:
    """The basis of a rule: the house's where a number that it compares with is the house's, whatever else it cites."""
    named = [scope.symbols.params[name] for name in _PARAM.findall(condition) if name in scope.symbols.params]
    house = [f"`{param.id}` is set by the house: {param.because}" for param in named if param.basis == "house"]
    return (basis, reason) if basis == "house" or not house else ("house", " ".join(dict.fromkeys(house)))


def _condition(fields: Fields, scope: Scope) -> Condition | None:
    node = fields.get("when")
    if not isinstance(node, Scalar):
        return None
    try:
        return parse_condition(node.text, scope.symbols)
    except ExpressionError as error:
        scope.noted.fault(error.code, place_in(node, error.offset), error.message, error.help)
        return None


def _text(node: Any, scope: Scope) -> str:
    if not isinstance(node, Scalar):
        return ""
    try:
        check_text(node.text, scope.symbols.facts, scope.symbols.params, scope.has_figure)
    except TextError as error:
        scope.noted.fault(error.code, place_in(node, error.offset), error.message, error.help)
    return node.text


def _consequents(then: Fields, scope: Scope) -> tuple[Consequent, ...]:
    found: list[Consequent] = []
    found += _scores(then, scope)
    found += _conclusions(then, scope)
    symbols, noted = scope.symbols, scope.noted
    for node in then.many("require"):
        if node.text not in symbols.capabilities:
            noted.unknown("capability", node, symbols.capabilities)
        found.append(Require(node.text))
    for node in then.many("rule_out"):
        if node.text not in (*symbols.capabilities, *symbols.options):
            noted.unknown("capability or option", node, (*symbols.capabilities, *symbols.options))
        found.append(RuleOut(node.text))
    if "impossible" in then:
        found.append(Impossible(_text(then.get("impossible"), scope)))
    for advice in then.many("advise"):
        found.append(Advise(advice.text("kind"), _text(advice.get("text"), scope), advice.value("order", 0)))
    for record in then.many("cost"):
        cost = _cost(record, scope)
        found += [cost] if cost else []
    if not found and not any(then.values):
        noted.fault("missing-key", then.span, "`then` says nothing", "add `score:`, `conclude:`, `advise:` or another")
    return tuple(found)


def _scores(then: Fields, scope: Scope) -> list[Score]:
    found = []
    for option, points in (then.get("score") or {}).items():
        if option.text not in scope.symbols.options:
            scope.noted.unknown("option", option, scope.symbols.options)
        if abs(points.value) > MAX_POINTS:
            scope.noted.fault("wrong-range", points.span, f"`{shown(points.text)}` points are too many")
        found.append(Score(option.text, points.value))
    return found


def _conclusions(then: Fields, scope: Scope) -> list[Conclude]:
    found: list[Conclude] = []
    facts = scope.symbols.facts
    for name, node in (then.get("conclude") or {}).items():
        fact = facts.get(name.text)
        if fact is None or not fact.derived:
            derived = [known for known, other in facts.items() if other.derived]
            if fact is None:
                scope.noted.unknown("fact", name, derived)
            else:
                message = f"`{name.text}` is told, and a rule concludes derived facts only"
                scope.noted.fault("told-fact", name.span, message, "declare it with `derived: true`")
            continue
        if fact.kind is Kind.CHOICE and node.text == "none":
            found.append(Conclude(fact.name, None))
            continue
        try:
            found.append(Conclude(fact.name, check_value(fact, node.value)))
        except AnswerError as error:
            scope.noted.fault("wrong-type", node.span, error.message, error.help)
    return found


def _cost(record: Fields, scope: Scope) -> Cost | None:
    options = record.many("options")
    for node in options:
        if node.text not in scope.symbols.options:
            scope.noted.unknown("option", node, scope.symbols.options)
    fact, otherwise = _times(record.get("times"), scope)
    priced = _price(record, scope)
    if priced is None:
        return None
    low, high, per = priced
    names = tuple(node.text for node in options)
    return Cost(record.text("item"), names, low, high, per, record.text("figure") or None, fact, otherwise)


def _times(record: Fields | None, scope: Scope) -> tuple[str | None, int]:
    """The count that multiplies a cost, and what it is taken for while unknown."""
    if record is None:
        return None, 1
    facts, noted = scope.symbols.facts, scope.noted
    name, otherwise = record.text("fact"), record.value("otherwise", 1)
    if name and name not in facts:
        noted.unknown("fact", record.get("fact"), [known for known, fact in facts.items() if fact.kind is Kind.COUNT])
    elif name and facts[name].kind is not Kind.COUNT:
        message = f"a cost is multiplied by a count, and `{name}` is a {facts[name].kind}"
        noted.fault("wrong-type", record.span_of("fact"), message)
    if not 0 <= otherwise <= MAX_COUNT:
        noted.fault("wrong-range", record.span_of("otherwise"), f"`otherwise` is 0 or more, not `{otherwise}`")
    return name or None, otherwise


def _price(record: Fields, scope: Scope) -> tuple[Fraction, Fraction, str] | None:
    """The low end, the high end and the period of a cost."""
    noted = scope.noted
    if "figure" in record.places:
        for key in ("low", "high"):
            if key in record.places:
                noted.fault("wrong-key", record.span_of(key), f"`figure` gives `{key}` already", "keep one of the two")
        return _price_of_figure(record, scope) if "figure" in record else None
    missing = [key for key in ("low", "high", "per") if key not in record.places]
    if missing:
        message = f"the cost lacks `{missing[0]}`"
        noted.fault("missing-key", record.span, message, "it needs `figure`, or `low`, `high` and `per`")
    if not all(key in record for key in ("low", "high", "per")):
        return None
    low, high = record.value("low"), record.value("high")
    if not 0 <= low <= high:
        message = f"a cost is 0 or more, the lower end first, not `{low}` to `{high}`"
        noted.fault("wrong-range", record.span_of("low"), message)
        return None
    return Fraction(str(low)), Fraction(str(high)), record.text("per")


def _price_of_figure(record: Fields, scope: Scope) -> tuple[Fraction, Fraction, str] | None:
    if scope.source is None:
        return None
    address = record.text("figure")
    figure = scope.source.figure(address)
    wrong = None
    if figure is None:
        wrong = f"there is no figure `{shown(address)}` in the source"
    elif figure.unit != "USD":
        wrong = f"the figure `{address}` is in {figure.unit}, and a cost is in `USD`"
    elif figure.low is not None and figure.high is not None:
        per = figure.per if figure.per in ("month", "quarter") else "once"
        return Fraction(str(figure.low)), Fraction(str(figure.high)), record.text("per", per)
    else:
        wrong = f"the figure `{address}` is open to one side, and a cost has two ends"
    scope.noted.fault("unknown-figure", record.span_of("figure"), wrong, "write `passage/figure`")
    return None


def answers_of(table: Mapping[Scalar, Any], facts: Mapping[str, FactType], noted: Noted) -> dict[str, Value]:
    """Told facts with their values, from a checked mapping; null is left out, faults are noted."""
    found: dict[str, Value] = {}
    for name, node in table.items():
        fact = facts.get(name.text)
        if fact is None or fact.derived:
            if fact is None:
                noted.unknown("fact", name, [known for known, other in facts.items() if not other.derived])
            else:
                message = f"`{name.text}` is concluded by rules, and can't be told"
                noted.fault("derived-fact", name.span, message, "leave it out")
            continue
        if node.value is None and not node.quoted:
            continue
        try:
            found[fact.name] = read_answer(fact, node.value)
        except AnswerError as error:
            noted.fault("wrong-answer", node.span, error.message, error.help)
    return found


def _examples(fields: Fields, scope: Scope) -> list[Example]:
    found = []
    for record in fields.many("examples"):
        if "facts" in record and "fires" in record:
            facts = answers_of(record.get("facts"), scope.symbols.facts, scope.noted)
            found.append(Example(facts, record.value("fires"), record.span))
    return found


def _require_both(fields: Fields, examples: tuple[Example, ...], noted: Noted) -> None:
    for fires, what in ((True, "that fires"), (False, "that does not fire")):
        if not any(example.fires is fires for example in examples):
            message = f"{named('rule', fields)} lacks an example {what}"
            noted.fault("missing-example", fields.span, message, f"add one with `fires: {str(fires).lower()}`")
