"""Many cases at once, decided over columns: the examples and cases of a policy, and some drawn at random.

What happens in one of them needs no proof that it can happen. The same policy always gives the same sample.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.classes import ValueClass, spans
from assistant.reasoning.columns import Mask, code_of, truth_of
from assistant.reasoning.goals import Goal, forbidding, meets, some_answer
from assistant.reasoning.vectorised import Batch, infer_batch

DRAWN = 400
"""How many complete cases are drawn, and as many in which facts are unknown."""
TRIED = 8
"""How many rows are offered to the reference before the solver is asked: a row may be forbidden for another reason."""
MOST = 4000


@dataclass(frozen=True, eq=False)
class Sample:
    """Some cases and what follows from each."""

    policy: Policy
    rows: Sequence[Answers]
    batch: Batch

    @cached_property
    def known(self) -> dict[str, Mask]:
        """For each told fact, the rows in which it is known."""
        return {name: np.array([name in row for row in self.rows], np.bool_) for name in self.policy.told}

    @cached_property
    def forbidding(self) -> frozenset[str]:
        """The rules that declare something impossible."""
        return frozenset(forbidding(self.policy, ()))

    def case(self, goal: Goal) -> Answers | None:
        """A case that meets a goal, with nothing told that need not be; None where none of the sample does."""
        for row in np.flatnonzero(self.where(goal))[:TRIED]:
            found = self.rows[int(row)]
            if meets(self.policy, goal, found):
                return shrunk(self.policy, goal, found)
        return None

    def happens(self, goal: Goal) -> bool:
        """Whether a case of the sample meets a goal."""
        if goal.agreeing is not None or not self.forbidding.isdisjoint(goal.fires):
            return self.case(goal) is not None
        return bool(self.where(goal).any())

    def where(self, goal: Goal) -> Mask:
        """The rows that may meet a goal."""
        fired = self.batch.fired
        rows = np.ones(len(self.rows), np.bool_)
        if goal.agreeing is None and self.forbidding.isdisjoint(goal.fires):
            rows &= self.batch.possible
        for id in goal.fires:
            rows &= fired[id]
        for id in goal.silent:
            rows &= ~fired[id]
        for name in goal.known:
            rows &= self.known[name]
        for condition in goal.when:
            rows &= truth_of(condition, self.batch).true
        return rows


def sample_of(policy: Policy, cases: Iterable[Answers]) -> Sample:
    """The sample of a policy, its own cases among them."""
    examples = (example.facts for rule in policy.rules for example in rule.examples)
    distinct = {tuple(sorted(row.items())): row for row in ({}, *examples, *cases)}
    rows = [*list(distinct.values())[:MOST], *_drawn(policy)]
    return Sample(policy, rows, batch_of(policy, rows))


def batch_of(policy: Policy, rows: Sequence[Answers]) -> Batch:
    """What follows from each of some cases."""
    columns, unknown = {}, {}
    for name, fact in policy.told.items():
        instead = some_answer(fact)
        codes = [code_of(fact, row.get(name, instead)) for row in rows]
        columns[name] = np.asarray(codes, np.int64)
        missing = np.array([name not in row for row in rows], np.bool_)
        if missing.any():
            unknown[name] = missing
    return infer_batch(policy, None, columns, len(rows), unknown)


def classes_read(policy: Policy) -> dict[str, tuple[ValueClass, ...]]:
    """The classes of every told fact that some rule reads, in the vocabulary's order."""
    found = spans(policy.facts, policy.rules)
    return {name: found[name] for name in policy.told if name in found}


def _drawn(policy: Policy) -> Iterator[Answers]:
    dice = random.Random(1)
    classes = classes_read(policy)
    for number in range(2 * DRAWN):
        share = 1.0 if number < DRAWN else dice.random()
        yield {
            name: several[int(dice.random() * len(several))].low
            for name, several in classes.items()
            if share == 1.0 or dice.random() < share
        }


def shrunk(policy: Policy, goal: Goal, answers: Answers) -> Answers:
    """The answers without those that the goal can do without, the later ones first."""
    left = policy.in_order(answers)
    for name in reversed(tuple(left)):
        fewer = {other: value for other, value in left.items() if other != name}
        if meets(policy, goal, fewer):
            left = fewer
    return left
