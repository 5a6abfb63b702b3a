"""Flips and settling sets against brute force: every change of answers, tried one after the other by the reference."""

import os
from collections.abc import Iterator
from itertools import combinations, product

import pytest
from hypothesis import assume, given, settings

from assistant.errors import EngineError, InputError
from assistant.policy.folder import installed
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.cases import policy_cases
from assistant.reasoning.claims import Refuted
from assistant.reasoning.classes import class_index
from assistant.reasoning.counterfactuals import flips_of, settling
from assistant.reasoning.loading import load_policy
from assistant.reasoning.possibilities import outlook, space_of
from assistant.reasoning.reference import reference_for
from assistant.reasoning.smt import Forcing, prove_settled, smallest_flips, smallest_settling
from assistant.reasoning.trace import Inference
from tests.reasoning.policies import cases

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "40"))


def inferred(policy: Policy, answers: Answers) -> Inference:
    """What follows; policies in which two rules conclude opposites are passed over."""
    try:
        return reference_for(policy).infer(answers)
    except EngineError:
        assume(False)
        raise


def final(policy: Policy, answers: Answers) -> str | None:
    return inferred(policy, answers).verdict.final


def possible(policy: Policy, answers: Answers) -> bool:
    return not inferred(policy, answers).contradictions


def completable(policy: Policy, answers: Answers) -> bool:
    """Whether what is answered is possible, and can still be completed to something possible."""
    return possible(policy, answers) and any(possible(policy, whole) for whole in completions(policy, answers))


def completions(policy: Policy, answers: Answers) -> Iterator[dict[str, Value]]:
    space = space_of(policy).classes
    unknown = [name for name in space if name not in answers]
    for picked in product(*(space[name] for name in unknown)):
        yield {**answers, **{name: one.low for name, one in zip(unknown, picked, strict=True)}}


def brute_flips(policy: Policy, answers: Answers) -> tuple[int | None, set[tuple[frozenset[str], str | None]]]:
    """The size of the smallest flips, and each set of facts with the verdict it can lead to."""
    now, space = final(policy, answers), space_of(policy).classes
    for size in range(1, len(space) + 1):
        found = set()
        for names in combinations(space, size):
            for picked in product(*(space[name] for name in names)):
                changed = dict(zip(names, (one.low for one in picked), strict=True))
                same = any(
                    name in answers and class_index(space[name], answers[name]) == class_index(space[name], value)
                    for name, value in changed.items()
                )
                whole = {**answers, **changed}
                if not same and completable(policy, whole) and final(policy, whole) != now:
                    found.add((frozenset(names), final(policy, whole)))
        if found:
            return size, found
    return None, set()


def small(policy: Policy) -> None:
    size = 1
    for classes in space_of(policy).classes.values():
        size *= len(classes) + 1
    assume(size <= 150)


@settings(max_examples=EXAMPLES, deadline=None)
@given(cases(most=1))
def test_flips_are_what_brute_force_finds(case: tuple[Policy, list[Answers]]) -> None:
    policy, [answers] = case
    small(policy)
    assume(completable(policy, answers))
    size, wanted = brute_flips(policy, answers)
    found = flips_of(policy, answers)
    assert found.proven
    assert found.smallest == size
    assert {(frozenset(change.fact for change in flip.changes), flip.verdict) for flip in found.flips} == wanted
    assert smallest_flips(policy, answers) == found
    for flip in found.flips:
        changed = {**answers, **{change.fact: change.to for change in flip.changes}}
        assert final(policy, changed) == flip.verdict != found.verdict


@settings(max_examples=EXAMPLES, deadline=None)
@given(cases(most=1))
def test_what_settles_is_the_fewest_answers_that_force_the_verdict(case: tuple[Policy, list[Answers]]) -> None:
    policy, [answers] = case
    small(policy)
    assume(any(possible(policy, whole) for whole in completions(policy, answers)))

    def forced(part: Answers) -> bool:
        verdicts = {final(policy, whole) for whole in completions(policy, part) if possible(policy, whole)}
        return len(verdicts) == 1

    found = settling(policy, answers)
    assert found.settled is forced(answers) is outlook(policy, answers).settled
    if not found.settled:
        assert found.example is not None
        assert found.instead == final(policy, found.example) != found.verdict
        assert {**found.example, **answers} == found.example
        assert prove_settled(policy, answers) == Refuted(found.example)
    else:
        assert forced(found.facts)
        assert smallest_settling(policy, answers) == Forcing(found.verdict, found.facts)
        given_facts = [name for name in space_of(policy).classes if name in answers]
        for names in combinations(given_facts, len(found.facts) - 1) if found.facts else ():
            assert not forced({name: answers[name] for name in names})


@pytest.fixture(scope="module")
def shipped() -> Policy:
    return load_policy()


def test_every_flip_of_the_shipped_cases_leads_where_it_says(shipped: Policy) -> None:
    for case in policy_cases(installed("rules"), shipped)[0]:
        found = flips_of(shipped, case.answers)
        for flip in found.flips:
            changed = {**case.answers, **{change.fact: change.to for change in flip.changes}}
            assert final(shipped, changed) == flip.verdict
            for change in flip.changes:
                for one in change.classes:
                    for value in {one.low, one.low if one.high is None else one.high}:
                        assert final(shipped, {**changed, change.fact: value}) == flip.verdict


def test_a_flip_to_an_option_that_cannot_be_is_proved_impossible(shipped: Policy) -> None:
    answers: Answers = {"labelled_examples": 10, "corpus_documents": 100}
    found = flips_of(shipped, answers, to="hybrid", keep=["labelled_examples"])
    assert (found.smallest, found.flips, found.proven) == (None, (), True)


def test_a_flip_to_the_verdict_itself_is_refused(shipped: Policy) -> None:
    with pytest.raises(InputError, match="the recommendation is `hybrid` already"):
        flips_of(shipped, {}, to="hybrid")


def test_what_is_kept_never_changes(shipped: Policy) -> None:
    answers: Answers = {"labelled_examples": 5000, "corpus_documents": 100, "citations_required": True}
    keep = ["citations_required", "labelled_examples"]
    found = flips_of(shipped, answers, keep=keep)
    assert found.flips
    assert not {change.fact for flip in found.flips for change in flip.changes} & set(keep)


def test_too_few_examples_and_documents_alone_settle_rag(shipped: Policy) -> None:
    answers: Answers = {"labelled_examples": 10, "corpus_documents": 100, "data_volume": 5, "accuracy_needs": 3}
    found = settling(shipped, answers)
    assert found.verdict == "rag"
    assert dict(found.facts) == {"labelled_examples": 10, "corpus_documents": 100}
    assert set(found.irrelevant) == {"data_volume", "accuracy_needs"}
