"""A place in the policy, opened in the user's editor from the chat: a program stands in for one."""

import json
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from assistant.preferences.file import SettingsFile
from assistant.reasoning.loading import load_policy
from assistant.tui.app import WhysoApp
from assistant.tui.prompt import Prompt
from tests.layer import layer_over
from tests.tui.driving import answered, chat, notice, press, said, say
from tests.tui.test_side import go_to
from tests.tui.test_watching import BELOW, until

EDITOR = """
import json, sys
file, line = sys.argv[1:]
json.dump([file, line], open({notes!r}, "w"))
text = open(file, encoding="utf-8").read()
open(file, "w", encoding="utf-8").write(text.replace("value: 10", "value: 20"))
sys.exit({code})
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return layer_over(Path(__file__).parent / "policy", BELOW, tmp_path / "mine")


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the editor was given; the terminal, which is none here, is handed over."""
    monkeypatch.setattr(WhysoApp, "suspend", lambda app: nullcontext())
    return tmp_path / "given.json"


def editing(mine: Path, given: Path, code: int = 0, apart: str = "") -> WhysoApp:
    """A chat that looks after its policy only when it is told to, and whose editor sets a param."""
    folder = mine.parent
    (folder / "editor.py").write_text(EDITOR.format(notes=str(given), code=code), encoding="utf-8")
    command = f"{sys.executable} {folder / 'editor.py'} {{file}} {{line}}{apart}"
    (folder / "settings.yaml").write_text(f"editor: {json.dumps(command)}\n", encoding="utf-8")
    settings = SettingsFile(folder / "settings.yaml")
    return WhysoApp(lambda: load_policy(mine), "reference", settings=settings, look_every=3600)


def opened(given: Path) -> list[str]:
    found: list[str] = json.loads(given.read_text(encoding="utf-8"))
    return found


async def test_what_is_pointed_at_opens_at_its_line_and_the_edit_is_in_force_at_once(mine: Path, given: Path) -> None:
    async with editing(mine, given).run_test(size=(120, 40)) as pilot:
        await answered(pilot)
        await say(pilot, "/change distance 12", "/change hurry 2", "/change weather dry", "/change luggage no")
        await press(pilot, "f3")
        await go_to(pilot, "reasons", "Choice by points")
        await press(pilot, "ctrl+e")
        await until(pilot, given.exists)
        assert opened(given) == [str(mine / BELOW / "rules.yaml"), "40"]
        await press(pilot, "escape")
        await say(pilot, "/edit far")
        await until(pilot, lambda: "in force from here" in said(pilot))
        assert opened(given) == [str(mine / "policy.yaml"), "5"]
        assert "For this case: Bicycle instead of Train" in said(pilot)


async def test_an_editor_with_a_window_of_its_own_is_not_waited_for(mine: Path, given: Path) -> None:
    async with editing(mine, given, apart=" &").run_test(size=(120, 40)) as pilot:
        await answered(pilot)
        await say(pilot, "/edit far")
        await until(pilot, lambda: "in force from here" in said(pilot))


async def test_the_first_mistake_is_opened_and_mended(mine: Path, given: Path) -> None:
    async with editing(mine, given).run_test(size=(120, 40)) as pilot:
        await answered(pilot)
        await say(pilot, "/edit")
        assert notice(pilot) == "Nothing is named to be opened; say /edit and a rule, param, fact or option"
        rules = mine / "rules.yaml"
        rules.write_text("# value: 10\n- nonsense\n", encoding="utf-8")
        chat(pilot).look_now()
        await until(pilot, lambda: "has a mistake" in said(pilot))
        await say(pilot, "/edit")
        await until(pilot, lambda: given.exists() and "Opened" in notice(pilot))
        assert opened(given) == [str(rules), "2"]


async def test_what_goes_wrong_is_said_and_nothing_is_lost(
    mine: Path, given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with editing(mine, given, code=3).run_test(size=(200, 50)) as pilot:
        await answered(pilot)
        await say(pilot, "/change distance 12", "/edit far")
        await until(pilot, lambda: "ended with code 3" in notice(pilot))
        await say(pilot, "/edit nothing-like-it")
        assert "Nothing in the policy is called `nothing-like-it`" in notice(pilot)
        chat(pilot).editor = "not-there-at-all"
        await say(pilot, "/edit far")
        assert "The editor `not-there-at-all` is not there" in notice(pilot)
        await press(pilot, "f2", "ctrl+e")
        assert notice(pilot) == "Move to a rule, a fact or a claim first."
        monkeypatch.undo()
        chat(pilot).editor = "vim"
        await press(pilot, "escape")
        await say(pilot, "/edit far")
        assert "The editor can't have this terminal" in notice(pilot)
        assert chat(pilot).talk.conversation.state.answers == {"distance": 12}


async def test_names_are_completed_with_their_places(mine: Path, given: Path) -> None:
    async with editing(mine, given).run_test(size=(120, 40)) as pilot:
        await answered(pilot)
        chat(pilot).query_one(Prompt).write("/edit fa")
        await answered(pilot)
        shown = [one.shown for one in chat(pilot).talk.ways_on("/edit fa")]
        assert shown[0] == "far"
        assert [one.does for one in chat(pilot).talk.ways_on("/edit long-w")] == ["rule, rules.yaml:1"]
