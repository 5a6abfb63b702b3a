"""Amounts of what a scale measures, near what it is said of."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.amounts import Amount, Sort
from assistant.dialogue.understanding.claims import Claim, said_amount, said_period
from assistant.dialogue.understanding.company import and_others, with_me
from assistant.dialogue.understanding.english import words
from assistant.dialogue.understanding.lexicon import Lexicon, Mention
from assistant.dialogue.understanding.pieces import Piece, Row
from assistant.dialogue.understanding.rhythms import period_value
from assistant.dialogue.understanding.scope import clause_before, clause_end, hedged, stops
from assistant.dialogue.understanding.taken_back import blocked
from assistant.dialogue.understanding.units import Dimension
from assistant.dialogue.understanding.wishes import of_today, wants
from assistant.policy.vocabulary import FactType

REACH = 9

LEAST_SUM = 1000


LEAST_SHARE = 50

_BEYOND = 2000
"""A time of more than so many of a measure's largest unit is none of what it measures (`two weeks is fine`)."""

_JOINS = words(", : = - ( – — -> =>")


_MARKING = words("min minimum max at least of is : = target goal > >= must be should")


_MONEY_TAIL = words(
    "upfront for to in is was as by at , . : ; / - – — + and or max total approved build initial from one first so "
    "but then ( on"
)


def measured_claims(
    row: Row, number: int, mention: Mention, mentions: Sequence[Mention], lexicon: Lexicon
) -> Iterator[Claim]:
    """The amount near what the measure is said of."""
    dimension = lexicon.dimensions.get(mention.fact.name)
    if dimension is None:
        return
    if mention.marked:
        within = range(mention.first, mention.last)
        closed = mention.last == len(row.pieces) or row.pieces[mention.last].form in _MONEY_TAIL
        inside = [i for i in within if fits(row, i, dimension, sure=True, beside=closed and i + 1 < mention.last)]
        places = [] if any(_is_low_share(row, i) and not _failing(row, mention) for i in inside[-1:]) else inside[-1:]
    else:
        places = _near(row, mention, dimension)
    for index in places:
        yield from of_amount(row, number, mention.fact, dimension, index, mention)


def fits(row: Row, index: int, dimension: Dimension, *, sure: bool = False, beside: bool = False) -> bool:
    """Whether a piece is an amount of a measure: for `sure` within a phrase; a plain number is money `beside` one."""
    amount = row.pieces[index].amount
    if amount is None or amount.period is not None or amount.loose:
        return False
    if amount.sort is dimension.sort and dimension.sort is not Sort.NUMBER:
        beyond = dimension.sort is Sort.TIME and amount.low > _BEYOND * dimension.longest
        repeated = index + 1 < len(row.pieces) and row.pieces[index + 1].period is not None
        return not beyond and not (running(row, index) if dimension.sort is Sort.MONEY else repeated)
    following = [piece.form for piece in row.pieces[index + 1 : index + 4]]
    if amount.sort is not Sort.NUMBER:
        return False
    if dimension.sort is Sort.NUMBER and amount.high > dimension.most:
        return False
    if dimension.sort is Sort.NUMBER:
        return sure or any(form in dimension.units or form.rstrip("s") in dimension.units for form in following)
    if dimension.sort is Sort.PERCENT:
        shares = LEAST_SHARE <= amount.low <= amount.high <= 100 and not amount.word
        return beside and shares and (not following or row.pieces[index + 1].breaks)
    if dimension.sort is Sort.MONEY:
        tail = beside or not following or following[0] in _MONEY_TAIL
        enough = amount.middle >= (LEAST_SUM if beside else 100)
        return (beside or not sure) and enough and tail and not running(row, index)
    return False


