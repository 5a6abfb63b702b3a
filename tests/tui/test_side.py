"""Beside the conversation: tabs, what belongs together, answers edited in place and tried out, costs scrubbed."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from assistant.explanation.kin import Topic
from assistant.policy.syntax import Policy
from assistant.tui.app import WhysoApp
from assistant.tui.costs import CostsView
from assistant.tui.editor import FactEditor
from assistant.tui.jump import LETTERS
from assistant.tui.outline import Outline
from assistant.tui.side import Side
from assistant.tui.sources import SourcesPanel
from assistant.tui.tabs import TabRow
from tests.tui.driving import answered, chat, conclude, latest, notice, press, say, told

NARROW, NORMAL, WIDE = (80, 24), (120, 40), (200, 50)
ALL_SIZES = pytest.mark.parametrize("size", [NARROW, NORMAL, WIDE], ids=["80x24", "120x40", "200x50"])


def outline(pilot: Pilot[None], tab: str) -> Outline:
    return chat(pilot).query_one(f"#{tab}-outline", Outline)


def card(pilot: Pilot[None]) -> str:
    return str(chat(pilot).query_one("#card", Static).content)


def kin(pilot: Pilot[None]) -> str:
    return str(chat(pilot).query_one("#kin", Static).content)


def asked_in_place(pilot: Pilot[None]) -> str:
    return str(chat(pilot).query_one("#editor-question", Static).content)


def kin_holds(view: Outline, topic: Topic) -> bool:
    return view._kin is not None and view._kin.holds(topic)


async def go_to(pilot: Pilot[None], tab: str, text: str) -> None:
    """Moves to the first entry that begins with a text, by keyboard."""
    view = outline(pilot, tab)
    for _ in range(view.option_count + 1):
        if view.current is not None and view.current.text.startswith(text):
            return
        await press(pilot, "down")
    raise AssertionError(f"{text!r} is not among\n{view.text}")


@ALL_SIZES
async def test_every_tab_is_reached_and_left_by_its_key(app: WhysoApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await conclude(pilot)
        for key, name in (("f2", "case-outline"), ("f3", "reasons-outline"), ("f4", "source-outline")):
            await press(pilot, key)
            focused = chat(pilot).focused
            assert focused is not None
            assert focused.id == name
            assert focused.region.height > 4
        for key, name in (("f5", "costs-outline"), ("f6", "alternatives-outline")):
            await press(pilot, key)
            assert chat(pilot).query_one(f"#{name}").region.height > 4
        await press(pilot, "f6")
        assert chat(pilot).focused is chat(pilot).query_one("#prompt")
        assert chat(pilot).query_one("#talk").region


async def test_the_card_tells_shares_points_and_what_carried_it(app: WhysoApp) -> None:
    async with app.run_test(size=NORMAL) as pilot:
        await answered(pilot)
        assert "so far" in card(pilot)
        await conclude(pilot)
        lines = card(pilot).splitlines()
        assert lines[0] == "◆ Folding bicycle"
        assert lines[3].startswith("Folding bicycle ")
        assert lines[3].endswith("100%")
        assert lines[1].endswith("out  3 points")
        assert "It rains, and nobody wants to arrive wet." in card(pilot)
        assert lines[-1] == "Settled: no open answer can change it"


async def test_the_case_tells_where_each_fact_comes_from(app: WhysoApp) -> None:
    async with app.run_test(size=NORMAL) as pilot:
        await answered(pilot)
        await say(pilot, "/change hurry late")
        await press(pilot, "f2")
        text = outline(pilot, "case").text
        assert "Told (1)\n  hurry: 9 of 10 | you said “late”" in text
        assert "Could still change the result" in text
        assert "choice: Bicycle | by otherwise-the-bicycle" in text or "by otherwise-the-bicycle" in text


@ALL_SIZES
async def test_a_fact_is_edited_where_it_stands(app: WhysoApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await conclude(pilot)
        await press(pilot, "f2")
        await go_to(pilot, "case", "distance")
        await press(pilot, "enter")
        editor = chat(pilot).query_one(FactEditor)
        assert editor.region
        assert editor.query_one(Input).has_focus
        assert editor.region.bottom <= size[1]
        await press(pilot, "4", "enter")
        assert told(pilot)["distance"] == 4
        assert not editor.region
        await go_to(pilot, "case", "hurry")
        await press(pilot, "enter", "down", "enter")
        assert told(pilot)["hurry"] != 9
        await press(pilot, "enter", "x", "escape")
        assert not editor.region
        assert told(pilot)["distance"] == 4


async def test_a_fact_is_left_open_with_delete(app: WhysoApp) -> None:
    async with app.run_test(size=NORMAL) as pilot:
        await conclude(pilot)
        await press(pilot, "f2")
        await go_to(pilot, "case", "distance")
        await press(pilot, "delete")
        assert "distance" not in told(pilot)
        await press(pilot, "ctrl+z")
        assert told(pilot)["distance"] == 12


async def test_whatever_is_pointed_at_shows_its_kin(app: WhysoApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await conclude(pilot)
        await press(pilot, "f3")
        await go_to(pilot, "reasons", "Shelter")
        assert "rain-asks-for-shelter" in kin(pilot)
        assert "when weather == 'wet'" in kin(pilot)
        assert "facts: " in kin(pilot)
        assert chat(pilot).query_one(SourcesPanel).passage == "travel.rain"
        await press(pilot, "f2")
        case = outline(pilot, "case")
        marked = [row.entry.text for row in case._rows if case._kin is not None and case._kin.holds(row.entry.topic)]
        assert any(text.startswith("weather") for text in marked)
        await go_to(pilot, "case", "weather")
        assert "rain-asks-for-shelter" in kin(pilot)


async def test_from_a_reason_to_its_source_and_from_there_to_the_reasons_of_a_rule(app: WhysoApp) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await conclude(pilot)
        await press(pilot, "f3")
        await go_to(pilot, "reasons", "Shelter")
        await press(pilot, "enter")
        assert chat(pilot).query_one(SourcesPanel).passage == "travel.rain"
        await go_to(pilot, "passage", "rain-asks-for-shelter")
        await press(pilot, "enter")
        assert chat(pilot).query_one(Side).tab == "reasons"
        current = outline(pilot, "reasons").current
        assert current is not None
        assert current.topic is not None
        assert current.topic.name == "rain-asks-for-shelter"


@ALL_SIZES
async def test_answers_are_tried_out_beside_the_real_case_and_kept(app: WhysoApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await conclude(pilot)
        before = told(pilot)
        await press(pilot, "f7")
        await go_to(pilot, "case", "weather")
        await press(pilot, "left")
        assert told(pilot) == before, "nothing is changed yet"
        assert card(pilot).startswith("◇ What if: Bicycle instead of Folding bicycle")
        assert "No longer fires (" in outline(pilot, "case").text
        assert "weather: mostly dry | supposed; you said mostly wet" in outline(pilot, "case").text
        await press(pilot, "f8")
        assert told(pilot) == {**before, "weather": "dry"}
        assert card(pilot).startswith("◆ Bicycle")
        assert "From now on: weather: mostly dry" in latest(pilot)
        await press(pilot, "ctrl+z")
        assert told(pilot) == before


async def test_what_was_tried_out_is_discarded(app: WhysoApp) -> None:
    async with app.run_test(size=NORMAL) as pilot:
        await conclude(pilot)
        before = told(pilot)
        await press(pilot, "f7")
        await go_to(pilot, "case", "hurry")
        await press(pilot, "left", "delete", "f7")
        assert told(pilot) == before
        assert notice(pilot) == "Discarded: nothing was changed."
        assert card(pilot).startswith("◆ Folding bicycle")


async def test_a_supposed_answer_is_typed_and_a_wrong_one_is_told(app: WhysoApp) -> None:
    async with app.run_test(size=NORMAL) as pilot:
        await conclude(pilot)
        await press(pilot, "f7")
        await go_to(pilot, "case", "hurry")
        await press(pilot, "enter", *"purple", "enter")
        assert "takes a whole number from 0 to 10" in asked_in_place(pilot)
        await press(pilot, *["backspace"] * 6, *"brisk", "enter")
        assert "hurry: 5 of 10 | supposed" in outline(pilot, "case").text


async def test_a_letter_leads_to_a_tab(app: WhysoApp) -> None:
    async with app.run_test(size=NORMAL) as pilot:
        await conclude(pilot)
        row = chat(pilot).query_one(TabRow)
        places = [offset for offset, _ in row.places()]
        letters = {target.at: letter for letter, target in zip(LETTERS, chat(pilot).jump_targets(), strict=False)}
        await press(pilot, "ctrl+o", letters[places[1]])
        assert chat(pilot).query_one(Side).tab == "reasons"
        assert outline(pilot, "reasons").has_focus


async def test_a_wrong_answer_is_told_where_it_is_typed(app: WhysoApp) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await conclude(pilot)
        await press(pilot, "f2")
        await go_to(pilot, "case", "distance")
        await press(pilot, "enter", "z", "z", "enter")
        assert "takes a whole number, 0 or more, not `zz`" in asked_in_place(pilot)
        assert told(pilot)["distance"] == 12
        await press(pilot, *["backspace"] * 2, "9", "enter")
        assert told(pilot)["distance"] == 9


@pytest.mark.parametrize("leaving", ["f5", "f7"])
async def test_the_editor_does_not_outlive_what_it_was_opened_for(app: WhysoApp, leaving: str) -> None:
    async with app.run_test(size=NORMAL) as pilot:
        await conclude(pilot)
        await press(pilot, "f7")
        await go_to(pilot, "case", "distance")
        await press(pilot, "enter", leaving)
        assert not chat(pilot).query_one(FactEditor).region
        await press(pilot, "7", "7", "enter")
        assert told(pilot)["distance"] == 12


async def test_notices_are_seen_while_a_tab_takes_the_conversations_place(app: WhysoApp) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await conclude(pilot)
        await press(pilot, "f7")
        await go_to(pilot, "case", "hurry")
        await press(pilot, "left", "f7")
        assert notice(pilot) == "Discarded: nothing was changed."
        assert chat(pilot).query_one("#notice").region


async def test_a_supposition_that_can_no_longer_be_is_given_up(app: WhysoApp) -> None:
    async with app.run_test(size=NORMAL) as pilot:
        await conclude(pilot)
        await press(pilot, "f7")
        chat(pilot).query_one(Side).start_supposing({"company": True})
        await press(pilot, "escape")
        chat(pilot).say("/set luggage=yes")
        await answered(pilot)
        assert told(pilot)["luggage"] is True
        assert not chat(pilot).query_one(Side).supposing
        assert card(pilot).startswith("◆ ")
        assert "supposed" not in outline(pilot, "case").text


async def test_a_flip_is_tried_out(app: WhysoApp) -> None:
    async with app.run_test(size=NORMAL) as pilot:
        await conclude(pilot)
        await press(pilot, "f6", "down", "down", "enter")
        assert chat(pilot).query_one(Side).tab == "case"
        assert card(pilot).startswith("◇ What if: ")
        assert "instead of Folding bicycle" in card(pilot)


async def test_costs_are_scrubbed_and_the_horizon_widened(shipped: Policy) -> None:
    app = WhysoApp(lambda: shipped, "reference")
    async with app.run_test(size=NORMAL) as pilot:
        await answered(pilot)
        await press(pilot, "f5")
        view = chat(pilot).query_one(CostsView)
        assert "month 12" in str(view.query_one("#costs-chart", Static).content)
        before = str(view.query_one("#costs-legend", Static).content)
        await press(pilot, "right", "right")
        assert view.month == 14
        assert "month 14" in str(view.query_one("#costs-chart", Static).content)
        assert str(view.query_one("#costs-legend", Static).content) != before
        await press(pilot, "plus")
        view.scrub(30)
        assert view.month == 36
        await press(pilot, "minus", "minus")
        assert view.month == 12


@ALL_SIZES
async def test_escape_leads_from_a_page_back_to_the_entry_that_led_there(app: WhysoApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await conclude(pilot)
        await press(pilot, "f3")
        await go_to(pilot, "reasons", "Shelter")
        await press(pilot, "enter")
        assert chat(pilot).query_one(SourcesPanel).passage == "travel.rain"
        assert chat(pilot).focused is chat(pilot).query_one("#passage-outline")
        await press(pilot, "right", "escape")
        assert chat(pilot).focused is outline(pilot, "reasons")
        entry = outline(pilot, "reasons").current
        assert entry is not None
        assert entry.text.startswith("Shelter")
        await press(pilot, "f4", "escape")
        assert chat(pilot).focused is chat(pilot).query_one("#source-outline")
        await press(pilot, "escape")
        assert chat(pilot).focused is chat(pilot).query_one("#prompt")


@ALL_SIZES
async def test_cost_items_have_kin_and_scroll_with_the_chart(app: WhysoApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await conclude(pilot)
        await press(pilot, "f5")
        await go_to(pilot, "costs", "The ticket: $60 to $120 a month")
        assert kin(pilot).startswith("a-ticket-is-paid (rules.yaml:86), fired\n")
        assert "facts: distance" in kin(pilot)
        view, items = chat(pilot).query_one(CostsView), outline(pilot, "costs")
        pointed = items.current
        await press(pilot, "end")
        last = items.virtual_region.bottom - view.scroll_offset.y
        assert last <= view.size.height
        await press(pilot, "home")
        assert view.scroll_offset.y == 0
        await go_to(pilot, "costs", "The ticket: $60 to $120 a month")
        await press(pilot, "right")
        assert items.current == pointed
        await press(pilot, "f2")
        await go_to(pilot, "case", "distance")
        await press(pilot, "f5")
        marked = [row.entry.part for row in items._rows if row.entry.topic and kin_holds(items, row.entry.topic)]
        assert set(marked) == {"The ticket"}


async def test_where_nothing_is_to_be_priced_it_says_so(app: WhysoApp) -> None:
    async with app.run_test(size=NORMAL) as pilot:
        await answered(pilot)
        await say(pilot, "/set luggage=yes distance=0")
        await press(pilot, "f5")
        assert "nothing to price for any option" in str(chat(pilot).query_one("#costs-chart", Static).content)
