"""A list whose entries fold: headings, facts, steps of a proof, claims. Wrapped to any width, so nothing is cut off."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.signal import Signal
from textual.style import Style
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.tui.hanging import Hanging
from assistant.tui.plain_content import plain
from assistant.tui.steady import Steady

if TYPE_CHECKING:
    from assistant.explanation.kin import Kin
    from assistant.explanation.outline import Entry

DEEPEST = 12
POINTED_AT, LEFT = "option-list--option-highlighted", "outline--left"
MOST_DRAWN = 2_000
"""Lines whose wrapping is remembered, since most of them are the same when an outline is drawn anew."""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry that shows. `key` tells it from all others, also when the outline is drawn anew."""

    key: tuple[str, ...]
    entry: "Entry"
    level: int
    unfolded: bool


class Outline(Steady, OptionList):
    """Entries that fold and unfold. What is about the topic that was pointed at carries a mark."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {LEFT}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "fold", "Fold", show=False, id="fold"),
        Binding("right", "unfold", "Unfold", show=False, id="unfold"),
        Binding("ctrl+e", "open", "Open in your editor", show=False, id="open"),
        Binding("escape", "screen.back", "Back", key_display="Esc", id="back"),
    ]

    virtual_size = Reactive(Size(0, 0), layout=False)
    """As every widget's, but for a new layout of the whole screen with each line more or less."""

    class Chosen(Message):
        """Somebody chose an entry that does not fold."""

        def __init__(self, outline: "Outline", entry: "Entry") -> None:
            super().__init__()
            self.outline = outline
            self.entry = entry

    class Wanted(Message):
        """Somebody wants to see in their editor what an entry is about; None where nothing is pointed at."""

        def __init__(self, entry: "Entry | None") -> None:
            super().__init__()
            self.entry = entry

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, markup=False, compact=True)
        self._entries: tuple[Entry, ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._turned: set[tuple[str, ...]] = set()
        self._kin: Kin | None = None
        self._pointed: tuple[str, ...] | None = None
        self.pointed: Signal[Entry] = Signal(self, "pointed")
        """Somebody moved to an entry. A signal, since a message would come after the painting of the move."""
        self._drawn: dict[tuple[str, str, bool, str, int, bool], Hanging] = {}

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """The look of some part; the entry pointed at stands back while the keyboard is elsewhere."""
        if not self.has_focus:
            component_classes = tuple(LEFT if name == POINTED_AT else name for name in component_classes)
        return super().get_visual_style(*component_classes, partial=partial)

    def show(self, entries: "Iterable[Entry]") -> None:
        """Shows other entries; what was folded, unfolded or pointed at and is still there stays so."""
        self._entries = tuple(entries)
        if len(self._drawn) > MOST_DRAWN:
            self._drawn.clear()
        self._draw()

    def mark(self, kin: "Kin | None") -> None:
        """Marks what belongs to a topic."""
        before, self._kin = self._kin, kin
        for at, row in enumerate(self._rows):
            if _held(before, row) != _held(kin, row):
                self.replace_option_prompt_at_index(at, self._line(row))

    @property
    def current(self) -> "Entry | None":
        """The entry pointed at."""
        return None if self.highlighted is None else self._rows[self.highlighted].entry

    @property
    def text(self) -> str:
        """All that shows, a line for each entry."""
        return "\n".join(
            "  " * row.level + row.entry.text + (f" | {row.entry.note}" if row.entry.note else "") for row in self._rows
        )

    def point_at_kin(self) -> None:
        """Moves to the first entry that carries the mark, unless the one pointed at does."""
        kin = self._kin
        if kin is None or (self.current is not None and kin.holds(self.current.topic)):
            return
        found = next((at for at, row in enumerate(self._rows) if kin.holds(row.entry.topic)), None)
        if found is not None:
            self._point(found)

    def _draw(self) -> None:
        before = self._pointed
        self._rows = tuple(_rows(self._entries, self._turned))
        keys = [row.key for row in self._rows]
        top = self.scroll_offset.y
        self.set_options([Option(self._line(row)) for row in self._rows])
        if before in keys:
            self._point(keys.index(before))
        self.scroll_to(y=top, animate=False, immediate=True)
        self.call_after_refresh(self._keep_in_sight)

    def on_resize(self, event: events.Resize) -> None:
        """What was pointed at stays in sight."""
        self.call_after_refresh(self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        if self.highlighted is not None:
            self.scroll_to_highlight()

    def point_at_first(self) -> None:
        """Moves to the first entry that is about something, unless the one pointed at is."""
        if self.current is None or self.current.topic is None:
            found = next((at for at, row in enumerate(self._rows) if row.entry.topic is not None), None)
            if found is not None:
                self._point(found)
                self.pointed.publish(self._rows[found].entry)

    def _point(self, at: int) -> None:
        self._pointed = self._rows[at].key
        self.highlighted = at

    def _line(self, row: Row) -> Hanging:
        entry, marked = row.entry, _held(self._kin, row)
        sign = ("▾ " if row.unfolded else "▸ ") if entry.below else "  " if entry.heads else "• "
        looks = entry.text, entry.note, entry.heads, sign, row.level, marked
        if looks not in self._drawn:
            self._drawn[looks] = _drawn(*looks)
        return self._drawn[looks]

    def watch_highlighted(self, highlighted: int | None) -> None:
        """A new place, if its reader went there: what is drawn anew goes where it was."""
        super().watch_highlighted(highlighted)
        row = self._row
        if row is not None and row.key != self._pointed:
            self._pointed = row.key
            self.pointed.publish(row.entry)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Nobody else's concern."""
        event.stop()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click: turns what folds, chooses the rest."""
        event.stop()
        row = self._rows[event.option_index]
        if row.entry.below and row.entry.topic is None:
            self._turn(row)
        else:
            self.post_message(self.Chosen(self, row.entry))

    def action_unfold(self) -> None:
        """Opens an entry; one that is open leads to what is in it."""
        row = self._row
        if row is None:
            self.action_first()
        elif row.entry.below and not row.unfolded:
            self._turn(row)
        elif row.entry.below:
            self.action_cursor_down()

    def action_fold(self) -> None:
        """Closes an entry; one that is closed leads to what it is in."""
        row = self._row
        if row is None:
            return
        if row.entry.below and row.unfolded:
            self._turn(row)
        elif len(row.key) > 1:
            self.highlighted = [one.key for one in self._rows].index(row.key[:-1])

    def action_open(self) -> None:
        """Asks for the place of what is pointed at."""
        self.post_message(self.Wanted(self.current))

    @property
    def _row(self) -> Row | None:
        return None if self.highlighted is None else self._rows[self.highlighted]

    def _turn(self, row: Row) -> None:
        self._turned ^= {row.key}
        self._draw()


class CaseOutline(Outline):
    """The facts of a case. While answers are tried out, Left and Right go from one value of a fact to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("delete", "step(0)", "Leave open", show=False, id="leave-open")]

    class Stepped(Message):
        """The fact pointed at is to take its next value in a direction; 0 makes it open."""

        def __init__(self, entry: "Entry", step: int) -> None:
            super().__init__()
            self.entry = entry
            self.step = step

    stepping = False

    def action_step(self, step: int) -> None:
        """Asks for another value of the fact pointed at."""
        if self.current is not None:
            self.post_message(self.Stepped(self.current, step))

    def action_fold(self) -> None:
        """Folds; while answers are tried out, to the value before."""
        if self._steps:
            self.action_step(-1)
        else:
            super().action_fold()

    def action_unfold(self) -> None:
        """Unfolds; while answers are tried out, to the value after."""
        if self._steps:
            self.action_step(1)
        else:
            super().action_unfold()

    @property
    def _steps(self) -> bool:
        entry = self.current
        return self.stepping and entry is not None and entry.topic is not None and not entry.below


def _held(kin: "Kin | None", row: Row) -> bool:
    return kin is not None and kin.holds(row.entry.topic)


def _drawn(text: str, note: str, heads: bool, sign: str, level: int, marked: bool) -> Hanging:
    """The look of an entry."""
    content = plain(text)
    if heads or marked:
        content = content.stylize("bold")
    if note:
        content = Content.assemble(content, "\n", plain(note).stylize("$foreground 65%"))
    bar = Content.styled("▌" if marked else " ", "$accent")
    return Hanging(Content.assemble(bar, "  " * min(level, DEEPEST), Content.styled(sign, "$accent")), content)


def _rows(entries: "Iterable[Entry]", turned: set[tuple[str, ...]]) -> Iterator[Row]:
    """The rows that show, entries below each other: those that were turned stand otherwise than to begin with."""
    waiting: list[tuple[tuple[str, ...], Entry]] = [((), entry) for entry in reversed(tuple(entries))]
    while waiting:
        path, entry = waiting.pop()
        key = (*path, _name(entry))
        unfolded = bool(entry.below) and entry.open != (key in turned)
        yield Row(key, entry, len(path), unfolded)
        if unfolded:
            waiting += [(key, one) for one in reversed(entry.below)]


def _name(entry: "Entry") -> str:
    """What tells an entry from its siblings: what it is about, else its words up to a figure that may change."""
    if entry.topic is not None and not entry.changes:
        return f"{entry.topic.subject}:{entry.topic.name}:{entry.part or (entry.text if entry.below else '')}"
    return entry.text.partition(" (")[0].partition(":")[0] if entry.heads else entry.text
