"""Saved conversations on the command line: a real process, its output, its errors and its exit code."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import ROOT, process, run
from tests.golden import assert_golden
from tests.rejected import BASE

TALK = ("--engine", "reference", "--policy", BASE)
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def talked(data: Path) -> Path:
    """Two conversations, the second with odd texts in it."""
    run(*TALK, stdin="/change distance 12\n/change hurry 45 min\n/quit\n")
    run(*TALK, stdin="\x1b[2J\u202eabc 😀\n/change distance 5\n/sources 1\n")
    return data


def untimed(text: str) -> str:
    return TIME.sub("2026-01-02T03:04:05Z", text)


def test_none_so_far(data: Path) -> None:
    assert run("sessions").stdout == "No conversation is saved yet; `whyso` begins one.\n"
    assert json.loads(run("sessions", "--format", "json").stdout) == []
    assert not data.exists()
    for command in (("resume",), ("show", "1"), ("sessions", "delete", "1"), ("sessions", "rename", "1", "x")):
        done = run(*command)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "there is no saved conversation\nhelp: `whyso` begins one\n"


def test_list_and_transcript(talked: Path) -> None:
    run("sessions", "rename", "2", "odd\x1b[31m")
    assert_golden("sessions-list.txt", untimed(run("sessions").stdout))
    assert_golden("sessions-show.txt", untimed(run("show", "1").stdout))
    shown = run("show", "2").stdout
    assert "1 › \ufffd[2J\ufffdabc 😀" in shown
    assert "\x1b" not in shown


def test_json_has_the_contract_s_keys_and_exact_texts(talked: Path) -> None:
    done = run("show", "2", "--format", "json")
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    data = json.loads(done.stdout)
    summary = {
        *("id", "name", "begun", "last", "messages", "policy", "policy_folder", "verdict", "branched_from"),
    }
    assert set(data) == {*summary, "answers", "words", "skipped", "facts", "turns"}
    assert [set(one) for one in json.loads(run("sessions", "--format", "json").stdout)] == [summary, summary]
    assert set(data["verdict"]) == {"final", "matrix", "settled", "scores", "fired"}
    assert set(data["facts"][0]) == {"fact", "value", "provenance", "words", "turn", "rule"}
    assert set(data["turns"][0]) == {
        *("turn", "at", "said", "reply", "question", "answers", "verdict", "policy_digest"),
    }
    assert [turn["said"] for turn in data["turns"]] == [
        *(None, "\x1b[2J\u202eabc 😀", "/change distance 5", "/sources 1")
    ]
    assert TIME.fullmatch(data["begun"])
    assert data["policy_folder"] == str(BASE)
    assert data["messages"] == 3


def test_the_same_conversation_gives_the_same_bytes(talked: Path) -> None:
    assert run("show", "1", "--format", "json").stdout == process("show", "1", "--format", "json").stdout
    assert run(*TALK, "--no-save", stdin="5\n").stdout == process(*TALK, "--no-save", stdin="5\n").stdout
    assert run(*TALK, stdin="5\n").stdout == process(*TALK, stdin="5\n").stdout


def test_by_name_and_number(talked: Path) -> None:
    assert run("sessions", "rename", "1", "long way").stdout == "conversation 1 is now called `long way`\n"
    assert run("show", "long way").stdout == run("show", "1").stdout
    assert run("sessions", "rename", "2", "long way").returncode == 0
    done = run("show", "long way")
    assert (done.returncode, done.stderr) == (*(2, "2 conversations are called `long way`\nhelp: say one of 2, 1\n"),)
    assert run("sessions", "rename", "2", "").stdout == "conversation 2 has no name\n"
    done = run("show", "7")
    assert done.stderr == "there is no saved conversation `7`\nhelp: `whyso sessions` lists them\n"
    done = run("sessions", "rename", "2", "x" * 101)
    assert (done.returncode, done.stderr) == (2, "a name has at most 100 characters, not 101\n")


def test_delete(talked: Path) -> None:
    assert run("sessions", "delete", "1", "1", "2").stdout == "conversation 1 is deleted\nconversation 2 is deleted\n"
    assert run("sessions").stdout.startswith("No conversation is saved yet")


def test_delete_is_all_or_nothing(talked: Path) -> None:
    assert run("sessions", "delete", "1", "9").returncode == 2
    assert len(json.loads(run("sessions", "--format", "json").stdout)) == 2


def test_resume_goes_on_where_it_was_left(talked: Path) -> None:
    done = run("resume", "1", "--plain", stdin="/undo\n/answers\n")
    assert done.returncode == 0, done.stderr
    assert "Welcome back to conversation 1." in done.stdout
    assert "Taken back: hurry." in done.stdout
    assert json.loads(run("show", "1", "--format", "json").stdout)["answers"] == {"distance": 12}
    assert "Welcome back to conversation 1." in run("resume").stdout, "the one last talked in"


def test_resume_without_saving_changes_nothing(talked: Path) -> None:
    before = run("show", "1", "--format", "json").stdout
    done = run("--no-save", "resume", "1", stdin="/undo\n")
    assert "Taken back: hurry." in done.stdout
    assert run("show", "1", "--format", "json").stdout == before


def test_no_save_saves_nothing(data: Path) -> None:
    done = run(*TALK, "--no-save", stdin="5\n")
    assert "saved" not in done.stdout
    assert not data.exists()


def test_a_policy_that_is_gone_is_said(data: Path, tmp_path: Path) -> None:
    policy = tmp_path / "policy"
    shutil.copytree(BASE, policy)
    run("--policy", policy, stdin="5\n")
    policy.rename(tmp_path / "moved")
    done = run("resume")
    assert (done.returncode, done.stderr) == (
        2,
        f"the policy of conversation 1 is gone: there is no folder `{policy}`\n"
        "help: say where it is with --policy DIR\n",
    )
    assert "Welcome back" in run("resume", "--policy", tmp_path / "moved").stdout


@pytest.mark.parametrize("command", [("sessions",), ("show", "1"), ("resume",), ("sessions", "delete", "1")])
def test_a_damaged_file_is_said(talked: Path, command: tuple[str, ...]) -> None:
    file = talked / "sessions.db"
    file.write_bytes(b"x" * 5000)
    done = run(*command)
    assert (done.returncode, done.stderr) == (
        2,
        f"`{file}` is damaged\n"
        "help: it was left as it is; move it away to begin a new one, or set WHYSO_DATA to another folder\n",
    )
    assert file.read_bytes() == b"x" * 5000


LOADING_NOTHING = """
import sys
from assistant.cli import main

try:
    main()
except SystemExit:
    assert not {"sqlite3", "platformdirs", "assistant.sessions"} & set(sys.modules)
"""


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_neither_version_nor_help_loads_the_database(option: str) -> None:
    done = subprocess.run([sys.executable, "-c", LOADING_NOTHING, option], cwd=ROOT, check=False)
    assert done.returncode == 0
