"""Whose verdict moves: from which to which, with a case of few answers each, and what share of all answers that is.

Complete answers are looked at one by one where there are not too many of them, else drawn; what is incomplete, and
whether all ways have been found, is for the solver.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import prod, sqrt

import numpy as np
from numpy.typing import NDArray

from assistant.comparison.allowance import Allowance
from assistant.comparison.sameness import suspects_of
from assistant.comparison.shrinking import shrunk
from assistant.errors import EngineError
from assistant.policy.strata import supporting
from assistant.policy.syntax import Policy, Rule
from assistant.policy.vocabulary import Answers
from assistant.reasoning.claims import Proven, Unknown
from assistant.reasoning.pair_rows import (
    REFUSED,
    Outcome,
    Rows,
    drawn_cases,
    every_case,
    outcome,
    small_cases,
)
from assistant.reasoning.pairs import SIDES, Axis, Case, Pair, Side
from assistant.reasoning.possibilities import space_of
from assistant.reasoning.reference import Reference

Ends = tuple[str | None, str | None]
MOST_EXACT = 1 << 20
"""Up to so many complete cases are looked at one by one, fewer where together with the rules they are too many."""
MOST_FIRINGS = 1 << 27
DRAWS, LEAST_DRAWS = 100_000, 1_000
"""So many complete cases are drawn, fewer where together with the rules they are too many."""
SMALL_ROWS = 12_000
SMALL_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class Share:
    """A part of all complete answers, by the priors. `error` is its standard error, 0 where all were looked at.

    Where none of those drawn has it, the error is that of one in as many.
    """

    value: float
    error: float = 0.0


@dataclass(frozen=True)
class Move:
    """One way in which verdicts move. `before` and `after` are options, None for none, or `REFUSED`.

    `case` has as few answers as could be found; `fewest`: there is none with fewer. `share` is None where no complete
    case was seen to move so: there is none where the shares are exact.
    """

    before: str | None
    after: str | None
    case: Case
    fewest: bool
    share: Share | None


@dataclass(frozen=True)
class Moves:
    """All ways in which verdicts move. `proven`: there are no others, of any answers, complete or not.

    `share` of complete answers moves in all; `looked_at` cases were told apart, or drawn where shares are not `exact`.
    """

    ways: tuple[Move, ...]
    proven: bool
    share: Share
    looked_at: int = 0
    reason: str = ""
    exact: bool = True


def rules_behind(pair: Pair) -> dict[Side, tuple[Rule, ...]]:
    """The rules of each side that bear on its final verdict, or on what is refused, as far as that may differ."""
    return {side: _behind(pair.policy(side), suspects_of(pair).contested) for side in SIDES}


def _behind(policy: Policy, contested: Collection[str]) -> tuple[Rule, ...]:
    space = space_of(policy).rules
    ids = {rule.id for rule in space} | supporting(policy.by_id, policy.verdict, contested)
    return tuple(rule for rule in policy.rules if rule.id in ids) if contested else space


def verdict_moves(pair: Pair, allowance: Allowance) -> Moves:
    """Every way in which the verdict moves, in the order of the options before, then after."""
    rules = rules_behind(pair)
    axes = pair.axes(rules)
    found = _Found(pair, axes, rules, allowance)
    few = MOST_FIRINGS // (1 + sum(map(len, rules.values())))
    rows, weights, exact = _complete(pair, axes, few)
    complete = outcome(rows, rules)
    found.add(small_cases(pair, axes, SMALL_ANSWERS, SMALL_ROWS), fewest=True)
    found.add(rows, fewest=False, ends=complete)
    reason = found.prove()
    shares = _shares(complete, weights, exact)
    ways = [
        Move(*ends, case, fewest, shares.get(ends))
        for ends, (case, fewest) in sorted(found.cases.items(), key=lambda pair: _place(complete, pair[0]))
    ]
    return Moves(tuple(ways), not reason, _moved(complete, weights, exact), rows.size, reason, exact)


def unmoved() -> Moves:
    """That no verdict moves, where the policies are written alike in all that bears on it."""
    return Moves((), True, Share(0.0))


def _complete(pair: Pair, axes: tuple[Axis, ...], most: int) -> tuple[Rows, NDArray[np.float64], bool]:
    """Complete cases with their weights: all of them, or some that are drawn."""
    if prod(len(axis.classes) for axis in axes) <= min(MOST_EXACT, most):
        return *every_case(pair, axes), True
    rows = drawn_cases(pair, axes, max(min(DRAWS, most), LEAST_DRAWS))
    return rows, np.full(rows.size, 1 / rows.size), False


def _place(seen: Outcome, ends: Ends) -> tuple[int, int]:
    return seen.outcomes.ids.index(ends[0]), seen.outcomes.ids.index(ends[1])


def _moved(seen: Outcome, weights: NDArray[np.float64], exact: bool) -> Share:
    return _share(seen, weights, seen.moved, exact)


def _share(seen: Outcome, weights: NDArray[np.float64], where: NDArray[np.bool_], exact: bool) -> Share:
    """The share of the answers that at least one side takes."""
    total = float(weights[seen.possible].sum())
    value = float(weights[where].sum()) / total if total else 0.0
    drawn = int(seen.possible.sum())
    return Share(value, 0.0 if exact else sqrt(max(value * (1 - value), 1 / max(drawn, 1)) / max(drawn, 1)))


def _shares(seen: Outcome, weights: NDArray[np.float64], exact: bool) -> dict[Ends, Share]:
    pairs = np.unique(seen.pairs[seen.moved])
    return {seen.ends(int(one)): _share(seen, weights, seen.pairs == one, exact) for one in pairs}


class _Found:
    """The ways found so far, each with its case and whether that is one with the fewest answers."""

    def __init__(
        self, pair: Pair, axes: tuple[Axis, ...], rules: Mapping[Side, Sequence[Rule]], allowance: Allowance
    ) -> None:
        self.pair = pair
        self.axes = axes
        self.rules = rules
        self.allowance = allowance
        self.engines = {side: Reference(pair.policy(side), rules[side]) for side in SIDES}
        self.cases: dict[Ends, tuple[Case, bool]] = {}

    def add(self, rows: Rows, *, fewest: bool, ends: Outcome | None = None) -> None:
        """The first row of each way that is new; without `fewest` without the answers that it can do without."""
        seen = outcome(rows, self.rules) if ends is None else ends
        moved = np.flatnonzero(seen.moved)
        _, first = np.unique(seen.pairs[moved], return_index=True)
        for row in moved[np.sort(first)]:
            way = seen.ends(int(seen.pairs[row]))
            if way not in self.cases:
                case = rows.case(int(row))
                self.cases[way] = (case if fewest else self.shorter(case, way), fewest)

    def prove(self) -> str:
        """Looks for ways that no row showed until there are none; why not, where the time did not suffice."""
        from assistant.reasoning.smt_pairs import PairEncoding, verdicts_apart

        encoding = PairEncoding(self.pair, self.axes, self.rules, REFUSED)
        while True:
            proof = self.allowance.prove(lambda: verdicts_apart(encoding, self.cases.keys()))
            if isinstance(proof, Proven):
                return ""
            if isinstance(proof, Unknown):
                return proof.reason
            self.cases[proof.what] = (self.shorter(proof.case, proof.what), False)

    def shorter(self, case: Case, way: Ends) -> Case:
        """A case that goes the same way with fewer answers, if it can."""
        return shrunk(case, lambda fewer: self.way(fewer) == way, self.allowance)

    def way(self, case: Case) -> Ends:
        """Where a case goes."""
        return self.verdict("before", case.before), self.verdict("after", case.after)

    def verdict(self, side: Side, answers: Answers) -> str | None:
        """What one side makes of a case."""
        try:
            found = self.engines[side].infer(answers)
        except EngineError:
            return REFUSED
        return REFUSED if found.contradictions else found.verdict.final
