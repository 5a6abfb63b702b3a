"""What an edit of a policy makes of saved conversations: the answers of each, as it was left, under both policies."""

from collections.abc import Iterable

from assistant.comparison.comparing import Session, Sessions
from assistant.comparison.single import single
from assistant.errors import shown
from assistant.knowledge import quantity
from assistant.policy.vocabulary import Answers
from assistant.reasoning.pairs import Pair
from assistant.sessions.errors import StoreError
from assistant.sessions.record import Summary
from assistant.sessions.store import Store

MOST = 500
"""How many conversations are looked at, the latest first."""


def compared_sessions(store: Store, pair: Pair) -> Sessions:
    """The conversations held under either policy, or one below it, that come out otherwise, the latest first."""
    try:
        held = [one for one in store.summaries() if one.policy.name in (*pair.before.layers, *pair.after.layers)]
        answers = store.answers(one.id for one in held[:MOST])
    except StoreError as error:
        return Sessions(note=f"saved conversations can't be read: {error.message}")
    found = list(_under_both(held[:MOST], answers, pair))
    note = f"only the latest {quantity(MOST)} of {quantity(len(held))} were looked at" if len(held) > MOST else ""
    return Sessions(len(found), tuple(one for one in found if one.found.differs or one.found.not_taken), note)


def _under_both(held: Iterable[Summary], answers: dict[int, Answers], pair: Pair) -> Iterable[Session]:
    for summary in held:
        if summary.id in answers:
            yield Session(summary.id, shown(summary.name), single(pair, answers[summary.id]))
