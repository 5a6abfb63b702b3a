"""The recommendation, pinned: each option's share and points, what carried it, and whether it is settled.

While something is supposed, the real case stands beside it.
"""

from collections.abc import Iterator

from textual.content import Content

from assistant.tui.lines import Lines
from assistant.tui.moment import Chance, Moment, Standing, standing_of
from assistant.tui.plain_content import plain

WIDEST_BAR = 24
MOST_LINES_WHY = 2
LOW = 30
"""Below so many lines of terminal the card says less, to leave room for what is below it."""


class VerdictCard(Lines):
    """The recommendation of the moment."""

    def __init__(self) -> None:
        super().__init__(Content("Reading the rules …"), id="card")
        self._moment: Moment | None = None

    def show(self, moment: Moment) -> None:
        """Shows another moment."""
        if moment is not self._moment:
            self._moment = moment
            self._write()

    def on_resize(self) -> None:
        """Wraps anew."""
        self._write()

    def _write(self) -> None:
        if self._moment is not None:
            width, brief = max(self.content_size.width, 20), self.app.size.height < LOW
            self.write(card_lines(self._moment, width, brief=brief))


def card_lines(moment: Moment, width: int, *, brief: bool = False) -> Iterator[Content]:
    """The lines of a moment's card; without the reason where it is to be brief."""
    standing = standing_of(moment.decision, moment.left)
    real = standing_of(moment.real)
    supposed = moment.difference is not None
    yield _title(standing, real, supposed)
    before = {chance.label: chance for chance in real.chances} if supposed else {}
    pad = max(len(chance.label) for chance in standing.chances)
    bar = max(min(width - pad - (28 if supposed else 21), WIDEST_BAR), 4)
    for chance in standing.chances:
        yield _chance(chance, before.get(chance.label), pad, bar)
    if not brief:
        yield from _why(moment, width)
    yield _status(standing)


def _title(standing: Standing, real: Standing, supposed: bool) -> Content:
    now = plain(standing.leaning or "no option left").stylize("bold $accent")
    if not supposed:
        return Content.assemble("◆ ", now, " so far" if not standing.settled else "")
    if real.leaning == standing.leaning:
        return Content.assemble("◇ What if: still ", now)
    return Content.assemble("◇ What if: ", now, " instead of ", plain(real.leaning or "no option left"))


def _chance(chance: Chance, before: Chance | None, pad: int, width: int) -> Content:
    share = chance.share or 0.0
    filled = min(max(round(share * width), 1 if share else 0), width)
    bar = Content.styled("█" * filled, "$accent" if share else "") + Content.styled(
        "░" * (width - filled), "$primary 40%"
    )
    said = _moved(_percent(before), _percent(chance)) if before else _percent(chance)
    points = _moved(_points(before), _points(chance)) if before else _points(chance)
    tail = f"  {points} {'point' if points == '1' else 'points'}" if points else ""
    return Content.assemble(plain(chance.label.ljust(pad)), " ", bar, " ", f"{said:>4}", tail)


def _moved(before: str, now: str) -> str:
    return now if before == now else f"{before} → {now}"


def _percent(chance: Chance | None) -> str:
    from assistant.explanation.wording import percent

    if chance is None or chance.share is None:
        return "open"
    return "out" if not chance.share else "100%" if chance.share == 1 else percent(chance.share)


def _points(chance: Chance | None) -> str:
    return "" if chance is None or chance.points is None else str(chance.points)


def _why(moment: Moment, width: int) -> Iterator[Content]:
    """What carried it most, in a line or two."""
    from assistant.explanation.conclusion import carrying
    from assistant.explanation.wording import because

    rules = carrying(moment.decision.inference)
    if rules:
        text = plain(because(rules[0], moment.decision.inference)).stylize("$foreground 80%")
        lines = text.wrap(width)
        yield from lines[: MOST_LINES_WHY - 1]
        if len(lines) >= MOST_LINES_WHY:
            rest = " ".join(line.plain for line in lines[MOST_LINES_WHY - 1 :])
            yield Content(rest).stylize("$foreground 80%").truncate(width, ellipsis=True)


def _status(standing: Standing) -> Content:
    if standing.settled:
        return Content("Settled: no open answer can change it").stylize("$success")
    answers = "1 answer" if standing.open == 1 else f"{standing.open} answers"
    left = f"; at most {standing.left} to ask" if standing.left else ""
    return Content(f"{answers} could change it{left}").stylize("$foreground 65%")
