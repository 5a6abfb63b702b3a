"""Which question comes next: against the exact optimum, and against brute force over all completions."""

from dataclasses import replace
from functools import cache

import pytest

from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning import elicitation
from assistant.reasoning.classes import ValueClass
from assistant.reasoning.elicitation import next_question
from assistant.reasoning.loading import load_policy
from assistant.reasoning.possibilities import grid, outlook, space_of
from assistant.reasoning.priors import prior
from assistant.reasoning.reference import reference_for

OPTIMUM = 4.3269357739680805
"""The expected number of questions on the matrix alone, by dynamic programming written apart from this project's."""


@pytest.fixture(scope="module")
def matrix() -> Policy:
    policy = load_policy()
    return replace(policy, rules=tuple(rule for rule in policy.rules if rule.at.startswith("matrix.yaml:")))


def expected_questions(policy: Policy) -> float:
    """The mean number of questions over all possible architects, weighed by the priors."""
    space = space_of(policy)

    def after(answers: tuple[tuple[str, Value], ...]) -> float:
        asked = next_question(policy, dict(answers))
        if asked.fact is None:
            return 0.0
        classes = space.classes[asked.fact]
        chances = prior(policy.facts[asked.fact], classes)
        rest = (chance * after((*answers, (asked.fact, one.low))) for one, chance in zip(classes, chances, strict=True))
        return 1 + sum(rest)

    return after(())


def test_the_matrix_alone_takes_the_fewest_questions_there_can_be(matrix: Policy) -> None:
    assert expected_questions(matrix) == pytest.approx(OPTIMUM, abs=1e-9)


def test_two_questions_deep_is_within_one_percent(matrix: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elicitation, "EXACT_FACTS", 0)
    assert expected_questions(matrix) < OPTIMUM * 1.01


def test_the_optimum_is_the_optimum(matrix: Policy) -> None:
    """The same number by the plainest recursion over answers, without any table."""
    space = space_of(matrix)

    @cache
    def least(answers: frozenset[tuple[str, Value]]) -> float:
        found = outlook(matrix, dict(answers))
        if found.settled:
            return 0.0
        return min(1 + sum(c * least(answers | {(n, one.low)}) for one, c in chances(n)) for n in found.open)

    def chances(name: str) -> list[tuple[ValueClass, float]]:
        classes = space.classes[name]
        return list(zip(classes, prior(matrix.facts[name], classes), strict=True))

    assert least(frozenset()) == pytest.approx(OPTIMUM, abs=1e-9)


def test_a_settled_verdict_asks_nothing(matrix: Policy) -> None:
    answers: Answers = {"update_frequency": 0, "latency_requirements": 9, "accuracy_needs": 9, "data_volume": 5000}
    assert outlook(matrix, answers).settled
    assert next_question(matrix, answers).fact is None


def test_what_one_is_not_sure_of_is_not_asked_again(matrix: Policy) -> None:
    skipped: list[str] = []
    while (asked := next_question(matrix, {}, skipped)).fact is not None:
        assert asked.fact not in skipped
        assert asked.left_at_most == len(space_of(matrix).classes) - len(skipped)
        skipped.append(asked.fact)
    assert set(skipped) == set(space_of(matrix).classes)


def test_shares_are_those_of_all_completions(matrix: Policy) -> None:
    answers: Answers = {"data_volume": 5000, "budget_constraints": 8, "maintenance_capacity": 2}
    engine = reference_for(matrix)
    counted: dict[str | None, int] = {}
    for update in range(11):
        for latency in range(11):
            for accuracy in range(11):
                told = {"update_frequency": update, "latency_requirements": latency, "accuracy_needs": accuracy}
                final = engine.infer({**answers, **told}).verdict.final
                counted[final] = counted.get(final, 0) + 1
    shares = grid(matrix, answers).outlook.shares
    assert shares == pytest.approx({final: number / 11**3 for final, number in counted.items()})


def test_each_answer_s_shares_add_up_to_the_whole(matrix: Policy) -> None:
    asked = next_question(matrix, {})
    whole = grid(matrix, {}).outlook.shares
    for option, share in whole.items():
        parts = sum(prospect.prior * prospect.shares.get(option, 0.0) for prospect in asked.prospects)
        assert parts == pytest.approx(share)
