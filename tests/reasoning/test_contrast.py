"""What if and why not, on the shipped policy and against plain re-inference."""

import pytest

from assistant.explanation.alternatives import failing_in_words
from assistant.policy.syntax import And, Compare, Conclude, Not, Or, Score, ScoreCompare
from assistant.policy.vocabulary import Answers, Kind
from assistant.reasoning.contrast import Failure, Together, what_if, why_not
from assistant.reasoning.decision import decide
from assistant.reasoning.loading import load_policy
from assistant.reasoning.points import Short
from tests.reasoning.policies import CHOSEN, fact_of, policy_of, rule_of

TWO = Conclude(CHOSEN, "two")
POLICY = load_policy()
WORKED: Answers = {
    "data_volume": 5000,
    "update_frequency": 3,
    "latency_requirements": 9,
    "accuracy_needs": 8,
    "budget_constraints": 4,
    "maintenance_capacity": 7,
}


def test_why_not_names_the_failed_condition_with_its_value() -> None:
    found = why_not(decide(POLICY, WORKED, "reference"), "rag")
    assert (found.verdict, found.possible, found.short, found.excluded_by) == ("fine_tuning", True, Short("rag", 7), ())
    lacking = {one.rule.id: one for one in found.lacking}
    volatile = lacking["volatile-sources-favour-rag"]
    assert volatile.points == 3
    assert [dict(failure.values) for failure in volatile.failed] == [{"update_frequency": 3}]


def test_why_not_names_what_rules_an_option_out() -> None:
    found = why_not(decide(POLICY, {**WORKED, "labelled_examples": 10}, "reference"), "fine_tuning")
    assert [rule.id for rule in found.excluded_by] == ["few-examples-rule-out-training"]
    assert found.short is None
    assert not found.possible


def test_why_not_of_the_verdict_itself_lacks_nothing() -> None:
    found = why_not(decide(POLICY, WORKED, "reference"), "fine_tuning")
    assert (found.short, found.lacking) == (Short("fine_tuning", 0), ())


def test_what_if_tells_scores_firings_and_verdict() -> None:
    found = what_if(POLICY, WORKED, {"update_frequency": 9}, "reference")
    assert found.verdict_changed
    assert dict(found.scores) == {"rag": (0, 3)}
    assert "volatile-sources-favour-rag" in {rule.id for rule in found.fired_added}
    assert "clear-lead-chooses-fine-tuning" in {rule.id for rule in found.fired_removed}


def test_what_if_nothing_changes_says_nothing() -> None:
    found = what_if(POLICY, WORKED, {"update_frequency": 3}, "reference")
    assert (found.verdict_changed, found.fired_added, found.fired_removed, dict(found.scores)) == (False, (), (), {})


def test_what_if_can_make_a_fact_unknown() -> None:
    found = what_if(POLICY, WORKED, {"latency_requirements": None}, "reference")
    assert "latency_requirements" not in found.after.inference.answers
    assert found.after.inference.verdict.matrix is None


@pytest.mark.parametrize("option", ["fine_tuning", "rag", "hybrid"])
def test_why_not_answers_on_an_empty_case(option: str) -> None:
    assert why_not(decide(POLICY, {}, "reference"), option).possible


def test_what_fails_is_joined_as_the_condition_joins_it() -> None:
    a, b, c = (Compare(name, "==", True) for name in ("a", "b", "c"))
    when = Or((And((a, b)), Not(Or((Not(c), And((a, c)))))))
    policy = policy_of(
        [fact_of(name, Kind.FLAG) for name in ("a", "b", "c")],
        [rule_of("either", when, Score("one", 1)), rule_of("choose", ScoreCompare((("one", 1),), "<", 1), TWO)],
    )
    found = why_not(decide(policy, {"a": True, "b": False}, "reference"), "one").lacking[0].failing
    needs = [Compare("b", "==", True), Compare("c", "==", True), Compare("a", "==", False)]
    b_true, c_true, a_false = (Failure(one, ((one.name, {"a": True, "b": False}.get(one.name)),)) for one in needs)
    neither = Together((c_true, Together((a_false, Failure(Compare("c", "==", False), (("c", None),))), True)), False)
    assert found == Together((b_true, neither), True)
    assert failing_in_words(policy, found, {}) == (
        "b: yes (you said no) or (c: yes (not answered) and (a: no (you said yes) or c: no (not answered)))"
    )


def test_why_not_names_what_is_required_and_what_would_take_the_others_away() -> None:
    told: Answers = {**WORKED, "citations_required": True, "labelled_examples": 5000, "corpus_documents": 100}
    found = why_not(decide(POLICY, {**told, "style_consistency_required": True}, "reference"), "rag")
    assert (found.verdict, found.short) == ("hybrid", None)
    assert [rule.id for rule in found.required_by] == ["fixed-style-needs-training"]
    assert "few-examples-rule-out-training" in {one.rule.id for one in found.lacking}
