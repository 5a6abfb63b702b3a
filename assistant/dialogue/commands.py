"""The commands of the chat, as slash commands and in plain words."""

from dataclasses import dataclass

from assistant.dialogue.questions import folded


@dataclass(frozen=True, slots=True)
class Command:
    """A command's name, what it takes, what it does, and plain words that mean it."""

    name: str
    takes: str
    does: str
    words: tuple[str, ...] = ()


COMMANDS = (
    Command(
        "how",
        "[all]",
        "how the recommendation follows, down to your answers",
        ("how", "how so", "how come", "show the proof"),
    ),
    Command(
        "why", "", "why I ask this question", ("why", "why do you ask", "why do you ask this", "why this question")
    ),
    Command("why-not", "OPTION", "what another option lacks"),
    Command("what-if", "FACT=ANSWER", "what would differ, without changing anything"),
    Command(
        "flip",
        "[OPTION]",
        "what would change the recommendation",
        ("what would change your mind", "what would change it", "what would flip it"),
    ),
    Command("settle", "", "which answers settle it", ("what settles it", "what decides it")),
    Command("answers", "", "what you have told me", ("what have i told you", "my answers", "what did i say")),
    Command("change", "FACT [ANSWER]", "answer a question again"),
    Command("undo", "", "take back the last answer", ("go back", "back", "undo")),
    Command("restart", "", "begin again", ("start over", "start again", "restart", "begin again")),
    Command("sources", "[NUMBER]", "the passages behind what I said", ("sources", "show sources", "show the sources")),
    Command("result", "", "the recommendation as it stands", ("result", "what do you recommend", "conclude")),
    Command("plan", "", "the way there, step by step, with the risks", ("what next", "what now", "the plan", "plan")),
    Command("costs", "", "what each option costs", ("how much", "costs", "what does it cost", "the costs")),
    Command("more", "", "the questions that sharpen plan and costs", ("more", "more questions", "go on", "continue")),
    Command("help", "", "what can be said here", ("help", "what can i say", "what can i do")),
    Command("quit", "", "end the conversation", ("quit", "exit", "bye", "goodbye", "stop")),
)
BY_NAME = {command.name: command for command in COMMANDS}
_WORDS = {word: command.name for command in COMMANDS for word in command.words}


def parse_command(text: str) -> tuple[str, str] | None:
    """The name and argument of a command; None where the text is none. An unknown slash command gives its word."""
    stripped = text.strip()
    if stripped.startswith("/"):
        name, _, argument = stripped[1:].partition(" ")
        return name.lower(), argument.strip()
    said = folded(stripped).rstrip("?").strip()
    if said in _WORDS:
        return _WORDS[said], ""
    for start, name in (("why not ", "why-not"), ("what if ", "what-if")):
        if said.startswith(start):
            return name, stripped[len(start) :].rstrip("?").strip()
    first, _, rest = said.partition(" ")
    if first in ("change", "sources", "source") and rest:
        return first if first == "change" else "sources", stripped.split(None, 1)[1]
    return None
