"""The facts that a policy speaks of: their types, questions and answers, and how a value reads.

A value of a fact is always exactly typed: a count or scale is an int and never a bool, a flag is a bool, a choice one
of its words. `read_answer` is the one way from what somebody wrote to a value.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from assistant.errors import Span, WhysoError, did_you_mean, shown
from assistant.knowledge import Citation, counted, quantity
from assistant.policy.phrases import Recognised
from assistant.reading.nodes import Plain
from assistant.reading.scalars import plain_value

Value: TypeAlias = int | str | bool
Answers: TypeAlias = Mapping[str, Value]

MAX_COUNT = 10**15

_SPACES = re.compile("[ ,_\u00a0\u202f]")
_AMOUNT = re.compile(
    rf"(?P<sign>[^\w\s.,+-]?)\s*"
    rf"(?P<number>\d{{1,3}}(?:{_SPACES.pattern}\d{{3}})+(?:\.\d+)?|\d{{1,15}}(?:\.\d{{1,6}})?|\.\d{{1,6}})"
    r"\s*(?P<unit>.*)\Z",
    re.DOTALL,
)
_MULTIPLIERS = {"k": 1000, "m": 1000000}
_PADDED = re.compile(r"\d[\d_, ']{0,19}(\.0)?\Z", re.ASCII)
_GROUPING = re.compile(r"[_, ']")


class Kind(StrEnum):
    """The four types of a fact."""

    COUNT = "count"
    SCALE = "scale"
    CHOICE = "choice"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class ChoiceOption:
    """A value that a choice may take, and how it is offered."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Word:
    """An anchor: a word that stands for a value of a scale; `also` are other spellings."""

    word: str
    value: int
    label: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """An anchor with a unit: `about` what, and an `example` of how it is written.

    `units` are factors to the base unit; `steps` are (at most, value), the last one open.
    """

    about: str
    example: str
    units: Mapping[str, Fraction]
    steps: tuple[tuple[Fraction | None, int], ...]

    def value(self, amount: Fraction) -> int:
        """The scale's value for an amount in the base unit."""
        return next(value for limit, value in self.steps if limit is None or amount <= limit)

    def read(self, text: str) -> int | None:
        """The scale's value for an amount as people write it; None where it is none, or its unit is not known."""
        found = _AMOUNT.match(text.strip())
        if not found:
            return None
        amount = Fraction(_SPACES.sub("", found["number"]))
        unit, sign = found["unit"].strip().lower(), found["sign"]
        units = {name.lower(): factor for name, factor in self.units.items()}
        if sign and sign not in units:
            return None
        short = unit[1:].strip()
        if unit not in units and unit[:1] in _MULTIPLIERS and (short in units or (sign and not short)):
            amount, unit = amount * _MULTIPLIERS[unit[:1]], short
        if unit in units:
            return self.value(amount * units[unit])
        return self.value(amount * units[sign]) if sign and not unit else None


@dataclass(frozen=True, slots=True)
class Band:
    """A part of a fact's answers and its weight in the prior.

    Of a number, what lies above the band before it and up to `up_to`, None for all the rest; else one `value`.
    """

    weight: int
    up_to: int | None = None
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """That the owner knows of a finding of `code` here and lets it stand, and why."""

    code: str
    because: str
    span: Span


