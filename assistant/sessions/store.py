"""The conversations that are kept: begun, added to, listed, found, renamed, deleted.

A turn is one transaction. Each addition says how many turns it believes are there; where another window has added its
own meanwhile, the conversation branches: it goes on under a number of its own, and both are whole.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.dialogue.questions import Question
from assistant.dialogue.state import State
from assistant.errors import InputError, shown
from assistant.explanation.document import Document
from assistant.sessions.database import Database
from assistant.sessions.errors import StoreError
from assistant.sessions.plain_form import from_json, to_json
from assistant.sessions.record import FactRecord, PolicyRecord, Saved, Summary, TurnRecord, VerdictRecord

if TYPE_CHECKING:
    import sqlite3

MOST_NAME_CHARACTERS = 100
_SUMMARY = """
    SELECT s.id, s.name, s.begun, last.at, (SELECT count(*) FROM turns WHERE session = s.id AND said IS NOT NULL),
           p.content, last.verdict, s.folder, s.branched_from
    FROM sessions s
    JOIN turns last ON last.session = s.id AND last.number = (SELECT max(number) FROM turns WHERE session = s.id)
    JOIN policies p ON p.digest = last.policy
"""


@dataclass(frozen=True, slots=True)
class Additions:
    """What is to be added to a conversation: turns in a row, the facts as they are now, the policies behind them."""

    turns: tuple[TurnRecord, ...]
    facts: tuple[FactRecord, ...]
    policies: tuple[PolicyRecord, ...]
    folder: str | None = None


class Store:
    """The conversations in one file."""

    def __init__(self, path: Path) -> None:
        self.database = Database(path)

    def add(self, id: int | None, additions: Additions) -> int:
        """Adds turns to conversation `id`, or to a new one for None; its number, another one where it branched."""
        first = additions.turns[0].number
        with self.database.writing() as connection:
            if id is None:
                id = _begin(connection, additions)
            else:
                there = connection.execute("SELECT max(number) + 1 FROM turns WHERE session = ?", (id,)).fetchone()[0]
                if there is None:
                    raise StoreError("it was deleted meanwhile", lasting=True)
                if there != first:
                    id = _branch(connection, id, first, additions)
            connection.executemany(
                "INSERT OR IGNORE INTO policies VALUES (?, ?, ?, ?)",
                [(one.digest, one.name, one.version, to_json(one)) for one in additions.policies],
            )
            connection.executemany(
                "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [_turn_row(id, turn) for turn in additions.turns],
            )
            connection.execute("DELETE FROM facts WHERE session = ?", (id,))
            connection.executemany(
                "INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [_fact_row(id, place, fact) for place, fact in enumerate(additions.facts)],
            )
        return id

    def summaries(self) -> tuple[Summary, ...]:
        """Every conversation, the one that was last talked in first."""
        if not self.database.exists:
            return ()
        with self.database.reading() as connection:
            rows = connection.execute(f"{_SUMMARY} ORDER BY last.rowid DESC").fetchall()
        return tuple(self._read(_summary, row) for row in rows)

    def find(self, wanted: str | None) -> Summary:
        """The conversation of that number or name, the latest for None; raises `InputError` where there is none."""
        known = self.summaries()
        if not known:
            raise InputError("there is no saved conversation", help="`whyso` begins one")
        if wanted is None:
            return known[0]
        found = [one for one in known if str(one.id) == wanted] or [one for one in known if one.name == wanted]
        if not found:
            raise InputError(f"there is no saved conversation `{shown(wanted)}`", help="`whyso sessions` lists them")
        if len(found) > 1:
            numbers = ", ".join(str(one.id) for one in found)
            raise InputError(f"{len(found)} conversations are called `{shown(wanted)}`", help=f"say one of {numbers}")
        return found[0]

    def load(self, summary: Summary) -> Saved:
        """A whole conversation."""
        with self.database.reading() as connection:
            turns = connection.execute(
                "SELECT * FROM turns WHERE session = ? ORDER BY number", (summary.id,)
            ).fetchall()
            facts = connection.execute("SELECT * FROM facts WHERE session = ? ORDER BY place", (summary.id,)).fetchall()
        return Saved(
            summary,
            tuple(self._read(_turn, row) for row in turns),
            tuple(self._read(_fact, row) for row in facts),
        )

    def rename(self, id: int, name: str) -> None:
        """Gives a conversation a name; an empty one takes it away."""
        if len(name) > MOST_NAME_CHARACTERS:
            raise InputError(f"a name has at most {MOST_NAME_CHARACTERS} characters, not {len(name):,}")
        with self.database.writing() as connection:
            connection.execute("UPDATE sessions SET name = ? WHERE id = ?", (_stored(name), id))

    def delete(self, ids: Iterable[int]) -> None:
        """Deletes conversations; what was said in them is overwritten in the file."""
        with self.database.writing() as connection:
            connection.executemany("DELETE FROM sessions WHERE id = ?", [(id,) for id in ids])

    def _read(self, read: Any, row: tuple[Any, ...]) -> Any:
        try:
            return read(row)
        except (ValueError, TypeError):
            raise self.database.damaged() from None


def _begin(connection: "sqlite3.Connection", additions: Additions, branched_from: int | None = None) -> int:
    folder = _stored(additions.folder)
    row = (additions.turns[0].at, folder, branched_from)
    done = connection.execute("INSERT INTO sessions (begun, folder, branched_from) VALUES (?, ?, ?)", row)
    assert done.lastrowid is not None, "an insertion has its row"
    return done.lastrowid


def _branch(connection: "sqlite3.Connection", id: int, first: int, additions: Additions) -> int:
    """A new conversation with the turns of another before `first`."""
    branch = _begin(connection, additions, id)
    connection.execute(
        "INSERT INTO turns SELECT ?, number, at, said, reply, question, put, state, kept, pushed, verdict, policy"
        " FROM turns WHERE session = ? AND number < ?",
        (branch, id, first),
    )
    connection.execute(
        "UPDATE sessions SET begun = (SELECT begun FROM sessions WHERE id = ?) WHERE id = ?", (id, branch)
    )
    return branch


def _stored(text: str | None) -> str | bytes | None:
    """A text as SQLite keeps it exactly: one that is no valid Unicode goes in as bytes."""
    if text is None:
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def _text(stored: str | bytes | None) -> str | None:
    return stored.decode("utf-8", "surrogatepass") if isinstance(stored, bytes) else stored


def _turn_row(id: int, turn: TurnRecord) -> tuple[Any, ...]:
    return (
        *(
            id,
            turn.number,
            turn.at,
            _stored(turn.said),
            to_json(turn.reply),
            to_json(turn.question) if turn.question else None,
        ),
        *(turn.put, to_json(turn.state), turn.kept, to_json(turn.pushed), to_json(turn.verdict), turn.policy),
    )


def _turn(row: tuple[Any, ...]) -> TurnRecord:
    _, number, at, said, reply, question, put, state, kept, pushed, verdict, policy = row
    return TurnRecord(
        number,
        at,
        _text(said),
        from_json(Document, reply),
        from_json(Question, question) if question is not None else None,
        bool(put),
        from_json(State, state),
        kept,
        from_json(tuple[State, ...], pushed),
        from_json(VerdictRecord, verdict),
        policy,
    )


def _fact_row(id: int, place: int, fact: FactRecord) -> tuple[Any, ...]:
    value = json.dumps(fact.value)
    return id, place, fact.fact, value, fact.provenance, _stored(fact.words), fact.turn, fact.rule


def _fact(row: tuple[Any, ...]) -> FactRecord:
    _, _, fact, value, provenance, words, turn, rule = row
    return FactRecord(fact, json.loads(value), provenance, _text(words), turn, rule)


@lru_cache(maxsize=8)
def _policy(text: str) -> PolicyRecord:
    return from_json(PolicyRecord, text)


def _summary(row: tuple[Any, ...]) -> Summary:
    id, name, begun, last, turns, policy, verdict, folder, branched_from = row
    return Summary(
        id,
        _text(name) or "",
        begun,
        last,
        turns,
        _policy(policy),
        from_json(VerdictRecord, verdict),
        _text(folder),
        branched_from,
    )
