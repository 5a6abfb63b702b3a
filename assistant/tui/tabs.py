"""The row of tabs beside the conversation: which there are, with their keys, and which one shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from assistant.tui.key_names import names_for


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab's name, its label and the key that goes there unless the settings say otherwise."""

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
    "case": "Enter edits · {suppose} tries out · {open} editor",
    "supposing": "{fold+unfold} step · Enter edits · {keep} keep · {suppose} drop",
    "reasons": "{fold+unfold} fold · Enter: source · {open} editor",
    "alternatives": "{fold+unfold} fold · Enter tries it out",
    "source": "{fold+unfold} fold · Enter: to a rule's reasons",
    "costs": "{month-before+month-after} month · {wider+narrower} horizon · Enter: to the source",
}
"""What its keys, named by their ids, do in each tab, and in the case while answers are tried out."""


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
        names = names_for(self)
        lines = [tab_line(self._active, names, gap=2), tab_line(self._active, names, gap=0)]
        lines += [tab_line(self._active, gap=1), tab_line(self._active, gap=0)]
        self._line = next((line for line in lines if line.cell_length <= width), lines[-1])
        self.update(self._line, layout=False)


def tab_line(active: str, names: Mapping[str, str] | None = None, *, gap: int) -> Content:
    """The row, with the keys' names if they are given; each label knows its tab as `style.meta["tab"]`."""
    parts = []
    for tab in TABS:
        text = f" {names[tab.name]} {tab.label} " if names is not None else f" {tab.label} "
        label = Content(text).stylize(Style.from_meta({"tab": tab.name}))
        parts.append(label.stylize("bold reverse" if tab.name == active else ""))
        parts.append(Content(" " * gap))
    return Content.assemble(*parts[:-1])
