"""Loads a source from its folder: `source.yaml` and one file a section. All faults come in one go."""

import re
from collections.abc import Callable
from pathlib import Path

from assistant.errors import Finding, InputError, PolicyError, Span, shown
from assistant.knowledge.source import Claim, Figure, Passage, Source, placeholders, with_figures
from assistant.reading.nodes import Scalar
from assistant.reading.parser import parse_file
from assistant.reading.shapes import SLUG, Fields, Flag, Many, Null, Number, Record, Text, check

_ID = Text(SLUG, "an id in lower case")
_URL = Text(re.compile(r"https?://[^\s\x00-\x1f<>\"]+\Z"), "an address that begins with https://")
SOURCE = Record(
    "source",
    {"source": _ID, "title": Text(), "author": Text(), "published": Text(), "sections": Many(_ID)},
    {"url": Null(_URL)},
)
FIGURE = Record(
    "figure",
    {"figure": _ID, "low": Null(Number()), "high": Null(Number()), "unit": Text(), "about": Text()},
    {"per": Text()},
)
CLAIM = Record("claim", {"claim": _ID, "text": Text()}, {"background": Flag(), "figures": Many(FIGURE)})
PASSAGE = Record("passage", {"passage": _ID, "claims": Many(CLAIM)}, {"title": Text()})
SECTION = Record("section", {"section": _ID, "title": Text(), "passages": Many(PASSAGE)})

TRAIL = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "


class _Loading:
    def __init__(self, name_of: Callable[[Path], str]) -> None:
        self.name_of = name_of
        self.findings: list[Finding] = []
        self.seen: dict[str, Span] = {}

    def fault(self, span: Span, message: str, help: str | None = None) -> None:
        self.findings.append(Finding("knowledge", span, message, help))

    def once(self, kind: str, name: str, span: Span) -> None:
        key = f"{kind} {name}"
        if key in self.seen:
            self.fault(span, f"the {kind} `{shown(name)}` stands twice", f"it is also at {self.seen[key]}")
        self.seen.setdefault(key, span)

    def record(self, path: Path, shape: Record) -> Fields | None:
        try:
            node = parse_file(path, self.name_of(path))
        except PolicyError as error:
            self.findings.extend(error.findings)
            return None
        except InputError as error:
            self.fault(Span(self.name_of(path), 1, 1), error.message, error.help)
            return None
        if node is None:
            self.fault(Span(self.name_of(path), 1, 1), "this file is empty", "remove it, or fill it in")
            return None
        found = check(node, shape, self.findings)
        return found if isinstance(found, Fields) else None

    def section(self, fields: Fields) -> list[Passage]:
        title = fields.text("title")
        return [self.passage(passage, fields.text("section"), title) for passage in fields.many("passages")]

    def passage(self, fields: Fields, section: str, section_title: str) -> Passage:
        id = fields.text("passage")
        self.once("passage", id, fields.span_of("passage"))
        if id != section and not id.startswith(f"{section}."):
            self.fault(fields.span_of("passage"), f"the passage `{id}` is not in the section `{section}`")
        title = fields.text("title", section_title)
        trail = section_title if id == section else f"{section_title}{TRAIL}{title}"
        figures: dict[str, Figure] = {}
        for claim in fields.many("claims"):
            for figure in claim.many("figures"):
                figures[figure.text("figure")] = self.figure(figure, id)
        claims = tuple(self.claim(claim, id, figures) for claim in fields.many("claims"))
        return Passage(id, title, trail, claims)

    def figure(self, fields: Fields, passage: str) -> Figure:
        name = fields.text("figure")
        self.once("figure", f"{passage}/{name}", fields.span_of("figure"))
        low, high = fields.value("low"), fields.value("high")
        if low is not None and high is not None and low > high:
            self.fault(fields.span_of("low"), f"`low` ({low}) is above `high` ({high})", "swap them")
        return Figure(name, low, high, fields.text("unit"), fields.text("about"), fields.text("per") or None)

    def claim(self, fields: Fields, passage: str, figures: dict[str, Figure]) -> Claim:
        id = f"{passage}#{fields.text('claim')}"
        self.once("claim", id, fields.span_of("claim"))
        text = fields.get("text")
        if isinstance(text, Scalar):
            for name in placeholders(text.text):
                if name not in figures:
                    self.fault(text.span, f"no figure `{shown(name)}` in the passage `{passage}`")
        own = tuple(figures[figure.text("figure")] for figure in fields.many("figures"))
        return Claim(id, with_figures(fields.text("text"), figures), bool(fields.value("background")), own)


def load_source(folder: Path, name_of: Callable[[Path], str] = str) -> Source:
    """The source in `folder`, its sections in the order of `sections`; raises `PolicyError` with every fault.

    `name_of` says how messages name a file.
    """
    loading = _Loading(name_of)
    head = loading.record(folder / "source.yaml", SOURCE)
    passages: list[Passage] = []
    for section in head.many("sections") if head else []:
        fields = loading.record(folder / f"{section.text}.yaml", SECTION)
        passages += loading.section(fields) if fields else []
    if loading.findings or head is None:
        raise PolicyError(loading.findings)
    return Source(
        head.text("source"),
        head.text("title"),
        head.text("author"),
        head.text("published"),
        head.text("url") or None,
        tuple(passages),
    )
