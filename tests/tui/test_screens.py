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
from assistant.tui.prompt import Prompt
from tests.tui.driving import answered, ask, chat, conclude, press

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x50": (200, 50)}
WAYS = [(theme, size) for theme in ("whyso-dark", "whyso-light") for size in SIZES] + [("whyso-contrast", "80x24")]
TO_THE_SCREENS = {
    "conclusion": ("escape",),
    "values": (*"/change ", "down"),
    "search": ("escape", "ctrl+u", "ctrl+f", *"train", "enter"),
    "jump": ("escape", "ctrl+o"),
    "palette": ("escape", "ctrl+p", *"rule"),
    "source": ("escape", "f4", "down", "down", "enter"),
    "case": ("f2", "down", "down", "down"),
    "editing": ("enter",),
    "reasons": ("escape", "f3", "down", "down", "down"),
    "alternatives": ("f6", "down"),
    "supposing": ("down", "enter", "down"),
    "costs": ("f7", "f5", "right", "right"),
}
SETTLING = 0.4
"""Seconds until the palette has found what there is."""


@pytest.fixture
def differing(snapshot: SnapshotAssertion) -> Callable[[Pilot[None], str], list[str]]:
    """The name of a picture where the screen does not look like it."""
    pictures = snapshot.use_extension(SVGImageExtension)

    def compare(pilot: Pilot[None], name: str) -> list[str]:
        return [] if pilot.app.export_screenshot() == pictures(name=name) else [name]

    return compare


async def still(pilot: Pilot[None]) -> None:
    """No cursor blinks while pictures are taken."""
    chat(pilot).query_one(Prompt).cursor_blink = False
    for line in pilot.app.screen.query(Input):
        line.cursor_blink = False
    await pilot.pause()


@pytest.mark.parametrize(("theme", "size"), WAYS, ids=["-".join(way) for way in WAYS])
async def test_screens(way: Policy, differing: Callable[[Pilot[None], str], list[str]], theme: str, size: str) -> None:
    app = WhysoApp(lambda: way, "reference")
    app.theme = theme
    async with app.run_test(size=SIZES[size]) as pilot:
        await answered(pilot)
        await still(pilot)
        changed = differing(pilot, "greeting")
        await ask(pilot, "hurry")
        await press(pilot, "down", "down")
        changed += differing(pilot, "anchors")
        await press(pilot, *"/wh")
        changed += differing(pilot, "commands")
        await press(pilot, "escape", "ctrl+u")
        await conclude(pilot)
        for name, keys in TO_THE_SCREENS.items():
            await press(pilot, *keys)
            await still(pilot)
            await pilot.pause(SETTLING if name == "palette" else 0)
            changed += differing(pilot, name)
    assert changed == []
