"""Lines that take the place of others often: there is a new layout only where they are more or fewer."""

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static


class Lines(Static):
    """Lines that are as wide as their place, or less; none of them is wrapped."""

    def __init__(self, content: Content | None = None, *, id: str) -> None:
        super().__init__(content or Content(), id=id, markup=False)
        self._count = 1

    def write(self, lines: Iterable[Content]) -> None:
        """Shows these lines instead."""
        written = tuple(lines)
        before, self._count = self._count, len(written)
        self.update(Content("\n").join(written), layout=before != self._count)
