"""What the interface itself says in the conversation: its keys, and where a passage was opened."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.explanation.document import Paragraph
    from assistant.tui.key_names import KeyNames

KEYS = (
    "Enter: say what you typed; with nothing typed, choose what is highlighted",
    "{up}, {down}: move in the choices; where there are none, through what you said before",
    "{said-before}, {said-after}: through what you said before",
    "{page-up}, {page-down}: scroll the conversation",
    "{complete}, Right: complete a command; {complete} also goes to the choices and beside the conversation",
    "{case}, {reasons}, {source}, {costs}, {alternatives}: the case, the reasons, the sources, the costs, the "
    "alternatives; the same key again goes back",
    "There: Up, Down move, {fold}, {unfold} fold; Enter edits a fact, reads a source, tries a change out; {open} opens "
    "the rule, fact or claim in your editor",
    "{suppose}: what if, trying answers out beside the real case; {fold}, {unfold} change a fact, {keep} keeps, "
    "{suppose} discards",
    "{undo}: take back what was noted last, as /undo does",
    "{back}: one step back, in the end to where you type; it also stops a long proof, as {stop} does",
    "{palette}: everything: commands, facts, passages, rules, themes, keys; typing finds it",
    "/: commands, with what they take; {up}, {down} and {complete} choose, Enter takes, {back} closes",
    "{find}: search the conversation; Enter or {next-match}, and {previous-match*} go through it, {back} ends it",
    "{jump}: a letter over each place; its key goes there",
    "{copy}: send what is selected, else the last reply, to the terminal's clipboard",
    "{save}: save the conversation into a new text file",
    "{quit}, /quit: leave",
)
"""Each names its keys by their ids."""


def key_paragraphs(names: "KeyNames", changed: Iterable[str] = ()) -> "tuple[Paragraph, ...]":
    """What follows the conversation's own help; `changed` are lines about keys that are not the usual ones."""
    from assistant.explanation.document import Paragraph, Style
    from assistant.tui.local_commands import local_commands

    own = (f"/{command.name} {command.takes}".rstrip() + f": {command.does}" for command in local_commands())
    keys = [line.format_map(names) for line in KEYS]
    parts = (("On this screen", own), ("Keys", keys), ("Keys by your settings", tuple(changed)))
    return tuple(
        paragraph
        for title, lines in parts
        if lines
        for paragraph in (Paragraph(Style.HEADING, title), *(Paragraph(Style.POINT, line) for line in lines))
    )


def opened_paragraph(names: "KeyNames") -> "Paragraph":
    """What stands in the conversation for a passage that is shown among the sources."""
    from assistant.explanation.document import Paragraph, Style

    return Paragraph(Style.NOTE, f"Opened among the sources: {names['source']} goes there and back.")
