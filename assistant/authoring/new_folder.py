"""Writing a folder that is not there yet, all of it or nothing."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from assistant.errors import InputError, shown


def check_free(folder: Path) -> None:
    """Raises `InputError` unless a folder may be written here: nothing is there yet, or an empty folder."""
    name = shown(str(folder), 200)
    if folder.is_dir():
        if any(folder.iterdir()):
            raise InputError(f"`{name}` is not empty", help="name a folder that is not there yet")
    elif os.path.lexists(folder):
        raise InputError(f"`{name}` is not a folder", help="name a folder that is not there yet")
    elif not folder.absolute().parent.is_dir():
        raise InputError(f"there is no folder `{shown(str(folder.parent), 200)}` to put it in", help="make it first")


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Writes texts, by path, into a new or empty folder: beside it first, then moved there at once."""
    try:
        check_free(folder)
        target = Path(os.path.realpath(folder))
        made = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name[:100]}."))
        try:
            for name, text in files.items():
                path = made / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
            made.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o777 & ~_umask())
            _move(made, target)
        except OSError:
            with suppress(OSError):
                shutil.rmtree(made)
            raise
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise InputError(f"cannot write `{shown(str(folder), 200)}`: {reason.lower()}") from None


def _move(made: Path, target: Path) -> None:
    """Puts a folder in the place of an empty one; fails where something came to be in that meanwhile."""
    if os.name == "nt" and target.exists():
        target.rmdir()
    made.rename(target)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
