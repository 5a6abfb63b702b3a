"""The strip: the leaning, each option's share, the scores and what is left, in one line of whatever width there is."""

from textual.content import Content
from textual.widgets import Static

from assistant.tui.moment import Standing
from assistant.tui.plain_content import plain


class StandingStrip(Static):
    """One line about where the verdict stands."""

    def __init__(self) -> None:
        super().__init__(Content("Reading the rules …"), id="standing", markup=False)
        self._standing: Standing | None = None

    def show(self, standing: Standing) -> None:
        """Shows where the verdict stands now."""
        self._standing = standing
        self._write()

    def on_resize(self) -> None:
        """Says as much as fits."""
        self._write()

    def _write(self) -> None:
        if self._standing is not None:
            self.update(standing_line(self._standing, self.content_size.width))


def standing_line(standing: Standing, width: int) -> Content:
    """The fullest wording that fits into `width`, the shortest where none does."""
    word, tail, middle, short = _words(standing)
    option = plain(standing.leaning or "no option left").stylize("bold $accent")
    scores = plain(" · ".join(f"{label} {points}" for label, points in standing.scores))
    shares = plain(" · ".join(f"{label} {share}" for label, share in standing.shares))
    left = f"at most {standing.left} left"
    questions = "at most 1 question left" if standing.left == 1 else f"at most {standing.left} questions left"
    weighed = [
        Content.assemble(f"{word}: ", option, "   possible: ", shares, "   points: ", scores, "   ", questions),
        Content.assemble(option, "  possible: ", shares, "  points: ", scores, "  ", questions),
        Content.assemble(option, " so far; possible: ", shares, "; ", left),
        Content.assemble("possible: ", shares, "; ", left),
        Content.assemble(shares, "; ", left),
    ]
    candidates: list[Content] = [
        *(weighed if len(standing.shares) > 1 else ()),
        Content.assemble(f"{word}: ", option, "   ", scores, "   ", tail),
        Content.assemble(f"{word}: ", option, "  ", scores, "  ", tail),
        Content.assemble(f"{word}: ", option, "  ", scores, "  ", middle),
        Content.assemble(f"{word}: ", option, "  ", scores, "  ", short),
        Content.assemble(option, "  ", scores, "  ", short),
        Content.assemble(option, "  ", short),
    ]
    return next((line for line in candidates if line.cell_length <= width), candidates[-1])


def _words(standing: Standing) -> tuple[str, str, str, str]:
    if standing.settled:
        return "Settled", "no open answer can change it", "nothing can change it", "settled"
    answers = "1 answer" if standing.open == 1 else f"{standing.open} answers"
    return "Leaning", f"{answers} could still change it", f"{answers} still open", f"{standing.open} open"
