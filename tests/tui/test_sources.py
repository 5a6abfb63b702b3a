"""Sources: to them, through them and back, by keyboard and by mouse, beside the conversation and in its place."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from assistant.tui.app import WhysoApp
from assistant.tui.document_view import DocumentView
from assistant.tui.sources import PassagePage, SourceList, SourcesPanel
from tests.tui.driving import answered, chat, conclude, latest, notice, press, say, typed

NARROW, NORMAL, WIDE = (80, 24), (120, 40), (200, 50)


def page(pilot: Pilot[None]) -> str:
    """The open passage's page, or nothing."""
    view = chat(pilot).query_one("#passage-page", DocumentView)
    return view.text if view.region else ""


def at_prompt(pilot: Pilot[None]) -> bool:
    return chat(pilot).focused is chat(pilot).query_one("#prompt")


async def test_to_a_passage_and_back_by_keyboard_in_place_of_the_conversation(app: WhysoApp) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await conclude(pilot)
        panel, talk = chat(pilot).query_one(SourcesPanel), chat(pilot).query_one("#talk")
        assert not panel.region
        await press(pilot, "f2")
        assert panel.size.width == 80
        assert not talk.region
        await press(pilot, "down", "enter")
        assert "Timetables and those who miss them" in page(pilot)
        assert "Whoever misses a train" in page(pilot)
        assert "hurry-favours-the-bicycle" in page(pilot)
        await press(pilot, "backspace")
        assert not page(pilot)
        assert isinstance(chat(pilot).focused, SourceList)
        assert chat(pilot).query_one(SourceList).highlighted == 1
        await press(pilot, "escape")
        assert at_prompt(pilot)
        assert talk.region
        assert not panel.region


async def test_beside_the_conversation_where_there_is_room(app: WhysoApp) -> None:
    async with app.run_test(size=NORMAL) as pilot:
        await conclude(pilot)
        talk = chat(pilot).query_one("#talk")
        await press(pilot, "f2", "enter")
        assert "Rain makes riders wet." in page(pilot)
        assert talk.region
        await press(pilot, "escape")
        assert not page(pilot)
        await press(pilot, "escape")
        assert at_prompt(pilot)


async def test_f2_goes_there_and_back(app: WhysoApp) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await conclude(pilot)
        await press(pilot, "f2", "enter", "f2")
        assert at_prompt(pilot)
        await press(pilot, "f2")
        assert isinstance(chat(pilot).focused, PassagePage), "the page is still open"


async def test_nothing_cited_yet(app: WhysoApp) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await answered(pilot)
        await press(pilot, "f2")
        assert at_prompt(pilot)
        assert "cites a source" in notice(pilot)


@pytest.mark.parametrize("size", [NARROW, NORMAL])
async def test_a_number_said_opens_its_passage(app: WhysoApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await conclude(pilot)
        await say(pilot, "/sources 2")
        assert "Whoever misses a train" in page(pilot)
        assert "Whoever misses a train" not in latest(pilot), "the page is shown once"
        assert "Opened among the sources" in latest(pilot)
        assert at_prompt(pilot) is (size == NORMAL)
        await press(pilot, "escape", "escape")
        assert at_prompt(pilot)


async def test_a_click_on_a_number_opens_that_passage_and_on_the_text_the_first(app: WhysoApp) -> None:
    async with app.run_test(size=NORMAL) as pilot:
        await conclude(pilot)
        transcript = chat(pilot).query_one("#transcript")
        view = transcript.children[-1]
        assert isinstance(view, DocumentView)
        lines = view.render().plain.split("\n")
        row = next(number for number, line in enumerate(lines) if "It rains" in line)
        await pilot.click(view, offset=(6, row))
        await answered(pilot)
        assert "Rain makes riders wet." in page(pilot)
        assert at_prompt(pilot)
        row = next(number for number, line in enumerate(lines) if "[4]" in line)
        await pilot.click(view, offset=(lines[row].index("[4]") + 1, row))
        await answered(pilot)
        assert "There are bicycles and there are trains." in page(pilot)
        await pilot.click(view, offset=(4, 0))
        assert "There are bicycles" in page(pilot), "what cites nothing opens nothing"


async def test_a_click_on_a_source_opens_it(app: WhysoApp) -> None:
    async with app.run_test(size=NORMAL) as pilot:
        await conclude(pilot)
        await pilot.click("#source-list", offset=(8, 3))
        await answered(pilot)
        assert "Whoever misses a train" in page(pilot)


async def test_who_reads_stays_there_through_changes_of_size(app: WhysoApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await conclude(pilot)
        await press(pilot, "f2", "enter")
        for size in (NARROW, NORMAL, NARROW):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert page(pilot)
            assert isinstance(chat(pilot).focused, PassagePage)
        await press(pilot, "escape", "escape")
        assert at_prompt(pilot)


async def test_typing_among_the_sources_goes_to_the_prompt(app: WhysoApp) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await conclude(pilot)
        await press(pilot, "f2", "slash")
        assert at_prompt(pilot)
        assert typed(pilot) == "/"


async def test_the_list_is_of_the_last_document_that_cites(app: WhysoApp) -> None:
    async with app.run_test(size=NORMAL) as pilot:
        await conclude(pilot)
        sources = chat(pilot).query_one(SourceList)
        assert sources.option_count == 4
        await say(pilot, "/answers")
        assert sources.option_count == 4
        await say(pilot, "/change hurry", "/why")
        assert sources.option_count == 1
        assert str(chat(pilot).query_one("#sources-title", Static).content) == "Sources"
