"""Taking a conversation up under a policy that has changed since."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.dialogue.admitting import LeftOut, admitted
from assistant.dialogue.state import State
from assistant.explanation.plain import lines_of
from assistant.policy.syntax import Policy
from assistant.reasoning.loading import load_policy
from tests.golden import assert_golden
from tests.sessions.keeping import Sitting, left, talked, text

Edit = Callable[[str, str, str], None]


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replaces a text in one of the files of the small policy, which is the working directory."""

    def edited(file: str, old: str, new: str) -> None:
        path = folder / file
        whole = path.read_text(encoding="utf-8")
        assert old in whole
        path.write_text(whole.replace(old, new), encoding="utf-8")

    return edited


def test_the_same_policy_says_nothing_of_changes(small: Policy, data: Path) -> None:
    talked(small, ["/change distance 12", "/change hurry 45 min"])
    resumed = Sitting(small, left())
    assert "policy has changed" not in text(resumed.beginning)
    assert_golden("resumed-same-policy.txt", lines_of(resumed.beginning.document, 80) + "\n")


def test_a_changed_param_tells_what_it_changes_and_why(small: Policy, data: Path, edit: Edit) -> None:
    talked(small, ["/change distance 12"])
    for old, new in (("11", "21"), ("10", "20")):
        edit("rules.yaml", f"{{facts: {{distance: {old}}}", f"{{facts: {{distance: {new}}}")
    edit("policy.yaml", "param: far, value: 10", "param: far, value: 20")
    changed = load_policy(Path())
    resumed = Sitting(changed, left())
    assert resumed.conversation.decision.inference.verdict.final == "bike"
    assert_golden("resumed-changed-param.txt", lines_of(resumed.beginning.document, 80) + "\n")


def test_a_rule_that_is_gone_and_one_that_is_new(small: Policy, data: Path, edit: Edit) -> None:
    talked(small, ["/change distance 12"])
    edit("rules.yaml", "rule: long-way", "rule: far-away")
    changed = load_policy(Path())
    lines = text(Sitting(changed, left()).beginning)
    assert "The recommendation is the same: Train." in lines
    assert "12 is a long way. (far-away, rules.yaml:1)" in lines.replace("12 kilometres", "12")
    assert "long-way: the policy has no such rule any more" in lines


def test_answers_that_no_longer_exist_are_told_and_left_out(small: Policy, data: Path, edit: Edit) -> None:
    talked(small, ["/change weather wet", "/change hurry 9", "/change luggage yes", "/change luggage no"])
    edit("vocabulary/facts.yaml", "{value: wet, label: wet}", "{value: snow, label: snow}")
    edit("vocabulary/facts.yaml", "fact: luggage", "fact: bags")
    changed = load_policy(Path())
    resumed = Sitting(changed, left())
    assert resumed.conversation.state.answers == {"hurry": 9}
    assert "weather, wet: `weather` takes one of `dry`, `snow`, not `wet`" in text(resumed.beginning)
    assert "luggage, no: the policy no longer asks for this" in text(resumed.beginning)
    assert all(set(state.answers) <= {"hurry"} for state in resumed.conversation.history)
    resumed.say("/change hurry 3", "/undo", "/undo", "/undo", "/undo", "/undo", "/undo")
    assert left().summary.policy.digest == changed.digest


def test_answers_that_now_contradict_each_other_are_left_out(small: Policy, edit: Edit) -> None:
    rule = (
        "- rule: no-rush-in-the-rain\n  when: weather == 'wet' and hurry > 8\n  then:\n"
        "    impossible: nobody hurries in the rain\n  because: The roads are wet.\n  cites: [travel]\n"
        "  examples:\n    - {facts: {weather: wet, hurry: 9}, fires: true}\n"
        "    - {facts: {weather: wet, hurry: 8}, fires: false}\n- rule: long-way"
    )
    edit("rules.yaml", "- rule: long-way", rule)
    changed = load_policy(Path())
    state, gone = admitted(changed, State({"weather": "wet", "hurry": 9, "distance": 5}, {"hurry": "late"}))
    assert state == State({"distance": 5}, {"hurry": "late"}, aside={"weather": "wet", "hurry": 9})
    why = "the policy now rules out these answers together"
    assert gone == (LeftOut("weather", "wet", why), LeftOut("hurry", 9, why))
    kept = State({"weather": "wet", "distance": 5}, {}, ("luggage",), "hurry", refine=True)
    assert admitted(changed, kept) == (kept, ())


def test_a_question_asked_again_that_is_gone_is_not_put(small: Policy, data: Path, edit: Edit) -> None:
    talked(small, ["not sure", "/change luggage not sure", "/change luggage"])
    edit("vocabulary/facts.yaml", "fact: luggage", "fact: bags")
    changed = load_policy(Path())
    resumed = Sitting(changed, left())
    assert resumed.conversation.question is not None
    assert resumed.conversation.question.fact != "luggage"
    assert "luggage" not in resumed.conversation.state.skipped


def test_another_policy_altogether(small: Policy, shipped: Policy, data: Path) -> None:
    talked(small, ["/change distance 12"])
    resumed = Sitting(shipped, left())
    assert resumed.conversation.state.answers == {}
    assert "distance, 12: the policy no longer asks for this" in text(resumed.beginning)


def test_each_turn_knows_the_policy_it_was_said_under(small: Policy, data: Path, edit: Edit) -> None:
    sitting = Sitting(small)
    edit("vocabulary/facts.yaml", "How far is it?", "How many kilometres?")
    first = load_policy(Path())
    sitting.adopt(first)
    assert not data.exists(), "nothing has been said so far"
    sitting.say("/change distance 12", "/change luggage no")
    edit("vocabulary/facts.yaml", "fact: luggage", "fact: bags")
    second = load_policy(Path())
    sitting.adopt(second)
    sitting.adopt(second)
    sitting.say("/undo")
    saved = left()
    assert [(turn.said, turn.policy) for turn in saved.turns] == [
        (None, small.digest),
        (None, first.digest),
        ("/change distance 12", first.digest),
        ("/change luggage no", first.digest),
        (None, second.digest),
        ("/undo", second.digest),
    ]
    assert saved.summary.policy.digest == second.digest
    assert saved.turns[4].reply.paragraphs[0].text == "The edited policy is in force from here"
    assert saved.turns[4].state.answers == {"distance": 12}
    resumed = Sitting(second, saved)
    assert "policy has changed" not in text(resumed.beginning)
    assert resumed.conversation.state == sitting.conversation.state
    assert resumed.conversation.history == sitting.conversation.history
