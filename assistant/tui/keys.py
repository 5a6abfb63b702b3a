"""What the interface itself says in the conversation: its keys, and where a passage was opened."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.explanation.document import Paragraph

KEYS = (
    "Enter: say what you typed; with nothing typed, choose what is highlighted",
    "Up, Down: move in the choices; where there are none, through what you said before",
    "Ctrl+Up, Ctrl+Down: through what you said before",
    "PageUp, PageDown: scroll the conversation",
    "Tab, Right: complete a command; Tab also goes to the choices and the sources",
    "F2: to the sources and back; Enter reads one, Backspace goes back to the list",
    "Ctrl+Z: take back what was noted last, as /undo does",
    "Escape: one step back, in the end to where you type; it also stops a long proof, as Ctrl+C does",
    "Ctrl+P: themes and other commands",
    "Ctrl+Q, /quit: leave",
)


def key_paragraphs() -> "tuple[Paragraph, ...]":
    """What follows the conversation's own help."""
    from assistant.explanation.document import Paragraph, Style

    return (Paragraph(Style.HEADING, "Keys"), *(Paragraph(Style.POINT, key) for key in KEYS))


def opened_paragraph() -> "Paragraph":
    """What stands in the conversation for a passage that is shown among the sources."""
    from assistant.explanation.document import Paragraph, Style

    return Paragraph(Style.NOTE, "Opened among the sources: F2 goes there and back.")
