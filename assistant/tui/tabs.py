"""The row of tabs beside the conversation: which there are, with their keys, and which one shows."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.style import Style
from textual.widgets import Static


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab's name, its label and the key that goes there."""

    name: str
    label: str
    key: str


TABS = (
    Tab("case", "Case", "F2"),
    Tab("reasons", "Reasons", "F3"),
    Tab("source", "Source", "F4"),
    Tab("costs", "Costs", "F5"),
    Tab("alternatives", "Alternatives", "F6"),
)
HINTS = {
    "case": "Enter edits · F7 tries out",
    "supposing": "←→ step · Enter edits · F8 keep · F7 drop",
    "reasons": "←→ fold · Enter: to the source",
    "alternatives": "←→ fold · Enter tries it out",
    "source": "←→ fold · Enter: to a rule's reasons",
    "costs": "←→ month · + - horizon",
}
"""What its keys do in each tab, and in the case while answers are tried out."""


class TabRow(Static):
    """The tabs in a line; keys are told where there is room."""

    class Wanted(Message):
        """Somebody clicked on a tab."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self) -> None:
        super().__init__(id="tabs", markup=False)
        self._active = TABS[0].name
        self._line = Content()

    def show(self, name: str) -> None:
        """Marks the tab that shows."""
        self._active = name
        self._write()

    def on_resize(self) -> None:
        """Says as much as fits."""
        self._write()

    def on_click(self, event: events.Click) -> None:
        """Goes to the tab under the pointer."""
        name = event.style.meta.get("tab")
        if name is not None:
            event.stop()
            self.post_message(self.Wanted(name))

    def places(self) -> Iterator[tuple[Offset, str]]:
        """Where each label stands on the screen."""
        line = self._line
        for tab in TABS if self.region else ():
            yield self.content_region.offset + Offset(line.plain.index(tab.label), 0), tab.name

    def _write(self) -> None:
        width = self.content_size.width
        lines = [tab_line(self._active, keys=True, gap=2), tab_line(self._active, keys=True, gap=0)]
        lines += [tab_line(self._active, keys=False, gap=1), tab_line(self._active, keys=False, gap=0)]
        self._line = next((line for line in lines if line.cell_length <= width), lines[-1])
        self.update(self._line, layout=False)


def tab_line(active: str, *, keys: bool, gap: int) -> Content:
    """The row; each label knows its tab as `style.meta["tab"]`."""
    parts = []
    for tab in TABS:
        text = f" {tab.key} {tab.label} " if keys else f" {tab.label} "
        label = Content(text).stylize(Style.from_meta({"tab": tab.name}))
        parts.append(label.stylize("bold reverse" if tab.name == active else ""))
        parts.append(Content(" " * gap))
    return Content.assemble(*parts[:-1])