@dataclass(frozen=True, slots=True)
class FactType:
    """What is known of a fact before anyone answers. `high` is None where a count has no upper end.

    `prior` weighs its answers, all alike where it is empty; answering it is worth `effort` easy questions.
    """

    name: str
    kind: Kind
    label: str
    span: Span
    at: str
    layer: str
    low: int = 0
    high: int | None = None
    unit: str = ""
    question: str = ""
    help: str = ""
    options: tuple[ChoiceOption, ...] = ()
    phrases: tuple[str, str] = ("", "")
    ends: tuple[str, str] = ("", "")
    words: tuple[Word, ...] = ()
    measure: Measure | None = None
    anchors_because: str = ""
    derived: bool = False
    default: Value | None = None
    asked: bool = True
    prior: tuple[Band, ...] = ()
    effort: int = 1
    basis: str = "article"
    because: str = ""
    cites: tuple[Citation, ...] = ()
    recognised: Recognised | None = None
    accepts: tuple[Acceptance, ...] = ()

    @property
    def numeric(self) -> bool:
        """Whether its values are whole numbers."""
        return self.kind in (Kind.COUNT, Kind.SCALE)

    def say(self, value: Value | None) -> str:
        """A value as people read it: `8 of 10`, `5,000 items`, `yes`; a choice's label up to a colon."""
        if value is None:
            return "none"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int):
            if self.kind is Kind.SCALE:
                return f"{value} of {self.high}"
            return counted(value, self.unit)
        return next((option.label.partition(": ")[0] for option in self.options if option.value == value), value)

    def state(self, value: Value | None) -> str:
        """A fact with its value as a statement: `update frequency: 8 of 10`, or a flag's own phrase."""
        if isinstance(value, bool) and self.phrases[0]:
            return self.phrases[0] if value else self.phrases[1]
        return f"{self.label}: {self.say(value)}"

    def wanted(self) -> str:
        """What an answer must be, in words."""
        match self.kind:
            case Kind.FLAG:
                return "true or false"
            case Kind.CHOICE:
                return "one of " + ", ".join(f"`{option.value}`" for option in self.options)
            case Kind.SCALE:
                return f"a whole number from {self.low} to {self.high}"
            case _:
                return "a whole number, 0 or more"


class AnswerError(WhysoError):
    """An answer that its fact does not admit."""


def check_value(fact: FactType, value: Plain) -> Value:
    """`value` if the fact admits it as it stands; raises `AnswerError` otherwise."""
    match fact.kind, value:
        case (Kind.FLAG, bool()):
            return value
        case (Kind.CHOICE, str()) if any(option.value == value for option in fact.options):
            return value
        case ((Kind.COUNT | Kind.SCALE), int()) if not isinstance(value, bool):
            if fact.low <= value <= (MAX_COUNT if fact.high is None else fact.high):
                return value
    raise AnswerError(f"`{fact.name}` takes {fact.wanted()}, not {_written(value)}", help=_hint(fact, value))


def _written(value: Plain) -> str:
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if value is None or value == "":
        return "nothing" if value is None else "an empty text"
    quoted = isinstance(value, str) and not isinstance(plain_value(value), str)
    return f"{'the text ' if quoted else ''}`{shown(str(value), 40)}`"


def _hint(fact: FactType, value: Plain) -> str | None:
    if isinstance(value, str):
        if fact.kind is Kind.FLAG:
            plain = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}
            return f"write `{plain[value.lower()]}`" if value.lower() in plain else "write `true` or `false`"
        if fact.kind is Kind.CHOICE:
            return did_you_mean(value, [option.value for option in fact.options])
    if fact.numeric and isinstance(value, int) and not isinstance(value, bool) and abs(value) > MAX_COUNT:
        return f"the largest number is {quantity(MAX_COUNT)}"
    if fact.numeric and isinstance(value, str | float) and _PADDED.match(str(value)):
        number = int(_GROUPING.sub("", str(value).removesuffix(".0")))
        return f"write `{number}`{' without quotes' if str(number) == value else ''}"
    if fact.words or fact.measure:
        return "or " + anchors_in_words(fact)
    return None


def anchors_in_words(fact: FactType) -> str:
    """The words and measures that a scale can be answered by, for a help line."""
    parts = []
    if fact.words:
        parts.append("a word: " + ", ".join(f"`{word.word}`" for word in fact.words))
    if fact.measure:
        parts.append(f"{fact.measure.about}, such as `{fact.measure.example}`")
    return "; or ".join(parts)


def read_answer(fact: FactType, value: Plain) -> Value:
    """The value that somebody's answer means: as it stands, or by the fact's anchors (`daily`, `150 ms`)."""
    if fact.kind is Kind.SCALE and isinstance(value, str):
        anchored = _anchored(fact, value)
        if anchored is not None:
            return anchored
    return check_value(fact, value)


def folded(text: str) -> str:
    """A word as anchors are compared: case, hyphens and spaces aside."""
    return " ".join(text.lower().replace("-", " ").replace("_", " ").split())


def _anchored(fact: FactType, text: str) -> int | None:
    if len(text) > 200:
        return None
    said = folded(text)
    for word in fact.words:
        if said in {folded(spelling) for spelling in (word.word, *word.also)}:
            return word.value
    return fact.measure.read(text) if fact.measure else None
