"""The line one types in: sends on Enter, remembers what was said, and takes a paste as one line of plain text."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.suggester import SuggestFromList
from textual.widgets import Input

from assistant.tui.completion_list import CompletionList
from assistant.tui.steady import Steady

if TYPE_CHECKING:
    from assistant.dialogue.completing import Completion

LONGEST = 10_000


class Prompt(Steady, Input):
    """The input. Its text is never lost but by sending or deleting it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete a command, or on to the next area", show=False, id="complete"),
        Binding(
            "up",
            "among_completions(-1)",
            "Up in the commands, the choices or what was said",
            show=False,
            id="up",
        ),
        Binding(
            "down",
            "among_completions(1)",
            "Down in the commands, the choices or what was said",
            show=False,
            id="down",
        ),
        Binding(
            "escape",
            "close_completions",
            "One step back, in the end to the prompt; stops a long proof",
            show=False,
            id="back",
        ),
        Binding(
            "pageup",
            "screen.page(-1)",
            "Scroll",
            key_display="PgUp/PgDn",
            tooltip="Scroll the conversation up",
            id="page-up",
        ),
        Binding("pagedown", "screen.page(1)", "Scroll down", show=False, id="page-down"),
        Binding("ctrl+up", "recall(-1)", "To what was said before", show=False, id="said-before"),
        Binding("ctrl+down", "recall(1)", "To what was said after", show=False, id="said-after"),
    ]

    virtual_size = Reactive(Size(0, 0), layout=False)
    """As every widget's, but for a new layout of the whole screen with each letter."""

    class TooLong(Message):
        """A paste that makes the text too long to be shown; all of it is handed on."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        super().__init__(
            id="prompt", placeholder="Type an answer, or /help", select_on_focus=False, compact=True, max_length=LONGEST
        )
        self._completions: list[str] = []
        self._suggester: SuggestFromList | None = None
        self._said: list[str] = []
        self._at = 0
        self._draft = ""
        self._keep: Callable[[str], None] = lambda said: None

    def suggest(self, completions: list[str]) -> None:
        """Completes what is being typed by these."""
        self._completions = completions
        self._suggester = SuggestFromList(completions, case_sensitive=False)

    def watch_value(self, value: str) -> None:
        """Only commands are suggested: looking for a suggestion with every letter would take as long as the letter."""
        self.suggester = self._suggester if value.startswith("/") else None

    def remember(self, said: Iterable[str], keep: Callable[[str], None]) -> None:
        """Puts what was said in earlier sittings before what was said in this one; `keep` gets all that follows."""
        self._said[:0] = said
        self._keep = keep
        self._at, self._draft = len(self._said), ""

    def take(self) -> str:
        """What was typed; the line is empty afterwards and the text remembered."""
        text, self.value = self.value, ""
        if text.strip() and (not self._said or self._said[-1] != text):
            self._said.append(text)
            self._keep(text)
        self._at, self._draft = len(self._said), ""
        return text

    def begin(self, text: str) -> None:
        """Puts a text in place of what was typed, to be gone on with."""
        self.value = text
        self.cursor_position = len(text)
        self.focus()

    def write(self, text: str) -> None:
        """Puts text where the cursor is, in place of what is selected."""
        from assistant.explanation.plain import printable

        self.replace(printable(" ".join(text.split("\n")).replace("\t", " ")), *sorted(self.selection))

    def action_recall(self, step: int) -> None:
        """Goes through what was said before; what was being typed waits at the end."""
        at = min(max(self._at + step, 0), len(self._said))
        if at == self._at:
            return
        if self._at == len(self._said):
            self._draft = self.value
        self._at = at
        self.value = self._said[at] if at < len(self._said) else self._draft
        self.cursor_position = len(self.value)

    @property
    def _list(self) -> CompletionList:
        return self.screen.query_one(CompletionList)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of the completions are theirs only while these are there; otherwise they are the screen's."""
        if action in ("among_completions", "close_completions"):
            return self._list.is_open
        return super().check_action(action, parameters)

    def action_among_completions(self, step: int) -> None:
        """Moves in the completions."""
        self._list.move(step)

    def action_close_completions(self) -> None:
        """Closes the completions; what is typed stays."""
        self._list.close()

    async def action_submit(self) -> None:
        """Enter takes the completion that is highlighted; otherwise it says what was typed."""
        chosen = self._list.chosen
        if chosen is not None:
            self.go_on(chosen)
            if not chosen.whole:
                return
        self._list.close()
        await super().action_submit()

    def go_on(self, completion: "Completion") -> None:
        """Puts a completion in place of what was typed."""
        self.value = completion.text
        self.cursor_position = len(completion.text)

    def action_complete(self) -> None:
        """Takes the first completion where there is one; otherwise Tab goes on as everywhere."""
        first = self._list.first
        if first is not None:
            self.go_on(first)
            return
        begun = self.value.lower()
        found = next((text for text in self._completions if text.startswith(begun) and text != begun), None)
        if begun and found and self.cursor_at_end:
            self.value = found
            self.cursor_position = len(found)
        else:
            self.screen.focus_next()

    def action_paste(self) -> None:
        """The clipboard is from elsewhere, too."""
        self._pasted(self.app.clipboard)

    def on_paste(self, event: events.Paste) -> None:
        """All of a paste, not only its first line."""
        event.stop()
        event.prevent_default()
        self._pasted(event.text)

    def _pasted(self, text: str) -> None:
        text = text.strip("\r\n").replace("\r\n", "\n").replace("\r", "\n")
        if len(self.value) + len(text) > LONGEST:
            self.post_message(self.TooLong(text if len(text) > LONGEST else self.value + text))
        elif text:
            self.write(text)
