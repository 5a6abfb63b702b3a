"""The conversation so far: what was said, in order, from the beginning of the latest reply.

It moves to a new reply once; a reader who has scrolled up meanwhile stays where he is.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.layout import DockArrangeResult
from textual.reactive import Reactive

from assistant.tui.document_view import Block, DocumentView, heading_block, paragraph_blocks, said_block

if TYPE_CHECKING:
    from textual.screen import Screen

    from assistant.explanation.document import Document, Paragraph


class Transcript(VerticalScroll, can_focus=False):
    """The paragraphs of the conversation, newest last."""

    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)
    """As every widget's, but for the second layout and painting that each reply would cause."""

    def __init__(self) -> None:
        super().__init__(id="transcript")
        self._latest: DocumentView | None = None
        self._follows = True

    def compose(self) -> ComposeResult:
        """What is seen before anything has been loaded."""
        yield DocumentView([heading_block("whyso: decisions by rules, and why so")], id="opening")

    def on_mount(self) -> None:
        """The scrollbar follows what `arrange` has done."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._show_position)

    @property
    def follows(self) -> bool:
        """Whether the reader is taken along to a new reply."""
        return self._follows

    def add_said(self, text: str) -> None:
        """What the user said. Whoever says something wants to see the answer: the reader is taken along again."""
        self._follows = True
        self._latest = DocumentView([said_block(text)])
        self.mount(self._latest)

    def add_earlier(self, turns: "Iterable[tuple[str | None, Document]]") -> None:
        """What was said before this sitting, above all else; nothing where there is none."""
        blocks: list[Block] = []
        for said, reply in turns:
            blocks += [replace(said_block(said), apart=bool(blocks))] if said is not None else []
            blocks += paragraph_blocks(reply.paragraphs)
        if blocks:
            self.mount(DocumentView(blocks))

    def add_reply(self, paragraphs: "Iterable[Paragraph]") -> None:
        """What whyso said, below what it answers."""
        blocks = paragraph_blocks(paragraphs)
        if self._latest is None:
            self._latest = DocumentView(blocks)
            self.mount(self._latest)
        else:
            self._latest.add(blocks)

    def page(self, direction: int) -> None:
        """Scrolls a page, as its reader asked."""
        if direction < 0:
            self.scroll_page_up(animate=False)
        else:
            self.scroll_page_down(animate=False)

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:
        """Puts the beginning of the latest reply at the top, as far as there is text below it.

        Done while the reply gets its place, so that it is painted once, and there at once.
        """
        result = super().arrange(size, optimal)
        if self._follows and self._latest is not None and not optimal:
            top = next((place.region.y for place in result.placements if place.widget is self._latest), None)
            if top is not None:
                goal = float(max(0, min(top, result.total_region.bottom - size.height)))
                self.set_reactive(Transcript.scroll_y, goal)
                self.set_reactive(Transcript.scroll_target_y, goal)
        return result

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Whatever moves the text, other than a new reply or a lack of text, is its reader going his own way."""
        super().watch_scroll_y(old_value, new_value)
        if new_value > old_value or new_value != self.max_scroll_y:
            self._follows = False

    def _show_position(self, screen: "Screen[object]") -> None:
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.position = self.scroll_y
