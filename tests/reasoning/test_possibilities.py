"""What the open questions can still change, against every completion by the reference engine, one after another."""

import os
from itertools import product

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from assistant.errors import EngineError
from assistant.policy.syntax import (
    FINAL,
    Among,
    And,
    Certain,
    Compare,
    Conclude,
    Condition,
    Impossible,
    Not,
    Or,
    Policy,
)
from assistant.policy.vocabulary import Answers, FactType, Kind, Value
from assistant.reasoning.possibilities import outlook
from assistant.reasoning.reference import Reference
from tests.reasoning.policies import CHOSEN, answers_to, fact_of, policies, policy_of, rule_of
from tests.reasoning.test_verdict import DECIDING, MATRIX, TRAINING

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "150"))
MOST_COMPLETIONS = 600


def constants(condition: Condition, name: str) -> set[int]:
    """The numbers that a condition compares a fact with."""
    match condition:
        case Compare(name=read, value=int(value)) if read == name:
            return {value}
        case Among(name=read, values=values) if read == name:
            return {value for value in values if isinstance(value, int)}
        case Not(inner=inner) | Certain(inner=inner):
            return constants(inner, name)
        case And(parts=parts) | Or(parts=parts):
            return {value for part in parts for value in constants(part, name)}
        case _:
            return set()


def values_of(fact: FactType, policy: Policy) -> list[Value]:
    """All values of a fact; of a count, those at and beside every number that it is compared with."""
    if fact.kind is Kind.FLAG:
        return [True, False]
    if fact.kind is Kind.CHOICE:
        return [option.value for option in fact.options]
    if fact.high is not None:
        return list(range(fact.low, fact.high + 1))
    near = {0} | {v + step for rule in policy.rules for v in constants(rule.when, fact.name) for step in (-1, 0, 1)}
    return [value for value in sorted(near) if 0 <= value <= 10**15]


def brute_force(policy: Policy, answers: Answers) -> tuple[bool, set[str], set[str | None]] | None:
    """Settled, open and possible by trying every completion; None where every one is impossible."""
    engine = Reference(policy)
    unknown = [name for name in policy.told if name not in answers]
    finals: dict[tuple[Value, ...], str | None] = {}
    for values in product(*(values_of(policy.facts[name], policy) for name in unknown)):
        inference = engine.infer({**answers, **dict(zip(unknown, values, strict=True))})
        if not inference.contradictions:
            finals[values] = inference.verdict.final
    if not finals:
        return None
    open = set()
    for axis, name in enumerate(unknown):
        seen: dict[tuple[Value, ...], set[str | None]] = {}
        for values, final in finals.items():
            seen.setdefault(values[:axis] + values[axis + 1 :], set()).add(final)
        if any(len(several) > 1 for several in seen.values()):
            open.add(name)
    possible = set(finals.values())
    return len(possible) == 1, open, possible


def agree(policy: Policy, answers: Answers) -> None:
    """Fails unless the outlook is what trying everything gives."""
    try:
        expected = brute_force(policy, answers)
    except EngineError:  # rules at odds: no back end need say anything of such a policy
        reject()
    if expected is None:
        with pytest.raises(EngineError, match="contradict each other"):
            outlook(policy, answers)
        return
    found = outlook(policy, answers)
    assert (found.settled, set(found.open), set(found.possible)) == expected
    assert [name for name in policy.told if name in found.open] == list(found.open)
    assert found.count >= 1


@st.composite
def cut_down(draw: st.DrawFn, policy: Policy) -> Answers:
    """Answers that leave few enough completions to try them all."""
    answers = dict(draw(answers_to(policy)))
    completions = 1
    for name, fact in policy.told.items():
        if name not in answers:
            values = values_of(fact, policy)
            completions *= len(values)
            if completions > MOST_COMPLETIONS:
                answers[name] = draw(st.sampled_from(values))
                completions //= len(values)
    return answers


@settings(max_examples=EXAMPLES)
@given(policy=policies(), data=st.data())
def test_outlook_is_what_trying_everything_gives_in_any_policy(policy: Policy, data: st.DataObject) -> None:
    agree(policy, data.draw(cut_down(policy)))


