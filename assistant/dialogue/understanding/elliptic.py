"""Amounts that leave their unit to one just named: `today it takes 8 seconds; the goal is two`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.amounts import Amount, Sort
from assistant.dialogue.understanding.claims import Claim, said_amount
from assistant.dialogue.understanding.lexicon import Lexicon, Mention, Role
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.scope import clause_before, hedged
from assistant.dialogue.understanding.taken_back import blocked
from assistant.dialogue.understanding.wishes import is_wish

_AIMS = english.words(
    "goal target aim want wants need needs must should max maximum limit like ideally ought desired expect required "
    "down below under get rather insist demand stipulate require"
)
_TAIL = english.words("max tops at or so please instead though then please")
_LINKS = _AIMS | english.words("is are be to of at in : = by have get it on upon - ,")
_NOW = english.words("now cut left down it this these today")
_LEAST_SUM = 1000
_SORTS = (Sort.TIME, Sort.PERCENT, Sort.MONEY)
_SHARES = range(50, 101)


def elliptic_claims(
    rows: Sequence[Row], mentions: Sequence[Sequence[Mention]], claims: Sequence[Claim], lexicon: Lexicon
) -> Iterator[Claim]:
    """Bare numbers wished for, of facts whose amount with its unit stands at most a sentence before."""
    for number, row in enumerate(rows):
        yield from _beside_another(row, number, mentions[number], claims, lexicon)
    for was in claims:
        dimension = lexicon.dimensions.get(was.fact.name)
        if was.amount < 0 or dimension is None or dimension.sort not in _SORTS:
            continue
        named = rows[was.row].pieces[was.amount].amount
        if named is None or not is_wish(was.fact) or (dimension.sort is Sort.MONEY and not was.today):
            continue
        for number in range(was.row, min(was.row + 2, len(rows))):
            row = rows[number]
            for index in range(was.last if number == was.row else 0, len(row.pieces)):
                amount = _in_unit(row, index, dimension.sort, named, claims, number)
                if amount is None or blocked(row, was.fact, index, index + 1):
                    continue
                assert was.fact.measure is not None
                value = was.fact.measure.value(dimension.within(amount, upper=dimension.sort is not Sort.PERCENT))
                doubt = amount.hedged or hedged(row, index, index + 1)
                yield Claim(
                    was.fact, value, said_amount(amount), number, index, index + 1, index, 5, doubt, wanted=True
                )


def _beside_another(
    row: Row, number: int, mentions: Sequence[Mention], claims: Sequence[Claim], lexicon: Lexicon
) -> Iterator[Claim]:
    """A bare number in the unit of something else's (`the site takes 6 seconds but the bot has to answer in one`)."""
    told = {claim.fact.name for claim in claims if claim.row == number}
    named = next((p.amount for p in row.pieces if p.amount is not None and p.amount.sort is Sort.TIME), None)
    for mention in mentions:
        dimension = lexicon.dimensions.get(mention.fact.name)
        if named is None or dimension is None or dimension.sort is not Sort.TIME or mention.fact.name in told:
            continue
        index = mention.last
        close = mention.role is Role.ABOUT and mention.first > 0 and index < len(row.pieces)
        amount = _in_unit(row, index, Sort.TIME, named, claims, number) if close else None
        if amount is not None and mention.fact.measure is not None and not blocked(row, mention.fact, index, index + 1):
            value = mention.fact.measure.value(dimension.within(amount, upper=True))
            stated = said_amount(amount)
            yield Claim(mention.fact, value, stated, number, mention.first, index + 1, index, 5, wanted=True)
            return


def _in_unit(row: Row, index: int, sort: Sort, named: Amount, claims: Sequence[Claim], number: int) -> Amount | None:
    """The bare number at a piece in the unit of an amount named before, where the clause ends with it as a wish."""
    amount = row.pieces[index].amount
    if amount is None or amount.sort not in (Sort.NUMBER, *((sort,) if sort is Sort.MONEY else ())) or amount.loose:
        return None
    if any(claim.row == number and claim.first <= index < claim.last for claim in claims):
        return None
    after = row.pieces[index + 1] if index + 1 < len(row.pieces) else None
    ends = after is None or after.breaks or after.form in _TAIL
    wished = amount.limit == -1 or (clause_before(row, index).has(_AIMS) and row.pieces[index - 1].form in _LINKS)
    if sort is Sort.MONEY:
        left = amount.low >= _LEAST_SUM and clause_before(row, index).has(_NOW)
        return replace(amount, sort=Sort.MONEY, unit="$") if ends and left else None
    if not ends or not wished or named.sort is not sort:
        return None
    if named.sort is Sort.PERCENT:
        share = int(amount.low) in _SHARES and int(amount.high) in _SHARES
        return replace(amount, sort=Sort.PERCENT, unit="%") if share else None
    size = english.TIMES.get(named.unit, Fraction(0))
    return (
        replace(amount, sort=Sort.TIME, unit=named.unit, low=amount.low * size, high=amount.high * size)
        if size
        else None
    )
