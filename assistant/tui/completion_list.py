"""The list of ways to go on with a command, above the line one types in. It takes no room while it is closed."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.tui.plain_content import plain
from assistant.tui.steady import Steady
from assistant.tui.themes import quiet

if TYPE_CHECKING:
    from assistant.dialogue.completing import Completion

WIDEST_NAME = 30


class CompletionList(Steady, OptionList, can_focus=False):
    """Commands, or what a command takes. What is typed goes on in the prompt, which also moves in here."""

    FOCUS_ON_CLICK = False
    virtual_size = Reactive(Size(0, 0), layout=False)
    """As every widget's, but for a second layout each time that it opens."""

    class Taken(Message):
        """A way to go on was clicked on."""

        def __init__(self, completion: "Completion") -> None:
            super().__init__()
            self.completion = completion

    def __init__(self) -> None:
        super().__init__(id="completions", markup=False, compact=True)
        self._offered: tuple[Completion, ...] = ()
        self._refused = False
        self.display = False

    @property
    def is_open(self) -> bool:
        """Whether there is anything to choose from."""
        return bool(self._offered)

    def offer(self, completions: "tuple[Completion, ...]", typed: str) -> None:
        """Shows the ways to go on with what is typed. Once closed, it stays so until another command is begun."""
        self._refused = self._refused and len(typed) > 1
        offered = () if self._refused else completions
        if offered == self._offered:
            return
        self._offered = offered
        width = min(max((len(one.shown) for one in offered), default=0), WIDEST_NAME)
        self.set_options([Option(_row(one, width, quiet(self.app.theme))) for one in offered])
        first = offered[0] if offered else None
        meant = first is not None and first.name and len(typed) > 1 and first.text.startswith(typed.lower())
        self.highlighted = 0 if meant and first is not None and first.text.strip() != typed.lower() else None
        self._show(bool(offered))

    def move(self, step: int) -> None:
        """Moves the highlight, round the ends."""
        if step < 0:
            self.action_cursor_up()
        else:
            self.action_cursor_down()

    @property
    def chosen(self) -> "Completion | None":
        """What is highlighted."""
        return self._offered[self.highlighted] if self.is_open and self.highlighted is not None else None

    @property
    def first(self) -> "Completion | None":
        """What is highlighted, else the first."""
        return self.chosen or (self._offered[0] if self._offered else None)

    def close(self) -> None:
        """Closes it for the command that is being typed."""
        self._offered, self._refused = (), True
        self._show(False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on one."""
        event.stop()
        self.post_message(self.Taken(self._offered[event.option_index]))

    def _show(self, shown: bool) -> None:
        if self.display != shown:
            self.display = shown
            question = self.screen.query_one("#question").set_class(shown, "-aside", update=False)
            self.app.stylesheet.update_nodes([question])


def _row(completion: "Completion", width: int, look: str) -> Content:
    """A way to go on in one line."""
    name = plain(completion.shown)
    return Content.assemble(
        name.pad_right(max(width - name.cell_length, 0)), "  ", plain(completion.does).stylize(look)
    )
