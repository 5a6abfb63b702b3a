"""The policy as frozen data: conditions, consequents, rules. Typed and complete; the compiler makes it, all else reads.

Besides facts, a condition reads quantities that rules make: `scores.OPTION`, `required.CAPABILITY`,
`ruled_out.CAPABILITY_OR_OPTION` and `verdict.final`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Literal, TypeAlias

from assistant.errors import Span
from assistant.knowledge import Citation, Figure, Source
from assistant.policy.origin import Origin
from assistant.policy.vocabulary import Acceptance, Answers, FactType, Value
from assistant.reading.nodes import Scalar

Operator: TypeAlias = Literal["<", "<=", ">", ">=", "==", "!="]
FINAL = "verdict.final"
_PARAM = re.compile(r"\bparams\.(\w+)", re.ASCII)
NEGATED: Mapping[Operator, Operator] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


@dataclass(frozen=True, slots=True)
class Compare:
    """A quantity against a constant. `param` names where the constant comes from. None is a choice without a value."""

    name: str
    operator: Operator
    value: Value | None
    param: str | None = None


@dataclass(frozen=True, slots=True)
class Among:
    """A quantity is, or is not, one of several values."""

    name: str
    values: tuple[Value | None, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class ScoreCompare:
    """A sum of `coefficient * score` against a whole number."""

    terms: tuple[tuple[str, int], ...]
    operator: Operator
    bound: int


@dataclass(frozen=True, slots=True)
class Always:
    """true or false."""

    value: bool


@dataclass(frozen=True, slots=True)
class Not:
    """Kleene's negation: unknown stays unknown."""

    inner: "Condition"


@dataclass(frozen=True, slots=True)
class Certain:
    """True where the inside is known to be true; false where it is false or unknown."""

    inner: "Condition"


@dataclass(frozen=True, slots=True)
class And:
    """All of its parts."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Any of its parts."""

    parts: "tuple[Condition, ...]"


Condition: TypeAlias = Compare | Among | ScoreCompare | Always | Not | Certain | And | Or


def params_named(*texts: str) -> tuple[str, ...]:
    """The params that conditions or texts name, in order of appearance."""
    return tuple(dict.fromkeys(name for text in texts for name in _PARAM.findall(text)))


def quantities(condition: Condition) -> Iterator[str]:
    """The names that a condition reads, in order of appearance, with repeats."""
    match condition:
        case Compare(name=name) | Among(name=name):
            yield name
        case ScoreCompare(terms=terms):
            yield from (f"scores.{option}" for option, _ in terms)
        case Not(inner=inner) | Certain(inner=inner):
            yield from quantities(inner)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from quantities(part)
        case Always():
            return


@dataclass(frozen=True, slots=True)
class Score:
    """Gives an option points."""

    option: str
    points: int


@dataclass(frozen=True, slots=True)
class Conclude:
    """Gives a derived fact its value."""

    fact: str
    value: Value | None


@dataclass(frozen=True, slots=True)
class Require:
    """Asks that the verdict provide a capability."""

    capability: str


@dataclass(frozen=True, slots=True)
class RuleOut:
    """Takes a capability, or one option, out of the running."""

    name: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """Says that the answers contradict each other."""

    reason: str


@dataclass(frozen=True, slots=True)
class Advise:
    """Says something to the architect; lower `order` first within a kind."""

    kind: str
    text: str
    order: int = 0


@dataclass(frozen=True, slots=True)
class Cost:
    """A range in US dollars that some options cost, `once`, per `month`, per `quarter` or per `year`.

    With `times`, both ends are multiplied by that count, by `otherwise` while it is unknown.
    """

    item: str
    options: tuple[str, ...]
    low: Fraction
    high: Fraction
    per: str
    figure: str | None = None
    times: str | None = None
    otherwise: int = 1


@dataclass(frozen=True, slots=True)
class Narrow:
    """Says in which part of its range a cost item falls, for some options or, without `options`, for all that have it.

    `low` and `high` are percent of the way from the low end of the range to the high end.
    """

    item: str
    options: tuple[str, ...]
    low: int
    high: int


Consequent: TypeAlias = Score | Conclude | Require | RuleOut | Impossible | Advise | Cost | Narrow

ADVICE_KINDS = ("tension", "step", "stack", "measure", "risk", "expectation", "cost-note")


@dataclass(frozen=True, slots=True)
class Example:
    """Told facts, and whether the rule fires on them."""

    facts: Mapping[str, Value]
    fires: bool
    span: Span


