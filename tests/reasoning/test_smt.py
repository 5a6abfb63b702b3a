"""The policy as constraints gives what the reference gives.

`WHYSO_EXAMPLES=5000` makes the comparison a hard one.
"""

import os
from collections.abc import Iterable
from itertools import product

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import EngineError
from assistant.policy.syntax import (
    Compare,
    Conclude,
    Consequent,
    Operator,
    Option,
    Policy,
    Require,
    RuleOut,
    Score,
    ScoreCompare,
)
from assistant.policy.vocabulary import Answers, Kind
from assistant.reasoning import reference
from assistant.reasoning.claims import Proven, Refuted
from assistant.reasoning.loading import load_policy
from assistant.reasoning.reference import Reference
from assistant.reasoning.smt import Fires, evaluate, find_case
from assistant.reasoning.smt_logic import Logic
from tests.reasoning.policies import CHOSEN, NUMERIC, Outcome, answers_to, cases, fact_of, outcome, policy_of, rule_of

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "60"))


def agree(policy: Policy, several: Iterable[Answers]) -> None:
    engine = Reference(policy)
    for answers in several:
        expected = outcome(engine.infer, answers)
        if expected.error:
            with pytest.raises(EngineError) as raised:
                evaluate(policy, answers)
            assert str(raised.value) == expected.error
            continue
        found, verdict = evaluate(policy, answers), engine.infer(answers).verdict
        assert Outcome(found.memory, found.fired, found.scores, verdict, found.contradictions) == expected
        assert (found.final, found.matrix) == (verdict.final, verdict.matrix)
        assert found.adjustments == tuple(rule.id for rule in verdict.adjustments)


@settings(max_examples=EXAMPLES, deadline=None)
@given(cases(most=6))
def test_constraints_give_what_the_reference_gives(case: tuple[Policy, list[Answers]]) -> None:
    agree(*case)


def test_shipped_policy_over_its_own_examples() -> None:
    shipped = load_policy()
    agree(shipped, [example.facts for rule in shipped.rules for example in rule.examples])


@st.composite
def verdicts(draw: st.DrawFn) -> tuple[Policy, list[Answers]]:
    """Many options and capabilities; a flag for each that requires it, rules it out or chooses it."""
    capabilities = [f"can_{index}" for index in range(draw(st.integers(1, 6)))]
    options = [
        Option(f"option_{index}", "", frozenset(draw(st.sets(st.sampled_from(capabilities)))))
        for index in range(draw(st.integers(1, 7)))
    ]
    ids = [option.id for option in options]
    then: list[Consequent] = [Require(name) for name in capabilities]
    then += [RuleOut(name) for name in (*capabilities, *ids)]
    rules = [rule_of(f"r{index}", Compare(f"f{index}", "==", True), one) for index, one in enumerate(then)]
    facts = [fact_of(f"f{index}", Kind.FLAG) for index in range(len(then))]
    rules += [rule_of(f"choose-{id}", Compare("choice", "==", id), Conclude(CHOSEN, id)) for id in ids]
    policy = policy_of([*facts, fact_of("choice", Kind.CHOICE, ids)], rules, options, capabilities, ["choice"])
    return policy, draw(st.lists(answers_to(policy), min_size=3, max_size=6))


@settings(max_examples=EXAMPLES, deadline=None)
@given(verdicts())
def test_the_verdict_over_any_options_and_capabilities(case: tuple[Policy, list[Answers]]) -> None:
    agree(*case)


WEIGHTS = st.one_of(st.integers(-4, 4), st.integers(-(10**15), 10**15))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(WEIGHTS, max_size=5), st.sampled_from(NUMERIC), st.data())
def test_sums_of_any_size_are_compared(weights: list[int], sign: Operator, data: st.DataObject) -> None:
    logic = Logic(z3.Context())
    terms = [(logic.named(f"x{index}"), weight) for index, weight in enumerate(weights)]
    bound = sum(weight for weight in weights if data.draw(st.booleans())) + data.draw(st.integers(-1, 1))
    solver = z3.Solver(ctx=logic.context)
    solver.set("ctrl_c", False)
    solver.add(logic.compared(terms, sign, bound))
    for values in product((False, True), repeat=len(weights)):
        total = sum(weight for weight, value in zip(weights, values, strict=True) if value)
        picked = [one if value else z3.Not(one) for (one, _), value in zip(terms, values, strict=True)]
        holds = reference.test_of(Compare("total", sign, bound))({"total": total})
        assert (solver.check(*picked) == z3.sat) is holds


def test_points_beyond_a_pseudo_boolean_constraint() -> None:
    facts = [fact_of(name, Kind.FLAG) for name in ("a", "b", "c")]
    points = {"a": 10**9, "b": 10**9 - 1, "c": -1}
    rules = [rule_of(name, Compare(name, "==", True), Score("one", many)) for name, many in points.items()]
    bounds = ScoreCompare((("one", 3),), ">", 6 * 10**9 - 3), ScoreCompare((("one", 3),), "==", 3 * 10**9 - 3)
    rules += [rule_of("most", bounds[0], Conclude(CHOSEN, "one")), rule_of("some", bounds[1], Conclude(CHOSEN, "two"))]
    policy = policy_of(facts, rules)
    agree(policy, [dict(zip(points, flags, strict=True)) for flags in product((True, False), repeat=3)])
    assert find_case(policy, Fires("most")) == Proven()
    assert find_case(policy, Fires("some")) == Refuted({"a": True, "b": False, "c": True})
