"""Jump mode: a letter over each place on the screen; its key goes there, any other key goes nowhere."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, OptionList

LETTERS = "asdfghjklqwertyuiopzxcvbnm1234567890"


@dataclass(frozen=True, slots=True)
class Target:
    """A place to go to: where its letter stands on the screen, and how to get there."""

    at: Offset
    go: Callable[[], object]


class JumpScreen(ModalScreen[Target | None]):
    """The letters, over whatever screen there is, as long as it has the size for which they are right.

    It draws them itself: a widget for each would be styled, placed and painted one by one.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"jump-letter"}
    HORIZONTAL_BREAKPOINTS = []  # noqa: RUF012  # Textual's own attribute is no ClassVar
    VERTICAL_BREAKPOINTS = []  # noqa: RUF012  # nor is this one
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave jump mode", show=False, id="leave-jump"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._letters_fit = Size(0, 0)
        self.targets: dict[str, Target] = {}

    def aim(self, targets: Sequence[Target], size: Size) -> None:
        """Gives a letter to each place, as long as there are letters, before it is shown."""
        self._letters_fit, self.targets = size, dict(zip(LETTERS, targets, strict=False))

    def render_lines(self, crop: Region) -> list[Strip]:
        """What is behind, with the letters over it."""
        strips, style = list(super().render_lines(crop)), self.get_component_rich_style("jump-letter")
        for letter, target in self.targets.items():
            row, column = target.at.y - crop.y, target.at.x - crop.x
            if 0 <= row < len(strips) and 0 <= column < crop.width:
                behind = strips[row]
                label = Strip([Segment(f" {letter} ", style)]).crop(0, crop.width - column)
                strips[row] = Strip.join([behind.crop(0, column), label, behind.crop(column + label.cell_length)])
        return strips

    def on_key(self, event: events.Key) -> None:
        """Goes where the letter stands."""
        if event.key != "escape":
            event.stop()
            self._leave(self.targets.get((event.character or "").lower()))

    def on_click(self, event: events.Click) -> None:
        """A click anywhere leaves."""
        self._leave(None)

    def on_resize(self) -> None:
        """The places have moved: the letters would be wrong."""
        if self.app.size != self._letters_fit:
            self._leave(None)

    def _leave(self, target: Target | None) -> None:
        """Ends once, however many reasons there are."""
        if self.is_current:
            self.dismiss(target)


def targets_of(screen: Screen[Any]) -> Iterator[Target]:
    """The places of a screen from top to bottom: what can have the keyboard, each choice that is seen."""
    found = {target.at: target for target in _everywhere(screen) if screen.region.contains_point(target.at)}
    yield from sorted(found.values(), key=lambda target: (target.at.y, target.at.x))


def _everywhere(screen: Screen[Any]) -> Iterator[Target]:
    for widget in screen.query(Widget):
        if not widget.region or not widget.is_on_screen or widget.disabled:
            continue
        if isinstance(widget, OptionList):
            yield from _options(screen, widget)
        elif isinstance(widget, Input) or widget.focusable:
            yield Target(_corner(widget), widget.focus)


def _corner(widget: Widget) -> Offset:
    return Offset(widget.content_region.x, widget.content_region.y)


def _options(screen: Screen[Any], options: OptionList) -> Iterator[Target]:
    """Each option of which the first line is seen; going there highlights it, so that nothing is chosen by accident."""
    region = options.content_region.intersection(screen.region)
    seen: set[int] = set()
    for y in range(region.y, region.bottom):
        option = screen.get_style_at(region.x, y).meta.get("option")
        if isinstance(option, int) and option not in seen:
            seen.add(option)
            yield Target(Offset(region.x, y), partial(_highlight, options, option))


def _highlight(options: OptionList, index: int) -> None:
    if options.focusable:
        options.focus()
    options.highlighted = index
