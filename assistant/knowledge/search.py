"""Answers questions from a source: the passages and claims that speak of what is asked, or that none does.

Passages are ranked by BM25 over weighted fields, by the claim or typical question of theirs that is most like the
question, and by how much their section speaks for itself. Whether the source answers at all is judged apart: by how
much of what the question is about, weighed by rarity, the best passage covers, by how like it one text of the passage
is as a whole, and by whether it sounds like what is asked elsewhere. Deterministic; an index is made when first asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from math import log

from assistant.errors import InputError
from assistant.knowledge.english import EVERYDAY, PLAIN, STOP, says_little, stem, words_of
from assistant.knowledge.sections import Sections
from assistant.knowledge.source import Claim, Passage, Source
from assistant.knowledge.spelling import completed, corrected, parted, slipped
from assistant.knowledge.texts import ASKED, CLAIM, Text, fields_of, with_figures
from assistant.knowledge.thesaurus import Term, Thesaurus
from assistant.knowledge.wording import Meaning

MOST_CHARACTERS = 10_000
MOST_WORDS = 200
ENOUGH, ALIKE, FULLY = 0.74, 0.3, 0.8
"""What the best passage must reach for the source to answer: the share of the question that it covers, and a part of
how like the question its most similar claim or typical question is, which need not be more than FULLY."""

SATURATION, LENGTH = 1.5, 0.4
"""BM25's constants: how soon more of a word counts no more, and how much a long passage counts less."""

LIKENESS = 1.2
"""How much the most similar claim or typical question adds to a passage's score."""

NOWHERE, LOUDER, AT_HOME = "", 2.5, 0.06
"""Where questions belong that no section answers; how much louder a section's words should speak than theirs; and what
it adds to certainty when they do, or takes from it when they do not."""

NEIGHBOURS, AGREEING, SPOKEN = 8, 1.5, 0.12
"""How many of a section's claims and typical questions have a say for it by being like the question, what they add to
the score of its passages, and what the section's own words add."""

EVEN = 0.3
"""How much the number of passages that have a word says of its rarity, against how unevenly they have it."""

SURE = 5
"""How long a word must be to be taken for a misspelt word of every day."""

EXACT, LITTLE, CHANCE = 2.0, 0.75, 2.0
"""How far a word itself may outweigh its synonyms; what a word that says little weighs where the source has it; and in
how many texts a word must be for half its weight, since what stands in one alone may stand there by chance."""

NEARLY = 0.9
"""The share of what its best claim has in common with a question that makes another claim of the passage as good."""

FOREIGN, UNSAID, PASSING, ELSEWHERE = 1.4, 4.0, 0.15, 0.3
"""What weighs against an answer: words that the source lacks, subjects that it leaves unsaid, words that say little,
and words that only other passages have; the rarest word of the source is 1."""

