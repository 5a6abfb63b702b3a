"""What was typed in earlier sittings, for going back to: a bounded file beside the conversations, one message a line.

Several windows may add to it at once. It is a convenience: where it cannot be kept, that is no reason to stop.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError

FILE = "history.jsonl"
MOST = 500
MOST_CHARACTERS = 2_000
MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Inputs:
    """The last messages that were typed, in the file at `path`."""

    path: Path

    def read(self) -> tuple[str, ...]:
        """The last messages, oldest first; lines that are none are passed over, as is a file that cannot be read."""
        try:
            lines = self._lines()
        except OSError:
            return ()
        found = [text for text in map(_message, lines) if text is not None]
        return tuple(found[-MOST:])

    def add(self, text: str) -> None:
        """Keeps a message, unless it is a very long one; raises `InputError` where that cannot be."""
        if len(text) > MOST_CHARACTERS or not text.strip():
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with open(self.path, "ab", opener=_private) as stream:
                stream.write(json.dumps(text).encode() + b"\n")
                full = stream.tell() > MOST_BYTES
            if full:
                self._shorten()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError(f"what you type is not kept for later sittings: {reason}") from None

    def _lines(self) -> list[bytes]:
        """The end of the file by lines; the first of them may be the rest of one."""
        with self.path.open("rb") as stream:
            stream.seek(max(stream.seek(0, os.SEEK_END) - MOST_BYTES, 0))
            return stream.read().split(b"\n")

    def _shorten(self) -> None:
        """Leaves the last messages only."""
        kept = "".join(f"{json.dumps(text)}\n" for text in self.read()[-MOST // 2 :])
        part = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        with open(part, "w", encoding="utf-8", opener=_private) as stream:
            stream.write(kept)
        try:
            os.replace(part, self.path)
        except OSError:
            with suppress(OSError):
                part.unlink()
            raise


def _message(line: bytes) -> str | None:
    try:
        text = json.loads(line)
    except ValueError:
        return None
    return text if isinstance(text, str) and text.strip() and len(text) <= MOST_CHARACTERS else None


def _private(path: str, flags: int) -> int:
    """Nobody else reads what somebody types."""
    return os.open(path, flags, 0o600)
