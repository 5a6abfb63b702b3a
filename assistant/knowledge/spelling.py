"""Typing mistakes: the known words that an unknown one was meant to be, where that is plain enough."""

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LONG, _CUT = 7, 5


def corrected(word: str, known: Collection[str]) -> str | None:
    """The known word nearest to a misspelt one: one slip away, two in a long word; None where none is near.

    A slip is a letter too many, too few or wrong, or two of them swapped. Short words are corrected only where a letter
    is missing or two are swapped, and the first letter counts as typed on purpose.
    """
    if not _may_be_misspelt(word):
        return None
    slips = 2 if len(word) >= _LONG else 1
    near = [other for other in known if _begins_alike(word, other) and abs(len(other) - len(word)) <= slips]
    if len(word) <= 4:
        near = [other for other in near if len(other) == 5 or sorted(other) == sorted(word)]
    found = process.extractOne(word, sorted(near), scorer=OSA.distance, score_cutoff=slips)
    return found[0] if found else None


def slipped(word: str, common: Collection[str]) -> str | None:
    """The common word that a misspelt one plainly is: a letter left out, doubled or swapped with its neighbour."""
    if not _may_be_misspelt(word):
        return None
    near = (other for other in common if _begins_alike(word, other) and _only_slipped(word, other))
    return min(near, key=lambda other: (len(other) != len(word), other), default=None)


def completed(word: str, known: Collection[str]) -> str | None:
    """The shortest known word that one was cut short of; None where it is too short to tell."""
    whole = [other for other in known if other.startswith(word)] if len(word) >= _CUT and word.isalpha() else []
    return min(whole, key=lambda other: (len(other), other), default=None)


def parted(word: str, known: Collection[str]) -> tuple[str, str] | None:
    """The two known words that were written as one; None where it is not two."""
    cuts = range(3, min(len(word), 30) - 2)
    return next(((word[:at], word[at:]) for at in cuts if word[:at] in known and word[at:] in known), None)


def _may_be_misspelt(word: str) -> bool:
    return 3 <= len(word) <= 30 and word.isalpha()


def _begins_alike(word: str, other: str) -> bool:
    """Whether two words begin with the same letter, or one of their first two was left out or swapped."""
    if other[:1] == word[0]:
        return True
    swapped = other[:2] == word[1::-1]
    return swapped or (len(word) >= _CUT and (other[1:] == word or other == word[1:]))


def _only_slipped(word: str, other: str) -> bool:
    match len(other) - len(word):
        case 1:
            return any(other[:at] + other[at + 1 :] == word for at in range(len(other)))
        case 0:
            return sorted(other) == sorted(word) and OSA.distance(word, other) == 1
        case -1:
            return any(word[:at] + word[at + 1 :] == other for at in range(1, len(word)) if word[at] == word[at - 1])
        case _:
            return False
