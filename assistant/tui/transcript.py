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

from assistant.tui.document_view import Block, DocumentView, fault_block, heading_block, paragraph_blocks, said_block

if TYPE_CHECKING:
    from textual.screen import Screen

    from assistant.explanation.document import Document


AT_ONCE = 40
"""So many paragraphs of a reply are painted at once; they fill any screen."""


class Transcript(VerticalScroll, can_focus=False):
    """The paragraphs of the conversation, newest last. `turns` are the messages with their replies, as documents."""

    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)
    """As every widget's, but for the second layout and painting that each reply would cause."""

    def __init__(self) -> None:
        super().__init__(id="transcript")
        self._latest: DocumentView | None = None
        self._follows = True
        self._waiting: list[Block] = []
        self._said: str | None = None
        self.turns: list[tuple[str | None, Document]] = []

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

    @property
    def views(self) -> list[DocumentView]:
        """All that stands in it, from the top."""
        return list(self.query_children(DocumentView))

    def add_said(self, text: str) -> None:
        """What the user said. Whoever says something wants to see the answer: the reader is taken along again."""
        self._put_rest()
        self._follows = True
        self._latest = DocumentView([said_block(text)])
        self.mount(self._latest)
        self._said = text

    def add_earlier(self, turns: "Iterable[tuple[str | None, Document]]") -> None:
        """What was said before this sitting, above all else; nothing where there is none."""
        blocks: list[Block] = []
        for said, reply in turns:
            self.turns.append((said, reply))
            blocks += [replace(said_block(said), apart=bool(blocks))] if said is not None else []
            blocks += paragraph_blocks(reply.paragraphs)
        if blocks:
            self.mount(DocumentView(blocks))

    def add_faults(self, title: str, lines: "Iterable[str]") -> None:
        """Something that is wrong and no part of the conversation."""
        blocks = [fault_block(title, first=True), *(fault_block(line) for line in lines)]
        self.mount(DocumentView(blocks))

    def begin_apart(self) -> None:
        """What comes next answers nothing that was said: it stands by itself."""
        self._put_rest()
        self._latest = DocumentView()
        self.mount(self._latest)

    def add_faults_latest(self, title: str, lines: "Iterable[str]") -> None:
        """As `add_faults`, where it is news: whoever reads the latest is taken along to it."""
        self.begin_apart()
        if self._latest is not None:
            self._latest.add([fault_block(title, first=True), *(fault_block(line) for line in lines)])

    def add_reply(self, reply: "Document") -> None:
        """What whyso said, below what it answers; of a long reply the beginning first, the rest right after."""
        self._put_rest()
        self.turns.append((self._said, reply))
        self._said = None
        blocks = paragraph_blocks(reply.paragraphs)
        if self._latest is None:
            self._latest = DocumentView()
            self.mount(self._latest)
        self._latest.add(blocks[:AT_ONCE])
        self._waiting = blocks[AT_ONCE:]
        if self._waiting:
            self.call_after_refresh(self._put_more, AT_ONCE)

    def add_page(self, title: str, page: "Document") -> None:
        """A page that somebody opened: shown as a reply is, with its title in place of what was said."""
        self.add_said(title)
        self.add_reply(page)

    def show_row(self, row: int) -> None:
        """Scrolls so that a row is seen, with some text above it, if it is not seen yet."""
        top = self.scroll_offset.y
        if not top <= row < top + self.size.height:
            self.scroll_to(y=row - self.size.height // 3, animate=False, force=True, immediate=True)

    @property
    def all_there(self) -> bool:
        """Whether every reply stands there whole."""
        return not self._waiting

    def _put_more(self, count: int) -> None:
        """The next piece of a long reply, each larger than the last, so that all take about as long as one."""
        piece, self._waiting = self._waiting[:count], self._waiting[count:]
        if piece and self._latest is not None:
            self._latest.add(piece)
        if self._waiting:
            self.call_after_refresh(self._put_more, 2 * count)

    def _put_rest(self) -> None:
        """All of a long reply that is not there yet, before anything else comes."""
        if self._waiting and self._latest is not None:
            self._latest.add(self._waiting)
            self._waiting = []

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
