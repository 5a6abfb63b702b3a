"""A program in a real pseudo-terminal: how long until it has painted something, and until it has replied."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from types import TracebackType

LIMIT = 20.0


class Terminal:
    """A program, or a module by name, on a pseudo-terminal of a given size. Times are wall-clock seconds."""

    def __init__(self, program: str, arguments: Sequence[str] = (), size: tuple[int, int] = (120, 40)) -> None:
        self.started = time.perf_counter()
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.master = master
        self.data = tempfile.TemporaryDirectory()
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "WHYSO_DATA": self.data.name,
            "WHYSO_CONFIG": self.data.name,
            "XDG_CONFIG_HOME": self.data.name,
            "XDG_DATA_HOME": self.data.name,
        }
        self.child = subprocess.Popen(
            [*([program] if "/" in program else [sys.executable, "-m", program]), *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
            close_fds=True,
        )
        os.close(slave)
        self.seen = b""

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()
        os.close(self.master)
        self.data.cleanup()

    def until(self, *markers: str, since: float | None = None) -> float:
        """Seconds from `since` (the start without it) until one of the markers has come out of the terminal."""
        wanted = re.compile("|".join(map(re.escape, markers)).encode())
        deadline = time.perf_counter() + LIMIT
        while not wanted.search(self.seen):
            ready, _, _ = select.select([self.master], [], [], max(0.0, deadline - time.perf_counter()))
            if not ready:
                raise TimeoutError(f"{markers} did not appear; the last output was {self.seen[-200:]!r}")
            try:
                self.seen += os.read(self.master, 1 << 16)
            except OSError as error:
                raise TimeoutError(f"the program ended before {markers} appeared") from error
        taken = time.perf_counter() - (self.started if since is None else since)
        self.seen = b""
        return taken

    def settle(self, quiet: float = 0.15) -> None:
        """Reads until nothing has come for a moment."""
        while select.select([self.master], [], [], quiet)[0]:
            os.read(self.master, 1 << 16)
        self.seen = b""

    def stroke(self, key: str, quiet: float = 0.06, most: float = 0.4) -> float:
        """Seconds from a key to the last byte before the terminal is silent for `quiet`; 0 where nothing comes.

        `most` is less than what a blinking cursor takes, so that a blink is never taken for an answer.
        """
        pressed = last = self.type(key)
        wait = most
        while select.select([self.master], [], [], wait)[0]:
            os.read(self.master, 1 << 16)
            last, wait = time.perf_counter(), quiet
        return last - pressed

    def type(self, text: str) -> float:
        """Types a text; returns the moment at which the last key was sent."""
        os.write(self.master, text.encode())
        return time.perf_counter()
