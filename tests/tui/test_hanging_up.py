"""A terminal that goes away, as with a lost SSH connection, ends the chat; what was said is saved."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from assistant.tui.hanging_up import GONE
from tests.rejected import BASE
from tests.sessions.keeping import left

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 40.0


def until(master: int, marker: bytes) -> None:
    """Reads what the chat paints until a marker is in it."""
    seen, deadline = b"", time.monotonic() + PATIENCE_SECONDS
    while marker not in seen:
        assert time.monotonic() < deadline, seen[-500:]
        if select.select([master], [], [], 0.1)[0]:
            seen += os.read(master, 1 << 16)


def test_the_chat_ends_with_its_terminal_and_what_was_said_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHYSO_DATA", str(tmp_path))
    monkeypatch.setenv("WHYSO_CONFIG", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm-256color")
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    command = [sys.executable, "-m", "assistant", "--engine", "reference", "--policy", str(BASE)]
    with subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, start_new_session=True
    ) as process:
        os.close(slave)
        until(master, b"Hello.")
        os.write(master, b"/change distance 7\r")
        until(master, b"Noted")
        os.close(master)
        assert process.wait(PATIENCE_SECONDS) == GONE
    assert [turn.said for turn in left().turns if turn.said is not None] == ["/change distance 7"]
