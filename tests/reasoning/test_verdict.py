"""The verdict: an oracle of the shipped policy's, written from docs/semantics.md, and what holds of any verdict."""

import os
import random
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.policy.syntax import Option, Policy
from assistant.policy.vocabulary import Answers, FactType, Kind, Value
from assistant.reasoning.classes import spans
from assistant.reasoning.engines import durable_available, engine_for
from assistant.reasoning.reference import Reference, reference_for
from assistant.reasoning.verdict import final_option
from tests.reasoning.policies import cases, outcome
from tests.reasoning.test_matrix import article

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "150"))

MATRIX = (
    *("data_volume", "update_frequency", "latency_requirements", "accuracy_needs", "budget_constraints"),
    "maintenance_capacity",
)
RETRIEVAL = ("citations_required", "current_facts_required", "factual_lookup_required")
TRAINING = ("style_consistency_required", "domain_reasoning_required", "behaviour_change_required")
DECIDING = ("labelled_examples", "corpus_documents", *RETRIEVAL, *TRAINING)

NEUTRAL = dict(zip(MATRIX, (0, 5, 0, 0, 0, 10), strict=True))
"""Values that score nothing: what an unknown criterion counts as."""


def choice_of(answers: Answers) -> str:
    """What the article's matrix chooses on what is known."""
    return article(*(int(answers.get(name, NEUTRAL[name])) for name in MATRIX))[0]


def final_of(answers: Answers) -> str | None:
    """The final verdict by docs/semantics.md: exclusions, then requirements, then the matrix."""
    no_training = "labelled_examples" in answers and int(answers["labelled_examples"]) < 1000
    no_retrieval = answers.get("corpus_documents") == 0
    needs_retrieval = any(answers.get(name) is True for name in RETRIEVAL)
    needs_training = any(answers.get(name) is True for name in TRAINING)
    nothing_to_learn = all(answers.get(name) is False for name in TRAINING)
    if no_training and no_retrieval:
        return None
    if no_training:
        return "rag"
    if no_retrieval:
        return "fine_tuning"
    if needs_retrieval and nothing_to_learn:
        return "rag"
    choice = choice_of(answers)
    training = choice != "rag" or needs_training
    retrieval = choice != "fine_tuning" or needs_retrieval
    return "hybrid" if training and retrieval else "fine_tuning" if training else "rag"


def start_of(answers: Answers) -> str | None:
    """What to build first."""
    final = final_of(answers)
    if final == "fine_tuning":
        early = answers.get("project_stage") == "prototype" and answers.get("corpus_documents") != 0
        return "rag" if early else "fine_tuning"
    return final and "rag"


def pattern_of(answers: Answers) -> str | None:
    """The architecture of a hybrid, in the house's order of precedence."""
    if final_of(answers) != "hybrid":
        return None

    def said(name: str) -> bool:
        return answers.get(name) is True

    accuracy = answers.get("accuracy_needs")
    demanding = said("reliability_critical") or (isinstance(accuracy, int) and accuracy > 8)
    if said("separable_queries") and (not said("citations_required") or said("sources_for_factual_only")):
        return "routing"
    if demanding and said("parallel_compute_affordable") and not said("citations_required"):
        return "parallel"
    style, reasoning = said("style_consistency_required"), said("domain_reasoning_required")
    if style and reasoning:
        return "sequential"
    return "gather_then_synthesise" if style else "adapted_base"


def values_of(fact: FactType, policy: Policy) -> st.SearchStrategy[Value]:
    """Values on both sides of every threshold."""
    if not fact.numeric:
        words: list[Value] = [option.value for option in fact.options]
        return st.sampled_from([True, False] if fact.kind is Kind.FLAG else words)
    classes = spans(policy.facts, policy.rules).get(fact.name, ())
    ends = {int(end) for one in classes for end in (one.low, one.high) if end is not None}
    highest = 10**15 if fact.high is None else fact.high
    return st.one_of(st.sampled_from(sorted({fact.low, *ends})), st.integers(fact.low, min(highest, 20_000)))


