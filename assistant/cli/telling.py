"""The command that reads free text: read."""

import sys

import click

from assistant.cli.settings import Settings, anywhere, echo, echo_json, formats, settings
from assistant.errors import InputError, did_you_mean, shown

_MOST_BYTES = 1 << 16


@click.command()
@click.argument("text", metavar="TEXT")
@formats("text", "json")
@click.option("--asked", metavar="FACT", help="The fact that TEXT answers a question about.")
@anywhere
@settings
def read(chosen: Settings, text: str, form: str, asked: str | None) -> None:
    """Show which facts TEXT tells, with the words they come from. TEXT is - for standard input.

    \b
    Examples:
      whyso read "about 5k labelled tickets, docs change daily, p95 under 200 ms"
      whyso read "every few hours" --asked update_frequency
      whyso read - --format json < message.txt
    """
    from assistant.dialogue.understanding import read as understand
    from assistant.dialogue.understood import understood
    from assistant.reports.understanding import reading_data

    policy = chosen.load()
    if asked is not None and asked not in policy.told:
        raise InputError(f"there is no fact `{shown(asked)}` to be told", help=did_you_mean(asked, policy.told))
    reading = understand(policy, _standard_input() if text == "-" else text, asked)
    if form == "json":
        echo_json(reading_data(reading))
    else:
        echo(understood(policy, reading))


def _standard_input() -> str:
    """The beginning of standard input; more of it than is ever read of a message."""
    return sys.stdin.buffer.read(_MOST_BYTES).decode("utf-8", errors="replace")


COMMANDS = (read,)
