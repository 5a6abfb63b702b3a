"""The policy in the user's editor: a program that writes down what it was given stands in for one."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.layer import edit, layer_over
from tests.rejected import BASE

BELOW = "bike-or-train"
NOTES = "import json, sys; json.dump(sys.argv[1:], open({!r}, 'w')); sys.exit({})"


def ran(*arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    """A command, in the working directory."""
    return run(*arguments, stdin=stdin, cwd=Path.cwd())


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A layer over the small policy, as the working directory; no editor."""
    folder = layer_over(BASE, BELOW, tmp_path / "mine")
    monkeypatch.chdir(folder)
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WHYSO_CONFIG", str(tmp_path / "config"))
    return folder


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the editor was given, once it has been opened."""
    notes = tmp_path / "given.json"
    script = tmp_path / "editor.py"
    script.write_text(NOTES.format(str(notes), 0), encoding="utf-8")
    monkeypatch.setenv("VISUAL", f"'{sys.executable}' '{script}' {{file}} +{{line}}")
    return notes


@pytest.mark.parametrize(
    ("name", "file", "line"),
    [
        ("far", "policy.yaml", 5),
        ("long-way", f"{BELOW}/rules.yaml", 1),
        ("luggage", f"{BELOW}/vocabulary/facts.yaml", 38),
        ("fact:luggage", f"{BELOW}/vocabulary/facts.yaml", 38),
        ("train", f"{BELOW}/policy.yaml", 10),
        ("shelter", f"{BELOW}/policy.yaml", 7),
        ("travel.distance", f"{BELOW}/knowledge/handbook/travel.yaml", 7),
        ("travel.distance#far", f"{BELOW}/knowledge/handbook/travel.yaml", 10),
    ],
)
def test_each_thing_has_its_place(mine: Path, name: str, file: str, line: int) -> None:
    done = ran("--policy", ".", "edit", name, "--print")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{file}:{line}\n", "")


def test_it_opens_at_the_line_of_the_layer_that_has_the_last_word(mine: Path, given: Path) -> None:
    assert ran("--policy", ".", "edit", "far").returncode == 0
    assert json.loads(given.read_text(encoding="utf-8")) == [str(mine / "policy.yaml"), "+5"]
    edit(mine / "policy.yaml", ("params:", "disable: [long-way]\nparams:"))
    assert ran("--policy", ".", "edit", "long-way", "--print").stdout == "policy.yaml:4\n"


def test_without_a_name_the_first_mistake_is_opened(mine: Path, given: Path) -> None:
    assert ran("edit", "--policy", ".", "--print").stdout == "policy.yaml:1\n"
    (mine / "rules.yaml").write_text("\n- rule: a\n  when: hury > 2\n", encoding="utf-8")
    assert ran("edit", "--policy", ".", "--print").stdout == "rules.yaml:2\n"
    assert ran("edit", "a", "--policy", ".", "--print").stdout == "rules.yaml:2\n", "a rule that can't be read"


@pytest.mark.parametrize(
    ("editor", "told"),
    [
        ("", "no editor is set to open policy.yaml:5 with\nhelp: set `editor:`"),
        ("not-there-at-all", "the editor `not-there-at-all` is not there\nhelp: set `editor:`"),
        ("/", "the editor `/` can't be started: permission denied\nhelp: set `editor:`"),
        ("vim '", "`vim '` is no command: no closing quotation\nhelp: write a command"),
    ],
)
def test_what_is_wrong_with_the_editor(mine: Path, monkeypatch: pytest.MonkeyPatch, editor: str, told: str) -> None:
    monkeypatch.setenv("EDITOR", editor)
    done = ran("--policy", ".", "edit", "far")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(told)


def test_an_editor_that_fails_is_told(mine: Path, given: Path, tmp_path: Path) -> None:
    (tmp_path / "editor.py").write_text(NOTES.format(str(given), 3), encoding="utf-8")
    done = ran("--policy", ".", "edit", "far")
    assert done.returncode == 2
    assert "ended with code 3" in done.stderr


def test_a_name_that_nothing_bears(mine: Path) -> None:
    done = ran("--policy", ".", "edit", "long-wey")
    assert done.returncode == 2
    assert done.stderr == "nothing in the policy is called `long-wey`\nhelp: did you mean `long-way`?\n"


def test_the_setting_goes_first_and_a_file_of_whyso_s_own_is_said_to_be_so(
    mine: Path, given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "shipped"
    layer_over(BASE, BELOW, shipped / "rules")
    monkeypatch.setattr("assistant.policy.folder._PACKAGE", tmp_path)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.yaml").write_text("editor: 'true {line}'\nkeys: {no: f9}\n", encoding="utf-8")
    done = ran("edit", "far")
    assert done.returncode == 0
    assert not given.exists()
    assert done.stderr == (
        "This file came with whyso, and an update will overwrite it: "
        "`whyso init our-policy` writes a layer of your own over it.\n"
    )


def test_in_plain_lines_the_place_is_told_where_there_is_no_terminal(mine: Path) -> None:
    done = ran("--policy", ".", "--plain", "--no-save", stdin="/edit far\n/edit nothing-like-it\n/edit\n/quit\n")
    assert "\nparam far: policy.yaml:5\n" in done.stdout
    assert "Nothing in the policy is called `nothing-like-it`\n" in done.stdout
    assert "policy mine: policy.yaml:1" in done.stdout
