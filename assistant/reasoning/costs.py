"""What each option costs by the cost consequents that fired: ranges in US dollars, exact fractions until shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from assistant.policy.syntax import Cost, Rule
from assistant.reasoning.trace import Inference


@dataclass(frozen=True, slots=True)
class CostItem:
    """One item of one option. A quarterly item is a third a month; `assumed` where the multiplier was not told."""

    item: str
    rule: Rule
    low: Fraction
    high: Fraction
    monthly: bool
    assumed: bool


@dataclass(frozen=True, slots=True)
class OptionCost:
    """The items of one option and their sums, (low, high) each."""

    option: str
    items: tuple[CostItem, ...]

    @property
    def initial(self) -> tuple[Fraction, Fraction]:
        """What is paid once."""
        return self._sum(monthly=False)

    @property
    def monthly(self) -> tuple[Fraction, Fraction]:
        """What is paid each month."""
        return self._sum(monthly=True)

    def _sum(self, *, monthly: bool) -> tuple[Fraction, Fraction]:
        items = [item for item in self.items if item.monthly is monthly]
        return sum((item.low for item in items), Fraction()), sum((item.high for item in items), Fraction())


def costs_of(inference: Inference) -> tuple[OptionCost, ...]:
    """The cost of each option of the policy, in its order; what is paid once comes before what is paid monthly."""
    return tuple(
        OptionCost(option.id, tuple(sorted(_items(inference, option.id), key=lambda item: item.monthly)))
        for option in inference.policy.options
    )


def _items(inference: Inference, option: str) -> Iterator[CostItem]:
    for rule in inference.fired:
        for consequent in rule.then:
            if isinstance(consequent, Cost) and option in consequent.options:
                yield _item(consequent, rule, inference)


def _item(cost: Cost, rule: Rule, inference: Inference) -> CostItem:
    told = inference.memory.get(cost.times) if cost.times else None
    count = Fraction(told) if isinstance(told, int) else Fraction(cost.otherwise)
    factor = count / 3 if cost.per == "quarter" else count
    assumed = cost.times is not None and told is None
    return CostItem(cost.item, rule, cost.low * factor, cost.high * factor, cost.per != "once", assumed)
