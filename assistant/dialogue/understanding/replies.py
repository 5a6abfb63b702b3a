"""A bare answer to the question on the table: `about 900`, `nah`, `every few hours`, `the second`, `dunno`."""

from collections.abc import Iterator, Sequence

from assistant.dialogue.questions import means_no, means_unsure, means_yes
from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.amounts import Amount, Sort
from assistant.dialogue.understanding.claims import Claim, period_in, said_amount, said_period, whole
from assistant.dialogue.understanding.corrections import PUT_RIGHT
from assistant.dialogue.understanding.counts import _of, _scaled, rate_stated, times_in
from assistant.dialogue.understanding.lexicon import Lexicon, Mention, Role
from assistant.dialogue.understanding.measured import bare_amount
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.reply_words import (
    NO_REPLIES,
    NONE_AT_ALL,
    NOTHING,
    ORDINALS,
    POLITE,
    SOFT,
    TIMES_OVER,
    UNSURE_REPLIES,
    YES_REPLIES,
)
from assistant.dialogue.understanding.scope import hedged, spaced
from assistant.dialogue.understanding.statements import stated
from assistant.dialogue.understanding.units import dimension_of
from assistant.knowledge import counted
from assistant.policy.vocabulary import FactType, Kind, Value


def reply_claim(
    fact: FactType, rows: Sequence[Row], mentions: Sequence[Sequence[Mention]], lexicon: Lexicon
) -> Claim | None:
    """The claim of the first clause that by itself answers the question asked."""
    answers: list[Claim] = []
    concluded = _conclusion(fact, rows, mentions, lexicon) if fact.kind is Kind.FLAG else None
    if concluded is not None:
        return concluded
    for number, row in enumerate(rows):
        for first, last in _clauses(row):
            claim = _answer(fact, row, number, first, last, mentions[number], lexicon)
            if claim is None and len(rows) == 1 and last == len(row.pieces):
                claim = _no_number(fact, row, number, first, last)
            if claim is not None:
                answers.append(claim)
            elif not _is_soft(row, first, last) and (
                fact.kind is Kind.FLAG or _is_talk(fact, row, first, last, mentions[number])
            ):
                return _final(answers, rows)
        if answers and fact.kind is Kind.FLAG:
            return answers[0]
    return _final(answers, rows)


def _conclusion(
    fact: FactType, rows: Sequence[Row], mentions: Sequence[Sequence[Mention]], lexicon: Lexicon
) -> Claim | None:
    """The yes or no that a message ends with (`only if legal asks, so no`)."""
    if not rows:
        return None
    clauses = list(_clauses(rows[-1]))
    if len(clauses) < 2 or rows[-1].pieces[clauses[-1][0]].form != "so" or clauses[-1][1] - clauses[-1][0] > 2:
        return None
    return _answer(fact, rows[-1], len(rows) - 1, *clauses[-1], mentions[-1], lexicon)


def _final(answers: Sequence[Claim], rows: Sequence[Row]) -> Claim | None:
    """The answer that holds of several: the last where the writer puts it right, else one in words, else the first."""
    if not answers:
        return None
    last = answers[-1]
    between = " ".join(piece.form for row in rows[answers[0].row : last.row + 1] for piece in row.pieces)
    if last.value != answers[0].value and PUT_RIGHT.search(between):
        return last
    measured = next((answer for answer in answers if answer.amount >= 0 and _has_unit(rows, answer)), None)
    worded = next((answer for answer in answers if answer.amount < 0), None)
    if measured is not None and worded is not None and measured is last:
        return measured
    return worded or answers[0]


def _has_unit(rows: Sequence[Row], answer: Claim) -> bool:
    amount = rows[answer.row].pieces[answer.amount].amount
    return amount is not None and amount.sort in (Sort.MONEY, Sort.PERCENT, Sort.TIME)


