"""What a reply says, as one text."""

from assistant.dialogue.conversation import Reply
from assistant.explanation.plain import lines_of


def text(reply: Reply) -> str:
    return lines_of(reply.document, 1000)
