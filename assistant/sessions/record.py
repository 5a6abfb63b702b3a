"""What is kept of a conversation, as plain data: its turns, the facts it rests on, the policy, the verdicts.

A turn holds the state after it and how the undo history changed, so that any point of the conversation can be had again
by folding the turns up to there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.dialogue.conversation import Conversation, Reply
from assistant.dialogue.questions import Question
from assistant.dialogue.state import State
from assistant.explanation.document import Document, NumberedSource
from assistant.policy.syntax import Conclude, Policy
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.decision import Decision


@dataclass(frozen=True, slots=True)
class PolicyRecord:
    """A policy as it was: enough to say later what has changed. `rules` are conditions, the others labels."""

    name: str
    version: str
    digest: str
    params: Answers
    rules: Mapping[str, str]
    facts: Mapping[str, str]
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class VerdictRecord:
    """The verdict after a turn, with the points and the ids of the rules that fired."""

    final: str | None
    matrix: str | None
    settled: bool
    scores: Mapping[str, int]
    fired: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactRecord:
    """A fact and where it is from: told in `words` in a turn, derived by a rule, or assumed by default."""

    fact: str
    value: Value | None
    provenance: str
    words: str | None = None
    turn: int | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One turn: what was said, None where whyso spoke first, the reply, and the question then on the table.

    `put` says whether the reply put that question; one that ends the conversation does not.
    The undo history after it is the first `kept` states of the one before, then `pushed`.
    """

    number: int
    at: str
    said: str | None
    reply: Document
    question: Question | None
    put: bool
    state: State
    kept: int
    pushed: tuple[State, ...]
    verdict: VerdictRecord
    policy: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in a line. `turns` are the messages said in it; `folder` is its policy's, None the shipped one."""

    id: int
    name: str
    begun: str
    last: str
    turns: int
    policy: PolicyRecord
    verdict: VerdictRecord
    folder: str | None = None
    branched_from: int | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """A whole conversation, as it was left."""

    summary: Summary
    turns: tuple[TurnRecord, ...]
    facts: tuple[FactRecord, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """Where a conversation stands: its state, the undo history, the sources it last gave, the question on the table.

    `told_in` says for each answer the turn that gave it; `before` the same for each state of the history.
    """

    state: State = field(default_factory=State)
    history: tuple[State, ...] = ()
    sources: tuple[NumberedSource, ...] = ()
    question: Question | None = None
    told_in: Mapping[str, int] = field(default_factory=dict)
    before: tuple[Mapping[str, int], ...] = ()

    def after(self, turn: TurnRecord) -> "Past":
        """Where it stands once a turn is over."""
        undone = turn.kept < len(self.history) and not turn.pushed
        known = self.before[turn.kept] if undone else self.told_in
        origin = self.history[turn.kept] if undone else self.state
        told_in = {
            name: known[name] if name in known and origin.answers.get(name) == value else turn.number
            for name, value in turn.state.answers.items()
        }
        return Past(
            turn.state,
            self.history[: turn.kept] + turn.pushed,
            turn.reply.sources or self.sources,
            turn.question,
            told_in,
            self.before[: turn.kept] + (self.told_in,) * len(turn.pushed),
        )


def past_of(turns: Iterable[TurnRecord]) -> Past:
    """Where a conversation stands after its turns."""
    past = Past()
    for turn in turns:
        past = past.after(turn)
    return past


def policy_record(policy: Policy) -> PolicyRecord:
    """What is kept of a policy."""
    return PolicyRecord(
        policy.id,
        policy.version,
        policy.digest,
        {name: param.value for name, param in policy.params.items()},
        {rule.id: rule.condition for rule in policy.rules},
        {name: fact.label for name, fact in policy.facts.items()},
        {option.id: option.label for option in policy.options},
    )


def verdict_record(decision: Decision) -> VerdictRecord:
    """What is kept of a verdict."""
    inference = decision.inference
    return VerdictRecord(
        inference.verdict.final,
        inference.verdict.matrix,
        decision.outlook.settled,
        inference.scores,
        tuple(rule.id for rule in inference.fired),
    )


def turn_record(
    number: int, at: str, said: str | None, reply: Reply, conversation: Conversation, past: Past
) -> TurnRecord:
    """A turn that is just over, after what was past."""
    history = tuple(conversation.history)
    kept = _alike(history, past.history)
    return TurnRecord(
        number,
        at,
        said,
        reply.document,
        conversation.question,
        reply.question is not None,
        conversation.state,
        kept,
        history[kept:],
        verdict_record(conversation.decision),
        conversation.policy.digest,
    )


def _alike(now: tuple[State, ...], before: tuple[State, ...]) -> int:
    """How many states two histories share at their beginning."""
    shared = 0
    while shared < min(len(now), len(before)) and now[shared] == before[shared]:
        shared += 1
    return shared


def fact_records(decision: Decision, state: State, told_in: Mapping[str, int]) -> tuple[FactRecord, ...]:
    """Every fact that has a value, in the order of the vocabulary, and where it is from."""
    inference = decision.inference
    concluded = {
        consequent.fact: rule.id
        for rule in inference.fired
        for consequent in rule.then
        if isinstance(consequent, Conclude)
    }
    found = []
    for name in inference.policy.facts:
        if name in state.answers:
            words = state.words.get(name)
            found.append(FactRecord(name, state.answers[name], "told", words, told_in.get(name)))
        elif name in concluded:
            found.append(FactRecord(name, inference.memory[name], "derived", rule=concluded[name]))
        elif name in inference.policy.derived and inference.memory.get(name) is not None:
            found.append(FactRecord(name, inference.memory[name], "assumed"))
    return tuple(found)
