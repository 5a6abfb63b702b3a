"""Raw nodes: what a file says, before anyone asks what it means. Each knows its file, line and column."""

from dataclasses import dataclass
from typing import TypeAlias

from assistant.errors import Span

Plain: TypeAlias = "str | int | float | bool | None"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; `text` is what it says, `value` what it stands for.

    `raw` is how it is written in the file, from `span` on, where that differs from `text`: quoted, folded or over
    several lines.
    """

    value: Plain
    text: str
    span: Span
    quoted: bool = False
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A sequence of nodes."""

    items: "tuple[Node, ...]"
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping with text keys, each of them once, in the order written."""

    entries: "tuple[tuple[Scalar, Node], ...]"
    span: Span

    def get(self, key: str) -> "Node | None":
        """The value of `key`, if it is there."""
        return next((value for name, value in self.entries if name.text == key), None)


Node: TypeAlias = Scalar | Listing | Table
