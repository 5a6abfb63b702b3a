"""Any size at any time: never a crash, and a word where there is too little room."""

import random

import pytest
from textual.widgets import Static

from assistant.tui.app import WhysoApp
from assistant.tui.too_small import TooSmall
from tests.tui.driving import answered, ask, chat, conclude, press, told, typed


@pytest.mark.parametrize("size", [(29, 24), (80, 7), (12, 5), (1, 1), (3, 40)])
async def test_too_small_says_so_and_loses_nothing(app: WhysoApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, "distance")
        await press(pilot, "1")
        await pilot.resize_terminal(*size)
        await pilot.pause()
        word = chat(pilot).query_one(TooSmall)
        assert word.region == chat(pilot).region
        assert str(word.content).startswith("Too small")
        await press(pilot, "2")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert not word.display
        assert typed(pilot) == "12"
        await press(pilot, "enter")
        assert told(pilot) == {"distance": 12}


async def test_what_is_needed_is_said_where_it_fits(app: WhysoApp) -> None:
    async with app.run_test(size=(29, 24)) as pilot:
        await answered(pilot)
        assert str(chat(pilot).query_one("#too-small", Static).content) == "Too small: 29 x 24.\nwhyso needs 30 x 8."


@pytest.mark.parametrize("seed", range(2))
async def test_wild_sizes_while_everything_is_used(app: WhysoApp, seed: int) -> None:
    dice = random.Random(seed)
    keys = ["/", "w", "tab", "down", "up", "enter", "escape", "ctrl+f", "r", "ctrl+g", "ctrl+o", "ctrl+p", "pageup"]
    keys += ["f2", "ctrl+y", "pagedown", "a", "backspace", "f1"]
    async with app.run_test(size=(80, 24)) as pilot:
        await conclude(pilot)
        for _ in range(9):
            await pilot.resize_terminal(dice.randint(1, 300), dice.randint(1, 100))
            await pilot.press(*dice.choices(keys, k=2))
        await pilot.resize_terminal(80, 24)
        await pilot.press("escape", "escape", "escape")
        await pilot.pause()
        await answered(pilot)
        assert app.is_running
        assert app.screen is chat(pilot)


@pytest.mark.parametrize("key", ["/", "ctrl+p", "ctrl+o", "ctrl+f", "f2"])
async def test_no_width_is_too_little_for_any_list(app: WhysoApp, key: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await conclude(pilot)
        await pilot.press(key, "down")
        await pilot.pause(0.1)
        for width in (*range(1, 9), 80):
            await pilot.resize_terminal(width, 30)
            await pilot.pause()
        assert app.is_running
