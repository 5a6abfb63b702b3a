"""An answer within a longer message: the one amount in it that can be what was asked for.

`I looked last Friday and there were 2,380 conversations in there, so that, I guess`. Where two amounts could be meant,
or the one counts people, money or time that nobody asked for, there is no answer.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.amounts import Amount, Sort
from assistant.dialogue.understanding.claims import Claim, period_in, said_amount, whole
from assistant.dialogue.understanding.counts import _of, _scaled, rate_stated
from assistant.dialogue.understanding.lexicon import Lexicon, Mention, Role
from assistant.dialogue.understanding.measured import bare_amount
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.scope import clause_before, clause_end, hedged
from assistant.dialogue.understanding.units import dimension_of
from assistant.knowledge import counted
from assistant.policy.vocabulary import FactType, Kind

_GONE = frozenset(("lost", "deleted", "threw", "could", "hope", "hoping", "if", "unless", "plan", "planning", "ago"))
_ALIEN = english.words(
    "people persons person employees staff users customers clients members students patients citizens visitors "
    "colleagues lawyers doctors nurses engineers developers agents teachers partners offices branches sites shops "
    "stores countries cities languages departments teams companies suppliers vendors servers machines gpus cards "
    "years floors rooms pupils drivers technicians types kinds sorts categories topics percent euros dollars pounds"
)
_NEAR = 8
_LONGEST_WAIT = 59
_LEAST_SHARE, _WHOLE = 50, 100


def answer_within(
    fact: FactType,
    rows: Sequence[Row],
    mentions: Sequence[Sequence[Mention]],
    lexicon: Lexicon,
    taken: set[tuple[int, int]],
) -> Claim | None:
    """The claim of the only amount in a message that fits the question; `taken` are those that other facts claim."""
    found = [
        claim
        for number, row in enumerate(rows)
        if mentions[number] is not None
        for claim in _answers(fact, row, number, mentions[number], lexicon, taken)
    ]
    return found[0] if len({claim.value for claim in found}) == 1 else None


def _answers(
    fact: FactType,
    row: Row,
    number: int,
    mentions: Sequence[Mention],
    lexicon: Lexicon,
    taken: set[tuple[int, int]],
) -> Iterator[Claim]:
    barred = any(mention.fact is fact and mention.role is Role.UNLESS for mention in mentions)
    for index, piece in enumerate(row.pieces):
        if (piece.amount is None and piece.period is None) or (number, index) in taken or barred:
            continue
        if _taken_back(row, index):
            continue
        told = _count(fact, row, index, mentions) if fact.kind is Kind.COUNT else _scale(fact, row, index, lexicon)
        if told is not None:
            value, said = told
            doubt = hedged(row, index, index + 1) or (piece.amount is not None and piece.amount.hedged)
            yield Claim(fact, value, said, number, index, index + 1, index, 0, doubt)


def _taken_back(row: Row, index: int) -> bool:
    """Whether the clause denies the amount, supposes it, or tells of somebody else's."""
    words = [*clause_before(row, index).before, *(p.form for p in row.pieces[index + 1 : clause_end(row, index + 1)])]
    used_to = any(pair == ("used", "to") for pair in pairwise(words))
    return used_to or any(word in english.NEGATORS or word in english.STRANGERS or word in _GONE for word in words)


def _count(fact: FactType, row: Row, index: int, mentions: Sequence[Mention]) -> tuple[int, str] | None:
    amount = row.pieces[index].amount
    if amount is None or amount.loose or amount.sort not in (Sort.NUMBER, Sort.BILLIONS):
        return None
    if amount.word in ("one", "two") or not _may_count(fact, row, index, mentions):
        return None
    wanted = period_in(fact)
    following = row.pieces[index + 1 : index + 5]
    period = amount.period or next((piece.period.between for piece in following if piece.period is not None), None)
    if period is not None:
        value = whole(amount.middle * wanted / period) if wanted is not None else None
        return (value, rate_stated(row, fact, value, amount, period)) if value is not None else None
    value = whole(_scaled(fact, amount))
    if value is None:
        return None
    stated = f"{_of(fact, amount.middle)}" if wanted is None and amount.sort is Sort.BILLIONS else said_amount(amount)
    return value, counted(value, fact.unit) if wanted is not None else stated


def _may_count(fact: FactType, row: Row, index: int, mentions: Sequence[Mention]) -> bool:
    """Whether what stands after a number lets it count what is asked for."""
    after = row.pieces[index + 1] if index + 1 < len(row.pieces) else None
    if after is None or after.breaks or after.period is not None:
        return True
    own = any(
        mention.fact is fact
        and mention.role in (Role.THING, Role.PERHAPS)
        and mention.first <= index + 4
        and mention.last > index
        for mention in mentions
    )
    alien = after.form in _ALIEN or index - len(clause_before(row, index).before) < index - _NEAR
    return own or after.form in english.FILLERS or after.form.rstrip("s") in fact.unit or not alien


def _unit_follows(row: Row, index: int, units: frozenset[str]) -> bool:
    ours = [piece.form for piece in row.pieces[max(0, index - 2) : index]] == ["we", "are"]
    return ours or any(piece.form in units for piece in row.pieces[index + 1 : index + 3])


def _is_share(row: Row, index: int, amount: Amount) -> bool:
    """Whether a plain number that ends a clause can be a share."""
    ends = index + 1 == len(row.pieces) or row.pieces[index + 1].breaks
    return ends and amount.sort is Sort.NUMBER and _LEAST_SHARE <= amount.low <= amount.high <= _WHOLE


def _scale(fact: FactType, row: Row, index: int, lexicon: Lexicon) -> tuple[int, str] | None:
    piece = row.pieces[index]
    if fact.measure is None:
        return None
    dimension = dimension_of(fact.measure)
    amount = piece.amount
    share = dimension.sort is Sort.PERCENT and amount is not None and _is_share(row, index, amount)
    if amount is not None and amount.sort is not dimension.sort and not share:
        return None
    if (
        amount is not None
        and amount.sort is Sort.NUMBER
        and not share
        and not _unit_follows(row, index, dimension.units)
    ):
        return None
    if amount is not None and amount.sort is Sort.TIME and amount.high > _LONGEST_WAIT:
        return None
    if piece.period is not None and not (fact.recognised and fact.recognised.often):
        return None
    if amount is not None and dimension.sort is Sort.NUMBER:
        value = fact.measure.value(dimension.within(amount, upper=False))
        return value, said_amount(amount)
    return bare_amount(fact, row, index, lexicon.dimensions.get(fact.name))
