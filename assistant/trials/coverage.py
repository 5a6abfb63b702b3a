"""What the tests of a policy run into: rules that fire, comparisons that come out both ways, options that are reached.

An example runs its own rule and the rules that bear on it, a case all rules. A comparison is looked at in each test
that runs its rule, whether or not the rest of the condition had already decided; where its fact is unknown it is
neither true nor false. An option is reached where it is the final verdict of a case.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from assistant.analysis.search import PROOF, Deadline, Search
from assistant.errors import Span
from assistant.policy.syntax import FINAL, Always, Compare, Condition, Not, Policy, Rule
from assistant.reasoning.claims import Proof, Proven, Refuted, Unknown
from assistant.reasoning.columns import Mask, truth_of
from assistant.reasoning.goals import Goal
from assistant.reasoning.patience import CancelledError, patience
from assistant.reasoning.vectorised import Batch
from assistant.trials.conditions import Atom, atoms_of, replaced
from assistant.trials.differing import apart
from assistant.trials.noticing import Tests
from assistant.trials.ready import Ready, case_of, example_of
from assistant.trials.running import Ran

LIMIT = 25.0
"""Seconds for all proofs."""
MOST = 500
"""How many cases are looked for."""
LATE = Unknown("the time is up, or there are too many gaps")

Kind = Literal["rule", "condition", "option"]


@dataclass(frozen=True, slots=True)
class Gap:
    """What no test runs into: a rule that never fires, a comparison never `wanted`, an option never reached.

    `ready` is a test that would. `proved`: no answers do it. With neither, the time did not suffice.
    """

    kind: Kind
    name: str
    span: Span | None
    text: str = ""
    wanted: bool = True
    ready: Ready | None = None
    proved: bool = False


@dataclass(frozen=True, eq=False)
class Coverage:
    """How many rules, comparisons (each both ways) and options there are, and every gap."""

    rules: int
    conditions: int
    options: int
    gaps: tuple[Gap, ...]
    limit: float

    def covered(self, kind: Kind) -> int:
        """How many of a kind are covered."""
        missing = {(gap.name, gap.span, gap.text) for gap in self.gaps if gap.kind == kind}
        return {"rule": self.rules, "condition": self.conditions, "option": self.options}[kind] - len(missing)

    @property
    def open(self) -> tuple[Gap, ...]:
        """The gaps that a test could close, as far as anyone knows."""
        return tuple(gap for gap in self.gaps if not gap.proved)

    @property
    def share(self) -> float:
        """The share that is covered of all that can be: a rule's firing, either way of a comparison, an option."""
        possible = self.rules + 2 * self.conditions + self.options - (len(self.gaps) - len(self.open))
        return (possible - len(self.open)) / possible if possible else 1.0


def cover(ran: Ran, limit: float = LIMIT) -> Coverage:
    """What the tests of a policy cover of what its uppermost layer says, and what would cover the rest."""
    policy = ran.policy
    tests = Tests(policy, ran.trials)
    seen = _Seen(tests, tests.batch)
    rules = sorted((rule for rule in policy.rules if rule.layer == policy.id), key=lambda rule: rule.span)
    atoms = {rule.id: atoms_of(policy, rule) for rule in rules}
    deadline = Deadline(limit)
    with patience(int(min(PROOF, limit) * 1000), deadline):
        closing = _Closing(Search(policy, [trial.answers for trial in ran.cases]), deadline)
        gaps = [gap for rule in rules for gap in closing.rule(seen, rule, atoms[rule.id])]
        gaps += [gap for option in policy.options for gap in closing.option(seen, option.id, option.span)]
    return Coverage(len(rules), sum(map(len, atoms.values())), len(policy.options), tuple(gaps), limit)


@dataclass(frozen=True, eq=False)
class _Seen:
    """What came out in each row of the tests."""

    tests: Tests
    batch: Batch

    @cached_property
    def _cases(self) -> Mask:
        rows = {self.tests.rows[frozenset(trial.answers.items())] for trial in self.tests.trials if trial.case}
        return np.isin(np.arange(len(self.tests.answers)), sorted(rows))

    @cached_property
    def _running(self) -> dict[str, Mask]:
        """For each rule the rows of the tests that run it."""
        tests = self.tests
        found = {rule.id: self._cases.copy() for rule in tests.policy.rules}
        for trial in tests.trials:
            if trial.case is None:
                row = tests.rows[frozenset(trial.answers.items())]
                for id in (trial.rule, *tests.behind[trial.rule]):
                    found[id][row] = True
        return found

    def fires(self, rule: Rule) -> bool:
        """Whether it fires in a test."""
        return bool((self.batch.fired[rule.id] & self._running[rule.id]).any())

    def both(self, rule: Rule, condition: Condition) -> tuple[bool, bool]:
        """Whether a comparison is true in some test, and whether it is false in some."""
        truth, rows = truth_of(condition, self.batch), self._running[rule.id]
        maybe = truth.true if truth.unknown is None else truth.true | truth.unknown
        return bool((truth.true & rows).any()), bool((~maybe & rows).any())

    def reaches(self, option: str) -> bool:
        """Whether an option is the final verdict of a case."""
        return bool((truth_of(Compare(FINAL, "==", option), self.batch).true & self._cases).any())


class _Closing:
    """The gaps, each with a test that closes it or a proof that none does."""

    def __init__(self, search: Search, deadline: Deadline) -> None:
        self.deadline = deadline
        self.search = search
        self.policy: Policy = search.policy
        self.looked = 0

    def rule(self, seen: _Seen, rule: Rule, atoms: tuple[Atom, ...]) -> Iterator[Gap]:
        """The gaps of one rule: that it fires, and each of its comparisons both ways."""
        if not seen.fires(rule):
            proof = self._case(Goal((rule.id,)))
            yield self._gap("rule", rule.id, rule.span, "", True, proof)
        for atom in atoms:
            for wanted, happens in zip((True, False), seen.both(rule, atom.condition), strict=True):
                if not happens:
                    yield self._gap("condition", rule.id, atom.span, atom.text, wanted, self._way(rule, atom, wanted))

    def option(self, seen: _Seen, option: str, span: Span | None) -> Iterator[Gap]:
        """The gap of an option."""
        if not seen.reaches(option):
            proof = self._case(Goal(when=(Compare(FINAL, "==", option),)))
            yield self._gap("option", option, span, "", True, proof)

    def _way(self, rule: Rule, atom: Atom, wanted: bool) -> Proof:
        """A case in which a comparison comes out as wanted, such that the firing hangs on it if there is one."""
        if self._late():
            return LATE
        way = atom.condition if wanted else Not(atom.condition)
        firm = (replaced(rule.when, atom.path, Always(value)) for value in (True, False))
        deciding = self._case(Goal(when=(way, apart(*firm))))
        return deciding if isinstance(deciding, Refuted) else self._case(Goal(when=(way,)))

    def _case(self, goal: Goal) -> Proof:
        self.looked += 1
        try:
            return LATE if self._late() else self.search.case(goal)
        except CancelledError:
            return LATE

    def _late(self) -> bool:
        """Whether no more is to be looked for."""
        return self.looked > MOST or self.deadline.is_set()

    def _gap(self, kind: Kind, name: str, span: Span | None, text: str, wanted: bool, proof: Proof) -> Gap:
        if not isinstance(proof, Refuted):
            return Gap(kind, name, span, text, wanted, proved=isinstance(proof, Proven))
        if kind == "option":
            return Gap(kind, name, span, text, wanted, case_of(self.policy, proof.example))
        return Gap(kind, name, span, text, wanted, example_of(self.policy, name, proof.example))
