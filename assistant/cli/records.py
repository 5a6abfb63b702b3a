"""The commands about records: report, verify."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.settings import Settings, anywhere, echo, read_input, settings
from assistant.errors import InputError, shown

if TYPE_CHECKING:
    from assistant.policy.syntax import Policy
    from assistant.reports.subject import Subject

MAX_RECORD_BYTES = 16 << 20
FORMATS = ("md", "html", "json", "adr")


@click.command()
@click.argument("subject", metavar="CASE|SESSION")
@click.option("--format", "form", type=click.Choice(FORMATS), default="md", help="The format of the record.")
@click.option("--output", "-o", metavar="FILE", type=click.Path(), help="Where to write it; standard output without.")
@anywhere
@settings
def report(chosen: Settings, subject: str, form: str, output: str | None) -> None:
    """Write the decision record of CASE, or of a saved conversation by its number or name.

    A record holds the facts with their words, the recommendation and why, why not the others, what would change it,
    risks, costs, sources, and all it takes to verify it. A file of that name goes before a conversation.

    \b
    Examples:
      whyso report case.yaml
      whyso report case.yaml --format adr --output docs/decisions/0007-rag.md
      whyso report 3 --format html --output record.html
    """
    from assistant.reasoning.decision import decide
    from assistant.reports.files import write_file
    from assistant.reports.rendering import write_record

    policy, found = _subject(chosen, subject)
    done = write_record(decide(policy, found.answers, chosen.engine, found.own), found, form)
    for finding in done.findings:
        click.echo(str(finding), err=True)
    if output is None or output == "-":
        sys.stdout.buffer.write(done.data)
        sys.stdout.buffer.flush()
    else:
        write_file(Path(output), done.data)
    if done.findings:
        raise SystemExit(1)


def _subject(chosen: Settings, name: str) -> "tuple[Policy, Subject]":
    """The policy, and the answers of a case or a conversation under it."""
    from assistant.reports.subject import subject_of_case

    if name == "-" or (_exists(name) and not Path(name).is_dir()):
        policy, case = chosen.case(name)
        return policy, subject_of_case(case)
    return _session(chosen, name)


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def _session(chosen: Settings, name: str) -> "tuple[Policy, Subject]":
    from assistant.cli.conversations import policy_of, store_of_all
    from assistant.dialogue.admitting import admitted
    from assistant.reports.subject import subject_of_session

    store = store_of_all()
    try:
        summary = store.find(name)
    except InputError as error:
        help = "name a case file, or a conversation that `whyso sessions` lists"
        raise InputError(f"there is no file `{shown(name)}`, and {error.message}", help=help) from None
    if chosen.policy is None:
        chosen.held_under = policy_of(summary)
    saved, policy = store.load(summary), chosen.load()
    state, left = admitted(policy, saved.turns[-1].state)
    if summary.policy.digest != policy.digest:
        click.echo(
            f"the policy has changed since conversation {summary.id}: this record is by what it is now", err=True
        )
    for one in left:
        click.echo(f"left out: `{shown(one.fact)}`: {one.why}", err=True)
    return policy, subject_of_session(saved, state.answers)


@click.command()
@click.argument("record", metavar="RECORD")
@anywhere
@settings
def verify(chosen: Settings, record: str) -> None:
    """Check that RECORD still follows from its own facts: made again from them, byte by byte.

    RECORD is a file that `whyso report` wrote, in any format, or - for standard input. The exit code is 0 where it is
    reproduced exactly, 1 where it was altered or where the policy changed since; what differs is said.

    \b
    Examples:
      whyso verify docs/decisions/0007-rag.md
      whyso verify record.html --policy our-policy
    """
    from assistant.reports.verifying import Outcome
    from assistant.reports.verifying import verify as checked

    data, name = read_input(record, MAX_RECORD_BYTES)
    found = checked(data, name, chosen.load(), chosen.engine)
    echo(found.document)
    if found.outcome is not Outcome.REPRODUCED:
        raise SystemExit(1)


COMMANDS = (report, verify)
