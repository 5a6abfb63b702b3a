"""How many points an option is short of: against giving points one by one, on random policies."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.errors import EngineError
from assistant.policy.strata import stratify
from assistant.policy.syntax import Always, And, Compare, Conclude, Not, Policy, Score, ScoreCompare
from assistant.policy.vocabulary import Answers, Kind
from assistant.reasoning.loading import load_policy
from assistant.reasoning.points import Short, points_short
from assistant.reasoning.reference import reference_for
from tests.reasoning.policies import CHOSEN, answers_to, cases, fact_of, policy_of, rule_of

FURTHEST = 60


def with_bonus(policy: Policy, option: str, points: int) -> Policy:
    """The policy with one more rule, which gives an option points."""
    loose = [*policy.rules, rule_of("bonus", Always(True), Score(option, points), line=99)]
    strata = stratify(loose, policy.verdict)
    placed = sorted((replace(rule, stratum=strata[rule.id]) for rule in loose), key=lambda r: (r.stratum, r.id))
    return replace(policy, rules=tuple(placed))


def final(policy: Policy, answers: Answers) -> str | None:
    """The verdict; cases in which rules conclude different values are passed over."""
    try:
        return reference_for(policy).infer(answers).verdict.final
    except EngineError:
        assume(False)
        raise


def by_brute_force(policy: Policy, answers: Answers, option: str) -> int | None:
    if final(policy, answers) == option:
        return 0
    for points in range(1, FURTHEST):
        for scored in policy.scored:
            for given_points in (points, -points):
                if final(with_bonus(policy, scored, given_points), answers) == option:
                    return points
    return None


@settings(max_examples=12, deadline=None)
@given(cases(most=1), st.data())
def test_it_is_the_least_change_of_points_that_gives_the_option(
    case: tuple[Policy, list[Answers]], data: st.DataObject
) -> None:
    policy, [answers] = case
    assume(policy.scored)
    option = data.draw(st.sampled_from([one.id for one in policy.options]))
    expected = by_brute_force(policy, answers, option)
    found = points_short(policy, answers, option)
    assert (None if found is None else abs(found.points)) == expected
    if found is not None and found.points:
        assert final(with_bonus(policy, found.option, found.points), answers) == option


@settings(max_examples=4, deadline=None)
@given(st.data())
def test_on_the_shipped_policy(data: st.DataObject) -> None:
    policy = load_policy()
    answers = data.draw(answers_to(policy))
    option = data.draw(st.sampled_from([one.id for one in policy.options]))
    found = points_short(policy, answers, option)
    if found is not None and found.points:
        assert final(with_bonus(policy, found.option, found.points), answers) == option
        assert final(with_bonus(policy, found.option, int(found.points / 2)), answers) != option


@pytest.mark.parametrize("far", [31, 20_000, 10**12])
def test_no_number_of_points_is_too_large(far: int) -> None:
    """Three of one count as one of two, below a bound that is far away."""
    much = ScoreCompare((("one", 3), ("two", 1)), ">", 3 * far)
    rules = [
        rule_of("base", Compare("a", "==", True), Score("one", 1)),
        rule_of("tiny", Compare("a", "==", False), Score("two", 1)),
        rule_of("much", And((much, Not(ScoreCompare((("one", 1),), ">", 1)))), Conclude(CHOSEN, "two")),
        rule_of("less", Not(And((much, Not(ScoreCompare((("one", 1),), ">", 1))))), Conclude(CHOSEN, "one")),
    ]
    policy = policy_of([fact_of("a", Kind.FLAG)], rules)
    assert points_short(policy, {"a": True}, "two") == Short("two", 3 * far - 2)
