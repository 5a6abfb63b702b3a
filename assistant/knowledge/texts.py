"""The texts that a passage is found by: title, trail, typical questions, claims and what their figures are about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.knowledge.source import Claim, Passage
from assistant.knowledge.thesaurus import Term

TITLE, TRAIL, ASKED, CLAIM, ABOUT = 3.0, 2.0, 1.0, 1.2, 0.5
"""How much a word counts in each field of a passage."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a passage with the keys of its terms. `whole`: a claim or a typical question, compared as a whole."""

    passage: int
    field: float
    words: list[str]
    terms: tuple[Term, ...]
    keys: frozenset[str]
    whole: bool


def fields_of(passage: Passage, asked: Iterable[str]) -> Iterator[tuple[float, str]]:
    """The texts of a passage, each with the weight of its field."""
    yield TITLE, passage.title
    yield TRAIL, passage.trail
    for question in asked:
        yield ASKED, question
    for claim in passage.claims:
        yield CLAIM, claim.text
        if claim.figures:
            yield ABOUT, _about(claim)


def with_figures(claim: Claim) -> str:
    """What a claim says and what its figures are about."""
    return f"{claim.text} {_about(claim)}"


def _about(claim: Claim) -> str:
    return " ".join(f"{figure.about} {figure.unit} {figure.per or ''}" for figure in claim.figures)
