"""What becomes of a claim about all possible answers, and what the questions about them come back with: plain data.

Whether all cases were looked at or a solver proved it, the answer is the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.classes import ValueClass


@dataclass(frozen=True, slots=True)
class Proven:
    """It holds without exception. `final`: the verdict that every case shares, where the claim is about one."""

    final: str | None = None


@dataclass(frozen=True, slots=True)
class Refuted:
    """It does not hold: not on these answers, whatever the facts may be that they leave out."""

    example: Answers


@dataclass(frozen=True, slots=True)
class Unknown:
    """Neither proven nor refuted, and why."""

    reason: str


Proof: TypeAlias = Proven | Refuted | Unknown


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that a flip changes. `before` is None where it is open.

    `to` does it, and so does any value in one of the `classes`, the other changes of the flip being as they are.
    """

    fact: str
    before: Value | None
    to: Value
    classes: tuple[ValueClass, ...]


@dataclass(frozen=True, slots=True)
class Flip:
    """Changes, in the vocabulary's order, that together lead to another final verdict."""

    changes: tuple[Change, ...]
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Flips:
    """One flip for each smallest set of facts and each verdict that changing them can lead to.

    `smallest` is the size of these sets, None where no change at all will do. `proven`: that this is so; without it
    the time ran out first. `complete`: there are no other flips of that size.
    """

    verdict: str | None
    smallest: int | None
    flips: tuple[Flip, ...] = ()
    complete: bool = True
    proven: bool = True


@dataclass(frozen=True, slots=True)
class Settling:
    """A smallest set of the given answers that forces the verdict, and the `irrelevant` ones, without which it stands.

    Where it is not settled it hangs on what is `open`, and `example` completes the answers to another verdict,
    `instead`; of the facts it adds, those in `deciding` do that by themselves. `proven`: that it is settled, or not;
    `minimal`: that no fewer answers force it.
    """

    verdict: str | None
    settled: bool
    facts: Mapping[str, Value] = field(default_factory=dict)
    irrelevant: tuple[str, ...] = ()
    minimal: bool = False
    proven: bool = True
    open: tuple[str, ...] = ()
    example: Answers | None = None
    instead: str | None = None
    deciding: tuple[str, ...] = ()
