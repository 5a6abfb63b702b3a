"""The commands of the screen itself, which are no part of the conversation: nothing of them is said or saved."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.dialogue.commands import Command

_COMMANDS = (
    ("find", "[TEXT]", "search the conversation"),
    ("copy", "", "send what is selected, else the last reply, to the terminal's clipboard"),
    ("save", "[FILE]", "write the conversation into a new text file"),
    ("theme", "[NAME]", "other colours"),
    ("jump", "", "go to any place on the screen by a letter"),
    ("edit", "[RULE|PARAM|FACT|OPTION]", "open it in your editor at its line; without a name the first mistake"),
)


def local_commands() -> "tuple[Command, ...]":
    """What they are called, take and do."""
    from assistant.dialogue.commands import Command

    return tuple(Command(*fields) for fields in _COMMANDS)


def local_command(text: str) -> tuple[str, str] | None:
    """The name and argument, where a text is one of them."""
    name, _, argument = text.strip().partition(" ")
    known = name.lower().removeprefix("/")
    if not name.startswith("/") or known not in {command[0] for command in _COMMANDS}:
        return None
    return known, argument.strip()
