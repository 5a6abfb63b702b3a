"""The user's settings in the chat: keys, themes, mistakes that stop nothing, and what was typed in earlier sittings."""

import re
from pathlib import Path

import pytest
from textual.widgets import Static

from assistant.policy.syntax import Policy
from assistant.preferences.file import SettingsFile
from assistant.preferences.keyboard import FOR_TYPING
from assistant.sessions.inputs import Inputs
from assistant.tui.app import WhysoApp
from assistant.tui.bindings import known_bindings, own_bindings, own_classes
from assistant.tui.equipment import SENT
from assistant.tui.keys import KEYS
from assistant.tui.search_line import SearchLine
from assistant.tui.sources import HINT
from assistant.tui.tabs import HINTS
from assistant.tui.views import WORKING
from tests.tui.driving import answered, ask, chat, latest, notice, press, said, say, told, typed


def settled(way: Policy, folder: Path, text: str) -> WhysoApp:
    (folder / "settings.yaml").write_text(text, encoding="utf-8")
    return WhysoApp(lambda: way, "reference", settings=SettingsFile(folder / "settings.yaml"))


def test_every_key_has_a_name() -> None:
    unnamed = [
        (kind.__name__, binding.key) for kind in own_classes() for binding in own_bindings(kind) if binding.id is None
    ]
    assert unnamed == []


def test_no_two_keys_stand_for_two_things_in_one_place() -> None:
    known = known_bindings()
    for one, bound in known.items():
        for other, second in known.items():
            if one < other and bound.place == second.place:
                shared = set(bound.keys) & set(second.keys)
                assert not shared, (one, other, shared)


def test_every_name_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "terminal.md").read_text(encoding="utf-8")
    assert [name for name in known_bindings() if f"| `{name}` |" not in page] == []


