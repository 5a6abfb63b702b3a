"""A document as Markdown, for a comment on a change that is proposed: every text escaped, the sources left out."""

from collections.abc import Iterator

from assistant.explanation.document import Document, Paragraph, Style
from assistant.reports.escaping import markdown

_BEFORE = {Style.VERDICT: "## ", Style.HEADING: "### "}
MOST_CHARACTERS = 60_000
"""What a comment may hold on the usual sites, and some less."""


def markdown_document(document: Document) -> str:
    """The paragraphs as headings, list items and text; cut, and said so, where it would be too long for a comment."""
    parts, left = [], MOST_CHARACTERS
    for part in _parts(document):
        left -= len(part)
        if left < 0:
            parts.append("\n\nThe rest is too long for a comment.")
            break
        parts.append(part)
    return "".join(parts).strip("\n")


def _parts(document: Document) -> Iterator[str]:
    """Each paragraph with what sets it apart from the one before."""
    listing = False
    for paragraph in document.paragraphs:
        text = markdown(paragraph.text)
        if paragraph.style is Style.POINT:
            yield f"{chr(10) if listing else chr(10) * 2}{'  ' * paragraph.indent}- {text}"
            listing = True
        elif listing and paragraph.indent:
            yield f"\n{_inner(paragraph)}- {text}"
        else:
            yield f"\n\n{_BEFORE.get(paragraph.style, '')}{text}"
            listing = False


def _inner(paragraph: Paragraph) -> str:
    return "  " * paragraph.indent