def running(row: Row, index: int) -> bool:
    """Whether an amount is paid again and again, or for each of something."""
    after = row.pieces[index + 1 : index + 5]
    for piece in after:
        if piece.period is not None or piece.form in ("per", "each", "monthly"):
            return True
        if piece.breaks or piece.form not in (
            "usd",
            "dollars",
            "hosting",
            "running",
            "costs",
            "max",
            "total",
            "overall",
        ):
            return False
    return False


def _near(row: Row, mention: Mention, dimension: Dimension) -> list[int]:
    """The amounts of a dimension around a mention, the nearest first: within the clause, or just after a colon."""
    found: list[tuple[int, int]] = []
    breaks = 0
    for index in range(mention.last, min(len(row.pieces), mention.last + REACH)):
        piece = row.pieces[index]
        if stops(row, index):
            breaks += 1 if piece.form in _JOINS else 3
            if breaks > (2 if dimension.sort is Sort.MONEY else 1):
                break
        beside = dimension.sort is Sort.PERCENT and all(
            word.form in _MARKING for word in row.pieces[mention.last : index]
        )
        if fits(row, index, dimension, beside=beside) and (breaks < 2 or is_sum(piece)):
            found.append((index - mention.last, index))
            break
    for index in range(mention.first - 1, max(-1, mention.first - REACH), -1):
        if stops(row, index):
            break
        if fits(row, index, dimension, beside=index == mention.first - 1):
            found.append((mention.first - index, index))
            break
    return [index for _, index in sorted(found)[:1]]


def _is_low_share(row: Row, index: int) -> bool:
    """Whether an amount is a share of less than half, which nobody asks for unless they say of what."""
    amount = row.pieces[index].amount
    return amount is not None and amount.sort is Sort.PERCENT and amount.high < LEAST_SHARE


def is_time(piece: Piece) -> bool:
    """Whether a piece is a length of time."""
    return piece.amount is not None and piece.amount.sort is Sort.TIME


def is_sum(piece: Piece) -> bool:
    """Whether a piece is a sum with its currency."""
    return piece.amount is not None and piece.amount.sort is Sort.MONEY


def of_amount(
    row: Row, number: int, fact: FactType, dimension: Dimension, index: int, mention: Mention | None
) -> Iterator[Claim]:
    """The claim that an amount is of what a fact measures, unless the clause takes it back."""
    amount = row.pieces[index].amount
    assert amount is not None
    assert fact.measure is not None
    first = min(index, mention.first) if mention else index
    last = max(index + 1, mention.last) if mention else index + 1
    limit = dimension.sort in (Sort.TIME, Sort.MONEY)
    bounded = limit or dimension.sort is Sort.NUMBER
    turned = amount.limit == 1 and bounded and clause_before(row, first).negations == 1
    supposed = amount.limit == 1 or (mention is not None and mention.marked)
    bygone = any(piece.form == "had" for piece in row.pieces[first:last])
    if bygone or blocked(row, fact, first, last, negated=turned, supposed=supposed):
        return
    failing = dimension.sort is Sort.PERCENT and mention is not None and _failing(row, mention)
    if failing and not wants(row, first, clause_end(row, last)) and not _borne(row, first, last):
        return
    me = with_me(row, index) if dimension.sort is Sort.NUMBER else None
    first, last = (min(first, me), max(last, me + 1)) if me is not None else (first, last)
    others = and_others(row, index, dimension) if dimension.sort is Sort.NUMBER else None
    last = max(last, others[0]) if others is not None else last
    joined = (me is not None) + (others[1] if others is not None else 0)
    if mention is None and dimension.sort is Sort.NUMBER:
        last = max(last, _past_noun(row, index, dimension))
    amount = _as_meant(amount, turned=turned, joined=joined, failing=failing)
    unit = _unit_words(row, index, dimension)
    value = fact.measure.value(dimension.within(amount, upper=limit))
    weight = 20 - min(last - first, 15) if mention else 1
    if dimension.sort is Sort.MONEY and amount.sort is Sort.NUMBER:
        stated = "$" + said_amount(amount).removeprefix("at most ")
    else:
        stated = said_amount(amount, unit)
    yield Claim(
        fact,
        value,
        stated,
        number,
        first,
        last,
        index,
        weight + 30 * bool(mention and mention.marked),
        amount.hedged or hedged(row, first, last),
        wants(row, first, last),
        of_today(row, fact, first, last),
    )


