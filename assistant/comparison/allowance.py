"""How long a comparison may look for proofs in all: what is left of it is what the next proof gets."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from assistant.reasoning.claims import Unknown
from assistant.reasoning.patience import patience

T = TypeVar("T")
LIMIT = 10.0
"""Seconds for all proofs together."""


@dataclass(frozen=True)
class Allowance:
    """So many seconds from now on."""

    seconds: float = LIMIT
    end: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "end", time.monotonic() + self.seconds)

    def prove(self, work: Callable[[], T]) -> T | Unknown:
        """A proof in the time that is left; unknown where there is none."""
        left = self.end - time.monotonic()
        if left <= 0:
            return Unknown(self.reason)
        with patience(int(left * 1000) + 1):
            found = work()
        return Unknown(self.reason) if isinstance(found, Unknown) and self.over else found

    @property
    def over(self) -> bool:
        """Whether nothing is left."""
        return time.monotonic() >= self.end

    @property
    def reason(self) -> str:
        """Why something is not proved."""
        return f"not proved within {self.seconds:g} s"
