"""The question on the table: its words, how to reply, and the replies it offers, to move in and choose from."""

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.tui.plain_content import plain

if TYPE_CHECKING:
    from assistant.dialogue.questions import Choice, Question


class ChoiceList(OptionList):
    """The replies on offer. None is highlighted until somebody moves, so that Enter alone says nothing by accident."""

    class Chosen(Message):
        """Somebody chose a reply."""

        def __init__(self, choice: "Choice") -> None:
            super().__init__()
            self.choice = choice

    def __init__(self) -> None:
        super().__init__(id="choices", markup=False, compact=True)
        self._choices: tuple[Choice, ...] = ()

    def offer(self, choices: "tuple[Choice, ...]") -> None:
        """Offers other replies."""
        self._choices = choices
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
        self.post_message(self.Chosen(self._choices[self.highlighted]))
        return True

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click on a reply."""
        event.stop()
        self.post_message(self.Chosen(self._choices[event.option_index]))

    def on_click(self, event: events.Click) -> None:
        """The second half of a double click would answer the next question unseen: it counts for nothing."""
        if event.chain > 1:
            event.prevent_default()


class QuestionPanel(Vertical):
    """A question with its hint and its replies."""

    def __init__(self) -> None:
        super().__init__(id="question")
        self.display = False
        self._shown: Question | None = None

    def compose(self) -> ComposeResult:
        """The words above the replies."""
        yield Static(id="question-text", markup=False)
        yield Static(id="question-hint", markup=False)
        yield ChoiceList()

    def show(self, question: "Question | None") -> None:
        """Puts a question, or takes the last one away. The same question again stays as it is."""
        choices = self.query_one(ChoiceList)
        if question == self._shown:
            choices.highlighted = None
            return
        self._shown = question
        self.display = question is not None
        if question is None:
            choices.offer(())
            return
        text = plain(question.text)
        if question.optional:
            text = Content.assemble(text, ("  optional", "$text-muted not bold italic"))
        self.query_one("#question-text", Static).update(text)
        self.query_one("#question-hint", Static).update(plain(question.hint))
        choices.offer(question.choices)


def _choice_line(choice: "Choice") -> Content:
    key = Content.styled(f"{choice.key} ", "bold $accent") if choice.key else Content("- ")
    return Content.assemble(key, plain(choice.label))
