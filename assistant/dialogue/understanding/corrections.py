"""What a writer puts right within a message: `5k examples, sorry, 500`, `daily, no wait, hourly`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from assistant.dialogue.understanding.amounts import Sort
from assistant.dialogue.understanding.claims import Claim, period_in, said_amount, said_period, whole
from assistant.dialogue.understanding.counts import _of, _scaled
from assistant.dialogue.understanding.lexicon import Mention, Role
from assistant.dialogue.understanding.pieces import Piece, Row
from assistant.dialogue.understanding.rhythms import period_value
from assistant.dialogue.understanding.taken_back import blocked
from assistant.dialogue.understanding.units import dimension_of
from assistant.policy.vocabulary import FactType, Kind

PUT_RIGHT = re.compile(
    r"\b(?:s+o?r+y|my bad|my mistake|no,? wait|wait|hang on|hold on|i mean|i me[a]?nt|i "
    r"ment|mean|make (?:that|it)|scratch that|strike that|correction|"
    r"or rather|rather|actually|more like|closer to|oops|whoops|not quite|in fact|should be"
    r"|should say|typo|let me correct|i misspoke|"
    r"checked|turns out|nope|pardon|apologies|instead|let me (?:check|look|count)"
    r"|(?:cut|reduced|trimmed|slashed|lowered|raised|upped|increased|shrunk|came down) (?:down )?to)\b|\bno,|\*"
)
_INSTEAD = re.compile(r"\b(?:more like|rather|but|only|just|closer to|it is|it's|actually|maybe)\b")


def corrected(
    claims: Sequence[Claim], rows: Sequence[Row], mentions: Sequence[Sequence[Mention]], text: str
) -> tuple[list[Claim], list[tuple[Claim, Claim]]]:
    """The claims as they hold in the end, and which claim took the place of which."""
    found = [*claims]
    pairs: list[tuple[Claim, Claim]] = []
    for number, row in enumerate(rows):
        for index, piece in enumerate(row.pieces):
            if piece.amount is None and piece.period is None:
                continue
            if any(claim.row == number and claim.first <= index < claim.last for claim in found):
                continue
            was = _last_before(found, number, index, rows)
            now = _in_its_place(was, row, number, index) if was and _cued(was, row, index, rows, text) else None
            if was is not None and now is not None:
                found[found.index(was)] = now
                pairs.append((was, now))
            elif now := _after_denial(row, number, index, mentions[number], text):
                found.append(now)
    for was, now in _restated(found, rows, text):
        found.remove(was)
        pairs.append((was, now))
    return found, pairs


def _start(claim: Claim, rows: Sequence[Row]) -> int:
    return rows[claim.row].pieces[claim.first].start


def _end(claim: Claim, rows: Sequence[Row]) -> int:
    return rows[claim.row].pieces[max(claim.last - 1, claim.first)].end


def _last_before(claims: Sequence[Claim], number: int, index: int, rows: Sequence[Row]) -> Claim | None:
    """The nearest claim on an amount of the same sort before a piece, at most two rows back."""
    piece = rows[number].pieces[index]
    before = [
        claim
        for claim in claims
        if claim.amount >= 0
        and number - 2 <= claim.row <= number
        and _end(claim, rows) <= piece.start
        and (rows[claim.row].pieces[claim.amount].period is None) is (piece.period is None)
    ]
    return max(before, key=lambda claim: (_end(claim, rows), claim.weight), default=None)


def _cued(was: Claim, row: Row, index: int, rows: Sequence[Row], text: str) -> bool:
    between = text[_end(was, rows) : row.pieces[index].core].lower()
    return len(between) < 160 and PUT_RIGHT.search(between) is not None


def _in_its_place(was: Claim, row: Row, number: int, index: int) -> Claim | None:
    """The claim that an amount makes where it stands for an earlier one."""
    piece = row.pieces[index]
    value = _value(was.fact, row, index) if piece.amount is not None else _period_value(was.fact, piece)
    if value is None:
        return None
    first = index
    while first > 0 and row.pieces[first - 1].form in (
        "it",
        "is",
        "i",
        "meant",
        "mean",
        "was",
        "more",
        "like",
        "have",
        "we",
        "that",
        "make",
    ):
        first -= 1
    return replace(
        was,
        value=value,
        stated=_stated(piece),
        row=number,
        first=first,
        last=index + 1,
        amount=index,
        today=False,
        hedged=piece.amount is not None and piece.amount.hedged,
    )


def _stated(piece: Piece) -> str:
    if piece.amount is not None:
        return said_amount(piece.amount)
    assert piece.period is not None
    return said_period(piece.period)


def _period_value(fact: FactType, piece: Piece) -> int | None:
    if fact.kind is Kind.SCALE:
        return period_value(fact, piece, dimension_of(fact.measure) if fact.measure else None)
    wanted = period_in(fact)
    return whole(wanted / piece.period.between) if wanted is not None and piece.period is not None else None


def _value(fact: FactType, row: Row, index: int) -> int | None:
    amount = row.pieces[index].amount
    assert amount is not None
    following = row.pieces[index + 1].form if index + 1 < len(row.pieces) else ","
    if fact.kind is Kind.COUNT and amount.sort in (Sort.NUMBER, Sort.BILLIONS) and not following.isalpha():
        return whole(_scaled(fact, amount)) if period_in(fact) is None else whole(amount.middle)
    if (
        fact.kind is Kind.COUNT
        and amount.sort is Sort.NUMBER
        and following
        in (
            "in",
            "of",
            "so",
            "at",
            "the",
            "and",
            "but",
            "now",
            "to",
            "are",
            "is",
            "left",
            "remain",
            "without",
            "usable",
            "real",
        )
    ):
        return whole(_of(fact, amount.middle))
    if fact.kind is Kind.SCALE and fact.measure is not None:
        dimension = dimension_of(fact.measure)
        if amount.sort is dimension.sort or (
            dimension.sort is Sort.MONEY and amount.sort is Sort.NUMBER and amount.middle >= Fraction(100)
        ):
            return fact.measure.value(dimension.within(amount, upper=dimension.sort in (Sort.TIME, Sort.MONEY)))
    return None


def _after_denial(row: Row, number: int, index: int, mentions: Sequence[Mention], text: str) -> Claim | None:
    """`we don't have 5k examples, more like 500`; `they have 10k examples, we have 800`."""
    amount = row.pieces[index].amount
    rate = index + 1 < len(row.pieces) and row.pieces[index + 1].period is not None
    if amount is None or amount.sort is not Sort.NUMBER or rate:
        return None
    things = [
        m
        for m in mentions
        if m.role is Role.THING and m.last <= index and m.fact.kind is Kind.COUNT and period_in(m.fact) is None
    ]
    if not things:
        return None
    thing = things[-1]
    counted_before = any(row.pieces[i].amount is not None for i in range(max(0, thing.first - 4), thing.first))
    between = text[row.pieces[thing.last - 1].end : row.pieces[index].core].lower()
    ours = (
        row.pieces[index - 1].form in ("have", "got") and row.pieces[index - 2].form in ("we", "i")
        if index >= 2
        else False
    )
    if not counted_before or len(between) > 60 or not (_INSTEAD.search(between) or PUT_RIGHT.search(between) or ours):
        return None
    value = _value(thing.fact, row, index)
    if value is None or blocked(row, thing.fact, index, index + 1):
        return None
    first = index - 2 if ours else index
    return Claim(thing.fact, value, said_amount(amount), number, first, index + 1, index, 10, amount.hedged)


def _restated(claims: Sequence[Claim], rows: Sequence[Row], text: str) -> list[tuple[Claim, Claim]]:
    """Pairs of claims on one fact of which the later one, by a cue between them, takes the place of the earlier."""
    pairs: list[tuple[Claim, Claim]] = []
    gone: set[int] = set()
    for at, now in enumerate(claims):
        for before, was in enumerate(claims):
            if was.fact is not now.fact or was.value == now.value or before in gone or at in gone:
                continue
            if _end(was, rows) <= _start(now, rows) and _cue_between(was, now, rows, text):
                gone.add(before)
                pairs.append((was, now))
    return pairs


def _cue_between(was: Claim, now: Claim, rows: Sequence[Row], text: str) -> bool:
    core = rows[now.row].pieces[now.amount].core if now.amount >= 0 else _start(now, rows)
    between = text[_end(was, rows) : max(core, _start(now, rows))].lower()
    return len(between) < 200 and PUT_RIGHT.search(between) is not None
