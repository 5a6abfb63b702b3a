"""Checked records of costs, and of where in their ranges they fall, to typed consequents. Faults are noted."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction

from assistant.errors import shown
from assistant.policy.folder import Layer
from assistant.policy.noted import Noted
from assistant.policy.scope import Scope
from assistant.policy.syntax import Cost, Narrow
from assistant.policy.vocabulary import MAX_COUNT, Kind
from assistant.reading.shapes import Fields


def compile_cost(record: Fields, scope: Scope) -> Cost | None:
    """One cost item; None where its price is at fault."""
    names = _options(record, scope)
    fact, otherwise = _times(record.get("times"), scope)
    priced = _price(record, scope)
    if priced is None:
        return None
    low, high, per = priced
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
        per = figure.per if figure.per in ("month", "quarter", "year") else "once"
        return Fraction(str(figure.low)), Fraction(str(figure.high)), record.text("per", per)
    else:
        wrong = f"the figure `{address}` is open to one side, and a cost has two ends"
    scope.noted.fault("unknown-figure", record.span_of("figure"), wrong, "write `passage/figure`")
    return None


def compile_narrowing(record: Fields, scope: Scope) -> Narrow | None:
    """One narrowing; None where its part is at fault. Whether there is such an item, `check_narrowings` says."""
    names = _options(record, scope)
    if not all(key in record for key in ("item", "from", "to")):
        return None
    low, high = record.value("from"), record.value("to")
    if not 0 <= low <= high <= 100:
        message = f"a part of a range lies from 0 to 100 percent, the lower end first, not `{low}` to `{high}`"
        scope.noted.fault(
            "wrong-range", record.span_of("from"), message, "write `from: 0, to: 33` for the lowest third"
        )
        return None
    return Narrow(record.text("item"), names, low, high)


def check_narrowings(layers: Iterable[Layer], options: Collection[str], noted: Noted) -> None:
    """Notes each narrowing of an item that no cost has, or for an option that does not have it, in any layer so far."""
    priced: dict[str, set[str]] = {}
    for layer in layers:
        for record in _records(layer, "cost"):
            if "item" in record and "options" in record:
                priced.setdefault(record.text("item"), set()).update(node.text for node in record.many("options"))
            else:
                noted.gap("item")
        for record in _records(layer, "narrow"):
            _check_narrowing(record, priced, options, noted)


def _check_narrowing(record: Fields, priced: Mapping[str, set[str]], options: Collection[str], noted: Noted) -> None:
    item = record.text("item")
    if item not in priced:
        if "item" in record:
            noted.unknown("cost item", record.get("item"), priced)
        return
    for node in record.many("options"):
        if node.text in options and node.text not in priced[item]:
            having = ", ".join(f"`{option}`" for option in options if option in priced[item])
            message = f"`{shown(node.text)}` has no cost item `{shown(item)}`"
            noted.fault("wrong-option", node.span, message, f"these have it: {having}")


def _records(layer: Layer, key: str) -> Iterator[Fields]:
    for rule in layer.rules:
        then = rule.get("then")
        if then is not None:
            yield from then.many(key)


def _options(record: Fields, scope: Scope) -> tuple[str, ...]:
    options = record.many("options")
    for node in options:
        if node.text not in scope.symbols.options:
            scope.noted.unknown("option", node, scope.symbols.options)
    return tuple(node.text for node in options)
