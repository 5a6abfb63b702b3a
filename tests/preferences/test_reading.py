"""Settings as they are written: what holds, and every mistake with its place."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.preferences.file import SettingsFile
from assistant.preferences.model import Bound, Known, Settings
from assistant.preferences.reader import settings_in

KNOWN = Known(
    {
        "help": Bound(("f1",)),
        "find": Bound(("ctrl+f",)),
        "undo": Bound(("ctrl+z",)),
        "next-match": Bound(("ctrl+g", "down"), "SearchInput"),
        "down": Bound(("down",), "Prompt"),
        "read": Bound(("enter",), "SourceList"),
    },
    ("whyso-dark", "whyso-light", "nord"),
)


def read(text: str) -> tuple[Settings, list[str]]:
    settings, findings = settings_in(text.encode(), "settings.yaml", KNOWN)
    return settings, [str(finding) for finding in findings]


@pytest.mark.parametrize(
    ("text", "theme", "keys"),
    [
        ("", None, {}),
        ("# nothing yet\n", None, {}),
        ("theme: nord", "nord", {}),
        ("keys: {find: f9}", None, {"find": ("f9",)}),
        ("keys:\n  find: [f9, Ctrl+K]\n", None, {"find": ("f9", "ctrl+k")}),
        ("keys: {find: ctrl+z, undo: ctrl+f}", None, {"find": ("ctrl+z",), "undo": ("ctrl+f",)}),
        ("keys: {next-match: [down]}", None, {"next-match": ("down",)}),
        ("keys: {read: [enter, f4]}", None, {"read": ("enter", "f4")}),
        ("{theme: nord, keys: {}}", "nord", {}),
    ],
)
def test_what_is_right_holds(text: str, theme: str | None, keys: Mapping[str, tuple[str, ...]]) -> None:
    assert read(text) == (Settings(theme, keys), [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("them: nord", "settings.yaml:1:1: unknown key `them` in a settings file\nhelp: did you mean `theme`?"),
        ("theme: norf", "settings.yaml:1:8: there is no theme `norf`\nhelp: did you mean `nord`?"),
        ("theme: [nord]", "settings.yaml:1:8: expected a text, found a list"),
        ("keys:\n  fnid: f9", "settings.yaml:2:3: no key is called `fnid`\nhelp: did you mean `find`?"),
        (
            "keys:\n  find: x",
            "settings.yaml:2:9: `x` cannot be a key here: this key types a character\n"
            "help: add a modifier, such as `alt+x`, or take `f9`",
        ),
        (
            "keys: {find: hop}",
            "settings.yaml:1:14: `hop` cannot be a key here: there is no such key\n"
            "help: write it like `ctrl+s`, `alt+up` or `f9`",
        ),
        (
            "keys: {find: enter}",
            "settings.yaml:1:14: `enter` cannot be a key here: this key is needed for typing\nhelp: take another key",
        ),
        (
            "keys: {find: ctrl+z}",
            "settings.yaml:1:14: `ctrl+z` is the key of `undo` already\nhelp: take another key, or give `undo` another",
        ),
        (
            "keys: {find: f9, undo: f9}",
            "settings.yaml:1:24: `f9` is the key of `find` already\nhelp: take another key, or give `find` another",
        ),
        ("- nord", "settings.yaml:1:1: expected a settings file, a mapping, found a list"),
        ("theme: *a", "settings.yaml:1:8: the alias `*a` is not allowed\nhelp: write the value out"),
    ],
)
def test_each_mistake_is_told_with_its_place(text: str, told: str) -> None:
    assert read(text)[1] == [told]


def test_one_mistake_does_not_undo_what_is_right() -> None:
    settings, told = read("theme: norf\nkeys:\n  find: f9\n  undo: x\n  fnid: f8\n")
    assert settings == Settings(None, {"find": ("f9",)})
    assert [line.split(": ")[0] for line in told] == ["settings.yaml:1:8", "settings.yaml:4:9", "settings.yaml:5:3"]


def test_a_key_that_goes_back_to_its_default_may_meet_another_there() -> None:
    settings, told = read("keys: {find: x, undo: ctrl+f}")
    assert settings == Settings()
    assert len(told) == 2


@given(st.binary(max_size=200))
def test_no_file_ever_stops_anything(data: bytes) -> None:
    settings, _ = settings_in(data, "settings.yaml", KNOWN)
    assert settings.theme is None or settings.theme in KNOWN.themes


def test_a_file_that_is_not_there_sets_nothing(tmp_path: Path) -> None:
    assert SettingsFile(tmp_path / "settings.yaml").read(KNOWN) == (Settings(), ())
    assert SettingsFile(None).read(KNOWN) == (Settings(), ())


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").mkdir()
    settings, findings = SettingsFile(tmp_path / "settings.yaml").read(KNOWN)
    assert settings == Settings()
    assert [finding.message.rpartition("` ")[2] for finding in findings] == ["is not a file"]
