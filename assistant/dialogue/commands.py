"""The commands of the chat: what each takes and does. In which plain words they are meant is in `dialogue.wordings`."""

from collections.abc import Collection
from dataclasses import dataclass

from assistant.dialogue.horizons import without_months
from assistant.dialogue.intents import intent_of


@dataclass(frozen=True, slots=True)
class Command:
    """A command's name, what it takes and what it does."""

    name: str
    takes: str
    does: str


COMMANDS = (
    Command("how", "[all]", "how the recommendation follows, down to your answers"),
    Command("why", "", "why I ask this question"),
    Command("why-not", "OPTION", "what another option lacks"),
    Command("what-if", "FACT=ANSWER", "what would differ, without changing anything"),
    Command("flip", "[OPTION]", "what would change the recommendation"),
    Command("settle", "", "which answers settle it"),
    Command("sure", "", "how sure the recommendation is, and what it hangs on"),
    Command("assumptions", "", "what I take for granted: values, readings, defaults"),
    Command("ask", "QUESTION", "what the article says"),
    Command("meaning", "[TERM]", "what a term means"),
    Command("answers", "", "what you have told me"),
    Command("change", "FACT [ANSWER]", "answer a question again"),
    Command("set", "FACT=ANSWER …", "change several answers in one step"),
    Command("take", "NUMBER", "choose what you meant, where I ask back"),
    Command("undo", "", "take back the last answer"),
    Command("restart", "", "begin again"),
    Command("sources", "[NUMBER]", "the passages behind what I said"),
    Command("result", "", "the recommendation as it stands"),
    Command("plan", "", "the way there, step by step, with the risks"),
    Command("costs", "[MONTHS]", "what each option costs, and when one passes another"),
    Command("report", "[FORMAT] [FILE]", "save the decision record to a file: md, html, json or adr"),
    Command("more", "", "the questions that sharpen plan and costs"),
    Command("help", "", "what can be said here"),
    Command("quit", "", "end the conversation"),
)
BY_NAME = {command.name: command for command in COMMANDS}


def parse_command(text: str, options: Collection[str] = ()) -> tuple[str, str] | None:
    """The name and argument of a command; None where the text is none. An unknown slash command gives its word.

    `options` are the words by which options go.
    """
    stripped = text.strip()
    if stripped.startswith("/"):
        name, _, argument = stripped[1:].partition(" ")
        return name.lower(), argument.strip()
    intent = intent_of(stripped, options)
    if intent is None:
        return _over_months(stripped, options)
    return intent.command, intent.argument


def _over_months(text: str, options: Collection[str]) -> tuple[str, str] | None:
    """The question about costs that a text is but for the months it names."""
    found = without_months(text)
    intent = intent_of(found[0], options) if found else None
    return ("costs", found[1]) if found and intent and intent.command == "costs" else None