@pytest.fixture(scope="module")
def answered(shipped: Policy) -> st.SearchStrategy[Answers]:
    """Answers to some of the questions: often to those that decide, else nearly everything stays a hybrid."""
    each = {name: values_of(fact, shipped) for name, fact in shipped.told.items()}
    matrix = {name: each[name] for name in MATRIX}
    deciding = {name: each[name] for name in DECIDING}
    plan = {name: strategy for name, strategy in each.items() if name not in (*MATRIX, *DECIDING)}
    return st.one_of(
        st.fixed_dictionaries({}, optional=each),
        st.fixed_dictionaries(matrix, optional=deciding),
        st.fixed_dictionaries(matrix, optional=deciding | plan),
        st.fixed_dictionaries(matrix | deciding, optional=plan),
    )


@settings(max_examples=EXAMPLES * 2)
@given(data=st.data())
def test_verdict_is_that_of_the_oracle(
    data: st.DataObject, shipped: Policy, answered: st.SearchStrategy[Answers]
) -> None:
    answers = data.draw(answered)
    inference = reference_for(shipped).infer(answers)
    verdict = inference.verdict
    complete = all(name in answers for name in MATRIX)
    assert verdict.final == final_of(answers)
    assert verdict.matrix == (choice_of(answers) if complete else None)
    assert inference.derived("start_with") == start_of(answers)
    assert inference.derived("pattern") == pattern_of(answers)
    if verdict.final == "hybrid":
        expected = "balance" if choice_of(answers) == "hybrid" else "requirements"
        assert inference.derived("hybrid_because") == expected
    else:
        assert inference.derived("hybrid_because") is None


@settings(max_examples=EXAMPLES * 2)
@given(data=st.data())
def test_what_holds_of_every_verdict(
    data: st.DataObject, shipped: Policy, answered: st.SearchStrategy[Answers]
) -> None:
    answers = data.draw(answered)
    inference = reference_for(shipped).infer(answers)
    verdict, memory = inference.verdict, inference.memory
    provided = shipped.option(verdict.final).provides if verdict.final else frozenset()
    capabilities = {capability.id for capability in shipped.capabilities}
    excluded = {name for name in capabilities if memory[f"ruled_out.{name}"]}
    required = {name for name in capabilities if memory[f"required.{name}"]}
    assert not provided & excluded
    assert verdict.final is None or required - excluded <= provided
    assert bool(verdict.adjustments) is (verdict.final != verdict.chosen)
    if verdict.matrix is not None:
        assert bool(verdict.adjustments) is (verdict.final != verdict.matrix)
    assert {unmet.requirement for unmet in verdict.unmet} == required & excluded
    assert bool(verdict.blocked) is (verdict.final is None)
    assert (inference.derived("pattern") is None) is (verdict.final != "hybrid")
    fired = {rule.id for rule in inference.fired}
    for unmet in verdict.unmet:
        assert f"required.{unmet.requirement}" in unmet.rule.writes
        assert f"ruled_out.{unmet.requirement}" in unmet.excluded_by.writes
        assert {unmet.rule.id, unmet.excluded_by.id} <= fired
    for rule in (*verdict.adjustments, *verdict.blocked):
        assert rule.id in fired
        assert any(name.startswith(("required.", "ruled_out.")) for name in rule.writes)


@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_only_the_eight_facts_move_the_verdict_away_from_the_matrix(
    data: st.DataObject, shipped: Policy, answered: st.SearchStrategy[Answers]
) -> None:
    answers = data.draw(answered)
    engine = reference_for(shipped)
    without = {name: value for name, value in answers.items() if name not in DECIDING}
    verdict = engine.infer(without).verdict
    assert verdict.final == verdict.chosen
    assert verdict.adjustments == ()
    deciding = {name: value for name, value in answers.items() if name in (*MATRIX, *DECIDING)}
    assert engine.infer(deciding).verdict == engine.infer(answers).verdict


