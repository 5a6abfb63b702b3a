"""Conditions that plainly exclude each other: each demands of one quantity what the other denies.

Exact where it says yes; where it says no, the solver is asked.
"""

from collections.abc import Iterator
from functools import lru_cache

from assistant.analysis.sums import around, form_of, holds_at
from assistant.policy.syntax import Among, And, Certain, Compare, Condition, Not, ScoreCompare
from assistant.policy.vocabulary import Value
from assistant.reasoning.reference import test_of

Demand = tuple[str, Compare | Among | ScoreCompare, bool]
"""A quantity, a comparison of it, and whether that must hold or must not."""


def exclusive(one: Condition, other: Condition) -> bool:
    """Whether two conditions plainly cannot be true together."""
    theirs = _demands(other)
    return any(_clash(a, b) for name, mine in _demands(one).items() for a in mine for b in theirs.get(name, ()))


@lru_cache(maxsize=8192)
def _demands(condition: Condition) -> dict[str, list[Demand]]:
    found: dict[str, list[Demand]] = {}
    for demand in _found(condition, True):
        found.setdefault(demand[0], []).append(demand)
    return found


def _found(condition: Condition, wanted: bool) -> Iterator[Demand]:
    """What must hold, or must be false, for the condition to be true, or false."""
    match condition:
        case Compare(name=name) | Among(name=name):
            yield name, condition, wanted
        case ScoreCompare(terms=terms):
            yield f"scores {form_of(terms)[0]}", condition, wanted
        case Not(inner=inner):
            yield from _found(inner, not wanted)
        case Certain(inner=inner) if wanted:
            yield from _found(inner, True)
        case And(parts=parts) if wanted:
            for part in parts:
                yield from _found(part, True)
        case _:
            return


def _clash(one: Demand, other: Demand) -> bool:
    """Whether no value satisfies both demands of one quantity: of those at which either can change."""
    name, a, wants_a = one
    _, b, wants_b = other
    if isinstance(a, ScoreCompare) and isinstance(b, ScoreCompare):
        points = {point for compare in (a, b) for point in around(compare)}
        return not any(holds_at(a, point) is wants_a and holds_at(b, point) is wants_b for point in points)
    values = {value for condition in (a, b) for value in _mentioned(condition)}
    tests = test_of(a), test_of(b)
    return not any(tests[0]({name: v}) is wants_a and tests[1]({name: v}) is wants_b for v in values)


def _around(bound: int) -> tuple[int, int, int]:
    return bound - 1, bound, bound + 1


class _Other(str):
    """A word that no condition mentions."""


def _mentioned(condition: Compare | Among | ScoreCompare) -> Iterator[Value | None]:
    """The values at which a comparison can change, and one that it does not mention."""
    values = condition.values if isinstance(condition, Among) else (getattr(condition, "value", None),)
    for value in values:
        if isinstance(value, bool):
            yield from (True, False)
        elif isinstance(value, int):
            yield from _around(value)
        else:
            yield from (value, _Other("another"), None)
