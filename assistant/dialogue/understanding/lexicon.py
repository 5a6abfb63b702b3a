"""What a policy's facts are recognised by, compiled once: phrases as patterns over a row, and a way to them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from assistant.dialogue.understanding.alphabet import Alphabet
from assistant.dialogue.understanding.english import TIMES
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.spelling import Speller
from assistant.dialogue.understanding.units import Dimension, dimension_of
from assistant.policy.phrases import Mark, OneOf, Recognised, Sequence, Spoken, sides_of
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import FactType, Kind, Value

_WORD = re.compile(r"[^\W\d_]+|\d+|%")
_ASKED = frozenset(("queries", "requests", "calls", "questions", "transactions", "messages"))


class Role(StrEnum):
    """What a phrase does for its fact."""

    THING = "thing"
    PERHAPS = "perhaps"
    ABOUT = "about"
    OFTEN = "often"
    NEEDED = "needed"
    HAD = "had"
    MEANS = "means"
    REPLY = "reply"
    UNLESS = "unless"
    WORD = "word"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase of a fact, to be sought."""

    fact: FactType
    role: Role
    sequence: Sequence
    value: Value | None
    order: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a phrase was found in a row: from piece `first` up to, and without, `last`.

    `marked` tells whether it names an amount or a period that stands there.
    """

    entry: Entry
    first: int
    last: int
    starts: int
    ends: int
    marked: bool

    @property
    def fact(self) -> FactType:
        """Whose phrase it is."""
        return self.entry.fact

    @property
    def role(self) -> Role:
        """What the phrase does."""
        return self.entry.role


@dataclass
class Lexicon:
    """The compiled vocabulary of one policy."""

    speller: Speller
    alphabet: Alphabet = field(default_factory=Alphabet)
    entries: list[Entry] = field(default_factory=list)
    by_character: dict[str, list[Entry]] = field(default_factory=dict)
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    rates: list[FactType] = field(default_factory=list)
    alone: list[tuple[FactType, frozenset[str], frozenset[str]]] = field(default_factory=list)
    billions: list[FactType] = field(default_factory=list)
    facts: dict[str, FactType] = field(default_factory=dict)
    _sought: dict[int, tuple[re.Pattern[str], ...]] = field(default_factory=dict)
    _needed: dict[int, list[frozenset[str]]] = field(default_factory=dict)

    def mentions(self, row: Row) -> list[Mention]:
        """Every phrase in a row, in the order of the vocabulary; of one fact, role and value the longest."""
        line = self.alphabet.line(row)
        there = frozenset(line)
        found = {entry.order: entry for character in there for entry in self.by_character.get(character, ())}
        likely = (found[order] for order in sorted(found) if self._may_match(found[order], there))
        return _widest([mention for entry in likely for mention in self._seek(entry, row, line)])

    def made_ready(self) -> Iterator[Entry]:
        """Its phrases one by one, each with what it takes to seek it, so that no message has to wait for that."""
        for entry in self.entries:
            self._may_match(entry, frozenset())
            self._patterns(entry)
            yield entry

    def _may_match(self, entry: Entry, there: frozenset[str]) -> bool:
        """Whether some word of every part that must be there is among the words of a row."""
        needed = self._needed.get(entry.order)
        if needed is None:
            needed = sorted(self.alphabet.mandatory(entry.sequence), key=len)
            self._needed[entry.order] = needed
        for characters in needed:  # noqa: SIM110  # a hundred thousand times a second
            if characters.isdisjoint(there):
                return False
        return True

    def _patterns(self, entry: Entry) -> tuple[re.Pattern[str], ...]:
        """A pattern for each side of a phrase, made when its words are first heard: making all takes seconds."""
        if entry.order not in self._sought:
            exact = entry.role is Role.WORD
            sides = sides_of(entry.sequence)
            self._sought[entry.order] = tuple(self.alphabet.pattern(side, exact=exact) for side in sides)
        return self._sought[entry.order]

    def _seek(self, entry: Entry, row: Row, line: str) -> Iterator[Mention]:
        first, *others = self._patterns(entry)
        for match in first.finditer(line):
            sides = [match.span()]
            for other in others:
                beside = [found.span() for found in other.finditer(line) if not _overlaps(found.span(), sides)]
                if not beside:
                    return
                sides.append(min(beside, key=lambda span: abs(span[0] - match.start())))
            if len(sides) == 1 or self._close(line, sides):
                yield from _mention(entry, row, min(start for start, _ in sides), max(end for _, end in sides))

    def _close(self, line: str, sides: list[tuple[int, int]]) -> bool:
        """Whether what stands between the sides of a phrase is short, and neither a denial nor another thought."""
        between = [line[end:start] for (_, end), (start, _) in pairwise(sorted(sides))]
        return all(map(self.alphabet.between.fullmatch, between))


def _mention(entry: Entry, row: Row, first: int, last: int) -> Iterator[Mention]:
    if first < last:
        measures = any(piece.amount is not None or piece.period is not None for piece in row.pieces[first:last])
        marked = measures and _marked(entry.sequence)
        yield Mention(entry, first, last, row.columns[first], row.columns[last], marked)


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _widest(mentions: list[Mention]) -> list[Mention]:
    """The mentions without those that lie within a wider one of the same fact and role, amounts apart."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.first - m.last, m.first, m.entry.order)):
        if not any(
            other.fact is mention.fact
            and other.role is mention.role
            and other.marked is mention.marked
            and other.first <= mention.first
            and mention.last <= other.last
            for other in kept
        ):
            kept.append(mention)
    return sorted(kept, key=lambda m: (m.first, m.last, m.entry.order))


