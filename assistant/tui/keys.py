"""What the interface itself says in the conversation: its keys, and where a passage was opened."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.explanation.document import Paragraph

KEYS = (
    "Enter: say what you typed; with nothing typed, choose what is highlighted",
    "Up, Down: move in the choices; where there are none, through what you said before",
    "Ctrl+Up, Ctrl+Down: through what you said before",
    "PageUp, PageDown: scroll the conversation",
    "Tab, Right: complete a command; Tab also goes to the choices and beside the conversation",
    "F2 to F6: the case, the reasons, the sources, the costs, the alternatives; the same key again goes back",
    "There: Up, Down move, Left, Right fold; Enter edits a fact, reads a source, tries a change out",
    "F7: what if, trying answers out beside the real case; Left, Right change a fact, F8 keeps, F7 discards",
    "Ctrl+Z: take back what was noted last, as /undo does",
    "Escape: one step back, in the end to where you type; it also stops a long proof, as Ctrl+C does",
    "Ctrl+P: everything: commands, facts, passages, rules, themes, keys; typing finds it",
    "/: commands, with what they take; Up, Down and Tab choose, Enter takes, Escape closes",
    "Ctrl+F: search the conversation; Enter or Ctrl+G and Up go through it, Escape ends it",
    "Ctrl+O: a letter over each place; its key goes there",
    "Ctrl+Y: send what is selected, else the last reply, to the terminal's clipboard",
    "Ctrl+S: save the conversation into a new text file",
    "Ctrl+Q, /quit: leave",
)


def key_paragraphs(changed: Iterable[str] = ()) -> "tuple[Paragraph, ...]":
    """What follows the conversation's own help; `changed` are lines about keys that are not the usual ones."""
    from assistant.explanation.document import Paragraph, Style
    from assistant.tui.local_commands import local_commands

    own = (f"/{command.name} {command.takes}".rstrip() + f": {command.does}" for command in local_commands())
    parts = (("On this screen", own), ("Keys", KEYS), ("Keys by your settings", tuple(changed)))
    return tuple(
        paragraph
        for title, lines in parts
        if lines
        for paragraph in (Paragraph(Style.HEADING, title), *(Paragraph(Style.POINT, line) for line in lines))
    )


def opened_paragraph() -> "Paragraph":
    """What stands in the conversation for a passage that is shown among the sources."""
    from assistant.explanation.document import Paragraph, Style

    return Paragraph(Style.NOTE, "Opened among the sources: F4 goes there and back.")
