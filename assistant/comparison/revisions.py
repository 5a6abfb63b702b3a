"""A policy's folder as it was in a git revision, written into a folder of its own for as long as it is needed.

Only objects are read, by `ls-tree` and `cat-file`: nothing is checked out, no hook, filter, pager or remote is run, and
what a revision is called never reaches a shell. Links and submodules are left out; how much is written is bounded.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assistant.errors import InputError, shown
from assistant.policy.folder import HEAD, displayed

SECONDS = 20
MOST_FILES = 5_000
MOST_BYTES = 32 << 20
_WANTED = (".yaml", ".yml", ".j2")
_SAFE = ("--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "protocol.allow=never")
_QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
}
_ELSE = "name a folder with a policy.yaml, an installed policy, or a revision in a git repository"


@dataclass(frozen=True, slots=True)
class Revision:
    """A folder in a revision: `name` as it was given, `path` from the top of the repository that `within` is in."""

    name: str
    path: str
    within: Path

    @property
    def shown(self) -> str:
        """As messages show it: `HEAD~1:rules`."""
        return f"{shown(self.name, 100)}:{shown(self.path, 200)}"


@dataclass(frozen=True, slots=True)
class _Blob:
    hash: str
    size: int
    path: PurePosixPath


def revision_of(name: str, folder: Path) -> Revision:
    """The folder as it was in a revision of the repository that it is in; raises `InputError` where it is in none."""
    prefix = _asked(folder, name, "rev-parse", "--show-prefix").decode("utf-8", "replace").rstrip("\n")
    return Revision(name, prefix.rstrip("/"), folder)


def revision_and_path(text: str, within: Path) -> Revision:
    """`REVISION:PATH`, the path from the top of the repository or, if it begins with `./`, from here."""
    name, _, path = text.partition(":")
    if path == "." or path.startswith(("./", "../")):
        prefix = _asked(within, name, "rev-parse", "--show-prefix").decode("utf-8", "replace").rstrip("\n")
        path = os.path.normpath(f"{prefix}{path}").replace(os.sep, "/")
    return Revision(name, "" if path == "." else path.strip("/"), within)


@contextmanager
def written_out(revision: Revision) -> Iterator[Path]:
    """The folder of that revision in a folder of its own, which is gone afterwards."""
    commit = _commit(revision)
    blobs = _blobs(revision, commit)
    with tempfile.TemporaryDirectory(prefix="whyso-") as place:
        root = Path(place) / "policy"
        for blob, data in zip(blobs, _contents(revision, blobs), strict=True):
            _write(revision, root / blob.path, data)
        yield root


def _write(revision: Revision, target: Path, data: bytes) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    except OSError as error:
        why = shown(error.strerror or str(error), 200)
        message = f"the policy at `{revision.shown}` can't be written to a folder for a while: {why}"
        raise InputError(message, help="make room where temporary files go; TMPDIR names it") from None


def _not_here(revision: Revision) -> InputError:
    return InputError(f"objects of this revision are not here: `{revision.shown}`", help="`git fetch` them")


def _commit(revision: Revision) -> str:
    """The hash of the commit that a revision names."""
    name = revision.name
    if name and not name.startswith("-") and name.isprintable():
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        found = _asked(revision.within, name, *asked, may_fail=True).decode("ascii", "replace").split()
        if found and len(found[-1]) in (40, 64):
            return found[-1]
    where = shown(displayed(revision.within), 200)
    message = f"there is no revision `{shown(name, 100)}` in the git repository of `{where}`"
    raise InputError(message, help="`git log` lists the revisions")


def _blobs(revision: Revision, commit: str) -> list[_Blob]:
    """The files of a policy in the revision's folder."""
    asked = ("ls-tree", "-r", "-z", "--long", "--full-tree", f"{commit}:{revision.path}")
    listing = _asked(revision.within, revision.name, *asked, may_fail=True)
    try:
        blobs = [blob for line in listing.split(b"\0") if line and (blob := _blob(line)) is not None]
    except ValueError:
        raise _not_here(revision) from None
    if not any(str(blob.path) == HEAD for blob in blobs):
        where = f"`{shown(revision.path, 200)}`" if revision.path else "the top folder"
        message = f"there is no {HEAD} in {where} at the revision `{shown(revision.name, 100)}`"
        raise InputError(message, help="write REVISION:PATH, the path being from the top of the repository")
    if len(blobs) > MOST_FILES or sum(blob.size for blob in blobs) > MOST_BYTES:
        message = f"the policy at `{revision.shown}` is larger than {MOST_FILES:,} files or {MOST_BYTES >> 20} MiB"
        raise InputError(message, help="leave out what is not needed")
    return blobs


def _blob(line: bytes) -> _Blob | None:
    """A regular file that a policy may have; None for all else."""
    about, _, name = line.partition(b"\t")
    mode, kind, hash, size = about.split()
    path = PurePosixPath(os.fsdecode(name))
    if kind != b"blob" or not mode.startswith(b"100") or path.suffix not in _WANTED:
        return None
    if path.is_absolute() or any(part in ("..", ".git") or "\\" in part or ":" in part for part in path.parts):
        return None
    return _Blob(hash.decode("ascii"), int(size), path)


def _contents(revision: Revision, blobs: Sequence[_Blob]) -> Iterator[bytes]:
    """What the files say, in their order."""
    asked = "".join(f"{blob.hash}\n" for blob in blobs).encode("ascii")
    data = _asked(revision.within, revision.name, "cat-file", "--batch", stdin=asked)
    at = 0
    for _ in blobs:
        end = data.find(b"\n", at)
        about = data[at:end].split()
        if len(about) != 3:
            raise _not_here(revision)
        size = int(about[2])
        yield data[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def _asked(within: Path, name: str, *arguments: str, stdin: bytes = b"", may_fail: bool = False) -> bytes:
    """What git answers; raises `InputError` where there is no git or no repository or, unless it may, it fails."""
    command = ["git", *_SAFE, "-C", str(within), *arguments]
    environment = {**os.environ, **_QUIET}
    for variable in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF"):
        environment.pop(variable, None)
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, env=environment, timeout=SECONDS, check=False)
    except FileNotFoundError:
        message = (
            f"`{shown(name, 100)}` is no folder and no installed policy, and git, to look for a revision, is missing"
        )
        raise InputError(message, help="name a folder with a policy.yaml, or install git") from None
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise InputError(f"git failed to look for `{shown(name, 100)}`: {shown(str(error), 200)}") from None
    if done.returncode and b"not a git repository" in done.stderr:
        where = shown(displayed(within), 200)
        message = f"`{shown(name, 100)}` is no folder and no installed policy, and `{where}` is in no git repository"
        raise InputError(message, help=_ELSE)
    if done.returncode and not (may_fail and (not done.stderr.strip() or b"Not a valid object name" in done.stderr)):
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise InputError(f"git failed to look for `{shown(name, 100)}`: {shown(lines[0], 200)}")
    return done.stdout if not done.returncode else b""
