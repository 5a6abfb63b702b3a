"""Mutation: what is changed, what the tests notice of it, and what would."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.policy.folder import installed
from assistant.policy.syntax import And, Certain, Compare, Conclude, Not, Or, Policy, Score, ScoreCompare
from assistant.policy.vocabulary import Kind
from assistant.reasoning.loading import load_policy
from assistant.trials.conditions import normal
from assistant.trials.mutants import mutants_of
from assistant.trials.mutation import Mutation, mutate
from assistant.trials.running import Ran, run_tests
from tests.reasoning.policies import fact_of, policy_of, rule_of

QUEUE = installed("rules").parent / "examples" / "queue-or-database"
LONG = Compare("distance", ">", 7)
WET = Compare("weather", "==", "wet")
LATE = Compare("late", "==", True)


def outcome(mutation: Mutation) -> list[object]:
    return [(str(one.mutant.span), one.mutant.change, one.outcome, one.ready) for one in mutation.tried]


def test_shipped_policy_s_tests_notice_every_change_that_matters(shipped_ran: Ran) -> None:
    mutation = mutate(shipped_ran)
    assert len(mutation.tried) > 1400
    assert mutation.score >= 0.95
    assert [(one.mutant.rule.id, one.mutant.change) for one in mutation.left] == []
    assert mutation.count("equivalent") < 30


def test_another_subject_s_tests_do_too() -> None:
    ran = run_tests(load_policy(QUEUE))
    mutation = mutate(ran)
    assert mutation.score == 1
    assert outcome(mutate(ran, jobs=2)) == outcome(mutation)


def a_policy(when: And | Or | Compare | ScoreCompare | Certain, *then: Score | Conclude) -> Policy:
    facts = [
        fact_of("distance", Kind.SCALE, high=10),
        fact_of("parcels", Kind.COUNT),
        fact_of("weather", Kind.CHOICE, ["dry", "wet", "snow"]),
        fact_of("late", Kind.FLAG),
    ]
    return policy_of(facts, [rule_of("r", when, *then)])


@pytest.mark.parametrize(
    ("when", "changes"),
    [
        (
            LONG,
            [
                "threshold: `distance > 7` with 8 for 7",
                "threshold: `distance > 7` with 6 for 7",
                "comparison: `distance > 7` with `<=` for `>`",
            ],
        ),
        (
            Compare("parcels", "==", 0),
            [
                "threshold: `parcels == 0` with 1 for 0",
                "comparison: `parcels == 0` with `!=` for `==`",
                "comparison: `parcels == 0` with `>=` for `==`",
            ],
        ),
        (
            WET,
            [
                "comparison: `weather == wet` with `!=` for `==`",
                "value: `weather == wet` with `dry` for `wet`",
                "value: `weather == wet` with `snow` for `wet`",
            ],
        ),
        (LATE, ["comparison: `late` denied"]),
        (
            Or((Not(LATE), And((LONG, Certain(WET))))),
            [
                "connective: `not late or (distance > 7 and certain(weather == wet))` with `and` for `or`",
                "part: without `not late`",
                "part: without `distance > 7 and certain(weather == wet)`",
                "negation: `not late` without `not`",
                "connective: `distance > 7 and certain(weather == wet)` with `or` for `and`",
                "part: without `distance > 7`",
                "part: without `certain(weather == wet)`",
                "threshold: `distance > 7` with 8 for 7",
                "threshold: `distance > 7` with 6 for 7",
                "comparison: `distance > 7` with `<=` for `>`",
                "comparison: `weather == wet` with `!=` for `==`",
                "value: `weather == wet` with `dry` for `wet`",
                "value: `weather == wet` with `snow` for `wet`",
            ],
        ),
        (
            ScoreCompare((("one", 1), ("two", -1)), ">", 2),
            [
                "threshold: `1 scores.one + -1 scores.two > 2` with a bound one higher",
                "threshold: `1 scores.one + -1 scores.two > 2` with a bound one lower",
                "comparison: `1 scores.one + -1 scores.two > 2` with `<=` for `>`",
            ],
        ),
    ],
)
def test_changes_of_a_condition(when: And | Or | Compare | ScoreCompare, changes: list[str]) -> None:
    found = [f"{mutant.operator}: {mutant.change}" for mutant in mutants_of(a_policy(when))]
    assert found == [*changes, "rule: it never fires"]


def test_changes_of_what_follows() -> None:
    found = [mutant.change for mutant in mutants_of(a_policy(LONG, Score("one", 2), Conclude("chosen_option", "two")))]
    assert found[4:] == [
        "`one: 3` points for 2",
        "`one: 1` points for 2",
        "`one: -2` points for 2",
        "without its points for `one`",
        "concludes `chosen_option: one` for `two`",
        "concludes `chosen_option: none` for `two`",
        "does not conclude `chosen_option`",
    ]


def test_the_same_written_otherwise_is_no_change() -> None:
    assert normal(Not(Compare("distance", "<", 8))) == normal(LONG)
    assert normal(Not(And((LATE, Not(WET))))) == normal(Or((Compare("late", "!=", True), WET)))
    assert normal(Certain(LATE), only_true=True) == normal(LATE)
    assert normal(Not(Certain(LATE)), only_true=True) != normal(Not(LATE))


def test_a_param_that_a_layer_sets_is_changed_in_the_rules_below(tmp_path: Path, shipped: Policy) -> None:
    head = (
        "policy: ours\nversion: 1.0.0\nextends: fine-tuning-or-rag\n"
        "params: [{param: minimum_examples, value: 2000, because: x}]\n"
    )
    (tmp_path / "policy.yaml").write_text(head, encoding="utf-8")
    found = [(one.rule.id, one.change) for one in mutants_of(load_policy(tmp_path))]
    assert (
        "few-examples-rule-out-training",
        "`labelled_examples < params.minimum_examples` with 2001 for 2000",
    ) in found
    assert all("params.minimum_examples" in change for _, change in found)
    assert len(found) > 10


def test_unnoticed_mutants_come_with_a_test_that_notices_them(small: Policy) -> None:
    mutation = mutate(run_tests(small))
    assert mutation.count("unnoticed") == 6
    left = mutation.left[0]
    assert (left.mutant.change, left.outcome) == ("`train: 3` points for 2", "unnoticed")
    assert left.ready is not None
    assert left.ready.expect == {"final": "train", "scores": {"train": 2}}


def test_tests_that_fail_notice_nothing(small: Policy) -> None:
    ran = run_tests(small)
    failed = replace(ran, trials=tuple(replace(trial, holds=False) for trial in ran.trials))
    assert mutate(failed).count("noticed") == 0


def test_without_time_every_mutant_is_undecided(small: Policy) -> None:
    mutation = mutate(run_tests(small), limit=0)
    assert mutation.count("undecided") == len(mutation.tried) == 24
    assert mutation.score == 0


def test_more_mutants_than_are_tried_are_said(small: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.trials.mutation.MOST", 5)
    mutation = mutate(run_tests(small))
    assert (len(mutation.tried), mutation.capped) == (5, True)
