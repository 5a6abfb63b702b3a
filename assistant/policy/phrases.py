"""The small notation in which a vocabulary says how people speak of a fact, parsed to a tree.

document              the word, in any of its regular forms (documents)
label*                every word that begins so
(chat | call log)     one of these
[very] tight          a word that may be missing
..                    up to six other words of the same clause, none of them a denial
...                   up to nine other words, commas among them
,                     a comma, a colon or a dash, if there is one
#                     a number, with its unit or currency if it has one
@                     how often: daily, twice a week, every 15 minutes
^                     where a clause begins or ends
wrong & (hurt | harm)  both, in any order and not far from each other, no denial between them
<answer>              the group of that name
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from assistant.errors import Span

MAX_DEPTH = 8
MOST_KEPT = 20_000
_PIECE = re.compile(r"[^\W_]+(?:'[^\W_]+)?\*?|<[a-z][a-z_]*>|\.\.\.?|\S")
_SIGNS = frozenset("()[]|&-")
_MARKS = frozenset(("..", "...", ",", "#", "@", "&", "^"))
_WORD = re.compile(r"(?:[^\W_]+(?:'[^\W_]+)?\*?|<[a-z][a-z_]*>|[%$=])\Z")
_NAMED = re.compile(r"<([a-z][a-z_]*)>")
_TIGHT = (("( ", "("), (" )", ")"), ("[ ", "["), (" ]", "]"), (" | ", "|"))


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
    """One phrase of a vocabulary: what it says, as it is written, where, and in full with its groups written out.

    What is spelt out is the same for phrases that are recognised alike.
    """

    parts: Sequence
    written: str
    span: Span
    spelt: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Phrases under one name, and how they are spelt out wherever it stands."""

    sequences: tuple[Sequence, ...]
    spelt: str


Groups: TypeAlias = Mapping[str, Group]


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


def parse_phrase(text: str, groups: Groups) -> tuple[Sequence, str]:
    """The tree of a phrase, and the phrase spelt out; raises `PhraseError` with what is wrong.

    The same phrases are read over and over as an owner edits, so what was parsed is kept for a while.
    """
    used = tuple(groups[name].spelt for name in _NAMED.findall(text.lower()) if name in groups) if "<" in text else ()
    known = _KEPT.get((text, used))
    if known is None:
        known = _parsed(text.lower().rstrip(), groups)
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        _KEPT[text, used] = known
    return known


_KEPT: dict[tuple[str, tuple[str, ...]], tuple[Sequence, str]] = {}
_PLAIN: dict[str, Part] = {}
"""Words and marks as parts: the same words come again and again."""
_AND = Mark("&")


def _parsed(text: str, groups: Groups) -> tuple[Sequence, str]:
    """The tree of a phrase and the phrase spelt out."""
    pieces = _PIECE.findall(text)
    try:
        parts, stray = _tree(pieces, groups)
    except PhraseError:
        _check_notation(text, pieces)
        raise
    if stray:
        _check_notation(text, pieces)
    sides = sides_of(parts) if "&" in pieces else (parts,)
    if not all(any(type(part) is not Mark for part in side) for side in sides):
        raise PhraseError("a phrase needs a word on each side of `&`" if "&" in pieces else "a phrase needs a word")
    if stray:
        raise PhraseError(f"`{stray}` {'stands outside brackets' if stray == '|' else 'closes nothing'}")
    return parts, _spelt(pieces, groups)


def sides_of(sequence: Sequence) -> tuple[Sequence, ...]:
    """What stands between the `&` of a phrase: the phrase itself where there is none."""
    sides: list[list[Part]] = [[]]
    for part in sequence:
        if part == _AND:
            sides.append([])
        else:
            sides[-1].append(part)
    return tuple(map(tuple, sides))


def _check_notation(text: str, pieces: Iterable[str]) -> None:
    """Raises `PhraseError` at the first piece that is not in the notation."""
    if not all(map(_in_notation, pieces)):
        at = next(found.start() for found in _PIECE.finditer(text) if not _in_notation(found[0]))
        raise PhraseError(f"`{text[at:].strip()[:20]}` is not in the notation")


def _tree(pieces: Iterable[str], groups: Groups) -> tuple[Sequence, str]:
    """The tree of some pieces, in one pass with the brackets that are open on a stack; up to what has no place."""
    parts: list[Part] = []
    opened: list[tuple[str, list[Sequence], list[Part]]] = []
    for piece in pieces:
        part = _PLAIN.get(piece)
        if part is not None:
            parts.append(part)
        elif piece in "([":
            if len(opened) == MAX_DEPTH:
                raise PhraseError(f"more than {MAX_DEPTH} brackets in each other")
            opened.append((piece, [], parts))
            parts = []
        elif piece in ")]|":
            if not opened:
                return tuple(parts), piece
            parts = _alternative(piece, parts, opened)
        elif piece != "-":
            parts.append(_rarer(piece, groups, bool(opened)))
    if opened:
        raise PhraseError(f"`{opened[-1][0]}` is not closed" if parts else "an empty alternative")
    return tuple(parts), ""


def _rarer(piece: str, groups: Groups, inside: bool) -> Part:
    """The part of a word or mark that was not met yet, of a group, or of `&`."""
    if piece == "&":
        if inside:
            raise PhraseError("`&` stands within brackets")
        return _AND
    if not _in_notation(piece):
        raise PhraseError("not in the notation")
    if piece[0] == "<":
        if piece[1:-1] not in groups:
            raise PhraseError(f"there is no group `{piece[1:-1]}`")
        return OneOf(groups[piece[1:-1]].sequences)
    if len(_PLAIN) >= MOST_KEPT:
        _PLAIN.clear()
    part: Part = Mark(piece) if piece in _MARKS else Spoken(piece.rstrip("*"), piece.endswith("*"))
    return _PLAIN.setdefault(piece, part)


def _alternative(sign: str, parts: list[Part], opened: list[tuple[str, list[Sequence], list[Part]]]) -> list[Part]:
    """Ends an alternative at `|` or a closing bracket; the parts to go on with."""
    opening, alternatives, before = opened[-1]
    if not parts:
        raise PhraseError("an empty alternative")
    alternatives.append(tuple(parts))
    if sign == "|":
        return []
    if sign != (")" if opening == "(" else "]"):
        raise PhraseError(f"`{opening}` is not closed")
    opened.pop()
    before.append(OneOf(tuple(alternatives), opening == "["))
    return before


def _spelt(pieces: list[str], groups: Groups) -> str:
    if any(piece[0] in "<-" for piece in pieces):
        pieces = [f"({groups[p[1:-1]].spelt})" if p[0] == "<" else p for p in pieces if p != "-"]
    text = " ".join(pieces)
    for loose, tight in _TIGHT:
        text = text.replace(loose, tight)
    return text


@lru_cache(maxsize=20_000)
def _in_notation(piece: str) -> bool:
    return piece in _SIGNS or piece in _MARKS or _WORD.match(piece) is not None


def spoken_words(sequence: Sequence) -> Iterator[Spoken]:
    """Every word of a phrase."""
    for part in sequence:
        if isinstance(part, Spoken):
            yield part
        elif isinstance(part, OneOf):
            for inner in part.sequences:
                yield from spoken_words(inner)
