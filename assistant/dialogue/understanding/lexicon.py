"""What a policy's facts are recognised by, compiled once: phrases as patterns over a row's line, and a way to them."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import pairwise

from assistant.dialogue.understanding.english import RHYTHM_OF, TIMES, TYPOS
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.spelling import Speller
from assistant.dialogue.understanding.units import Dimension, dimension_of
from assistant.policy.forms import forms_of
from assistant.policy.phrases import Mark, OneOf, Recognised, Sequence, Spoken, sides_of, spoken_words
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import FactType, Kind, Value

_WORD = re.compile(r"[^\W\d_]+|\d+|%")
_INNER = (
    r"(?!but |because |so |not |no |never |without |nobody |none |hardly |little |nothing )"
    r"(?:#[a-z]\d+=|@\d+=)?[\w'/$%-]+"
)
_GAP = rf"(?: {_INNER}){{0,4}}?"
_WIDE_GAP = rf"(?: (?:{_INNER}|,|#[a-z]\d+)){{0,9}}?"
_BETWEEN = rf"(?: (?:{_INNER}|,|#[a-z]\d+|\?|–|-|:|->|=>)){{0,12}}"
_MARKS = {
    "..": _GAP,
    "...": _WIDE_GAP,
    ",": r"(?: (?:[,:(–—=/-]|->|=>|→))?",
    "#": r" #[a-z]\d+(?:=\w+)?",
    "@": r" @\d+=\w+",
    "^": r"(?:\A|(?<=[,:;()–—/-])|(?<= and)|(?<= but)|(?= \Z)|(?= (?:[,:;()–—/-]|and|but|so|because) ))",
}
_VERY = "(?:very|really|extremely|super|incredibly|awfully|terribly|so|too|extraordinarily|exceptionally|razor)"


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


@dataclass(frozen=True)
class Entry:
    """A phrase of a fact, to be sought, each of its sides a pattern of its own."""

    fact: FactType
    role: Role
    sequence: Sequence
    value: Value | None
    order: int

    def may_match(self, words: Collection[str]) -> bool:
        """Whether a row of these words has some word of every part that must be there."""
        return all(not known.isdisjoint(words) or _begins(words, heads) for known, heads in self._needs)

    @cached_property
    def _needs(self) -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
        """Of each part that must be there, the words that it may be, and how words may begin."""
        return tuple(
            (
                frozenset(form for one in several if not one.open for form in _heard_as(one)),
                tuple(one.word for one in several if one.open),
            )
            for several in _mandatory(self.sequence)
        )

    @cached_property
    def marked(self) -> bool:
        """Whether an amount or a period may stand in it."""
        return _marked(self.sequence)

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """A pattern for each side, made when a word of the phrase is first heard: making all takes seconds."""
        return tuple(_pattern(side, self.role) for side in sides_of(self.sequence))


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

    entries: list[Entry] = field(default_factory=list)
    by_word: dict[str, list[Entry]] = field(default_factory=dict)
    by_head: dict[str, list[Entry]] = field(default_factory=dict)
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    rates: list[FactType] = field(default_factory=list)
    alone: list[tuple[FactType, frozenset[str], frozenset[str]]] = field(default_factory=list)
    billions: list[FactType] = field(default_factory=list)
    facts: dict[str, FactType] = field(default_factory=dict)
    speller: Speller = field(default_factory=lambda: Speller(()))

    def mentions(self, row: Row) -> list[Mention]:
        """Every phrase in a row, in the order of the vocabulary; of one fact, role and value the longest."""
        found: dict[int, Entry] = {}
        words = row.words()
        for word in words:
            for entry in self.by_word.get(word, ()):
                found[entry.order] = entry
            for size in range(3, len(word) + 1) if self.by_head else ():
                for entry in self.by_head.get(word[:size], ()):
                    found[entry.order] = entry
        likely = (found[order] for order in sorted(found) if found[order].may_match(words))
        mentions = [mention for entry in likely for mention in _sought(entry, row)]
        return _widest(mentions)


def _begins(words: Collection[str], heads: tuple[str, ...]) -> bool:
    return bool(heads) and any(word.startswith(heads) for word in words)


def _sought(entry: Entry, row: Row) -> Iterator[Mention]:
    for match in entry.patterns[0].finditer(row.line):
        sides = [match.span()]
        for other in entry.patterns[1:]:
            beside = [found.span() for found in other.finditer(row.line) if not _overlaps(found.span(), sides)]
            if not beside:
                return
            sides.append(min(beside, key=lambda span: abs(span[0] - match.start())))
        starts, ends = min(start for start, _ in sides), max(end for _, end in sides)
        if len(sides) == 1 or _close(row.line, sides):
            first, last = row.places[starts + 1], row.places[ends - 1] + 1
            yield Mention(entry, first, last, starts, ends, entry.marked and _measures(row, first, last))


def _measures(row: Row, first: int, last: int) -> bool:
    return any(piece.amount is not None or piece.period is not None for piece in row.pieces[first:last])


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _close(line: str, sides: list[tuple[int, int]]) -> bool:
    """Whether what stands between the sides of a phrase is short, and neither a denial nor another thought."""
    ordered = sorted(sides)
    between = [line[end:start] for (_, end), (start, _) in pairwise(ordered)]
    return all(re.fullmatch(rf"{_BETWEEN} ", f"{one} ") for one in between)


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
    lexicon = Lexicon()
    for fact in policy.told.values():
        for role, sequence, value in _sequences(fact):
            _add(lexicon, fact, role, sequence, value)
        if fact.kind is Kind.COUNT and fact.unit.split()[0] in _ASKED and " a " in fact.unit:
            lexicon.rates.append(fact)
        if fact.kind is Kind.COUNT and fact.unit.startswith("billion "):
            lexicon.billions.append(fact)
        if fact.measure is not None:
            lexicon.dimensions[fact.name] = dimension_of(fact.measure)
            lexicon.facts[fact.name] = fact
            said = fact.recognised
            if said is not None and (said.alone or said.limits):
                lexicon.alone.append((fact, _same_units(said.alone), _same_units(said.limits)))
    lexicon.speller = Speller(_spelt(policy))
    return lexicon


def _spelt(policy: Policy) -> Iterator[str]:
    for fact in policy.told.values():
        for role, sequence, _ in _sequences(fact):
            if role is not Role.UNLESS:
                for spoken in spoken_words(sequence):
                    yield from () if spoken.open else forms_of(spoken.word)
        yield from (word for unit in (fact.measure.units if fact.measure else ()) for word in _WORD.findall(unit))


def _add(lexicon: Lexicon, fact: FactType, role: Role, sequence: Sequence, value: Value | None) -> None:
    entry = Entry(fact, role, sequence, value, len(lexicon.entries))
    lexicon.entries.append(entry)
    for spoken in _triggers(sequence):
        if spoken.open:
            lexicon.by_head.setdefault(spoken.word, []).append(entry)
        else:
            for form in _heard_as(spoken):
                lexicon.by_word.setdefault(form, []).append(entry)


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


def _pattern(sequence: Sequence, role: Role) -> re.Pattern[str]:
    return re.compile(_written(sequence, exact=role is Role.WORD) + "(?= )")


def _written(sequence: Sequence, *, exact: bool) -> str:
    written, at = [], 0
    while at < len(sequence):
        rhythm = "" if exact else _rhythm_at(sequence, at)
        written.append(rhythm or _part(sequence[at], exact))
        at += 2 if rhythm else 1
    return "".join(written)


def _rhythm_at(sequence: Sequence, at: int) -> str:
    """The pattern for `every week` and its like, which a row has as a period; empty where none begins there."""
    said = " ".join(part.word for part in sequence[at : at + 2] if isinstance(part, Spoken))
    return rf" @\d+={RHYTHM_OF[said]}" if " " in said and said in RHYTHM_OF else ""


def _part(part: object, exact: bool) -> str:
    match part:
        case Mark(sign=sign):
            return _MARKS[sign]
        case Spoken(word=word, open=True):
            return rf" {re.escape(word)}[^ ]*"
        case Spoken(word="very"):
            return f" {_VERY}"
        case Spoken(word=word):
            return " " + _any_form(word, exact)
        case OneOf(sequences=sequences, optional=optional):
            longest_first = sorted(sequences, key=_length, reverse=True)
            inner = "|".join(_written(one, exact=exact) for one in longest_first)
            return f"(?:{inner})" + "?" * optional
    raise AssertionError(f"not a part of a phrase: {part}")


def _length(sequence: Sequence) -> int:
    """How many words a phrase can have at most."""
    return sum(max(map(_length, part.sequences)) if isinstance(part, OneOf) else 1 for part in sequence)


def _any_form(word: str, exact: bool) -> str:
    forms = {word} if exact else set(forms_of(word))
    forms |= {TYPOS[form] for form in tuple(forms) if form in TYPOS}
    written = [re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form))]
    if word in RHYTHM_OF and not exact:
        written.append(rf"@\d+={RHYTHM_OF[word]}")
    if word in ("zero", "one", "two", "three", "four", "five", "once"):
        written.append(rf"#[a-z]\d+={word}")
    return f"(?:{'|'.join(written)})" if len(written) > 1 else written[0]


def _triggers(sequence: Sequence) -> tuple[Spoken, ...]:
    """Words of which one must be there for a phrase to match: of all such sets, the most telling."""
    sets = _mandatory(sequence)
    return min(sets, key=lambda words: (sum(len(w.word) < 5 for w in words) / len(words), len(words)), default=())


def _mandatory(sequence: Sequence) -> list[tuple[Spoken, ...]]:
    """Sets of words of which each must have a member there for a phrase to match."""
    sets: list[tuple[Spoken, ...]] = []
    for part in sequence:
        match part:
            case Spoken(word="very"):
                continue
            case Spoken():
                sets.append((part,))
            case OneOf(sequences=sequences, optional=False):
                inner = [_triggers(one) for one in sequences]
                if all(inner):
                    sets.append(tuple(spoken for one in inner for spoken in one))
    return sets


def _heard_as(spoken: Spoken) -> Iterator[str]:
    """The forms of a word as they stand among the words of a row."""
    return (TYPOS.get(form, form).split()[0] for form in forms_of(spoken.word))


def _same_units(names: Iterable[str]) -> frozenset[str]:
    """Units with all their other names, where they are units of time."""
    sizes = {TIMES[name] for name in names if name in TIMES}
    return frozenset((*names, *(name for name, size in TIMES.items() if size in sizes)))
