"""Amounts of what a scale measures: near what it is said of, as a limit, or as all that a clause says."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.amounts import Amount, Sort
from assistant.dialogue.understanding.claims import Claim, said_amount, said_period
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


MOST_ALONE = 12


MOST_HELD = 5
"""More people than that whom `we have` need not all be there for the system."""


LEAST_SUM = 1000


LEAST_SHARE = 50


HIGH_SHARE = 80


_BEYOND = 2000
"""A time of more than so many of a measure's largest unit is none of what it measures (`two weeks is fine`)."""


_ONLY = words("only max total available in all no more here tops full time part - currently right now")


_ME = words("me myself")


_PLUS = words("and plus + & with")


_ENOUGH = words("is that it fine ok okay enough")


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
        inside = [i for i in within if _fits(row, i, dimension, sure=True, beside=closed and i + 1 < mention.last)]
        places = [] if any(_is_low_share(row, i) and not _failing(row, mention) for i in inside[-1:]) else inside[-1:]
    else:
        places = _near(row, mention, dimension)
    for index in places:
        yield from _of_amount(row, number, mention.fact, dimension, index, mention)


def _fits(row: Row, index: int, dimension: Dimension, *, sure: bool = False, beside: bool = False) -> bool:
    """Whether a piece is an amount of a measure: for `sure` within a phrase; a plain number is money `beside` one."""
    amount = row.pieces[index].amount
    if amount is None or amount.period is not None or amount.loose:
        return False
    if amount.sort is dimension.sort and dimension.sort is not Sort.NUMBER:
        beyond = dimension.sort is Sort.TIME and amount.low > _BEYOND * dimension.longest
        repeated = index + 1 < len(row.pieces) and row.pieces[index + 1].period is not None
        return not beyond and not (_running(row, index) if dimension.sort is Sort.MONEY else repeated)
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
        return (beside or not sure) and enough and tail and not _running(row, index)
    return False


def _running(row: Row, index: int) -> bool:
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
        if _fits(row, index, dimension, beside=beside) and (breaks < 2 or _is_sum(piece)):
            found.append((index - mention.last, index))
            break
    for index in range(mention.first - 1, max(-1, mention.first - REACH), -1):
        if stops(row, index):
            break
        if _fits(row, index, dimension, beside=index == mention.first - 1):
            found.append((mention.first - index, index))
            break
    return [index for _, index in sorted(found)[:1]]


def _is_low_share(row: Row, index: int) -> bool:
    """Whether an amount is a share of less than half, which nobody asks for unless they say of what."""
    amount = row.pieces[index].amount
    return amount is not None and amount.sort is Sort.PERCENT and amount.high < LEAST_SHARE


def _is_time(piece: Piece) -> bool:
    """Whether a piece is a length of time."""
    return piece.amount is not None and piece.amount.sort is Sort.TIME


def _is_sum(piece: Piece) -> bool:
    """Whether a piece is a sum with its currency."""
    return piece.amount is not None and piece.amount.sort is Sort.MONEY


def _of_amount(
    row: Row, number: int, fact: FactType, dimension: Dimension, index: int, mention: Mention | None
) -> Iterator[Claim]:
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
    me = _with_me(row, index) if dimension.sort is Sort.NUMBER else None
    first, last = (min(first, me), max(last, me + 1)) if me is not None else (first, last)
    others = _and_others(row, index, dimension) if dimension.sort is Sort.NUMBER else None
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


def _and_others(row: Row, index: int, dimension: Dimension) -> tuple[int, int] | None:
    """Others counted beside those at an amount, with where they end: `two scientists and a backend person` are three."""
    noun = next((at for at in range(index + 1, min(index + 4, len(row.pieces))) if _unit(row, at, dimension)), None)
    if noun is None or noun + 2 >= len(row.pieces) or row.pieces[noun + 1].form not in _PLUS:
        return None
    amount = row.pieces[noun + 2].amount
    single = row.pieces[noun + 2].form in ("a", "an")
    if not single and (amount is None or amount.sort is not Sort.NUMBER or amount.middle > MOST_ALONE):
        return None
    near = range(noun + 3, min(noun + 6, len(row.pieces)))
    other = next((at for at in near if _unit(row, at, dimension) or _does(row, at)), None)
    if other is None or any(row.pieces[at].breaks for at in range(noun + 3, other)):
        return None
    return other + 1, 1 if amount is None else int(amount.middle)


def _does(row: Row, index: int) -> bool:
    """Whether a word that ends what is said of somebody names one by what they do (`a product owner`)."""
    ends = index + 1 == len(row.pieces) or row.pieces[index + 1].breaks
    return ends and row.pieces[index].form.endswith(("er", "or", "ist", "ian", "ant"))


