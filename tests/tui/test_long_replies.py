"""Long replies come in pieces, the beginning first; long work tells how long it has been going on."""

from threading import Event

import pytest

from assistant.dialogue.conversation import Conversation, Reply
from assistant.explanation.document import Document, Paragraph, Style
from assistant.policy.syntax import Policy
from assistant.tui import notice as notice_module
from assistant.tui.app import WhysoApp
from assistant.tui.document_view import DocumentView
from assistant.tui.transcript import AT_ONCE, Transcript
from tests.tui.driving import answered, chat, latest, notice, press, say

MANY = 700


@pytest.fixture
def talkative(way: Policy, monkeypatch: pytest.MonkeyPatch) -> WhysoApp:
    """Replies to everything with hundreds of paragraphs."""

    def say_much(conversation: Conversation, text: str) -> Reply:
        lines = [Paragraph(Style.TEXT, f"Paragraph {number} of much.") for number in range(MANY)]
        return Reply(Document(tuple(lines)), conversation.question)

    monkeypatch.setattr(Conversation, "say", say_much)
    return WhysoApp(lambda: way, "reference")


async def test_the_beginning_is_there_before_the_end(talkative: WhysoApp, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    add = DocumentView.add

    def counted(view: DocumentView, blocks: list[object]) -> None:
        sizes.append(len(blocks))
        add(view, blocks)  # type: ignore[arg-type]

    monkeypatch.setattr(DocumentView, "add", counted)
    async with talkative.run_test(size=(80, 24)) as pilot:
        await answered(pilot)
        sizes.clear()
        await say(pilot, "x")
        while not chat(pilot).query_one(Transcript).all_there:
            await pilot.pause()
        assert sizes[0] == AT_ONCE
        assert sum(sizes) == MANY
        assert len(sizes) > 3
        lines = latest(pilot).split("\n")
        assert lines[1:] == [f"  Paragraph {number} of much." for number in range(MANY)]


async def test_the_reader_stays_where_he_reads_while_the_rest_comes(talkative: WhysoApp) -> None:
    async with talkative.run_test(size=(80, 24)) as pilot:
        await answered(pilot)
        await say(pilot, "x")
        transcript = chat(pilot).query_one(Transcript)
        assert transcript.children[-1].region.y == transcript.region.y, "its beginning is at the top"
        await press(pilot, "pagedown")
        where = transcript.scroll_offset.y
        while not transcript.all_there:
            await pilot.pause()
        await pilot.pause()
        assert transcript.scroll_offset.y == where


async def test_two_long_replies_stay_in_order(talkative: WhysoApp) -> None:
    async with talkative.run_test(size=(80, 24)) as pilot:
        await answered(pilot)
        chat(pilot).say("one")
        chat(pilot).say("two")
        await answered(pilot)
        transcript = chat(pilot).query_one(Transcript)
        while not transcript.all_there:
            await pilot.pause()
        first, second = transcript.views[-2:]
        assert first.text.startswith("› one\n")
        assert second.text.startswith("› two\n")
        assert first.text.count("\n") == second.text.count("\n") == MANY


async def test_long_work_tells_its_seconds(way: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    go, now = Event(), [100.0]
    say_as_ever = Conversation.say

    def slowly(conversation: Conversation, text: str) -> Reply:
        assert go.wait(10)
        return say_as_ever(conversation, text)

    monkeypatch.setattr(Conversation, "say", slowly)
    monkeypatch.setattr(notice_module, "monotonic", lambda: now[0])
    async with WhysoApp(lambda: way, "reference").run_test() as pilot:
        await answered(pilot)
        chat(pilot).say("/answers")
        await pilot.pause(0.5)
        assert notice(pilot) == "thinking … Escape stops it"
        now[0] += 7.4
        await pilot.pause(1.1)
        assert notice(pilot) == "thinking … 7 s; Escape stops it"
        go.set()
        await answered(pilot)
        assert notice(pilot) == ""
