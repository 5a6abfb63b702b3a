"""Searching the conversation: matches marked and counted, gone through, and the reader left where he is."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from assistant.tui.app import WhysoApp
from assistant.tui.search_line import SearchLine
from tests.tui.driving import answered, chat, conclude, press, say, typed


def count(pilot: Pilot[None]) -> str:
    line = chat(pilot).query_one(SearchLine)
    return str(line.query_one("#search-count", Static).content) if line.display else ""


def marked(pilot: Pilot[None]) -> list[str]:
    """The rows that are seen and hold the match that is shown, in reverse."""
    transcript = chat(pilot).query_one("#transcript")
    rows = []
    for y in range(transcript.region.y, transcript.region.bottom):
        for x in range(transcript.region.x, transcript.region.right):
            style = chat(pilot).get_style_at(x, y)
            if style.reverse and "match" in style.meta:
                rows.append(style.meta["match"])
    return [str(row) for row in dict.fromkeys(rows)]


async def test_matches_are_counted_and_gone_through_round_the_ends(app: WhysoApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await conclude(pilot)
        await press(pilot, "ctrl+f", *"TRAIN")
        first = count(pilot)
        total = int(first.split(" of ")[1])
        assert total > 3
        seen = [first]
        for _ in range(total - 1):
            await press(pilot, "enter")
            assert marked(pilot), "the match is in view"
            seen.append(count(pilot))
        assert sorted(seen, key=lambda text: int(text.split()[0])) == [f"{n} of {total}" for n in range(1, total + 1)]
        await press(pilot, "ctrl+g")
        assert count(pilot) == first
        await press(pilot, "shift+enter")
        assert count(pilot) == seen[-1]
        await press(pilot, "up", "down", "down")
        assert count(pilot) == first


async def test_nothing_found_and_nothing_looked_for(app: WhysoApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await conclude(pilot)
        await press(pilot, "ctrl+f", *"xyzzy")
        assert count(pilot) == "nothing found"
        await press(pilot, "enter", *["backspace"] * 5)
        assert count(pilot) == ""
        assert not marked(pilot)


@pytest.mark.parametrize("text", ["[1]", "(", "a.b", "\\", "ß", "  "])
async def test_what_is_looked_for_is_no_pattern(app: WhysoApp, text: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await conclude(pilot)
        await say(pilot, f"/find {text}")
        assert count(pilot) in ("nothing found", "") or " of " in count(pilot)
        assert (" of " in count(pilot)) is (text in ("[1]", "("))


async def test_escape_ends_it_and_the_reader_stays(app: WhysoApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await conclude(pilot)
        await say(pilot, "/help")
        transcript = chat(pilot).query_one("#transcript")
        await press(pilot, "ctrl+f", *"hello")
        where = transcript.scroll_offset.y
        assert where < transcript.max_scroll_y
        assert marked(pilot)
        await press(pilot, "escape")
        assert transcript.scroll_offset.y == where
        assert not marked(pilot)
        assert not chat(pilot).query_one(SearchLine).display
        await press(pilot, "x")
        assert typed(pilot) == "x"


async def test_matches_in_a_later_reply_are_counted_too(app: WhysoApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await answered(pilot)
        await press(pilot, "ctrl+f", *"undo")
        before = int(count(pilot).split(" of ")[1])
        chat(pilot).say("/help")
        await answered(pilot)
        await press(pilot, "enter")
        assert int(count(pilot).split(" of ")[1]) > before
