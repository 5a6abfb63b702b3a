"""Claims on scales: an amount of what the fact measures, how often something happens, or an anchor's word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.amounts import Sort
from assistant.dialogue.understanding.claims import Claim, said_amount, said_period
from assistant.dialogue.understanding.english import words
from assistant.dialogue.understanding.lexicon import Lexicon, Mention, Role
from assistant.dialogue.understanding.pieces import Piece, Row
from assistant.dialogue.understanding.scope import clause_before, clause_end, hedged
from assistant.dialogue.understanding.taken_back import blocked
from assistant.dialogue.understanding.units import Dimension
from assistant.policy.vocabulary import FactType, Kind, folded

REACH = 9
MOST_ALONE = 12
LEAST_SUM = 1000
_LEADING_ON = words(", so say usually about roughly maybe perhaps practically i would guess think typically normally i.e. that is or it is this which means like")
_ONLY = words("only max total available in all no more here tops full time part - currently right now")
_JOINS = words(", : = - ( – — -> =>")
_LINK = re.compile(
    r"(?: (?:is|are|be|was|:|=|,|-|–|—|->|must|should|needs?|to|will|has|have|stays?"
    r"|remains?|pretty|quite|rather|fairly|just|a|bit|somewhat|"
    r"basically|really|totally|completely|always|still|all|the|very|only|ours|our|here|this"
    r"|year|it|looks?|seems?|rated|set|at|as|being|on|side|"
    r"should be|can|needed|required|for|us|me|#n\d+=one)){0,4}\Z"
)
_DENIED = re.compile(r" (?:not|never|no|nobody|hardly|neither|nor|without) ")
_LIKED = re.compile(r"\b(?<!would )(?:like|love|enjoy|impressed) (?:that|how|the|it)\b")
_MONEY_TAIL = words(
    "upfront for to in is was as by at , . : ; and or max total approved build initial from one first so but then ("
)


def scale_claims(row: Row, number: int, mentions: Sequence[Mention], lexicon: Lexicon) -> Iterator[Claim]:
    """Every claim on a scale in a row; none on an amount that an anchor's word qualifies (`one part-time person`)."""
    anchored = {(m.fact.name, place) for m in mentions if m.role is Role.WORD for place in (m.first - 1, m.first - 2)}
    for claim in _scale_claims(row, number, mentions, lexicon):
        counted = lexicon.dimensions.get(claim.fact.name)
        people = counted is not None and counted.sort is Sort.NUMBER
        if not (people and claim.amount >= 0 and (claim.fact.name, claim.amount) in anchored):
            yield claim


def _scale_claims(row: Row, number: int, mentions: Sequence[Mention], lexicon: Lexicon) -> Iterator[Claim]:
    for mention in mentions:
        if mention.fact.kind is not Kind.SCALE:
            continue
        if mention.role is Role.OFTEN:
            yield from _often(row, number, mention, lexicon)
        elif mention.role is Role.ABOUT:
            yield from _measured(row, number, mention, mentions, lexicon)
        elif mention.role is Role.MEANS:
            yield from _meant(row, number, mention)
    yield from _words(row, number, mentions)
    yield from _alone(row, number, lexicon)
    yield from _standing(row, number, lexicon)


def _meant(row: Row, number: int, mention: Mention) -> Iterator[Claim]:
    value = mention.entry.value
    clause = clause_before(row, mention.first)
    after = row.line[mention.ends :]
    if (
        isinstance(value, int)
        and not clause.negations
        and not after.startswith(" not ")
        and not _doubted(clause.before)
        and not _bygone(clause.before)
        and not (_is_wish(mention.fact) and _LIKED.search(" ".join(clause.before)))
    ):
        doubt = hedged(row, mention.first, mention.last)
        yield Claim(
            mention.fact,
            value,
            _word_for(mention.fact, value),
            number,
            mention.first,
            mention.last,
            -1,
            5,
            doubt,
            wanted=_wants(row, mention.first, mention.last),
            today=_today(row, mention.fact, mention.first, mention.last),
        )


def _word_for(fact: FactType, value: int) -> str:
    return next((word.word for word in fact.words if word.value == value), fact.say(value))


def _doubted(before: Sequence[str]) -> bool:
    return any(word in ("if", "unless", "whether", "competitor", "vendor") for word in before)


def _is_wish(fact: FactType) -> bool:
    return fact.recognised is not None and fact.recognised.speaks_of == "wish"


