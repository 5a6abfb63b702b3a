"""Several windows at once: each keeps its own conversation, and one that two go on with becomes two."""

import subprocess
import sys
from pathlib import Path

from assistant.policy.syntax import Policy
from assistant.sessions.record import past_of
from tests.rejected import BASE
from tests.sessions.keeping import Sitting, left, store, talked, text

ROOT = Path(__file__).resolve().parents[2]


def said(wanted: str) -> list[str | None]:
    return [turn.said for turn in left(wanted).turns if turn.said is not None]


def test_a_conversation_that_two_windows_go_on_with_branches(small: Policy, data: Path) -> None:
    talked(small, ["/change distance 900"])
    one, other = Sitting(small, left("1")), Sitting(small, left("1"))
    assert "Noted" in text(one.say("/change hurry 3"))
    reply = text(other.say("/change hurry 8"))
    assert reply.startswith("Another window went on with conversation 1; this one is saved as 2 from here.")
    one.say("/change distance 5")
    assert "Another" not in text(other.say("/undo"))
    assert said("1") == ["/change distance 900", "/change hurry 3", "/change distance 5"]
    assert said("2") == ["/change distance 900", "/change hurry 8", "/undo"]
    assert left("2").summary.branched_from == 1
    for wanted, sitting in (("1", one), ("2", other)):
        past = past_of(left(wanted).turns)
        assert (past.state, past.history) == (sitting.conversation.state, tuple(sitting.conversation.history))


def test_a_conversation_deleted_meanwhile_stays_deleted(small: Policy, data: Path) -> None:
    sitting = talked(small, ["5"])
    store().delete([1])
    assert text(sitting.say("/why")).startswith("This conversation is not being saved: it was deleted meanwhile.")
    assert "saved" not in text(sitting.say("/why"))
    assert store().summaries() == ()


def test_a_deleted_number_is_not_given_again(small: Policy, data: Path) -> None:
    talked(small, ["5"])
    store().delete([1])
    assert talked(small, ["5"]).keeper.id == 2


def test_what_is_deleted_is_overwritten(small: Policy, data: Path) -> None:
    talked(small, ["a secret of some length"])
    assert b"a secret of some length" in (data / "sessions.db").read_bytes()
    store().delete([1])
    assert b"a secret of some length" not in (data / "sessions.db").read_bytes()


def test_many_processes_at_once(data: Path) -> None:
    command = [sys.executable, "-m", "assistant", "--engine", "reference", "--policy", str(BASE)]
    messages = [f"/change distance {number}" for number in range(1, 16)]
    started = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
        for _ in range(6)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n".join(messages).encode() + b"\n")
        process.stdin.close()
        process.stdin = None
    for process in started:
        output, errors = process.communicate(timeout=100)
        assert process.returncode == 0, errors
        assert b"not being saved" not in output
    assert sorted(one.id for one in store().summaries()) == [1, 2, 3, 4, 5, 6]
    assert all(said(str(number)) == messages for number in range(1, 7))
