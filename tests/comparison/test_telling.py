"""A comparison in words: edits of every kind, whose recommendation moves, what else differs, and single cases."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.comparison.comparing import Comparison, compare
from assistant.comparison.document import comparison_document, edit_for_case, headline
from assistant.comparison.edits import edits_of
from assistant.comparison.sameness import effects, named_in_advice
from assistant.comparison.things import Place
from assistant.explanation.plain import lines_of
from assistant.policy.compiler import compile_policy
from assistant.policy.syntax import Advise, Policy
from assistant.reasoning.pairs import Pair
from assistant.reports.markdown import markdown_document
from tests.golden import assert_golden
from tests.rejected import BASE

Edit = Callable[[str, str, str], None]
RAIN = """
- rule: rain-asks-for-shelter
  when: weather == wet
  then: {require: shelter}
  because: It rains.
  cites: [travel.rain]
  examples: [{facts: {weather: wet}, fires: true}, {facts: {weather: dry}, fires: false}]
- rule: company-is-slower
  when: company
  then: {advise: [{kind: step, text: Leave early.}]}
  because: Together one is slower.
  cites: [travel]
  examples: [{facts: {company: true}, fires: true}, {facts: {company: false}, fires: false}]
"""
COMPANY = """
- fact: company
  type: flag
  phrases: {"yes": you travel together, "no": you travel alone}
  label: company
  question: Do you travel alone?
  help: Others are slower.
  basis: house
  because: The handbook forgets company.
  recognised: {needed: [together, with friends]}
"""


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replaces a text in one of the files of the small policy, which is the working directory."""

    def edited(file: str, old: str, new: str) -> None:
        path = folder / file
        whole = path.read_text(encoding="utf-8")
        assert old in whole, f"{file} has no {old!r}"
        path.write_text(whole.replace(old, new, 1), encoding="utf-8")

    return edited


def policy_in(folder: Path = Path()) -> Policy:
    found = compile_policy(folder)
    assert found.findings == ()
    assert found.policy is not None
    return found.policy


def compared(before: Policy, after: Policy) -> Comparison:
    return compare(before, after, 20)


def told(found: Comparison) -> str:
    return lines_of(comparison_document(found, "HEAD:rules", "rules"), 80) + "\n"


def test_edits_of_every_kind(small: Policy, edit: Edit) -> None:
    edit("policy.yaml", "version: 1.0.0", "version: 1.1.0")
    edit("policy.yaml", "label: Bike and train", "label: Both")
    edit("policy.yaml", "value: 10,", "value: 8,")
    edit("rules.yaml", "score: {train: 2}", "score: {train: 3}")
    edit("rules.yaml", "{{ distance }} is a long way.", "{{ distance }} is far.")
    edit("rules.yaml", "- rule: more-points", f"{RAIN.strip()}\n- rule: more-points")
    edit("vocabulary/facts.yaml", "question: How is the weather?", "question: What is the weather like?")
    edit("vocabulary/facts.yaml", "{value: wet, label: wet}", "{value: wet, label: wet}, {value: snow, label: snow}")
    edit("vocabulary/facts.yaml", "- fact: choice", f"{COMPANY.strip()}\n- fact: choice")
    luggage = (BASE / "vocabulary" / "facts.yaml").read_text(encoding="utf-8").partition("- fact: luggage")[2]
    edit("vocabulary/facts.yaml", "- fact: luggage" + luggage.partition("- fact:")[0], "")
    edit("cases/short-hop.yaml", "{distance: 3}", "{distance: 9}")
    edit("knowledge/handbook/travel.yaml", "Rain makes riders wet.", "Rain makes riders very wet.")
    edit("knowledge/handbook/travel.yaml", "low: 3, high: 9", "low: 4, high: 9")
    found = compared(small, policy_in())
    assert found.differs
    assert_golden("diff-small.txt", told(found))
    assert_golden("diff-small.md", markdown_document(comparison_document(found, "HEAD:rules", "rules")) + "\n")


def test_wording_alone_is_no_difference(small: Policy, edit: Edit) -> None:
    edit("rules.yaml", "The train has more points.", "More points speak for the train.")
    edit("vocabulary/facts.yaml", "label: hurry", "label: haste")
    edit("policy.yaml", "title: Bike or train", "title: By bike or by train")
    found = compared(small, policy_in())
    assert not found.differs
    assert headline(found) == "Proved: the same answers give the same result in everything"
    assert {(one.kind, one.id) for one in found.edits} == {
        ("policy", "policy"),
        ("rule", "more-points-for-the-train"),
        ("fact", "hurry"),
    }