async def test_a_key_goes_elsewhere_and_is_free_where_it_was(way: Policy, tmp_path: Path) -> None:
    app = settled(way, tmp_path, "keys: {find: f9, undo: [ctrl+k, ctrl+f]}\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, "distance")
        await say(pilot, "12")
        await press(pilot, "f9")
        assert chat(pilot).query_one(SearchLine).display
        await press(pilot, "escape", "ctrl+f")
        assert told(pilot) == {}, "the search's key takes back now"
        await say(pilot, "/change distance 12")
        await press(pilot, "ctrl+z")
        assert told(pilot) == {"distance": 12}
        await press(pilot, "f1")
        assert "F9: Search the conversation (otherwise Ctrl+F)" in latest(pilot)


async def test_hints_name_the_keys_in_force(way: Policy, tmp_path: Path) -> None:
    keys = "{suppose: f9, fold: f11, reasons: [f12, alt+r], back: ctrl+b, copy: ctrl+k, save: alt+s, stop: alt+c}"
    async with settled(way, tmp_path, f"keys: {keys}\n").run_test(size=(150, 40)) as pilot:
        await answered(pilot)
        assert "F12 Reasons" in str(chat(pilot).query_one("#tabs", Static).content)
        hint = chat(pilot).query_one("#side-hint", Static)
        assert str(hint.content) == "Enter edits · F9 tries out · Ctrl+E editor"
        await press(pilot, "f12")
        assert str(hint.content) == "F11/→ fold · Enter: source · Ctrl+E editor"
        await press(pilot, "ctrl+b", "ctrl+k")
        assert "Alt+S saves it" in notice(pilot)
        await press(pilot, "alt+c")
        assert notice(pilot).startswith("Press Alt+C again")
        await press(pilot, "f1")
        for line in ("F2, F12, F4,", "Ctrl+B: one step back", "as Alt+C does", "F9: what if", "F11, Right fold"):
            assert line in latest(pilot)


def test_no_hint_names_a_key_but_by_its_id() -> None:
    fixed = re.compile(r"\bF\d|Ctrl|Alt|Shift|Escape|Backspace|Page|[←→↑↓]")
    assert [text for text in (*KEYS, *HINTS.values(), HINT, SENT, WORKING) if fixed.search(text)] == []


async def test_mistakes_are_said_with_their_places_and_the_rest_holds(way: Policy, tmp_path: Path) -> None:
    app = settled(way, tmp_path, "theme: whyso-lihgt\nkeys:\n  jump: f9\n  find: ctrl+z\n  fnid: f8\n")
    async with app.run_test(size=(200, 50)) as pilot:
        await answered(pilot)
        assert app.theme == "whyso-dark"
        for place, message in (
            ("1:8", "there is no theme `whyso-lihgt`"),
            ("4:9", "`ctrl+z` is the key of `undo` already"),
            ("5:3", "no key is called `fnid`"),
        ):
            assert f"settings.yaml:{place}: {message}" in said(pilot)
        assert "help: did you mean `find`?" in said(pilot)
        assert "mistakes in the settings" in notice(pilot)
        await press(pilot, "f9")
        assert type(app.screen).__name__ == "JumpScreen"


@pytest.mark.parametrize("text", ["theme: [", "\x00", "- a", "keys: nonsense", "{"])
async def test_no_file_stops_the_chat(way: Policy, tmp_path: Path, text: str) -> None:
    async with settled(way, tmp_path, text).run_test() as pilot:
        await answered(pilot)
        assert "settings.yaml:1:" in said(pilot)
        assert "Hello." in said(pilot)


async def test_a_theme_that_is_chosen_is_there_the_next_time(way: Policy, tmp_path: Path) -> None:
    async with settled(way, tmp_path, "# mine\ntheme: whyso-light # for now\n").run_test() as pilot:
        await answered(pilot)
        assert pilot.app.theme == "whyso-light"
        await say(pilot, "/theme contrast")
        assert pilot.app.theme == "whyso-contrast"
        await say(pilot, "/theme xyzzy")
        assert "whyso-dark" in notice(pilot)
    text = (tmp_path / "settings.yaml").read_text(encoding="utf-8")
    assert text == "# mine\ntheme: whyso-contrast # for now\n"
    async with settled(way, tmp_path, text).run_test() as pilot:
        await answered(pilot)
        assert pilot.app.theme == "whyso-contrast"


async def test_a_theme_that_cannot_be_kept_is_said(way: Policy, tmp_path: Path) -> None:
    async with settled(way, tmp_path, "{keys: {}}").run_test(size=(200, 50)) as pilot:
        await answered(pilot)
        await say(pilot, "/theme light")
        assert pilot.app.theme == "whyso-light"
        assert "whyso-light for this sitting only" in notice(pilot)


async def test_what_was_typed_is_there_the_next_time(way: Policy, tmp_path: Path) -> None:
    def sitting() -> WhysoApp:
        return WhysoApp(lambda: way, "reference", inputs=Inputs(tmp_path / "history.jsonl"))

    async with sitting().run_test() as pilot:
        await answered(pilot)
        await say(pilot, "/answers", "/answers", "/result")
    async with sitting().run_test() as pilot:
        await answered(pilot)
        await press(pilot, "x", "ctrl+up")
        assert typed(pilot) == "/result"
        await press(pilot, "ctrl+up", "ctrl+up")
        assert typed(pilot) == "/answers"
        await press(pilot, "ctrl+down", "ctrl+down")
        assert typed(pilot) == "x"


async def test_no_place_for_what_is_typed_is_said_once(way: Policy, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    app = WhysoApp(lambda: way, "reference", inputs=Inputs(tmp_path / "file" / "history.jsonl"))
    async with app.run_test() as pilot:
        await answered(pilot)
        await say(pilot, "/answers")
        assert "not kept for later sittings" in notice(pilot)
        chat(pilot).notice("", 1)
        await say(pilot, "/result")
        assert notice(pilot) == ""


def test_keys_for_typing_are_those_that_the_prompt_needs() -> None:
    from textual.widgets import Input

    declared = {key for binding in own_bindings(Input) for key in binding.key.split(",")}
    assert FOR_TYPING - {"tab", "shift+tab", "space"} <= declared