@dataclass(frozen=True, eq=False)
class Rule:
    """When `when` is true, `then` follows. `at` is `file:line` in its layer, `stratum` counts from 0.

    `upper`: its layer extends another.

    `reads` are the quantities in its condition, `writes` those that its consequents feed. `written` is the condition as
    it stands in its file.
    """

    id: str
    when: Condition
    condition: str
    then: tuple[Consequent, ...]
    because: str
    basis: str
    reason: str
    cites: tuple[Citation, ...]
    examples: tuple[Example, ...]
    span: Span
    at: str
    layer: str
    accepts: tuple[Acceptance, ...] = ()
    upper: bool = False
    stratum: int = 0
    written: Scalar | None = None
    reads: tuple[str, ...] = field(init=False)
    writes: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reads", tuple(dict.fromkeys(quantities(self.when))))
        written = (name for consequent in self.then for name in _written(consequent))
        object.__setattr__(self, "writes", tuple(dict.fromkeys(written)))

    @property
    def place(self) -> str:
        """Where it stands, for people: `at`, and the layer unless that is the lowest."""
        return f"{self.at} in {self.layer}" if self.upper else self.at


def _written(consequent: Consequent) -> tuple[str, ...]:
    match consequent:
        case Score(option=option):
            return (f"scores.{option}",)
        case Conclude(fact=fact):
            return (fact,)
        case Require(capability=capability):
            return (f"required.{capability}",)
        case RuleOut(name=name):
            return (f"ruled_out.{name}",)
        case _:
            return ()


@dataclass(frozen=True, slots=True)
class Capability:
    """Something that an option brings."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Option:
    """One of the possible verdicts."""

    id: str
    label: str
    provides: frozenset[str]
    span: Span | None = None
    accepts: tuple[Acceptance, ...] = ()


@dataclass(frozen=True, slots=True)
class Param:
    """A constant that an owner may change, and the layer and line that set it."""

    id: str
    value: Value
    label: str
    basis: str
    because: str
    cites: tuple[Citation, ...]
    at: str
    layer: str
    span: Span
    accepts: tuple[Acceptance, ...] = ()


@dataclass(frozen=True, slots=True)
class VerdictSpec:
    """How a policy's verdict is put together: see docs/semantics.md."""

    chosen: str
    needs: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Policy:
    """A whole checked policy. `rules` are in order of stratum, then id; `facts` in the order of the vocabulary.

    `scored` are the options that some rule gives points; `span` is where the uppermost layer's `policy.yaml` begins.
    `roots` are the folders of the `layers`, the uppermost last; `origins` say which layer and line set each thing.
    """

    id: str
    title: str
    version: str
    digest: str
    source: Source
    options: tuple[Option, ...]
    capabilities: tuple[Capability, ...]
    verdict: VerdictSpec
    params: Mapping[str, Param]
    facts: Mapping[str, FactType]
    rules: tuple[Rule, ...]
    layers: tuple[str, ...]
    roots: tuple[Path, ...] = ()
    span: Span | None = None
    accepts: tuple[Acceptance, ...] = ()
    origins: tuple[Origin, ...] = ()
    told: Mapping[str, FactType] = field(init=False, repr=False)
    derived: Mapping[str, FactType] = field(init=False, repr=False)
    by_id: Mapping[str, Rule] = field(init=False, repr=False)
    scored: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        given = {consequent.option for rule in self.rules for consequent in rule.then if isinstance(consequent, Score)}
        object.__setattr__(self, "scored", tuple(option.id for option in self.options if option.id in given))
        object.__setattr__(self, "told", {name: fact for name, fact in self.facts.items() if not fact.derived})
        object.__setattr__(self, "derived", {name: fact for name, fact in self.facts.items() if fact.derived})
        object.__setattr__(self, "by_id", {rule.id: rule for rule in self.rules})

    def __repr__(self) -> str:
        return f"Policy({self.id!r}, {self.version!r}, {len(self.rules)} rules)"

    def in_order(self, answers: Answers) -> dict[str, Value]:
        """Answers in the vocabulary's order."""
        return {name: answers[name] for name in self.told if name in answers}

    def option(self, id: str) -> Option:
        """The option of that id."""
        return next(option for option in self.options if option.id == id)

    def origin(self, kind: str, id: str) -> Origin | None:
        """Which layers and lines set a thing; None where no layer names it."""
        return next((origin for origin in self.origins if (origin.kind, origin.id) == (kind, id)), None)

    def label(self, name: str) -> str:
        """How an option or capability is called."""
        labels = {capability.id: capability.label for capability in self.capabilities}
        labels |= {option.id: option.label for option in self.options}
        return labels.get(name, name)

    def figure(self, address: str) -> Figure | None:
        """A figure of the source, by `passage/name`."""
        return self.source.figure(address)