SUBJECT, HEARD, NAMED = 0.3, 0.6, 1.0
"""What a word that says little counts of that where the question names the source's subject, and what a word does that
is part of a phrase of the wording; what the name of the subject weighs at least where answering at all is judged."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage, its claims that speak most of what is asked, the best first, and how well it fits."""

    passage: Passage
    claims: tuple[Claim, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source says to a question: hits, the best first. Not `answered`, they are only the nearest.

    `unknown` are the words of the question that the source does not use.
    """

    answered: bool
    hits: tuple[Hit, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A term of the question: its words, its weight, and the keys of the index that satisfy it, each with a weight."""

    words: str
    weight: float
    keys: tuple[tuple[str, float], ...] = ()
    subject: bool = False
    little: bool = False

    @property
    def certain(self) -> float:
        """What it counts for the source being asked at all: the name of a subject does so however common it is."""
        return max(self.weight, NAMED) if self.subject and self.keys else self.weight

    def found_in(self, keys: Iterable[str]) -> float:
        """The weight of the best key among those of a text."""
        return max((weight for key, weight in self.keys if key in keys), default=0.0)


_Alike = tuple[int, float, float]
"""A claim or typical question: its passage, which share it has in common with a question, and what that weighs."""


class Index:
    """A source, ready to be asked."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.thesaurus = Thesaurus(source.wording)
        phrases = (*(phrase for group in source.wording.synonyms for phrase in group), *source.wording.unsaid)
        self.vocabulary = {word for phrase in phrases for word in words_of(phrase)}
        asked = dict(source.wording.asked)
        texts = [
            self._text(at, field, text)
            for at, passage in enumerate(source.passages)
            for field, text in fields_of(passage, asked.get(passage.id, ()))
        ]
        self.words = frozenset(self.vocabulary)
        self.section_of = [passage.section for passage in source.passages]
        self._count(texts)
        self.rarest = self._rarity_of(0)
        self._compare(text for text in texts if text.whole)
        self.sections = Sections()
        for text in texts:
            if text.whole:
                self.sections.learn(self.section_of[text.passage], text.words, text.terms)
        for question in source.wording.elsewhere:
            words = words_of(question)
            self.sections.learn(NOWHERE, words, list(self.thesaurus.terms_in(words)))
        self.claims = {id: self._whole(with_figures(claim)) for id, claim in source.claims.items()}

    def _text(self, at: int, field: float, text: str) -> Text:
        words = words_of(text)
        self.vocabulary.update(words)
        terms = tuple(self.thesaurus.terms_in(words))
        keys = frozenset(key for term in terms for key in term.keys)
        return Text(at, field, words, terms, keys, field in (ASKED, CLAIM))

    def _whole(self, text: str) -> tuple[frozenset[str], float]:
        """The keys of a text, and its weight."""
        whole = self._text(0, CLAIM, text)
        return whole.keys, sum(map(self._rarity, whole.terms))

    def _count(self, texts: Iterable[Text]) -> None:
        """Fills `postings`: for each key, the passages that have it, each with how much it says there."""
        counts: list[defaultdict[str, float]] = [defaultdict(float) for _ in self.source.passages]
        for text in texts:
            for term in text.terms:
                for key in term.keys:
                    counts[text.passage][key] += text.field
        mean = sum(sum(found.values()) for found in counts) / max(len(counts), 1) or 1.0
        self.postings: dict[str, dict[int, float]] = {}
        self.rarity = {key: self._rarity_of(spread) for key, spread in _spread(counts).items()}
        for at, found in enumerate(counts):
            length = SATURATION * (1 - LENGTH + LENGTH * sum(found.values()) / mean)
            for key, count in found.items():
                self.postings.setdefault(key, {})[at] = count / (count + length)

    def _compare(self, texts: Iterable[Text]) -> None:
        """Fills `texts`: passage and weight of every claim and question; and `holding`: for each key, those with it."""
        self.texts: list[tuple[int, float]] = []
        self.holding: dict[str, list[int]] = {}
        for number, text in enumerate(texts):
            self.texts.append((text.passage, sum(map(self._rarity, text.terms))))
            for key in text.keys:
                self.holding.setdefault(key, []).append(number)

    def _rarity_of(self, spread: float) -> float:
        return log(1 + (len(self.source.passages) - spread + 0.5) / (spread + 0.5))

    def _rarity(self, term: Term) -> float:
        """How much a term says: the less, the more passages have it or a word of its meaning."""
        return min((self.rarity[key] for key in term.keys if key in self.rarity), default=0.0)

    def ask(self, question: str, most: int = 2) -> Answer:
        """What the source says to a question, in at most so many hits.

        Raises `InputError` where nothing is asked, or far too much.
        """
        if len(question) > MOST_CHARACTERS:
            message = f"the question has {len(question):,} characters, at most {MOST_CHARACTERS:,}"
            raise InputError(message, help="ask it in fewer words")
        if not question.strip():
            raise InputError("the question is empty", help="ask in your own words")
        words = [known for word in words_of(question)[:MOST_WORDS] for known in self._spelt(word)]
        terms = list(self.thesaurus.terms_in(words))
        named = any(term.subject for term in terms)
        wanted = [self._wanted(term, named) for term in terms]
        alike = list(self._alike(wanted))
        spoken = self.sections.speaks_for(words, terms)
        scores = self._scores(wanted, alike, spoken)
        best = self._best(scores)[:most]
        answered = bool(best) and self._certainty(best[0], wanted, alike) + _at_home(spoken) >= ENOUGH
        unknown = tuple(dict.fromkeys(one.words for one in wanted if not one.keys and not one.little))
        return Answer(answered, tuple(self._hit(at, wanted, scores[at]) for at in best), unknown)

    def _spelt(self, word: str) -> tuple[str, ...]:
        """A word, or the known words that it was meant to be: one misspelt, or two written as one."""
        if word in self.words or stem(word) in self.postings or says_little(word) or word in PLAIN:
            return (word,)
        common = EVERYDAY if len(word) >= SURE else ()
        mended = slipped(word, STOP) or corrected(word, self.words) or slipped(word, common)
        return parted(word, self.words) or (mended or completed(word, self.words) or word,)

    def _wanted(self, term: Term, named: bool) -> _Wanted:
        """What a term asks for, in a question that names the source's subject or does not."""
        words = " ".join(term.words)
        little = all(map(says_little, term.words))
        known = {key: self.rarity[key] for key in term.keys if key in self.rarity}
        if term.unsaid or not known:
            return _Wanted(words, self.rarest * self._share_against(term, little, named), little=little)
        groups = [known[group] for group in term.groups if group in known]
        if term.stem in known and groups:
            known[term.stem] = min(known[term.stem], EXACT * max(groups))
        seen = max(len(self.holding.get(key, ())) for key in known)
        scale = (LITTLE if little else 1.0) * seen / (seen + CHANCE)
        keys = tuple((key, scale * weight) for key, weight in known.items())
        return _Wanted(words, scale * self._rarity(term), keys, term.subject, little)

    def _share_against(self, term: Term, little: bool, named: bool) -> float:
        """How much of the rarest word a term that the source lacks weighs against an answer."""
        if term.unsaid:
            return UNSAID
        if all(map(str.isdecimal, term.words)):
            return 0.0
        if little:
            return PASSING * (SUBJECT if named else 1.0)
        heard = HEARD if all(word in self.vocabulary for word in term.words) else 1.0
        return FOREIGN * heard

    def meaning(self, term: str) -> Meaning | None:
        """The entry of the glossary for a term in any of its forms, typing mistakes forgiven."""
        forms = {_form(words_of(form)): meaning for meaning in self.source.glossary for form in meaning.forms}
        words = words_of(term)[:MOST_WORDS]
        known = {word for meaning in self.source.glossary for form in meaning.forms for word in words_of(form)}
        spelt = [word if word in known else corrected(word, known) or word for word in words]
        return forms.get(_form(words)) or forms.get(_form(spelt))

    def alike(self, text: str, other: str) -> bool:
        """Whether two short texts mean the same, word by word, by the source's synonyms."""
        first, second = list(self.thesaurus.terms(text)), list(self.thesaurus.terms(other))
        pairs = zip(first, second, strict=False)
        return len(first) == len(second) > 0 and all({*one.keys} & {*two.keys} for one, two in pairs)

    def _best(self, scores: Sequence[float]) -> list[int]:
        """The passages, the best first, and then the best of another section: what else may have been meant."""
        ranked = sorted(range(len(scores)), key=lambda at: (-scores[at], at))
        other = (at for at in ranked if self.section_of[at] != self.section_of[ranked[0]])
        second = next(other, None)
        return ranked if second is None else [ranked[0], second, *(at for at in ranked[1:] if at != second)]

    def _scores(self, wanted: list[_Wanted], alike: list[_Alike], spoken: Mapping[str, float]) -> list[float]:
        """How well each passage fits."""
        scores = [0.0] * len(self.source.passages)
        for one in wanted:
            best: dict[int, float] = {}
            for key, weight in one.keys:
                for at, says in self.postings[key].items():
                    best[at] = max(best.get(at, 0.0), weight * says)
            for at, score in best.items():
                scores[at] += score
        agreed = self._agreed(alike)
        likeness: dict[int, float] = {}
        for at, share, weight in alike:
            likeness[at] = max(likeness.get(at, 0.0), share * weight**0.5)
        least = min(spoken[section] for section in self.section_of)
        for at, section in enumerate(self.section_of):
            if scores[at] > 0:
                scores[at] += LIKENESS * likeness.get(at, 0.0) + AGREEING * agreed.get(section, 0.0)
                scores[at] += SPOKEN * (spoken[section] - least)
        return scores

    def _agreed(self, alike: Iterable[_Alike]) -> dict[str, float]:
        """For each section, how like the question those of its texts are that are most like it."""
        found: defaultdict[str, list[float]] = defaultdict(list)
        for at, share, weight in alike:
            found[self.section_of[at]].append(share * weight**0.5)
        return {section: sum(nlargest(NEIGHBOURS, those)) / NEIGHBOURS for section, those in found.items()}

    def _alike(self, wanted: list[_Wanted]) -> Iterator[_Alike]:
        """How like the question each claim and typical question is that shares anything with it."""
        shared: defaultdict[int, float] = defaultdict(float)
        for one in wanted:
            best: dict[int, float] = {}
            for key, weight in one.keys:
                for number in self.holding.get(key, ()):
                    best[number] = max(best.get(number, 0.0), weight)
            for number, weight in best.items():
                shared[number] += weight
        whole = sum(one.certain for one in wanted)
        for number, weight in shared.items():
            at, own = self.texts[number]
            yield at, 2 * weight / (whole + own), weight

    def _certainty(self, at: int, wanted: list[_Wanted], alike: Iterable[_Alike]) -> float:
        """How sure it is that a passage answers the question; 0 where it covers nothing of it.

        A source without typical questions is not held to them.
        """
        covered = self._covered(at, wanted)
        nearest = max((share for passage, share, _ in alike if passage == at), default=0.0)
        if not self.source.wording.asked:
            nearest = FULLY
        return covered + ALIKE * min(nearest, FULLY) if covered else 0.0

    def _covered(self, at: int, wanted: list[_Wanted]) -> float:
        """Which share of the question a passage covers; what other passages speak of counts little against it.

        One word alone covers nothing beside one that the source does not know.
        """
        here = [one.certain for one in wanted if any(at in self.postings[key] for key, _ in one.keys)]
        elsewhere = sum(one.certain for one in wanted if one.keys) - sum(here)
        nowhere = [one.weight for one in wanted if not one.keys]
        foreign = any(not one.keys and not one.little for one in wanted)
        if not here or (len(here) == 1 and foreign):
            return 0.0
        return sum(here) / (sum(here) + ELSEWHERE * elsewhere + sum(nowhere))

    def _hit(self, at: int, wanted: list[_Wanted], score: float) -> Hit:
        """A passage with those of its claims that share most with the question, the shortest of them first."""
        passage = self.source.passages[at]
        shared = {claim: sum(one.found_in(self.claims[claim.id][0]) for one in wanted) for claim in passage.claims}
        enough = NEARLY * max(shared.values())
        best = [claim for claim in passage.claims if shared[claim] >= enough]
        claims = sorted(best, key=lambda claim: -shared[claim] / (shared[claim] + self.claims[claim.id][1] + 1))
        return Hit(passage, tuple(claims), round(score, 3))


def _at_home(spoken: Mapping[str, float]) -> float:
    """What it says for an answer that the words of a section speak for a question, rather than those asked elsewhere.

    A source that does not say what is asked elsewhere is not held to it.
    """
    if NOWHERE not in spoken:
        return 0.0
    loudest = max((says for section, says in spoken.items() if section != NOWHERE), default=0.0)
    return AT_HOME * (loudest - spoken[NOWHERE] - LOUDER)


def _spread(counts: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """For each key, over how many passages it is spread: one that has most of it makes the others count less."""
    total: defaultdict[str, float] = defaultdict(float)
    squares: defaultdict[str, float] = defaultdict(float)
    passages: defaultdict[str, int] = defaultdict(int)
    for found in counts:
        for key, count in found.items():
            total[key] += count
            squares[key] += count * count
            passages[key] += 1
    return {key: EVEN * passages[key] + (1 - EVEN) * total[key] ** 2 / squares[key] for key in total}


def _form(words: Iterable[str]) -> str:
    """A term as terms are compared: articles left out, forms of a word alike."""
    return " ".join(stem(word) for word in words if word not in ("a", "an", "the"))


@lru_cache(maxsize=8)
def index_of(source: Source) -> Index:
    """The index of a source, made once."""
    return Index(source)


def ask(source: Source, question: str, most: int = 2) -> Answer:
    """What a source says to a question; raises `InputError` where nothing is asked, or far too much."""
    return index_of(source).ask(question, most)