def is_unsure(rows: Sequence[Row]) -> bool:
    """Whether a message says no more than that its writer does not know."""
    for row in rows[:1]:
        for first, last in _clauses(row):
            words = _bare(row, first, last)
            said = " ".join(words)
            if (
                said in UNSURE_REPLIES
                or means_unsure(said)
                or any(said.startswith(start + " ") for start in UNSURE_REPLIES)
            ):
                return True
            if words:
                return False
    return False


def _clauses(row: Row) -> Iterator[tuple[int, int]]:
    start = 0
    for index, piece in enumerate(row.pieces):
        if piece.breaks and piece.form not in ("/", "=") and (piece.form != "-" or spaced(row, index)):
            if index > start:
                yield start, index
            start = index + 1
    if start < len(row.pieces):
        yield start, len(row.pieces)


def _bare(row: Row, first: int, last: int) -> list[str]:
    """The words of a clause without what opens or ends it for politeness."""
    words = [piece.form for piece in row.pieces[first:last]]
    while words and words[0] in POLITE:
        words.pop(0)
    while words and words[-1] in POLITE - {"so", "and", "but"}:
        words.pop()
    return words


def _is_talk(fact: FactType, row: Row, first: int, last: int, mentions: Sequence[Mention]) -> bool:
    """Whether a clause is about something else, so that a time after it need not be an answer."""
    measured = fact.measure is not None and dimension_of(fact.measure).sort is Sort.TIME
    return measured and not _little_else(fact, row, first, last, mentions, spare=1)


def _is_soft(row: Row, first: int, last: int) -> bool:
    return len(_bare(row, first, last)) == 0


def _answer(
    fact: FactType, row: Row, number: int, first: int, last: int, mentions: Sequence[Mention], lexicon: Lexicon
) -> Claim | None:
    match fact.kind:
        case Kind.FLAG:
            return _flag(fact, row, number, first, last) or _by_word(fact, row, number, first, last, mentions)
        case Kind.CHOICE:
            return _choice(fact, row, number, first, last, mentions)
        case Kind.COUNT:
            return _count(fact, row, number, first, last, mentions)
        case _:
            return _scale(fact, row, number, first, last, mentions, lexicon)


def _made(
    fact: FactType, value: Value, said: str, row: Row, number: int, first: int, last: int, amount: int = -1
) -> Claim:
    piece = row.pieces[amount].amount if amount >= 0 else None
    doubt = hedged(row, first, last) or (piece is not None and piece.hedged)
    return Claim(fact, value, said, number, first, last, amount, 0, doubt)


_COPULAS = ("is", "are", "would", "will", "be")


def _flag(fact: FactType, row: Row, number: int, first: int, last: int) -> Claim | None:
    words = _bare(row, first, last)
    while (
        len(words) > 1
        and words[0] in ("i", "think", "would", "say", "guess", "maybe", "probably", "perhaps", "yes,")
        and words[1] in (english.YES_OF | english.NO_OF | {"think", "would", "say", "guess"})
    ):
        words = words[1:]
    while len(words) > 1 and words[0] in ("it", "that", "this", "they", "is", "are") and words[1] in _COPULAS:
        words = words[1:]
    words = words[1:] if len(words) > 1 and words[0] in ("is", "are") else words
    said = " ".join(words)
    if (
        not words
        or said in UNSURE_REPLIES
        or any(said.startswith(start + " ") for start in ("no idea", "no clue", "yes and no", "not sure"))
    ):
        return None
    if said in YES_REPLIES or means_yes(said):
        return _made(fact, True, stated(fact, True), row, number, first, last)
    if said in NO_REPLIES or means_no(said):
        return _made(fact, False, stated(fact, False), row, number, first, last)
    index = (
        ["first", "second"].index(words[1])
        if len(words) in (2, 3) and words[0] == "the" and words[1] in ("first", "second")
        else -1
    )
    if index >= 0:
        return _made(fact, index == 0, stated(fact, index == 0), row, number, first, last)
    if words[0] in english.YES_OF or said.startswith("of course "):
        value = not (said.startswith("of course not"))
        return _made(fact, value, stated(fact, value), row, number, first, last)
    if words[0] in english.NO_OF and (
        len(words) == 1
        or words[1] in english.PEOPLE
        or words[1] in ("not", "never", "for", "at", "but", "need", "way", "chance")
    ):
        return _made(fact, False, stated(fact, False), row, number, first, last)
    for start in (
        "not yet",
        "not really",
        "not at all",
        "not so",
        "not for",
        "not that",
        "not particularly",
        "certainly not",
        "definitely not",
    ):
        if said.startswith(start):
            return _made(fact, False, stated(fact, False), row, number, first, last)
    return None


