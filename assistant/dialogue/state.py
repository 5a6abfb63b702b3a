"""All that a conversation remembers, as frozen data, and the ways in which what is said changes it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from assistant.dialogue.intake import Doubt, Intake, Refusal
from assistant.policy.vocabulary import Answers, Value


@dataclass(frozen=True, slots=True)
class State:
    """All that a conversation remembers.

    `words` are those in which a fact was told, where they are not its value; `refine` once the architect asked for the
    further questions; `doubts` are words that are still to be asked back. `aside` are answers that the policy in force
    does not take: should one take them again, they hold again.
    """

    answers: Answers = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    asked: str | None = None
    concluded: bool = False
    refine: bool = False
    doubts: tuple[Doubt, ...] = ()
    aside: Answers = field(default_factory=dict)

    def told(self, name: str, value: Value, words: str = "") -> "State":
        """With a fact that was told, in these words if they are not its value."""
        said = {known: word for known, word in self.words.items() if known != name}
        return replace(
            self,
            answers={**self.answers, name: value},
            words={**said, name: " ".join(words.split())} if words else said,
            skipped=tuple(other for other in self.skipped if other != name),
            asked=None if self.asked == name else self.asked,
            doubts=_without(self.doubts, {name}),
            aside={known: other for known, other in self.aside.items() if known != name},
        )

    def open(self, name: str) -> "State":
        """Without what was told of a fact."""
        return replace(
            self,
            answers={known: value for known, value in self.answers.items() if known != name},
            words={known: word for known, word in self.words.items() if known != name},
        )

    def skipping(self, name: str) -> "State":
        """With a question that was answered by not knowing."""
        return replace(self.open(name), skipped=(*(other for other in self.skipped if other != name), name), asked=None)

    def taking(self, found: Intake) -> "State":
        """With what was taken in from a message, and what is to be asked back."""
        state = self
        for fact in found.taken:
            state = state.told(fact.fact, fact.value, fact.text)
        return replace(state, doubts=(*found.doubts, *state.doubts))

    def refusing(self, wrong: Refusal) -> "State":
        """Without a fact that was read wrongly, and with what was meant instead."""
        state, meant = self.open(wrong.fact), wrong.instead
        return state if meant is None else state.told(meant.fact, meant.value, meant.words)

    def choosing(self, number: int) -> "State":
        """With one reading of the words that were asked back first; with none of them for 0."""
        doubt = self.doubts[0]
        state = replace(self, doubts=self.doubts[1:])
        if number == 0:
            return state
        chosen = doubt.choices[number - 1]
        return state.told(chosen.fact, chosen.value, chosen.words)


def _without(doubts: tuple[Doubt, ...], names: Collection[str]) -> tuple[Doubt, ...]:
    """The doubts that are not about any of these facts."""
    return tuple(doubt for doubt in doubts if not any(told.fact in names for told in doubt.choices))
