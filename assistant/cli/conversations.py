"""The commands about conversations: resume, sessions, show; and how one is begun."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING

import click

from assistant.cli.settings import Settings, anywhere, echo, formats, settings, talking
from assistant.errors import InputError, shown

if TYPE_CHECKING:
    from assistant.cli.in_force import InForce
    from assistant.dialogue.saving import Saving
    from assistant.policy.syntax import Policy
    from assistant.sessions.inputs import Inputs
    from assistant.sessions.record import Saved, Summary
    from assistant.sessions.store import Store


def chat(chosen: Settings, saved: "Saved | None" = None) -> None:
    """Talks, on the screen where there is one; takes up `saved` where it was left."""
    saving = _saving(chosen, saved)
    if chosen.plain or not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        _in_lines(chosen, saving())
        return
    from assistant.preferences.file import SettingsFile
    from assistant.preferences.place import settings_path
    from assistant.tui.app import WhysoApp
    from assistant.tui.hanging_up import end_with_terminal

    load = partial(_load_the_same, chosen)
    app = WhysoApp(load, chosen.engine, saving, SettingsFile(settings_path()), _inputs(chosen))
    end_with_terminal(sys.stdin.fileno())
    app.run()
    if app.failure is not None:
        raise app.failure


def _in_lines(chosen: Settings, saving: "Saving") -> None:
    from assistant.cli.editing import edited_in_lines
    from assistant.cli.settings import own_settings
    from assistant.dialogue.lines import converse
    from assistant.dialogue.watching import Watcher

    begun, load = time_ns(), partial(_load_the_same, chosen)
    policy = load()
    watcher = Watcher(load, policy, begun) if own_settings().watch else None
    edit = partial(edited_in_lines, terminal=sys.stdin.isatty() and sys.stdout.isatty())
    converse(policy, chosen.engine, sys.stdin, sys.stdout, saving, watcher, edit)


def _load_the_same(chosen: Settings) -> "Policy":
    """The policy in force; whatever else may be named meanwhile, the chat goes on under the one it began with."""
    chosen.held_under = chosen.in_force
    return chosen.load()


def _saving(chosen: Settings, saved: "Saved | None") -> "Callable[[], Saving]":
    """Makes what keeps and records the conversation, once it begins: until then nothing of it is imported."""

    def make() -> "Saving":
        from assistant.dialogue.saving import Unsaved
        from assistant.reports.handing_over import Recorded
        from assistant.sessions.keeper import Keeper

        if chosen.no_save and saved is None:
            return Recorded(Unsaved())
        folder = chosen.in_force.folder
        return Recorded(Keeper(str(folder.absolute()) if folder else None, saved, writes=not chosen.no_save))

    return make


def _inputs(chosen: Settings) -> "Inputs | None":
    """Where what is typed is kept for later sittings; nowhere if nothing is to be saved or there is no place."""
    from assistant.sessions.errors import StoreError
    from assistant.sessions.inputs import FILE, Inputs
    from assistant.sessions.place import data_file

    try:
        return None if chosen.no_save else Inputs(data_file().with_name(FILE))
    except StoreError:
        return None


def store_of_all() -> "Store":
    """The saved conversations."""
    from assistant.sessions.place import data_file
    from assistant.sessions.store import Store

    return Store(data_file())


@click.command()
@click.argument("session", required=False, metavar="[ID]")
@talking
@anywhere
@settings
def resume(chosen: Settings, session: str | None) -> None:
    """Take up a saved conversation, by its number or name; the latest without one.

    If the policy has changed since, the chat says what that changes. Without --policy it is the one it was held under.

    \b
    Examples:
      whyso resume
      whyso resume 3
      whyso resume "ticket triage" --plain
    """
    store = store_of_all()
    summary = store.find(session)
    if chosen.policy is None:
        chosen.held_under = policy_of(summary)
    chat(chosen, store.load(summary))


def policy_of(summary: "Summary") -> "InForce":
    """The policy that a conversation was held under; its folder must still be there."""
    if summary.folder is not None and not Path(summary.folder).is_dir():
        message = f"the policy of conversation {summary.id} is gone: there is no folder `{shown(summary.folder, 200)}`"
        raise InputError(message, help="say where it is with --policy DIR")
    from assistant.cli.in_force import InForce

    return InForce(Path(summary.folder) if summary.folder is not None else None, f"conversation {summary.id}")


@click.group(invoke_without_command=True)
@formats("text", "json")
@anywhere
@click.pass_context
def sessions(context: click.Context, form: str) -> None:
    """List the saved conversations, the latest first; rename or delete some.

    \b
    Examples:
      whyso sessions
      whyso sessions rename 3 "ticket triage"
      whyso sessions delete 1 2
    """
    if context.invoked_subcommand is not None:
        return
    from assistant.reports.sessions import exact_dumps, summary_data
    from assistant.sessions.views import sessions_document

    found = store_of_all().summaries()
    if form == "json":
        click.echo(exact_dumps([summary_data(summary) for summary in found]))
    else:
        echo(sessions_document(found))


@sessions.command()
@click.argument("session", metavar="ID")
@click.argument("name")
def rename(session: str, name: str) -> None:
    """Give a conversation a name, under which it can be found too; an empty one takes it away.

    \b
    Examples:
      whyso sessions rename 3 "ticket triage"
    """
    store = store_of_all()
    found = store.find(session)
    store.rename(found.id, name)
    click.echo(
        f"conversation {found.id} is now called `{shown(name)}`" if name else f"conversation {found.id} has no name"
    )


@sessions.command()
@click.argument("chosen", metavar="ID...", nargs=-1, required=True)
def delete(chosen: tuple[str, ...]) -> None:
    """Delete conversations for good.

    \b
    Examples:
      whyso sessions delete 3
      whyso sessions delete 1 2 "ticket triage"
    """
    store = store_of_all()
    found = list(dict.fromkeys(store.find(session).id for session in chosen))
    store.delete(found)
    click.echo("\n".join(f"conversation {id} is deleted" for id in found))


@click.command()
@click.argument("session", metavar="ID")
@formats("text", "json")
@anywhere
def show(session: str, form: str) -> None:
    """Show a saved conversation: a transcript with the facts it rests on, or all of it as JSON.

    \b
    Examples:
      whyso show 3
      whyso show 3 --format json > conversation.json
    """
    from assistant.explanation.document import Document
    from assistant.reports.sessions import exact_dumps, session_data
    from assistant.sessions.views import transcript

    store = store_of_all()
    saved = store.load(store.find(session))
    if form == "json":
        click.echo(exact_dumps(session_data(saved)))
        return
    for number, part in enumerate(transcript(saved)):
        if number:
            echo(Document())
        echo(part)


COMMANDS = (resume, sessions, show)
