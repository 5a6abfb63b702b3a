"""What the options cost over the months: totals as ranges, when one can pass another, and in how many combinations.

Sums and months are exact. A share is the fraction of combinations of the ranges, each figure drawn uniformly and
independently of the others, in which one option is the cheaper: it says how the ranges lie, and is no probability.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import ceil, floor, sqrt
from typing import TYPE_CHECKING

from assistant.reasoning.costs import CostItem, OptionCost, OwnFigure, Range, costs_of
from assistant.reasoning.draws import DRAWS, uniform
from assistant.reasoning.trace import Inference

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MONTHS = 12
MOST_MONTHS = 600


@dataclass(frozen=True, slots=True)
class OptionOutlook:
    """One option: `cumulative` is what has been paid by the end of each month, from 0 (only the start) to the last."""

    option: str
    initial: Range
    monthly: Range
    cumulative: tuple[Range, ...]
    items: tuple[CostItem, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two options: `dearer` costs more at the start than `cheaper`, both taken in the middle of their ranges.

    Of the months at whose end the dearer one's total is below the other's: `earliest` is the first in which the ranges
    allow it, `latest` the first from which they leave nothing else, `middle` the first with every figure in the middle
    of its range; each None where there is no such month, ever, and 0 for the start itself. `until` is the last month in
    which the ranges allow it, None where they go on allowing it.
    `share` of the combinations have the dearer one the cheaper by the last month, `opposite` the other one. `error` is
    the half width of the 95 % interval of both, 0 where the ranges alone decide.
    """

    dearer: str
    cheaper: str
    earliest: int | None
    latest: int | None
    middle: int | None
    until: int | None
    share: Fraction
    opposite: Fraction
    error: float


@dataclass(frozen=True, slots=True)
class CostOutlook:
    """The options in the policy's order, and each pair of those that have anything to price."""

    months: int
    options: tuple[OptionOutlook, ...]
    comparisons: tuple[Comparison, ...]
    draws: int = DRAWS


def outlook_of(inference: Inference, months: int = MONTHS, own: Iterable[OwnFigure] = ()) -> CostOutlook:
    """What each option of the policy costs over so many months, from 0 to `MOST_MONTHS`."""
    if not 0 <= months <= MOST_MONTHS:
        raise ValueError(f"months must be from 0 to {MOST_MONTHS}, not {months}")
    costs = costs_of(inference, own)
    pairs = combinations([cost for cost in costs if cost.items], 2)
    comparisons = tuple(_compared(one, other, months) for one, other in pairs)
    return CostOutlook(months, tuple(_outlook(cost, months) for cost in costs), comparisons)


def _outlook(cost: OptionCost, months: int) -> OptionOutlook:
    (low, high), (low_a_month, high_a_month) = cost.initial, cost.monthly
    totals = tuple((low + n * low_a_month, high + n * high_a_month) for n in range(months + 1))
    return OptionOutlook(cost.option, cost.initial, cost.monthly, totals, cost.items)


@dataclass(frozen=True, slots=True)
class _Difference:
    """One option's items less another's; what both have is left out, for it is the same amount on both sides."""

    items: tuple[tuple[CostItem, int], ...]

    def total(self, *, monthly: bool) -> Range:
        """The range of the difference in what is paid once, or each month."""
        low = high = Fraction()
        for item, times in self.items:
            if item.monthly is monthly:
                ends = item.low * times, item.high * times
                low, high = low + min(ends), high + max(ends)
        return low, high


def _compared(one: OptionCost, other: OptionCost, months: int) -> Comparison:
    dearer, cheaper = (one, other) if sum(one.initial) >= sum(other.initial) else (other, one)
    counts = Counter(dearer.items)
    counts.subtract(cheaper.items)
    difference = _Difference(tuple((item, times) for item, times in counts.items() if times))
    (low, high), (low_a_month, high_a_month) = difference.total(monthly=False), difference.total(monthly=True)
    share, opposite, error = _shares(difference, months)
    return Comparison(
        dearer.option,
        cheaper.option,
        earliest=_first_below(low, low_a_month),
        latest=_first_below(high, high_a_month) if high_a_month <= 0 else None,
        middle=_first_below(low + high, low_a_month + high_a_month),
        until=ceil(-low / low_a_month) - 1 if low < 0 < low_a_month else None,
        share=share,
        opposite=opposite,
        error=error,
    )


def _first_below(start: Fraction, a_month: Fraction) -> int | None:
    """The first month at whose end `start` plus so much a month is below zero."""
    if start < 0:
        return 0
    return floor(start / -a_month) + 1 if a_month < 0 else None


def _shares(difference: _Difference, months: int) -> tuple[Fraction, Fraction, float]:
    """The shares of the combinations in which the difference ends below and above zero, and their error."""
    once, monthly = difference.total(monthly=False), difference.total(monthly=True)
    low, high = (once[end] + months * monthly[end] for end in (0, 1))
    if high < 0 or low > 0 or low == high:
        return Fraction(high < 0), Fraction(low > 0), 0.0
    drawn = _drawn(difference, months)
    below, above = Fraction(int((drawn < 0).sum()), DRAWS), Fraction(int((drawn > 0).sum()), DRAWS)
    return below, above, max(_error(below), _error(above))


def _error(share: Fraction) -> float:
    """Half of the 95 % interval; three draws where none, or all, fell in."""
    return max(1.96 * sqrt(share * (1 - share) / DRAWS), 3 / DRAWS)


def _drawn(difference: _Difference, months: int) -> "NDArray[np.float64]":
    """The difference after so many months in each combination, in parts of the largest figure.

    Each step is one rounded addition or multiplication, which is the same on every machine.
    """
    import numpy as np

    largest = max(item.high for item, _ in difference.items)
    total = np.zeros(DRAWS)
    for item, times in difference.items:
        weight = times * (months if item.monthly else 1) / largest
        total += float(item.low * weight)
        if item.low != item.high:
            total += uniform(f"{item.rule.id}/{item.item}/{item.low}/{item.high}") * float(
                (item.high - item.low) * weight
            )
    return total
