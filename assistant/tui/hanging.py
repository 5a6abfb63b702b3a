"""Text with a hanging indent, for lists: lines after the first begin below its text, not below its mark."""

from collections.abc import Iterator

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

NARROWEST = 8


def hanging_lines(before: Content, text: Content, width: int) -> Iterator[Content]:
    """The lines of `text` at a width, the first after `before` and the others as far in."""
    for line in text.wrap(max(width - before.cell_length, NARROWEST)):
        yield Content.assemble(before, line)
        before = Content(" " * before.cell_length)


class Hanging(Visual):
    """A mark and a text, wrapped to whatever width there is; for the options of a list."""

    def __init__(self, before: Content, text: Content) -> None:
        self._before = before
        self._text = text
        self._wrapped: tuple[int, Content] = (-1, text)

    def _content(self, width: int) -> Content:
        if self._wrapped[0] != width:
            self._wrapped = (width, Content("\n").join(hanging_lines(self._before, self._text, width)))
        return self._wrapped[1]

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The lines as strips."""
        return self._content(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """What it takes on lines of its own."""
        return self._before.cell_length + self._text.get_optimal_width(rules, container_width)

    def get_minimal_width(self, rules: RulesMap) -> int:
        """What its longest word takes."""
        return self._before.cell_length + self._text.get_minimal_width(rules)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """How many lines it takes at a width."""
        return self._content(width).get_height(rules, max(width, 1))