@lru_cache(maxsize=8)
def lexicon_of(policy: Policy) -> Lexicon:
    """The lexicon of a policy."""
    said = [(fact, *one) for fact in policy.told.values() for one in _sequences(fact)]
    lexicon = Lexicon(Speller(_spelt(policy, ((role, sequence) for _, role, sequence, _ in said))))
    for _, _, sequence, _ in said:
        lexicon.alphabet.learn(sequence)
    for fact, role, sequence, value in said:
        _add(lexicon, fact, role, sequence, value)
    for fact in policy.told.values():
        if fact.kind is Kind.COUNT and fact.unit.split()[0] in _ASKED and " a " in fact.unit:
            lexicon.rates.append(fact)
        if fact.kind is Kind.COUNT and fact.unit.startswith("billion "):
            lexicon.billions.append(fact)
        if fact.measure is not None:
            lexicon.dimensions[fact.name] = dimension_of(fact.measure)
            lexicon.facts[fact.name] = fact
            heard = fact.recognised
            if heard is not None and (heard.alone or heard.limits):
                lexicon.alone.append((fact, _same_units(heard.alone), _same_units(heard.limits)))
    return lexicon


def _spelt(policy: Policy, said: Iterable[tuple[Role, Sequence]]) -> Iterator[str]:
    """The words of a policy's phrases, those of a group once, and its units."""
    met: set[int] = set()
    for role, sequence in said:
        if role is not Role.UNLESS:
            yield from _words_of(sequence, met)
    units = (unit for fact in policy.told.values() if fact.measure for unit in fact.measure.units)
    yield from (word for unit in units for word in _WORD.findall(unit))


def _words_of(sequence: Sequence, met: set[int]) -> Iterator[str]:
    for part in sequence:
        if isinstance(part, Spoken) and not part.open:
            yield part.word
        elif isinstance(part, OneOf) and id(part.sequences) not in met:
            met.add(id(part.sequences))
            for one in part.sequences:
                yield from _words_of(one, met)


def _add(lexicon: Lexicon, fact: FactType, role: Role, sequence: Sequence, value: Value | None) -> None:
    entry = Entry(fact, role, sequence, value, len(lexicon.entries))
    lexicon.entries.append(entry)
    for character in lexicon.alphabet.triggers(sequence):
        lexicon.by_character.setdefault(character, []).append(entry)


def _sequences(fact: FactType) -> Iterator[tuple[Role, Sequence, Value | None]]:
    """Every phrase of a fact: those it declares, and those that its label, unit, phrases and words give."""
    said = fact.recognised or Recognised()
    for role, phrases in (
        (Role.THING, said.things),
        (Role.PERHAPS, said.perhaps),
        (Role.ABOUT, said.about),
        (Role.OFTEN, said.often),
        (Role.NEEDED, said.needed),
        (Role.HAD, said.had),
        (Role.UNLESS, said.unless),
    ):
        yield from ((role, phrase.parts, None) for phrase in phrases)
    for key, phrases in said.means:
        yield from ((Role.MEANS, phrase.parts, _value_of(fact, key)) for phrase in phrases)
    for key, phrases in said.replies:
        yield from ((Role.REPLY, phrase.parts, _value_of(fact, key)) for phrase in phrases)
    yield from _implied(fact)


def _value_of(fact: FactType, key: str) -> Value:
    if fact.kind is Kind.FLAG:
        return key == "yes"
    return int(key) if fact.numeric else key


def _implied(fact: FactType) -> Iterator[tuple[Role, Sequence, Value | None]]:
    label = sequence_of(fact.label)
    yield Role.TOPIC, label, None
    if fact.recognised is not None and fact.recognised.often:
        yield Role.OFTEN, label, None
    match fact.kind:
        case Kind.COUNT:
            unit = sequence_of(re.split(r" (?:a|an|per) ", fact.unit)[0])
            if not fact.recognised:
                yield Role.THING, unit, None
            yield Role.THING, label, None
        case Kind.SCALE:
            yield Role.ABOUT, label, None
            for word in fact.words:
                for spelling in (word.word, *word.also):
                    yield Role.WORD, sequence_of(spelling), word.value
        case Kind.FLAG:
            for phrase, value in zip(fact.phrases, (True, False), strict=True):
                if len(phrase.split()) > 2:
                    yield Role.MEANS, sequence_of(phrase), value
        case Kind.CHOICE:
            for option in fact.options:
                yield Role.WORD, sequence_of(option.value.replace("_", " ")), option.value


def sequence_of(text: str) -> Sequence:
    """Plain words as a phrase."""
    return tuple(Spoken(word) for word in _WORD.findall(text.lower().replace("'s", "")))


def _marked(sequence: Iterable[object]) -> bool:
    return any(
        (isinstance(part, Mark) and part.sign in "#@")
        or (isinstance(part, OneOf) and any(map(_marked, part.sequences)))
        for part in sequence
    )


def _same_units(names: Iterable[str]) -> frozenset[str]:
    """Units with all their other names, where they are units of time."""
    sizes = {TIMES[name] for name in names if name in TIMES}
    return frozenset((*names, *(name for name, size in TIMES.items() if size in sizes)))
