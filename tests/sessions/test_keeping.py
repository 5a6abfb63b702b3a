"""What is said is kept exactly, and a conversation that is taken up again is the one that was left."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dialogue.state import State
from assistant.policy.syntax import Policy
from assistant.sessions.record import FactRecord, past_of
from tests.sessions.keeping import Sitting, left, store, talked, text

MESSAGES = st.sampled_from(
    [
        *("5", "500", "yes", "no", "1", "2", "not sure", "late", "30 min", "wet", "nonsense", "", "/undo", "/undo"),
        *("/change distance 900", "/change distance", "/change hurry about late", "/restart", "/more", "/why", "/quit"),
        *("/result", "/sources 1", "/how", "/change luggage yes", "what if distance=3?"),
    ]
)


@settings(max_examples=60)
@given(st.lists(MESSAGES, min_size=1, max_size=14), st.lists(MESSAGES, max_size=6))
def test_saved_and_loaded_are_equal_and_so_is_what_comes_after(
    small: Policy, nobody_s_data: Path, said: list[str], after: list[str]
) -> None:
    talking = talked(small, said).conversation
    past = past_of(left().turns)
    assert past.state == talking.state
    assert past.history == tuple(talking.history)
    assert past.sources == talking.sources
    resumed = Sitting(small, left())
    assert resumed.conversation.state == talking.state
    assert resumed.conversation.history == talking.history
    for message in after:
        assert resumed.say(message).document == talking.say(message).document
        assert resumed.conversation.question == talking.question
    assert past_of(left().turns).state == talking.state


def test_the_question_on_the_table_is_put_again(small: Policy, data: Path) -> None:
    talking = talked(small, ["/change distance 900", "/change weather"]).conversation
    resumed = Sitting(small, left())
    assert talking.question is not None
    assert talking.question.fact == "weather"
    assert resumed.beginning.question == talking.question


def test_the_whole_undo_history_survives(small: Policy, data: Path) -> None:
    talked(small, ["/change distance 900", "/change hurry 3", "/change distance 5"])
    once = Sitting(small, left())
    once.say("/undo")
    twice = Sitting(small, left())
    assert twice.conversation.state.answers == {"distance": 900, "hurry": 3}
    twice.say("/undo", "/undo")
    assert twice.conversation.state.answers == {}
    assert "There is nothing to undo." in text(Sitting(small, left()).say("/undo"))


def test_a_restart_can_still_be_undone_after_a_resume(small: Policy, data: Path) -> None:
    talked(small, ["/change distance 900", "/restart"])
    resumed = Sitting(small, left())
    assert resumed.conversation.state == State()
    resumed.say("/undo")
    assert resumed.conversation.state.answers == {"distance": 900}


TEXTS = [
    *("\x1b[2J\x1b]0;owned\x07", "a\x00b", "\u202eevil\u202c", "😀👩‍👩‍👧", "שלום עולם", "tab\there", "line\nbreak"),
    *("[bold]x[/bold]", "\ud800 half of a pair", "' OR 1=1; DROP TABLE turns; --", "x" * 3_000_000, "   "),
]


@pytest.mark.parametrize("said", TEXTS, ids=range(len(TEXTS)))
def test_any_text_is_kept_exactly(small: Policy, data: Path, said: str) -> None:
    talked(small, [said])
    store().rename(1, said[:100])
    assert left().turns[1].said == said
    assert left().summary.name == said[:100]
    assert left(said[:100]).summary.id == 1


def test_nothing_is_written_before_something_is_said(small: Policy, data: Path) -> None:
    sitting = Sitting(small)
    assert not data.exists()
    assert "whyso resume takes it up again" in text(sitting.beginning)
    sitting.say("5")
    assert [turn.said for turn in left().turns] == [None, "5"]


def test_files_and_folder_are_their_owner_s_only(small: Policy, data: Path) -> None:
    before = os.umask(0)
    try:
        talked(small, ["5"])
    finally:
        os.umask(before)
    assert data.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in data.iterdir()} == {0o600}


def test_facts_are_kept_with_where_they_are_from(small: Policy, data: Path) -> None:
    talked(small, ["/change hurry 45 min", "/change distance 900", "/change distance 5", "/undo"])
    facts = {fact.fact: fact for fact in left().facts}
    assert facts["hurry"] == FactRecord("hurry", 5, "told", "45 min", 1)
    assert facts["distance"] == FactRecord("distance", 900, "told", None, 2)
    assert facts["choice"] == FactRecord("choice", "train", "derived", rule="more-points-for-the-train")
    assert facts["hurried"].provenance == "assumed"


def test_each_turn_has_its_verdict(small: Policy, data: Path) -> None:
    talked(small, ["/change distance 900", "/change distance 5"])
    verdicts = [turn.verdict for turn in left().turns]
    assert [verdict.final for verdict in verdicts] == ["bike", "train", "bike"]
    assert "long-way" in verdicts[1].fired
    assert "long-way" not in verdicts[2].fired
    assert verdicts[1].scores["train"] == 2


def test_without_a_wish_to_save_a_resumed_conversation_stays_as_it_was(small: Policy, data: Path) -> None:
    from assistant.dialogue.conversation import Conversation
    from assistant.sessions.keeper import Keeper

    talked(small, ["/change distance 900"])
    before = left()
    conversation = Conversation(small, "reference")
    keeper = Keeper(None, before, writes=False)
    assert "saved" not in text(keeper.begin(conversation))
    keeper.saved(conversation, "/undo", conversation.say("/undo"))
    assert left() == before
