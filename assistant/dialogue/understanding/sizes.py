"""Amounts in billions, for a fact that counts in billions: `a 13b`, `small, 3B`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from assistant.dialogue.understanding.amounts import Sort
from assistant.dialogue.understanding.claims import Claim, said_amount, whole
from assistant.dialogue.understanding.counts import _claim, _scaled
from assistant.dialogue.understanding.english import words
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.scope import clause_before
from assistant.dialogue.understanding.taken_back import blocked
from assistant.policy.vocabulary import FactType

_TRIED = words("tried tested compared benchmarked used was were had revenue raised valued worth valuation")


_SIZED = words("base or and for with on is because to as that which we in at should would instruct range class now")


def billion_claims(row: Row, number: int, facts: Sequence[FactType]) -> Iterator[Claim]:
    """Amounts in billions that nothing else counts, for a fact that counts in billions: `a 13b`, `small, 3B`."""
    for index, piece in enumerate(row.pieces):
        if piece.amount is None or piece.amount.sort is not Sort.BILLIONS or not _names_size(row, index):
            continue
        for fact in facts:
            value = whole(_scaled(fact, piece.amount))
            if value is not None and not blocked(row, fact, index, index + 1):
                stated = said_amount(replace(piece.amount, low=Fraction(value), high=Fraction(value)))
                yield _claim(row, number, fact, value, stated, index, index + 1, index, -10, piece.amount)


def _names_size(row: Row, index: int) -> bool:
    """Whether an amount in billions ends a clause or is part of a name, rather than counting what follows."""
    before = clause_before(row, index).before
    after = row.pieces[index + 1].form if index + 1 < len(row.pieces) else ","
    return not any(word in _TRIED for word in before) and (not after.isalpha() or after in _SIZED)
