"""Amounts that a measure takes without more: by their unit, as a limit, or as all that a clause says."""

from collections.abc import Iterator

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.amounts import Sort
from assistant.dialogue.understanding.claims import Claim
from assistant.dialogue.understanding.company import MOST_ALONE, with_me
from assistant.dialogue.understanding.english import words
from assistant.dialogue.understanding.lexicon import Lexicon
from assistant.dialogue.understanding.measured import LEAST_SUM, fits, is_sum, is_time, of_amount, running
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.scope import clause_before, clause_end
from assistant.dialogue.understanding.units import Dimension

_MOST_HELD = 5
"""More people than that whom `we have` need not all be there for the system."""
_HIGH_SHARE = 80
_ONLY = words("only max total available in all no more here tops full time part - currently right now")
_ENOUGH = words("is that it fine ok okay enough")


def alone_claims(row: Row, number: int, lexicon: Lexicon) -> Iterator[Claim]:
    """Amounts in a unit that the vocabulary takes for the fact's without more: `p95 < 200ms`."""
    for entry in lexicon.alone:
        fact, units, limited = entry
        dimension = lexicon.dimensions[fact.name]
        for index, piece in enumerate(row.pieces):
            amount = piece.amount
            if amount is None or amount.sort is not dimension.sort:
                continue
            if amount.unit in units or (amount.unit in limited and _is_limit(row, index, dimension)):
                yield from of_amount(row, number, fact, dimension, index, None)


def standing_claims(row: Row, number: int, lexicon: Lexicon) -> Iterator[Claim]:
    """A few people, or whatever else a measure counts, as all that a clause says: `Prototype. Two engineers.`"""
    for name, dimension in lexicon.dimensions.items():
        stands = {Sort.NUMBER: _stands, Sort.MONEY: _stands_sum, Sort.PERCENT: _stands_share}.get(dimension.sort)
        if stands is None:
            continue
        fact = lexicon.facts[name]
        for index, piece in enumerate(row.pieces):
            if piece.amount is not None and stands(row, index, dimension):
                yield from of_amount(row, number, fact, dimension, index, None)


def _is_limit(row: Row, index: int, dimension: Dimension) -> bool:
    """Whether an amount is the most that may be, and no price of a single thing."""
    amount = row.pieces[index].amount
    assert amount is not None
    small = dimension.sort is Sort.MONEY and amount.high < LEAST_SUM
    negated = clause_before(row, index).negations == 1
    return not small and not running(row, index) and (amount.limit == -1 or (amount.limit == 1 and negated))


def _stands_sum(row: Row, index: int, dimension: Dimension) -> bool:
    """Whether a sum is all that a sentence says, but for calling it the most, or enough (`30 grand tops.`)."""
    rest = [piece.form for piece in row.pieces[1:]]
    amount = row.pieces[index].amount
    large = amount is not None and amount.low >= LEAST_SUM and fits(row, index, dimension)
    return index == 0 and large and is_sum(row.pieces[0]) and set(rest) <= _ONLY | _ENOUGH | {","}


def _having(row: Row, index: int) -> bool:
    """Whether an amount follows no more than `we have` at the beginning of its clause."""
    before = clause_before(row, index).before
    return before in (("we", "have"), ("i", "have"), ("we", "have", "got"), ("we", "got"), ("we", "employ"))


def _stands_share(row: Row, index: int, dimension: Dimension) -> bool:
    """Whether a high share is all that a clause says (`cites, 1 s, 95%`, `so 99.5%`)."""
    amount = row.pieces[index].amount
    if amount is None or amount.sort is not Sort.PERCENT or not _HIGH_SHARE <= amount.low <= amount.high <= 100:
        return False
    first = index
    while first > 0 and row.pieces[first - 1].form in ("so", "then", "say", "need", "needs"):
        first -= 1
    starts = first == 0 or row.pieces[first - 1].form in (",", ";", "/", "-", "+", "&", "|")
    following = [piece.form for piece in row.pieces[index + 1 : index + 3]] + ["", ""]
    told_of = following[1] in ("is", "was", "are", "were", "of", "which")
    return starts and not told_of and (index + 1 == len(row.pieces) or row.pieces[index + 1].breaks)


def _stands(row: Row, index: int, dimension: Dimension) -> bool:
    amount = row.pieces[index].amount
    if amount is None or amount.sort is not Sort.NUMBER or amount.loose or amount.high > MOST_ALONE:
        return False
    begun = _having(row, index) and amount.high <= _MOST_HELD
    if index and not (row.pieces[index - 1].breaks or row.pieces[index - 1].form == "and" or begun):
        return False
    rest = [piece.form for piece in row.pieces[index + 1 : clause_end(row, index + 1)]]
    named = next((at for at, form in enumerate(rest[:3]) if form in dimension.units), None)
    if named is None or any(form in english.FILLERS for form in rest[:named]):
        return False
    me = with_me(row, index)
    tail = rest[named + 1 : None if me is None else me - 2 - index]
    assigned = tail[:2] in (["on", "it"], ["for", "it"], ["on", "this"], ["for", "this"])
    anyone = rest[named] in english.ANYONE
    end = index + 1 + len(rest)
    part = [piece for piece in row.pieces[end + 1 : end + 3] if piece.period is not None or is_time(piece)]
    if len(part) == 2:
        return False
    whole = len(rest) + 1 == len(row.pieces) and not begun
    return (not tail and (whole or not anyone)) or (assigned and len(tail) <= 4) or (not anyone and set(tail) <= _ONLY)
