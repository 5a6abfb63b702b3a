"""Talking while it is saved, and having it back."""

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path

from assistant.dialogue.conversation import Conversation, Reply
from assistant.explanation.plain import lines_of
from assistant.policy.syntax import Policy
from assistant.sessions.keeper import Keeper
from assistant.sessions.place import data_file
from assistant.sessions.record import Saved
from assistant.sessions.store import Store


def clock() -> Callable[[], str]:
    """A clock that goes on by a minute each time it is looked at."""
    minutes: Iterator[int] = count()
    return lambda: f"2026-01-02T03:{next(minutes) % 60:02}:00Z"


class Sitting:
    """A conversation that is saved, in one window."""

    def __init__(self, policy: Policy, saved: Saved | None = None, folder: Path | None = None) -> None:
        self.conversation = Conversation(policy, "reference")
        self.keeper = Keeper(str(folder) if folder else None, saved, clock())
        self.beginning = self.keeper.begin(self.conversation)

    def say(self, *messages: str) -> Reply:
        reply = self.beginning
        for message in messages:
            reply = self.keeper.saved(self.conversation, message, self.conversation.say(message))
        return reply

    def adopt(self, policy: Policy) -> Reply:
        return self.keeper.adopted(self.conversation, self.conversation.adopt(policy))


def text(reply: Reply) -> str:
    return lines_of(reply.document, 1000)


def talked(policy: Policy, messages: Iterable[str]) -> Sitting:
    """A sitting in which these were said."""
    sitting = Sitting(policy)
    sitting.say(*messages)
    return sitting


def store() -> Store:
    return Store(data_file())


def left(wanted: str | None = None) -> Saved:
    """A conversation as it was left, the latest without a name."""
    return store().load(store().find(wanted))
