"""A claim: a value that some words of a row give a fact, before anyone has compared it with other claims."""

import re
from dataclasses import dataclass
from fractions import Fraction

from assistant.dialogue.understanding.amounts import Amount, Sort
from assistant.dialogue.understanding.english import DAY, HOUR, MINUTE, MONTH, QUARTER, WEEK, YEAR
from assistant.dialogue.understanding.pieces import Period
from assistant.knowledge import counted, quantity
from assistant.policy.vocabulary import MAX_COUNT, FactType, Value

_SAID = {
    DAY: ("daily", "a day"),
    WEEK: ("weekly", "a week"),
    MONTH: ("monthly", "a month"),
    QUARTER: ("quarterly", "a quarter"),
    YEAR: ("yearly", "a year"),
    HOUR: ("hourly", "an hour"),
    MINUTE: ("every minute", "a minute"),
    Fraction(1): ("every second", "a second"),
}
_PERIOD_OF = {
    "second": Fraction(1),
    "minute": MINUTE,
    "hour": HOUR,
    "day": DAY,
    "week": WEEK,
    "month": MONTH,
    "quarter": QUARTER,
    "year": YEAR,
}
_PER = re.compile(r" (?:a|an|per) (\w+)\Z")
_STEPS = (
    (YEAR, "year"),
    (MONTH, "month"),
    (WEEK, "week"),
    (DAY, "day"),
    (HOUR, "hour"),
    (MINUTE, "minute"),
    (Fraction(1), "second"),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A value for a fact, from piece `first` up to and without `last` of row `row`.

    `amount` is the piece of the amount or period it rests on, -1 where it rests on words alone; `weight` tells claims
    on one amount apart; `wanted` says that the clause speaks of what is wanted, `today` of how it is now.
    """

    fact: FactType
    value: Value
    stated: str
    row: int
    first: int
    last: int
    amount: int = -1
    weight: int = 0
    hedged: bool = False
    wanted: bool = False
    today: bool = False


def whole(value: Fraction) -> int | None:
    """A number as a count can hold it; None where it is no whole number, or too large."""
    rounded = int(value + Fraction(1, 2)) if value >= 0 else -1
    near = value.denominator == 1 or value > 100
    return rounded if near and 0 <= rounded <= MAX_COUNT else None


def said_amount(amount: Amount, unit: str = "") -> str:
    """An amount in normal form: `200 ms`, `$20,000`, `95%`, `5,000`, `at most 300 ms`."""
    low, high = _figure(amount, amount.low), _figure(amount, amount.high)
    text = high if amount.low == amount.high else f"{low} to {high}"
    match amount.sort:
        case Sort.MONEY:
            text = "$" + text.replace(" to ", " to $")
        case Sort.PERCENT:
            text += "%"
        case Sort.TIME:
            text = _time(amount.high) if amount.low == amount.high else f"{_time(amount.low)} to {_time(amount.high)}"
        case _:
            text = f"{text} {unit}".rstrip()
    return {-1: "at most ", 1: "at least "}.get(amount.limit, "") + text


def _figure(amount: Amount, value: Fraction) -> str:
    return quantity(int(value)) if value.denominator == 1 else quantity(float(value))


def _time(seconds: Fraction) -> str:
    if seconds < 1:
        return f"{_number(seconds * 1000)} ms"
    if seconds < 60:
        return f"{_number(seconds)} s"
    size, name = next((size, name) for size, name in _STEPS if seconds >= size)
    return counted(_plain(seconds / size), f"{name}s")


def _number(value: Fraction) -> str:
    return quantity(_plain(value))


def _plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def said_period(period: Period) -> str:
    """How often, in normal form: `daily`, `every 15 minutes`, `3 times a week`."""
    if period.times == 1 and period.seconds in _SAID:
        return _SAID[period.seconds][0]
    if period.seconds in _SAID:
        return f"{counted(_plain(period.times), 'times') if period.times != 1 else 'once'} {_SAID[period.seconds][1]}"
    return f"every {_time(period.between)}"


def per(period: Fraction) -> str:
    """`a month`, `a day`; a period in seconds where it has no name."""
    return _SAID[period][1] if period in _SAID else f"per {_time(period)}"


def period_in(fact: FactType) -> Fraction | None:
    """The period that a count is per, by its unit (`queries a month`)."""
    found = _PER.search(fact.unit)
    return _PERIOD_OF.get(found[1]) if found else None
