"""Editing a fact where it stands: its question, a line to type in, and the answers on offer."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.tui.hanging import Hanging
from assistant.tui.plain_content import plain

if TYPE_CHECKING:
    from assistant.dialogue.questions import Question

LONGEST = 500


class FactEditor(Vertical):
    """Asks for one fact's answer. It is there only while somebody edits."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Cancel", key_display="Esc", tooltip="Leave the answer as it is", id="cancel-edit"),
        Binding("up", "move(-1)", "Up", show=False, id="answer-above"),
        Binding("down", "move(1)", "Down", show=False, id="answer-below"),
    ]

    class Answered(Message):
        """An answer was given for a fact."""

        def __init__(self, fact: str, text: str) -> None:
            super().__init__()
            self.fact = fact
            self.text = text

    class Closed(Message):
        """Nobody edits any more."""

    def __init__(self) -> None:
        super().__init__(id="editor")
        self.display = False
        self._question: Question | None = None

    def compose(self) -> ComposeResult:
        """The question, the line, the answers on offer."""
        yield Static(id="editor-question", markup=False)
        yield Input(id="editor-line", compact=True, max_length=LONGEST)
        yield OptionList(id="editor-choices", markup=False, compact=True)

    def ask(self, question: "Question", now: str) -> None:
        """Asks for a fact; `now` is the answer as it stands."""
        self._question = question
        self.display = True
        hint = plain(question.hint).stylize("not bold $foreground 65%")
        self.query_one("#editor-question", Static).update(Content.assemble(plain(question.text), "\n", hint))
        line = self.query_one(Input)
        line.value, line.placeholder = "", f"now {now}" if now else "not answered so far"
        choices = self.query_one(OptionList)
        choices.set_options([Option(Hanging(Content("  "), plain(choice.label))) for choice in question.choices])
        choices.highlighted = None
        line.focus()

    def action_move(self, step: int) -> None:
        """Moves in the answers on offer."""
        choices = self.query_one(OptionList)
        if step < 0:
            choices.action_cursor_up()
        else:
            choices.action_cursor_down()

    @property
    def fact(self) -> str | None:
        """The fact that is asked for; None while nobody edits."""
        return self._question.fact if self.display and self._question is not None else None

    def refuse(self, why: str) -> None:
        """Says what is wrong with the answer, which stays to be put right."""
        self.query_one("#editor-question", Static).update(plain(why))

    def close(self) -> None:
        """Is gone."""
        self.display = False

    def action_close(self) -> None:
        """Leaves everything as it is."""
        self.close()
        self.post_message(self.Closed())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """What was typed; else what is highlighted."""
        event.stop()
        at = self.query_one(OptionList).highlighted
        if event.value.strip():
            self._answer(event.value.strip())
        elif at is not None and self._question is not None:
            self._answer(self._question.choices[at].said)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Whoever types does not mean what is highlighted."""
        event.stop()
        if event.value:
            self.query_one(OptionList).highlighted = None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click, or Enter in the list."""
        event.stop()
        if self._question is not None:
            self._answer(self._question.choices[event.option_index].said)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Nobody else's concern."""
        event.stop()

    def _answer(self, text: str) -> None:
        if self._question is not None:
            self.post_message(self.Answered(self._question.fact, text))
