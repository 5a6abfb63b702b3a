"""What each option costs by the cost consequents that fired: ranges in US dollars, exact fractions until shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from assistant.policy.syntax import Cost, Rule
from assistant.reasoning.trace import Inference

Range: TypeAlias = tuple[Fraction, Fraction]
"""The low end and the high end, in US dollars."""


@dataclass(frozen=True, slots=True)
class CostItem:
    """One item of one option, `low` to `high` once, or a month where `monthly`; a quarterly item is a third a month.

    `per` is the period of its figure: once, month or quarter. `assumed`: the multiplier was not told. `whole` is the
    range before the rules in `narrowed` set where in it the item falls. `own`: the figure is the architect's.
    """

    item: str
    rule: Rule
    low: Fraction
    high: Fraction
    per: str
    assumed: bool
    whole: Range
    narrowed: tuple[Rule, ...] = ()
    own: bool = False

    @property
    def monthly(self) -> bool:
        """Whether it is paid each month, and not once."""
        return self.per != "once"


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """The architect's own figure for an item of some options, in the item's period; for one, where it is counted."""

    item: str
    options: tuple[str, ...]
    per: str
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class OptionCost:
    """The items of one option and their sums, (low, high) each."""

    option: str
    items: tuple[CostItem, ...]

    @property
    def initial(self) -> Range:
        """What is paid once."""
        return self._sum(monthly=False)

    @property
    def monthly(self) -> Range:
        """What is paid each month."""
        return self._sum(monthly=True)

    def _sum(self, *, monthly: bool) -> Range:
        items = [item for item in self.items if item.monthly is monthly]
        return sum((item.low for item in items), Fraction()), sum((item.high for item in items), Fraction())


def costs_of(inference: Inference, own: Iterable[OwnFigure] = ()) -> tuple[OptionCost, ...]:
    """The cost of each option of the policy, in its order; what is paid once comes before what is paid monthly.

    An own figure stands for every item of its name and period in its options.
    """
    theirs = {(figure.item, option, figure.per): figure for figure in own for option in figure.options}
    return tuple(
        OptionCost(option.id, tuple(sorted(_items(inference, option.id, theirs), key=lambda item: item.monthly)))
        for option in inference.policy.options
    )


def _items(inference: Inference, option: str, own: dict[tuple[str, str, str], OwnFigure]) -> Iterator[CostItem]:
    replaced: set[tuple[str, str]] = set()
    for rule in inference.fired:
        for consequent in rule.then:
            if not isinstance(consequent, Cost) or option not in consequent.options:
                continue
            figure = own.get((consequent.item, option, consequent.per))
            if figure is None:
                yield _item(consequent, rule, inference, consequent.low, consequent.high)
            elif (figure.item, figure.per) not in replaced:
                replaced.add((figure.item, figure.per))
                yield _item(consequent, rule, inference, figure.low, figure.high, own=True)


def _item(
    cost: Cost, rule: Rule, inference: Inference, low: Fraction, high: Fraction, *, own: bool = False
) -> CostItem:
    told = inference.memory.get(cost.times) if cost.times else None
    count = Fraction(told) if isinstance(told, int) else Fraction(cost.otherwise)
    factor = count / 3 if cost.per == "quarter" else count
    assumed = cost.times is not None and told is None
    low, high = low * factor, high * factor
    return CostItem(cost.item, rule, low, high, cost.per, assumed, whole=(low, high), own=own)
