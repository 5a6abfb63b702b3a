"""Ranges that grow over the months, drawn in braille dots: each option a band between its lowest and highest total.

Every option has a pattern of its own besides its colour, so that bands are told apart without colours too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from textual.content import Content

DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille cell, by row and column (Unicode, block U+2800)."""
LABEL = 7
FILLS = ((2, 0, 4), (2, 1, 3), (4, 2, 2))
"""For each option in turn, where the dots of its fill are: every so many columns, shifted, every so many rows."""
COLOURS = ("$primary", "$accent", "$success", "$error")


@dataclass(frozen=True, slots=True)
class Band:
    """A range that grows evenly: (low, high) at the start, and what each month adds to it."""

    label: str
    start: tuple[float, float]
    monthly: tuple[float, float]

    def at(self, month: float) -> tuple[float, float]:
        """The range at the end of a month."""
        return self.start[0] + month * self.monthly[0], self.start[1] + month * self.monthly[1]


@dataclass(frozen=True, slots=True)
class Passing:
    """When the option of one number comes to cost less than that of another; None where there is no such month.

    `earliest` is the first month in which the ranges allow it, `middle` that in the middle of them, `latest` the first
    from which they leave nothing else, `until` the last in which they allow it, where that ends.
    """

    dearer: int
    cheaper: int
    earliest: int | None
    middle: int | None
    latest: int | None
    until: int | None = None


def passing_line(passing: Passing, months: int, width: int) -> Content | None:
    """A break-even below the chart, with its uncertainty; None where none is possible within the months."""
    columns = max(width - LABEL, 4)
    if passing.earliest is None or passing.earliest > months or not months:
        return None
    last = next((month for month in (passing.latest, passing.until) if month is not None), months)
    begin, end = (round(min(month, months) / months * (columns - 1)) for month in (passing.earliest, last))
    marks = [" "] * begin + ["╌"] * (end - begin + 1)
    if passing.middle is not None and passing.middle <= months:
        marks[round(passing.middle / months * (columns - 1))] = "▲"
    names = Content.assemble(
        (sign_of(passing.dearer), colour_of(passing.dearer)),
        "<",
        (sign_of(passing.cheaper), colour_of(passing.cheaper)),
    )
    return Content.assemble(names, "  ", ("".join(marks), colour_of(passing.dearer)))


def colour_of(number: int) -> str:
    """The colour of the option of that number."""
    return COLOURS[number % len(COLOURS)]


def sign_of(number: int) -> str:
    """A piece of an option's pattern under its edge, two cells wide, for the legend."""
    across, shift, down = FILLS[number % len(FILLS)]
    cells = [0, 0]
    for column in range(4):
        for row in range(4):
            if row == 0 or _filled(column, row, across, shift, down):
                cells[column // 2] |= DOTS[row][column % 2]
    return "".join(chr(0x2800 + bits) for bits in cells)


def chart(bands: Sequence[Band], months: int, at: int, width: int, height: int) -> list[Content]:
    """At most `height` lines: the bands from month 0 to `months`, a line at the month `at`, and the axis below."""
    columns, rows = max(width - LABEL, 4), max(height - 2, 3)
    rows -= 1 - rows % 2
    top = _round_up(max((band.at(months)[1] for band in bands), default=1.0))
    cells = _cells(tuple(bands), months, top, columns, rows)
    cursor = round(at / months * (columns - 1)) if months else 0
    lines = [_row(cells[row], cursor, _label(row, rows, top)) for row in range(rows)]
    return [*lines, *_axis(columns, months, at, cursor)]


@lru_cache(maxsize=8)
def _cells(bands: tuple[Band, ...], months: int, top: float, columns: int, rows: int) -> list[list[tuple[int, int]]]:
    """The dots of every cell with the band that owns it; they are the same whichever month one looks at."""
    cells = [[(0, -1)] * columns for _ in range(rows)]
    for number, band in enumerate(bands):
        _draw(cells, band, number, months, top)
    return cells


def _draw(cells: list[list[tuple[int, int]]], band: Band, number: int, months: int, top: float) -> None:
    rows, columns = len(cells), len(cells[0])
    high_dots, wide_dots = rows * 4, columns * 2
    across, shift, down = FILLS[number % len(FILLS)]
    for x in range(wide_dots):
        low, high = band.at(x / (wide_dots - 1) * months)
        lowest = high_dots - 1 - round(low / top * (high_dots - 1))
        highest = high_dots - 1 - round(high / top * (high_dots - 1))
        for y in range(max(highest, 0), min(lowest, high_dots - 1) + 1):
            edge = y in (lowest, highest)
            if edge or _filled(x, y, across, shift, down):
                bits, owner = cells[y // 4][x // 2]
                cells[y // 4][x // 2] = bits | DOTS[y % 4][x % 2], number if edge or owner < 0 else owner


def _filled(x: int, y: int, across: int, shift: int, down: int) -> bool:
    return (x + shift * (y // down)) % across == 0 and y % down == 0


def _row(cells: list[tuple[int, int]], cursor: int, label: str) -> Content:
    marks = [(label, "$foreground 65%")]
    for column, (bits, owner) in enumerate(cells):
        mark = chr(0x2800 + bits) if bits else " "
        style = colour_of(owner) if bits else ""
        if column == cursor:
            mark, style = (mark, f"{style} reverse") if bits else ("│", "$foreground 65%")
        marks.append((mark, style))
    runs = (("".join(mark for mark, _ in run), style) for style, run in groupby(marks, key=lambda each: each[1]))
    return Content.assemble(*runs)


def _label(row: int, rows: int, top: float) -> str:
    if row not in (0, rows // 2, rows - 1):
        return " " * LABEL
    amount = top * (rows - 1 - row) / (rows - 1)
    return f"{short_dollars(amount):>{LABEL - 1}} "


def _axis(columns: int, months: int, at: int, cursor: int) -> list[Content]:
    line = list("─" * columns)
    line[cursor] = "┴"
    names = [" "] * columns
    for month in dict.fromkeys((at, 0, months, months // 2)):
        place = round(month / months * (columns - 1)) if months else 0
        text = f"month {at}" if month == at else str(month)
        begin = min(max(place - len(text) // 2, 0), max(columns - len(text), 0))
        if not "".join(names[max(begin - 1, 0) : begin + len(text) + 1]).strip():
            names[begin : begin + len(text)] = text
    margin = " " * LABEL
    return [
        Content(margin + "".join(line)).stylize("$foreground 65%"),
        Content(margin + "".join(names)[:columns]).stylize("$foreground 65%"),
    ]


def _round_up(amount: float) -> float:
    """The next amount that reads well."""
    if amount <= 0:
        return 1.0
    power = 10.0 ** (len(str(int(amount))) - 1)
    return next(step * power for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * power >= amount)


def short_dollars(amount: float) -> str:
    """An amount in few characters: `$950`, `$12k`, `$1.5M`."""
    for limit, unit in ((1_000_000, "M"), (1_000, "k")):
        if amount >= limit:
            return f"${amount / limit:.1f}".removesuffix(".0") + unit
    return f"${amount:.0f}"
