"""How a command that is being typed may go on: its name, then what it takes. Pure; offered, never pressed on anyone."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.dialogue.commands import COMMANDS, Command
from assistant.dialogue.questions import question_for
from assistant.explanation.wording import one_line
from assistant.policy.places import KINDS
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import FactType

_LITERAL = re.compile(r"\[([a-z]+)\]")


@dataclass(frozen=True, slots=True)
class Completion:
    """A way to go on: the whole `text` as it then is, how it is shown, what it does; `whole` where it can be said so.

    `name` is that of the command, as long as that is what is being typed.
    """

    text: str
    shown: str
    does: str
    whole: bool = True
    name: bool = False


def completions(
    policy: Policy | None, text: str, sources: Iterable[tuple[str, str]] = (), more: Iterable[Command] = ()
) -> tuple[Completion, ...]:
    """The ways to go on with a command, the best first; none where `text` is none.

    `sources` are the numbers and titles of the passages cited last, `more` commands beside the conversation's own.
    Without a policy only names are completed.
    """
    if not text.startswith("/"):
        return ()
    name, space, argument = text[1:].partition(" ")
    commands = (*COMMANDS, *more)
    if not space:
        return tuple(_names(name.lower(), commands))
    command = next((command for command in commands if command.name == name.lower()), None)
    if command is None or policy is None:
        return ()
    found = _arguments(policy, command, argument.lstrip(), tuple(sources))
    return tuple(one for one in found if one.text != text)


def _names(begun: str, commands: tuple[Command, ...]) -> Iterator[Completion]:
    """Commands by name: first those that begin so, then those that hold it, or speak of it."""
    first = [command for command in commands if command.name.startswith(begun)]
    held = [command for command in commands if len(begun) > 1 and command not in first and begun in command.name]
    spoken = [command for command in commands if command not in [*first, *held] and begun in command.does.split()]
    for command in [*first, *held, *spoken]:
        takes = command.takes
        needs = bool(takes) and not takes.startswith("[")
        yield Completion(
            f"/{command.name}{' ' if needs else ''}",
            f"/{command.name} {takes}".rstrip(),
            one_line(command.does),
            whole=not needs,
            name=True,
        )


def _arguments(
    policy: Policy, command: Command, argument: str, sources: tuple[tuple[str, str], ...]
) -> Iterator[Completion]:
    """What a command takes, by how its `takes` says so."""
    before = f"/{command.name} "
    takes = command.takes
    literal = _LITERAL.fullmatch(takes)
    if command.name == "edit":
        yield from _from(before, argument, _things(policy))
    elif "FACT" in takes:
        yield from _facts(policy, before, argument, "=" if "FACT=" in takes else " ", needs=takes == "FACT=ANSWER")
    elif "OPTION" in takes:
        yield from _from(before, argument, ((option.id, option.label) for option in policy.options))
    elif "TERM" in takes:
        yield from _from(before, argument, ((meaning.term, "") for meaning in policy.source.glossary))
    elif "NUMBER" in takes and command.name == "sources":
        yield from _from(before, argument, sources)
    elif literal:
        yield from _from(before, argument, [(literal[1], "")])


def _things(policy: Policy) -> Iterator[tuple[str, str]]:
    """What has a place in the policy's files: each by its id, with its kind where another bears the same."""
    origins = sorted(policy.origins, key=lambda origin: KINDS.index(origin.kind))
    count = Counter(origin.id for origin in origins)
    for origin in origins:
        name = origin.id if count[origin.id] == 1 else f"{origin.kind}:{origin.id}"
        yield name, f"{origin.kind}, {(origin.off or origin.settings[-1]).at}"


def _from(before: str, begun: str, known: Iterable[tuple[str, str]]) -> Iterator[Completion]:
    """The texts that hold what is begun, or whose labels do; those that begin so first."""
    wanted = begun.lower()
    pairs = [(text, label) for text, label in known if wanted in text.lower() or wanted in label.lower()]
    pairs.sort(key=lambda pair: not (pair[0].lower().startswith(wanted) or pair[1].lower().startswith(wanted)))
    for text, label in pairs:
        yield Completion(f"{before}{text}", text, one_line(label))


def _facts(policy: Policy, before: str, argument: str, joint: str, *, needs: bool) -> Iterator[Completion]:
    """Facts by name or label; once one is named, its answers."""
    *done, part = argument.split(" ") if joint == "=" else [argument]
    lead = before + "".join(f"{word} " for word in done)
    name, joined, begun = part.partition(joint)
    fact = policy.told.get(name)
    if joined and fact is not None:
        yield from _answers(fact, f"{lead}{name}{joint}", begun.strip())
        return
    for found in _from(lead, part, ((fact.name, fact.label) for fact in policy.told.values())):
        yield Completion(
            found.text + (joint if needs else ""), found.shown + (joint if needs else ""), found.does, whole=not needs
        )


def _answers(fact: FactType, before: str, begun: str) -> Iterator[Completion]:
    """The answers that a fact's question offers; how to say one where it offers none that fits."""
    question = question_for(fact)
    for choice in question.choices:
        if begun.lower() in choice.label.lower() or begun.lower() in choice.said.lower():
            label = "" if choice.label == choice.said else choice.label
            yield Completion(f"{before}{choice.said}", choice.said, one_line(label))
