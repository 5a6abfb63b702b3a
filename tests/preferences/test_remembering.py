"""A theme that is chosen goes into the settings file, and nothing else in it changes."""

from pathlib import Path

import pytest

from assistant.errors import WhysoError
from assistant.preferences.editing import with_theme
from assistant.preferences.file import SettingsFile
from assistant.preferences.place import settings_path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "theme: nord\n"),
        ("# mine\n", "theme: nord\n# mine\n"),
        ("keys: {find: f9}\n", "theme: nord\nkeys: {find: f9}\n"),
        ("theme: whyso-dark  # calm\nkeys: {}\n", "theme: nord  # calm\nkeys: {}\n"),
        ("theme: 'x'\r\nkeys: {}\r\n", "theme: 'nord'\r\nkeys: {}\r\n"),
        ("# a\r\nkeys: {}\r\n", "theme: nord\r\n# a\r\nkeys: {}\r\n"),
        ("\ufeffkeys: {}\n", "\ufefftheme: nord\nkeys: {}\n"),
        ("\ufefftheme: x\n", "\ufefftheme: nord\n"),
        ('{"theme": "x", "keys": {}}', '{"theme": "nord", "keys": {}}'),
        ("keys: {find: f9}\ntheme:   x", "keys: {find: f9}\ntheme:   nord"),
    ],
)
def test_only_the_theme_changes(before: str, after: str) -> None:
    assert with_theme(before.encode(), "nord", "settings.yaml").decode() == after


@pytest.mark.parametrize("before", ["{keys: {}}", "theme:\n  a\n  b\n", "theme: [x]", "- x", "theme: [", "theme:\n"])
def test_what_cannot_be_changed_safely_is_left_alone(before: str) -> None:
    with pytest.raises(WhysoError):
        with_theme(before.encode(), "nord", "settings.yaml")


def test_it_is_there_afterwards_and_links_stay_links(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "whyso.yaml"
    real.parent.mkdir()
    real.write_text("theme: x\n", encoding="utf-8")
    real.chmod(0o640)
    link = tmp_path / "settings.yaml"
    link.symlink_to(real)
    SettingsFile(link).remember_theme("nord")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "theme: nord\n"
    assert real.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in real.parent.iterdir()] == ["whyso.yaml"]


def test_the_folder_is_made_where_there_is_none(tmp_path: Path) -> None:
    SettingsFile(tmp_path / "a" / "b" / "settings.yaml").remember_theme("nord")
    assert (tmp_path / "a" / "b" / "settings.yaml").read_text(encoding="utf-8") == "theme: nord\n"


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WhysoError, match="cannot write"):
        SettingsFile(tmp_path / "file" / "settings.yaml").remember_theme("nord")
    with pytest.raises(WhysoError, match="no home folder"):
        SettingsFile(None).remember_theme("nord")


def test_the_place_is_what_the_variable_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHYSO_CONFIG", str(tmp_path))
    assert settings_path() == tmp_path / "settings.yaml"
    monkeypatch.delenv("WHYSO_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    found = settings_path()
    assert found is not None
    assert found.name == "settings.yaml"
