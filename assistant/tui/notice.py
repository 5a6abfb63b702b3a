"""A line for passing notices, and for saying that an answer takes its time. It takes up no room while it is silent."""

from collections.abc import Iterator
from contextlib import contextmanager

from textual.timer import Timer
from textual.widgets import Static

from assistant.tui.plain_content import plain

THINKING_AFTER_SECONDS = 0.25


class NoticeLine(Static):
    """One line above the prompt, covering nothing. A notice goes before `thinking`."""

    def __init__(self) -> None:
        super().__init__(id="notice", markup=False)
        self._notice = ""
        self._thinking = False
        self._ends: Timer | None = None

    def on_mount(self) -> None:
        """Silent to begin with."""
        self._write()

    def tell(self, text: str, seconds: float) -> None:
        """Shows a notice for some seconds."""
        if self._ends is not None:
            self._ends.stop()
        self._notice = text
        self._ends = self.set_timer(seconds, self._forget)
        self._write()

    @contextmanager
    def thinking(self) -> Iterator[None]:
        """Says so while the block lasts, if it lasts long enough to be noticed."""
        begins = self.set_timer(THINKING_AFTER_SECONDS, self._think)
        try:
            yield
        finally:
            begins.stop()
            self._thinking = False
            self._write()

    def _think(self) -> None:
        self._thinking = True
        self._write()

    def _forget(self) -> None:
        self._notice = ""
        self._write()

    def _write(self) -> None:
        text = self._notice or ("thinking … Escape stops it" if self._thinking else "")
        self.display = bool(text)
        if text:
            self.update(plain(text))
