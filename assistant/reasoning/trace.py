"""What an inference leaves behind, as plain data: the working memory, the rules that fired, and the verdict.

Every explanation is a view of this. Texts are rendered elsewhere, when shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.policy.syntax import Policy, Rule
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Firing:
    """One rule that fired, and the values that its condition read; what was unknown is left out."""

    rule: Rule
    facts: Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Inference:
    """The whole result of one run.

    `memory` holds every quantity with a value: told facts, derived facts (None for a choice without one),
    `scores.…`, `required.…`, `ruled_out.…` and `verdict.final`. What is not in it is unknown. `fired` is in order of
    stratum, then rule id.
    """

    policy: Policy
    answers: Answers
    memory: Mapping[str, Value | None]
    fired: tuple[Rule, ...]
    verdict: Verdict
    contradictions: tuple[Rule, ...] = ()

    @property
    def scores(self) -> dict[str, int]:
        """The points of each option that some rule can give points."""
        return {option: int(self.memory[f"scores.{option}"] or 0) for option in self.policy.scored}

    @property
    def firings(self) -> tuple[Firing, ...]:
        """The trace: each rule that fired with what it read."""
        memory = self.memory
        return tuple(Firing(rule, {name: memory[name] for name in rule.reads if name in memory}) for rule in self.fired)

    def derived(self, name: str) -> Value | None:
        """A derived fact's value; None where it has none or is unknown."""
        return self.memory.get(name)
