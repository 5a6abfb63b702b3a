"""Paragraphs on the screen, many in one widget: hanging indents, a mark for each kind, numbers to click on.

One widget draws them all, since the cost of a change on the screen grows with the number of widgets.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.style import Style
from textual.widget import Widget

from assistant.tui.hanging import hanging_lines
from assistant.tui.plain_content import echo, paragraph_content, plain

if TYPE_CHECKING:
    from assistant.explanation.document import Paragraph

DEEPEST = 8
_LOOKS = {
    "verdict": "bold on $primary 18%",
    "heading": "bold $primary",
    "note": "$foreground 65%",
    "source": "$foreground 65%",
    "error": "$error",
    "said": "bold",
}
_MATCH = "underline $warning"
_FOUND = "reverse bold"
_MARKS = {"verdict": "◆ ", "error": "! ", "said": "› "}
_MARK_LOOKS = {"verdict": "bold $accent", "said": "bold $accent", "error": "bold $error"}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph before it is wrapped. `before` is its mark, `apart` asks for an empty line above it."""

    content: Content
    style: str
    before: str
    apart: bool


class DocumentView(Widget):
    """Plain paragraphs, one below the other, wrapped to whatever width there is."""

    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)
    """As every widget's, but for the second layout that each change of its height would cause."""

    class Cited(Message):
        """Somebody clicked on a paragraph, or on one of its numbers, to see the passage."""

        def __init__(self, passage: str) -> None:
            super().__init__()
            self.passage = passage

    def __init__(self, blocks: Iterable[Block] = (), *, id: str | None = None, spacious: bool = False) -> None:
        super().__init__(id=id)
        self._blocks = tuple(blocks)
        self._spacious = spacious
        self._wrapped = Wrapped()
        self._kept: dict[tuple[int, int], list[Content]] = {}
        self._looked_for: re.Pattern[str] | None = None
        self._found: int | None = None

    @property
    def text(self) -> str:
        """All that it says, a line for each paragraph."""
        return "\n".join(f"{block.before}{block.content.plain}" for block in self._blocks)

    def add(self, blocks: Iterable[Block]) -> None:
        """Adds paragraphs at the end; those that are there are not wrapped again."""
        self._blocks += tuple(blocks)
        self.refresh(layout=True)

    def replace(self, blocks: Iterable[Block]) -> None:
        """Shows these paragraphs instead."""
        before = self._wrapped
        self._blocks = tuple(blocks)
        self._wrapped = Wrapped()
        self._kept.clear()
        lines = self._lines(before.width) if before.width > 0 else []
        self.refresh(layout=len(lines) != len(before.lines))

    def mark(self, pattern: "re.Pattern[str] | None") -> int:
        """Marks all that matches a pattern, nothing without one; how many matches there are."""
        count = sum(len(pattern.findall(block.content.plain)) for block in self._blocks) if pattern else 0
        if pattern != self._looked_for and (count or self._wrapped.rows):
            self._wrapped = Wrapped()
            self.refresh()
        self._looked_for = pattern
        self._show(None)
        return count

    def match_lines(self) -> list[int]:
        """The line on which each match begins."""
        self._lines(self.content_size.width)
        return [rows[0] if rows else 0 for rows in self._wrapped.rows]

    def show_match(self, number: int) -> None:
        """Marks one match more than the others."""
        self._show(number)

    def _show(self, number: int | None) -> None:
        if number != self._found:
            self._found = number
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the paragraphs take at this width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines at the widget's width."""
        lines = self._lines(self.content_size.width)
        if self._found is not None and self._found < len(self._wrapped.rows):
            lines = list(lines)
            for row in self._wrapped.rows[self._found]:
                lines[row] = _with_match_shown(lines[row], self._found)
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        """Opens the passage under the number that was clicked, else the first that the paragraph cites."""
        passage = event.style.meta.get("passage")
        if passage is not None and self.text_selection is None:
            event.stop()
            self.post_message(self.Cited(passage))

    def _lines(self, width: int) -> list[Content]:
        wrapped = self._wrapped if self._wrapped.width == width else Wrapped(width)
        if wrapped is not self._wrapped and self._wrapped.width not in (-1, width):
            self._kept.clear()
        for number, block in enumerate(self._blocks[wrapped.blocks :], wrapped.blocks):
            if wrapped.lines and (block.apart or (self._spacious and block.style in ("point", "text"))):
                wrapped.lines.append(Content(""))
            first = len(wrapped.lines)
            marked = self._marked(block, wrapped)
            wrapped.lines.extend(
                self._unmarked(number, block, width) if marked is block else _block_lines(marked, width)
            )
            for row in range(first, len(wrapped.lines)) if marked is not block else ():
                for match in _matches_in(wrapped.lines[row]):
                    wrapped.rows[match].append(row)
            wrapped.blocks += 1
        self._wrapped = wrapped
        return wrapped.lines

    def _unmarked(self, number: int, block: Block, width: int) -> list[Content]:
        """The lines of a block without a match: they stay the same with every letter of a search."""
        key = number, width
        if key not in self._kept:
            self._kept[key] = list(_block_lines(block, width))
        return self._kept[key]

    def _marked(self, block: Block, wrapped: "Wrapped") -> Block:
        """A block with its matches marked, each carrying its number; the block itself where there are none."""
        if self._looked_for is None or not self._looked_for.search(block.content.plain):
            return block
        content = block.content
        for match in self._looked_for.finditer(content.plain):
            content = content.stylize(_MATCH, *match.span())
            content = content.stylize(Style.from_meta({"match": len(wrapped.rows)}), *match.span())
            wrapped.rows.append([])
        return replace(block, content=content)


