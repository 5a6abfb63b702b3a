"""The answers that saved conversations were left with, read without all that it takes to talk on."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.policy.vocabulary import Answers
from assistant.sessions.database import Database

_LAST = """
    SELECT s.id, s.name, p.name, last.state
    FROM sessions s
    JOIN turns last ON last.session = s.id AND last.number = (SELECT max(number) FROM turns WHERE session = s.id)
    JOIN policies p ON p.digest = last.policy
    ORDER BY last.rowid DESC
"""


@dataclass(frozen=True, slots=True)
class Glance:
    """A conversation by its number and name, the policy that it was last held under, and its answers."""

    id: int
    name: str
    policy: str
    answers: Answers


def glances(path: Path) -> tuple[Glance, ...]:
    """Every conversation in a file, the one that was last talked in first; raises `StoreError`."""
    database = Database(path)
    if not database.exists:
        return ()
    with database.reading() as connection:
        rows = connection.execute(_LAST).fetchall()
    try:
        return tuple(_glance(row) for row in rows)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise database.damaged() from None


def _glance(row: tuple[Any, ...]) -> Glance:
    id, name, policy, state = row
    answers = {str(fact): _value(value) for fact, value in json.loads(state)["answers"].items()}
    called = name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name or "")
    return Glance(int(id), called, str(policy), answers)


def _value(plain: object) -> int | str | bool:
    if not isinstance(plain, int | str):
        raise TypeError(f"{type(plain).__name__} where a value belongs")
    return plain
