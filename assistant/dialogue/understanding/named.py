"""People counted by their names: `it will be me plus Janet`, `Anna, Tom and I look after it`."""

from collections.abc import Iterator, Sequence

from assistant.dialogue.understanding.amounts import Sort
from assistant.dialogue.understanding.claims import Claim
from assistant.dialogue.understanding.english import FILLERS, words
from assistant.dialogue.understanding.lexicon import Lexicon, Mention, Role
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.scope import clause_before, clause_end, hedged
from assistant.knowledge import counted

_ME = words("me myself i")
_AND = words("and plus & + with")
_DOING = words("will would look maintain run keep support take do handle are share")
_MOST = 8


def named_claims(row: Row, number: int, mentions: Sequence[Mention], lexicon: Lexicon) -> Iterator[Claim]:
    """The writer with others by name, for a fact that counts people, where the clause says what they do."""
    for first, last, people in _rolls(row):
        near = range(first - len(clause_before(row, first).before) - 1, clause_end(row, last))
        facts = {m.fact.name: m.fact for m in mentions if m.role is Role.ABOUT and m.first in near}
        for name, fact in facts.items():
            dimension = lexicon.dimensions.get(name)
            if dimension is None or dimension.sort is not Sort.NUMBER or fact.measure is None:
                continue
            value = fact.measure.value(dimension.factor * people)
            doubt = hedged(row, first, last)
            yield Claim(fact, value, counted(people, "people"), number, first, last, first, 40, doubt)


def _rolls(row: Row) -> Iterator[tuple[int, int, int]]:
    """Where the writer stands with others by name, and how many they are together."""
    index = 0
    while index < len(row.pieces):
        last, people, me, linked = index, 0, False, False
        while last < len(row.pieces) and people < _MOST and _is_person(row, last):
            me = me or row.pieces[last].form in _ME
            people, last = people + 1, last + 1
            if last + 1 < len(row.pieces) and row.pieces[last].form in _AND | {","} and _is_person(row, last + 1):
                linked = row.pieces[last].form in _AND
                last += 1
            else:
                break
        if people > 1 and linked and (me or _look_after(row, last)):
            yield index, last, people
        index = max(last, index + 1)


def _look_after(row: Row, index: int) -> bool:
    """Whether the words behind a roll say that those will do something (`Petra and Luis will look after it`)."""
    forms = [piece.form for piece in row.pieces[index : index + 2]]
    return bool(forms) and (forms[0] in _DOING or (forms[0] in ("both", "together") and forms[-1] in _DOING))


def _is_person(row: Row, index: int) -> bool:
    """Whether a piece is the writer, or a name: a word with a capital that no list knows."""
    piece = row.pieces[index]
    if piece.form in _ME:
        return True
    named = piece.raw[:1].isupper() and piece.raw[1:].islower() and piece.raw.isalpha()
    return named and piece.form not in FILLERS and (index > 0 or _followed(row, index))


def _followed(row: Row, index: int) -> bool:
    """Whether a capital that begins a sentence stands for a name, as it stands before `and` or a comma."""
    return index + 1 < len(row.pieces) and row.pieces[index + 1].form in _AND | {","}
