"""Builds raw nodes on a stack of its own, so that depth is a number and not a crash. What a text may not hold is a
`PolicyError` with one finding, at its place."""

from dataclasses import dataclass, field

from assistant.errors import Finding, PolicyError, Span, shown
from assistant.reading.nodes import Listing, Node, Scalar, Table

MAX_DEPTH = 50


def fault(span: Span, message: str, help: str | None = None) -> PolicyError:
    """The error of a text that can't be read."""
    return PolicyError([Finding("yaml", span, message, help)])


@dataclass(slots=True)
class _Open:
    """A collection whose end is still to come; `key` waits for its value."""

    span: Span
    listing: bool
    items: list[Node] = field(default_factory=list)
    entries: list[tuple[Scalar, Node]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    key: Scalar | None = None


class Builder:
    """Takes scalars, beginnings and ends in the order of the text; `root` is the node that they make."""

    def __init__(self) -> None:
        self.stack: list[_Open] = []
        self.root: Node | None = None

    def open(self, span: Span, *, listing: bool) -> None:
        """Begins a list or a mapping."""
        if len(self.stack) >= MAX_DEPTH:
            raise fault(span, f"nested deeper than {MAX_DEPTH} levels", "flatten it")
        self.stack.append(_Open(span, listing))

    def close(self) -> None:
        """Ends the innermost list or mapping."""
        done = self.stack.pop()
        self.add(Listing(tuple(done.items), done.span) if done.listing else Table(tuple(done.entries), done.span))

    def add(self, node: Node) -> None:
        """Adds a whole node where the text stands: as an item, a key, a value or the root."""
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if top.listing:
            top.items.append(node)
        elif top.key is not None:
            top.entries.append((top.key, node))
            top.key = None
        elif not isinstance(node, Scalar):
            raise fault(node.span, "a key must be a text", "quote it, or check the brackets")
        elif node.text in top.keys:
            raise fault(node.span, f"the key `{shown(node.text)}` stands twice", "keep one of the two")
        else:
            top.keys.add(node.text)
            top.key = node


def whole_characters(text: str, span: Span) -> str:
    """A text in which pairs of surrogates, as escapes write them, are the characters that they mean."""
    if text.isascii():
        return text
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise fault(span, "half of a character (a lone surrogate)", "write the whole character") from None
