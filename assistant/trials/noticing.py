"""Which mutants the tests notice: whether any test that holds comes out otherwise.

All tests are decided at once over columns, and a mutant is tried only on those that it can touch; what comes out is
what running every test on the reference would. `settled` and `open` of a case hang on other answers than its own, so
they are looked at last, where nothing else has noticed a mutant that bears on the verdict.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from assistant.analysis.sample import batch_of
from assistant.policy.strata import feeders, supporting
from assistant.policy.syntax import FINAL, Conclude, Example, Impossible, Policy, Require, Rule, RuleOut, Score
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.cases import Case, differences
from assistant.reasoning.columns import Mask, truth_of
from assistant.reasoning.examples import failing_examples
from assistant.reasoning.vectorised import Batch
from assistant.trials.mutants import Mutant, concludes
from assistant.trials.running import Trial

OUTLOOK = frozenset(("settled", "open"))
"""What a case may expect that hangs on all that might still be answered."""


@dataclass(frozen=True, eq=False)
class Tests:
    """The tests of a policy that hold, and what follows in each."""

    __test__ = False

    policy: Policy
    trials: Sequence[Trial]

    @cached_property
    def rows(self) -> dict[frozenset[tuple[str, Value]], int]:
        """The answers that occur, each with its row."""
        found: dict[frozenset[tuple[str, Value]], int] = {}
        for trial in self.trials:
            found.setdefault(frozenset(trial.answers.items()), len(found))
        return found

    @cached_property
    def answers(self) -> list[Answers]:
        """The answers of each row."""
        return [dict(key) for key in self.rows]

    @cached_property
    def batch(self) -> Batch:
        """What follows from each row."""
        return batch_of(self.policy, self.answers)

    @cached_property
    def in_row(self) -> dict[int, list[Trial]]:
        """The tests of each row."""
        found: dict[int, list[Trial]] = {}
        for trial in self.trials:
            found.setdefault(self.rows[frozenset(trial.answers.items())], []).append(trial)
        return found

    @cached_property
    def saying(self) -> dict[str, Mask]:
        """For each rule the rows in which a test says whether it fires."""
        size = len(self.answers)
        found = {rule.id: np.zeros(size, np.bool_) for rule in self.policy.rules}
        for row, trials in self.in_row.items():
            for trial in trials:
                for id in _named(trial):
                    found[id][row] = True
        return found

    @cached_property
    def fed_by(self) -> Mapping[str, tuple[str, ...]]:
        """For each quantity the rules that feed it."""
        return feeders(self.policy.rules, self.policy.verdict)

    @cached_property
    def behind(self) -> dict[str, frozenset[str]]:
        """For each rule those that bear on its condition."""
        policy = self.policy
        return {rule.id: supporting(policy.by_id, policy.verdict, rule.reads, self.fed_by) for rule in policy.rules}

    @cached_property
    def behind_verdict(self) -> frozenset[str]:
        """The rules that bear on the final verdict, or on what is impossible."""
        policy = self.policy
        forbidding = [rule for rule in policy.rules if any(isinstance(c, Impossible) for c in rule.then)]
        names = [FINAL, *(name for rule in forbidding for name in rule.reads)]
        ids = supporting(policy.by_id, policy.verdict, names, self.fed_by)
        return ids | {rule.id for rule in forbidding}

    def notice(self, mutant: Mutant) -> bool:
        """Whether some test fails on the mutant."""
        touched = self._touched(mutant)
        if mutant.condition_changed and bool((touched[0] & self.saying[mutant.rule.id]).any()):
            return True
        rows = np.flatnonzero(touched[0] | touched[1])
        effective = any(isinstance(c, Score | Conclude | Require | RuleOut | Impossible) for c in mutant.rule.then)
        if not effective:
            return False
        policy = mutant.of(self.policy)
        if len(rows) and self._notice_in(mutant, policy, [int(row) for row in rows]):
            return True
        if mutant.rule.id not in self.behind_verdict:
            return False
        return any(_comes_out_otherwise(case, policy) for case in self._with_outlook)

    def _touched(self, mutant: Mutant) -> tuple[Mask, Mask]:
        """The rows in which the rule fires otherwise, or says otherwise; and those in which it is known otherwise."""
        before = truth_of(mutant.rule.when, self.batch)
        nowhere = np.zeros(len(self.answers), np.bool_)
        unknown = nowhere if before.unknown is None else before.unknown
        if not mutant.condition_changed:
            return before.true, unknown if concludes(mutant.rule) else nowhere
        after = truth_of(mutant.instead.when, self.batch)
        if not concludes(mutant.rule):
            return before.true ^ after.true, nowhere
        now = nowhere if after.unknown is None else after.unknown
        return before.true ^ after.true, unknown ^ now

    def _notice_in(self, mutant: Mutant, policy: Policy, rows: list[int]) -> bool:
        batch = batch_of(policy, [self.answers[row] for row in rows])
        for place, row in enumerate(rows):
            for trial in self.in_row[row]:
                if trial.case is not None:
                    if _comes_out_otherwise(_at_once(trial.case), policy):
                        return True
                elif mutant.rule.id in self.behind[trial.rule] and _fails(trial, policy, batch, place):
                    return True
        return False

    @cached_property
    def _with_outlook(self) -> list[Case]:
        cases = (trial.case for trial in self.trials if trial.case is not None)
        return [case for case in cases if case.expect is not None and OUTLOOK & set(case.expect.values)]


def _named(trial: Trial) -> Iterator[str]:
    """The rules of which a test says whether they fire."""
    if trial.case is None:
        yield trial.rule
    elif trial.case.expect is not None:
        for key in ("fires", "silent"):
            yield from (node.text for node in trial.case.expect.many(key))


def _at_once(case: Case) -> Case:
    """A case without what it expects of all that might still be answered."""
    expect = case.expect
    if expect is None:
        return case
    left = {key: value for key, value in expect.values.items() if key not in OUTLOOK}
    return replace(case, expect=replace(expect, values=left))


def _fails(trial: Trial, policy: Policy, batch: Batch, row: int) -> bool:
    """Whether an example fails; where rules are at odds, only if they bear on it."""
    if batch.possible[row]:
        return bool(batch.fired[trial.rule][row]) is not trial.fires
    rule: Rule = policy.by_id[trial.rule]
    return bool(failing_examples(policy, [replace(rule, examples=(Example(trial.answers, trial.fires, trial.span),))]))


def _comes_out_otherwise(case: Case, policy: Policy) -> bool:
    """Whether a case fails; one that was not decided in time does not."""
    return any(finding.severity == "error" for finding in differences(case, policy, "reference"))
