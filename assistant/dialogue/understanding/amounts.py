"""Numbers as people write them, with their units, limits and hedges: `5k`, `90 000`, `half a second`, `1.5 to 2k`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.tokens import Token

_RANGE = ("-", "–", "—", "to", "and", "or", "till", "until")
_HALF = {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10, "hundredth": 100}
_BOUNDS = frozenset(("than", "within", "under", "below", "over", "in"))
_LOOSE = {"couple": 2, "few": 3, "several": 3, "handful": 5}
_MOMENT_AFTER = frozenset(("at", "max", "maximum", "tops", "or", "is", "would", "will", ",", ".", "!", ";", ""))
_NO_MOMENT = frozenset(("me", "just", "on", "wait", "hold", "take", "for", "once", "twice", "times", "per"))
_COUNTED = frozenset((*english.UNITS, *english.TENS, *english.SCALES, "times"))
_TRIES = frozenset(("times", "tries", "attempts", "cases", "answers", "instances"))
_RIGHT = ("right", "correct", "correctly", "accurate", "wrong", "answered", "good")
_WHOLES = frozenset((3, 4, 5, 10, 20, 25, 30, 40, 50, 100, 200, 250, 500, 1000, 10_000))


_LEAST_RANGED = 24
"""Smaller numbers with `until` between are hours."""
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")


class Sort(StrEnum):
    """What an amount is an amount of. `OTHER` is a number that counts nothing asked: 80GB, A100, a year."""

    NUMBER = "n"
    TIME = "t"
    MONEY = "m"
    PERCENT = "p"
    TIMES = "x"
    BILLIONS = "b"
    OTHER = "o"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount with both ends of its range, in seconds, in currency, in percent, or plain.

    `limit` is -1 for at most, 1 for at least; `word` is how it was written, where that is one word; `period` is what
    it is per, in seconds, where the unit says so (`3 qps`).
    """

    sort: Sort
    low: Fraction
    high: Fraction
    unit: str = ""
    limit: int = 0
    hedged: bool = False
    loose: bool = False
    word: str = ""
    period: Fraction | None = None

    @property
    def middle(self) -> Fraction:
        """The middle of its range."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Number:
    """A bare number: its value, the token after it, and whether a word or suffix multiplied it."""

    value: Fraction
    after: int
    multiplied: bool = False
    loose: bool = False
    suffix: str = ""


def amount_at(tokens: Sequence[Token], at: int) -> tuple[Amount, int] | None:
    """The amount that begins at a token, and the token after it; None where none does."""
    first = _with_unit(tokens, at)
    if first is None or (first[0].loose and not first[2]):
        return None
    amount, after, multiplied = first
    share = _share(tokens, amount, after)
    if share is not None:
        return share
    joined = _range_end(tokens, at, after)
    if joined is None:
        return _named(tokens, amount, at, after), after
    second, end, factor = joined
    if amount.sort not in (Sort.NUMBER, second.sort):
        return amount, after
    low = amount.low
    if amount.sort is Sort.NUMBER and not multiplied:
        scale = _scale_of(second) if second.sort is not Sort.NUMBER else Fraction(1)
        for multiple in (factor * scale, scale):
            if low * multiple < second.high:
                low *= multiple
                break
    if low > second.high:
        return amount, after
    return replace(second, low=low, loose=amount.loose or second.loose), end


def _share(tokens: Sequence[Token], amount: Amount, after: int) -> tuple[Amount, int] | None:
    """A share said as so many of so many: `nine times out of ten`, `one in twenty`, `19 out of 20 answers`."""
    after += after < len(tokens) and tokens[after].form in _TRIES
    forms = [token.form for token in tokens[after : after + 2]] + ["", ""]
    size = 2 if forms[:2] == ["out", "of"] else 1
    linked = size == 2 or forms[0] in ("in", "of", "from", "/")
    if amount.sort not in (Sort.NUMBER, Sort.TIMES) or amount.loose or not linked:
        return None
    whole = _with_unit(tokens, after + size)
    if (
        whole is None
        or whole[0].sort not in (Sort.NUMBER, Sort.TIMES)
        or whole[0].low not in _WHOLES
        or amount.low > whole[0].low
    ):
        return None
    end = whole[1]
    marked = Sort.TIMES in (amount.sort, whole[0].sort) or (end < len(tokens) and tokens[end].kind == "word")
    if whole[0].low == 10 and not marked and size == 2:
        return None
    counted = whole[0].sort is Sort.TIMES or (end < len(tokens) and tokens[end].form in (*_TRIES, *_RIGHT))
    if forms[0] in ("of", "from", "/") and not counted:
        return None
    percent = 100 * amount.low / whole[0].low
    return replace(amount, sort=Sort.PERCENT, low=percent, high=percent, unit="%"), end


def _scale_of(amount: Amount) -> Fraction:
    return english.TIMES[amount.unit] if amount.sort is Sort.TIME else Fraction(1)


def _named(tokens: Sequence[Token], amount: Amount, at: int, after: int) -> Amount:
    single = after == at + 1 and tokens[at].kind == "word"
    return replace(amount, word=tokens[at].form) if single else amount


def _range_end(tokens: Sequence[Token], at: int, after: int) -> tuple[Amount, int, Fraction] | None:
    """The upper end of a range whose lower end stands before `after`."""
    if after >= len(tokens) or tokens[after].form not in _RANGE:
        return None
    link = tokens[after].form
    before = tokens[at - 1].form if at else ""
    named = before in ("between", "from")
    if link == "and" and not named:
        return None
    second = _with_unit(tokens, after + 1)
    if second is None or (link in ("till", "until") and not named and second[0].low < _LEAST_RANGED):
        return None
    factor = _factor(tokens, after + 1)
    if link == "or" and second[0].high > 4 * factor * _value(tokens, at):
        return None
    return second[0], second[1], factor


def _value(tokens: Sequence[Token], at: int) -> Fraction:
    number = _number(tokens, at)
    return number.value if number else Fraction(0)


def _factor(tokens: Sequence[Token], at: int) -> Fraction:
    """What the word or suffix after a number multiplies it by."""
    number = _number(tokens, at)
    if number is None or not number.multiplied:
        return Fraction(1)
    if tokens[at].kind == "number":
        return number.value / _digits(tokens[at])
    return Fraction(english.SCALES.get(tokens[number.after - 1].form, 1))


def _with_unit(tokens: Sequence[Token], at: int) -> tuple[Amount, int, bool] | None:
    sign = at < len(tokens) and tokens[at].form in ("$", "€", "£", "usd", "eur", "gbp")
    number = _number(tokens, at + sign)
    if number is None:
        return None
    value, after = number.value, number.after
    amount = Amount(Sort.NUMBER, value, value, loose=number.loose)
    if sign:
        after += after < len(tokens) and tokens[after].form in ("usd", "dollar", "dollars")
        return replace(amount, sort=Sort.MONEY, unit="$"), after, number.multiplied
    if number.suffix:
        return _suffixed(amount, number.suffix), after, number.multiplied
    return _unit_after(tokens, amount, after, number.multiplied)


def _suffixed(amount: Amount, suffix: str) -> Amount:
    value = amount.low
    if suffix in english.GLUED_TIMES:
        scaled = value * english.TIMES[suffix]
        return replace(amount, sort=Sort.TIME, low=scaled, high=scaled, unit=suffix)
    if suffix == "x":
        return replace(amount, sort=Sort.TIMES)
    if suffix == "b":
        return replace(amount, sort=Sort.BILLIONS, low=value * 10**9, high=value * 10**9)
    if suffix in english.RATES:
        return replace(amount, period=english.RATES[suffix])
    return replace(amount, sort=Sort.OTHER)


def _unit_after(tokens: Sequence[Token], amount: Amount, after: int, multiplied: bool) -> tuple[Amount, int, bool]:
    """An amount with the unit in the tokens after its number, if there is one."""
    value = amount.low
    at = after
    if at + 1 < len(tokens) and tokens[at].form == "-" and tokens[at].end == tokens[at + 1].start:
        at += 1
    form = tokens[at].form if at < len(tokens) else ""
    if form == "of" and at + 2 < len(tokens) and tokens[at + 1].form in ("a", "an") and value < 1:
        at, form = at + 2, tokens[at + 2].form
    if form in english.TIMES and not (form in ("s", "d", "y", "mo", "h") and multiplied):
        scaled = value * english.TIMES[form]
        return replace(amount, sort=Sort.TIME, low=scaled, high=scaled, unit=form), at + 1, multiplied
    if form == "united" and at + 2 < len(tokens) and tokens[at + 2].form in english.MONEY_SIGNS:
        at, form = at + 2, tokens[at + 2].form
    if form in ("us", "u.s.") and at + 1 < len(tokens) and tokens[at + 1].form in english.MONEY_SIGNS:
        at, form = at + 1, tokens[at + 1].form
    if form in english.MONEY_SIGNS or tokens[after - 1].form == "grand":
        at -= form not in english.MONEY_SIGNS
        return replace(amount, sort=Sort.MONEY, unit="$"), at + 1, multiplied
    if form in english.PERCENT:
        return replace(amount, sort=Sort.PERCENT, unit="%"), at + 1, multiplied
    if form == "per" and at + 1 < len(tokens) and tokens[at + 1].form == "cent":
        return replace(amount, sort=Sort.PERCENT, unit="%"), at + 2, multiplied
    if form in ("times", "time", "x") and at < len(tokens):
        return replace(amount, sort=Sort.TIMES), at + 1, multiplied
    if form in english.RATES:
        return replace(amount, period=english.RATES[form]), at + 1, multiplied
    return amount, after, multiplied


def _number(tokens: Sequence[Token], at: int) -> Number | None:
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind == "number":
        return _multiplied(tokens, Number(_digits(token), at + 1), token.end)
    if token.kind != "word":
        return None
    return _spelt(tokens, at)


def _digits(token: Token) -> Fraction:
    text = token.form
    for space in (" ", "_", "'", "\u00a0", "\u202f", "\u2009"):
        text = text.replace(space, "")
    head, _, tail = text.rpartition(",")
    if head and len(tail) in (1, 2):
        text = f"{head.replace(',', '')}.{tail}"
    text = text.replace(",", "")
    if text.count(".") > 1 or _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    return Fraction(text) or Fraction(0)


def _multiplied(tokens: Sequence[Token], number: Number, end: int) -> Number:
    """A number with the suffix that sticks to it, or the word of size after it."""
    if number.after >= len(tokens) or tokens[number.after].kind not in ("word", "mark"):
        return number
    token = tokens[number.after]
    if token.start == end and token.kind == "word":
        suffix = token.raw.lower()
        if suffix in english.SUFFIXES:
            return Number(number.value * english.SUFFIXES[suffix], number.after + 1, True)
        if suffix in english.SCALES:
            return Number(number.value * english.SCALES[suffix], number.after + 1, True)
        if suffix not in english.MONEY_SIGNS and suffix not in english.PERCENT:
            known = suffix in english.TIMES or suffix in ("times", "percent", "pct")
            return (
                number
                if known and suffix not in english.GLUED_TIMES
                else replace(number, after=number.after + 1, suffix=suffix)
            )
        return number
    value, after, multiplied = number.value, number.after, False
    if [token.form for token in tokens[after : after + 3]] == ["and", "a", "half"]:
        value, after = value + Fraction(1, 2), after + 3
    while after < len(tokens) and (tokens[after].form in english.SCALES or tokens[after].form == "k"):
        value, after, multiplied = value * english.SCALES.get(tokens[after].form, 1000), after + 1, True
    return Number(value, after, multiplied)


def _spelt(tokens: Sequence[Token], at: int) -> Number | None:
    """A number in words, from `at`."""
    form = tokens[at].form
    following = [token.form for token in tokens[at + 1 : at + 5]] + [""] * 4
    part = following[0].removesuffix("s") if following[0] != "s" else ""
    if part in _PARTS and following[1] == "of" and following[2] in ("a", "an"):
        return _part_of(form, part, following[3], at)
    if part in ("half", "quarter") and form in ("a", "an") and following[1] in english.SCALES:
        return Number(english.SCALES[following[1]] * Fraction(1, _PARTS[part]), at + 3, True)
    if (
        form == "half"
        and following[0] in ("a", "an")
        and (following[1] in english.SCALES or following[1] in english.TIMES or following[1] in english.HALVED)
    ):
        return _multiplied(tokens, Number(Fraction(1, 2), at + 2), -1)
    if form == "half" and following[0] in ("minute", "second", "hour"):
        return Number(Fraction(1, 2), at + 1)
    if form in ("quarter", "half") and following[0] in ("of", "a") and following[1] in ("a", "an"):
        return Number(_HALF[form], at + 1) if following[2] in english.TIMES else None
    if form in ("a", "an") and following[0] in english.SCALES:
        counted = _in_words(tokens, at + 1, 1)
        return counted and replace(counted, multiplied=True)
    if form == "a" and following[0] in ("second", "minute") and _moment(tokens, at, following[1]):
        return Number(Fraction(1), at + 1)
    if form in ("a", "an") and following[0] == "half" and following[1] in english.TIMES:
        return Number(Fraction(1, 2), at + 2)
    start = at + 1 if form in ("a", "an", "the", "last") else at
    loose = tokens[start].form if start < len(tokens) else ""
    if loose in _LOOSE and (loose == "several" or start > at or loose == "couple"):
        return _loosely(tokens, start, loose)
    return _in_words(tokens, at)


def _part_of(many: str, part: str, whole: str, at: int) -> Number | None:
    """`a fifth of a second`, `three quarters of a million`."""
    count = 1 if many in ("a", "an") else english.UNITS.get(many)
    if not count or not (whole in english.TIMES or whole in english.SCALES):
        return None
    share = Fraction(count, _PARTS[part])
    return Number(share * english.SCALES[whole], at + 5, True) if whole in english.SCALES else Number(share, at + 2)


def _moment(tokens: Sequence[Token], at: int, following: str) -> bool:
    """Whether `a second` is an amount of time rather than a way of speaking (`give me a second`)."""
    before = tokens[at - 1].form if at else ""
    if any(token.kind == "number" or token.form in _COUNTED for token in tokens[max(0, at - 4) : at]):
        return False
    if before == "take" and at > 1 and tokens[at - 2].form in ("can", "may", "could"):
        return True
    return before in _BOUNDS or (following in _MOMENT_AFTER and before not in _NO_MOMENT)


def _loosely(tokens: Sequence[Token], start: int, word: str) -> Number | None:
    """`a couple of hundred`, `a few thousand`: loose where it is no more than a guess."""
    after = start + 1
    if after < len(tokens) and tokens[after].form == "of":
        after += 1
    if after >= len(tokens):
        return None
    return replace(_multiplied(tokens, Number(Fraction(_LOOSE[word]), after), -1), loose=word != "couple")


def _odd(tokens: Sequence[Token], at: int) -> bool:
    """Whether `odd` stands within a number, as in `forty-odd thousand`."""
    return tokens[at].form == "odd" and at + 1 < len(tokens) and tokens[at + 1].form in english.SCALES


def _in_words(tokens: Sequence[Token], at: int, begun: int = 0) -> Number | None:
    total, current, after, seen, multiplied = 0, begun, at, begun > 0, False
    while after < len(tokens) and tokens[after].kind == "word":
        form = tokens[after].form
        if form in english.UNITS:
            if seen and (current % 10 or (current % 100 and english.UNITS[form] >= 10)):
                break
            current += english.UNITS[form]
        elif form in english.TENS:
            if seen and current % 100:
                break
            current += english.TENS[form]
        elif form in english.SCALES and seen:
            size, multiplied = english.SCALES[form], True
            total, current = (total + current * size, 0) if size >= 1000 else (total, max(current, 1) * size)
        elif form == "and" and seen and multiplied and after + 1 < len(tokens):
            if tokens[after + 1].form not in english.UNITS and tokens[after + 1].form not in english.TENS:
                break
            after += 1
            continue
        elif not (seen and (form == "-" or _odd(tokens, after))):
            break
        seen, after = True, after + 1
        joined = after + 1 < len(tokens) and tokens[after].form == "-"
        if joined and (tokens[after + 1].form in english.UNITS or _odd(tokens, after + 1)):
            after += 1
    if not seen:
        return None
    number = Number(Fraction(total + current), after, multiplied)
    halved = [token.form for token in tokens[after : after + 3]] == ["and", "a", "half"]
    return _multiplied(tokens, number, -1) if halved and not multiplied else number
