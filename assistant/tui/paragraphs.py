"""A paragraph on the screen: its looks by style, its mark in the margin, and its sources to click on."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Static

from assistant.tui.plain_content import echo, paragraph_content

if TYPE_CHECKING:
    from assistant.explanation.document import Paragraph

DEEPEST = 8
_MARKS = {"verdict": "◆", "point": "•", "error": "!", "said": "›"}


class ParagraphView(Static):
    """One paragraph of plain text. The mark tells its kind without colour."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"paragraph--mark"}

    class Cited(Message):
        """Somebody clicked on a paragraph, or on one of its numbers, to see the passage."""

        def __init__(self, passage: str) -> None:
            super().__init__()
            self.passage = passage

    def __init__(self, content: Content, style: str, *, cites: tuple[str, ...] = (), indent: int = 0) -> None:
        depth = min(indent, DEEPEST)
        super().__init__(content, markup=False, classes=f"-{style} -indent-{depth}")
        self.set_class(bool(cites), "-cites")
        self.cites = cites
        self._mark = _MARKS.get(style, "")
        self._mark_column = 2 + 2 * depth if style == "point" else 0

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines, with the mark put into the margin of the first."""
        strips = super().render_lines(crop)
        column = self._mark_column - crop.x
        if self._mark and crop.y == 0 and strips and 0 <= column < strips[0].cell_length:
            before, place, after = strips[0].divide([column, column + 1, strips[0].cell_length])
            base = next(iter(place)).style
            look = self.get_component_rich_style("paragraph--mark", partial=True)
            mark = Strip([Segment(self._mark, base + look if base else look)], 1)
            strips[0] = Strip.join([before, mark, after])
        return strips

    def on_click(self, event: events.Click) -> None:
        """Opens the passage under the number that was clicked, else the paragraph's first."""
        if not self.cites or self.text_selection is not None:
            return
        event.stop()
        self.post_message(self.Cited(event.style.meta.get("passage", self.cites[0])))


def paragraph_views(paragraphs: "Iterable[Paragraph]") -> Iterator[ParagraphView]:
    """Views of paragraphs in a row, with an empty line before those that begin something."""
    previous = ""
    for paragraph in paragraphs:
        view = ParagraphView(
            paragraph_content(paragraph), paragraph.style.value, cites=paragraph.cites, indent=paragraph.indent
        )
        view.set_class(_apart(previous, paragraph.style.value), "-apart")
        previous = paragraph.style.value
        yield view


def said_view(text: str) -> ParagraphView:
    """What the user said."""
    return ParagraphView(echo(text), "said")


def _apart(previous: str, style: str) -> bool:
    return previous != "" and (style in ("heading", "verdict") or (previous == "point" and style == "text"))
