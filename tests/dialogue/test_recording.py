"""`/report`: the record of a conversation while it is held."""

import os
from pathlib import Path

import pytest

from assistant.dialogue.conversation import Conversation
from assistant.dialogue.saving import Unsaved
from assistant.explanation.plain import lines_of
from assistant.policy.syntax import Policy
from assistant.reports.handing_over import Recorded
from assistant.reports.verifying import Outcome, verify
from assistant.sessions.keeper import Keeper
from tests.reports.records import layer
from tests.sessions.keeping import clock


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def begun(policy: Policy, saving: Recorded | None = None) -> Conversation:
    conversation = Conversation(policy, "reference")
    (saving or Recorded(Unsaved())).begin(conversation)
    return conversation


def say(conversation: Conversation, text: str) -> str:
    return lines_of(conversation.say(text).document, 1_000)


def test_each_format_under_a_name_that_is_free(small: Policy, here: Path) -> None:
    conversation = begun(small)
    say(conversation, "12")
    assert say(conversation, "/report") == "The record is saved as whyso-record.md. whyso verify checks it at any time."
    for said in ("/report md", "/report adr", "/report html", "/report JSON"):
        say(conversation, said)
    assert sorted(os.listdir(here)) == [
        "whyso-record-2.md",
        "whyso-record-adr.md",
        "whyso-record.html",
        "whyso-record.json",
        "whyso-record.md",
    ]
    for name in os.listdir(here):
        assert verify((here / name).read_bytes(), name, small, "reference").outcome is Outcome.REPRODUCED


def test_a_name_of_one_s_own(small: Policy, here: Path) -> None:
    conversation = begun(small)
    say(conversation, "12")
    say(conversation, "/report ours.html")
    say(conversation, "/report adr the decision.txt")
    assert (here / "ours.html").read_bytes().startswith(b"<!doctype html>")
    assert (here / "the decision.txt").read_bytes().startswith(b'---\nstatus: "proposed"')


def test_nothing_is_overwritten(small: Policy, here: Path) -> None:
    (here / "mine.md").write_text("mine", encoding="utf-8")
    conversation = begun(small)
    say(conversation, "12")
    assert say(conversation, "/report mine.md") == "There is a file `mine.md` already.\nName another one."
    assert (here / "mine.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/report pdf", "There is no format `pdf`\nSay md, html, json or adr, and a file if you like."),
        ("/report md no/such/x.md", "Cannot write `no/such/x.md`: there is no such folder.\nMake it first."),
    ],
)
def test_what_cannot_be(said: str, answer: str, small: Policy, here: Path) -> None:
    conversation = begun(small)
    say(conversation, "12")
    assert say(conversation, said) == answer
    assert os.listdir(here) == []


def test_nothing_to_record(small: Policy, here: Path) -> None:
    assert say(begun(small), "/report") == "You have told me nothing yet, so there is nothing to write a record of."
    assert os.listdir(here) == []


def test_where_nobody_can_write_records(small: Policy) -> None:
    conversation = Conversation(small, "reference")
    conversation.open()
    assert "No record can be written here" in say(conversation, "/report")


def test_a_kept_conversation_has_its_number_turns_and_times(small: Policy, data: Path, here: Path) -> None:
    saving = Recorded(Keeper(clock=clock()))
    conversation = begun(small, saving)
    saving.saved(conversation, "12", conversation.say("12"))
    say(conversation, "/report")
    text = (here / "whyso-record.md").read_text(encoding="utf-8")
    assert "From conversation 1, begun `2026-01-02T03:00:00Z`, last said `2026-01-02T03:01:00Z`." in text
    assert "| distance | 12 kilometres | answered, turn 1 |" in text


def test_a_template_with_a_mistake_is_told(tmp_path: Path, here: Path) -> None:
    policy = layer(tmp_path / "acme", {"templates/report.md.j2": "{{ oops }}"})
    conversation = begun(policy)
    say(conversation, "12")
    assert "report.md.j2:1:1: `oops` is undefined; the built-in template is used instead" in say(
        conversation, "/report"
    )
    assert (here / "whyso-record.md").exists()
