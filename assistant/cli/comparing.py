"""The command about two policies: diff."""

from typing import TYPE_CHECKING

import click

from assistant.cli.settings import Settings, anywhere, echo, echo_json, formats, settings
from assistant.errors import InputError, shown

if TYPE_CHECKING:
    from assistant.comparison.comparing import Comparison


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", required=False)
@formats("text", "json", "md")
@click.option("--limit", type=click.FloatRange(0, 3600), help="Seconds for the proofs in all; 10 without it.")
@click.option("--no-sessions", is_flag=True, help="Leave saved conversations out.")
@anywhere
@settings
def diff(chosen: Settings, old: str, new: str | None, form: str, limit: float | None, no_sessions: bool) -> None:
    """Tell what an edit of a policy changes, and for whom: whose recommendation moves, proved, with cases and shares.

    OLD and NEW are folders, installed policies by their id, or git revisions (HEAD~1, or HEAD~1:path/to/policy);
    without NEW it is the policy in force. The exit code is 0 only where it is proved that no
    answers give another result.

    \b
    Examples:
      whyso diff HEAD                            what is not committed yet, in the policy in force
      whyso diff main our-policy --format md     a comment for a pull request
      whyso diff fine-tuning-or-rag our-policy   what a layer changes in the policy below it
    """
    from assistant.comparison.allowance import LIMIT
    from assistant.comparison.comparing import compare
    from assistant.comparison.document import comparison_document
    from assistant.comparison.sides import loaded
    from assistant.reading.collecting import paused

    force = chosen.in_force
    if new is None and force.folder is not None and not force.folder.is_dir():
        with force.told():
            name = shown(str(force.folder), 200)
            raise InputError(f"there is no policy folder `{name}`", help="name a folder with a policy.yaml")
    with paused(), loaded(old, new, force.folder) as sides:
        found = compare(sides.before, sides.after, LIMIT if limit is None else limit)
        if not no_sessions:
            found = _with_sessions(found)
    if form == "json":
        from assistant.reports.comparison import comparison_data

        echo_json(comparison_data(found, sides.names))
    elif form == "md":
        from assistant.reports.markdown import markdown_document

        click.echo(markdown_document(comparison_document(found, *sides.names)))
    else:
        echo(comparison_document(found, *sides.names))
    if found.differs or not found.proven:
        raise SystemExit(1)


def _with_sessions(found: "Comparison") -> "Comparison":
    """The same with the saved conversations; nothing of them is imported where there are none."""
    from assistant.sessions.errors import StoreError
    from assistant.sessions.place import data_file

    try:
        path = data_file()
    except StoreError as error:
        from assistant.comparison.comparing import Sessions

        return found.with_sessions(Sessions(note=f"saved conversations can't be read: {error.message}"))
    if not path.exists():
        return found
    from assistant.sessions.comparing import compared_sessions

    return found.with_sessions(compared_sessions(path, found.pair))


COMMANDS = (diff,)
