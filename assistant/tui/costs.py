"""What the options cost over the months: the bands drawn, a month to scrub through, and a horizon to widen.

The chart is drawn at once; the shares for a month are worked out off this thread, and dropped where they come too late.
"""

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from assistant.tui.background import in_background
from assistant.tui.bands import Band, Passing, chart, colour_of, passing_line, sign_of
from assistant.tui.document_view import DocumentView, paragraph_blocks
from assistant.tui.lines import Lines
from assistant.tui.steady import Steady

if TYPE_CHECKING:
    from assistant.explanation.document import Document
    from assistant.reasoning.outlook import CostOutlook
    from assistant.tui.moment import Moment

HORIZONS = (6, 12, 24, 36, 60, 120)
AHEAD_AFTER_SECONDS = 0.05
"""What has been scrubbed to is painted first; then the months beside it are worked out."""


class CostsView(Steady, VerticalScroll):
    """Cumulative costs as bands; Left and Right scrub, Plus and Minus widen and narrow the horizon."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "scrub(-1)", "Month before", show=False, id="month-before"),
        Binding("right", "scrub(1)", "Month after", show=False, id="month-after"),
        Binding("plus,equals_sign,right_square_bracket", "widen(1)", "Wider horizon", show=False, id="wider"),
        Binding("minus,left_square_bracket", "widen(-1)", "Narrower horizon", show=False, id="narrower"),
        Binding("escape", "screen.back", "Back", key_display="Esc", id="back"),
    ]

    def __init__(self) -> None:
        super().__init__(id="costs-view")
        self._moment: Moment | None = None
        self._bands: tuple[Band, ...] = ()
        self._passings: tuple[Passing, ...] = ()
        self._worked_out: dict[tuple[int, int], tuple[CostOutlook, Document]] = {}
        self._horizon = 24
        self.month = 12

    def compose(self) -> ComposeResult:
        """The chart, its legend at the month, and what is to be said of it."""
        yield Lines(id="costs-chart")
        yield Lines(id="costs-legend")
        yield DocumentView(id="costs-text")

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

    def action_scrub(self, step: int) -> None:
        """To another month."""
        self.month = min(max(self.month + step, 0), self._horizon)
        self._write()

    def action_widen(self, step: int) -> None:
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
        outlook, document = self._worked_out[self.month, self._horizon]
        places = {cost.option: at for at, cost in enumerate(outlook.options)}
        before, self._passings = (
            self._passings,
            tuple(
                Passing(places[one.dearer], places[one.cheaper], one.earliest, one.middle, one.latest, one.until)
                for one in outlook.comparisons
            ),
        )
        self.query_one("#costs-text", DocumentView).replace(paragraph_blocks(document.paragraphs))
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


def costs_at(moment: "Moment", month: int, horizon: int) -> "tuple[CostOutlook, Document]":
    """What the costs come to by the end of a month, and what is to be said of it: break-even, then every item."""
    from assistant.explanation.costs import write_break_even, write_costs
    from assistant.explanation.document import Writer

    outlook = moment.decision.costs_over(month)
    writer = Writer(moment.policy.source)
    write_break_even(writer, moment.policy, outlook, horizon)
    write_costs(writer, moment.decision)
    return outlook, writer.document()
