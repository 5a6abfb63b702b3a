"""What a measure measures: time, money, a share, or things that its units name; and amounts in its base unit."""

from dataclasses import dataclass
from fractions import Fraction

from assistant.dialogue.understanding.amounts import Amount, Sort
from assistant.dialogue.understanding.english import MONEY_SIGNS, PERCENT, TIMES
from assistant.policy.vocabulary import Measure


@dataclass(frozen=True, slots=True)
class Dimension:
    """The sort of amount that a measure takes; `factor` turns the amount's base into the measure's.

    `longest` is the largest unit of a measure of time, in seconds; `most` what no sensible number of things exceeds.
    """

    sort: Sort
    factor: Fraction
    units: frozenset[str] = frozenset()
    longest: Fraction = Fraction(0)
    most: Fraction = Fraction(10**15)

    def within(self, amount: Amount, *, upper: bool) -> Fraction:
        """The amount in the measure's base unit: its upper end, or its middle."""
        return (amount.high if upper else amount.middle) * self.factor


_SENSIBLE = 20
"""A number that many times the largest step of its measure counts something else."""


def dimension_of(measure: Measure) -> Dimension:
    """The dimension of a measure, by its units."""
    units = {name.lower(): factor for name, factor in measure.units.items()}
    for name, factor in units.items():
        if name in TIMES:
            longest = max(TIMES[other] for other in units if other in TIMES)
            return Dimension(Sort.TIME, factor / TIMES[name], longest=longest)
        if name in MONEY_SIGNS:
            return Dimension(Sort.MONEY, factor)
        if name in PERCENT:
            return Dimension(Sort.PERCENT, factor)
    largest = max((limit for limit, _ in measure.steps if limit is not None), default=Fraction(10**15))
    return Dimension(Sort.NUMBER, Fraction(1), frozenset(units), most=_SENSIBLE * largest)
