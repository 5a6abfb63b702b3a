"""The conversation so far: what was said, in order, from the beginning of the latest reply.

It moves to a new reply once; a reader who has scrolled up meanwhile stays where he is.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import events
from textual.containers import VerticalScroll
from textual.widget import Widget

from assistant.tui.paragraphs import ParagraphView, paragraph_views, said_view

if TYPE_CHECKING:
    from assistant.explanation.document import Paragraph


class Transcript(VerticalScroll, can_focus=False):
    """The paragraphs of the conversation, newest last."""

    def __init__(self) -> None:
        super().__init__(id="transcript")
        self._latest: Widget | None = None
        self._follows = True

    def add_said(self, text: str) -> None:
        """What the user said. Whoever says something wants to see the answer: the reader is taken along again."""
        view = said_view(text)
        self._follows = True
        self._latest = view
        self.mount(view)
        self.call_after_refresh(self._go_to_latest)

    def add_reply(self, paragraphs: "Iterable[Paragraph]") -> None:
        """What whyso said, shown from its beginning."""
        views = list(paragraph_views(paragraphs))
        if not views:
            return
        if self._latest is None:
            self._latest = views[0]
        self.mount_all(views)
        self.call_after_refresh(self._go_to_latest)

    @property
    def shows_all(self) -> bool:
        """Whether nothing is left to read further down."""
        return self.scroll_offset.y >= self.max_scroll_y

    def page(self, direction: int) -> None:
        """Scrolls a page, as its reader asked."""
        self._follows = False
        if direction < 0:
            self.scroll_page_up(animate=False)
        else:
            self.scroll_page_down(animate=False)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The reader goes his own way."""
        self._follows = False

    def on_resize(self, event: events.Resize) -> None:
        """Keeps the latest reply in view through a change of size."""
        if self._follows:
            self.call_after_refresh(self._go_to_latest)

    def _go_to_latest(self) -> None:
        if self._follows and self._latest is not None:
            self.scroll_to_widget(self._latest, top=True, animate=False, immediate=True)


def opening_view() -> ParagraphView:
    """What is seen before anything has been loaded."""
    from textual.content import Content

    return ParagraphView(Content("whyso: decisions by rules, and why so"), "heading")
