"""Clauses: where one begins and ends, what stands before something in it, and whether a sentence asks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.english import words
from assistant.dialogue.understanding.pieces import Row

_CONJUNCTIONS = words(
    "but because so although though while whereas since which however therefore then hence only otherwise except plus"
)
_SUBJECTS = english.PEOPLE | {"the", "our", "my", "these", "docs"}
FAR = 7
_HEDGED = re.compile("|".join(f" {re.escape(hedge)} " for hedge in sorted(english.HEDGES, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Clause:
    """The words before something in its clause, nearest last."""

    before: tuple[str, ...]

    @property
    def negations(self) -> int:
        """How many negators stand before it."""
        both = "neither" in self.before and "nor" in self.before
        return sum(word in english.NEGATORS for word in self.before) - both

    @property
    def far(self) -> bool:
        """Whether the nearest negator is too far off to be sure of what it denies."""
        near = self.before[-FAR:]
        return any(word in english.NEGATORS for word in self.before) and not any(w in english.NEGATORS for w in near)

    def has(self, words: frozenset[str], near: int = 40) -> bool:
        """Whether one of some words stands before it."""
        return any(word in words for word in self.before[-near:])


def clause_before(row: Row, index: int) -> Clause:
    """The clause before a piece of a row."""
    start = index
    while start > 0 and not _opens(row, start - 1, index):
        start -= 1
    return Clause(_plainly([_word(row, i) for i in range(start, index)]))


_IDIOMS = re.compile(
    r" (?:without (?:any )?(?:exceptions?|fail|(?:a )?doubt|question)|no (?:doubt|matter|question|wonder|kidding)"
    r"|nothing (?:but|less than|short of)|not to mention|not least|if not|why not|no less than|no later than"
    r"|if (?:i|we|you) (?:look|count|check|remember|recall|add|trust|go by)"
    r"|if (?:i may|you like|you will|you ask me|anything|possible|at all possible|i am (?:honest|right|not mistaken))"
    r"|(?:what|all|one thing|the thing) (?:i|we) (?:can|could|may|would) (?:say|tell|confirm|offer|promise)(?: you)? is"
    r"|(?:i|we) (?:can|could|may|might|would|will) (?:only |just )?(?:say|tell|confirm|add|mention)(?: you)?"
    r"|(?:i|we) (?:would like|wish|want|have) to (?:inform|tell|let) you(?: know)?(?: that)?|please note that"
    r"|(?:i|we) do not (?:really |exactly )?know(?= (?:maybe|perhaps|like|say|probably|i |we |it |the )|\s*\Z)"
    r"|do not worry|never mind|no problem|no worries|not gonna lie|to be (?:honest|fair|clear))(?= )"
)


def _plainly(words: list[str]) -> tuple[str, ...]:
    """The words of a clause without what denies or doubts in form only (`without exception`, `I can tell you`)."""
    said = f" {' '.join(words)} "
    return tuple(_IDIOMS.sub("", said).split()) if _IDIOMS.search(said) else tuple(words)


def clause_starts(row: Row) -> list[int]:
    """The pieces that clauses of a row begin with."""
    last = len(row.pieces)
    return [0, *(index + 1 for index in range(last) if _opens(row, index, last))]


def _word(row: Row, index: int) -> str:
    piece = row.pieces[index]
    return piece.amount.word if piece.amount is not None and piece.amount.word else piece.form


def _opens(row: Row, index: int, last: int) -> bool:
    """Whether a clause begins right after a piece."""
    piece = row.pieces[index]
    if piece.form == "/" or (piece.breaks and piece.form != "-"):
        return True
    if piece.form == "-":
        return spaced(row, index)
    if piece.form in _CONJUNCTIONS:
        return not (piece.form == "so" and index and row.pieces[index - 1].form == "not")
    if piece.form == "and" and index + 1 <= last and index + 1 < len(row.pieces):
        following = row.pieces[index + 1]
        return following.form in _SUBJECTS or following.amount is not None or index + 1 == last
    return False


def spaced(row: Row, index: int) -> bool:
    """Whether a dash stands free."""
    after = row.pieces[index + 1] if index + 1 < len(row.pieces) else None
    before = row.pieces[index - 1] if index else None
    piece = row.pieces[index]
    return (after is None or after.start > piece.end) and (before is None or before.end < piece.start)


def clause_end(row: Row, index: int) -> int:
    """The piece before which the clause of a piece ends."""
    while index < len(row.pieces) and not (
        (row.pieces[index].breaks and row.pieces[index].form != "-")
        or row.pieces[index].form in ("but", "because", "so")
    ):
        index += 1
    return index


def stops(row: Row, index: int) -> bool:
    """Whether what goes together does not reach beyond a piece."""
    return row.pieces[index].breaks or row.pieces[index].form in ("but", "because", "so", "while", "whereas")


def clause_around(row: Row, first: int, last: int) -> range:
    """The pieces of the clause that some pieces stand in."""
    end = clause_end(row, last)
    while first > 0 and not (row.pieces[first - 1].breaks or _joins(row, first - 1)):
        first -= 1
    return range(first, next((index for index in range(last, end) if _joins(row, index)), end))


def _joins(row: Row, index: int) -> bool:
    """Whether a piece joins a sentence of its own (`and that the`, `and we`)."""
    following = row.pieces[index + 1].form if index + 1 < len(row.pieces) else ""
    return row.pieces[index].form == "and" and following in _SUBJECTS


def hedged(row: Row, first: int, last: int) -> bool:
    """Whether a hedge stands in the clause of some pieces."""
    start = first - len(clause_before(row, first).before)
    end = clause_end(row, last)
    text = " " + " ".join(_word(row, index) for index in range(start, end)) + " "
    return _HEDGED.search(text) is not None


def _short_answer(row: Row) -> bool:
    """Whether a few words with a question mark are an unsure answer (`maybe 3k?`)."""
    amounts = any(piece.amount is not None or piece.period is not None for piece in row.pieces)
    said = [piece for piece in row.pieces if piece.amount is not None or piece.form not in english.FILLERS]
    return len(said) <= 2 and len(row.pieces) <= 5 and (amounts or row.pieces[0].form in english.YES_OF | english.NO_OF)


_PICTURED = words("imagine suppose supposing hypothetically")
_TAGS = words("right correct true agreed or no")
_PERSON_WORDS = frozenset(["i", "we", "you", "one"])


def is_question(row: Row) -> bool:
    """Whether a sentence asks or supposes something rather than telling it."""
    forms = [_word(row, index) for index in range(min(len(row.pieces), 12))]
    while forms and (forms[0] in _OPENERS or forms[0] in (",", "-", "–", "—", ":")):
        forms.pop(0)
    if not forms:
        return row.asks
    if row.asks and len(row.pieces) > 2 and row.pieces[-2].form == "," and row.pieces[-1].form in _TAGS:
        return True
    if forms[0] in _PICTURED and len(forms) > 3:
        return True
    if (row.asks and _supposes(forms) and not _short_answer(row)) or _in_theory(forms):
        return True
    if forms[0] in english.ASKING:
        second = forms[1:4]
        return (
            row.asks
            or any(word in _INVERTING for word in second[:1])
            or forms[:2] in (["how", "much"], ["how", "many"], ["which", "one"])
        )
    if forms[0] in english.AUXILIARIES and len(forms) > 1:
        inverted = forms[1] in english.PEOPLE or forms[1] in (
            "the",
            "a",
            "an",
            "that",
            "your",
            "our",
        )
        if forms[1] == "not":
            inverted = len(forms) > 2 and forms[2] in english.PEOPLE | {"the", "a", "an", "that", "this", "your", "our"}
        return row.asks or (
            inverted and forms[0] not in ("is", "are", "have", "has", "had", "will", "was", "were", "must")
        )
    return (row.asks and (len(forms) > 1 and (forms[0] in _PERSON_WORDS and forms[1] in english.AUXILIARIES))) or (
        row.asks and not any(piece.form == "," for piece in row.pieces) and not _short_answer(row)
    )


def _in_theory(forms: Sequence[str]) -> bool:
    openings = (["in", "theory"], ["in", "my", "head"], ["rule", "of", "thumb"], ["as", "a", "rule", "of", "thumb"])
    return any(forms[: len(one)] == one for one in openings) or forms[0] in ("theoretically", "hypothetically")


def _supposes(forms: Sequence[str]) -> bool:
    """Whether a sentence begins by supposing something (`say we had 5k, …?`)."""
    return forms[0] in english.SUPPOSING or (forms[0] in ("say", "let", "lets") and len(forms) > 3)


_OPENERS = words(
    "ok okay so well and but hey hi hello please sorry oh um hmm also btw now then right yes no thanks ps by"
)
_INVERTING = english.AUXILIARIES | {"about", "s", "if"}
