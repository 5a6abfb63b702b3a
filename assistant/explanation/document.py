"""What is said to people, before anyone decides how it looks: paragraphs with numbered sources.

The command line, the plain chat and the screens all show the same documents. Texts are plain: never markup.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.knowledge import Citation, Source


class Style(StrEnum):
    """What a paragraph is."""

    VERDICT = "verdict"
    HEADING = "heading"
    TEXT = "text"
    POINT = "point"
    NOTE = "note"
    ERROR = "error"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `cites` are the passages behind it and `rule` the rule, `indent` its depth in a tree."""

    style: Style
    text: str
    cites: tuple[str, ...] = ()
    rule: str | None = None
    indent: int = 0


@dataclass(frozen=True, slots=True)
class NumberedSource:
    """A passage that a document cites, under the number that its paragraphs show."""

    number: int
    passage: str
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Document:
    """Paragraphs and the sources they cite."""

    paragraphs: tuple[Paragraph, ...] = ()
    sources: tuple[NumberedSource, ...] = ()

    def __add__(self, other: "Document") -> "Document":
        """Two documents in a row; only one of them may have sources."""
        return Document(self.paragraphs + other.paragraphs, self.sources or other.sources)


def unmarked(document: Document, paragraph: Paragraph) -> str:
    """A paragraph's text without the numbers of its sources."""
    numbers = {source.passage: source.number for source in document.sources}
    marks = "".join(f" [{number}]" for number in sorted(numbers[passage] for passage in paragraph.cites))
    return paragraph.text.removesuffix(marks)


def said(text: str, style: Style = Style.TEXT) -> Document:
    """A document of one paragraph."""
    return Document((Paragraph(style, text),))


def told_wrong(message: str, help: str | None = None) -> Document:
    """What is wrong, and what to do next."""
    paragraphs = [Paragraph(Style.ERROR, _sentence(message))]
    if help:
        paragraphs.append(Paragraph(Style.NOTE, _sentence(help)))
    return Document(tuple(paragraphs))


def _sentence(text: str) -> str:
    first = text[:1].upper() + text[1:]
    return first if first.endswith((".", "?", "!", "`")) else first + "."


@dataclass
class Writer:
    """Writes a document, numbering the passages it cites in the order in which they first appear."""

    source: Source
    paragraphs: list[Paragraph] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def add(
        self,
        style: Style,
        text: str,
        cites: Iterable[Citation] = (),
        rule: str | None = None,
        indent: int = 0,
    ) -> None:
        """Adds a paragraph; the numbers of its sources follow its text."""
        passages = tuple(dict.fromkeys(citation.passage for citation in cites))
        marks = "".join(f" [{number}]" for number in sorted(map(self.number, passages)))
        self.paragraphs.append(Paragraph(style, text + marks, passages, rule, indent))

    def number(self, passage: str) -> int:
        """The number of a passage, the next one if it is new."""
        return self.numbers.setdefault(passage, len(self.numbers) + 1)

    def document(self) -> Document:
        """What was written, with its sources."""
        sources = tuple(
            NumberedSource(number, passage, self.source.by_id[passage].trail, self.source.link(passage))
            for passage, number in self.numbers.items()
        )
        return Document(tuple(self.paragraphs), sources)