def _unit(row: Row, index: int, dimension: Dimension) -> bool:
    return row.pieces[index].form in dimension.units


def _as_meant(amount: Amount, *, turned: bool, joined: int, failing: bool) -> Amount:
    """An amount as it is meant: `not longer than` is at most, `me plus two` are three, 5% wrong are 95% right."""
    if turned:
        amount = replace(amount, limit=-1)
    if joined:
        amount = replace(amount, low=amount.low + joined, high=amount.high + joined)
    if failing:
        amount = replace(amount, low=100 - amount.high, high=100 - amount.low, limit=-amount.limit)
    return amount


def _is_limit(row: Row, index: int, dimension: Dimension) -> bool:
    """Whether an amount is the most that may be, and no price of a single thing."""
    amount = row.pieces[index].amount
    assert amount is not None
    small = dimension.sort is Sort.MONEY and amount.high < LEAST_SUM
    negated = clause_before(row, index).negations == 1
    return not small and not _running(row, index) and (amount.limit == -1 or (amount.limit == 1 and negated))


def _with_me(row: Row, index: int) -> int | None:
    """Where the writer is counted too (`me plus two developers`, `one developer and me`)."""
    forms = [piece.form for piece in row.pieces]
    if index > 1 and forms[index - 2] in _ME and forms[index - 1] in _PLUS:
        return index - 2
    after = range(index + 2, min(index + 5, len(forms)))
    return next((place for place in after if forms[place] in _ME and forms[place - 1] in _PLUS), None)


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
                yield from _of_amount(row, number, fact, dimension, index, None)


def standing_claims(row: Row, number: int, lexicon: Lexicon) -> Iterator[Claim]:
    """A few people, or whatever else a measure counts, as all that a clause says: `Prototype. Two engineers.`"""
    for name, dimension in lexicon.dimensions.items():
        stands = {Sort.NUMBER: _stands, Sort.MONEY: _stands_sum, Sort.PERCENT: _stands_share}.get(dimension.sort)
        if stands is None:
            continue
        fact = lexicon.facts[name]
        for index, piece in enumerate(row.pieces):
            if piece.amount is not None and stands(row, index, dimension):
                yield from _of_amount(row, number, fact, dimension, index, None)


def _stands_sum(row: Row, index: int, dimension: Dimension) -> bool:
    """Whether a sum is all that a sentence says, but for calling it the most, or enough (`30 grand tops.`)."""
    rest = [piece.form for piece in row.pieces[1:]]
    amount = row.pieces[index].amount
    large = amount is not None and amount.low >= LEAST_SUM and _fits(row, index, dimension)
    return index == 0 and large and _is_sum(row.pieces[0]) and set(rest) <= _ONLY | _ENOUGH | {","}


def _having(row: Row, index: int) -> bool:
    """Whether an amount follows no more than `we have` at the beginning of its clause."""
    before = clause_before(row, index).before
    return before in (("we", "have"), ("i", "have"), ("we", "have", "got"), ("we", "got"), ("we", "employ"))


def _stands_share(row: Row, index: int, dimension: Dimension) -> bool:
    """Whether a high share is all that a clause says (`cites, 1 s, 95%`, `so 99.5%`)."""
    amount = row.pieces[index].amount
    if amount is None or amount.sort is not Sort.PERCENT or not HIGH_SHARE <= amount.low <= amount.high <= 100:
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
    begun = _having(row, index) and amount.high <= MOST_HELD
    if index and not (row.pieces[index - 1].breaks or row.pieces[index - 1].form == "and" or begun):
        return False
    rest = [piece.form for piece in row.pieces[index + 1 : clause_end(row, index + 1)]]
    named = next((at for at, form in enumerate(rest[:3]) if form in dimension.units), None)
    if named is None or any(form in english.FILLERS for form in rest[:named]):
        return False
    me = _with_me(row, index)
    tail = rest[named + 1 : None if me is None else me - 2 - index]
    assigned = tail[:2] in (["on", "it"], ["for", "it"], ["on", "this"], ["for", "this"])
    anyone = rest[named] in english.ANYONE
    end = index + 1 + len(rest)
    part = [piece for piece in row.pieces[end + 1 : end + 3] if piece.period is not None or _is_time(piece)]
    if len(part) == 2:
        return False
    whole = len(rest) + 1 == len(row.pieces) and not begun
    return (not tail and (whole or not anyone)) or (assigned and len(tail) <= 4) or (not anyone and set(tail) <= _ONLY)


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
