"""Past what is looked at case by case the solver takes over: with the limits at nothing, all says the same."""

import os

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from assistant.policy.syntax import And, Compare, Conclude, Not, Or, Policy
from assistant.policy.vocabulary import Answers, Kind
from assistant.reasoning import counterfactuals, possibilities
from assistant.reasoning.counterfactuals import flips_of, settling
from assistant.reasoning.decision import decide
from assistant.reasoning.elicitation import next_question
from assistant.reasoning.patience import patience
from assistant.reasoning.possibilities import grid, outlook
from assistant.reasoning.sampling import surely_open
from tests.reasoning.policies import CHOSEN, cases, fact_of, policy_of, rule_of
from tests.reasoning.test_counterfactuals import completable, small
from tests.reasoning.test_smt_limits import pigeons

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "40"))


def enumerate_nothing(patch: pytest.MonkeyPatch) -> None:
    possibilities._KEPT.clear()
    for name in ("MOST", "MOST_GIVEN", "MOST_TRIED"):
        patch.setattr(counterfactuals, name, 0)
    patch.setattr(possibilities, "MOST", 0)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=cases(most=1), data=st.data())
def test_the_solver_says_what_looking_at_all_says(
    case: tuple[Policy, list[Answers]], data: st.DataObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy, [answers] = case
    small(policy)
    assume(completable(policy, answers))
    keep = data.draw(st.sets(st.sampled_from(list(policy.told)), max_size=2))
    now = decide(policy, answers, "reference").inference.verdict.final
    to = data.draw(st.sampled_from([None, *(one.id for one in policy.options if one.id != now)]))
    open_facts = grid(policy, answers).open
    seen = (outlook(policy, answers).settled, flips_of(policy, answers, to, keep), settling(policy, answers))
    with monkeypatch.context() as patch:
        enumerate_nothing(patch)
        settled, flips, settles = seen
        assert outlook(policy, answers).settled is settled
        assert flips_of(policy, answers, to, keep) == flips
        solved = settling(policy, answers)
        assert (solved.settled, solved.facts, solved.irrelevant) == (settles.settled, settles.facts, settles.irrelevant)
        assert (solved.verdict, solved.example, solved.instead) == (settles.verdict, settles.example, settles.instead)
        assert surely_open(policy, answers) <= set(open_facts)
        asked = next_question(policy, answers).fact
        assert asked is None if settled else asked in open_facts


def test_a_fact_that_cannot_matter_any_more_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    enumerate_nothing(monkeypatch)
    names = [f"f{number}" for number in range(5)]
    any_of = Or(tuple(Compare(name, "==", True) for name in names[1:]))
    lives = And((Compare("dead", "==", True), Compare("f0", "==", True)))
    rules = [rule_of("a", Or((lives, any_of)), Conclude(CHOSEN, "one"))]
    rules.append(rule_of("b", Not(Or((lives, any_of))), Conclude(CHOSEN, "two")))
    policy = policy_of([fact_of(name, Kind.FLAG) for name in ("dead", *names)], rules)
    assert next_question(policy, {"f0": False}).fact == "f1"
    assert next_question(policy, {}).fact == "dead"


def test_what_could_not_be_proved_in_time_is_said_to_be_so() -> None:
    policy = pigeons(12)
    with patience(1):
        found = outlook(policy, {})
        assert (found.settled, found.proven, found.exact) == (False, False, False)
        unsettled = settling(policy, {})
        assert (unsettled.settled, unsettled.proven, unsettled.example) == (False, False, None)
        flips = flips_of(policy, {})
        assert (flips.smallest, flips.flips, flips.complete, flips.proven) == (None, (), False, False)
