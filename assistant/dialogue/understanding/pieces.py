"""Sentences as rows of pieces: words, amounts and periods, with limits and hedges folded into the amounts.

A row also reads as a line of text in which each piece follows a space, ` #n4` standing for an amount and ` @5=daily`
for a period; that line is what phrases are sought in.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate

from assistant.dialogue.understanding.amounts import Amount
from assistant.dialogue.understanding.english import rhythm
from assistant.dialogue.understanding.tokens import BREAKS


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
    """A sentence. `line` is its text for matching, `places` the piece that each column of it belongs to and `columns`
    where each piece, and what follows the last, begins in it."""

    pieces: tuple[Piece, ...]
    asks: bool = False
    line: str = field(init=False)
    places: tuple[int, ...] = field(init=False)
    columns: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        forms = [" " + _numbered(piece, index) for index, piece in enumerate(self.pieces)]
        object.__setattr__(self, "line", "".join(forms) + " ")
        places = [index for index, form in enumerate(forms) for _ in form]
        object.__setattr__(self, "places", (*places, len(forms)))
        object.__setattr__(self, "columns", (0, *accumulate(map(len, forms))))

    def words(self) -> set[str]:
        """Its distinct words."""
        return {piece.amount.word if piece.amount and piece.amount.word else piece.form for piece in self.pieces}


def _numbered(piece: Piece, index: int) -> str:
    if piece.amount is not None:
        return f"#{piece.amount.sort}{index}" + (f"={piece.amount.word}" if piece.amount.word else "")
    return f"@{index}={rhythm(piece.period.between)}" if piece.period is not None else piece.form
