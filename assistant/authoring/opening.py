"""Opens a file of a policy in the user's editor, at a line. No shell has part in it."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import current_thread, main_thread

from assistant.errors import InputError, shown
from assistant.policy.folder import installed
from assistant.policy.places import Place
from assistant.preferences.editors import (
    EDITOR_HELP,
    NONE_SET,
    Command,
    command_fault,
    command_for,
    editor_chosen,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A place, the command that opens it, and what is to be known of the file, if anything."""

    place: Place
    command: Command
    note: str = ""


def opening_of(place: Place, setting: str | None) -> Opening:
    """How to open a place; raises `InputError` where there is no editor, or no such file."""
    chosen = editor_chosen(setting)
    if chosen is None:
        raise InputError(f"no editor is set to open {place} with", help=NONE_SET)
    fault = command_fault(chosen)
    if fault is not None:
        raise InputError(f"`{shown(chosen)}` is no command: {fault}", help=EDITOR_HELP)
    if not place.file.is_file():
        raise InputError(f"there is no file `{shown(str(place.file), 200)}` any more")
    return Opening(place, command_for(chosen, str(place.file), place.line), _note(place.file))


def _note(file: Path) -> str:
    """That a file is not the user's own, or can't be written."""
    own = "`whyso init our-policy` writes a layer of your own over it"
    shipped = installed("rules").parent
    if shipped.name == "shipped" and shipped in file.parents:
        return f"This file came with whyso, and an update will overwrite it: {own}."
    if not os.access(file, os.W_OK):
        return f"This file can't be written by you: {own}."
    return ""


def run(command: Command) -> None:
    """Runs an editor until it ends, in the terminal if it wants that; raises `InputError` where that goes wrong."""
    with _started(command):
        if command.waits:
            with _interruptions_are_the_editor_s():
                code = subprocess.call(command.arguments)
        else:
            nothing = subprocess.DEVNULL
            done = subprocess.run(
                command.arguments, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True, check=False
            )
            code = done.returncode
    if code:
        raise InputError(f"the editor `{shown(command.name, 200)}` ended with code {code}", help=NONE_SET)


@contextmanager
def _started(command: Command) -> Iterator[None]:
    name = shown(command.name, 200)
    try:
        yield
    except FileNotFoundError:
        raise InputError(f"the editor `{name}` is not there", help=NONE_SET) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"the editor `{name}` can't be started: {reason}", help=NONE_SET) from None


@contextmanager
def _interruptions_are_the_editor_s() -> Iterator[None]:
    """Ctrl+C in the editor's terminal reaches this process, too, and must not end it."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
