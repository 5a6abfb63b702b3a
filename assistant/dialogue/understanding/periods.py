"""Whatever says how often, made one piece: `twice a week`, `every 15 minutes`, `on a monthly basis`."""

from dataclasses import replace
from fractions import Fraction

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.amounts import Sort
from assistant.dialogue.understanding.pieces import Period, Piece


def with_periods(pieces: list[Piece]) -> list[Piece]:
    """The pieces with everything that says how often made one piece."""
    found: list[Piece] = []
    at = 0
    while at < len(pieces):
        period = _period_at(pieces, at, found)
        if period is None:
            found.append(pieces[at])
            at += 1
            continue
        made, after = period
        found.append(
            _joined(found, Piece("@", pieces[at].start, pieces[after - 1].end, period=made, core=pieces[at].start))
        )
        at = after
    return found


def _joined(found: list[Piece], piece: Piece) -> Piece:
    """The period with how many times before it (`twice a day`), which is taken off."""
    period, last = piece.period, found[-1] if found else None
    assert period is not None
    if last is None or period.explicit:
        return piece
    times: Fraction | None = None
    loose = False
    if last.form in ("once", "twice", "thrice"):
        times = Fraction({"once": 1, "twice": 2, "thrice": 3}[last.form])
    elif last.amount is not None and last.amount.sort is Sort.TIMES:
        times, loose = last.amount.middle, last.amount.loose
    elif last.form == "times" and len(found) > 1 and found[-2].form in ("multiple", "many", "few", "several"):
        times, loose = Fraction(3), True
        found.pop()
        last = found[-1]
    if not times:
        return piece
    found.pop()
    return replace(piece, start=last.start, period=Period(period.seconds, times, True, loose))


def _period_at(pieces: list[Piece], at: int, before: list[Piece]) -> tuple[Period, int] | None:
    form = pieces[at].form
    following = [piece.form for piece in pieces[at + 1 : at + 5]] + [""] * 4
    if form in english.ADVERBS:
        return Period(english.ADVERBS[form]), at + 1
    if (
        form in ("on", "at")
        and following[0] in ("a", "an")
        and following[1] in english.ADVERBS
        and following[2] in _BASES
    ):
        return Period(english.ADVERBS[following[1]]), at + 4
    if (
        form in ("on", "at", "in", "during")
        and following[0] in ("a", "an", "the")
        and following[2] in ("day", "week", "month")
    ):
        return Period(english.PERIODS[following[2]]), at + 4
    if (found := _within_day(form, following, at, before)) is not None:
        return found
    if form == "by" and following[0] == "the" and following[1] in english.TIMES and following[1] != "second":
        return Period(english.PERIODS[following[1]]), at + 3
    if form == "from" and following[1] == "to" and following[0] == following[2] and following[0] in english.PERIODS:
        return Period(english.PERIODS[following[0]]), at + 4
    if (found := _many(form, following, at)) is not None:
        return found
    if form in ("every", "each") or (form == "all" and _lasting(pieces, at + 1)):
        return _every(pieces, at)
    if form == "by" and following[0] in english.TIMES:
        return Period(english.PERIODS[following[0]]), at + 2
    if form in ("for", "at", "in", "on") and before and _repeats(before[-1]) and following[0] in english.PERIODS:
        return Period(english.PERIODS[following[0]]), at + 2
    if form in ("per", "/", "a", "an", "in", "one", "#"):
        return _per(pieces, at, before)
    return None


_WITHIN_DAY = frozenset(("through", "throughout", "during", "within", "over", "across"))
_BASES = frozenset(("basis", "rhythm", "cadence", "cycle", "schedule", "rate", "interval", "frequency"))


def _within_day(form: str, following: list[str], at: int, before: list[Piece]) -> tuple[Period, int] | None:
    """`throughout the day`, `intraday`; and `half yearly`."""
    if form in _WITHIN_DAY and following[:2] == ["the", "day"] and before and not _counts(before):
        return Period(english.HOUR), at + 3
    if form == "half" and following[0] in english.ADVERBS:
        return Period(english.ADVERBS[following[0]] / 2), at + 2
    return (Period(english.HOUR), at + 1) if form == "intraday" else None


def _many(form: str, following: list[str], at: int) -> tuple[Period, int] | None:
    """`on Fridays`, `all weeks`, `all the days`."""
    if form == "on" and following[0].endswith("days") and following[0] != "days" and following[0] in english.PERIODS:
        return Period(english.PERIODS[following[0]]), at + 2
    skip = 1 + (following[0] == "the")
    if form == "all" and _plural(following[skip - 1]):
        return Period(english.PERIODS[following[skip - 1]]), at + 1 + skip
    return None


