"""Sentences as rows of pieces: words, amounts and periods, with limits and hedges folded into the amounts.

A row also reads as a line of text in which each piece follows a space, ` #n4` standing for an amount and ` @5` for a
period; that line is what phrases are sought in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.amounts import Amount, Sort, amount_at
from assistant.dialogue.understanding.english import words
from assistant.dialogue.understanding.tokens import BREAKS, ENDS, Token

_LEADS: Mapping[str, int] = {
    **dict.fromkeys(english.AROUND, 0),
    **dict.fromkeys(english.HEDGES, 2),
    **dict.fromkeys(english.UNDER, -1),
    **dict.fromkeys(english.OVER, 1),
}
_TRAILS: Mapping[str, int] = {
    "max": -1,
    "maximum": -1,
    "or less": -1,
    "or fewer": -1,
    "at most": -1,
    "at the most": -1,
    "tops": -1,
    "or under": -1,
    "or faster": -1,
    "or better": 1,
    "or quicker": -1,
    "or more": 1,
    "at least": 1,
    "+": 1,
    "plus": 1,
    "minimum": 1,
    "or so": 2,
    "ish": 2,
    "i think": 2,
    "i guess": 2,
    "i believe": 2,
    "maybe": 2,
    "probably": 2,
    "or thereabouts": 2,
    "give or take": 2,
    "-ish": 2,
    "- ish": 2,
    "odd": 2,
    "- odd": 2,
    "something": 2,
    "or thereabout": 2,
    ", tops": -1,
    ", max": -1,
    ", maximum": -1,
    ", at most": -1,
    ", no more": -1,
    ", not more": -1,
    ", if that": 2,
    ", i think": 2,
    ", i guess": 2,
    ", i reckon": 2,
    "i reckon": 2,
    ", give or take": 2,
    ", roughly": 0,
    ", more or less": 0,
    "if that": 2,
}
_LEADS = {**_LEADS, **{f", {said} ,": lead for said, lead in _LEADS.items() if said.replace(" ", "").isalpha()}}
LONGEST = 5


@dataclass(frozen=True, slots=True)
class Period:
    """How often something is: once in so many seconds. `times` is how often, where that was said (`twice a day`)."""

    seconds: Fraction
    times: Fraction = Fraction(1)
    explicit: bool = False
    loose: bool = False

    @property
    def between(self) -> Fraction:
        """Seconds from one to the next."""
        return self.seconds / self.times


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a mark, an amount or a period. `form` is what the row's line shows for it."""

    form: str
    start: int
    end: int
    amount: Amount | None = None
    period: Period | None = None
    core: int = 0
    raw: str = ""

    @property
    def breaks(self) -> bool:
        """Whether a clause ends here."""
        return self.form in BREAKS


@dataclass(frozen=True)
class Row:
    """A sentence. `line` is its text for matching and `places` the piece that each column of it belongs to."""

    pieces: tuple[Piece, ...]
    asks: bool = False
    line: str = field(init=False)
    places: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        forms = [" " + _numbered(piece, index) for index, piece in enumerate(self.pieces)]
        object.__setattr__(self, "line", "".join(forms) + " ")
        places = [index for index, form in enumerate(forms) for _ in form]
        object.__setattr__(self, "places", (*places, len(forms)))

    def words(self) -> set[str]:
        """Its distinct words."""
        return {piece.amount.word if piece.amount and piece.amount.word else piece.form for piece in self.pieces}


def _numbered(piece: Piece, index: int) -> str:
    if piece.amount is not None:
        return f"#{piece.amount.sort}{index}" + (f"={piece.amount.word}" if piece.amount.word else "")
    return f"@{index}" if piece.period is not None else piece.form


def rows_of(tokens: Sequence[Token]) -> list[Row]:
    """The sentences of a text."""
    pieces = _with_periods(_amounts(tokens))
    rows: list[Row] = []
    current: list[Piece] = []
    for piece in pieces:
        if piece.form == "?" and _heading(current):
            current.append(replace(piece, form=":"))
        elif piece.form in ENDS:
            if current:
                rows.append(Row(tuple(current), piece.form == "?"))
            elif rows and piece.form == "?":
                rows[-1] = replace(rows[-1], asks=True)
            current = []
        else:
            current.append(piece)
    if current:
        rows.append(Row(tuple(current)))
    return rows


def _heading(pieces: Sequence[Piece]) -> bool:
    """Whether a question is no more than a subject that is then spoken of (`GPUs? none.`)."""
    first = pieces[0].form if pieces else ""
    asks = first in english.ASKING or first in english.AUXILIARIES or first in english.PEOPLE
    return 0 < len(pieces) <= 3 and not asks and all(piece.amount is None for piece in pieces)


def _amounts(tokens: Sequence[Token]) -> list[Piece]:
    """The tokens with every amount made one piece, the words that limit or hedge it folded in."""
    pieces: list[Piece] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        found = amount_at(tokens, at) if _may_begin(token) else None
        if found is None:
            if not _inner_dot(tokens, at) and not _hyphen(tokens, at):
                pieces.append(Piece(token.form, token.start, token.end, core=token.start, raw=token.raw))
            at += 1
            continue
        amount, after = found
        piece = Piece(
            "#", token.start, tokens[after - 1].end, _unless_other(tokens, at, after, amount), core=token.start
        )
        piece = _led(pieces, piece)
        piece, after = _trailed(tokens, after, piece)
        pieces.append(piece)
        at = after
    return pieces


def _may_begin(token: Token) -> bool:
    return token.kind == "number" or token.form in _BEGINNINGS


