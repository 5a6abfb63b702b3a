"""What was read out of a message: facts with their words, what stayed unclear, and what the writer put right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.policy.vocabulary import Value


class Certainty(StrEnum):
    """How sure the writer was: said plainly, or with a `maybe`."""

    CLEAR = "clear"
    HEDGED = "hedged"


@dataclass(frozen=True, slots=True)
class ReadFact:
    """A fact that was told. `stated` is how, in normal form; `text` are the words, from `start` to `end`."""

    fact: str
    value: Value
    stated: str
    text: str
    start: int
    end: int
    certainty: Certainty = Certainty.CLEAR


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that unclear words may mean."""

    fact: str
    value: Value
    stated: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that may mean several things, to be asked back as a choice."""

    text: str
    start: int
    end: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A fact that the writer put right within the message: `was` no longer holds, `now` does."""

    fact: str
    was: ReadFact
    now: ReadFact


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read out of a message. `unsure`: the question asked was answered with not knowing.

    `cut` tells that the message was longer than what is read of one.
    """

    facts: Mapping[str, ReadFact] = field(default_factory=dict)
    unclear: tuple[Unclear, ...] = ()
    corrections: tuple[Correction, ...] = ()
    unsure: bool = False
    cut: bool = False
