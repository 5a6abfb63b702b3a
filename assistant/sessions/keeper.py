"""Keeps a conversation turn by turn, and never stands in its way: where that fails, it says so once and tries again.

What could not be written waits, so that a disk that has room again gets all of it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from assistant.dialogue.conversation import Conversation, Reply
from assistant.explanation.document import Document, Style, said
from assistant.sessions.errors import StoreError
from assistant.sessions.place import data_file
from assistant.sessions.record import (
    Past,
    PolicyRecord,
    Saved,
    TurnRecord,
    fact_records,
    past_of,
    policy_record,
    turn_record,
)
from assistant.sessions.resuming import resume
from assistant.sessions.store import Additions, Store

MOST_EARLIER = 30
RESUMABLE = "This conversation is saved as we talk; whyso resume takes it up again."


def utc_now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Keeper:
    """Keeps one conversation: a new one, or `saved` from where it was left.

    `folder` is that of its policy, None for the shipped one. Without `writes` nothing that is said now is kept.
    """

    def __init__(
        self,
        folder: str | None = None,
        saved: Saved | None = None,
        clock: Callable[[], str] = utc_now,
        *,
        writes: bool = True,
    ) -> None:
        self._folder = folder
        self._saved = saved
        self._clock = clock
        self._id = saved.summary.id if saved else None
        self._past = past_of(saved.turns) if saved else Past()
        self._number = saved.turns[-1].number + 1 if saved else 0
        self._waiting: list[TurnRecord] = []
        self._failed = False
        self._gave_up = not writes
        self._store: Store | None = None
        self._policies: dict[str, PolicyRecord] = {}

    @property
    def id(self) -> int | None:
        """The number under which it is kept, once it is."""
        return self._id

    @property
    def earlier(self) -> tuple[tuple[str | None, Document], ...]:
        """The last turns before this sitting."""
        turns = self._saved.turns[-MOST_EARLIER:] if self._saved else ()
        return tuple((turn.said, turn.reply) for turn in turns)

    def begin(self, conversation: Conversation) -> Reply:
        """The greeting, or where it was left; with a note of whether it is being saved.

        Nothing is written before something has been said.
        """
        reply = resume(conversation, self._saved, self._past) if self._saved else conversation.open()
        if self._gave_up:
            return reply
        self._add(None, reply, conversation)
        try:
            self._opened().database.check()
        except StoreError as error:
            note = self._failing(error)
        else:
            note = said(RESUMABLE, Style.NOTE)
        return replace(reply, document=reply.document + note)

    def saved(self, conversation: Conversation, said: str, reply: Reply) -> Reply:
        """Keeps a turn; the reply to show, after a note where something has changed about the saving."""
        if self._gave_up:
            return reply
        self._add(said.rstrip("\r\n"), reply, conversation)
        return replace(reply, document=self._written(conversation) + reply.document)

    def adopted(self, conversation: Conversation, reply: Reply) -> Reply:
        """Keeps the turn in which another policy came into force, unless nothing has been said so far."""
        if self._gave_up or not reply.document.paragraphs:
            return reply
        self._add(None, reply, conversation)
        if self._id is None and all(turn.said is None for turn in self._waiting):
            return reply
        return replace(reply, document=self._written(conversation) + reply.document)

    def _add(self, said: str | None, reply: Reply, conversation: Conversation) -> None:
        turn = turn_record(self._number, self._clock(), said, reply, conversation, self._past)
        self._past = self._past.after(turn)
        self._number += 1
        self._waiting.append(turn)
        if turn.policy not in self._policies:
            self._policies[turn.policy] = policy_record(conversation.policy)

    def _written(self, conversation: Conversation) -> Document:
        """Writes what waits; what there is to say of that."""
        facts = fact_records(conversation.decision, conversation.state, self._past.told_in)
        policies = tuple(self._policies[digest] for digest in {turn.policy: None for turn in self._waiting})
        additions = Additions(tuple(self._waiting), facts, policies, self._folder)
        before, failed = self._id, self._failed
        try:
            self._id = self._opened().add(before, additions)
        except StoreError as error:
            return self._failing(error)
        self._waiting.clear()
        self._failed = False
        if before is not None and before != self._id:
            text = f"Another window went on with conversation {before}; this one is saved as {self._id} from here."
            return said(text, Style.NOTE)
        return said("This conversation is saved again, all of it.", Style.NOTE) if failed else Document()

    def _opened(self) -> Store:
        if self._store is None:
            self._store = Store(data_file())
        return self._store

    def _failing(self, error: StoreError) -> Document:
        """That it is not being saved, and why; nothing where that has been said."""
        told, self._failed = self._failed, True
        if error.lasting:
            self._gave_up = True
            self._waiting.clear()
        if told:
            return Document()
        help = f" {error.help[:1].upper()}{error.help[1:]}." if error.help else ""
        return said(f"This conversation is not being saved: {error.message}.{help}", Style.ERROR)
