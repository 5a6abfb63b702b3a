"""Changing one line of a settings file: all else in it is kept, and it is never there by half."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from assistant.errors import InputError, PolicyError
from assistant.reading.nodes import Scalar, Table
from assistant.reading.parser import parse

BY_HAND = "write `theme:` into it yourself"


def with_theme(data: bytes, theme: str, name: str) -> bytes:
    """The bytes of a settings file with another theme; raises `WhysoError` where they cannot be changed safely."""
    root = parse(data, name)
    text = data.decode("utf-8")
    if root is None or (isinstance(root, Table) and root.get("theme") is None):
        end = "\r\n" if "\r\n" in text else "\n"
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        changed = f"{mark}theme: {theme}{end}{text[len(mark) :]}"
    else:
        changed = _in_place(root.get("theme") if isinstance(root, Table) else None, text, theme, name)
    done = changed.encode()
    if not _says(done, theme, name):
        raise InputError(f"cannot change `{name}` without breaking it", help=BY_HAND)
    return done


def _in_place(old: object, text: str, theme: str, name: str) -> str:
    """The text with the theme's scalar, and nothing else, replaced."""
    if not isinstance(old, Scalar) or "\n" in old.raw:
        raise InputError(f"cannot change the theme in `{name}`", help=BY_HAND)
    lines = text.split("\n")
    line, column = lines[old.span.line - 1], old.span.column - 1 + (text.startswith("\ufeff") and old.span.line == 1)
    written = old.raw or old.text
    if not line.startswith(written, column):
        raise InputError(f"cannot change the theme in `{name}`", help=BY_HAND)
    quote = written[:1] if written[:1] in ("'", '"') else ""
    lines[old.span.line - 1] = f"{line[:column]}{quote}{theme}{quote}{line[column + len(written) :]}"
    return "\n".join(lines)


def _says(data: bytes, theme: str, name: str) -> bool:
    """Whether a file reads, with this theme."""
    try:
        root = parse(data, name)
    except PolicyError:
        return False
    found = root.get("theme") if isinstance(root, Table) else None
    return isinstance(found, Scalar) and found.text == theme


def replace_file(path: Path, data: bytes) -> None:
    """Puts a file in place of another at once, so that nobody ever finds half of one; links stay links."""
    target = Path(os.path.realpath(path))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, written = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            os.chmod(written, target.stat().st_mode & 0o777)
        os.replace(written, target)
    except OSError as error:
        with suppress(OSError):
            os.unlink(written)
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(f"cannot write `{path}`: {(error.strerror or str(error)).lower()}")
