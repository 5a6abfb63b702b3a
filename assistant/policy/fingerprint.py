"""How a policy's files look from outside: enough to notice at once, without reading any, that one was changed.

New files, files gone and files put in another's place all count; so does a folder that is gone or can't be read.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from assistant.policy.folder import MAX_FILES, installed
from assistant.policy.syntax import Policy

Look: TypeAlias = tuple[int, ...]
"""What a file looks like: when it was changed, its size, its number on the disk; for what can't be seen, why."""
Fingerprint: TypeAlias = Mapping[str, Look]

_MOST_ENTRIES = 5 * MAX_FILES
"""A folder with more entries is looked through so far; the loader refuses it long before."""


def watched_folders(policy: Policy) -> tuple[Path, ...]:
    """The folders from whose files a policy is made: its layers', the vocabularies and sources in them, its sources."""
    folders: list[Path] = []
    for root in policy.roots:
        folders += [root, root / "vocabulary", *(root / "knowledge" / part.id for part in policy.source.parts)]
    folders += [installed("knowledge") / part.id for part in policy.source.parts]
    return tuple(dict.fromkeys(folders))


def fingerprint(folders: Iterable[Path]) -> Fingerprint:
    """How the YAML files directly in some folders look now."""
    return {name: look for folder in folders for name, look in _looks(str(folder))}


def newest(looks: Fingerprint) -> int:
    """When the file that was changed last was, in nanoseconds; 0 where there is none."""
    return max((look[0] for look in looks.values() if len(look) > 1), default=0)


def _looks(folder: str) -> Iterator[tuple[str, Look]]:
    try:
        with os.scandir(folder) as entries:
            for count, entry in enumerate(entries):
                if count > _MOST_ENTRIES:
                    return
                if entry.name.endswith((".yaml", ".yml")) and not entry.name.startswith("."):
                    yield entry.path, _look(entry)
    except OSError as error:
        yield folder, (error.errno or -1,)


def _look(entry: "os.DirEntry[str]") -> Look:
    try:
        found = entry.stat()
    except OSError as error:
        return (error.errno or -1,)
    return found.st_mtime_ns, found.st_size, found.st_ino
