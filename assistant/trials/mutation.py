"""How much the tests of a policy notice: its mutants, those that no test tells from it, and what would tell them.

The time is limited; what it did not suffice for is told, and counts as not noticed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from assistant.analysis.search import PROOF, Deadline, Search
from assistant.reasoning.claims import Proven, Refuted
from assistant.reasoning.patience import CancelledError, check_wanted, patience
from assistant.trials.differing import telling_case
from assistant.trials.mutants import OPERATORS, Mutant, mutants_of
from assistant.trials.noticing import Tests
from assistant.trials.pool import jobs_for, spread
from assistant.trials.ready import Ready, telling
from assistant.trials.running import Ran

LIMIT = 60.0
"""Seconds for the whole mutation."""
MOST = 5000
"""How many mutants are tried."""
MANY = 1000
"""So many mutants are worth a process of their own."""

Outcome = Literal["noticed", "equivalent", "unnoticed", "undecided"]
OUTCOMES: tuple[Outcome, ...] = ("noticed", "equivalent", "unnoticed", "undecided")


@dataclass(frozen=True, eq=False)
class Tried:
    """A mutant and what became of it: `ready` is a test that would notice it, where it is unnoticed."""

    mutant: Mutant
    outcome: Outcome
    ready: Ready | None = None


@dataclass(frozen=True, eq=False)
class Mutation:
    """All mutants by their places. `capped`: there are more than were tried. `limit`: the seconds given."""

    tried: tuple[Tried, ...]
    capped: bool
    limit: float

    def count(self, outcome: Outcome, operator: str | None = None) -> int:
        """How many mutants, of one operator or of all, came to an outcome."""
        return sum(one.outcome == outcome and operator in (None, one.mutant.operator) for one in self.tried)

    @property
    def score(self) -> float:
        """The share of the mutants that the tests notice, without those that are proved to change nothing."""
        counted = len(self.tried) - self.count("equivalent")
        return self.count("noticed") / counted if counted else 1.0

    @property
    def left(self) -> tuple[Tried, ...]:
        """Those that no test notices, and those of which the time did not suffice to say."""
        return tuple(one for one in self.tried if one.outcome in ("unnoticed", "undecided"))

    @property
    def operators(self) -> tuple[str, ...]:
        """What was done to the policy."""
        done = {one.mutant.operator for one in self.tried}
        return tuple(operator for operator in OPERATORS if operator in done)


def mutate(ran: Ran, limit: float = LIMIT, jobs: int | None = None) -> Mutation:
    """Tries the mutants of a policy whose tests have run, in `limit` seconds.

    Only tests that hold and can fail notice one: those of the uppermost layer and those named beside.
    """
    mutants = list(islice(mutants_of(ran.policy), MOST + 1))
    capped, mutants = len(mutants) > MOST, mutants[:MOST]
    own = ("", ran.policy.id)
    tests = Tests(ran.policy, [trial for trial in ran.trials if trial.holds and trial.layer in own])
    deadline = Deadline(limit)
    with patience(int(min(PROOF, limit) * 1000), deadline):
        shared = (tests, mutants, deadline)
        noticed = spread(_notice, shared, range(len(mutants)), jobs_for(len(mutants), jobs, MANY))
        search = Search(ran.policy, [trial.answers for trial in ran.cases])
        tried = [_judged(search, mutant, one) for mutant, one in zip(mutants, noticed, strict=True)]
    return Mutation(tuple(tried), capped, limit)


def _notice(shared: tuple[Tests, Sequence[Mutant], Deadline], place: int) -> bool | None:
    """Whether a test notices a mutant; None where the time ran out before."""
    tests, mutants, deadline = shared
    try:
        return None if deadline.is_set() else tests.notice(mutants[place])
    except CancelledError:
        return None


def _judged(search: Search, mutant: Mutant, noticed: bool | None) -> Tried:
    if noticed:
        return Tried(mutant, "noticed")
    if noticed is None:
        return Tried(mutant, "undecided")
    try:
        check_wanted()
        proof = telling_case(search, mutant)
    except CancelledError:
        return Tried(mutant, "undecided")
    if isinstance(proof, Refuted):
        return Tried(mutant, "unnoticed", telling(search.policy, mutant, proof.example))
    return Tried(mutant, "equivalent" if isinstance(proof, Proven) else "undecided")
