"""Taking a conversation up again: as it was left under the same policy, and under a changed one as far as it holds."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.dialogue.conversation import Conversation, Reply
from assistant.dialogue.saying import told_so_far
from assistant.dialogue.state import State
from assistant.errors import WhysoError, shown
from assistant.explanation.document import Document, Style, Writer, said
from assistant.explanation.wording import recommendation
from assistant.knowledge import quantity
from assistant.policy.syntax import Impossible, Policy
from assistant.policy.vocabulary import AnswerError, Value, check_value
from assistant.reasoning.decision import decide
from assistant.reasoning.reference import reference_for
from assistant.sessions.changed import what_changed
from assistant.sessions.record import Past, PolicyRecord, Saved


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An answer that a changed policy no longer takes, and why."""

    fact: str
    value: Value
    why: str


def resume(conversation: Conversation, saved: Saved, past: Past) -> Reply:
    """Takes a conversation up where it was left, and says what a changed policy makes of it."""
    policy, summary = conversation.policy, saved.summary
    name = f" \u201c{shown(summary.name)}\u201d" if summary.name else ""
    document = said(f"Welcome back to conversation {summary.id}{name}.")
    state, history, sources, question = past.state, past.history, past.sources, past.question
    if summary.policy.digest != policy.digest:
        state, left = admitted(policy, state)
        decision = decide(policy, state.answers, conversation.engine)
        document += what_changed(summary.policy, summary.verdict, decision) + left_out(policy, left, summary.policy)
        if decision.inference.verdict.final != summary.verdict.final:
            state = replace(state, concluded=False)
        history = tuple(admitted(policy, earlier)[0] for earlier in history)
        question = None
        sources = tuple(source for source in sources if source.passage in policy.source.by_id)
    document += told_so_far(policy, state.answers, state.words, state.skipped)
    if state.concluded == past.state.concluded:
        document += _so_far(conversation, state)
    return conversation.resume(state, history, sources, document, question)


def _so_far(conversation: Conversation, state: State) -> Document:
    decision = decide(conversation.policy, state.answers, conversation.engine)
    settled = "This is settled." if decision.outlook.settled else "Open answers can still change it."
    return said(f"{recommendation(decision)}. {settled}")


def admitted(policy: Policy, state: State) -> tuple[State, tuple[LeftOut, ...]]:
    """A state without the answers that the policy does not take, and what was left out.

    Answers that the policy declares impossible together all go: which of them is wrong is not for us to say.
    """
    left: list[LeftOut] = []
    answers = dict(state.answers)
    for name, value in state.answers.items():
        why = _refused(policy, name, value)
        if why:
            left.append(LeftOut(name, answers.pop(name), why))
    for name in _contradicting(policy, answers):
        left.append(LeftOut(name, answers.pop(name), "the policy now rules out these answers together"))
    told = policy.told
    kept = replace(
        state,
        answers=answers,
        words={name: words for name, words in state.words.items() if name in answers},
        skipped=tuple(name for name in state.skipped if name in told),
        asked=state.asked if state.asked in told else None,
        doubts=(),
    )
    return kept, tuple(left)


def _refused(policy: Policy, name: str, value: Value) -> str | None:
    """Why a policy does not take an answer; None where it does."""
    fact = policy.told.get(name)
    if fact is None:
        return "the policy no longer asks for this"
    try:
        check_value(fact, value)
    except AnswerError as error:
        return error.message
    return None


def _contradicting(policy: Policy, answers: dict[str, Value]) -> Iterable[str]:
    """The answers that take part in what the policy declares impossible."""
    declared = [rule for rule in policy.rules if any(isinstance(c, Impossible) for c in rule.then)]
    if not declared:
        return ()
    met = reference_for(policy).infer(answers).contradictions
    if not met:
        try:
            decide(policy, answers, "reference").outlook  # noqa: B018  # raises where no possibility is left
        except WhysoError:
            met = tuple(declared)
    return [name for name in list(answers) if any(name in rule.reads for rule in met)]


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return quantity(value) if isinstance(value, int) else shown(value)


def left_out(policy: Policy, left: tuple[LeftOut, ...], then: PolicyRecord) -> Document:
    """The answers that were left out, each with why; nothing where there are none."""
    writer = Writer(policy.source)
    if left:
        writer.add(Style.HEADING, "Answers left out")
    for one in left:
        label = then.facts.get(one.fact, one.fact)
        writer.add(Style.POINT, f"{shown(label)}, {_written(one.value)}: {one.why}")
    return writer.document()
