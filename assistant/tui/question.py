"""The question on the table: its words, how to reply, and the replies it offers, to move in and choose from."""

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.tui.hanging import Hanging
from assistant.tui.key_names import names_for
from assistant.tui.plain_content import plain

if TYPE_CHECKING:
    from assistant.dialogue.questions import Choice, Question


class ChoiceList(OptionList):
    """The replies on offer. None is highlighted until somebody moves, so that Enter alone says nothing by accident."""

    FOCUS_ON_CLICK = False

    class Chosen(Message):
        """Somebody chose a reply to a question."""

        def __init__(self, question: "Question", choice: "Choice") -> None:
            super().__init__()
            self.question = question
            self.choice = choice

    def __init__(self) -> None:
        super().__init__(id="choices", markup=False, compact=True)
        self._question: Question | None = None

    def offer(self, question: "Question | None") -> None:
        """Offers the replies to another question."""
        self._question = question
        choices = question.choices if question else ()
        self.set_options([Option(_choice_line(choice)) for choice in choices])
        self.display = bool(choices)

    def move(self, step: int) -> None:
        """Moves the highlight, round the ends."""
        if step < 0:
            self.action_cursor_up()
        else:
            self.action_cursor_down()

    def choose(self) -> bool:
        """Chooses the highlighted reply, if there is one."""
        if self.highlighted is None:
            return False
        self._choose(self.highlighted)
        return True

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click on a reply."""
        event.stop()
        self._choose(event.option_index)

    def on_click(self, event: events.Click) -> None:
        """The second half of a double click would answer the next question unseen: it counts for nothing."""
        if event.chain > 1:
            event.prevent_default()

    def _choose(self, index: int) -> None:
        if self._question is not None:
            self.post_message(self.Chosen(self._question, self._question.choices[index]))


class QuestionPanel(Vertical):
    """A question with its hint and its replies. `question` is the one on the table."""

    def __init__(self) -> None:
        super().__init__(id="question")
        self.display = False
        self.question: Question | None = None

    def compose(self) -> ComposeResult:
        """The words above the replies."""
        yield Static(id="question-text", markup=False)
        yield Static(id="question-hint", markup=False)
        yield ChoiceList()

    def show(self, question: "Question | None") -> None:
        """Puts a question, or takes the last one away. The same question again stays as it is."""
        choices = self.query_one(ChoiceList)
        if question == self.question:
            choices.highlighted = None
            return
        self.question = question
        self.display = question is not None
        choices.offer(question)
        if question is None:
            return
        self.query_one("#question-text", Static).update(plain(question.text))
        self._write_hint()
        self.call_after_refresh(self._write_hint)

    def on_resize(self) -> None:
        """There may be more replies than rows now, or no longer."""
        self.call_after_refresh(self._write_hint)

    def _write_hint(self) -> None:
        """How to reply; and that there are more replies than can be seen, where there are."""
        if self.question is not None:
            optional = "Optional. " if self.question.optional else ""
            hidden = self.query_one(ChoiceList).max_scroll_y
            more = f" ({names_for(self)['down']} shows {hidden} more)" if hidden else ""
            self.query_one("#question-hint", Static).update(plain(f"{optional}{self.question.hint}{more}"))

    def label_of(self, text: str) -> str | None:
        """The reply that a key stands for, as it is offered; None where the text is no key."""
        choices = self.question.choices if self.question else ()
        return next((choice.label for choice in choices if choice.key and choice.key == text.strip()), None)


def _choice_line(choice: "Choice") -> Hanging:
    key = Content.styled(f"{choice.key} ", "bold $accent") if choice.key else Content("- ")
    return Hanging(key, plain(choice.label))
