"""What a conversation keeps under another policy: the answers that it takes, and set aside those it does not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from assistant.dialogue.state import State
from assistant.errors import WhysoError, shown
from assistant.explanation.document import Document, Style, Writer
from assistant.knowledge import quantity
from assistant.policy.syntax import Impossible, Policy
from assistant.policy.vocabulary import AnswerError, Answers, Value, check_value
from assistant.reasoning.decision import decide
from assistant.reasoning.reference import reference_for


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An answer that a changed policy no longer takes, and why."""

    fact: str
    value: Value
    why: str


def admitted(policy: Policy, state: State) -> tuple[State, tuple[LeftOut, ...]]:
    """A state with the answers that the policy takes, and what it takes no more; that is set aside.

    What was set aside before and is taken now is back. Answers that the policy declares impossible together all go:
    which of them is wrong is not for us to say.
    """
    left: list[LeftOut] = []
    answers = dict(state.answers)
    for name, value in state.answers.items():
        why = _refused(policy, name, value)
        if why:
            left.append(LeftOut(name, answers.pop(name), why))
    for name in _contradicting(policy, answers):
        left.append(LeftOut(name, answers.pop(name), "the policy now rules out these answers together"))
    gone = {one.fact: one.value for one in left}
    back = {name: value for name, value in state.aside.items() if not _refused(policy, name, value)}
    if back and not _contradicting(policy, {**back, **answers}):
        answers = {**answers, **back}
    aside = {name: value for name, value in {**state.aside, **gone}.items() if name not in answers}
    told = policy.told
    kept = replace(
        state,
        answers=answers,
        aside=aside,
        words={name: words for name, words in state.words.items() if name in answers or name in aside},
        skipped=tuple(name for name in state.skipped if name in told and name not in answers),
        asked=state.asked if state.asked in told else None,
        doubts=tuple(
            doubt for doubt in state.doubts if not any(_refused(policy, one.fact, one.value) for one in doubt.choices)
        ),
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


def _contradicting(policy: Policy, answers: Answers) -> tuple[str, ...]:
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
    return tuple(name for name in answers if any(name in rule.reads for rule in met))


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return quantity(value) if isinstance(value, int) else shown(value)


def left_out(policy: Policy, left: Iterable[LeftOut], labels: Mapping[str, str]) -> Document:
    """The answers that were left out, each with why; nothing where there are none. `labels` are the facts' then."""
    writer = Writer(policy.source)
    for number, one in enumerate(left):
        if not number:
            writer.add(Style.HEADING, "Answers left out")
        label = labels.get(one.fact, one.fact)
        writer.add(Style.POINT, f"{shown(label)}, {_written(one.value)}: {one.why}")
    return writer.document()
