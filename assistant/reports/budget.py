"""How much one rendering may do: counted in steps and characters rather than time, so that it ends alike everywhere."""

from collections.abc import Iterable, Iterator
from typing import Any

MOST_STEPS = 300_000
MOST_CHARACTERS = 8 << 20


class BudgetError(Exception):
    """A template that loops too often or writes too much."""


class Budget:
    """What is left to one rendering."""

    def __init__(self, steps: int = MOST_STEPS, characters: int = MOST_CHARACTERS) -> None:
        self._steps = steps
        self._characters = characters

    def step(self) -> None:
        """Takes one step."""
        self._steps -= 1
        if self._steps < 0:
            raise BudgetError("this template takes too many steps")

    def write(self, text: str) -> None:
        """Writes a text."""
        self.step()
        self._characters -= len(text)
        if self._characters < 0:
            raise BudgetError("this template writes too much")

    def over(self, items: Iterable[Any]) -> Iterator[Any]:
        """The items of a loop, a step each."""
        for item in items:
            self.step()
            yield item