def _bygone(before: Sequence[str]) -> bool:
    """Whether a clause tells of what was, or of somebody else (`my previous employer had`)."""
    said = " ".join(before)
    return re.search(r"\b(?:used to|had(?! to)|previous|former|last (?:job|year|company|employer))\b", said) is not None


def _measured(
    row: Row, number: int, mention: Mention, mentions: Sequence[Mention], lexicon: Lexicon
) -> Iterator[Claim]:
    """The amount near what the measure is said of."""
    dimension = lexicon.dimensions.get(mention.fact.name)
    if dimension is None:
        return
    if mention.entry.marked:
        inside = [i for i in range(mention.first, mention.last) if _fits(row, i, mention.fact, dimension, sure=True)]
        places = inside[-1:]
    else:
        places = _near(row, mention, dimension)
    for index in places:
        yield from _of_amount(row, number, mention.fact, dimension, index, mention)


def _fits(row: Row, index: int, fact: FactType, dimension: Dimension, *, sure: bool = False) -> bool:
    """Whether a piece is an amount of the fact's measure."""
    amount = row.pieces[index].amount
    if amount is None or amount.period is not None or amount.loose:
        return False
    if amount.sort is dimension.sort and dimension.sort is not Sort.NUMBER:
        return not _running(row, index)
    following = [piece.form for piece in row.pieces[index + 1 : index + 4]]
    if amount.sort is not Sort.NUMBER:
        return False
    if dimension.sort is Sort.NUMBER:
        return sure or any(form in dimension.units or form.rstrip("s") in dimension.units for form in following)
    if dimension.sort is Sort.MONEY:
        return not sure and amount.middle >= 100 and not _running(row, index) and (not following or following[0] in _MONEY_TAIL)
    return False


def _running(row: Row, index: int) -> bool:
    """Whether an amount is paid again and again, or for each of something."""
    after = row.pieces[index + 1 : index + 5]
    for piece in after:
        if piece.period is not None or piece.form in ("per", "each", "monthly"):
            return True
        if piece.breaks or piece.form not in ("usd", "dollars", "hosting", "running", "costs", "max"):
            return False
    return False


def _near(row: Row, mention: Mention, dimension: Dimension) -> list[int]:
    """The amounts of a dimension around a mention, the nearest first: within the clause, or just after a colon."""
    found: list[tuple[int, int]] = []
    breaks = 0
    for index in range(mention.last, min(len(row.pieces), mention.last + REACH)):
        piece = row.pieces[index]
        if _stops(row, index):
            breaks += 1 if piece.form in _JOINS else 2
            if breaks > 1:
                break
        if _fits(row, index, mention.fact, dimension):
            found.append((index - mention.last, index))
            break
    for index in range(mention.first - 1, max(-1, mention.first - REACH), -1):
        if _stops(row, index):
            break
        if _fits(row, index, mention.fact, dimension):
            found.append((mention.first - index, index))
            break
    return [index for _, index in sorted(found)[:1]]


def _stops(row: Row, index: int) -> bool:
    return row.pieces[index].breaks or row.pieces[index].form in ("but", "because", "so", "while", "whereas")


def _of_amount(
    row: Row, number: int, fact: FactType, dimension: Dimension, index: int, mention: Mention | None
) -> Iterator[Claim]:
    amount = row.pieces[index].amount
    assert amount is not None
    assert fact.measure is not None
    first = min(index, mention.first) if mention else index
    last = max(index + 1, mention.last) if mention else index + 1
    limit = dimension.sort in (Sort.TIME, Sort.MONEY)
    turned = amount.limit == 1 and limit and clause_before(row, first).negations == 1
    supposed = amount.limit == 1 or (mention is not None and mention.entry.marked)
    if blocked(row, fact, first, last, negated=turned, supposed=supposed):
        return
    if turned:
        amount = replace(amount, limit=-1)
    if dimension.sort is Sort.NUMBER and _with_me(row, index):
        amount = replace(amount, low=amount.low + 1, high=amount.high + 1)
        first = min(first, index - 2)
    if dimension.sort is Sort.PERCENT and mention and _failing(row, mention):
        if not _wants(row, first, clause_end(row, last)):
            return
        amount = replace(amount, low=100 - amount.high, high=100 - amount.low, limit=-amount.limit)
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
        weight + 30 * bool(mention and mention.entry.marked),
        amount.hedged or hedged(row, first, last),
        _wants(row, first, last),
        _today(row, fact, first, last),
    )


