"""A line for passing notices, and for saying that an answer takes its time. It takes up no room while it is silent."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from textual.timer import Timer
from textual.widgets import Static

from assistant.tui.key_names import with_keys
from assistant.tui.plain_content import plain

THINKING_AFTER_SECONDS = 0.25


class NoticeLine(Static):
    """One line above the prompt, covering nothing. A notice goes before `thinking`."""

    def __init__(self) -> None:
        super().__init__(id="notice", markup=False)
        self._notice = ""
        self._lasting = ""
        self._since: float | None = None
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

    def keep(self, text: str) -> None:
        """Shows a notice whenever there is nothing else to tell, until it is taken away by an empty one."""
        self._lasting = text
        self._write()

    @contextmanager
    def thinking(self) -> Iterator[None]:
        """Says so while the block lasts, if it lasts long enough to be noticed, and for how long it has."""
        begun = monotonic()
        begins = self.set_timer(THINKING_AFTER_SECONDS, lambda: self._think(begun))
        goes_on = self.set_interval(1, self._write)
        try:
            yield
        finally:
            begins.stop()
            goes_on.stop()
            self._since = None
            self._write()

    def _think(self, begun: float) -> None:
        self._since = begun
        self._write()

    def _forget(self) -> None:
        self._notice = ""
        self._write()

    def _write(self) -> None:
        text = self._notice or self._thought() or self._lasting
        self.display = bool(text)
        if text:
            self.update(plain(text))

    def _thought(self) -> str:
        """That it is thinking, the seconds from the first on, and how to stop it."""
        if self._since is None:
            return ""
        seconds = int(monotonic() - self._since)
        stops = with_keys(self, "{back} stops it")
        return f"thinking … {seconds} s; {stops}" if seconds else f"thinking … {stops}"
