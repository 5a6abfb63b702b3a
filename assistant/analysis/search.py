"""Whether some case meets a goal: first among cases at hand, then by proof, within a time limit that is always said."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.analysis.sample import Sample, sample_of
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.claims import Proof, Refuted
from assistant.reasoning.goals import Goal
from assistant.reasoning.patience import check_wanted

PROOF = 2.0
"""Seconds for one proof."""


class Deadline:
    """The moment at which the whole analysis ends; it is set once that has passed."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.end = time.monotonic() + seconds

    def is_set(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self.end


@dataclass
class Search:
    """One analysis of a policy. `unproved` holds, for each code, what could not be shown in time."""

    policy: Policy
    cases: Sequence[Answers] = ()
    unproved: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def sample(self) -> Sample:
        """The cases at hand."""
        return sample_of(self.policy, self.cases)

    def unsure(self, code: str, subject: str) -> None:
        """Notes that the time did not suffice."""
        self.unproved.setdefault(code, []).append(subject)

    def happen(self, goals: Sequence[Goal]) -> list[bool | None]:
        """For each goal whether some case meets it; None where the time ran out."""
        found: list[bool | None] = []
        for goal in goals:
            check_wanted()
            found.append(True if self.sample.happens(goal) else None)
        left = [goal for goal, seen in zip(goals, found, strict=True) if seen is None]
        proofs = iter(self._proved(left))
        return [next(proofs) if seen is None else True for seen in found]

    def happens(self, goal: Goal) -> bool | None:
        """The same for one goal."""
        return self.happen([goal])[0]

    def _proved(self, goals: Sequence[Goal]) -> list[bool | None]:
        if not goals:
            return []
        from assistant.reasoning.smt_goals import encoding_of, which_happen

        return which_happen(encoding_of(self.policy, goals), goals)

    def case(self, goal: Goal) -> Proof:
        """A case that meets a goal, with nothing told that need not be, or a proof that there is none."""
        found = self.sample.case(goal)
        if found is not None:
            return Refuted(found)
        from assistant.reasoning.smt_goals import case_meeting, encoding_of

        return case_meeting(encoding_of(self.policy, [goal]), goal)
