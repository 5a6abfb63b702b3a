"""Writes the record of a conversation while it is held, beside what keeps it.

No file is ever overwritten: without a name it goes into the working directory under the first one that is free.
"""

import os
from collections.abc import Collection
from pathlib import Path

from assistant.dialogue.conversation import Conversation, Reply
from assistant.dialogue.recording import nothing_told
from assistant.dialogue.saving import Saving
from assistant.errors import InputError, shown
from assistant.explanation.document import Document, Style, said, told_wrong
from assistant.reports.files import write_new
from assistant.reports.rendering import FORMATS, SUFFIXES, write_record
from assistant.reports.subject import Subject, subject_of_session
from assistant.sessions.errors import StoreError
from assistant.sessions.keeper import Keeper
from assistant.sessions.place import data_file
from assistant.sessions.store import Store

MOST_NAMES = 1_000


class Recorded:
    """Keeps a conversation as `kept` does, and writes its record where that is asked for."""

    def __init__(self, kept: Saving) -> None:
        self._kept = kept

    @property
    def formats(self) -> Collection[str]:
        """The formats there are."""
        return FORMATS

    @property
    def earlier(self) -> tuple[tuple[str | None, Document], ...]:
        """What was said before this sitting."""
        return self._kept.earlier

    def begin(self, conversation: Conversation) -> Reply:
        """Begins a conversation that can be recorded."""
        conversation.recording = self
        return self._kept.begin(conversation)

    def saved(self, conversation: Conversation, said: str, reply: Reply) -> Reply:
        """Keeps a turn."""
        return self._kept.saved(conversation, said, reply)

    def adopted(self, conversation: Conversation, reply: Reply) -> Reply:
        """Keeps that another policy is in force."""
        return self._kept.adopted(conversation, reply)

    def write(self, conversation: Conversation, form: str, file: str) -> Document:
        """Writes the record to that file, which must not be there yet, or to a new one where none is named; tells."""
        if not conversation.state.answers:
            return nothing_told()
        done = write_record(conversation.decision, self._subject(conversation), form)
        try:
            path = _written(Path(os.path.expanduser(file)), done.data) if file else _written_anew(form, done.data)
        except FileExistsError:
            return told_wrong(f"there is a file `{shown(file, 200)}` already", "name another one")
        document = said(f"The record is saved as {shown(str(path), 200)}. whyso verify checks it at any time.")
        for finding in done.findings:
            document += said(f"{finding.span}: {finding.message}; {finding.help}", Style.NOTE)
        return document

    def _subject(self, conversation: Conversation) -> Subject:
        """What the record is about; with the conversation's number, times and turns where it is kept as it stands."""
        state = conversation.state
        bare = Subject(state.answers, state.words)
        if not isinstance(self._kept, Keeper) or self._kept.id is None:
            return bare
        store = Store(data_file())
        try:
            saved = store.load(store.find(str(self._kept.id)))
        except (StoreError, InputError):
            return bare
        same = saved.turns[-1].state.answers == state.answers and saved.turns[-1].state.words == state.words
        return subject_of_session(saved, state.answers) if same else bare


def _written(path: Path, data: bytes) -> Path:
    write_new(path, data)
    return path


def _written_anew(form: str, data: bytes) -> Path:
    """Writes to the first free name in the working directory."""
    stem = "whyso-record-adr" if form == "adr" else "whyso-record"
    for number in range(1, MOST_NAMES):
        path = Path(f"{stem}{f'-{number}' if number > 1 else ''}{SUFFIXES[form]}")
        try:
            return _written(path, data)
        except FileExistsError:
            continue
    raise InputError(f"there are {MOST_NAMES} records here already", help="name a file")
