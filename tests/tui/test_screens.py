"""Pictures of the screens at the three sizes. To accept new ones: `pytest tests/tui/test_screens.py --snapshot-update`.

They show a small policy of their own, so that only the interface, and what the conversation says, can change them.
"""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from assistant.policy.syntax import Policy
from assistant.tui.app import WhysoApp
from tests.tui.driving import answered, ask, chat, conclude, press

Act = Callable[[Pilot[None]], Awaitable[None]]


async def greeting(pilot: Pilot[None]) -> None:
    await answered(pilot)


async def anchors(pilot: Pilot[None]) -> None:
    await ask(pilot, "hurry")
    await press(pilot, "down", "down")


async def conclusion(pilot: Pilot[None]) -> None:
    await conclude(pilot)


async def source(pilot: Pilot[None]) -> None:
    await conclude(pilot)
    await press(pilot, "f4", "down", "down", "enter")


async def case(pilot: Pilot[None]) -> None:
    await conclude(pilot)
    await press(pilot, "f2", "down", "down", "down")


async def editing(pilot: Pilot[None]) -> None:
    await conclude(pilot)
    await press(pilot, "f2", "down", "down", "enter")


async def reasons(pilot: Pilot[None]) -> None:
    await conclude(pilot)
    await press(pilot, "f3", "down", "down", "down")


async def alternatives(pilot: Pilot[None]) -> None:
    await conclude(pilot)
    await press(pilot, "f6", "down")


async def supposing(pilot: Pilot[None]) -> None:
    await conclude(pilot)
    await press(pilot, "f6", "down", "down", "enter", "down")


async def costs(pilot: Pilot[None]) -> None:
    await answered(pilot)
    await press(pilot, "f5", "right", "right")


def still(act: Act) -> Act:
    """The cursor does not blink while the picture is taken."""

    async def run(pilot: Pilot[None]) -> None:
        await answered(pilot)
        for line in chat(pilot).query(Input):
            line.cursor_blink = False
        await act(pilot)
        await pilot.pause()

    return run


SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)], ids=["80x24", "120x40", "200x50"])
ACTS = pytest.mark.parametrize(
    "act", [greeting, anchors, conclusion, source, case, editing, reasons, alternatives, supposing, costs]
)


@SIZES
@ACTS
def test_dark(way: Policy, snap_compare: Callable[..., bool], size: tuple[int, int], act: Act) -> None:
    assert snap_compare(WhysoApp(lambda: way, "reference"), terminal_size=size, run_before=still(act))


@SIZES
@ACTS
def test_light(way: Policy, snap_compare: Callable[..., bool], size: tuple[int, int], act: Act) -> None:
    app = WhysoApp(lambda: way, "reference")
    app.theme = "whyso-light"
    assert snap_compare(app, terminal_size=size, run_before=still(act))
