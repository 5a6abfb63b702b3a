"""What the source says: sections, passages, claims and figures, and the citations that point at them.

Plain frozen data. Claims are our own words; every number in them is a `Figure`, shown from its data.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_PLACEHOLDER = re.compile(r"\{([a-z0-9-]+)\}")


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


def _amount(value: int | float, unit: str) -> str:
    if unit == "USD":
        return f"${quantity(value)}"
    return f"{quantity(value)}%" if unit == "%" else quantity(value)


def _range(low: int | float | None, high: int | float | None, unit: str) -> str:
    noun = "" if unit in ("USD", "%") else f" {unit}"
    if low is None and high is None:
        return f"any number of {unit}"
    if low is None:
        return f"under {_amount(high or 0, unit)}{noun}"
    if high is None:
        return f"at least {_amount(low, unit)}{noun}"
    if low == high:
        return f"{_amount(low, unit)}{noun}"
    first = quantity(low) if unit == "%" else _amount(low, unit)
    return f"{first} to {_amount(high, unit)}{noun}"


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
    """A publication and its passages, in its order."""

    id: str
    title: str
    author: str
    published: str
    url: str | None
    passages: tuple[Passage, ...]
    by_id: Mapping[str, Passage] = field(init=False, repr=False, compare=False)
    claims: Mapping[str, Claim] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {passage.id: passage for passage in self.passages})
        object.__setattr__(self, "claims", {claim.id: claim for claim in self._all_claims()})

    def _all_claims(self) -> Iterator[Claim]:
        return (claim for passage in self.passages for claim in passage.claims)

    def link(self, passage: str) -> str:
        """Where a passage can be read: the source's address with the passage as fragment, or `whyso:PASSAGE`."""
        return f"{self.url.partition('#')[0]}#{passage}" if self.url else f"whyso:{passage}"

    def figure(self, address: str) -> Figure | None:
        """The figure at `passage/name`."""
        passage, _, name = address.partition("/")
        return self.by_id[passage].figure(name) if passage in self.by_id else None

    def has(self, citation: Citation) -> bool:
        """Whether a citation points at something."""
        return citation.passage in self.by_id and (citation.claim is None or citation.claim in self.claims)


def with_figures(text: str, figures: Mapping[str, Figure]) -> str:
    """A claim's text with each `{name}` shown from its figure."""
    return _PLACEHOLDER.sub(lambda found: str(figures.get(found[1], found[0])), text)


def placeholders(text: str) -> list[str]:
    """The names in braces in a claim's text."""
    return _PLACEHOLDER.findall(text)