@dataclass(slots=True)
class Wrapped:
    """The lines of so many blocks at a width, and the rows on which each match in them stands."""

    width: int = -1
    blocks: int = 0
    lines: list[Content] = field(default_factory=list)
    rows: list[list[int]] = field(default_factory=list)


def _matches_in(line: Content) -> Iterator[int]:
    """The numbers of the matches in a line."""
    for span in line.spans:
        if isinstance(span.style, Style) and "match" in span.style.meta:
            yield span.style.meta["match"]


def _with_match_shown(line: Content, number: int) -> Content:
    """A line with one of its matches marked more than the others."""
    for span in line.spans:
        if isinstance(span.style, Style) and span.style.meta.get("match") == number:
            line = line.stylize(_FOUND, span.start, span.end)
    return line


def _block_lines(block: Block, width: int) -> Iterator[Content]:
    look = _LOOKS.get(block.style)
    mark = Content.styled(block.before, _MARK_LOOKS.get(block.style, "bold $primary"))
    for line in hanging_lines(mark, block.content, width):
        if block.style == "verdict":
            line = line.pad_right(max(width - line.cell_length, 0))
        yield line.stylize_before(look) if look else line


def paragraph_blocks(paragraphs: "Iterable[Paragraph]") -> list[Block]:
    """Blocks of paragraphs in a row, with an empty line before those that begin something."""
    blocks: list[Block] = []
    for paragraph in paragraphs:
        style = paragraph.style.value
        previous = blocks[-1].style if blocks else ""
        apart = previous not in ("", "said") and (
            style in ("heading", "verdict") or (previous == "point" and style == "text")
        )
        blocks.append(Block(paragraph_content(paragraph), style, _before(style, paragraph.indent), apart))
    return blocks


def _before(style: str, indent: int) -> str:
    margin = "  " * min(indent, DEEPEST)
    if style == "point":
        return f"  {margin}• "
    return margin + _MARKS.get(style, "  ")


def said_block(text: str) -> Block:
    """What the user said."""
    return Block(echo(text), "said", _MARKS["said"], apart=False)


def heading_block(text: str) -> Block:
    """A heading of the interface's own."""
    return Block(Content(text), "heading", "  ", apart=False)


def fault_block(text: str, *, first: bool = False) -> Block:
    """A line about something wrong that the interface itself has found."""
    style = "error" if first else "note"
    return Block(plain(text), style, _MARKS.get(style, "  "), apart=False)
