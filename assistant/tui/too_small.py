"""What stands in place of everything where the terminal is too small to show it whole."""

from textual.content import Content
from textual.widgets import Static

FEWEST_COLUMNS = 30
FEWEST_ROWS = 8


class TooSmall(Static):
    """Covers the screen below the least size. What is behind it keeps the keyboard, and nothing typed is lost."""

    def __init__(self) -> None:
        super().__init__(id="too-small", markup=False)

    def fit(self, columns: int, rows: int) -> None:
        """Shows or hides itself, by the size of the terminal."""
        small = columns < FEWEST_COLUMNS or rows < FEWEST_ROWS
        self.display = small
        if small:
            self.update(Content(_said(columns, rows)))


def _said(columns: int, rows: int) -> str:
    """As much as there is room for."""
    full = f"Too small: {columns} x {rows}.\nwhyso needs {FEWEST_COLUMNS} x {FEWEST_ROWS}."
    lines = full.split("\n")
    if rows >= len(lines) and columns >= max(map(len, lines)):
        return full
    return f"Too small; {FEWEST_COLUMNS} x {FEWEST_ROWS}, please" if columns * rows > 26 else "Too small"
