"""What an edit of a policy makes of saved conversations: the answers of each, as it was left, under both policies."""

from pathlib import Path

from assistant.comparison.comparing import Session, Sessions
from assistant.comparison.single import single
from assistant.errors import shown
from assistant.knowledge import quantity
from assistant.reasoning.pairs import Pair
from assistant.sessions.errors import StoreError
from assistant.sessions.glance import glances

MOST = 500
"""How many conversations are looked at, the latest first."""


def compared_sessions(path: Path, pair: Pair) -> Sessions:
    """The conversations held under either policy, or one below it, that come out otherwise, the latest first."""
    try:
        held = [one for one in glances(path) if one.policy in (*pair.before.layers, *pair.after.layers)]
    except StoreError as error:
        return Sessions(note=f"saved conversations can't be read: {error.message}")
    found = [Session(one.id, shown(one.name), single(pair, one.answers)) for one in held[:MOST]]
    note = f"only the latest {quantity(MOST)} of {quantity(len(held))} were looked at" if len(held) > MOST else ""
    return Sessions(len(found), tuple(one for one in found if one.found.differs or one.found.not_taken), note)
