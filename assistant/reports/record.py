"""A decision record: all that a reviewer needs of one decision, as one frozen structure of plain data.

Sentences are those of the commands; `results` holds their JSON. It names no path, no day but the case's own and no
machine, so that the same input gives the same record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.policy.vocabulary import Value


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with the passages it cites and the rule behind it, if any."""

    text: str
    cites: tuple[str, ...] = ()
    rule: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences under a title; `kind` is for programs and templates."""

    kind: str
    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What one of the questions about a decision came to: a sentence, then what it consists of."""

    lead: Statement
    points: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class SessionSeen:
    """The conversation that a record is of; times are UTC."""

    number: int
    name: str
    begun: str
    last: str


@dataclass(frozen=True, slots=True)
class SourceSeen:
    """The publication that the policy rests on."""

    id: str
    title: str
    author: str
    published: str
    url: str | None


@dataclass(frozen=True, slots=True)
class PolicySeen:
    """The policy that decided; `layers` the lowest first."""

    name: str
    title: str
    version: str
    digest: str
    layers: tuple[str, ...]
    source: SourceSeen


@dataclass(frozen=True, slots=True)
class FactSeen:
    """A fact and where it is from.

    `provenance` is `told` in the `words`, `answered` with the value itself, `derived` by `rule`, or `assumed` where no
    rule says otherwise; `turn` that of the conversation which told it.
    """

    fact: str
    label: str
    value: Value | None
    said: str
    unit: str
    statement: str
    provenance: str
    words: str | None
    turn: int | None
    rule: str | None
    at: str | None


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact that nobody has told and that could still change the verdict."""

    fact: str
    label: str
    question: str


@dataclass(frozen=True, slots=True)
class OptionSeen:
    """A considered option: what spoke for and against it, and what it would have needed.

    `share` is its share of what is still possible, 0 to 1, None where that is not known.
    """

    option: str
    label: str
    recommended: bool
    score: int | None
    share: float | None
    chances: str
    speaking_for: tuple[Statement, ...]
    against: tuple[Statement, ...]
    lacking: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict in words: the recommendation, whether it can change, why, how to take it, what stands in the way."""

    recommended: str | None
    label: str
    sentence: str
    standing: str
    settled: bool
    scores: str
    reasons: tuple[Statement, ...]
    parts: tuple[Statement, ...]
    obstacles: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class ProofStep:
    """A step of the proof, `level` from 0. `repeated`: what it rests on stands where the step came first."""

    level: int
    text: str
    provenance: str
    rule: str | None
    at: str | None
    cites: tuple[str, ...]
    repeated: bool
    below: "tuple[ProofStep, ...]"


@dataclass(frozen=True, slots=True)
class CostItemSeen:
    """An item of an option's costs, in whole dollars."""

    item: str
    low: str
    high: str
    period: str
    note: str
    rule: str
    at: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionCostSeen:
    """What an option costs, in words: its start, a month, and all of it by the last month."""

    option: str
    label: str
    sentence: str
    initial: str
    monthly: str
    total: str
    items: tuple[CostItemSeen, ...]


@dataclass(frozen=True, slots=True)
class CostsSeen:
    """The costs of the options over some months, and how they compare."""

    months: int
    options: tuple[OptionCostSeen, ...]
    comparisons: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class SourcePassage:
    """A cited passage under the number that citations show, with the claims that were cited."""

    number: int
    passage: str
    title: str
    link: str
    url: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """How to have the same again: the case as a file, and the commands."""

    case: str
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record. `results` is what the commands print as JSON; `proven` is false where a proof had no time."""

    whyso: str
    title: str
    name: str
    about: str
    date: str
    session: SessionSeen | None
    policy: PolicySeen
    outcome: Outcome
    facts: tuple[FactSeen, ...]
    open: tuple[OpenFact, ...]
    options: tuple[OptionSeen, ...]
    firings: tuple[Statement, ...]
    proof: tuple[ProofStep, ...]
    consequences: tuple[Section, ...]
    assumptions: tuple[Section, ...]
    costs: CostsSeen
    revisit: Told
    settles: Told
    sources: tuple[SourcePassage, ...]
    replay: Replay
    proven: bool
    results: Mapping[str, Any]
