"""Telegram style: a subject, a colon and a bare answer (`Budget: tiny, team: me`; `Sources? Mandatory.`).

What stands after the colon is read as the answer to the question about what stands before it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.dialogue.understanding.amounts import Sort
from assistant.dialogue.understanding.claims import Claim, said_amount
from assistant.dialogue.understanding.company import MOST_ALONE
from assistant.dialogue.understanding.lexicon import Lexicon, Mention, Role
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.replies import reply_claim
from assistant.dialogue.understanding.units import dimension_of
from assistant.policy.vocabulary import FactType, Kind

_COLONS = frozenset((":", "=", "->", "=>", "→"))
_SUBJECTS = frozenset((Role.THING, Role.ABOUT, Role.OFTEN, Role.NEEDED, Role.HAD, Role.TOPIC))
MOST_MARK = 50
"""A plain number from here on is a share, and no mark out of ten."""
_LONGEST = 3
"""How many words a subject has at most."""


def headed_claims(
    row: Row, number: int, mentions: Sequence[Mention], told: Sequence[Claim], lexicon: Lexicon
) -> Iterator[Claim]:
    """The answers after colons, on facts that nothing else in the row tells."""
    known = {claim.fact.name for claim in told if claim.row == number}
    for index, piece in enumerate(row.pieces):
        if piece.form not in _COLONS:
            continue
        fact = _subject(row, index, mentions)
        if fact is None or fact.name in known:
            continue
        answer = Row(row.pieces[index + 1 : _end(row, index + 1)])
        claim = reply_claim(fact, [answer], [lexicon.mentions(answer)], lexicon) if answer.pieces else None
        if claim is not None and _marked(claim, answer):
            claim = _counting(claim, answer, lexicon) if _tells(fact, row, index, mentions) else None
        if claim is not None:
            yield _moved(claim, number, index + 1)


def _subject(row: Row, colon: int, mentions: Sequence[Mention]) -> FactType | None:
    """The one fact that what stands before a colon names, and nothing but that."""
    start = colon
    while start > 0 and not row.pieces[start - 1].breaks:
        start -= 1
    if not 0 < colon - start <= _LONGEST:
        return None
    spoken = [
        m for m in mentions if m.role not in (Role.UNLESS, Role.REPLY) and start <= m.first and m.last <= colon + 1
    ]
    whole = {m.fact.name for m in spoken if m.role in _SUBJECTS and m.first == start and m.last >= colon}
    facts = {m.fact.name: m.fact for m in spoken}
    return next(iter(facts.values())) if len(facts) == 1 and whole else None


def _end(row: Row, index: int) -> int:
    while index < len(row.pieces) and not row.pieces[index].breaks:
        index += 1
    return index


def _marked(claim: Claim, answer: Row) -> bool:
    """Whether an answer on a scale names no unit: `team: 5` may be people or a mark out of ten."""
    amount = answer.pieces[claim.amount].amount if claim.amount >= 0 else None
    plain = claim.fact.kind is Kind.SCALE and amount is not None and amount.sort is Sort.NUMBER
    return plain and not _is_share(claim, answer)


def _is_share(claim: Claim, answer: Row) -> bool:
    amount, measure = answer.pieces[claim.amount].amount, claim.fact.measure
    share = measure is not None and dimension_of(measure).sort is Sort.PERCENT
    return share and amount is not None and amount.low >= MOST_MARK


def _tells(fact: FactType, row: Row, colon: int, mentions: Sequence[Mention]) -> bool:
    """Whether the subject is more than the fact's name, which a mark would be given to."""
    named = any(m.fact is fact and m.role is Role.TOPIC and m.first < colon <= m.last + 1 for m in mentions)
    return not named


def _counting(claim: Claim, answer: Row, lexicon: Lexicon) -> Claim | None:
    """An answer with so many of what the fact's measure counts (`team: 2`); none where it measures something else."""
    dimension = lexicon.dimensions.get(claim.fact.name)
    amount = answer.pieces[claim.amount].amount
    if dimension is None or dimension.sort is not Sort.NUMBER or claim.fact.measure is None:
        return None
    if amount is None or amount.high > MOST_ALONE:
        return None
    value = claim.fact.measure.value(dimension.within(amount, upper=False))
    return replace(claim, value=value, stated=said_amount(amount))


def _moved(claim: Claim, number: int, by: int) -> Claim:
    amount = claim.amount + by if claim.amount >= 0 else -1
    return replace(claim, row=number, first=claim.first + by, last=claim.last + by, amount=amount, weight=8)
