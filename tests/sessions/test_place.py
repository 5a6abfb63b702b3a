"""Where conversations are kept, by the platform's rules."""

import sys
from pathlib import Path

import pytest

from assistant.sessions.errors import StoreError
from assistant.sessions.place import data_file


def test_the_variable_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WHYSO_DATA", str(tmp_path / "mine"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "theirs"))
    assert data_file() == tmp_path / "mine" / "sessions.db"


def test_a_relative_folder_is_one_of_the_working_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHYSO_DATA", "mine")
    assert data_file() == tmp_path / "mine" / "sessions.db"


@pytest.mark.skipif(sys.platform != "linux", reason="the rules of the XDG base directories")
def test_the_xdg_folder_and_its_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WHYSO_DATA", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert data_file() == tmp_path / "whyso" / "sessions.db"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert data_file() == tmp_path / ".local" / "share" / "whyso" / "sessions.db"


def test_no_home_at_all_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WHYSO_DATA")
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: Path("~/.local/share/whyso"))
    with pytest.raises(StoreError, match="there is no home folder to keep conversations in"):
        data_file()