_BEGINNINGS = frozenset(
    (
        *english.UNITS,
        *english.TENS,
        "a",
        "an",
        "half",
        "quarter",
        "couple",
        "several",
        "the",
        "$",
        "€",
        "£",
        "usd",
        "eur",
        "gbp",
    )
)


def _hyphen(tokens: Sequence[Token], at: int) -> bool:
    """Whether a dash joins two words (`hand-curated`)."""
    if tokens[at].form != "-" or not 0 < at < len(tokens) - 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    return before.end == tokens[at].start and tokens[at].end == after.start and "mark" not in (before.kind, after.kind)


def _inner_dot(tokens: Sequence[Token], at: int) -> bool:
    """Whether a full stop ends no sentence, as within `e.g.` or after `approx`."""
    if tokens[at].form != ".":
        return False
    if at and tokens[at - 1].raw.lower() in english.TYPOS and at + 1 < len(tokens) and tokens[at + 1].raw.islower():
        return True
    sticks = at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end and tokens[at + 1].kind == "word"
    return sticks or (at > 0 and tokens[at - 1].form in ("approx", "ca", "e", "g", "i", "incl", "vs", "etc", "about"))


def _unless_other(tokens: Sequence[Token], at: int, after: int, amount: Amount) -> Amount:
    """The amount, as one that counts nothing where it is a year or part of a name (`GPT-4`, `Llama 3`)."""
    if amount.sort is not Sort.NUMBER or tokens[at].kind != "number" or after != at + 1:
        return amount
    before = tokens[at - 1] if at else None
    year = tokens[at].form.isdecimal() and 1900 <= amount.low <= 2100 and len(tokens[at].form) == 4
    if (
        year
        and before is not None
        and before.form in ("in", "since", "year", "from", "until", "before", "after", "of", "by")
    ):
        return replace(amount, sort=Sort.OTHER)
    stuck = before is not None and before.form == "-" and at > 1 and tokens[at - 2].end == before.start
    named = before is not None and before.raw[:1].isupper() and before.raw[1:].islower() and before.form in _NAMES
    return replace(amount, sort=Sort.OTHER) if (stuck and tokens[at - 2].raw.isupper()) or named else amount


_NAMES = words("llama mistral claude gemma qwen phi gemini python version office windows room floor phase")


def _led(pieces: list[Piece], piece: Piece) -> Piece:
    """The amount with the words before it that limit or hedge it; they are taken off the pieces."""
    amount = piece.amount
    assert amount is not None
    while pieces:
        taken = next((size for size in range(min(LONGEST, len(pieces)), 0, -1) if _said(pieces[-size:]) in _LEADS), 0)
        said = _said(pieces[-taken:]) if taken else ""
        if pieces[-1].form in ("between", "from") and amount.low < amount.high:
            taken, said = 1, ""
        elif pieces[-1].form == "-" and (len(pieces) == 1 or pieces[-2].breaks):
            break
        if amount.word and said in ("the", "our", "these", "those", "good", "another", "still"):
            break
        if not taken or (
            said in ("the", "our", "these", "those", "like", "say") and len(pieces) == taken and taken > 1
        ):
            break
        lead = _LEADS.get(said, 0)
        amount = replace(
            amount,
            limit=amount.limit or (lead if abs(lead) == 1 else 0),
            hedged=amount.hedged or lead == 2,
            word="" if said else amount.word,
        )
        piece = replace(piece, start=pieces[-taken].start)
        del pieces[-taken:]
    return replace(piece, amount=amount)


def _said(pieces: Iterable[Piece]) -> str:
    return " ".join(piece.form for piece in pieces)


def _trailed(tokens: Sequence[Token], after: int, piece: Piece) -> tuple[Piece, int]:
    for size in (3, 2, 1):
        said = " ".join(token.form for token in tokens[after : after + size])
        if said in _TRAILS and after + size <= len(tokens):
            lead, amount = _TRAILS[said], piece.amount
            assert amount is not None
            changed = replace(
                amount, limit=amount.limit or (lead if abs(lead) == 1 else 0), hedged=amount.hedged or lead == 2
            )
            return replace(piece, amount=changed, end=tokens[after + size - 1].end), after + size
    return piece, after


def _with_periods(pieces: list[Piece]) -> list[Piece]:
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
    if form == "by" and following[0] == "the" and following[1] in english.PERIODS:
        return Period(english.PERIODS[following[1]]), at + 3
    if form == "from" and following[1] == "to" and following[0] == following[2] and following[0] in english.PERIODS:
        return Period(english.PERIODS[following[0]]), at + 4
    if form in ("every", "each") or (form == "all" and _lasting(pieces, at + 1)):
        return _every(pieces, at)
    if form == "by" and following[0] in english.PERIODS:
        return Period(english.PERIODS[following[0]]), at + 2
    if form in ("for", "at") and before and _repeats(before[-1]) and following[0] in english.PERIODS:
        return Period(english.PERIODS[following[0]]), at + 2
    if form in ("per", "/", "a", "an", "in", "one", "#"):
        return _per(pieces, at, before)
    return None


_BASES = frozenset(("basis", "rhythm", "cadence", "cycle", "schedule", "rate", "interval", "frequency"))


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
    if form == "in" and nexts[0] in ("a", "the", "one", "each", "every") and nexts[1] in english.PERIODS and counted:
        return Period(english.PERIODS[nexts[1]]), at + 3
    if form == "per" or (counted and form in ("a", "an", "/", "one")):
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
