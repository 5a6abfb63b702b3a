"""The seam between talking and keeping what was said: what is done with each turn of a conversation once it is over.

The conversation knows nothing of it. Whoever holds one begins it through a `Saving`, and hands each turn to it.
"""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from assistant.dialogue.conversation import Conversation, Reply
    from assistant.explanation.document import Document


class Saving(Protocol):
    """What keeps a conversation."""

    @property
    def earlier(self) -> "tuple[tuple[str | None, Document], ...]":
        """What was said before this sitting, each message with its reply."""

    def begin(self, conversation: "Conversation") -> "Reply":
        """How the conversation begins: with the greeting, or where it was left."""

    def saved(self, conversation: "Conversation", said: str, reply: "Reply") -> "Reply":
        """Keeps a turn that is over; the reply to show, with a note where there is trouble."""

    def adopted(self, conversation: "Conversation", reply: "Reply") -> "Reply":
        """Keeps that the conversation goes on under another policy; the reply to show, as above."""


class Unsaved:
    """Keeps nothing."""

    earlier: "tuple[tuple[str | None, Document], ...]" = ()

    def begin(self, conversation: "Conversation") -> "Reply":
        """The greeting."""
        return conversation.open()

    def saved(self, conversation: "Conversation", said: str, reply: "Reply") -> "Reply":
        """The reply as it is."""
        return reply

    def adopted(self, conversation: "Conversation", reply: "Reply") -> "Reply":
        """The reply as it is."""
        return reply
