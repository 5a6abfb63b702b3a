"""Pictures of every screen at the three sizes, dark and light. New ones: run this file with `--snapshot-update`.

They show a small policy of their own, so that only the interface, and what the conversation says, can change them. One
conversation is led through all screens, a picture taken at each.
"""

from collections.abc import Callable

import pytest
from pytest_textual_snapshot import SVGImageExtension
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input

from assistant.policy.syntax import Policy
from assistant.tui.app import WhysoApp
from tests.tui.driving import answered, ask, conclude, press

TO_THE_SCREENS = {
    "conclusion": ("escape",),
    "source": ("f4", "down", "down", "enter"),
    "case": ("f2", "down", "down", "down"),
    "editing": ("enter",),
    "reasons": ("escape", "f3", "down", "down", "down"),
    "alternatives": ("f6", "down"),
    "supposing": ("down", "enter", "down"),
    "costs": ("f7", "f5", "right", "right"),
}


@pytest.fixture
def differing(snapshot: SnapshotAssertion) -> Callable[[Pilot[None], str], list[str]]:
    """The name of a picture where the screen does not look like it."""
    pictures = snapshot.use_extension(SVGImageExtension)

    def compare(pilot: Pilot[None], name: str) -> list[str]:
        return [] if pilot.app.export_screenshot() == pictures(name=name) else [name]

    return compare


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)], ids=["80x24", "120x40", "200x50"])
@pytest.mark.parametrize("theme", ["whyso-dark", "whyso-light"])
async def test_screens(
    way: Policy, differing: Callable[[Pilot[None], str], list[str]], size: tuple[int, int], theme: str
) -> None:
    app = WhysoApp(lambda: way, "reference")
    app.theme = theme
    async with app.run_test(size=size) as pilot:
        await answered(pilot)
        for line in app.screen.query(Input):
            line.cursor_blink = False
        changed = differing(pilot, "greeting")
        await ask(pilot, "hurry")
        await press(pilot, "down", "down")
        changed += differing(pilot, "anchors")
        await conclude(pilot)
        for name, keys in TO_THE_SCREENS.items():
            await press(pilot, *keys)
            await pilot.pause()
            changed += differing(pilot, name)
    assert changed == []
