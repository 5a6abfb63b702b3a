"""How long a proof may take and whether it is still wanted: said by whoever waits, looked up by whoever proves."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from assistant.errors import WhysoError

LIMIT = 10_000


class CancelledError(WhysoError):
    """Whoever waited for a proof no longer does."""

    def __init__(self) -> None:
        super().__init__("stopped; nothing was changed")


class Cancellation(Protocol):
    """What a proof looks at to see whether it is still wanted; a `threading.Event` is one."""

    def is_set(self) -> bool:
        """Whether the proof should end."""


@dataclass(frozen=True, slots=True)
class Patience:
    """`limit` milliseconds for each proof, unless `cancel` is set before."""

    limit: int = LIMIT
    cancel: Cancellation | None = None


_current: ContextVar[Patience] = ContextVar("patience", default=Patience())  # noqa: B039  # it is frozen


def check_wanted() -> None:
    """Raises `CancelledError` where nobody waits any more; for work that is not the solver's."""
    cancel = _current.get().cancel
    if cancel is not None and cancel.is_set():
        raise CancelledError


def current() -> Patience:
    """What holds here."""
    return _current.get()


@contextmanager
def patience(limit: int | None = None, cancel: Cancellation | None = None) -> Iterator[None]:
    """Says how long proofs in this block may take, or how they are cancelled; what is left out stays as it was."""
    before = _current.get()
    token = _current.set(Patience(before.limit if limit is None else limit, cancel or before.cancel))
    try:
        yield
    finally:
        _current.reset(token)
