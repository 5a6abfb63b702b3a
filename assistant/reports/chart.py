"""The chart of costs over months, worked out to the coordinates: a band for each option, and where one passes another.

Bands differ in hatching and outline as well as in colour, and carry their names, so that it can be read in black and
white.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from string import ascii_uppercase

from assistant.errors import shown
from assistant.explanation.wording import dollars, option_label
from assistant.policy.syntax import Policy
from assistant.reasoning.outlook import CostOutlook, OptionOutlook

WIDTH, HEIGHT = 760, 380
LEFT, RIGHT, TOP, BOTTOM = 78, 596, 26, 330
MOST_TICKS = 6
LABEL_APART = 34
MOST_LABEL = 22


@dataclass(frozen=True, slots=True)
class Band:
    """One option's band; `look` counts from 1 and chooses hatching and colour. Points are as SVG takes them."""

    label: str
    note: str
    look: int
    area: str
    low: str
    high: str
    label_at: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A month from which one option has cost less than another, its letter, and what begins there."""

    at: str
    letter: str
    month: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """All coordinates of the chart; `description` says in words what it shows."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    bands: tuple[Band, ...]
    months: tuple[Tick, ...]
    amounts: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    description: str


def chart_of(policy: Policy, outlook: CostOutlook) -> Chart | None:
    """The chart of what the options cost; None where nothing is priced or there is no month to show."""
    priced = [one for one in outlook.options if one.items]
    highest = max((high for one in priced for _, high in one.cumulative), default=Fraction())
    if not highest or not outlook.months:
        return None
    scale = _Scale(outlook.months, _round_up(highest))
    said = [_described(policy, one, outlook.months) for one in priced]
    return Chart(
        *(WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM),
        bands=tuple(_bands(policy, priced, scale)),
        months=tuple(Tick(f"{scale.x(month):.1f}", str(month)) for month in _steps(outlook.months)),
        amounts=tuple(Tick(f"{scale.y(amount):.1f}", dollars(amount)) for amount in scale.amounts()),
        marks=tuple(_marks(policy, outlook, scale)),
        description=" ".join(said),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """From months and amounts to coordinates."""

    months: int
    highest: Fraction

    def x(self, month: int) -> float:
        return LEFT + (RIGHT - LEFT) * month / self.months

    def y(self, amount: Fraction) -> float:
        return BOTTOM - float((BOTTOM - TOP) * amount / self.highest)

    def amounts(self) -> Iterator[Fraction]:
        step = self.highest / 5
        return (step * number for number in range(6))

    def line(self, totals: Sequence[Fraction]) -> str:
        return " ".join(f"{self.x(month):.1f},{self.y(total):.1f}" for month, total in enumerate(totals))


def _round_up(amount: Fraction) -> Fraction:
    """The least 1, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten that is no less."""
    power = Fraction(1)
    while power * 10 <= amount:
        power *= 10
    while power > amount:
        power /= 10
    factors = (1, Fraction(3, 2), 2, Fraction(5, 2), 3, 4, 5, 6, 8, 10)
    return next(power * factor for factor in factors if power * factor >= amount)


def _steps(months: int) -> list[int]:
    """The months that get a tick."""
    step = next(step for step in (1, 2, 3, 6, 12, 24, 36, 60, 120) if months / step <= MOST_TICKS)
    return list(range(0, months + 1, step))


def _bands(policy: Policy, priced: Sequence[OptionOutlook], scale: _Scale) -> Iterator[Band]:
    middles = [int(scale.y(sum(one.cumulative[-1], Fraction()) / 2)) for one in priced]
    places = _apart(middles)
    for look, (one, place) in enumerate(zip(priced, places, strict=True), 1):
        lows, highs = [low for low, _ in one.cumulative], [high for _, high in one.cumulative]
        low, high = scale.line(lows), scale.line(highs)
        back = " ".join(reversed(low.split()))
        note = f"{dollars(lows[-1])} to {dollars(highs[-1])}"
        yield Band(
            shown(option_label(policy, one.option), MOST_LABEL),
            note,
            (look - 1) % 6 + 1,
            f"{high} {back}",
            low,
            high,
            place,
        )


def _apart(places: Sequence[int]) -> list[int]:
    """Places for labels near where they belong, far enough from each other to be read."""
    found = dict.fromkeys(range(len(places)), 0)
    lowest = TOP + 12
    for index in sorted(found, key=lambda index: places[index]):
        found[index] = max(places[index], lowest)
        lowest = found[index] + LABEL_APART
    beyond = max(0, lowest - LABEL_APART - (BOTTOM - 16))
    return [place - beyond for place in found.values()]


def _marks(policy: Policy, outlook: CostOutlook, scale: _Scale) -> Iterator[Mark]:
    """The months of break-even within those shown."""
    found: dict[int, list[str]] = {}
    for one in outlook.comparisons:
        dearer, cheaper = policy.label(one.dearer), policy.label(one.cheaper)
        for month, said in (
            (one.earliest, f"{dearer} can have cost less than {cheaper}"),
            (one.middle, f"{dearer} has cost less than {cheaper} with each figure in the middle of its range"),
            (one.latest, f"{dearer} has cost less than {cheaper} in every combination"),
        ):
            if month is not None and 0 < month <= outlook.months:
                found.setdefault(month, []).append(said)
    for letter, month in zip(ascii_uppercase, sorted(found), strict=False):
        yield Mark(f"{scale.x(month):.1f}", letter, month, tuple(found[month]))


def _described(policy: Policy, one: OptionOutlook, months: int) -> str:
    (low, high), (low_then, high_then) = one.cumulative[0], one.cumulative[-1]
    label = option_label(policy, one.option)
    start = f"{dollars(low)} to {dollars(high)} at the start"
    return f"{label}: {start}, {dollars(low_then)} to {dollars(high_then)} by month {months}."
