"""Typing mistakes: the known words that an unknown one was meant to be, where that is plain enough."""

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LONG = 8


def corrected(word: str, known: Collection[str]) -> str | None:
    """The known word nearest to a misspelt one: one slip away, two in a long word; None where none is near.

    A slip is a letter too many, too few or wrong, or two of them swapped. Short words are corrected only where a letter
    is missing or two are swapped, and the first letter counts as typed on purpose.
    """
    if len(word) < 3 or len(word) > 30 or not word.isalpha():
        return None
    slips = 2 if len(word) >= _LONG else 1
    near = [other for other in known if other[:1] == word[0] and abs(len(other) - len(word)) <= slips]
    if len(word) <= 4:
        near = [other for other in near if len(other) == 5 or sorted(other) == sorted(word)]
    found = process.extractOne(word, sorted(near), scorer=OSA.distance, score_cutoff=slips)
    return found[0] if found else None


def parted(word: str, known: Collection[str]) -> tuple[str, str] | None:
    """The two known words that were written as one; None where it is not two."""
    cuts = range(3, min(len(word), 30) - 2)
    return next(((word[:at], word[at:]) for at in cuts if word[:at] in known and word[at:] in known), None)