def _choice(fact: FactType, row: Row, number: int, first: int, last: int, mentions: Sequence[Mention]) -> Claim | None:
    words = [
        word
        for word in _bare(row, first, last)
        if word not in ("the", "one", "option", "number", "answer", "i", "would", "say", "take", "choose", "it", "is")
    ]
    index = -1
    if len(words) == 1:
        index = ORDINALS.get(words[0], -1)
        if words[0] == "last":
            index = len(fact.options) - 1
        if len(words[0]) == 1 and words[0] in "abcdefgh":
            index = "abcdefgh".index(words[0])
        amount = next((piece.amount for piece in row.pieces[first:last] if piece.amount is not None), None)
        if amount is not None and amount.sort is Sort.NUMBER:
            index = int(amount.low) - 1 if amount.low >= 1 and amount.low.denominator == 1 else -1
    if 0 <= index < len(fact.options):
        value = fact.options[index].value
        return _made(fact, value, stated(fact, value), row, number, first, last)
    return _by_word(fact, row, number, first, last, mentions)


def _by_word(fact: FactType, row: Row, number: int, first: int, last: int, mentions: Sequence[Mention]) -> Claim | None:
    """The value whose word stands in a clause that says little else."""
    named = [
        m
        for m in mentions
        if m.fact is fact and m.role in (Role.WORD, Role.MEANS, Role.REPLY) and first <= m.first and m.last <= last
    ]
    values = {mention.entry.value for mention in named}
    if (
        not named
        or len(values) != 1
        or any(piece.form in english.NEGATORS for piece in row.pieces[first : named[0].first])
    ):
        return None
    if not _little_else(fact, row, first, last, mentions, spare=1):
        return None
    value = named[0].entry.value
    assert value is not None
    widest = max(named, key=lambda m: m.last - m.first)
    said = (
        next((word.word for word in fact.words if word.value == value), stated(fact, value))
        if fact.numeric
        else stated(fact, value)
    )
    return _made(fact, value, said, row, number, widest.first, widest.last)


def _little_else(
    fact: FactType, row: Row, first: int, last: int, mentions: Sequence[Mention], *, spare: int = 0
) -> bool:
    """Whether a clause holds nothing but small words, amounts and what the fact is spoken of by."""
    own = {i for m in mentions if m.fact is fact and m.role is not Role.UNLESS for i in range(m.first, m.last)}
    units = set(fact.unit.split()) | {name.lower() for name in (fact.measure.units if fact.measure else ())}
    units |= {unit.rstrip("s") for unit in units}
    strange = 0
    for index in range(first, last):
        piece = row.pieces[index]
        if index in own or piece.amount is not None or piece.period is not None or not piece.form.isalnum():
            continue
        strange += piece.form not in SOFT and piece.form not in units and piece.form.rstrip("s") not in units
    return strange <= spare


def _amounts(row: Row, first: int, last: int) -> list[int]:
    return [
        index
        for index in range(first, last)
        if row.pieces[index].amount is not None or row.pieces[index].period is not None
    ]


_NO_NUMBER = frozenset(("no", "nope", "nah", "not yet", "no we do not", "we do not", "no we have not", "no not yet"))


def _no_number(fact: FactType, row: Row, number: int, first: int, last: int) -> Claim | None:
    """None of what is counted, where a message says no more than `no`: `no, 4k documents` puts something right."""
    none = fact.kind is Kind.COUNT and period_in(fact) is None and " ".join(_bare(row, first, last)) in _NO_NUMBER
    return _made(fact, 0, "none", row, number, first, last) if none and first == 0 else None


