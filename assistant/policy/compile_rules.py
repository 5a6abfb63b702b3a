"""Checked rule records to typed rules. Faults are noted, never raised; a faulty part does not hide the next."""

from collections.abc import Mapping
from typing import Any

from assistant.errors import shown
from assistant.policy.compile_costs import compile_cost, compile_narrowing
from assistant.policy.compile_facts import acceptances, citations, ground, named
from assistant.policy.expressions import parse_condition
from assistant.policy.noted import Noted
from assistant.policy.scanner import ExpressionError
from assistant.policy.scope import Scope
from assistant.policy.syntax import (
    Advise,
    Always,
    Conclude,
    Condition,
    Consequent,
    Example,
    Impossible,
    Require,
    Rule,
    RuleOut,
    Score,
    params_named,
)
from assistant.policy.texts import TextError, check_text
from assistant.policy.vocabulary import AnswerError, FactType, Kind, Value, check_value, read_answer
from assistant.reading.nodes import Scalar
from assistant.reading.scalars import place_in
from assistant.reading.shapes import Fields

MAX_POINTS = 10**9


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
        _require_both(fields, examples, when, scope.noted)
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
        acceptances(fields),
        scope.layer.upper,
        written=fields.get("when"),
    )


def house_reason(param: str, because: str) -> str:
    """The reason of a rule that is the house's for a number it compares with."""
    return f"`{param}` is set by the house: {because}"


def _house_params(condition: str, basis: str, reason: str, scope: Scope) -> tuple[str, str]:
    """The basis of a rule: the house's where a number that it compares with is the house's, whatever else it cites."""
    named = [scope.symbols.params[name] for name in params_named(condition) if name in scope.symbols.params]
    house = [house_reason(param.id, param.because) for param in named if param.basis == "house"]
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
        cost = compile_cost(record, scope)
        found += [cost] if cost else []
    for record in then.many("narrow"):
        narrowing = compile_narrowing(record, scope)
        found += [narrowing] if narrowing else []
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


def _require_both(fields: Fields, examples: tuple[Example, ...], when: Condition | None, noted: Noted) -> None:
    """A rule needs an example that fires and one that does not, as far as its condition can come out so."""
    for fires, what in ((True, "that fires"), (False, "that does not fire")):
        if when != Always(not fires) and not any(example.fires is fires for example in examples):
            message = f"{named('rule', fields)} lacks an example {what}"
            noted.fault("missing-example", fields.span, message, f"add one with `fires: {str(fires).lower()}`")
