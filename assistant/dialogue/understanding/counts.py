"""Claims on counts: a number with what it counts, a rate of use, how often something is done, and none of something."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.absences import none_of
from assistant.dialogue.understanding.amounts import Amount, Sort
from assistant.dialogue.understanding.claims import Claim, per, period_in, said_amount, said_period, whole
from assistant.dialogue.understanding.english import words
from assistant.dialogue.understanding.lexicon import Mention, Role
from assistant.dialogue.understanding.people import apiece, number_of_people, of_each
from assistant.dialogue.understanding.pieces import Period, Piece, Row
from assistant.dialogue.understanding.scope import clause_before, clause_end, hedged
from assistant.dialogue.understanding.taken_back import blocked
from assistant.knowledge import counted
from assistant.policy.vocabulary import FactType, Kind

_LINKS = words(
    "is are was be : = , of count number total totals amount amounts to come comes we "
    "have has got them it in all and at this there stands volume size sums ( - – — -> => "
    "us right now currently today altogether will probably contains contain include "
    "includes comprise comprises hold holds overall far so would say i think maybe "
    "together combined numbered come planned plan expected expect roughly around about should as well "
    "already exist exists which numbering totalling counting"
)
_GAP_STOP = words(
    "of is are was were be to in on at for from with by and or but not no than that which "
    "who when while if we i you they it he she have has had do does did can could will "
    "would should must may might need needs per a an the our my your their this these "
    "those because so then"
)
_AFTER_OK = _GAP_STOP | words(
    "total so already now today currently right altogether overall only available max "
    "maximum ready which at most least or more too though tho sadly unfortunately left "
    "exist here there planned mostly give actually collected"
)


_AT_PEAK = words("peak max : = is of at average avg expected sustained -")
_OFTEN_USED = 10
"""From how many times on `used so many times a day` counts the uses of a system, not a habit."""


def count_claims(row: Row, number: int, mentions: Sequence[Mention]) -> Iterator[Claim]:
    """Every claim on a count in a row."""
    things = [m for m in mentions if m.fact.kind is Kind.COUNT and m.role in (Role.THING, Role.PERHAPS)]
    for mention in things:
        if mention.marked:
            yield from _within(row, number, mention, things)
        else:
            yield from _beside(row, number, mention, things)
            yield from none_of(row, number, mention)
    for mention in mentions:
        if mention.fact.kind is Kind.COUNT and mention.role is Role.OFTEN:
            yield from _often(row, number, mention)
        elif mention.fact.kind is Kind.COUNT and mention.role is Role.MEANS:
            yield from _meant(row, number, mention)


def rate_claims(row: Row, number: int, facts: Sequence[FactType]) -> Iterator[Claim]:
    """Rates whose unit says by itself what is counted: `25 qps`."""
    for index, piece in enumerate(row.pieces):
        named = _unit_before(row, index)
        first, period = named if named is not None else (index, piece.amount.period if piece.amount else None)
        if period is None:
            continue
        for fact in facts:
            if not blocked(row, fact, first, index + 1):
                yield from _rate(row, number, fact, piece, period, (first, index + 1), 0, index)


def _unit_before(row: Row, index: int) -> tuple[int, Fraction] | None:
    """The unit of a rate where it stands before its number: `peak qps: 5`."""
    amount = row.pieces[index].amount
    rate = index + 1 < len(row.pieces) and row.pieces[index + 1].period is not None
    if amount is None or amount.sort is not Sort.NUMBER or amount.loose or rate:
        return None
    for place in range(index - 1, max(-1, index - 4), -1):
        form = row.pieces[place].form
        if form in english.RATES:
            return place, english.RATES[form]
        if form not in _AT_PEAK:
            return None
    return None


def _meant(row: Row, number: int, mention: Mention) -> Iterator[Claim]:
    value = mention.entry.value
    if isinstance(value, int) and not clause_before(row, mention.first).negations:
        yield Claim(mention.fact, value, counted(value, mention.fact.unit), number, mention.first, mention.last)


def _counts_more(row: Row, mention: Mention, things: Sequence[Mention]) -> bool:
    """Whether the amount that ends a phrase counts another fact's things (`a corpus of 6,200 labelled pairs`)."""
    others = (other for other in things if other.fact is not mention.fact and other.first >= mention.last)
    return any(number_before(row, other) == mention.last - 1 for other in others)


