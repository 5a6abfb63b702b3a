"""What was made of texts before, kept for as long as it fits: what an owner edits mostly says what it said before.

Nothing that is kept may be changed by whoever gets it. Any thread may ask.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


class Kept(Generic[V]):
    """Values by key, those asked for last, as many as together are no larger than `most`."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._values: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Hashable, size: int, make: Callable[[], V]) -> V:
        """The value of a key, made where it is not held; what `make` raises is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key][0]
        value = make()
        with self._lock:
            if key not in self._values and size <= self.most:
                self._values[key] = value, size
                self._size += size
            while self._size > self.most:
                self._size -= self._values.popitem(last=False)[1][1]
        return value

    def clear(self) -> None:
        """Lets go of all."""
        with self._lock:
            self._values.clear()
            self._size = 0