@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_order_of_answers_and_of_rules_never_matters(
    data: st.DataObject, shipped: Policy, answered: st.SearchStrategy[Answers]
) -> None:
    answers = data.draw(answered)
    mixed = dict(data.draw(st.permutations(list(answers.items()))))
    shuffled = list(shipped.rules)
    random.Random(data.draw(st.integers(0, 99))).shuffle(shuffled)
    one, two = reference_for(shipped).infer(answers), Reference(shipped, shuffled).infer(mixed)
    assert one.memory == two.memory
    assert {rule.id for rule in one.fired} == {rule.id for rule in two.fired}
    assert (one.verdict.final, one.verdict.adjustments, one.verdict.blocked) == (
        two.verdict.final,
        two.verdict.adjustments,
        two.verdict.blocked,
    )


@settings(max_examples=EXAMPLES // 3)
@given(case=cases(most=1), seed=st.integers(0, 99))
def test_order_of_rules_never_matters_in_any_policy(case: tuple[Policy, list[Answers]], seed: int) -> None:
    policy, [answers] = case
    shuffled = list(policy.rules)
    random.Random(seed).shuffle(shuffled)
    one, two = outcome(Reference(policy).infer, answers), outcome(Reference(policy, shuffled).infer, answers)
    assert bool(one.error) is bool(two.error)
    assert one.memory == two.memory
    assert sorted(one.fired) == sorted(two.fired)


@pytest.mark.skipif(not durable_available(), reason="durable-rules does not import on this Python")
@settings(max_examples=EXAMPLES // 3)
@given(data=st.data())
def test_durable_gives_the_oracles_verdict_too(
    data: st.DataObject, shipped: Policy, answered: st.SearchStrategy[Answers]
) -> None:
    answers = data.draw(answered)
    assert engine_for(shipped, "durable").infer(answers).verdict.final == final_of(answers)


def test_exactly_a_thousand_examples_are_enough(shipped: Policy) -> None:
    engine = reference_for(shipped)
    needs = {"domain_reasoning_required": True, "citations_required": True}
    assert engine.infer({**needs, "labelled_examples": 1000}).verdict.final == "hybrid"
    assert engine.infer({**needs, "labelled_examples": 999}).verdict.final == "rag"


def final_among(options: Mapping[str, str], chosen: str | None, required: str, excluded: str) -> str | None:
    """`final_option` over options and capabilities of one letter each."""
    several = tuple(Option(id, id, frozenset(provides)) for id, provides in options.items())
    return final_option(several, chosen, frozenset(required), frozenset(excluded.split()))


LETTERS = {"none": "", "a": "a", "b": "b", "ab": "ab", "abc": "abc"}


class TestAnyOptions:
    """The mechanism knows no option by name."""

    @pytest.mark.parametrize(
        ("chosen", "required", "excluded", "final"),
        [
            ("a", "", "", "a"),
            ("a", "a", "", "a"),
            ("a", "b", "", "ab"),
            ("a", "bc", "", "abc"),
            ("a", "b", "b", "a"),
            ("a", "", "a", "none"),
            ("a", "b", "a", "b"),
            ("ab", "", "a", "b"),
            ("ab", "", "ab", "abc"),
            ("abc", "", "c", "ab"),
            ("a", "", "a none", "b"),
            (None, "", "", "none"),
            (None, "b", "", "b"),
            (None, "ab", "c", "ab"),
            ("a", "a", "a b c", "none"),
            ("a", "", "a b c none", None),
            ("none", "c", "", "abc"),
        ],
    )
    def test_fewest_capabilities_are_added(
        self, chosen: str | None, required: str, excluded: str, final: str | None
    ) -> None:
        assert final_among(LETTERS, chosen, required, excluded) == final

    def test_ties_go_to_the_option_declared_first(self) -> None:
        assert final_among({"x": "a", "y": "a"}, None, "a", "") == "x"
        assert final_among({"y": "a", "x": "a"}, None, "a", "") == "y"

    def test_chosen_option_stands_where_what_it_lacks_is_excluded(self) -> None:
        assert final_among({"x": "a", "y": "a", "z": "b"}, "y", "b", "b") == "y"