def _within(row: Row, number: int, mention: Mention, things: Sequence[Mention]) -> Iterator[Claim]:
    amounts = [index for index in range(mention.first, mention.last) if row.pieces[index].amount is not None]
    large = [index for index in amounts if not _small_word(row, index)] or amounts
    if large:
        index = large[0] if large[0] == mention.first else large[-1]
        part = index + 1 == mention.last and index > 0 and row.pieces[index - 1].form == "of"
        if part and _counts_more(row, mention, things):
            return
        yield from _counted(row, number, mention, index, 30 + mention.last - mention.first)


def _small_word(row: Row, index: int) -> bool:
    """Whether an amount is a word like the `one` of `each one`."""
    amount = row.pieces[index].amount
    return amount is not None and amount.word in ("one", "two", "the")


def _beside(row: Row, number: int, mention: Mention, things: Sequence[Mention]) -> Iterator[Claim]:
    before = number_before(row, mention)
    if before is not None:
        yield from _counted(row, number, mention, before, 20 + mention.last - mention.first)
        return
    after = _number_after(row, mention, things) or _of_them_later(row, mention, things)
    if after is not None:
        yield from _counted(row, number, mention, after, 10 + mention.last - mention.first)


def number_before(row: Row, mention: Mention) -> int | None:
    """The amount that counts what is mentioned: `5k hand-labelled tickets`, `400 of them are labelled`."""
    index = mention.first - 1
    steps = 0
    while index >= 0 and steps < 4:
        piece = row.pieces[index]
        if piece.amount is not None:
            index = _part_of(row, index, mention)
            piece = row.pieces[index]
            assert piece.amount is not None
            sorts = (Sort.NUMBER, Sort.BILLIONS, *((Sort.TIMES,) if steps == 0 else ()))
            return index if piece.amount.sort in sorts and piece.amount.period is None else None
        if piece.form in _GAP_STOP and not _partitive(row, index):
            return None
        if piece.breaks and piece.form != "-":
            return None
        index, steps = index - 1, steps + 1
    return None


_OF_WHICH = words("of numbering totalling counting")
_STATED = words("have has had are is were was been being get got")


def _part_of(row: Row, index: int, mention: Mention) -> int:
    """The amount that a statement about a part is of: the 300 of `300 of the 5,000 tickets have been labelled`."""
    said = any(piece.form in _STATED for piece in row.pieces[mention.first : mention.last])
    part = row.pieces[index - 2].amount if said and index > 1 and row.pieces[index - 1].form == "of" else None
    return index - 2 if part is not None and part.sort is Sort.NUMBER else index


def _partitive(row: Row, index: int) -> bool:
    """Whether a small word stands between a number and a part of what it counts: `400 of our`, `of which 2,500 are`."""
    form = row.pieces[index].form
    if form in ("of", "our", "the", "these", "those", "are", "is", "my", "have", "their", "with"):
        return any(piece.amount is not None for piece in row.pieces[max(0, index - 3) : index])
    return False


def _number_after(row: Row, mention: Mention, things: Sequence[Mention]) -> int | None:
    """The amount after what is mentioned: `docs: 200-800`, `manuals, about 1,200 of them`."""
    index, steps = mention.last, 0
    while index < len(row.pieces) and steps < 6:
        piece = row.pieces[index]
        if piece.amount is not None:
            sound = piece.amount.sort in (Sort.NUMBER, Sort.BILLIONS) and (
                steps > 0 or _ended(row, index + 1) or row.pieces[index + 1].period is not None
            )
            return index if sound and _alone_after(row, index + 1, mention, things) else None
        if piece.form not in _LINKS:
            return None
        if piece.form in (",", "and") and not _of_them(row, index) and not _last_word(row, index):
            return None
        index, steps = index + 1, steps + 1
    return None


