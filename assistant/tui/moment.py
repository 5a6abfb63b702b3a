"""A moment of the conversation as frozen data: what is decided on what was told, and what is merely supposed.

Everything beside the conversation is drawn from one moment, so that all of it speaks of the same case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.dialogue.conversation import Conversation
    from assistant.dialogue.state import State
    from assistant.explanation.outline import Entry
    from assistant.policy.syntax import Policy
    from assistant.policy.vocabulary import Value
    from assistant.reasoning.contrast import Difference
    from assistant.reasoning.decision import Decision


@dataclass(frozen=True, eq=False)
class Moment:
    """What is decided now; `left` is the most questions to come.

    While something is supposed, `decision` is that on `supposed`, `real` that on what was told, `base` its moment.
    """

    decision: "Decision"
    state: "State"
    left: int
    supposed: "Mapping[str, Value | None]" = field(default_factory=dict)
    difference: "Difference | None" = None
    base: "Moment | None" = None
    entries: "dict[str, tuple[Entry, ...]]" = field(default_factory=dict)
    """What tabs show of it, by their names, once it has been worked out."""

    @property
    def policy(self) -> "Policy":
        """The policy that decides."""
        return self.decision.policy

    @property
    def real(self) -> "Decision":
        """The decision on what was told."""
        return self.difference.before if self.difference else self.decision

    @property
    def words(self) -> "Mapping[str, str]":
        """The words in which facts were told; what is supposed was not said."""
        return {name: words for name, words in self.state.words.items() if name not in self.supposed}

    def supposing(self, changes: "Mapping[str, Value | None]") -> "Moment":
        """This moment with some answers supposed instead of those told; raises `WhysoError` where they cannot be.

        The reference engine infers here: durable-rules belongs to the conversation's thread.
        """
        from assistant.reasoning.contrast import what_if

        told = self.state.answers
        changes = {name: value for name, value in changes.items() if told.get(name) != value}
        base = self.base or self
        if not changes:
            return base
        found = what_if(self.policy, told, changes, "reference")
        found.after.outlook  # noqa: B018  # raises where the answers leave no possibility
        return replace(base, decision=found.after, supposed=changes, difference=found, base=base, entries={})


def moment_of(conversation: "Conversation") -> Moment:
    """The conversation as it stands."""
    return Moment(conversation.decision, conversation.state, conversation.upcoming.left_at_most)


@dataclass(frozen=True, slots=True)
class Chance:
    """An option: its share of what is possible, None where that was not worked out, and its points, if it has any."""

    label: str
    share: float | None
    points: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the verdict stands: the option it leans to, None where none is left, each option's chance, what is open."""

    leaning: str | None
    chances: tuple[Chance, ...]
    settled: bool
    open: int
    left: int = 0

    @property
    def scores(self) -> tuple[tuple[str, int], ...]:
        """The options that have points."""
        return tuple((one.label, one.points) for one in self.chances if one.points is not None)

    @property
    def shares(self) -> tuple[tuple[str, str], ...]:
        """The options that are still possible, the likeliest first, each with its share in words."""
        from assistant.explanation.wording import percent

        ordered = sorted(self.chances, key=lambda one: -(one.share or 0))
        return tuple((one.label, percent(one.share)) for one in ordered if one.share)


def standing_of(decision: "Decision", left: int = 0) -> Standing:
    """Where a decision stands."""
    policy, outlook, scores = decision.policy, decision.outlook, decision.inference.scores
    final = decision.recommended
    known = bool(outlook.shares)
    chances = [
        Chance(option.label, outlook.shares.get(option.id, 0.0) if known else None, scores.get(option.id))
        for option in policy.options
    ]
    if None in outlook.shares:
        chances.append(Chance("none", outlook.shares[None], None))
    leaning = policy.label(final) if final is not None else None
    return Standing(leaning, tuple(chances), outlook.settled, len(outlook.open), left)
