"""The reference engine: Kleene's three values, strata, defaults and what is closed, each by itself."""

from itertools import product

import pytest

from assistant.errors import EngineError
from assistant.policy.strata import CycleError
from assistant.policy.syntax import (
    FINAL,
    Always,
    Among,
    And,
    Certain,
    Compare,
    Conclude,
    Condition,
    Impossible,
    Not,
    Option,
    Or,
    Policy,
    Require,
    RuleOut,
    Score,
    ScoreCompare,
)
from assistant.policy.vocabulary import Kind, Value
from assistant.reasoning.decision import ContradictionError, decide
from assistant.reasoning.reference import Reference
from assistant.reasoning.reference import test_of as truth_of
from assistant.reasoning.trace import Inference
from tests.reasoning.policies import CHOSEN, derived_of, fact_of, policy_of, rule_of

A, B = (Compare(name, "==", True) for name in "ab")
TRUTHS = (True, False, None)


def memory(**values: Value | None) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}


def lowest(values: list[bool | None]) -> bool | None:
    """Kleene's and: false beats unknown beats true."""
    return False if False in values else None if None in values else True


class TestTruth:
    @pytest.mark.parametrize(("a", "b"), product(TRUTHS, TRUTHS))
    def test_and_or_and_not_are_kleenes(self, a: bool | None, b: bool | None) -> None:
        known = memory(a=a, b=b)
        expected_and = lowest([a, b])
        flipped = lowest([None if a is None else not a, None if b is None else not b])
        expected_or = None if flipped is None else not flipped
        assert truth_of(And((A, B)))(known) is expected_and
        assert truth_of(And((B, A)))(known) is expected_and
        assert truth_of(Or((A, B)))(known) is expected_or
        assert truth_of(Or((B, A)))(known) is expected_or
        assert truth_of(Not(A))(known) is (None if a is None else not a)
        assert truth_of(Not(Not(A)))(known) is a
        assert truth_of(Certain(A))(known) is (a is True)
        assert truth_of(Not(Certain(A)))(known) is (a is not True)

    @pytest.mark.parametrize(("a", "b", "c"), product(TRUTHS, TRUTHS, TRUTHS))
    def test_three_parts(self, a: bool | None, b: bool | None, c: bool | None) -> None:
        parts = (A, B, Compare("c", "==", True))
        assert truth_of(And(parts))(memory(a=a, b=b, c=c)) is lowest([a, b, c])

    @pytest.mark.parametrize(
        ("condition", "truth"),
        [
            (Compare("n", "<", 5), False),
            (Compare("n", "<=", 5), True),
            (Compare("n", ">", 5), False),
            (Compare("n", ">=", 5), True),
            (Compare("n", "==", 5), True),
            (Compare("n", "!=", 5), False),
            (Compare("w", "==", "red"), True),
            (Compare("w", "!=", "red"), False),
            (Compare("none", "==", None), True),
            (Compare("none", "!=", "red"), True),
            (Compare("missing", "==", None), None),
            (Compare("missing", "!=", 5), None),
            (Among("n", (4, 5)), True),
            (Among("n", (4, 5), True), False),
            (Among("none", (None, "red")), True),
            (Among("missing", (4,), True), None),
            (Always(True), True),
            (Always(False), False),
            (ScoreCompare((("x", 2), ("y", -1)), ">", 3), True),
            (ScoreCompare((("x", 2), ("y", -1)), "==", 4), True),
            (ScoreCompare((), "<", 0), False),
        ],
    )
    def test_comparison(self, condition: Condition, truth: bool | None) -> None:
        known: dict[str, Value | None] = {"n": 5, "w": "red", "none": None, "scores.x": 3, "scores.y": 2}
        assert truth_of(condition)(known) is truth


FLAGS = [fact_of("a", Kind.FLAG), fact_of("b", Kind.FLAG), derived_of("d", Kind.FLAG, False)]
D = Compare("d", "==", True)


def infer(policy: Policy, **answers: Value) -> Inference:
    return Reference(policy).infer(answers)


def fired(policy: Policy, **answers: Value) -> list[str]:
    return [rule.id for rule in infer(policy, **answers).fired]