def _of_them_later(row: Row, mention: Mention, things: Sequence[Mention]) -> int | None:
    """The amount `of them` further on in the sentence, with nothing else between that they could be."""
    for index in range(mention.last, len(row.pieces) - 2):
        if any(other.first <= index < other.last for other in things if other is not mention):
            return None
        amount = row.pieces[index].amount
        if amount is not None and amount.sort is not Sort.OTHER:
            them = row.pieces[index + 1].form == "of" and row.pieces[index + 2].form in ("them", "those", "these", "it")
            return index if them and amount.sort is Sort.NUMBER else None
    return None


def _of_them(row: Row, index: int) -> bool:
    """Whether the amount after a comma still counts what stands before it."""
    for place in range(index + 1, min(index + 6, len(row.pieces))):
        if row.pieces[place].amount is not None:
            following = [piece.form for piece in row.pieces[place + 1 : place + 3]] + ["", ""]
            return (
                (following[0] == "of" and following[1] in ("them", "those", "these", "it"))
                or (following[0] in ("in", "total") and (following[1] in ("all", "total", "")))
                or following[0] in ("pieces", "items", "altogether")
                or row.pieces[index + 1].form in _OF_WHICH
            )
    return False


def _last_word(row: Row, index: int) -> bool:
    """Whether nothing but an amount follows a comma (`only documents, about 5000`)."""
    return row.pieces[index].form == "," and index == len(row.pieces) - 2 and row.pieces[-1].amount is not None


def _ended(row: Row, index: int) -> bool:
    return (
        index >= len(row.pieces) or row.pieces[index].breaks or row.pieces[index].form in ("total", "so", "and", "or")
    )


def _alone_after(row: Row, index: int, mention: Mention, things: Sequence[Mention]) -> bool:
    """Whether nothing after the amount is what it counts."""
    if _ended(row, index) or row.pieces[index].period is not None:
        return True
    form = row.pieces[index].form
    if any(other.first <= index < other.last and other.fact is not mention.fact for other in things):
        return False
    units = mention.fact.unit.split()
    return form in _AFTER_OK or (
        bool(units) and form in (units[0], units[0].rstrip("s"), "item", "items", "piece", "pieces")
    )


def _counted(row: Row, number: int, mention: Mention, index: int, weight: int) -> Iterator[Claim]:
    """The claim that an amount counts what is mentioned, unless the clause takes it back."""
    piece = row.pieces[index]
    amount = piece.amount
    assert amount is not None
    fact = mention.fact
    apart = any(row.pieces[place].form in _OF_WHICH for place in range(mention.last + 1, index))
    if blocked(row, fact, index if apart else min(index, mention.first), max(index + 1, mention.last)):
        return
    if amount.sort not in (Sort.NUMBER, Sort.BILLIONS, Sort.TIMES):
        return
    first, last = min(index, mention.first), max(index + 1, mention.last)
    if mention.role is Role.PERHAPS:
        weight -= 100
    wanted = period_in(fact)
    if wanted is not None:
        found = _period_after(row, index, last) or _period_near(row, first, last)
        if amount.period is not None:
            yield from _rate(row, number, fact, piece, amount.period, (first, last), weight, index)
        elif found is not None:
            place, period = found
            span = (min(first, place), max(last, place + 1))
            yield from _rate(row, number, fact, piece, period.between, span, weight, index)
        return
    value = whole(_scaled(fact, amount))
    few = bool(amount.word) and amount.middle <= 12 and not _possessed(row, first)
    if few and (fact.recognised is None or fact.recognised.speaks_of == "state"):
        return
    if value is not None and not amount.loose and not _per_something(row, last) and not apiece(row, first, last):
        stated = said_amount(replace(amount, low=_of(fact, amount.low), high=_of(fact, amount.high)))
        yield _claim(row, number, fact, value, stated, first, last, index, weight, amount)


def _possessed(row: Row, first: int) -> bool:
    """Whether the clause says that something is there, so that even `two documents` are all there are."""
    return clause_before(row, first).has(frozenset(("have", "has", "got", "are", "is", "only")), 3)


def _of(fact: FactType, value: Fraction) -> Fraction:
    return value / 10**9 if fact.unit.startswith("billion ") and value >= 10**6 else value


def _scaled(fact: FactType, amount: Amount) -> Fraction:
    """The amount as the fact counts: in billions where its unit says so."""
    if amount.sort is Sort.BILLIONS and not fact.unit.startswith("billion "):
        return Fraction(-1)
    return _of(fact, amount.middle)


