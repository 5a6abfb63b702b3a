"""What the source says: sections, passages, claims and figures, and the citations that point at them.

Plain frozen data. Claims are our own words; every number in them is a `Figure`, shown from its data.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from assistant.knowledge.wording import NO_WORDING, Meaning, Wording

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PLURAL = re.compile(r"\w\w+[^s]s\Z")
TRAIL = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
_MULTIPLIERS = ("thousand", "million", "billion")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or range of the source. `low` or `high` is None where the range is open to that side.

    `unit` is `USD`, `%`, `ms`, `times` or a plural noun; `per` is `month`, `quarter`, `iteration` or None.
    """

    name: str
    low: int | float | None
    high: int | float | None
    unit: str
    about: str
    per: str | None = None

    def __str__(self) -> str:
        period = f" {_PERIODS.get(self.per, f'per {self.per}')}" if self.per else ""
        return _range(self.low, self.high, self.unit) + period


_PERIODS = {"month": "a month", "quarter": "a quarter", "year": "a year", "iteration": "per iteration"}


def quantity(value: int | float) -> str:
    """A number as people read it: `5,000`, `633.33`."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"


def counted(value: int | float, unit: str) -> str:
    """A number of something, the unit being plural: `5,000 items`, `1 training run`, `$50`, `15%`."""
    match unit:
        case "USD":
            return f"${quantity(value)}"
        case "%":
            return f"{quantity(value)}%"
    return f"{quantity(value)} {_singular(unit) if value == 1 else unit}".rstrip()


def _singular(unit: str) -> str:
    """`training run` for `training runs`, `query a month` for `queries a month`; `billion parameters` stays."""
    words = unit.split()
    at = next((index for index, word in enumerate(words) if _PLURAL.match(word)), None)
    if at is None or any(word in _MULTIPLIERS for word in words[:at]):
        return unit
    words[at] = re.sub(r"(?<=ss|ch|sh)es$|(?<=x)es$|(?<=[^s])s$", "", re.sub(r"ies$", "ys", words[at]))
    return " ".join(words)


def _range(low: int | float | None, high: int | float | None, unit: str) -> str:
    if low is None and high is None:
        return f"any number of {unit}"
    if low is None:
        return f"under {counted(high or 0, unit)}"
    if high is None:
        return f"at least {counted(low, unit)}"
    if low == high:
        return counted(low, unit)
    first = counted(low, unit) if unit == "USD" else quantity(low)
    return f"{first} to {counted(high, unit)}"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a passage says, in our words. `id` is `passage#name`."""

    id: str
    text: str
    background: bool
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest part of the source that has an address."""

    id: str
    title: str
    trail: str
    claims: tuple[Claim, ...]

    @property
    def section(self) -> str:
        """The section that it stands in."""
        return self.id.partition(".")[0]

    def figure(self, name: str) -> Figure | None:
        """The figure of that name."""
        return next((figure for claim in self.claims for figure in claim.figures if figure.name == name), None)


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer at a passage, or at one claim in it."""

    passage: str
    claim: str | None = None

    @classmethod
    def of(cls, text: str) -> "Citation":
        """`passage` or `passage#claim`."""
        passage, _, claim = text.partition("#")
        return cls(passage, text if claim else None)

    def __str__(self) -> str:
        return self.claim or self.passage


@dataclass(frozen=True, slots=True)
class Source:
    """A publication and its passages, in its order, with how people speak of it.

    Of several joined ones, the `parts`, it bears the name of the first and has the passages of all.
    """

    id: str
    title: str
    author: str
    published: str
    url: str | None
    passages: tuple[Passage, ...]
    wording: Wording = NO_WORDING
    glossary: tuple[Meaning, ...] = ()
    joined: "tuple[Source, ...]" = ()
    by_id: Mapping[str, Passage] = field(init=False, repr=False, compare=False)
    claims: Mapping[str, Claim] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {passage.id: passage for passage in self.passages})
        object.__setattr__(self, "claims", {claim.id: claim for claim in self._all_claims()})

    def _all_claims(self) -> Iterator[Claim]:
        return (claim for passage in self.passages for claim in passage.claims)

    @property
    def parts(self) -> "tuple[Source, ...]":
        """The publications that it is joined from; itself alone where it is one."""
        return self.joined or (self,)

    def source_of(self, passage: str) -> "Source":
        """The publication that a passage stands in."""
        return next(part for part in self.parts if passage in part.by_id)

    def link(self, passage: str) -> str:
        """Where a passage can be read: its source's address with the passage as fragment, or `whyso:PASSAGE`."""
        url = next((part.url for part in self.joined if passage in part.by_id), self.url)
        return f"{url.partition('#')[0]}#{passage}" if url else f"whyso:{passage}"

    def figure(self, address: str) -> Figure | None:
        """The figure at `passage/name`."""
        passage, _, name = address.partition("/")
        return self.by_id[passage].figure(name) if passage in self.by_id else None

    def has(self, citation: Citation) -> bool:
        """Whether a citation points at something."""
        return citation.passage in self.by_id and (citation.claim is None or citation.claim in self.claims)


def joined(below: Source, above: Source) -> Source:
    """Two sources as one: the trail of a passage of `above` begins with its title. They share no passage's id."""
    added = tuple(replace(passage, trail=f"{above.title}{TRAIL}{passage.trail}") for passage in above.passages)
    terms = {form.lower() for meaning in above.glossary for form in meaning.forms}
    kept = tuple(meaning for meaning in below.glossary if not terms & {form.lower() for form in meaning.forms})
    return replace(
        below,
        passages=below.passages + added,
        wording=below.wording.joined(above.wording),
        glossary=kept + above.glossary,
        joined=(*below.parts, above),
    )


def with_figures(text: str, figures: Mapping[str, Figure]) -> str:
    """A claim's text with each `{name}` shown from its figure."""
    return _PLACEHOLDER.sub(lambda found: str(figures.get(found[1], found[0])), text)


def placeholders(text: str) -> list[tuple[str, int]]:
    """What stands in braces in a claim's text, each with its offset: names of figures, where the text is sound."""
    return [(found[1], found.start(1)) for found in _PLACEHOLDER.finditer(text)]
