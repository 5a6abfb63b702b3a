"""Coverage: what no test runs into, each gap with a test that closes it, or the proof that none does."""

from dataclasses import replace
from pathlib import Path

from assistant.policy.folder import installed
from assistant.policy.syntax import Example, Policy
from assistant.reasoning.loading import load_policy
from assistant.trials.coverage import Coverage, Gap, cover
from assistant.trials.running import Ran, run_tests

QUEUE = installed("rules").parent / "examples" / "queue-or-database"


def told(coverage: Coverage) -> list[tuple[str, str, str, bool]]:
    return [(gap.kind, gap.name, gap.text, gap.wanted) for gap in coverage.gaps]


def pasted(policy: Policy, gap: Gap) -> Policy:
    """The policy with the example that a gap offers."""
    assert gap.ready is not None
    rule = policy.by_id[gap.ready.rule]
    example = Example(gap.ready.answers, gap.ready.fires, rule.span)
    more = replace(rule, examples=(*rule.examples, example))
    return replace(policy, rules=tuple(more if one is rule else one for one in policy.rules))


def test_shipped_policy_sees_every_condition_both_ways(shipped_ran: Ran) -> None:
    coverage = cover(shipped_ran)
    assert [gap for gap in coverage.gaps if not gap.proved] == []
    assert {gap.name for gap in coverage.gaps} == {"open-criteria-come-first"}, "it asks whether a number is known"
    assert (coverage.covered("rule"), coverage.covered("option")) == (coverage.rules, coverage.options)
    assert coverage.share == 1


def test_another_subject_is_covered_too() -> None:
    assert cover(run_tests(load_policy(QUEUE))).gaps == ()


def test_every_gap_is_closed_by_the_test_that_it_offers(shipped: Policy) -> None:
    names = ("routing-comes-first", "demanding-answers-fit-a-parallel-hybrid", "retrieval-without-learning")
    bare = tuple(replace(rule, examples=()) if rule.id in names else rule for rule in shipped.rules)
    policy = replace(shipped, rules=bare, roots=())
    gaps = [gap for gap in cover(run_tests(policy)).gaps if gap.name in names]
    assert {gap.kind for gap in gaps} == {"rule", "condition"}
    for gap in gaps:
        left = cover(run_tests(pasted(policy, gap))).gaps
        assert (gap.name, gap.text, gap.wanted) not in [(one.name, one.text, one.wanted) for one in left]


def test_gaps_have_the_place_of_their_comparison(folder: Path) -> None:
    rule = (
        "- rule: over-the-hills\n"
        "  when: >-\n"
        "    distance > params.far\n"
        "    and hurry   < 3\n"
        "  then: {score: {train: 1}}\n"
        "  because: x\n"
        "  cites: [travel]\n"
        "  examples:\n"
        "    - {facts: {distance: 11, hurry: 2}, fires: true}\n"
        "    - {facts: {distance: 10, hurry: 2}, fires: false}\n"
    )
    (folder / "hills.yaml").write_text(rule, encoding="utf-8")
    coverage = cover(run_tests(load_policy(folder)))
    assert told(coverage) == [
        ("condition", "over-the-hills", "hurry < 3", False),
        ("option", "train", "", True),
        ("option", "both", "", True),
    ]
    hurry, train, both = coverage.gaps
    assert str(hurry.span) == "hills.yaml:4:9"
    assert hurry.ready is not None
    assert hurry.ready.text == "- {facts: {distance: 11, hurry: 3}, fires: false}"
    assert train.ready is not None
    assert train.ready.text == "case: to-be-named\nanswers: {distance: 11}\nexpect:\n  final: train"
    assert (both.ready, both.proved) == (None, True)


def test_a_comparison_with_what_is_unknown_is_neither_true_nor_false(folder: Path) -> None:
    text = (
        (folder / "rules.yaml").read_text(encoding="utf-8").replace("{distance: 10}, fires: false", "{}, fires: false")
    )
    (folder / "rules.yaml").write_text(text, encoding="utf-8")
    (folder / "cases" / "short-hop.yaml").write_text("answers: {}\nexpect: {final: bike}\n", encoding="utf-8")
    text = text.replace("    - {facts: {distance: 10}, fires: true}", "    - {facts: {}, fires: true}")
    (folder / "rules.yaml").write_text(text, encoding="utf-8")
    gaps = told(cover(run_tests(load_policy(folder))))
    assert gaps[0] == ("condition", "long-way", "distance > params.far", False)


def test_without_time_it_is_said_that_nothing_is_known(folder: Path) -> None:
    coverage = cover(run_tests(load_policy(folder)), limit=0)
    assert [(gap.name, gap.ready, gap.proved) for gap in coverage.gaps] == [
        ("train", None, False),
        ("both", None, False),
    ]
    assert 0.8 < coverage.share < 0.9
