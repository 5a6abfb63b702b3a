"""The architect's own figures in a case: read by item, or by option and then item, against the costs of the policy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from assistant.errors import Span, shown
from assistant.policy.noted import Noted
from assistant.policy.syntax import Cost, Policy
from assistant.reading.nodes import Scalar
from assistant.reading.shapes import Fields
from assistant.reasoning.costs import OwnFigure, Range

Priced: TypeAlias = Mapping[str, Mapping[str, frozenset[str]]]
"""For each item the options that have it, each with the periods in which it is priced, in the policy's order."""

PERIODS = {"once": "once", "month": "a month", "quarter": "a quarter", "year": "a year"}
_LIKE = "write an amount, or a range as `[low, high]`"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A figure as written: for an item of one option, or of all that have it (then `option` is None)."""

    item: Scalar
    option: Scalar | None
    figure: Any


def own_figures(table: Mapping[Scalar, Any], policy: Policy, noted: Noted) -> tuple[OwnFigure, ...]:
    """The own figures of a checked mapping, one for each item and option; faults are noted."""
    priced = _priced(policy)
    found: dict[tuple[str, str], OwnFigure] = {}
    for entry in _entries(table, priced, policy, noted):
        ends = _ends(entry.figure, entry.item.span, noted)
        for option in _options(entry, priced, policy, noted):
            per = _period(entry.item, priced[entry.item.text][option], noted)
            if (entry.item.text, option) in found:
                message = f"`{shown(entry.item.text)}` of `{option}` has two figures here"
                noted.fault("duplicate", entry.item.span, message, "keep one of the two")
            elif ends is not None and per is not None:
                found[entry.item.text, option] = OwnFigure(entry.item.text, (option,), per, *ends)
    return tuple(found.values())


def _priced(policy: Policy) -> Priced:
    periods: dict[str, dict[str, set[str]]] = {}
    for rule in policy.rules:
        for cost in (consequent for consequent in rule.then if isinstance(consequent, Cost)):
            for option in cost.options:
                periods.setdefault(cost.item, {}).setdefault(option, set()).add(cost.per)
    order = [option.id for option in policy.options]
    return {
        item: {option: frozenset(having[option]) for option in order if option in having}
        for item, having in periods.items()
    }


def _entries(table: Mapping[Scalar, Any], priced: Priced, policy: Policy, noted: Noted) -> Iterator[_Entry]:
    """Each figure with its item and option, in whichever order the two are named."""
    options = [option.id for option in policy.options]
    for name, inner in _given(table):
        if name.text in priced:
            if isinstance(inner, dict) and not _is_range(inner):
                yield from (_Entry(name, option, figure) for option, figure in _given(inner))
            else:
                yield _Entry(name, None, inner)
        elif name.text not in options:
            noted.unknown("cost item", name, [*priced, *options])
        elif not isinstance(inner, dict):
            help = f"write `{name.text}: {{ITEM: amount}}`"
            noted.fault(
                "wrong-figure", name.span, f"`{name.text}` is an option, and a figure is for one of its items", help
            )
        else:
            for item, figure in _given(inner):
                if item.text in priced:
                    yield _Entry(item, name, figure)
                else:
                    noted.unknown("cost item", item, priced)


def _given(table: Mapping[Scalar, Any]) -> Iterator[tuple[Scalar, Any]]:
    """What is not null."""
    return ((name, inner) for name, inner in table.items() if not isinstance(inner, Scalar) or inner.value is not None)


def _options(entry: _Entry, priced: Priced, policy: Policy, noted: Noted) -> tuple[str, ...]:
    """The options that a figure is for."""
    having = priced[entry.item.text]
    if entry.option is None:
        return tuple(having)
    option = entry.option
    if option.text in having:
        return (option.text,)
    if option.text not in [known.id for known in policy.options]:
        noted.unknown("option", option, having)
    else:
        listed = ", ".join(f"`{known}`" for known in having)
        message = f"`{option.text}` has no cost item `{shown(entry.item.text)}`"
        noted.fault("wrong-option", option.span, message, f"these have it: {listed}")
    return ()


def _period(item: Scalar, periods: frozenset[str], noted: Noted) -> str | None:
    if len(periods) == 1:
        return next(iter(periods))
    said = " and ".join(words for per, words in PERIODS.items() if per in periods)
    message = f"`{shown(item.text)}` is priced {said}, so that one figure cannot stand for it"
    noted.fault("wrong-figure", item.span, message, "leave it out, or give its parts two names in the policy")
    return None


def _is_range(table: Mapping[Scalar, Any]) -> bool:
    return bool(table) and all(key.text in ("low", "high") for key in table)


def _ends(figure: Any, span: Span, noted: Noted) -> Range | None:
    """The low end and the high end of a figure."""
    nodes = _nodes(figure)
    if len(nodes) != 2:
        noted.fault("wrong-figure", span, "a figure is an amount or a range of two", _LIKE)
        return None
    low, high = (Fraction(str(node.value)) for node in nodes)
    if 0 <= low <= high:
        return low, high
    said = " to ".join(dict.fromkeys(f"`{shown(node.text)}`" for node in nodes))
    order = "" if low == high else ", the lower end first"
    noted.fault("wrong-range", nodes[0].span, f"a cost is 0 or more{order}, not {said}", _LIKE)
    return None


def _nodes(figure: Any) -> list[Scalar]:
    match figure:
        case Scalar():
            return [figure, figure]
        case list():
            return figure
        case Fields():
            return [figure.get(key) for key in ("low", "high") if key in figure]
        case dict():
            by_name = {key.text: node for key, node in figure.items()}
            return [by_name[key] for key in ("low", "high") if isinstance(by_name.get(key), Scalar)]
        case _:
            return []