def _per_something(row: Row, last: int) -> bool:
    """Whether a period follows, so that the number is a rate."""
    return last < len(row.pieces) and row.pieces[last].period is not None


def _period_after(row: Row, index: int, last: int) -> tuple[int, Period] | None:
    """The period right after an amount (`25k of them per month`)."""
    for place in range(index + 1, min(clause_end(row, index + 1), max(index + 4, last + 1))):
        period = row.pieces[place].period
        if period is not None:
            return place, period
    return None


def _period_near(row: Row, first: int, last: int) -> tuple[int, Period] | None:
    """The period that goes with a rate: the nearest in the clause, after it rather than before."""
    colon = last < len(row.pieces) and row.pieces[last].form in (":", "=")
    end = clause_end(row, last + colon)
    for index in range(first, min(end, last + 6)):
        period = row.pieces[index].period
        if period is not None:
            return index, period
    start = first - len(clause_before(row, first).before)
    if start > 0 and row.pieces[start - 1].form in (",", ":"):
        start = max(0, start - 4)
    for index in range(first - 1, start - 1, -1):
        period = row.pieces[index].period
        if period is not None:
            return index, period
    return None


def times_in(wanted: Fraction, period: Period) -> int | None:
    """How often in a period that is, by the calendar: a year has four quarters, and weekly is 13 times a quarter."""
    year = 12 * english.MONTH if period.seconds == english.YEAR else period.seconds
    value = wanted * period.times / year
    return whole(Fraction(round(value)) if value > 10 else value)


def _rate(
    row: Row,
    number: int,
    fact: FactType,
    piece: Piece,
    period: Fraction,
    span: tuple[int, int],
    weight: int,
    index: int,
) -> Iterator[Claim]:
    amount, wanted = piece.amount, period_in(fact)
    assert amount is not None
    assert wanted is not None
    if of_each(row, index):
        people = number_of_people(row, index)
        if people is None:
            return
        place, many = people
        amount = replace(amount, low=amount.low * many, high=amount.high * many)
        span = min(span[0], place), max(span[1], place + 1)
    year = 12 * english.MONTH if period == english.YEAR else period
    value = whole(amount.middle * wanted / year)
    if value is None:
        return
    yield _claim(
        row, number, fact, value, rate_stated(row, fact, value, amount, period), *span, index, weight + 5, amount
    )


def rate_stated(row: Row, fact: FactType, value: int, amount: Amount, period: Fraction) -> str:
    """How a rate was stated: what it comes to, and that a peak was taken as sustained."""
    total = counted(value, fact.unit)
    peak = "peak" in row.line or "burst" in row.line or "busy" in row.line
    if period <= english.MINUTE or peak:
        return f"{total}, taken as sustained"
    return total if period == period_in(fact) else f"{said_amount(amount)} {per(period)}: {total}"


def _claim(
    row: Row,
    number: int,
    fact: FactType,
    value: int,
    stated: str,
    first: int,
    last: int,
    index: int,
    weight: int,
    amount: Amount,
) -> Claim:
    doubtful = amount.hedged or amount.loose or hedged(row, first, last)
    return Claim(fact, value, stated, number, first, last, index, weight, doubtful)


def _often(row: Row, number: int, mention: Mention) -> Iterator[Claim]:
    """How often something is done, for a count per period: `retrained twice a quarter`."""
    wanted = period_in(mention.fact)
    if wanted is None or blocked(row, mention.fact, mention.first, mention.last):
        return
    found = _period_near(row, mention.first, mention.last)
    if found is None:
        return
    place, period = found
    if wanted == english.MONTH and period.times < _OFTEN_USED:
        return
    amounts = [
        i for i in range(min(mention.first, place), max(mention.last, place)) if row.pieces[i].amount is not None
    ]
    plain = [i for i in range(max(0, mention.first - 2), mention.first) if row.pieces[i].amount is not None]
    if amounts or plain:
        return
    value = times_in(wanted, period)
    if value is not None:
        first, last = min(mention.first, place), max(mention.last, place + 1)
        doubtful = period.loose or hedged(row, first, last)
        yield Claim(mention.fact, value, said_period(period), number, first, last, place, 10, doubtful)
