"""Loads a source from its folder: `source.yaml`, one file a section, and its wording. All faults come in one go."""

import re
from collections.abc import Callable
from os.path import exists, getsize, isfile
from pathlib import Path

from assistant.errors import PolicyError, shown
from assistant.knowledge.loading import Loading
from assistant.knowledge.source import TRAIL, Claim, Figure, Passage, Source, placeholders, with_figures
from assistant.knowledge.wording_loader import GLOSSARY, QUESTIONS, load_glossary, load_wording
from assistant.reading.kept import Kept
from assistant.reading.nodes import Scalar
from assistant.reading.parser import within
from assistant.reading.scalars import place_in
from assistant.reading.shapes import SLUG, Fields, Flag, Many, Null, Number, OneOf, Record, Text, suggestion

MOST_KEPT = 2 << 20
_SOURCES: Kept[Source] = Kept(MOST_KEPT)
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
    {"per": OneOf(("month", "quarter", "year", "iteration"))},
)
CLAIM = Record("claim", {"claim": _ID, "text": Text()}, {"background": Flag(), "figures": Many(FIGURE)})
PASSAGE = Record("passage", {"passage": _ID, "claims": Many(CLAIM)}, {"title": Text()})
SECTION = Record("section", {"section": _ID, "title": Text(), "passages": Many(PASSAGE)})


class _Sections(Loading):
    """Reads the head and the sections."""

    def head(self) -> Fields | None:
        """What `source.yaml` says."""
        fields = self.record(self.folder / "source.yaml", SOURCE)
        if fields and "source" in fields and fields.text("source") != self.folder.name:
            message = f"the source `{fields.text('source')}` is in the folder `{shown(self.folder.name)}`"
            self.fault(fields.span_of("source"), message, "give both the same name")
        return fields

    def section(self, listed: Scalar) -> list[Passage]:
        """The passages in a section's file."""
        path = self.folder / f"{listed.text}.yaml"
        if path.name in (QUESTIONS, GLOSSARY):
            self.fault(listed.span, f"`{path.name}` holds no section", "give the section another name")
            return []
        if not self.once("section", listed.text, listed.span):
            return []
        if not exists(path):
            message = f"there is no file `{listed.text}.yaml` for this section"
            self.fault(listed.span, message, "add it beside this one")
            return []
        fields = self.record(path, SECTION)
        if fields is None:
            return []
        if "section" in fields and fields.text("section") != listed.text:
            message = f"the section `{fields.text('section')}` is in the file `{listed.text}.yaml`"
            self.fault(fields.span_of("section"), message, "give both the same name")
        title = fields.text("title")
        return [self.passage(passage, listed.text, title) for passage in fields.many("passages")]

    def passage(self, fields: Fields, section: str, section_title: str) -> Passage:
        id = fields.text("passage")
        self.once("passage", id, fields.span_of("passage"))
        if id and id != section and not id.startswith(f"{section}."):
            message = f"the passage `{id}` is not in the section `{section}`"
            self.fault(fields.span_of("passage"), message, f"call it `{section}.{id.rpartition('.')[2]}`")
        title = fields.text("title", section_title)
        trail = section_title if id == section else f"{section_title}{TRAIL}{title}"
        figures: dict[str, Figure] = {}
        for claim in fields.many("claims"):
            for figure in claim.many("figures"):
                figures[figure.text("figure")] = self.figure(figure, id)
        claims = tuple(self.claim(claim, id, figures) for claim in fields.many("claims"))
        return Passage(id, title, trail, claims)

    def figure(self, fields: Fields, passage: str) -> Figure:
        """One figure of a passage."""
        name = fields.text("figure")
        if name:
            self.once("figure", f"{passage}/{name}", fields.span_of("figure"))
        low, high = fields.value("low"), fields.value("high")
        if low is not None and high is not None and low > high:
            self.fault(fields.span_of("low"), f"`low` ({low}) is above `high` ({high})", "swap them")
        if low is None and high is None and "low" in fields and "high" in fields:
            self.fault(fields.span, f"the figure `{name}` has neither `low` nor `high`", "give at least one of them")
        return Figure(name, low, high, fields.text("unit"), fields.text("about"), fields.text("per") or None)

    def claim(self, fields: Fields, passage: str, figures: dict[str, Figure]) -> Claim:
        """One claim with its figures shown."""
        id = f"{passage}#{fields.text('claim')}"
        if "claim" in fields:
            self.once("claim", id, fields.span_of("claim"))
        text = fields.get("text")
        if isinstance(text, Scalar):
            for name, offset in placeholders(text.text):
                if name not in figures:
                    help = suggestion(name, figures, self.findings)
                    message = f"no figure `{shown(name)}` in the passage `{passage}`"
                    self.fault(place_in(text, offset), message, help)
        own = tuple(figures[figure.text("figure")] for figure in fields.many("figures"))
        return Claim(id, with_figures(fields.text("text"), figures), bool(fields.value("background")), own)


def load_source(folder: Path, name_of: Callable[[Path], str] = str) -> Source:
    """The source in `folder`, its sections in the order of `sections`; raises `PolicyError` with every fault.

    `name_of` says how messages name a file. A sound source whose files say what they said before is not loaded again.
    """
    content = _content(folder)
    if content is None:
        return _loaded(folder, name_of)
    size = sum(len(data) for _, data in content)
    return _SOURCES.get((folder.name, content), size, lambda: _loaded(folder, name_of))


def _content(folder: Path) -> tuple[tuple[str, bytes], ...] | None:
    """What the files of a folder say, by name; None where they are too much, or one of them is no file of its own."""
    left = MOST_KEPT
    found = []
    for path in sorted(folder.glob("*.yaml")):
        left -= getsize(path) if isfile(path) and within(path, folder) else left + 1
        if left < 0:
            return None
        found.append((path.name, path.read_bytes()))
    return tuple(found)


def _loaded(folder: Path, name_of: Callable[[Path], str]) -> Source:
    loading = _Sections(folder, name_of)
    head = loading.head()
    sections = head.many("sections") if head else []
    passages = [passage for section in sections for passage in loading.section(section)]
    ids = [passage.id for passage in passages]
    wording, glossary = load_wording(loading, ids), load_glossary(loading, ids)
    if loading.findings or head is None:
        raise PolicyError(loading.findings)
    return Source(
        head.text("source"),
        head.text("title"),
        head.text("author"),
        head.text("published"),
        head.text("url") or None,
        tuple(passages),
        wording,
        glossary,
    )
