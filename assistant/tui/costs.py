"""What the options cost over the months: the bands drawn, a month to scrub through, and a horizon to widen.

The chart is drawn at once; the shares for a month are worked out off this thread, and dropped where they come too late.
"""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.tui.background import in_background
from assistant.tui.bands import Band, Passing, chart, colour_of, passing_line, sign_of
from assistant.tui.document_view import DocumentView, paragraph_blocks
from assistant.tui.steady import Steady

if TYPE_CHECKING:
    from assistant.explanation.document import Document
    from assistant.reasoning.outlook import CostOutlook
    from assistant.tui.moment import Moment

HORIZONS = (6, 12, 24, 36, 60, 120)


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
        self._horizon = 24
        self.month = 12

    def compose(self) -> ComposeResult:
        """The chart, its legend at the month, and what is to be said of it."""
        yield Static(id="costs-chart", markup=False)
        yield Static(id="costs-legend", markup=False)
        yield DocumentView(id="costs-text")

    def show(self, moment: "Moment") -> None:
        """Shows another moment's costs."""
        if moment is self._moment:
            return
        self._moment, self._passings = moment, ()
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
        self._draw()
        moment, month = self._moment, self.month
        if moment is not None:
            self._tell(moment, month)

    @work(exclusive=True, group="costs")
    async def _tell(self, moment: "Moment", month: int) -> None:
        outlook, document = await in_background(partial(costs_at, moment, month, self._horizon))
        if moment is self._moment and month == self.month:
            places = {cost.option: at for at, cost in enumerate(outlook.options)}
            passings = tuple(
                Passing(places[one.dearer], places[one.cheaper], one.earliest, one.middle, one.latest, one.until)
                for one in outlook.comparisons
            )
            if passings != self._passings:
                self._passings = passings
                self._draw()
            self.query_one("#costs-text", DocumentView).replace(paragraph_blocks(document.paragraphs))

    def _draw(self) -> None:
        width = self.content_size.width - 2
        if self._moment is None or width <= 0:
            return
        if not any(band.start[1] or band.monthly[1] for band in self._bands):
            self.query_one("#costs-chart", Static).update(Content("There is nothing to price for any option."))
            self.query_one("#costs-legend", Static).update(Content())
            return
        height = max(min(self.size.height - len(self._bands) - 4, width // 3, 21), 7)
        lines = chart(self._bands, self._horizon, self.month, width, height)
        passings = (passing_line(one, self._horizon, width) for one in self._passings)
        lines += [line for line in passings if line is not None]
        self.query_one("#costs-chart", Static).update(Content("\n").join(lines))
        self.query_one("#costs-legend", Static).update(Content("\n").join(map(self._legend, range(len(self._bands)))))

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
