"""Editing a fact where it stands, and trying answers out beside the real case until they are kept or discarded.

It owns the moment that shows and what is supposed of it.
"""

from abc import abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message

from assistant.errors import WhysoError
from assistant.tui import views
from assistant.tui.card import VerdictCard
from assistant.tui.editor import FactEditor
from assistant.tui.moment import Moment
from assistant.tui.outline import CaseOutline

if TYPE_CHECKING:
    from assistant.policy.vocabulary import Value


class TryingOut(Container):
    """A panel with a case whose facts can be edited, or tried out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "keep", "Keep", key_display="F8", id="keep", show=False),
    ]

    class Said(Message):
        """Something was done that is to be said in the conversation."""

        def __init__(self, text: str, shown: str | None = None) -> None:
            super().__init__()
            self.text = text
            self.shown = shown

    class Told(Message):
        """A passing notice."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._moment: Moment | None = None
        self._changes: dict[str, Value | None] = {}
        self._supposing = False

    @abstractmethod
    def refresh_views(self) -> None:
        """Works out what can be seen and is not of this moment."""

    @abstractmethod
    def open_tab(self, name: str) -> None:
        """Shows a tab and gives it the keyboard."""

    @abstractmethod
    def take_focus(self) -> None:
        """Gives the keyboard to the tab that shows."""

    @abstractmethod
    def write_hint(self) -> None:
        """What the keys do here."""

    @abstractmethod
    def point_at_first(self) -> None:
        """While answers are tried out, the first fact is pointed at."""

    @property
    def moment(self) -> Moment | None:
        """The moment that shows."""
        return self._moment

    @property
    def supposing(self) -> bool:
        """Whether answers are being tried out."""
        return self._supposing

    # Editing.

    def edit(self, fact: str) -> None:
        """Asks for a fact's answer, where it stands."""
        from assistant.dialogue.questions import question_for

        moment = self._moment
        if moment is not None:
            told = moment.decision.inference.answers.get(fact)
            now = moment.policy.facts[fact].say(told) if told is not None else ""
            self.query_one(FactEditor).ask(question_for(moment.policy.facts[fact]), now)

    def on_fact_editor_answered(self, event: FactEditor.Answered) -> None:
        """An answer: supposed while answers are tried out, else said. A wrong one is told, to be put right there."""
        from assistant.dialogue.naming import supposed

        event.stop()
        assert self._moment is not None
        try:
            changes = supposed(self._moment.policy, f"{event.fact}={event.text}")
        except WhysoError as error:
            self.query_one(FactEditor).refuse(views.told(error))
            return
        self.leave_editor()
        self.take_focus()
        if self._supposing:
            self.suppose({**self._changes, **changes})
        else:
            self.post_message(self.Said(f"/change {event.fact} {event.text}"))

    def on_fact_editor_closed(self, event: FactEditor.Closed) -> None:
        """Back to the list."""
        event.stop()
        self.leave_editor()
        self.take_focus()

    def leave_editor(self) -> None:
        """Closes it."""
        self.query_one(FactEditor).close()

    def on_case_outline_stepped(self, event: CaseOutline.Stepped) -> None:
        """Tries the fact's next value out, or none; outside of that, only none can be said."""
        event.stop()
        fact = views.told_fact(self._moment, event.entry)
        if fact is None or self._moment is None:
            return
        if self._supposing:
            from assistant.reasoning.steps import stepped

            now = self._moment.decision.inference.answers.get(fact)
            value = stepped(self._moment.policy, fact, now, event.step) if event.step else None
            self.suppose({**self._changes, fact: value})
        else:
            self.post_message(self.Said(f"/change {fact} not sure"))

    # Trying out.

    def start_supposing(self, changes: "dict[str, Value | None]") -> None:
        """Tries answers out beside the real case."""
        self.set_supposing(True)
        self.suppose(changes)
        self.open_tab("case")
        self.point_at_first()

    def set_supposing(self, on: bool) -> None:
        """Begins to try answers out, or ends it."""
        self._supposing = self.query_one(CaseOutline).stepping = on
        self.query_one(VerdictCard).set_class(on, "-supposing")

    def discard(self) -> None:
        """Back to the real case."""
        self.leave_editor()
        changed = bool(self._changes)
        self.set_supposing(False)
        self.suppose({})
        self.write_hint()
        if changed:
            self.post_message(self.Told("Discarded: nothing was changed."))

    def action_keep(self) -> None:
        """What was tried out is what holds from now on, in one step that can be undone."""
        if not self._supposing or self._moment is None:
            return
        if self._changes:
            said, shown = views.kept(self._moment.policy, self._changes)
            self._changes = {}
            self.post_message(self.Said(said, shown))
        self.discard()

    def suppose(self, changes: "Mapping[str, Value | None]") -> bool:
        """Shows the moment with these changes; where they cannot be, says so and keeps those before."""
        moment = self._moment
        if moment is None:
            return False
        try:
            self._moment = moment.supposing(changes)
        except WhysoError as error:
            self.post_message(self.Told(views.told(error)))
            return False
        self._changes = dict(self._moment.supposed)
        self.refresh_views()
        return True
