"""Sources: to them, through them and back, by keyboard and by mouse, beside the conversation and in its place."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from assistant.tui.app import WhysoApp
from assistant.tui.document_view import DocumentView
from assistant.tui.outline import Outline
from assistant.tui.sources import PassageOutline, SourcesPanel
from tests.tui.driving import answered, chat, conclude, latest, press, say, typed

NARROW, NORMAL, WIDE = (80, 24), (120, 40), (200, 50)


def page(pilot: Pilot[None]) -> str:
    """The open passage's page with its title, or nothing."""
    view = chat(pilot).query_one(PassageOutline)
    title = str(chat(pilot).query_one("#sources-title", Static).content)
    return f"{title}\n{view.text}" if view.region else ""


def listed(pilot: Pilot[None]) -> str:
    return chat(pilot).query_one("#source-outline", Outline).text


def at_prompt(pilot: Pilot[None]) -> bool:
    return chat(pilot).focused is chat(pilot).query_one("#prompt")


async def test_to_a_passage_and_back_by_keyboard_in_place_of_the_conversation(app: WhysoApp) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await conclude(pilot)
        panel, talk = chat(pilot).query_one(SourcesPanel), chat(pilot).query_one("#talk")
        assert not panel.region
        await press(pilot, "f4")
        assert panel.size.width == 80
        assert not talk.region
        await press(pilot, "down", "down", "down", "enter")
        assert "Timetables and those who miss them" in page(pilot)
        assert "Whoever misses a train" in page(pilot)
        assert "hurry-favours-the-bicycle | fired" in page(pilot)
        await press(pilot, "backspace")
        assert not page(pilot)
        current = chat(pilot).query_one("#source-outline", Outline).current
        assert current is not None
        assert current.text == "[2] Timetables and those who miss them"
        await press(pilot, "escape")
        assert at_prompt(pilot)
        assert talk.region
        assert not panel.region


async def test_beside_the_conversation_where_there_is_room(app: WhysoApp) -> None:
    async with app.run_test(size=NORMAL) as pilot:
        await conclude(pilot)
        talk = chat(pilot).query_one("#talk")
        await press(pilot, "f4", "down", "down", "enter")
        assert "Rain makes riders wet." in page(pilot)
        assert talk.region
        await press(pilot, "escape")
        assert not page(pilot)
        await press(pilot, "escape")
        assert at_prompt(pilot)


async def test_its_key_goes_there_and_back(app: WhysoApp) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await conclude(pilot)
        await press(pilot, "f4", "down", "down", "enter", "f4")
        assert at_prompt(pilot)
        await press(pilot, "f4")
        assert isinstance(chat(pilot).focused, PassageOutline), "the page is still open"


async def test_every_passage_is_listed_before_anything_is_cited(app: WhysoApp) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await answered(pilot)
        await press(pilot, "f4")
        assert "Cited by what was said last" not in listed(pilot)
        await press(pilot, "down", "down", "right", "down", "enter")
        assert page(pilot).splitlines()[0].startswith("The way to work › ") or page(pilot)


async def test_left_and_right_turn_the_pages(app: WhysoApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await conclude(pilot)
        await press(pilot, "f4", "down", "down", "enter")
        ids = [passage.id for passage in chat(pilot).talk.conversation.policy.source.passages]
        panel = chat(pilot).query_one(SourcesPanel)
        at = ids.index(panel.passage or "")
        await press(pilot, "left")
        assert panel.passage == ids[max(at - 1, 0)]
        await press(pilot, *["right"] * (len(ids) + 2))
        assert panel.passage == ids[-1]


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
        await press(pilot, "f4")
        await pilot.click("#source-outline", offset=(8, 3))
        await answered(pilot)
        assert "Whoever misses a train" in page(pilot)


async def test_who_reads_stays_there_through_changes_of_size(app: WhysoApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await conclude(pilot)
        await press(pilot, "f4", "down", "down", "enter")
        for size in (NARROW, NORMAL, NARROW):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert page(pilot)
            assert isinstance(chat(pilot).focused, PassageOutline)
        await press(pilot, "escape", "escape")
        assert at_prompt(pilot)


async def test_typing_among_the_sources_goes_to_the_prompt(app: WhysoApp) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await conclude(pilot)
        await press(pilot, "f4", "slash")
        assert at_prompt(pilot)
        assert typed(pilot) == "/"


async def test_the_list_is_of_the_last_document_that_cites(app: WhysoApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await conclude(pilot)
        assert listed(pilot).startswith("Cited by what was said last (4)\n")
        await say(pilot, "/answers")
        assert listed(pilot).startswith("Cited by what was said last (4)\n")
        await say(pilot, "/change hurry", "/why")
        assert listed(pilot).startswith("Cited by what was said last (1)\n")
