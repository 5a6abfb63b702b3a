"""Tokens to sentences: amounts and periods made one piece each, what limits or hedges an amount folded into it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.amounts import Amount, Sort, amount_at
from assistant.dialogue.understanding.english import phrases, words
from assistant.dialogue.understanding.frames import unframed
from assistant.dialogue.understanding.periods import with_periods
from assistant.dialogue.understanding.pieces import Piece, Row
from assistant.dialogue.understanding.tokens import ENDS, Token

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
_EXACTLY = words("only just exactly precisely merely")
_TURNED = words("i we you they he she it the a an this that our your any one somebody someone anyone")
LONGEST = 5
_ABBREVIATED = words("approx upd freq vol qty req instr ca e g i incl vs etc about max min avg est nr resp dept")
_REMARKS = frozenset(
    (
        *english.HEDGES,
        *phrases("obviously | of course | clearly | i mean | naturally | basically | roughly | approximately"),
        *phrases("honestly | frankly | you know | say | like"),
    )
)


def rows_of(tokens: Sequence[Token]) -> list[Row]:
    """The sentences of a text."""
    pieces = with_periods(_unparted(_amounts(tokens)))
    rows: list[Row] = []
    current: list[Piece] = []
    for piece in pieces:
        if piece.form == "?" and _heading(current):
            current.append(replace(piece, form=":"))
        elif piece.form in ENDS:
            if current:
                rows.append(Row(_supposing(unframed(current), asks=piece.form == "?"), piece.form == "?"))
            elif rows and piece.form == "?":
                rows[-1] = replace(rows[-1], asks=True)
            current = []
        else:
            current.append(piece)
    if current:
        rows.append(Row(_supposing(unframed(current), asks=False)))
    return rows


def _supposing(pieces: tuple[Piece, ...], *, asks: bool) -> tuple[Piece, ...]:
    """A sentence that supposes by turning its verb round, with `if` (`Should it err, …`, `Had we the time, …`)."""
    forms = [piece.form for piece in pieces[:2]]
    turned = len(forms) == 2 and forms[0] in ("should", "had", "were") and forms[1] in _TURNED
    if asks or not turned or not any(piece.form == "," for piece in pieces):
        return pieces
    return (replace(pieces[0], form="if"), *pieces[1:])


def _unparted(pieces: list[Piece]) -> list[Piece]:
    """The pieces without the commas around a remark (`we retrain, I'd say, once a quarter`)."""
    commas = [index for index, piece in enumerate(pieces) if piece.form == ","]
    dropped = {
        place
        for first, last in pairwise(commas)
        if 1 < last - first <= LONGEST and _said(pieces[first + 1 : last]) in _REMARKS
        for place in (first, last)
    }
    return [piece for index, piece in enumerate(pieces) if index not in dropped]


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
    sticks = at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end and tokens[at + 1].kind == "word"
    return sticks or (at > 0 and tokens[at - 1].raw.lower() in _ABBREVIATED)


def _unless_other(tokens: Sequence[Token], at: int, after: int, amount: Amount) -> Amount:
    """The amount, as one that counts nothing where it is a year or part of a name (`GPT-4`, `Llama 3`)."""
    if amount.sort is not Sort.NUMBER or tokens[at].kind != "number" or after != at + 1:
        return amount
    before = tokens[at - 1] if at else None
    year = tokens[at].form.isdecimal() and 1900 <= amount.low <= 2100 and len(tokens[at].form) == 4
    if (
        year
        and before is not None
        and before.form
        in ("the", "our", "these", "in", "since", "year", "from", "until", "before", "after", "of", "by")
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
        if amount.word == "one" and said in ("only", "more than"):
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
            word="" if said and said not in _EXACTLY else amount.word,
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