def _past_noun(row: Row, index: int, dimension: Dimension) -> int:
    """Where a number ends with what it counts, if that stands near behind it: `three engineers`."""
    near = range(index + 1, min(index + 4, clause_end(row, index + 1)))
    return next((at + 1 for at in near if row.pieces[at].form in dimension.units), index + 1)


def _as_meant(amount: Amount, *, turned: bool, joined: int, failing: bool) -> Amount:
    """An amount as it is meant: `not longer than` is at most, `me plus two` are three, 5% wrong are 95% right."""
    if turned:
        amount = replace(amount, limit=-1)
    if joined:
        amount = replace(amount, low=amount.low + joined, high=amount.high + joined)
    if failing:
        amount = replace(amount, low=100 - amount.high, high=100 - amount.low, limit=-amount.limit)
    return amount


def _failing(row: Row, mention: Mention) -> bool:
    """Whether a share is of what goes wrong, so that the rest of it is what goes right."""
    return any(piece.form in english.FAILURES for piece in row.pieces[mention.first : mention.last])


def _borne(row: Row, first: int, last: int) -> bool:
    """Whether a share of failures is called the most that people bear."""
    rest = [*clause_before(row, first).before, *(piece.form for piece in row.pieces[first : clause_end(row, last)])]
    return any(word in rest for word in ("most", "live", "max", "tolerable", "bearable", "acceptable", "may"))


def _unit_words(row: Row, index: int, dimension: Dimension) -> str:
    following = [piece.form for piece in row.pieces[index + 1 : index + 4]]
    return next((form for form in following if form in dimension.units or form.rstrip("s") in dimension.units), "")


def bare_amount(fact: FactType, row: Row, index: int, dimension: Dimension | None) -> tuple[int, str] | None:
    """The value and statement of an amount or period that stands alone, for a scale that is asked for."""
    piece = row.pieces[index]
    if piece.period is not None:
        value = period_value(fact, piece, dimension)
        return (value, said_period(piece.period)) if value is not None else None
    amount = piece.amount
    if amount is None or amount.loose:
        return None
    if dimension is not None and fact.measure is not None:
        unit = _unit_words(row, index, dimension)
        money = dimension.sort is Sort.MONEY and amount.sort is Sort.NUMBER and amount.middle >= 100
        share = dimension.sort is Sort.PERCENT and amount.sort is Sort.NUMBER and 50 <= amount.middle <= 100
        before = [form.form for form in row.pieces[max(0, index - 2) : index]]
        people = "people" in dimension.units and before in (["we", "are"], ["team", "of"])
        counts = amount.sort is dimension.sort and (dimension.sort is not Sort.NUMBER or bool(unit) or people)
        if counts or money or share:
            upper = dimension.sort in (Sort.TIME, Sort.MONEY)
            value = fact.measure.value(dimension.within(amount, upper=upper))
            return value, ("$" if money else "") + said_amount(amount, unit)
    high = fact.high if fact.high is not None else 10
    out_of = [form.form for form in row.pieces[index + 1 : index + 2]]
    spelt = amount.sort is Sort.NUMBER and bool(amount.word) and fact.measure is not None
    if spelt and fact.measure is not None and dimension is not None and dimension.sort is Sort.NUMBER:
        return fact.measure.value(dimension.within(amount, upper=False)), said_amount(amount)
    plain = amount.sort is Sort.NUMBER and amount.low == amount.high and amount.low.denominator == 1
    if plain and fact.low <= amount.low <= high and out_of in ([], ["/"], ["out"], ["of"]):
        return int(amount.low), fact.say(int(amount.low))
    return None
