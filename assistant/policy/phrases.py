"""The small notation in which a vocabulary says how people speak of a fact, parsed to a tree.

document              the word, in any of its regular forms (documents)
label*                every word that begins so
(chat | call log)     one of these
[very] tight          a word that may be missing
..                    up to four other words of the same clause, none of them a denial
...                   up to nine other words, commas among them
,                     a comma, a colon or a dash, if there is one
#                     a number, with its unit or currency if it has one
@                     how often: daily, twice a week, every 15 minutes
^                     where a clause begins or ends
wrong & (hurt | harm)  both, in any order and not far from each other, no denial between them
<answer>              the group of that name
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import TypeAlias

from assistant.errors import Span

MAX_READINGS = 4000
MAX_DEPTH = 8
_PIECE = re.compile(
    r"\s*(?:(?P<word>[^\W_]+(?:'[^\W_]+)?\*?|%|\$|=)|(?P<group><[a-z][a-z_]*>)|(?P<mark>\.\.\.?|[()\[\]|#@&^,-]))"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word in any of its regular forms; with `open`, everything that begins so."""

    word: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """`..`, `...`, `,`, `#`, `@`, `^` or, between whole parts of a phrase, `&`."""

    sign: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of several sequences, or none of them where they are `optional`."""

    sequences: tuple["Sequence", ...]
    optional: bool = False


Part: TypeAlias = Spoken | Mark | OneOf
Sequence: TypeAlias = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a vocabulary: what it says, as it is written, and where."""

    parts: Sequence
    written: str
    span: Span


@dataclass(frozen=True, slots=True)
class Recognised:
    """How people speak of a fact: see docs/policy-language.md, "How a fact is recognised"."""

    things: tuple[Phrase, ...] = ()
    perhaps: tuple[Phrase, ...] = ()
    about: tuple[Phrase, ...] = ()
    often: tuple[Phrase, ...] = ()
    needed: tuple[Phrase, ...] = ()
    had: tuple[Phrase, ...] = ()
    means: tuple[tuple[str, tuple[Phrase, ...]], ...] = ()
    replies: tuple[tuple[str, tuple[Phrase, ...]], ...] = ()
    unless: tuple[Phrase, ...] = ()
    alone: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    speaks_of: str = "state"


class PhraseError(ValueError):
    """A phrase that does not keep to the notation."""


def parse_phrase(text: str, groups: Mapping[str, tuple[Sequence, ...]]) -> Sequence:
    """The tree of a phrase; raises `PhraseError` with what is wrong."""
    pieces = list(_pieces(text))
    parts, rest = _sequence(pieces, 0, groups, 0)
    if not all(any(isinstance(part, Spoken | OneOf) for part in side) for side in sides_of(parts)):
        raise PhraseError("a phrase needs a word on each side of `&`" if "&" in pieces else "a phrase needs a word")
    if rest < len(pieces):
        stray = "stands outside brackets" if pieces[rest] == "|" else "closes nothing"
        raise PhraseError(f"`{pieces[rest]}` {stray}")
    return parts


def sides_of(sequence: Sequence) -> tuple[Sequence, ...]:
    """What stands between the `&` of a phrase: the phrase itself where there is none."""
    sides: list[list[Part]] = [[]]
    for part in sequence:
        if part == Mark("&"):
            sides.append([])
        else:
            sides[-1].append(part)
    return tuple(map(tuple, sides))


def _pieces(text: str) -> Iterator[str]:
    at = 0
    text = text.lower().rstrip()
    for found in _PIECE.finditer(text):
        if found.start() != at:
            break
        at = found.end()
        piece = found[found.lastgroup or 0]
        if piece != "-":
            yield piece
    if at < len(text):
        raise PhraseError(f"`{text[at:].strip()[:20]}` is not in the notation")


def _sequence(
    pieces: list[str], at: int, groups: Mapping[str, tuple[Sequence, ...]], depth: int
) -> tuple[Sequence, int]:
    parts: list[Part] = []
    while at < len(pieces) and pieces[at] not in ("|", ")", "]"):
        piece = pieces[at]
        part: Part
        if piece == "&" and depth:
            raise PhraseError("`&` stands within brackets")
        if piece in ("(", "["):
            part, at = _choice(pieces, at, groups, depth + 1)
        else:
            part, at = _single(piece, groups), at + 1
        parts.append(part)
    return tuple(parts), at


def _single(piece: str, groups: Mapping[str, tuple[Sequence, ...]]) -> Part:
    if piece[0] != "<":
        return _plain(piece)
    if piece[1:-1] not in groups:
        raise PhraseError(f"there is no group `{piece[1:-1]}`")
    return OneOf(groups[piece[1:-1]])


@lru_cache(maxsize=20_000)
def _plain(piece: str) -> Part:
    """A word or a mark; the same words come again and again."""
    if piece in ("..", "...", ",", "#", "@", "&", "^"):
        return Mark(piece)
    return Spoken(piece.rstrip("*"), piece.endswith("*"))


def _choice(pieces: list[str], at: int, groups: Mapping[str, tuple[Sequence, ...]], depth: int) -> tuple[OneOf, int]:
    if depth > MAX_DEPTH:
        raise PhraseError(f"more than {MAX_DEPTH} brackets in each other")
    opening, closing = pieces[at], {"(": ")", "[": "]"}[pieces[at]]
    sequences = []
    while True:
        sequence, at = _sequence(pieces, at + 1, groups, depth)
        if not sequence:
            raise PhraseError("an empty alternative")
        sequences.append(sequence)
        if at >= len(pieces) or pieces[at] in (")", "]"):
            break
    if at >= len(pieces) or pieces[at] != closing:
        raise PhraseError(f"`{opening}` is not closed")
    return OneOf(tuple(sequences), opening == "["), at + 1


def spelt_out(sequence: Sequence, groups: dict[int, str]) -> str:
    """A phrase in full, its groups written out: the same for phrases that are recognised alike.

    `groups` keeps what stands in brackets or groups, by its identity, for as long as the phrases live.
    """
    return " ".join([_spelt_part(part, groups) for part in sequence])


def _spelt_part(part: Part, groups: dict[int, str]) -> str:
    match part:
        case Spoken(word=word, open=opened):
            return word + "*" * opened
        case Mark(sign=sign):
            return sign
        case OneOf(sequences=sequences, optional=optional):
            if id(sequences) not in groups:
                groups[id(sequences)] = "|".join([spelt_out(one, groups) for one in sequences])
            return f"[{groups[id(sequences)]}]" if optional else f"({groups[id(sequences)]})"


def readings(sequence: Sequence) -> Iterator[str]:
    """What a phrase can sound like, word for word, up to a limit."""
    return islice(_readings(sequence), MAX_READINGS)


def _readings(sequence: Sequence) -> Iterator[str]:
    choices = [tuple(islice(_part_readings(part), MAX_READINGS)) for part in sequence]
    return (" ".join(filter(None, chosen)) for chosen in product(*choices))


def _part_readings(part: Part) -> Iterator[str]:
    match part:
        case Spoken(word=word, open=opened):
            yield word + "*" * opened
        case Mark(sign=sign):
            yield "" if sign == "," else sign
        case OneOf(sequences=sequences, optional=optional):
            if optional:
                yield ""
            for sequence in sequences:
                yield from _readings(sequence)


def spoken_words(sequence: Sequence) -> Iterator[Spoken]:
    """Every word of a phrase."""
    for part in sequence:
        if isinstance(part, Spoken):
            yield part
        elif isinstance(part, OneOf):
            for inner in part.sequences:
                yield from spoken_words(inner)