class TestDerivedFacts:
    policy = policy_of(
        FLAGS,
        [
            rule_of("makes-d", A, Conclude("d", True)),
            rule_of("reads-d", D, Score("one", 1)),
            rule_of("reads-not-d", Not(D), Score("two", 1)),
            rule_of("surely-not-d", Not(Certain(D)), Score("two", 3)),
        ],
    )

    def test_value_that_a_rule_concludes(self) -> None:
        assert infer(self.policy, a=True).memory["d"] is True
        assert fired(self.policy, a=True) == ["makes-d", "reads-d"]

    def test_default_where_no_rule_can(self) -> None:
        assert infer(self.policy, a=False).memory["d"] is False
        assert fired(self.policy, a=False) == ["reads-not-d", "surely-not-d"]

    def test_unknown_while_a_rule_that_could_is_unknown(self) -> None:
        found = infer(self.policy)
        assert "d" not in found.memory
        assert [rule.id for rule in found.fired] == ["surely-not-d"]

    def test_concluded_value_beats_what_is_unknown(self) -> None:
        policy = policy_of(FLAGS, [rule_of("one", A, Conclude("d", True)), rule_of("two", B, Conclude("d", True))])
        assert infer(policy, a=True).memory["d"] is True
        assert "d" not in infer(policy, a=False).memory
        assert infer(policy, a=False, b=False).memory["d"] is False

    def test_concluding_the_default_is_no_different(self) -> None:
        policy = policy_of(FLAGS, [rule_of("one", A, Conclude("d", False))])
        assert infer(policy, a=True).memory["d"] is infer(policy, a=False).memory["d"] is False

    def test_opposite_conclusions_are_an_error_that_names_both_rules(self) -> None:
        policy = policy_of(
            FLAGS, [rule_of("one", A, Conclude("d", True), line=3), rule_of("two", B, Conclude("d", False), line=7)]
        )
        assert infer(policy, a=True, b=False).memory["d"] is True
        with pytest.raises(EngineError) as caught:
            infer(policy, a=True, b=True)
        assert str(caught.value) == (
            "rules.yaml:7:1: `one` and `two` conclude different values of `d` here\n"
            "help: make their conditions exclude each other"
        )
        assert caught.value.exit_code == 1

    def test_equal_conclusions_are_none(self) -> None:
        policy = policy_of(FLAGS, [rule_of("one", A, Conclude("d", True)), rule_of("two", B, Conclude("d", True))])
        assert fired(policy, a=True, b=True) == ["one", "two"]


class TestClosedQuantities:
    def test_scores_and_constraints_count_what_has_fired_and_nothing_else(self) -> None:
        policy = policy_of(
            FLAGS,
            [
                rule_of("scores", A, Score("one", 2), Score("two", -1)),
                rule_of("scores-more", A, Score("one", 3)),
                rule_of("requires", A, Require("training")),
                rule_of("rules-out", B, RuleOut("two")),
                rule_of("leads", ScoreCompare((("one", 1), ("two", -1)), ">", 5), Conclude("d", True)),
                rule_of("unconstrained", Not(Compare("required.training", "==", True)), Score("two", 0), line=9),
            ],
            capabilities=["training"],
        )
        found = infer(policy, a=True).memory
        assert (found["scores.one"], found["scores.two"]) == (5, -1)
        assert (found["required.training"], found["ruled_out.two"]) == (True, False)
        assert found["d"] is True
        nothing = infer(policy).memory
        assert (nothing["scores.one"], nothing["required.training"], nothing["ruled_out.two"]) == (0, False, False)

    def test_final_verdict_may_be_read(self) -> None:
        options = [Option("one", "one", frozenset({"training"})), Option("two", "two", frozenset())]
        policy = policy_of(
            FLAGS,
            [
                rule_of("chooses", A, Conclude(CHOSEN, "one")),
                rule_of("excludes", B, RuleOut("training")),
                rule_of("reads", Compare(FINAL, "==", "two"), Score("two", 1)),
            ],
            options,
            ["training"],
        )
        assert infer(policy, a=True).verdict.final == "one"
        assert infer(policy, a=True, b=True).verdict.final == "two"
        assert fired(policy, a=True, b=True)[-1] == "reads"


def test_firings_are_in_order_of_stratum_then_id_and_hold_what_was_read() -> None:
    rules = [
        rule_of("z", A, Score("one", 1)),
        rule_of("m", Or((A, B)), Score("one", 1)),
        rule_of("a", ScoreCompare((("one", 1),), ">", 0), Score("two", 1)),
    ]
    firings = infer(policy_of(FLAGS, rules), a=True).firings
    assert [firing.rule.id for firing in firings] == ["m", "z", "a"]
    assert [dict(firing.facts) for firing in firings] == [{"a": True}, {"a": True}, {"scores.one": 2}]


def test_contradictory_answers_are_said_with_their_reason_and_what_to_change() -> None:
    policy = policy_of(FLAGS, [rule_of("not-both", And((A, B)), Impossible("one or the other"))])
    assert decide(policy, {"a": True}, "reference").inference.contradictions == ()
    with pytest.raises(ContradictionError) as caught:
        decide(policy, {"b": True, "a": True}, "reference")
    assert str(caught.value) == ("these answers contradict each other: one or the other\nhelp: change one of `a`, `b`")
    assert caught.value.exit_code == 2


def test_cycle_is_refused_with_its_path() -> None:
    with pytest.raises(CycleError) as caught:
        policy_of(FLAGS, [rule_of("one", Not(D), Conclude("d", True))])
    assert caught.value.path == ("one", "d", "one")


def test_rules_that_the_verdict_does_not_depend_on_may_be_left_out(shipped: Policy) -> None:
    """An engine of some rules that are complete in themselves gives what the whole gives on them."""
    part = [rule for rule in shipped.rules if rule.at.startswith(("matrix", "exclusions", "requirements"))]
    answers: dict[str, Value] = {"update_frequency": 8, "citations_required": True, "labelled_examples": 10}
    assert Reference(shipped, part).infer(answers).verdict == Reference(shipped).infer(answers).verdict
