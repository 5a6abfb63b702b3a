"""How often something happens, for a scale: `docs change daily`, `every 15 minutes the feed is updated`."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.dialogue.understanding.amounts import Sort
from assistant.dialogue.understanding.claims import Claim, said_period
from assistant.dialogue.understanding.english import words
from assistant.dialogue.understanding.lexicon import Lexicon, Mention
from assistant.dialogue.understanding.pieces import Piece, Row
from assistant.dialogue.understanding.scope import hedged, stops
from assistant.dialogue.understanding.taken_back import blocked
from assistant.dialogue.understanding.units import Dimension
from assistant.policy.vocabulary import FactType, folded

_REACH = 10
_NEAR = 4
"""How far before a period a number may stand that says how often."""
_STATED = words("is are get gets was were being been")
_LEADING_ON = words(
    ", so say usually about roughly maybe perhaps practically i would guess think typically normally "
    "i.e. that is or it is this which means like"
)


def rhythm_claims(row: Row, number: int, mention: Mention, lexicon: Lexicon) -> Iterator[Claim]:
    """How often something happens: `docs change daily`, `every 15 minutes the feed is updated`."""
    dimension = lexicon.dimensions.get(mention.fact.name)
    place = _period_of(row, mention)
    if place is None or blocked(row, mention.fact, min(place, mention.first), mention.last):
        return
    piece = row.pieces[place]
    piece = _so_many(row, mention, place)
    value = period_value(mention.fact, piece, dimension)
    if value is None or piece.period is None:
        return
    first, last = min(place, mention.first), max(place + 1, mention.last)
    doubt = piece.period.loose or hedged(row, first, last)
    yield Claim(
        mention.fact,
        value,
        said_period(piece.period),
        number,
        first,
        last,
        place,
        10 + mention.last - mention.first,
        doubt,
    )


def _so_many(row: Row, mention: Mention, place: int) -> Piece:
    """The period with the number of times that the phrase counts in it (`5 changes a day`)."""
    piece = row.pieces[place]
    amounts = (
        [row.pieces[index].amount for index in range(max(mention.first, place - _NEAR), place)]
        if mention.marked
        else []
    )
    between = {row.pieces[index].form for index in range(max(mention.first, place - _NEAR), place)}
    times = next((amount for amount in amounts if amount is not None and amount.sort is Sort.NUMBER), None)
    if times is None or piece.period is None or not times.middle or piece.period.explicit or between & _STATED:
        return piece
    return replace(piece, raw="", period=replace(piece.period, times=piece.period.times * times.middle))


def period_value(fact: FactType, piece: Piece, dimension: Dimension | None) -> int | None:
    """The scale's value for a period: by the anchor's word where it is one, else by the measure."""
    said = folded(piece.raw) if piece.raw else ""
    for word in fact.words:
        if said and said in {folded(spelling) for spelling in (word.word, *word.also)}:
            return word.value
    if piece.period is None or dimension is None or dimension.sort is not Sort.TIME or fact.measure is None:
        return None
    return fact.measure.value(piece.period.between * dimension.factor)


def _period_of(row: Row, mention: Mention) -> int | None:
    inside = [i for i in range(mention.first, mention.last) if row.pieces[i].period is not None]
    if inside or mention.marked:
        return inside[-1] if inside else None
    for index in range(mention.last, min(len(row.pieces), mention.last + _REACH)):
        piece = row.pieces[index]
        if piece.period is not None:
            return index
        leads_on = piece.form in _LEADING_ON and _then_so(row, index - 1)
        joined = piece.form in (":", ",", "=", "-", "(") and (index == mention.last or _then_so(row, index))
        if stops(row, index) and not joined and not leads_on:
            break
        if piece.amount is not None and piece.amount.sort is not Sort.TIMES:
            break
    for index in range(mention.first - 1, max(-1, mention.first - 7), -1):
        if row.pieces[index].period is not None:
            return index
        if stops(row, index) or (row.pieces[index].amount is not None):
            break
    return None


def _then_so(row: Row, index: int) -> bool:
    """Whether a comma leads on to how often that is (`amended every budget, so once a year`)."""
    for piece in row.pieces[index + 1 : index + 5]:
        if piece.period is not None:
            return row.pieces[index].form == ","
        if piece.form not in _LEADING_ON:
            return False
    return False
