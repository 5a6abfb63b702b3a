"""What each option costs by the cost consequents that fired: ranges in US dollars, exact fractions until shown."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from assistant.policy.syntax import Cost, Narrow, Rule
from assistant.reasoning.trace import Inference

Range: TypeAlias = tuple[Fraction, Fraction]
"""The low end and the high end, in US dollars."""

MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class CostItem:
    """One item of one option, `low` to `high` once, or a month where `monthly`, however its figure is paid.

    `per` is the period of its figure: once, month, quarter or year. `assumed`: the multiplier was not told. `whole` is
    the range before the rules in `narrowed` set where in it the item falls; where they leave nothing in common, they
    are in `disputed` and the range stays whole. `own`: the figure is the architect's.
    """

    item: str
    rule: Rule
    low: Fraction
    high: Fraction
    per: str
    assumed: bool
    whole: Range
    narrowed: tuple[Rule, ...] = ()
    disputed: tuple[Rule, ...] = ()
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

    An own figure stands for every item of its name and period in its options, and no rule narrows it.
    """
    theirs = {(figure.item, option, figure.per): figure for figure in own for option in figure.options}
    return tuple(
        OptionCost(option.id, tuple(sorted(_items(inference, option.id, theirs), key=lambda item: item.monthly)))
        for option in inference.policy.options
    )


def unused_figures(costs: Iterable[OptionCost], own: Iterable[OwnFigure]) -> dict[str, tuple[str, ...]]:
    """The items of own figures that are not priced, each with the options of which that is so."""
    used = {(item.item, cost.option, item.per) for cost in costs for item in cost.items if item.own}
    missed: dict[str, tuple[str, ...]] = {}
    for figure in own:
        options = tuple(option for option in figure.options if (figure.item, option, figure.per) not in used)
        if options:
            missed[figure.item] = missed.get(figure.item, ()) + options
    return missed


def _items(inference: Inference, option: str, own: Mapping[tuple[str, str, str], OwnFigure]) -> Iterator[CostItem]:
    replaced: set[tuple[str, str]] = set()
    for rule in inference.fired:
        for consequent in rule.then:
            if not isinstance(consequent, Cost) or option not in consequent.options:
                continue
            figure = own.get((consequent.item, option, consequent.per))
            if figure is None:
                yield _placed(_item(consequent, rule, inference), option, inference)
            elif (figure.item, figure.per) not in replaced:
                replaced.add((figure.item, figure.per))
                mine = replace(consequent, low=figure.low, high=figure.high)
                yield replace(_item(mine, rule, inference), own=True)


def _item(cost: Cost, rule: Rule, inference: Inference) -> CostItem:
    told = inference.memory.get(cost.times) if cost.times else None
    count = Fraction(told) if isinstance(told, int) else Fraction(cost.otherwise)
    factor = count / MONTHS_IN.get(cost.per, 1)
    assumed = cost.times is not None and told is None
    low, high = cost.low * factor, cost.high * factor
    return CostItem(cost.item, rule, low, high, cost.per, assumed, whole=(low, high))


def _placed(item: CostItem, option: str, inference: Inference) -> CostItem:
    """The item within the part of its range that all rules leave which narrow it."""
    placing = [
        (rule, part)
        for rule in inference.fired
        for part in rule.then
        if isinstance(part, Narrow) and part.item == item.item and option in (part.options or (option,))
    ]
    if not placing:
        return item
    rules = tuple(dict.fromkeys(rule for rule, _ in placing))
    low, high = max(part.low for _, part in placing), min(part.high for _, part in placing)
    if low > high:
        return replace(item, disputed=rules)
    width = (item.high - item.low) / 100
    return replace(item, low=item.low + width * low, high=item.low + width * high, narrowed=rules)
