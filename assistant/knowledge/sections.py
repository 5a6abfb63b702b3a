"""Which section a question belongs to, by the words that the sections are written and asked about in.

Naive Bayes over the terms of the claims and typical questions of each section, and over their pairs of neighbouring
words: unlike the rank of a passage, this also hears "how much", "when does" and "do I need". Plain counts.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log

from assistant.knowledge.english import stem
from assistant.knowledge.thesaurus import Term

EXPECTED = 120.0
"""How many features a section is taken to have had, of every kind as often as the whole source, before any is seen."""

START, END = "^", "$"


class Sections:
    """What each feature of a text says for or against each section."""

    def __init__(self) -> None:
        self.counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.total: Counter[str] = Counter()
        self.sizes: Counter[str] = Counter()

    def learn(self, section: str, words: Sequence[str], terms: Sequence[Term]) -> None:
        """Takes in a text of a section."""
        features = set(_features(words, terms))
        self.counts[section].update(features)
        self.total.update(features)
        self.sizes[section] += len(features)

    def speaks_for(self, words: Sequence[str], terms: Sequence[Term]) -> Mapping[str, float]:
        """For each section that has been learnt, how much likelier a text is there than anywhere, as a logarithm."""
        features = [feature for feature in dict.fromkeys(_features(words, terms)) if feature in self.total]
        whole = self.sizes.total()
        often = {feature: self.total[feature] / whole for feature in features}
        return {section: _evidence(seen, self.sizes[section], often) for section, seen in self.counts.items()}


def _evidence(seen: Counter[str], size: int, often: Mapping[str, float]) -> float:
    return sum(log((seen[feature] / usual + EXPECTED) / (size + EXPECTED)) for feature, usual in often.items())


def _features(words: Sequence[str], terms: Sequence[Term]) -> list[str]:
    """The meanings of a text's terms, and the pairs of words that stand beside each other in it."""
    features = [meaning for term in terms for meaning in term.groups or (term.stem,)]
    features.extend(map(" ".join, pairwise((START, *map(stem, words), END))))
    return features
