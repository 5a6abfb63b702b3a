"""Typing mistakes: the known words that an unknown one was meant to be, where that is plain enough."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import OSA, Prefix

_LONG, _CUT = 7, 5


def corrected(word: str, known: Collection[str]) -> str | None:
    """The known word nearest to a misspelt one: one slip away, two in a long word; None where none is near.

    A slip is a letter too many, too few or wrong, or two of them swapped. Short words are corrected only where a letter
    is missing or two are swapped, and a wrong first letter counts as typed on purpose.
    """
    if not _may_be_misspelt(word):
        return None
    slips = 2 if len(word) >= _LONG else 1
    stretch = slips if len(word) > _LONG else 1
    near = [other for other in _beginning_alike(word, known) if abs(len(other) - len(word)) <= stretch]
    if len(word) <= 4:
        near = [other for other in near if len(other) == 5 or sorted(other) == sorted(word)]
    found = process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=None)
    return min(found, key=lambda one: (one[1], -Prefix.similarity(word, one[0]), one[0]))[0] if found else None


def slipped(word: str, common: Collection[str]) -> str | None:
    """The common word that a misspelt one plainly is: a letter left out, doubled or swapped with its neighbour."""
    if not _may_be_misspelt(word):
        return None
    near = (other for other in _beginning_alike(word, common) if _only_slipped(word, other))
    return min(near, key=lambda other: (len(other) != len(word), other), default=None)


def completed(word: str, known: Collection[str]) -> str | None:
    """The shortest known word that one was cut short of; None where it is too short to tell."""
    if len(word) < _CUT or not word.isalpha():
        return None
    whole = (other for other in _by_first_letter(frozenset(known)).get(word[0], ()) if other.startswith(word))
    return min(whole, key=lambda other: (len(other), other), default=None)


def parted(word: str, known: Collection[str]) -> tuple[str, str] | None:
    """The two known words that were written as one; None where it is not two."""
    cuts = range(3, min(len(word), 30) - 2)
    return next(((word[:at], word[at:]) for at in cuts if word[:at] in known and word[at:] in known), None)


def _may_be_misspelt(word: str) -> bool:
    return 3 <= len(word) <= 30 and word.isalpha()


def _beginning_alike(word: str, known: Collection[str]) -> Iterator[str]:
    """The known words with the same first letter as one, or of whose first two one was left out, added or swapped."""
    words = _by_first_letter(frozenset(known))
    yield from words.get(word[0], ())
    if word[1] != word[0]:
        swapped, rest = word[1::-1], word[1:]
        longer = len(word) >= _CUT
        yield from (other for other in words.get(word[1], ()) if other[:2] == swapped or (longer and other == rest))
    if len(word) >= _CUT:
        yield from (first + word for first in ascii_lowercase if first + word in words.get(first, ()))


@lru_cache(maxsize=8)
def _by_first_letter(known: frozenset[str]) -> dict[str, frozenset[str]]:
    words: defaultdict[str, set[str]] = defaultdict(set)
    for word in known:
        words[word[:1]].add(word)
    return {first: frozenset(those) for first, those in words.items()}


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