def _is_limit(row: Row, index: int, dimension: Dimension) -> bool:
    """Whether an amount is the most that may be, and no price of a single thing."""
    amount = row.pieces[index].amount
    assert amount is not None
    small = dimension.sort is Sort.MONEY and amount.high < LEAST_SUM
    negated = clause_before(row, index).negations == 1
    return not small and not _running(row, index) and (amount.limit == -1 or (amount.limit == 1 and negated))


def _with_me(row: Row, index: int) -> bool:
    """Whether the writer counts too (`me plus two developers`)."""
    before = [piece.form for piece in row.pieces[max(0, index - 2) : index]]
    return len(before) == 2 and before[0] in ("me", "myself") and before[1] in ("and", "plus", "+", "&", "with")


def _failing(row: Row, mention: Mention) -> bool:
    """Whether a share is of what goes wrong, so that the rest of it is what goes right."""
    return any(piece.form in english.FAILURES for piece in row.pieces[mention.first : mention.last])


def _unit_words(row: Row, index: int, dimension: Dimension) -> str:
    following = [piece.form for piece in row.pieces[index + 1 : index + 4]]
    return next((form for form in following if form in dimension.units or form.rstrip("s") in dimension.units), "")


def _wants(row: Row, first: int, last: int) -> bool:
    words = clause_before(row, first).before
    inside = [piece.form for piece in row.pieces[first:last]]
    said = [*words, *inside]
    wished = any(word in english.WANTED and not _subject_needs(said, at) for at, word in enumerate(said))
    return wished or any(piece.amount is not None and piece.amount.limit == -1 for piece in row.pieces[first:last])


def _subject_needs(words: Sequence[str], at: int) -> bool:
    """Whether `need` says what a thing takes (`the response needs 3 seconds`), not what people want."""
    before = words[at - 1] if at else ""
    return words[at] in ("need", "needs") and before not in (
        "",
        "we",
        "i",
        "you",
        "they",
        "users",
        "people",
        "really",
        "do",
        "also",
        "us",
        "agent",
    )


def _today(row: Row, fact: FactType, first: int, last: int) -> bool:
    """Whether a wish's clause speaks of how things are now."""
    if fact.recognised is None or fact.recognised.speaks_of != "wish":
        return False
    words = [*clause_before(row, first).before, *(piece.form for piece in row.pieces[first : clause_end(row, last)])]
    if "if" in words:
        return False
    return any(word in english.TODAY for word in words) or "right now" in " ".join(words)


def _often(row: Row, number: int, mention: Mention, lexicon: Lexicon) -> Iterator[Claim]:
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
    amounts = [row.pieces[index].amount for index in range(mention.first, place)] if mention.entry.marked else []
    times = next((amount for amount in amounts if amount is not None and amount.sort is Sort.NUMBER), None)
    if times is None or piece.period is None or not times.middle:
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
    if mention.entry.marked:
        inside = [i for i in range(mention.first, mention.last) if row.pieces[i].period is not None]
        return inside[-1] if inside else None
    for index in range(mention.last, min(len(row.pieces), mention.last + 7)):
        piece = row.pieces[index]
        if piece.period is not None:
            return index
        leads_on = piece.form in _LEADING_ON and _then_so(row, index - 1)
        joined = piece.form in (":", ",", "=", "-", "(") and (index == mention.last or _then_so(row, index))
        if _stops(row, index) and not joined and not leads_on:
            break
        if piece.amount is not None and piece.amount.sort is not Sort.TIMES:
            break
    for index in range(mention.first - 1, max(-1, mention.first - 7), -1):
        if row.pieces[index].period is not None:
            return index
        if _stops(row, index) or (row.pieces[index].amount is not None):
            break
    return None


def _then_so(row: Row, index: int) -> bool:
    """Whether a comma leads on to how often that is (`amended every budget, so once a year`, `revised, say, monthly`)."""
    for piece in row.pieces[index + 1 : index + 5]:
        if piece.period is not None:
            return row.pieces[index].form == ","
        if piece.form not in _LEADING_ON:
            return False
    return False


