"""The seam between talking and handing over a decision record: what `/report` takes, and who writes the file.

The conversation knows neither formats nor files; whoever holds it may give it a `Recording`.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING, Protocol

from assistant.errors import shown
from assistant.explanation.document import Document, said, told_wrong
from assistant.explanation.wording import listed

if TYPE_CHECKING:
    from assistant.dialogue.conversation import Conversation

DEFAULT = "md"


class Recording(Protocol):
    """What writes the record of a conversation to a file."""

    @property
    def formats(self) -> Collection[str]:
        """The formats there are."""

    def write(self, conversation: "Conversation", form: str, file: str) -> Document:
        """Writes the record to that file, which must not be there yet, or to a new one where none is named; tells."""


def handed_over(recording: Recording | None, conversation: "Conversation", argument: str) -> Document:
    """Writes the record by what was said after `/report`: a format, a file, both or neither."""
    if recording is None:
        return told_wrong("no record can be written here", "say whyso report on the command line")
    first, _, rest = argument.partition(" ")
    if first.lower() in recording.formats:
        return recording.write(conversation, first.lower(), rest.strip())
    ending = argument.rpartition(".")[2].lower() if "." in argument else ""
    if argument and not ending:
        formats = listed(recording.formats, "or")
        return told_wrong(f"there is no format `{shown(argument)}`", f"say {formats}, and a file if you like")
    return recording.write(conversation, ending if ending in recording.formats else DEFAULT, argument)


def nothing_told() -> Document:
    """That there is nothing to write a record of."""
    return said("You have told me nothing yet, so there is nothing to write a record of.")
