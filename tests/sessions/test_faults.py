"""A file that cannot be used is left as it is, said once and exactly, and the conversation goes on."""

import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from assistant.explanation.plain import lines_of
from assistant.policy.syntax import Policy
from assistant.sessions import database
from assistant.sessions.database import Database
from assistant.sessions.errors import StoreError
from assistant.sessions.schema import VERSIONS
from tests.sessions.keeping import Sitting, left, store, talked, text

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def file(small: Policy, data: Path) -> Path:
    """A file with a conversation in it."""
    talked(small, ["/change distance 900"] + ["/why"] * 20)
    return data / "sessions.db"


def not_saved(sitting: Sitting) -> str:
    """What the beginning says about the saving."""
    return sitting.beginning.document.paragraphs[-1].text


def goes_on(sitting: Sitting) -> None:
    """The conversation is as good as any, and says no more of the saving."""
    reply = sitting.say("/change distance 900", "/undo", "/change distance 7")
    assert sitting.conversation.state.answers == {"distance": 7}
    assert "saved" not in text(reply)


def damage_header(file: Path) -> None:
    file.write_bytes(b"not a database at all" + file.read_bytes()[21:])


def damage_middle(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[4096 : len(whole) // 2] = os.urandom(len(whole) // 2 - 4096)
    file.write_bytes(bytes(whole))


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-9000])


@pytest.mark.parametrize("damage", [damage_header, damage_middle, cut_short])
def test_a_damaged_file_is_left_as_it_is(small: Policy, file: Path, damage: object) -> None:
    assert callable(damage)
    damage(file)
    before = file.read_bytes()
    sitting = Sitting(small)
    assert not_saved(sitting) == (
        f"This conversation is not being saved: `{file}` is damaged. It was left as it is; move it away to begin a new "
        "one, or set WHYSO_DATA to another folder."
    )
    goes_on(sitting)
    assert file.read_bytes() == before
    assert os.listdir(file.parent) == [file.name] or not (file.parent / "sessions.db-journal").stat().st_size


def test_a_file_damaged_meanwhile_is_said_at_the_next_turn(small: Policy, file: Path) -> None:
    sitting = Sitting(small)
    sitting.say("5")
    damage_header(file)
    assert text(sitting.say("/why")).startswith(f"This conversation is not being saved: `{file}` is damaged")
    goes_on(sitting)


def test_a_newer_file_is_left_as_it_is(small: Policy, file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = file.read_bytes()
    sitting = Sitting(small)
    assert not_saved(sitting) == (
        f"This conversation is not being saved: `{file}` is of a newer whyso (version 99; this one knows 1). "
        "It was left as it is; update whyso, or set WHYSO_DATA to another folder."
    )
    goes_on(sitting)
    assert file.read_bytes() == before


def test_a_file_of_something_else_is_left_as_it_is(small: Policy, data: Path) -> None:
    data.mkdir()
    file = data / "sessions.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE sessions (id)")
    before = file.read_bytes()
    sitting = Sitting(small)
    assert "holds something else than conversations. It was left as it is; move it away" in not_saved(sitting)
    goes_on(sitting)
    assert file.read_bytes() == before


