"""Two policies as constraints over the same answers: cases that they decide otherwise, or a proof that there is none.

Both encodings share the variables of the facts that both ask for. Cases may be incomplete; the first in a fixed order
is found, with as little told as can be.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

import z3

from assistant.policy.syntax import Rule
from assistant.policy.vocabulary import Value
from assistant.reasoning.claims import Proven, Unknown
from assistant.reasoning.pairs import SIDES, Axis, Case, Pair, Side
from assistant.reasoning.smt_encoding import Encoding, Told
from assistant.reasoning.smt_proving import Prover, holds, prove

T = TypeVar("T")
Ends = tuple[str | None, str | None]
"""A verdict before and a verdict after; `refused` where a side declares the answers impossible."""
Kind = Literal["starts", "stops", "otherwise", "value"]
"""A rule fires only after, only before, on both sides; a derived fact has another value."""
Wanted = tuple[Kind, str]
"""An effect, and the rule or derived fact that shows it."""


@dataclass(frozen=True)
class Apart(Generic[T]):
    """Answers that the two sides treat otherwise, and in what."""

    case: Case
    what: T


class PairEncoding:
    """Some rules of each side, in one z3 context."""

    def __init__(self, pair: Pair, axes: Sequence[Axis], rules: Mapping[Side, Iterable[Rule]], refused: str) -> None:
        self.pair = pair
        self.axes = tuple(axes)
        self.rules = {side: tuple(rules[side]) for side in SIDES}
        self.refused = refused
        self._make()

    def _make(self) -> None:
        classes = {side: {axis.name: axis.classes for axis in self.axes if axis.on(side)} for side in SIDES}
        first = Encoding(self.pair.before, self.rules["before"], classes=classes["before"], prefix="before ")
        second = Encoding(
            self.pair.after,
            self.rules["after"],
            classes=classes["after"],
            prefix="after ",
            beside=first,
            shared=self.pair.shared,
        )
        first.axioms += second.axioms
        self.sides: dict[Side, Encoding] = {"before": first, "after": second}

    def prove(self, work: Callable[[Prover], T]) -> T | Unknown:
        """What the work finds in the time that `patience` allows."""
        if self.sides["before"].spent:
            self._make()
        return prove(self.sides["before"], work)

    def told(self) -> list[tuple[Axis, Told]]:
        """The axes that some rule of a side reads, each with its variables."""
        found = []
        for axis in self.axes:
            reading = (side for side in SIDES if axis.on(side) and axis.name in self.sides[side].told)
            side = next(reading, None)
            if side is not None:
                found.append((axis, self.sides[side].told[axis.name]))
        return found

    def ends(self, side: Side) -> dict[str | None, z3.BoolRef]:
        """When a side comes to each verdict, or refuses."""
        encoding = self.sides[side]
        possible = encoding.logic.every([encoding.allowed, encoding.agreed])
        ends: dict[str | None, z3.BoolRef] = {
            None if id is None else str(id): encoding.logic.every([possible, one])
            for id, one in encoding.verdict.final.items()
        }
        ends[self.refused] = encoding.logic.no(possible)
        return ends

    def shows(self, kind: Kind, subject: str) -> z3.BoolRef:
        """When an effect shows."""
        before, after = (self.sides[side] for side in SIDES)
        logic = before.logic
        if kind == "value":
            return self._value_apart(subject)
        fired, fires = (one.fires.get(subject, logic.false) for one in (before, after))
        match kind:
            case "starts":
                return logic.every([fires, logic.no(fired)])
            case "stops":
                return logic.every([fired, logic.no(fires)])
            case _:
                return logic.every([fired, fires])

    def _value_apart(self, name: str) -> z3.BoolRef:
        before, after = (self.sides[side].made[name] for side in SIDES)
        logic = self.sides["before"].logic
        values: dict[Value | None, None] = dict.fromkeys((*before.values, *after.values))
        apart = [(before.values.get(one, logic.false), after.values.get(one, logic.false)) for one in values]
        return logic.some(z3.Xor(one, other) for one, other in [(before.known, after.known), *apart])


def verdicts_apart(encoding: PairEncoding, known: Collection[Ends]) -> Apart[Ends] | Proven | Unknown:
    """A case that goes from one verdict to another in a way not known yet; proven where there is none."""

    def work(prover: Prover) -> Apart[Ends] | Proven:
        before, after = encoding.ends("before"), encoding.ends("after")
        logic = prover.logic
        ways = {
            (one, other): logic.every([before[one], after[other]])
            for one in before
            for other in after
            if one != other and (one, other) not in known
        }
        prover.assume(logic.some(ways.values()))
        if not prover.check():
            return Proven()
        model = prover.solver.model()
        found = next(ends for ends, way in ways.items() if holds(model, way))
        prover.assume(ways[found])
        return Apart(_first_case(encoding, prover), found)

    return encoding.prove(work)


def effects_apart(encoding: PairEncoding, wanted: Sequence[Wanted]) -> Apart[Wanted] | Proven | Unknown:
    """A case that both sides take and that shows one of these effects; proven where there is none for any of them."""

    def work(prover: Prover) -> Apart[Wanted] | Proven:
        for side in SIDES:
            prover.assume(encoding.sides[side].allowed, encoding.sides[side].agreed)
        shown = {one: encoding.shows(*one) for one in wanted}
        prover.assume(prover.logic.some(shown.values()))
        if not prover.check():
            return Proven()
        model = prover.solver.model()
        found = next(one for one, shows in shown.items() if holds(model, shows))
        prover.assume(shown[found])
        return Apart(_first_case(encoding, prover), found)

    return encoding.prove(work)


def _first_case(encoding: PairEncoding, prover: Prover) -> Case:
    """The first case in which all that is assumed holds: as little told as can be, then the lowest classes."""
    told, logic = encoding.told(), prover.logic
    knowing = prover.first([(logic.no(fact.known), fact.known) for _, fact in told])
    known = [pair for pair, index in zip(told, knowing, strict=True) if index == 1]
    given = [fact.known if index else logic.no(fact.known) for (_, fact), index in zip(told, knowing, strict=True)]
    chosen = prover.first([fact.within for _, fact in known], *given)
    return encoding.pair.case_of(
        (axis, axis.classes[index].low) for (axis, _), index in zip(known, chosen, strict=True)
    )
