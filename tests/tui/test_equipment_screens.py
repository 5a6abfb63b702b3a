"""Pictures of what lies above the prompt or over the screen. New ones: run this file with --snapshot-update."""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from assistant.policy.syntax import Policy
from assistant.tui.app import WhysoApp
from assistant.tui.prompt import Prompt
from tests.tui.driving import answered, ask, chat, conclude, press

Act = Callable[[Pilot[None]], Awaitable[None]]


async def commands(pilot: Pilot[None]) -> None:
    await ask(pilot, "hurry")
    await press(pilot, *"/wh")


async def facts(pilot: Pilot[None]) -> None:
    await conclude(pilot)
    await press(pilot, *"/change ", "down")


async def search(pilot: Pilot[None]) -> None:
    await conclude(pilot)
    await press(pilot, "ctrl+f", *"train", "enter")


async def jump(pilot: Pilot[None]) -> None:
    await conclude(pilot)
    await press(pilot, "ctrl+o")


async def palette(pilot: Pilot[None]) -> None:
    await conclude(pilot)
    await press(pilot, "ctrl+p")
    await pilot.press(*"rule")
    await pilot.pause(0.4)


def still(act: Act) -> Act:
    """No cursor blinks while the picture is taken."""

    async def run(pilot: Pilot[None]) -> None:
        await answered(pilot)
        chat(pilot).query_one(Prompt).cursor_blink = False
        await act(pilot)
        for line in pilot.app.screen.query(Input):
            line.cursor_blink = False
        await pilot.pause()

    return run


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)], ids=["80x24", "120x40", "200x50"])
@pytest.mark.parametrize("act", [commands, facts, search, jump, palette])
def test_dark(way: Policy, snap_compare: Callable[..., bool], size: tuple[int, int], act: Act) -> None:
    assert snap_compare(WhysoApp(lambda: way, "reference"), terminal_size=size, run_before=still(act))


@pytest.mark.parametrize("theme", ["whyso-light", "whyso-contrast"])
@pytest.mark.parametrize("act", [commands, palette])
def test_other_themes(way: Policy, snap_compare: Callable[..., bool], theme: str, act: Act) -> None:
    app = WhysoApp(lambda: way, "reference")
    app.theme = theme
    assert snap_compare(app, terminal_size=(80, 24), run_before=still(act))