@settings(max_examples=EXAMPLES // 3)
@given(data=st.data())
def test_outlook_is_what_trying_everything_gives_in_the_shipped_policy(data: st.DataObject, shipped: Policy) -> None:
    """With all that does not bear on the verdict told, and a few of the rest left open."""
    open = data.draw(st.lists(st.sampled_from((*MATRIX, *DECIDING)), max_size=3, unique=True))
    answers: dict[str, Value] = {}
    for name, fact in shipped.told.items():
        if name not in open:
            decides = name in (*MATRIX, *DECIDING)
            answers[name] = (
                data.draw(st.sampled_from(values_of(fact, shipped))) if decides else values_of(fact, shipped)[0]
            )
    agree(shipped, answers)


FLAGS = [fact_of(name, Kind.FLAG) for name in "abc"]
A, B, C = (Compare(name, "==", True) for name in "abc")
CHOOSES = [rule_of("one-if-a", A, Conclude(CHOSEN, "one")), rule_of("two-else", Not(A), Conclude(CHOSEN, "two"))]


class TestImpossible:
    def test_forbidden_completions_do_not_count(self) -> None:
        policy = policy_of(FLAGS, [*CHOOSES, rule_of("no-a", And((A, B)), Impossible("no"))])
        assert outlook(policy, {}).open == ("a",)
        assert outlook(policy, {"b": True}).settled
        assert outlook(policy, {"b": True}).possible == ("two",)
        agree(policy, {})
        agree(policy, {"b": True})

    def test_a_fact_that_decides_only_what_is_impossible_is_not_open(self) -> None:
        policy = policy_of(FLAGS, [*CHOOSES, rule_of("no-c", C, Impossible("no"))])
        assert outlook(policy, {}).open == ("a",)
        agree(policy, {})

    def test_no_possibility_at_all_is_an_error(self) -> None:
        policy = policy_of(
            FLAGS, [*CHOOSES, rule_of("no-b", B, Impossible("no")), rule_of("no-not-b", Not(B), Impossible("x"))]
        )
        for answers in ({}, {"b": True}, {"a": False, "b": False}):
            with pytest.raises(EngineError, match="these answers contradict each other"):
                outlook(policy, answers)

    def test_impossibility_may_hang_on_what_rules_conclude(self) -> None:
        policy = policy_of(
            FLAGS, [*CHOOSES, rule_of("no-one-with-b", And((Compare(FINAL, "==", "one"), B)), Impossible("no"))]
        )
        assert outlook(policy, {"b": True}).possible == ("two",)
        agree(policy, {})


def test_all_known_is_settled(shipped: Policy) -> None:
    answers = {name: values_of(fact, shipped)[0] for name, fact in shipped.told.items()}
    found = outlook(shipped, answers)
    assert (found.settled, found.open, found.count) == (True, (), 1)


def test_nothing_known_leaves_all_options_and_every_fact_that_decides(shipped: Policy) -> None:
    found = outlook(shipped, {})
    assert not found.settled
    assert set(found.open) == {*MATRIX, *DECIDING}
    assert set(found.possible) == {None, *(option.id for option in shipped.options)}


def test_facts_beside_the_verdict_never_change_the_outlook(shipped: Policy) -> None:
    plan = {
        name: values_of(fact, shipped)[-1] for name, fact in shipped.told.items() if name not in (*MATRIX, *DECIDING)
    }
    assert outlook(shipped, plan) == outlook(shipped, {})


def test_both_exclusions_settle_it(shipped: Policy) -> None:
    found = outlook(shipped, {"labelled_examples": 0, "corpus_documents": 0})
    assert (found.settled, found.possible) == (True, (None,))
    assert outlook(shipped, {"labelled_examples": 0, "corpus_documents": 1}).possible == ("rag",)


def test_retrieval_without_learning_settles_it_but_for_the_exclusions(shipped: Policy) -> None:
    nothing_to_learn: Answers = {"citations_required": True, **dict.fromkeys(TRAINING, False)}
    assert set(outlook(shipped, nothing_to_learn).open) == {"labelled_examples", "corpus_documents"}
    assert outlook(shipped, {**nothing_to_learn, "corpus_documents": 5}).possible == ("rag",)
