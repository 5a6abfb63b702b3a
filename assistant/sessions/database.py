"""One transaction on the file of conversations at a time; only this package knows SQLite.

A connection lives as long as its transaction, so that a file deleted, moved or taken by another window in between is
noticed. The journal is a rollback journal: unlike a write-ahead log it works on network folders, and a file on a
read-only disk can be read. It is truncated rather than deleted, and synchronised once a transaction, which makes a turn
three times as quick and is as safe against a kill. A file that is damaged, newer or not ours is never written to.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.errors import shown
from assistant.sessions.errors import StoreError
from assistant.sessions.schema import APPLICATION_ID, VERSIONS

BUSY_SECONDS = 2.0
MOST_BYTES_CHECKED = 32 << 20
_LEFT = "it was left as it is"
_ELSEWHERE = "set WHYSO_DATA to another folder"
_READ_ONLY = ("it is read-only", _ELSEWHERE)
_REASONS = {
    sqlite3.SQLITE_FULL: ("the disk is full", "free some space"),
    sqlite3.SQLITE_IOERR: ("the disk is full or failing", "free some space"),
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened", _ELSEWHERE),
    sqlite3.SQLITE_PERM: ("it may not be opened", _ELSEWHERE),
    sqlite3.SQLITE_BUSY: ("another program has it locked", "close that program"),
    sqlite3.SQLITE_LOCKED: ("another program has it locked", "close that program"),
}
_DAMAGED = frozenset(
    (
        *(sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_SCHEMA),
        *(sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH),
    )
)
"""What SQLite says of a file that is no database, or lacks what ours has."""


class Database:
    """The file at `path`; `versions` are the steps to its newest schema."""

    def __init__(self, path: Path, versions: tuple[str, ...] = VERSIONS) -> None:
        self.path = path
        self.versions = versions

    @property
    def exists(self) -> bool:
        """Whether there is a file at all."""
        return os.path.lexists(self.path)

    def check(self) -> None:
        """Raises `StoreError` where it is plain already that the file cannot be used."""
        nearest = next((path for path in (self.path, *self.path.parents) if os.path.lexists(path)), self.path)
        if not os.access(nearest, os.W_OK):
            raise self._unwritable(*_READ_ONLY)
        if not self.exists:
            return
        with self._told(), closing(self._connected()) as connection:
            self._recognise(connection)
            small = self.path.stat().st_size <= MOST_BYTES_CHECKED
            if small and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise self.damaged()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A view of the file that nobody changes meanwhile."""
        with self._told(), closing(self._connected()) as connection:
            if self._recognise(connection) < len(self.versions):
                self._migrate(connection)
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it is kept, or nothing."""
        with self._told():
            self._create()
            with closing(self._connected()) as connection:
                behind = self._recognise(connection) < len(self.versions)
                for setting in ("secure_delete = ON", "journal_mode = TRUNCATE", "synchronous = NORMAL"):
                    connection.execute(f"PRAGMA {setting}")
                if behind:
                    self._migrate(connection)
                with _transaction(connection):
                    yield connection

    def _connected(self) -> sqlite3.Connection:
        address = f"{self.path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(address, timeout=BUSY_SECONDS, isolation_level=None, uri=True)
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    def _create(self) -> None:
        """Makes an empty file that only its owner may read, where there is none."""
        if self.exists:
            return
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))

    def _recognise(self, connection: sqlite3.Connection) -> int:
        """The version of the file's schema, in one look at it: another window may just be making it."""
        if connection.in_transaction:
            return self._version(connection)
        connection.execute("BEGIN")
        try:
            return self._version(connection)
        finally:
            connection.rollback()

    def _version(self, connection: sqlite3.Connection) -> int:
        """The version of the file's schema; raises where it is not ours, or newer."""
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if application != APPLICATION_ID and (
            application or version or connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
        ):
            message = f"{self._named} holds something else than conversations"
            raise StoreError(message, help=f"{_LEFT}; move it away, or {_ELSEWHERE}", lasting=True)
        if version > len(self.versions):
            message = f"{self._named} is of a newer whyso (version {version}; this one knows {len(self.versions)})"
            raise StoreError(message, help=f"{_LEFT}; update whyso, or {_ELSEWHERE}", lasting=True)
        return version

    def _migrate(self, connection: sqlite3.Connection) -> None:
        """Brings the schema up to date in one transaction; another window may have been quicker."""
        with _transaction(connection):
            for number in range(self._recognise(connection), len(self.versions)):
                for statement in self.versions[number].split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number + 1}")

    @property
    def _named(self) -> str:
        return f"`{shown(str(self.path), 200)}`"

    def damaged(self) -> StoreError:
        """That it is damaged, and what to do."""
        return StoreError(
            f"{self._named} is damaged", help=f"{_LEFT}; move it away to begin a new one, or {_ELSEWHERE}", lasting=True
        )

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever goes wrong with the file, in words."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._in_words(error) from None
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise self._unwritable(reason, _ELSEWHERE) from None

    def _in_words(self, error: sqlite3.Error) -> StoreError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _DAMAGED:
            return self.damaged()
        return self._unwritable(*_REASONS.get(code, (shown(str(error)), _ELSEWHERE)))

    def _unwritable(self, reason: str, help: str) -> StoreError:
        return StoreError(f"cannot write {self._named}: {reason}", help=help)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of what is done, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.commit()
    except BaseException:  # an interruption, too, leaves nothing half written
        connection.rollback()
        raise
