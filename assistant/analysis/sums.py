"""Sums of scores as points on a line: what a condition that reads one sum alone comes to for each total."""

from assistant.policy.syntax import Always, And, Certain, Compare, Condition, Not, Or, ScoreCompare
from assistant.reasoning.reference import test_of

Form = tuple[tuple[str, int], ...]
"""A sum of scores: each option with its factor, the first one positive."""


def form_of(terms: Form) -> tuple[Form, int]:
    """A sum up to its sign, and the sign."""
    sign = -1 if terms and terms[0][1] < 0 else 1
    return tuple((option, sign * factor) for option, factor in terms), sign


def around(compare: ScoreCompare) -> tuple[int, int, int]:
    """Totals of the form at which a comparison can change: between two of them it does not."""
    bound = compare.bound * form_of(compare.terms)[1]
    return bound - 1, bound, bound + 1


def holds_at(compare: ScoreCompare, total: int) -> bool:
    """Whether a comparison holds where its form comes to `total`."""
    sign = form_of(compare.terms)[1]
    return test_of(Compare("sum", compare.operator, compare.bound))({"sum": sign * total}) is True


def sums_in(condition: Condition) -> list[ScoreCompare] | None:
    """The comparisons of sums in a condition; None where it reads anything else."""
    match condition:
        case ScoreCompare():
            return [condition]
        case Always():
            return []
        case Not(inner=inner) | Certain(inner=inner):
            return sums_in(inner)
        case And(parts=parts) | Or(parts=parts):
            inner_sums = [sums_in(part) for part in parts]
            return None if None in inner_sums else [one for several in inner_sums if several for one in several]
        case _:
            return None


def true_at(condition: Condition, total: int) -> bool:
    """Whether a condition that reads one form alone is true where that comes to `total`."""
    match condition:
        case ScoreCompare():
            return holds_at(condition, total)
        case Always(value=value):
            return value
        case Not(inner=inner):
            return not true_at(inner, total)
        case Certain(inner=inner):
            return true_at(inner, total)
        case And(parts=parts):
            return all(true_at(part, total) for part in parts)
        case Or(parts=parts):
            return any(true_at(part, total) for part in parts)
        case _:
            raise ValueError("a condition that reads more than sums")
