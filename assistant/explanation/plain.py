"""Documents as lines of text: wrapped, with the sources listed at the end, safe for any terminal."""

import re
import textwrap
from collections.abc import Iterator

from assistant.explanation.document import Document, Paragraph, Style

_NUMBERED = re.compile(r"\d{1,3}\. ")
_BOLD, _DIM, _RED, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[0m"
_LOOKS = {Style.VERDICT: _BOLD, Style.HEADING: _BOLD, Style.NOTE: _DIM, Style.ERROR: _RED, Style.SOURCE: _DIM}


def printable(text: str) -> str:
    """A text without anything that a terminal could take for a command."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def lines_of(document: Document, width: int = 80, *, colour: bool = False) -> str:
    """The document in lines of at most `width` columns; with `colour`, headings and notes stand out."""
    return "\n".join(_lines(document, max(width, 20), colour))


def _lines(document: Document, width: int, colour: bool) -> Iterator[str]:
    previous: Style | None = None
    for paragraph in document.paragraphs:
        if previous is not None and _apart(previous, paragraph.style):
            yield ""
        yield from _paragraph(paragraph, width, colour)
        previous = paragraph.style
    if document.sources:
        yield ""
        yield _styled("Sources", Style.HEADING, colour)
    for source in document.sources:
        head = f"  [{source.number}] "
        text = printable(f"{source.title}  {source.link}")
        indent = " " * len(head)
        yield from textwrap.wrap(
            text, width, initial_indent=head, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
        )


def _apart(previous: Style, style: Style) -> bool:
    return style in (Style.HEADING, Style.VERDICT) or (previous is Style.POINT and style is Style.TEXT)


def _paragraph(paragraph: Paragraph, width: int, colour: bool) -> Iterator[str]:
    margin = "  " * min(paragraph.indent, 10)
    text = printable(paragraph.text)
    numbered = _NUMBERED.match(text)
    bullet = "- " if paragraph.style is Style.POINT else ""
    hang = " " * (len(numbered[0]) if numbered else len(bullet))
    for line in text.split("\n"):
        wrapped = textwrap.wrap(
            line,
            width,
            initial_indent=margin + bullet,
            subsequent_indent=margin + hang,
            break_on_hyphens=False,
        )
        for part in wrapped or [""]:
            yield _styled(part, paragraph.style, colour)


def _styled(text: str, style: Style, colour: bool) -> str:
    look = _LOOKS.get(style) if colour else None
    return f"{look}{text}{_OFF}" if look else text