def test_same_condition_written_otherwise_is_proved_the_same(small: Policy, edit: Edit) -> None:
    edit("rules.yaml", "when: distance > params.far", "when: not distance <= 10")
    edit("rules.yaml", "scores.train <= scores.bike", "not scores.train > scores.bike")
    found = compared(small, policy_in())
    assert found.proven
    assert not found.differs
    assert [one.id for one in found.edits] == ["long-way", "otherwise-the-bike"]


def test_the_same_policy_says_the_same(small: Policy) -> None:
    found = compared(small, policy_in(BASE))
    assert (found.edits, found.differs, headline(found)) == ((), False, "The two policies say the same")


def test_advice_that_a_param_fills_in_differs_with_it(small: Policy, edit: Edit) -> None:
    advise = '- rule: advice\n  when: hurry > 5\n  then: {advise: [{kind: step, text: "{{ params.far }} is far."}]}\n'
    examples = "examples: [{facts: {hurry: 6}, fires: true}, {facts: {hurry: 5}, fires: false}]"
    edit("rules.yaml", "- rule: more", f"{advise}  because: x\n  cites: [travel]\n  {examples}\n- rule: more")
    before = policy_in()
    edit("policy.yaml", "value: 10,", "value: 11,")
    edit("rules.yaml", "when: distance > params.far", "when: distance > 10")
    found = compared(before, policy_in())
    assert not found.moves.ways
    assert [(one.kind, one.subject, one.case.after) for one in found.effects.found] == [
        ("otherwise", "advice", {"hurry": 6})
    ]


