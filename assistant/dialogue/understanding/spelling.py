"""Typing mistakes: a word that is no English one becomes the one word of the lexicon that it can only be."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.dictionary import is_english, stems_of
from assistant.policy.forms import forms_of

LEAST = 4
LONG = 8
_LANGUAGE = (
    *english.UNITS,
    *english.TENS,
    *english.SCALES,
    *(word for word in english.TIMES if len(word) > 3),
    *english.ADVERBS,
    *english.PERCENT,
    *(word.split() for word in (*english.NECESSARY, *english.UNNECESSARY, *english.PRESENT, *english.ABSENT)),
    [
        "every",
        "approximately",
        "roughly",
        "around",
        "about",
        "within",
        "less",
        "more",
        "than",
        "least",
        "most",
        "between",
        "required",
        "mandatory",
        "optional",
        "necessary",
        "obligatory",
        "essential",
        "available",
        "nobody",
        "nothing",
        "without",
        "never",
        "maybe",
        "probably",
        "perhaps",
        "sorry",
        "meant",
        "dollars",
        "already",
        "currently",
        "answer",
        "answers",
        "should",
        "really",
        "competitor",
        "competitors",
        "conversation",
        "conversations",
    ],
)


_SMALL_WORDS = (
    english.FILLERS,
    english.NEGATORS,
    english.UNCERTAIN,
    english.PLANS,
    english.OTHERS,
    english.TODAY,
    english.WANTED,
    english.OPINING,
    english.AUXILIARIES,
    english.ASKING,
    english.PEOPLE,
)
"""Words that say how a thing is meant: none of them may become another form of itself."""


class Speller:
    """Knows the words of one lexicon; remembers what it has mended."""

    def __init__(self, words: Iterable[str]) -> None:
        said = Counter(words)
        self._often: Counter[str] = Counter()
        for word, times in said.items():
            self._often.update(dict.fromkeys(forms_of(word), times))
        self._often.update(dict.fromkeys(_flat(_LANGUAGE), 1000))
        self._known = frozenset(self._often).union(*_SMALL_WORDS)
        self._mended: dict[str, str] = {}

    @cached_property
    def _by_first(self) -> dict[str, list[str]]:
        """What may be meant, by its first letter."""
        found: dict[str, list[str]] = {}
        for word in sorted(word for word in self._often if len(word) >= LEAST):
            found.setdefault(word[0], []).append(word)
        return found

    def mend(self, word: str) -> str:
        """The word as it should be spelt, itself where that is not clear."""
        if len(word) < LEAST or len(word) > 24 or word in self._known or not word.isalpha():
            return word
        if word not in self._mended:
            if len(self._mended) > 5000:
                self._mended.clear()
            self._mended[word] = self._other_form(word) if is_english(word) else self._nearest(word)
        return self._mended[word]

    def _other_form(self, word: str) -> str:
        """A real word as the form of it that the lexicon has (`visits` for `visit`), else itself."""
        forms = (form for stem in stems_of(word) for form in forms_of(stem) if form in self._often)
        return max(forms, key=lambda form: (self._often[form], form), default=word)

    def _nearest(self, word: str) -> str:
        limit = 2 if len(word) >= LONG else 1
        heads = dict.fromkeys(word[:2])
        candidates = [known for head in heads for known in self._by_first.get(head, ())]
        near = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=limit, limit=4)
        near = [entry for entry in near if self._alike(word, entry[0], int(entry[1]))]
        if not near:
            return word
        least = min(entry[1] for entry in near)
        best = [entry[0] for entry in near if entry[1] == least]
        dropped = [known for known in best if known[0] == word[0] and _dropped(word, known)]
        best = dropped or best
        likely = max(best, key=lambda known: (self._often[known], known))
        rare = all(self._often[other] * 3 <= self._often[likely] for other in best if other != likely)
        return likely if rare or _one_family(best) else word

    @staticmethod
    def _alike(word: str, known: str, distance: int) -> bool:
        """Whether a mistake is likely: short words only where letters changed places or were doubled or dropped."""
        if len(word) <= 5 and distance == 1 and len(word) == len(known):
            return sorted(word) == sorted(known) or (len(word) == 5 and word[0] == known[0] and word[-1] == known[-1])
        return len(known) >= 4 and (distance == 1 or (word[0] == known[0] and abs(len(word) - len(known)) <= 1))


def _flat(entries: Iterable[str | Sequence[str]]) -> list[str]:
    return [word for entry in entries for word in ([entry] if isinstance(entry, str) else entry)]


def _dropped(word: str, known: str) -> bool:
    """Whether a word only lacks letters of another."""
    letters = iter(known)
    return all(letter in letters for letter in word)


def _one_family(words: list[str]) -> bool:
    """Whether words are forms of one word, so that it does not matter which is meant."""
    shortest = min(words, key=len)
    return all(word.startswith(shortest[:-1]) and len(word) - len(shortest) <= 3 for word in words)
