"""The chat while its policy is edited: what is saved is in force at once, and mistakes change nothing."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from assistant.preferences.file import SettingsFile
from assistant.reasoning.loading import load_policy
from assistant.tui.app import WhysoApp
from assistant.tui.editor import FactEditor
from assistant.tui.outline import Outline
from assistant.tui.side import Side
from tests.layer import edit, layer_over
from tests.tui.driving import PATIENCE_SECONDS, answered, asked, chat, latest, notice, press, said, say, told

BELOW = "way-to-work"
FACTS = f"{BELOW}/vocabulary/facts.yaml"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return layer_over(Path(__file__).parent / "policy", BELOW, tmp_path / "mine")


def watching(folder: Path, settings: SettingsFile | None = None) -> WhysoApp:
    return WhysoApp(lambda: load_policy(folder), "reference", settings=settings, look_every=0.05)


async def until(pilot: Pilot[None], done: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not done():
            await asyncio.sleep(0.01)
    await answered(pilot)


def card(pilot: Pilot[None]) -> str:
    return str(chat(pilot).query_one("#card", Static).content)


async def test_an_edit_moves_everything_that_shows(mine: Path) -> None:
    async with watching(mine).run_test(size=(120, 40)) as pilot:
        await answered(pilot)
        await say(pilot, "/change distance 12", "/change hurry 2", "/change weather dry", "/change luggage no")
        assert card(pilot).startswith("◆ Train")
        await press(pilot, "f3")
        edit(mine / "policy.yaml", ("value: 10", "value: 20"))
        await until(pilot, lambda: "in force from here" in said(pilot))
        assert card(pilot).startswith("◆ Bicycle")
        assert "For this case: Bicycle instead of Train" in latest(pilot)
        assert notice(pilot) == "The edited policy is in force: Bicycle instead of Train."
        reasons = chat(pilot).query_one("#reasons-outline", Outline)
        await until(pilot, lambda: reasons.text.startswith("Bicycle"))
        await press(pilot, "ctrl+z")
        assert "luggage" not in told(pilot)
        assert chat(pilot).talk.conversation.decision.policy.params["far"].value == 20


async def test_mistakes_are_told_once_and_stay_in_sight_until_they_are_mended(mine: Path) -> None:
    async with watching(mine).run_test(size=(100, 40)) as pilot:
        await answered(pilot)
        await say(pilot, "/change distance 12")
        edit(mine / "policy.yaml", ("value: 10", "value: far"))
        await until(pilot, lambda: "has a mistake" in said(pilot))
        assert "policy.yaml:5:25: `far` is a whole number, not a word" in said(pilot)
        assert "help: keep to its type" in said(pilot)
        assert told(pilot) == {"distance": 12}
        await say(pilot, "/answers")
        chat(pilot).notice("", 1)
        assert notice(pilot) == "The edited policy has a mistake; what was in force stays so."
        edit(mine / "policy.yaml", ("value: far", "value: 10"))
        await until(pilot, lambda: notice(pilot) == "The mistakes are mended. It says what it said before.")
        chat(pilot).notice("", 1)
        assert notice(pilot) == ""
        assert said(pilot).count("has a mistake") == 1
        assert "in force from here" not in said(pilot)


async def test_what_is_gone_is_let_go_of_everywhere(mine: Path) -> None:
    """A fact that is supposed, pointed at and edited, and a passage that is open, are no longer in the policy."""
    async with watching(mine).run_test(size=(200, 50)) as pilot:
        await answered(pilot)
        await say(pilot, "/change luggage no")
        side = chat(pilot).query_one(Side)
        side.start_supposing({"luggage": True, "distance": 12})
        side.open_page("travel.rain")
        side.point_at(chat(pilot).query_one("#case-outline", Outline)._rows[-1].entry.topic)
        side.edit("luggage")
        await answered(pilot)
        below = mine / BELOW
        for file in ("rules.yaml", "vocabulary/facts.yaml"):
            edit(below / file, ("luggage", "bags"), ("travel.rain", "travel.showers"))
        travel = below / "knowledge" / "handbook" / "travel.yaml"
        edit(travel, ("travel.rain", "travel.showers"))
        await until(pilot, lambda: "the policy no longer asks for this" in said(pilot))
        assert told(pilot) == {}
        assert side.moment is not None
        assert side.moment.supposed == {"distance": 12}
        assert not side.query_one(FactEditor).display
        await press(pilot, "f2", "down", "enter", "escape", "f4", "down", "enter", "escape", "f3", "f6", "f5")
        await say(pilot, "/why")
        assert asked(pilot)


async def test_a_folder_that_goes_and_comes_back(mine: Path, tmp_path: Path) -> None:
    async with watching(mine).run_test() as pilot:
        await answered(pilot)
        shutil.move(mine, tmp_path / "elsewhere")
        await until(pilot, lambda: "there is no policy folder" in said(pilot))
        await say(pilot, "/change distance 12")
        shutil.move(tmp_path / "elsewhere", mine)
        await until(pilot, lambda: "mended" in notice(pilot))
        assert told(pilot) == {"distance": 12}


async def test_the_settings_switch_it_off(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").write_text("watch: false\n", encoding="utf-8")
    async with watching(mine, SettingsFile(tmp_path / "settings.yaml")).run_test() as pilot:
        await answered(pilot)
        assert "watch" not in {worker.name for worker in pilot.app.workers}