def test_a_row_that_cannot_be_read_is_damage(small: Policy, file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE turns SET state = '[1]' WHERE number = 3")
    with pytest.raises(StoreError, match="is damaged"):
        left()


def test_an_empty_file_is_a_new_one(small: Policy, data: Path) -> None:
    data.mkdir()
    (data / "sessions.db").touch()
    talked(small, ["5"])
    assert left().turns[1].said == "5"


def test_a_folder_that_cannot_be_made(small: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("WHYSO_DATA", str(tmp_path / "file" / "data"))
    sitting = Sitting(small)
    path = tmp_path / "file" / "data" / "sessions.db"
    assert text(sitting.say("/change distance 5")).splitlines()[:2] == [
        f"This conversation is not being saved: cannot write `{path}`: not a directory. "
        "Set WHYSO_DATA to another folder.",
        "Noted: distance: 5 kilometres.",
    ]
    goes_on(sitting)


def test_a_folder_where_the_file_belongs(small: Policy, data: Path) -> None:
    (data / "sessions.db").mkdir(parents=True)
    sitting = Sitting(small)
    assert not_saved(sitting).endswith("it cannot be opened. Set WHYSO_DATA to another folder.")
    goes_on(sitting)


def test_a_folder_on_a_read_only_disk_is_said_at_once(
    small: Policy, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    sitting = Sitting(small)
    assert not_saved(sitting) == (
        f"This conversation is not being saved: cannot write `{data / 'sessions.db'}`: it is read-only. "
        "Set WHYSO_DATA to another folder."
    )


def test_a_full_disk_is_said_once_and_nothing_is_lost_when_there_is_room(
    small: Policy, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    def full(*arguments: object, **options: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)  # type: ignore[call-overload]  # as given
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    sitting = Sitting(small)
    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", full)
        first = sitting.say("x" * 9_000)
        goes_on(sitting)
    assert text(first).startswith(
        f"This conversation is not being saved: cannot write `{file}`: the disk is full. Free some space."
    )
    assert text(sitting.say("/change hurry 3")).startswith("This conversation is saved again, all of it.")
    saved = left()
    assert [turn.said for turn in saved.turns[1:]] == [
        *("x" * 9_000, "/change distance 900", "/undo", "/change distance 7", "/change hurry 3")
    ]
    assert saved.turns[-1].state == sitting.conversation.state


def test_a_real_process_that_may_not_write_on_goes_on(data: Path) -> None:
    """The limit on the size of files is as good as a full disk: writing stops in the middle of a transaction."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    said = "".join(f"/change data_volume {number}\n" for number in range(100, 140)) + "z" * 400_000 + "\n/answers\n"
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "--engine", "reference"],
        input=said.encode(),
        capture_output=True,
        cwd=ROOT,
        preexec_fn=limit,
        timeout=100,
        check=False,
    )
    output = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert output.count("not being saved") == 1
    assert "data volume: 139 items" in output.rpartition("What you have told me")[2]
    assert left().turns[1].said == "/change data_volume 100"


def test_a_file_that_another_program_holds(small: Policy, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    sitting = Sitting(small)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        reply = sitting.say("5")
    assert "another program has it locked. Close that program." in text(reply)
    assert "saved again" in text(sitting.say("/why"))
    assert [turn.said for turn in left().turns] == [None, "5", "/why"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to the superuser")
def test_a_read_only_folder(small: Policy, file: Path) -> None:
    file.chmod(0o400)
    file.parent.chmod(0o500)
    before = file.read_bytes()
    sitting = Sitting(small)
    assert "it is read-only" in text(sitting.say("5"))
    goes_on(sitting)
    assert left().turns[1].said == "/change distance 900", "it can still be read"
    assert file.read_bytes() == before


def test_a_read_only_file(small: Policy, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def unwritable(*arguments: object, **options: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)  # type: ignore[call-overload]  # as given
        connection.execute("PRAGMA query_only = ON")
        return connection

    monkeypatch.setattr(sqlite3, "connect", unwritable)
    sitting = Sitting(small)
    reply = sitting.say("5")
    assert text(reply).startswith(
        f"This conversation is not being saved: cannot write `{file}`: it is read-only. "
        "Set WHYSO_DATA to another folder."
    )
    goes_on(sitting)


def test_there_is_a_way_to_a_newer_schema(small: Policy, file: Path) -> None:
    newer = Database(file, (*VERSIONS, "ALTER TABLE sessions ADD COLUMN mood TEXT"))
    with newer.writing() as connection:
        connection.execute("UPDATE sessions SET mood = 'fine'")
    with newer.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM turns").fetchone() == (22,)
    with pytest.raises(StoreError, match="version 2; this one knows 1"):
        store().summaries()


def test_a_step_that_fails_leaves_the_schema_as_it_was(small: Policy, file: Path) -> None:
    broken = Database(file, (*VERSIONS, "ALTER TABLE sessions ADD COLUMN mood TEXT; SELECT nonsense"))
    with pytest.raises(StoreError), broken.writing():
        pass
    assert left().turns[1].said == "/change distance 900"


def test_the_note_fits_a_terminal(small: Policy, data: Path) -> None:
    assert all(len(line) <= 40 for line in lines_of(Sitting(small).beginning.document, 40).splitlines())
