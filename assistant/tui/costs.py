"""What the options cost over the months: the bands drawn, a month to scrub through, and a horizon to widen.

The chart is drawn at once; the shares for a month are worked out off this thread, and dropped where they come too late.
"""

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.reactive import Reactive

from assistant.tui.background import in_background
from assistant.tui.bands import Band, Passing, chart, colour_of, passing_line, sign_of
from assistant.tui.lines import Lines
from assistant.tui.outline import Outline
from assistant.tui.steady import Steady

if TYPE_CHECKING:
    from assistant.explanation.outline import Entry
    from assistant.reasoning.outlook import CostOutlook
    from assistant.tui.moment import Moment

HORIZONS = (6, 12, 24, 36, 60, 120)
AHEAD_AFTER_SECONDS = 0.05
"""What has been scrubbed to is painted first; then the months beside it are worked out."""


class CostsOutline(Outline):
    """What is to be said of the costs: break-even, then every item. It is as long as it is, and scrolls with the chart.

    Left and Right scrub, Plus and Minus widen and narrow the horizon.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "scrub(-1)", "Month before", show=False, id="month-before"),
        Binding("right", "scrub(1)", "Month after", show=False, id="month-after"),
        Binding("plus,equals_sign,right_square_bracket", "widen(1)", "Wider horizon", show=False, id="wider"),
        Binding("minus,left_square_bracket", "widen(-1)", "Narrower horizon", show=False, id="narrower"),
    ]

    virtual_size = Reactive(Size(0, 0), layout=True)
    """As every widget's: unlike another outline's it is the height."""

    def action_scrub(self, step: int) -> None:
        """To another month."""
        self.query_ancestor(CostsView).scrub(step)

    def action_widen(self, step: int) -> None:
        """To another horizon."""
        self.query_ancestor(CostsView).widen(step)

    def scroll_to_region(self, region: Region, **how: Any) -> Offset:
        """Shows a part of it by moving the view it is in; from the first entry on, the chart shows again."""
        view = self.query_ancestor(CostsView)
        top = 0 if self.highlighted == 0 else region.y + self.virtual_region.y
        below = region.bottom + self.virtual_region.y - top
        return view.scroll_to_region(Region(0, top, region.width, below), **{**how, "origin_visible": False})


class CostsView(Steady, VerticalScroll, can_focus=False):
    """Cumulative costs as bands, and below them what is to be said of them."""

    def __init__(self) -> None:
        super().__init__(id="costs-view")
        self._moment: Moment | None = None
        self._bands: tuple[Band, ...] = ()
        self._passings: tuple[Passing, ...] = ()
        self._worked_out: dict[tuple[int, int], tuple[CostOutlook, tuple[Entry, ...]]] = {}
        self._horizon = 24
        self.month = 12

    def compose(self) -> ComposeResult:
        """The chart, its legend at the month, and what is to be said of it."""
        yield Lines(id="costs-chart")
        yield Lines(id="costs-legend")
        yield CostsOutline(id="costs-outline")

    def show(self, moment: "Moment") -> None:
        """Shows another moment's costs."""
        if moment is self._moment:
            return
        self._moment, self._passings, self._worked_out = moment, (), {}
        policy = moment.policy
        self._bands = tuple(
            Band(
                policy.label(cost.option),
                (float(cost.initial[0]), float(cost.initial[1])),
                (float(cost.monthly[0]), float(cost.monthly[1])),
            )
            for cost in moment.decision.costs
        )
        self._write()

    def on_resize(self, event: events.Resize) -> None:
        """Draws to the new size."""
        self._draw()
        self.call_after_refresh(self.query_one(CostsOutline).scroll_to_highlight)

    def scrub(self, step: int) -> None:
        """To another month."""
        self.month = min(max(self.month + step, 0), self._horizon)
        self._write()

    def widen(self, step: int) -> None:
        """To another horizon."""
        at = HORIZONS.index(self._horizon) + step
        self._horizon = HORIZONS[min(max(at, 0), len(HORIZONS) - 1)]
        self.month = min(self.month, self._horizon)
        self._write()

    def _write(self) -> None:
        """Shows the month at once as far as it is worked out, and works out what is not, and the months beside it."""
        moment, month = self._moment, self.month
        self._show_worked_out()
        self._draw()
        if moment is not None:
            self._tell(moment, month, self._horizon)

    @work(exclusive=True, group="costs")
    async def _tell(self, moment: "Moment", month: int, horizon: int) -> None:
        if (month, horizon) in self._worked_out:
            await asyncio.sleep(AHEAD_AFTER_SECONDS)
        for near in (month, month + 1, month - 1):
            if (near, horizon) in self._worked_out or not 0 <= near <= horizon:
                continue
            worked_out = await in_background(partial(costs_at, moment, near, horizon))
            if moment is not self._moment:
                return
            self._worked_out[near, horizon] = worked_out
            if (near, horizon) == (self.month, self._horizon) and self._show_worked_out():
                self._draw()

    def _show_worked_out(self) -> bool:
        """Shows what is said of the month where that is there; whether the chart is another now."""
        if (self.month, self._horizon) not in self._worked_out:
            return False
        outlook, entries = self._worked_out[self.month, self._horizon]
        places = {cost.option: at for at, cost in enumerate(outlook.options)}
        before, self._passings = (
            self._passings,
            tuple(
                Passing(places[one.dearer], places[one.cheaper], one.earliest, one.middle, one.latest, one.until)
                for one in outlook.comparisons
            ),
        )
        self.query_one(CostsOutline).show(entries)
        return before != self._passings

    def _draw(self) -> None:
        width = self.content_size.width - 2
        if self._moment is None or width <= 0:
            return
        if not any(band.start[1] or band.monthly[1] for band in self._bands):
            self.query_one("#costs-chart", Lines).write([Content("There is nothing to price for any option.")])
            self.query_one("#costs-legend", Lines).write([])
            return
        height = max(min(self.size.height - len(self._bands) - 4, width // 3, 21), 7)
        lines = chart(self._bands, self._horizon, self.month, width, height)
        passings = (passing_line(one, self._horizon, width) for one in self._passings)
        lines += [line for line in passings if line is not None]
        self.query_one("#costs-chart", Lines).write(lines)
        self.query_one("#costs-legend", Lines).write(map(self._legend, range(len(self._bands))))

    def _legend(self, number: int) -> Content:
        from fractions import Fraction

        from assistant.explanation.costs import dollars_from_to

        band = self._bands[number]
        low, high = band.at(self.month)
        pad = max(len(one.label) for one in self._bands)
        amounts = dollars_from_to((Fraction(low), Fraction(high))) if high else "nothing to price"
        return Content.assemble((sign_of(number), colour_of(number)), f" {band.label:<{pad}}  {amounts}")


def costs_at(moment: "Moment", month: int, horizon: int) -> "tuple[CostOutlook, tuple[Entry, ...]]":
    """What the costs come to by the end of a month, and what is to be said of it: break-even, then every item."""
    from assistant.explanation.outline import costs_outline

    outlook = moment.decision.costs_over(month)
    return outlook, costs_outline(moment.decision, outlook, horizon)
