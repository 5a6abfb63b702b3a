"""Cases with as little told as need be: answers are left out, many at a time and then one by one, while they can be."""

from collections.abc import Callable

from assistant.comparison.allowance import Allowance
from assistant.reasoning.pairs import Case


def shrunk(case: Case, holds: Callable[[Case], bool], allowance: Allowance) -> Case:
    """The case without the answers that it can do without, the later ones first, as far as the time goes."""
    left = case
    size = max(len(case.both) // 2, 1)
    while size:
        names = tuple(left.both)[::-1]
        for at in range(0, len(names), size):
            if allowance.over:
                return left
            fewer = left.without(*names[at : at + size])
            if holds(fewer):
                left = fewer
        size //= 2
    return left