def test_rule_switched_off_by_a_layer(
    small: Policy, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer = tmp_path / "layer"
    shutil.copytree(folder, layer / "bike-or-train")
    head = "policy: mine\nversion: 2.0.0\nextends: bike-or-train\ndisable: [long-way]\n"
    (layer / "policy.yaml").write_text(head, encoding="utf-8")
    monkeypatch.chdir(layer)
    found = compared(small, policy_in())
    (off,) = (one for one in found.edits if one.kind == "rule")
    assert (off.change, off.after) == ("switched off", Place("policy.yaml:4", "mine"))
    assert "rule long-way switched off (rules.yaml:1 → policy.yaml:4 in mine)" in told(found)
    assert "long-way no longer fires (switched off at policy.yaml:4 in mine)" in " ".join(told(found).split())


def test_fact_of_another_type_counts_as_two(small: Policy, edit: Edit) -> None:
    edit("vocabulary/facts.yaml", "type: count\n  unit: kilometres", "type: scale\n  range: [0, 30]")
    found = compared(small, policy_in())
    assert (found.pair.alone("before"), found.pair.alone("after")) == (("distance",), ("distance",))
    assert found.differs
    assert not found.examples
    assert not found.cases
    assert "Bike becomes Train: 32.3%. For example: distance: 11 of 30 (asked only after)" in " ".join(
        told(found).split()
    )


def test_answers_that_only_one_side_takes_are_said(small: Policy, edit: Edit) -> None:
    edit("vocabulary/facts.yaml", "{value: dry, label: dry}, {value: wet", "{value: fine, label: fine}, {value: wet")
    found = compared(small, policy_in())
    lines = told(found)
    assert "weather: dry can be answered only before." in lines
    assert "weather: fine can be answered only after." in lines


def test_what_an_edit_changes_for_one_case(small: Policy, edit: Edit) -> None:
    edit("policy.yaml", "value: 10,", "value: 8,")
    changed = policy_in()
    assert lines_of(edit_for_case(small, changed, {"distance": 9}), 80) == (
        "The recommendation changes: Bike becomes Train\n"
        "Train: 2 points instead of 0\n"
        "- long-way fires now (far is 8 instead of 10)\n"
        "- 2 other rules follow from that"
    )
    nothing = "The edit changes nothing for these answers."
    assert lines_of(edit_for_case(small, changed, {"distance": 11}), 80) == nothing
    assert lines_of(edit_for_case(small, small, {}), 80) == nothing


def test_answer_that_is_no_longer_taken(small: Policy, edit: Edit) -> None:
    edit("vocabulary/facts.yaml", "type: count\n  unit: kilometres", "type: scale\n  range: [0, 30]")
    assert "distance is left out: `distance` takes" in lines_of(
        edit_for_case(small, policy_in(), {"distance": 300}), 200
    )


def test_edits_are_the_same_the_other_way_round(small: Policy, edit: Edit) -> None:
    edit("rules.yaml", "- rule: more-points", f"{RAIN.partition('- rule: company')[0].strip()}\n- rule: more-points")
    changed = policy_in()
    there, back = edits_of(Pair(small, changed), {}, {}), edits_of(Pair(changed, small), {}, {})
    assert [(one.id, one.change) for one in there] == [("rain-asks-for-shelter", "added")]
    assert [(one.id, one.change) for one in back] == [("rain-asks-for-shelter", "removed")]


TIER = """
- fact: tier
  type: choice
  derived: true
  default: low
  options: [{value: low, label: low}, {value: high, label: high}]
  label: tier
  basis: house
  because: Tiers are ours.
"""
TIERS = """
- rule: tier-low
  when: LOW
  then: {conclude: {tier: low}}
  because: Near.
  cites: [travel]
  examples: [{facts: {distance: 0}, fires: true}, {facts: {distance: 9}, fires: false}]
- rule: tier-high
  when: HIGH
  then: {conclude: {tier: high}}
  because: Far.
  cites: [travel]
  examples: [{facts: {distance: 9}, fires: true}, {facts: {distance: 0}, fires: false}]
"""


def test_conclusions_that_contradict_after_are_no_same_result(edit: Edit) -> None:
    edit("vocabulary/facts.yaml", "- fact: choice", f"{TIER.strip()}\n- fact: choice")
    edit("rules.yaml", "- rule: more-points", f"{TIERS.strip()}\n- rule: more-points")
    edit("rules.yaml", "LOW", "distance < 2")
    edit("rules.yaml", "HIGH", "distance >= 2")
    before = policy_in()
    edit("rules.yaml", "distance < 2", "distance <= 1 and distance >= 0")
    edit("rules.yaml", "distance >= 2", "distance >= 1")
    found = compared(before, policy_in())
    assert found.differs
    assert {way.after for way in found.moves.ways} == {"(refused)"}
    assert [way.case.after for way in found.moves.ways] == [{"distance": 1}]


def test_another_fact_that_chooses_is_a_difference(small: Policy) -> None:
    other = replace(small, verdict=replace(small.verdict, chosen="first"))
    assert "the fact that chooses" in compared(small, other).make_up


def test_order_of_advice_and_figures_in_either_quotes_are_effects(small: Policy, edit: Edit) -> None:
    advise = "- rule: advice\n  when: hurry > 5\n  then: {advise: [{kind: step, text: 'TEXT'}]}\n"
    examples = "examples: [{facts: {hurry: 6}, fires: true}, {facts: {hurry: 5}, fires: false}]"
    edit("rules.yaml", "- rule: more", f"{advise}  because: x\n  cites: [travel]\n  {examples}\n- rule: more")
    edit("rules.yaml", "TEXT", '{{ "FIGURE" | figure }} is far. {{ first }}')
    edit("rules.yaml", "FIGURE", figure_of(small))
    before = policy_in()
    (advice,) = (one for one in before.by_id["advice"].then if isinstance(one, Advise))
    assert named_in_advice(before) == {"first"}
    assert str(before.figure(figure_of(small))) in str(effects(before, before.by_id["advice"]))
    other = replace(before.by_id["advice"], then=(replace(advice, order=7),))
    assert effects(before, other) != effects(before, before.by_id["advice"])


def figure_of(policy: Policy) -> str:
    """The address of the first figure."""
    passage, figure = next((p, f) for p in policy.source.passages for c in p.claims for f in c.figures)
    return f"{passage.id}/{figure.name}"


def test_cases_of_one_name_are_all_tried_and_under_earlier_answers_too(folder: Path, edit: Edit) -> None:
    first = folder / "cases" / "short-hop.yaml"
    text = first.read_text(encoding="utf-8")
    named = text if text.startswith("case:") or "\ncase:" in text else f"case: hop\n{text}"
    first.write_text(named, encoding="utf-8")
    (folder / "cases" / "zz.yaml").write_text(named.replace("{distance: 3}", "{distance: 9}"), encoding="utf-8")
    kept = folder.parent / "kept"
    shutil.copytree(folder, kept)
    before = policy_in(kept)
    edit("policy.yaml", "value: 10,", "value: 8,")
    edit("cases/zz.yaml", "{distance: 9}", "{distance: 2}")
    found = compared(before, policy_in())
    assert found.cases_looked_at == 3
    (moved,) = found.cases
    assert (moved.side, moved.place.at.partition(":")[0]) == ("before", "cases/zz.yaml")
    assert len([one for one in found.edits if one.kind == "case"]) == 1


def test_house_rule_gives_its_grounds_under_their_names(small: Policy, edit: Edit) -> None:
    house = RAIN.partition("- rule: company")[0].strip()
    house = house.replace("  cites: [travel.rain]", "  basis: house\n  reason: Our bikes have no roof.")
    edit("rules.yaml", "- rule: more-points", f"{house}\n- rule: more-points")
    lines = [line.strip() for line in told(compared(small, policy_in())).splitlines()]
    assert "because: It rains." in lines
    assert "reason: Our bikes have no roof." in lines