def _words(row: Row, number: int, mentions: Sequence[Mention]) -> Iterator[Claim]:
    """An anchor's word beside what the scale is said of: `tight budget`, `latency: relaxed`."""
    for word in mentions:
        if word.role is not Role.WORD or word.fact.kind is not Kind.SCALE or not isinstance(word.entry.value, int):
            continue
        for mention in mentions:
            if mention.fact is word.fact and mention.role in (Role.ABOUT, Role.OFTEN) and not mention.entry.marked:
                yield from _worded(row, number, word, mention)


def _worded(row: Row, number: int, word: Mention, mention: Mention) -> Iterator[Claim]:
    if word.last <= mention.first:
        first, last = word.first, mention.last
        between = row.line[word.ends : mention.starts]
        sound = between == "" or (
            mention.role is Role.ABOUT
            and re.fullmatch(r"(?: (?:the|on|in|with|of|our|and|for|\w+ing|\w+ed)){1,2}", between)
        )
    elif mention.last <= word.first:
        first, last = mention.first, word.last
        sound = _LINK.fullmatch(row.line[mention.ends : word.starts]) is not None
    else:
        return
    value = word.entry.value
    if word.last <= mention.first and _remarked(row, word):
        return
    if not sound or not isinstance(value, int) or _denied(row, first, last, word):
        return
    if blocked(row, word.fact, first, last):
        return
    yield Claim(
        word.fact,
        value,
        _word_for(word.fact, value),
        number,
        first,
        last,
        -1,
        10 + word.last - word.first,
        hedged(row, first, last),
        _wants(row, first, last),
        _today(row, word.fact, first, last),
    )


def _remarked(row: Row, word: Mention) -> bool:
    """Whether somebody remarks on a wish's subject rather than wishing: `I like the fast answers`."""
    if word.fact.recognised is None or word.fact.recognised.speaks_of != "wish":
        return False
    before = clause_before(row, word.first).before
    people = any(form in ("i", "you", "they", "he", "she") for form in before)
    return people and not any(form in english.WANTED for form in before)


def _denied(row: Row, first: int, last: int, word: Mention) -> bool:
    inside = (
        " "
        + " ".join(
            piece.form for i, piece in enumerate(row.pieces[first:last], first) if not word.first <= i < word.last
        )
        + " "
    )
    return _DENIED.search(inside) is not None or clause_before(row, first).negations > 0


def _alone(row: Row, number: int, lexicon: Lexicon) -> Iterator[Claim]:
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


def _standing(row: Row, number: int, lexicon: Lexicon) -> Iterator[Claim]:
    """A few people, or whatever else a measure counts, as all that a clause says: `Prototype. Two engineers.`"""
    for name, dimension in lexicon.dimensions.items():
        if dimension.sort is not Sort.NUMBER:
            continue
        fact = lexicon.facts[name]
        for index, piece in enumerate(row.pieces):
            if piece.amount is not None and _stands(row, index, dimension):
                yield from _of_amount(row, number, fact, dimension, index, None)


def _stands(row: Row, index: int, dimension: Dimension) -> bool:
    amount = row.pieces[index].amount
    if amount is None or amount.sort is not Sort.NUMBER or amount.loose or amount.high > MOST_ALONE:
        return False
    if index and not (row.pieces[index - 1].breaks or row.pieces[index - 1].form == "and"):
        return False
    rest = [piece.form for piece in row.pieces[index + 1 : clause_end(row, index + 1)]]
    named = next((at for at, form in enumerate(rest[:3]) if form in dimension.units), None)
    if named is None or any(form in english.FILLERS for form in rest[:named]):
        return False
    tail = rest[named + 1 :]
    assigned = tail[:2] in (["on", "it"], ["for", "it"], ["on", "this"], ["for", "this"])
    anyone = rest[named] in english.ANYONE
    return (not tail and not anyone) or (assigned and len(tail) <= 4) or (not anyone and set(tail) <= _ONLY)


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
        if (amount.sort is dimension.sort and (dimension.sort is not Sort.NUMBER or unit)) or money:
            upper = dimension.sort in (Sort.TIME, Sort.MONEY)
            value = fact.measure.value(dimension.within(amount, upper=upper))
            return value, ("$" if money else "") + said_amount(amount, unit)
    high = fact.high if fact.high is not None else 10
    out_of = [form.form for form in row.pieces[index + 1 : index + 2]]
    plain = amount.sort is Sort.NUMBER and amount.low == amount.high and amount.low.denominator == 1
    if plain and fact.low <= amount.low <= high and out_of in ([], ["/"], ["out"], ["of"]):
        return int(amount.low), fact.say(int(amount.low))
    return None
