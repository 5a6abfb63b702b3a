"""What every command shares: the options that may stand anywhere, reading a case, printing."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from assistant.errors import InputError, WhysoError

if TYPE_CHECKING:
    from assistant.cli.in_force import InForce
    from assistant.explanation.document import Document
    from assistant.policy.syntax import Policy
    from assistant.preferences.model import Settings as Preferences
    from assistant.reasoning.cases import Case

F = TypeVar("F", bound=Callable[..., Any])
MAX_CASE_BYTES = 1 << 20


class Settings:
    """What `--policy`, `--engine`, `--plain` and `--no-save` say, wherever on the line they stand."""

    policy: str | None = None
    engine: str | None = None
    plain: bool = False
    no_save: bool = False
    held_under: "InForce | None" = None

    @property
    def in_force(self) -> "InForce":
        """Which policy is in force: that of the conversation, if one is taken up, else what the user names."""
        from assistant.cli.in_force import policy_in_force

        return self.held_under or policy_in_force(self.policy)

    def load(self) -> "Policy":
        """The policy in force."""
        from assistant.reasoning.loading import load_policy

        chosen = self.in_force
        with chosen.told():
            return load_policy(chosen.folder)

    def case(self, name: str) -> "tuple[Policy, Case]":
        """The policy in force, and the case in a file or, for `-`, on standard input."""
        from assistant.reasoning.cases import read_case

        policy = self.load()
        data, shown_name = read_input(name)
        return policy, read_case(data, shown_name, policy)

    def possible_case(self, name: str) -> "tuple[Policy, Case]":
        """As `case`; raises `ContradictionError` where its answers are declared impossible together."""
        from assistant.reasoning.decision import decide

        policy, read = self.case(name)
        decide(policy, read.answers, self.engine)
        return policy, read


def own_settings() -> "Preferences":
    """The user's settings as far as they concern a command; what is wrong with them is told in the chat."""
    from assistant.preferences.file import SettingsFile
    from assistant.preferences.model import Known
    from assistant.preferences.place import settings_path

    return SettingsFile(settings_path()).read(Known({}, ()))[0]


settings = click.make_pass_decorator(Settings, ensure=True)


def not_empty(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Refuses a name that is empty, as that of a variable which is not set."""
    if value == "":
        raise click.BadParameter("it is empty: name a folder, or leave it out", context, parameter)
    return value


def _remember(context: click.Context, parameter: click.Parameter, value: str | bool | None) -> None:
    if not_empty(context, parameter, value if isinstance(value, str) else None) or value:
        setattr(context.find_root().ensure_object(Settings), str(parameter.name), value)


def anywhere(function: F) -> F:
    """The options that may stand before or after the command."""
    policy = click.option(
        "--policy",
        metavar="DIR",
        type=click.Path(),
        expose_value=False,
        callback=_remember,
        help="The policy's folder; without it WHYSO_POLICY, then `policy:` in the settings, then the shipped one.",
    )
    engine = click.option(
        "--engine",
        type=click.Choice(["durable", "reference"]),
        expose_value=False,
        callback=_remember,
        help="The rule engine; durable where it imports.",
    )
    return policy(engine(function))


def talking(function: F) -> F:
    """The options of the chat, before or after the command."""
    plain = click.option(
        "--plain",
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help="Chat in plain lines on standard input and output.",
    )
    no_save = click.option(
        "--no-save",
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help="Talk without saving the conversation.",
    )
    return plain(no_save(function))


def formats(*names: str) -> Callable[[F], F]:
    """`--format`, the first name being the default."""
    return click.option("--format", "form", type=click.Choice(names), default=names[0], help="How to print the result.")


CASE = click.argument("case", metavar="CASE")


def completing(names: "Callable[[Policy], list[str]]") -> Callable[..., list[str]]:
    """Shell completion from what the policy in force holds."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        try:
            known = names(context.find_root().ensure_object(Settings).load())
        except WhysoError:
            return []
        return [name for name in known if name.startswith(incomplete)]

    return complete


def read_input(name: str, limit: int = MAX_CASE_BYTES) -> tuple[bytes, str]:
    """The bytes of a file, or of standard input for `-`, and how messages name them."""
    from assistant.policy.folder import displayed
    from assistant.reading.parser import read_bytes

    if name != "-":
        path = Path(name)
        return read_bytes(path, displayed(path), limit), displayed(path)
    data = sys.stdin.buffer.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"standard input is larger than {limit >> 20} MiB")
    return data, "<stdin>"


def echo(document: "Document") -> None:
    """Prints a document for people: as wide as the terminal, in colour only where that is wanted."""
    from assistant.explanation.plain import lines_of

    terminal = sys.stdout.isatty()
    width = min(os.get_terminal_size().columns, 100) if terminal else 100
    colour = terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    click.echo(lines_of(document, width, colour=colour), file=sys.stdout, color=colour or None)


def echo_json(data: Any) -> None:
    """Prints data for programs."""
    from assistant.reports.data import dumps

    click.echo(dumps(data))
