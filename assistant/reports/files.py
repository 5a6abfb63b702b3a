"""Writes a record to a file: all of it or nothing, under a name of its own until it is whole."""

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assistant.errors import InputError, shown


def write_file(path: Path, data: bytes) -> None:
    """Puts `data` in the place of what is there; a pipe or device is written to. Raises `InputError`."""
    with _told(path):
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            if target.is_dir():
                raise InputError(f"cannot write `{_named(path)}`: it is a folder", help="name a file")
            target.write_bytes(data)
            return
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
        if mode is not None and not os.access(target, os.W_OK):
            raise PermissionError(0, "permission denied")
        beside = _written_beside(target, data)
        try:
            if mode is not None:
                beside.chmod(mode)
            beside.replace(target)
        except OSError:
            _remove(beside)
            raise


def write_new(path: Path, data: bytes) -> None:
    """Puts `data` in a file that must not be there yet; raises `FileExistsError` where it is, else `InputError`."""
    with _told(path):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        try:
            _written_beside(path, data).replace(path)
        except OSError:
            _remove(path)
            raise


def _written_beside(target: Path, data: bytes) -> Path:
    """A file beside another that holds `data`, on the disk."""
    beside = target.with_name(f".whyso-{secrets.token_hex(6)}.part")
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        _remove(beside)
        raise
    return beside


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Whatever keeps a file from being written, in words."""
    try:
        yield
    except FileExistsError:
        raise
    except FileNotFoundError:
        raise InputError(f"cannot write `{_named(path)}`: there is no such folder", help="make it first") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        help = "free some space" if "space" in reason.lower() else "name another file"
        raise InputError(f"cannot write `{_named(path)}`: {reason.lower()}", help=help) from None


def _named(path: Path) -> str:
    return shown(str(path), 200)
