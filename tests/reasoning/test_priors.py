"""Declared priors and efforts: how they are shared among classes, and that they steer the interview and no verdict."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.policy.syntax import And, Compare, Conclude, Not, Or, Policy
from assistant.policy.vocabulary import Band, FactType, Kind, Value
from assistant.reasoning.classes import ValueClass
from assistant.reasoning.elicitation import next_question
from assistant.reasoning.possibilities import outlook, space_of
from assistant.reasoning.priors import prior
from tests.reasoning.policies import CHOSEN, fact_of, policy_of, rule_of

SCALE = fact_of("pace", Kind.SCALE, high=10)
COUNT = fact_of("crowd", Kind.COUNT)
FLAG = fact_of("open", Kind.FLAG)
LOW_HIGH = (ValueClass(0, 7), ValueClass(8, 10))
FEW_MANY = (ValueClass(0, 999), ValueClass(1000, 9999), ValueClass(10000, None))


@pytest.mark.parametrize(
    ("fact", "bands", "classes", "expected"),
    [
        (SCALE, (), LOW_HIGH, [8 / 11, 3 / 11]),
        (SCALE, (Band(1, up_to=3), Band(3)), LOW_HIGH, [1 / 4 + 3 / 4 * 4 / 7, 3 / 4 * 3 / 7]),
        (COUNT, (), FEW_MANY, [1 / 3, 1 / 3, 1 / 3]),
        (COUNT, (Band(1, up_to=0), Band(9)), FEW_MANY, [0.1 + 0.3, 0.3, 0.3]),
        (COUNT, (Band(1, up_to=999), Band(3)), FEW_MANY, [0.25, 0.375, 0.375]),
        (FLAG, (), (ValueClass(True, True), ValueClass(False, False)), [0.5, 0.5]),
        (
            FLAG,
            (Band(1, value=False), Band(3, value=True)),
            (ValueClass(True, True), ValueClass(False, False)),
            [0.75, 0.25],
        ),
    ],
)
def test_a_band_is_shared_among_the_classes_it_meets(
    fact: FactType, bands: tuple[Band, ...], classes: tuple[ValueClass, ...], expected: list[float]
) -> None:
    assert prior(replace(fact, prior=bands), classes) == pytest.approx(expected)


def gate(*facts: FactType) -> Policy:
    """One is chosen where the first flag and any other hold: which to ask first depends on what they cost."""
    first, *others = (Compare(fact.name, "==", True) for fact in facts)
    chosen = And((first, Or(tuple(others))))
    rules = [rule_of("both", chosen, Conclude(CHOSEN, "one")), rule_of("else", Not(chosen), Conclude(CHOSEN, "two"))]
    return policy_of(facts, rules)


FLAGS = [fact_of(name, Kind.FLAG) for name in ("a", "b", "c")]


def test_a_prior_moves_the_shares_and_not_the_verdict() -> None:
    even, likely = gate(*FLAGS), gate(replace(FLAGS[0], prior=(Band(9, value=True), Band(1, value=False))), *FLAGS[1:])
    assert outlook(even, {}).shares["one"] == pytest.approx(0.5 * 0.75)
    assert outlook(likely, {}).shares["one"] == pytest.approx(0.9 * 0.75)
    assert outlook(even, {}).possible == outlook(likely, {}).possible


def test_what_is_hard_to_answer_is_asked_later() -> None:
    assert next_question(gate(*FLAGS), {}).fact == "a"
    assert next_question(gate(replace(FLAGS[0], effort=5), *FLAGS[1:]), {}).fact == "b"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 6), min_size=3, max_size=3), st.lists(st.integers(1, 9), min_size=3, max_size=3))
def test_the_first_question_is_the_cheapest_in_expectation(efforts: list[int], odds: list[int]) -> None:
    facts = [
        replace(fact, effort=effort, prior=(Band(weight, value=True), Band(10 - weight, value=False)))
        for fact, effort, weight in zip(FLAGS, efforts, odds, strict=True)
    ]
    policy = gate(*facts)
    classes = space_of(policy).classes

    @cache
    def costs(answers: frozenset[tuple[str, Value]]) -> dict[str, float]:
        found = outlook(policy, dict(answers))
        return {} if found.settled else {name: policy.facts[name].effort + after(answers, name) for name in found.open}

    def after(answers: frozenset[tuple[str, Value]], name: str) -> float:
        chances = zip(classes[name], prior(policy.facts[name], classes[name]), strict=True)
        states = ((costs(answers | {(name, one.low)}), chance) for one, chance in chances)
        return sum(chance * min(state.values(), default=0.0) for state, chance in states)

    expected = costs(frozenset())
    chosen = next_question(policy, {}).fact
    assert chosen is not None
    assert expected[chosen] == pytest.approx(min(expected.values()))
