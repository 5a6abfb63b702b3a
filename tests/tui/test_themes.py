"""Contrast, measured on what is really painted; and everything told without colour."""

from collections.abc import Awaitable, Callable

import pytest
from textual.color import Color
from textual.pilot import Pilot

from assistant.policy.syntax import Policy
from assistant.tui.app import WhysoApp
from assistant.tui.themes import THEMES
from tests.tui.driving import answered, ask, chat, conclude, press, said, say

Act = Callable[[Pilot[None]], Awaitable[None]]


def painted(pilot: Pilot[None]) -> set[tuple[str, Color, Color]]:
    """Each text on the screen with its colour and the colour behind it; what only draws lines and bars is left out."""
    found = set()
    for strip in pilot.app.screen._compositor.render_strips(pilot.app.screen.size):
        for segment in strip:
            style = segment.style
            text = segment.text.strip("▁▂▃▄▅▆▇█▔▕│┃ ")
            if style is None or not any(map(str.isalnum, text)) or style.color is None or style.bgcolor is None:
                continue
            front, back = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
            if style.dim:
                front = back.blend(front, 0.5)
            found.add((text, back, front) if style.reverse else (text, front, back))
    return found


def contrast(one: Color, other: Color) -> float:
    """The ratio of luminances by WCAG 2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: Color) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


async def commands(pilot: Pilot[None]) -> None:
    await ask(pilot, "hurry")
    await press(pilot, *"/wh")


async def choices(pilot: Pilot[None]) -> None:
    await ask(pilot, "hurry")
    await say(pilot, "eleventy")
    await press(pilot, "down")


async def search(pilot: Pilot[None]) -> None:
    await conclude(pilot)
    await press(pilot, "ctrl+f", *"train", "enter")


async def source(pilot: Pilot[None]) -> None:
    await conclude(pilot)
    await press(pilot, "f2", "down")


async def source_page(pilot: Pilot[None]) -> None:
    await conclude(pilot)
    await press(pilot, "f2", "enter")


async def palette(pilot: Pilot[None]) -> None:
    await answered(pilot)
    await press(pilot, "ctrl+p")
    await pilot.pause(0.3)


async def too_small(pilot: Pilot[None]) -> None:
    await answered(pilot)
    await pilot.resize_terminal(20, 5)
    await pilot.pause()


@pytest.mark.parametrize("act", [choices, commands, search, source, source_page, too_small])
@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_contrast(way: Policy, theme: str, act: Act) -> None:
    """7:1 at least in the themes that are made for it, and 4.5:1 in the others, in every text that is painted."""
    app = WhysoApp(lambda: way, "reference")
    app.theme = theme
    async with app.run_test(size=(120, 40)) as pilot:
        await act(pilot)
        await pilot.pause()
        least = 7.0 if "contrast" in theme else 4.5
        shown = painted(pilot)
        assert len(shown) > 0
        faint = {
            (text, front.hex, back.hex, round(contrast(front, back), 2))
            for text, front, back in shown
            if contrast(front, back) < least
        }
        assert not faint


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_contrast_of_the_palette(way: Policy, theme: str) -> None:
    """Of its own rows, not of what lies dimmed under it."""
    app = WhysoApp(lambda: way, "reference")
    app.theme = theme
    async with app.run_test(size=(80, 24)) as pilot:
        await palette(pilot)
        rows = {text for text, *_ in painted(pilot)}
        own = [
            (text, front, back) for text, front, back in painted(pilot) if text.startswith(("/how", "/why", "how the"))
        ]
        assert len(own) >= 3, rows
        for text, front, back in own:
            assert contrast(front, back) >= (7.0 if "contrast" in theme else 4.5), text


async def test_without_colour_all_is_told(way: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = WhysoApp(lambda: way, "reference")
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, "hurry")
        await say(pilot, "eleventy")
        assert "! " in said(pilot), "what is wrong has a mark"
        await press(pilot, "down")
        highlighted = [(front, back) for text, front, back in painted(pilot) if "idle:" in text]
        others = [(front, back) for text, front, back in painted(pilot) if "calm:" in text]
        assert others
        assert highlighted != others, "what is highlighted can be told from what is not"
        grey = {color.rgb for _, *colors in painted(pilot) for color in colors}
        assert all(len(set(rgb)) == 1 for rgb in grey)
        await press(pilot, "escape")
        await press(pilot, "ctrl+f", *"hello")
        assert chat(pilot).query_one("#search").display