def _count(fact: FactType, row: Row, number: int, first: int, last: int, mentions: Sequence[Mention]) -> Claim | None:
    words = _bare(row, first, last)
    none = bool(words) and words[0] in NOTHING and len(words) <= 4
    never = period_in(fact) is not None and " ".join(words) in ("never", "not at all", "never ever")
    ones = all(piece.amount is None or piece.amount.word == "one" for piece in row.pieces[first:last])
    if none or never or (ones and " ".join(words) in NONE_AT_ALL):
        return _made(fact, 0, "none", row, number, first, last)
    places = _amounts(row, first, last)
    often = [TIMES_OVER[word] for word in words if word in TIMES_OVER]
    if len(often) == 1 and not places and _little_else(fact, row, first, last, mentions, spare=1):
        return _made(fact, often[0], counted(often[0], fact.unit), row, number, first, last)
    if (
        not places
        or not _little_else(fact, row, first, last, mentions)
        or any(w in english.NEGATORS - {"zero"} for w in words)
    ):
        return None
    if any(word in ("could", "hope", "used", "plan") for word in words):
        return None
    numbers = [index for index in places if row.pieces[index].amount is not None]
    wanted = period_in(fact)
    periods = [index for index in places if row.pieces[index].period is not None]
    if not numbers and periods and wanted is not None:
        period = row.pieces[periods[0]].period
        assert period is not None
        value = times_in(wanted, period)
        return (
            _made(fact, value, said_period(period), row, number, first, last, periods[0]) if value is not None else None
        )
    if len(numbers) != 1:
        return None
    amount = row.pieces[numbers[0]].amount
    assert amount is not None
    return _one_count(fact, row, number, first, last, numbers[0], amount, periods)


def _one_count(
    fact: FactType, row: Row, number: int, first: int, last: int, index: int, amount: Amount, periods: list[int]
) -> Claim | None:
    if amount.sort not in (Sort.NUMBER, Sort.BILLIONS, Sort.TIMES) or amount.loose:
        return None
    wanted = period_in(fact)
    period = amount.period
    if periods:
        found = row.pieces[periods[0]].period
        assert found is not None
        period = found.between
    if period is not None:
        value = whole(amount.middle * wanted / period) if wanted is not None else None
        said = rate_stated(row, fact, value, amount, period) if value is not None else ""
    else:
        value = whole(_scaled(fact, amount))
        low, high = _of(fact, amount.low), _of(fact, amount.high)
        said = said_amount(Amount(Sort.NUMBER, low, high, limit=amount.limit)) if value is not None else ""
        said = counted(value, fact.unit) if wanted is not None and value is not None else said
    return _made(fact, value, said, row, number, first, last, index) if value is not None else None


def _is_share(fact: FactType, row: Row, index: int) -> bool:
    """Whether an amount is a share: said so, or a bare number that only a share can be (`90 would be good`)."""
    amount = row.pieces[index].amount
    if amount is None or fact.measure is None or dimension_of(fact.measure).sort is not Sort.PERCENT:
        return False
    return amount.sort is Sort.PERCENT or (amount.sort is Sort.NUMBER and 50 <= amount.middle <= 100)


def _scale(
    fact: FactType, row: Row, number: int, first: int, last: int, mentions: Sequence[Mention], lexicon: Lexicon
) -> Claim | None:
    places = _amounts(row, first, last)
    worded = _by_word(fact, row, number, first, last, mentions)
    if worded is not None and not any(_is_share(fact, row, index) for index in places):
        return worded
    if len(places) != 1 or not _little_else(fact, row, first, last, mentions):
        return None
    if any(piece.form in english.NEGATORS for piece in row.pieces[first:last]):
        return None
    found = bare_amount(fact, row, places[0], lexicon.dimensions.get(fact.name))
    if found is None:
        return None
    value, said = found
    return _made(fact, value, said, row, number, first, last, places[0])
