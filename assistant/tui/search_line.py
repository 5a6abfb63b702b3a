"""A line for searching the conversation: what to look for, which match of how many, and keys to go through them."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input, Static

LONGEST = 200


class SearchInput(Input):
    """What to look for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+g,down", "go(1)", "Next match", key_display="^g", tooltip="To the next match", id="next-match"),
        Binding("shift+enter,up", "go(-1)", "To the match before", show=False, id="previous-match"),
        Binding("escape", "close", "Close", key_display="Esc", id="back"),
    ]

    virtual_size = Reactive(Size(0, 0), layout=False)
    """As the prompt's: a letter changes no layout."""

    def action_go(self, step: int) -> None:
        """To the next match, or to the one before."""
        self.post_message(SearchLine.Moved(step))

    def action_close(self) -> None:
        """Ends the search."""
        self.post_message(SearchLine.Closed())


class SearchLine(Horizontal):
    """One line above the prompt, while a search lasts."""

    class Opened(Message):
        """A search begins. What is typed into it afterwards can be watched."""

    class Moved(Message):
        """The next match is wanted, or the one before."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Closed(Message):
        """The search is over."""

    def __init__(self) -> None:
        super().__init__(id="search")
        self.display = False

    def compose(self) -> ComposeResult:
        """Find, what, and how many."""
        yield Static(Content("Find "), id="search-mark", markup=False)
        yield SearchInput(id="search-input", compact=True, max_length=LONGEST, select_on_focus=True)
        yield Static(id="search-count", markup=False)

    def open(self, text: str = "") -> None:
        """Shows the line, with a text to look for if there is one."""
        self.display = True
        field = self.query_one(SearchInput)
        if text:
            field.value = text
        field.focus()
        self.post_message(self.Opened())

    def close(self) -> None:
        """Takes the line away; its text stays for the next search."""
        self.display = False

    def tell(self, text: str) -> None:
        """Says which match of how many is shown."""
        self.query_one("#search-count", Static).update(Content(text), layout=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Nobody else's concern."""
        event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter is the next match."""
        event.stop()
        self.post_message(self.Moved(1))