def _plural(form: str) -> bool:
    """Whether a word names periods: `all weeks` is every week."""
    return form in ("days", "weeks", "months", "hours", "quarters", "years", "mornings", "nights", "evenings")


def _counts(before: list[Piece]) -> bool:
    """Whether a number stands close before, so that a day is what it is counted in."""
    return any(piece.amount is not None for piece in before[-6:])


def _repeats(piece: Piece) -> bool:
    return piece.form in ("once", "twice") or (piece.amount is not None and piece.amount.sort is Sort.TIMES)


def _lasting(pieces: list[Piece], at: int) -> bool:
    """Whether a time of several units stands there, as in `all two weeks`."""
    amount = pieces[at].amount if at < len(pieces) else None
    return amount is not None and amount.sort is Sort.TIME and not amount.loose and amount.unit.endswith("s")


def _every(pieces: list[Piece], at: int) -> tuple[Period, int] | None:
    """`every day`, `every other week`, `every 15 minutes`, `each and every day`."""
    nexts = [piece.form for piece in pieces[at + 1 : at + 5]] + [""] * 4
    step = 1
    if nexts[0] == "and" and nexts[1] == "every":
        step = 3
    elif nexts[0] in english.PERIOD_KINDS:
        step = 2
    factor = Fraction(1)
    nth = {"other": 2, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}.get(nexts[0], 1)
    if nth > 1 and nexts[1] in english.PERIODS:
        step, factor = 2, Fraction(nth)
    if nexts[0] == "half" and nexts[1] in english.PERIODS:
        step, factor = 2, Fraction(1, 2)
    if nexts[0] == "few" and nexts[1] in english.PERIODS:
        return Period(3 * english.PERIODS[nexts[1]], explicit=True, loose=True), at + 3
    target = pieces[at + step] if at + step < len(pieces) else None
    if target is None:
        return None
    if target.amount is not None and target.amount.sort is Sort.TIME:
        return Period(target.amount.middle, explicit=True, loose=target.amount.loose), at + step + 1
    if target.form in english.PERIODS:
        return Period(factor * english.PERIODS[target.form], explicit=factor != 1), at + step + 1
    return None


def _per(pieces: list[Piece], at: int, before: list[Piece]) -> tuple[Period, int] | None:
    """`per day`, `a day` and `/day`, after something that is counted; `once in 3 months`."""
    form = pieces[at].form
    nexts = [piece.form for piece in pieces[at + 1 : at + 3]] + ["", ""]
    counted = any(piece.amount is not None for piece in before[-6:]) or bool(
        before and before[-1].form in ("once", "twice", "thrice", "times")
    )
    if form == "#":
        amount = pieces[at].amount
        repeated = bool(before) and (
            before[-1].form in ("once", "twice")
            or (before[-1].amount is not None and before[-1].amount.sort is Sort.TIMES)
        )
        if not (repeated and amount and amount.sort is Sort.TIME and amount.low == amount.high):
            return None
        return Period(amount.low), at + 1
    within = pieces[at + 1].amount if form == "in" and at + 1 < len(pieces) else None
    if (
        within is not None
        and within.sort is Sort.TIME
        and within.low == within.high
        and before
        and _repeats(before[-1])
    ):
        return Period(within.low), at + 2
    if form == "in" and nexts[0] in ("a", "the", "one", "each", "every") and nexts[1] in english.PERIODS and counted:
        return Period(english.PERIODS[nexts[1]]), at + 3
    slashed = form == "/" and bool(before) and nexts[0] in english.PERIODS
    if form == "per" or slashed or (counted and form in ("a", "an", "/", "one")):
        step = 1
        if nexts[0] in ("a", "the") or nexts[0] in english.PERIOD_KINDS:
            step = 2
        name = pieces[at + step].form if at + step < len(pieces) else ""
        if name in english.PERIODS:
            return Period(english.PERIODS[name]), at + step + 1
        if name in ("m", "h", "d", "s", "w", "q", "min"):
            size = {
                "m": english.MONTH,
                "h": english.HOUR,
                "d": english.DAY,
                "s": english.SECOND,
                "w": english.WEEK,
                "q": english.QUARTER,
                "min": english.MINUTE,
            }[name]
            return Period(size), at + step + 1
    return None
