"""A process killed at any moment loses at most the turn it was in."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.policy.syntax import Policy
from assistant.sessions.record import past_of
from tests.rejected import BASE
from tests.sessions.keeping import Sitting, left, store

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("WHYSO_KILLS", "8"))
TALK = [sys.executable, "-m", "assistant", "--engine", "reference", "--policy", str(BASE), "--plain"]


def talk_until_killed(arguments: list[str], chance: random.Random) -> tuple[int, int]:
    """How many messages were sent, and how many had been answered, when the process was killed."""
    with subprocess.Popen(
        [*TALK, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        os.set_blocking(process.stdout.fileno(), False)
        seen, sent = b"", 0
        while b"> " not in seen:
            assert process.poll() is None, "it ended by itself"
            seen += process.stdout.read() or b""
        deadline = time.monotonic() + chance.uniform(0.0, 0.25)
        while time.monotonic() < deadline:
            answered = seen.count(b"Noted: ")
            if sent == answered:
                sent += 1
                process.stdin.write(f"/change distance {sent}\n".encode())
                process.stdin.flush()
            seen += process.stdout.read() or b""
        process.send_signal(signal.SIGKILL)
        process.wait()
        seen += process.stdout.read() or b""
        return sent, seen.count(b"Noted: ")


def test_killed_at_random_moments_at_most_the_turn_in_progress_is_lost(
    small: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(20)
    lengths = []
    for number in range(KILLS):
        monkeypatch.setenv("WHYSO_DATA", str(tmp_path / str(number)))
        sent, answered = talk_until_killed([], chance)
        store().database.check()
        saved = left() if store().summaries() else None
        messages = [turn.said for turn in saved.turns if turn.said is not None] if saved else []
        assert answered <= len(messages) <= sent
        assert messages == [f"/change distance {one}" for one in range(1, len(messages) + 1)]
        lengths.append(len(messages))
        if saved:
            resumed = Sitting(small, saved)
            assert resumed.conversation.state == past_of(saved.turns).state
            assert resumed.conversation.state.answers == {"distance": len(messages)}
            assert len(resumed.conversation.history) == len(messages)
    assert max(lengths) > 0, "some were killed in the midst of talking"


def test_killed_again_and_again_one_conversation_only_grows(small: Policy, data: Path) -> None:
    chance = random.Random(4)
    Sitting(small, folder=BASE).say("/change hurry 3")
    kept = 1
    for _ in range(KILLS // 2):
        sent, answered = talk_until_killed(["resume", "1"], chance)
        turns = left("1").turns
        messages = [turn.said for turn in turns if turn.said is not None]
        assert kept + answered <= len(messages) <= kept + sent
        assert [turn.number for turn in turns] == list(range(len(turns)))
        kept = len(messages)
    store().database.check()
