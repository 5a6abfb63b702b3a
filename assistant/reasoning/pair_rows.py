"""Many cases at once under two policies: the same rows of answers in columns, and what each policy makes of them.

An outcome is the position of an option in `Outcomes`, so that options that only one policy has are told apart too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from assistant.policy.syntax import Rule
from assistant.policy.vocabulary import FactType
from assistant.reasoning.classes import class_index
from assistant.reasoning.columns import code_of
from assistant.reasoning.draws import uniform
from assistant.reasoning.pairs import SIDES, Axis, Case, Pair, Side
from assistant.reasoning.vectorised import Batch, infer_batch

REFUSED = "(refused)"
"""The outcome of answers that a policy declares impossible, or on which its rules contradict each other."""
Indices = NDArray[np.int32]
"""For each row the class of one axis; -1 where it is not answered."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Cases in columns: for each axis its class in every row."""

    pair: Pair
    axes: tuple[Axis, ...]
    columns: tuple[Indices, ...]
    size: int

    def case(self, row: int) -> Case:
        """One row as answers."""
        return self.pair.case(self.axes, self.indices(row))

    def indices(self, row: int) -> list[int]:
        """The class of each axis in one row."""
        return [int(column[row]) for column in self.columns]

    def batch(self, side: Side, rules: Iterable[Rule] | None = None) -> Batch:
        """What some rules of a side make of every row; all of them without `rules`."""
        policy = self.pair.policy(side)
        told, unknown = {}, {}
        for axis, column in zip(self.axes, self.columns, strict=True):
            if axis.on(side):
                fact = policy.told[axis.name]
                told[axis.name] = _codes(fact, axis)[column]
                if (column < 0).any():
                    unknown[axis.name] = column < 0
        return infer_batch(policy, rules, told, self.size, unknown)


def _codes(fact: FactType, axis: Axis) -> NDArray[np.int64]:
    """The code of each class, and once more the first, on which what is not answered falls."""
    codes = [code_of(fact, one.low) for one in axis.classes]
    return np.asarray([*codes, codes[0]], np.int64)


@dataclass(frozen=True)
class Outcomes:
    """Every verdict that either policy can come to: options by id, None for none at all, and `REFUSED`."""

    ids: tuple[str | None, ...]

    @classmethod
    def of(cls, pair: Pair) -> "Outcomes":
        """Those of two policies, in the order of the one after."""
        options = [option.id for policy in (pair.after, pair.before) for option in policy.options]
        return cls((*dict.fromkeys(options), None, REFUSED))

    def column(self, batch: Batch) -> NDArray[np.int16]:
        """The outcome of every row."""
        places = [self.ids.index(option.id) for option in batch.policy.options]
        places.append(self.ids.index(None))
        found = np.asarray(places, np.int16)[batch.final]
        return np.where(batch.possible, found, np.int16(self.ids.index(REFUSED)))


@dataclass(frozen=True, eq=False)
class Outcome:
    """What both sides make of some rows."""

    outcomes: Outcomes
    before: NDArray[np.int16]
    after: NDArray[np.int16]

    @cached_property
    def pairs(self) -> NDArray[np.int64]:
        """Both outcomes of a row as one number."""
        return self.before.astype(np.int64) * len(self.outcomes.ids) + self.after

    def ends(self, pair: int) -> tuple[str | None, str | None]:
        """The two outcomes that a number of `pairs` stands for."""
        ids = self.outcomes.ids
        return ids[pair // len(ids)], ids[pair % len(ids)]

    @property
    def moved(self) -> NDArray[np.bool_]:
        """The rows whose outcome is another one."""
        return np.asarray(self.before != self.after)

    @cached_property
    def possible(self) -> NDArray[np.bool_]:
        """The rows that at least one side takes."""
        refused = self.outcomes.ids.index(REFUSED)
        return np.asarray((self.before != refused) | (self.after != refused))


def outcome(rows: Rows, rules: Mapping[Side, Sequence[Rule]]) -> Outcome:
    """The final verdicts of both sides by the rules that bear on them."""
    outcomes = Outcomes.of(rows.pair)
    before, after = (outcomes.column(rows.batch(side, rules[side])) for side in SIDES)
    return Outcome(outcomes, before, after)


def every_case(pair: Pair, axes: tuple[Axis, ...]) -> tuple[Rows, NDArray[np.float64]]:
    """Every complete case, the last axis varying fastest, and the prior of each."""
    shape = [len(axis.classes) for axis in axes]
    size = prod(shape)
    columns, weights = [], np.ones(1)
    for place, axis in enumerate(axes):
        before, after = prod(shape[:place]), prod(shape[place + 1 :])
        columns.append(np.tile(np.repeat(np.arange(shape[place], dtype=np.int32), after), before))
        weights = np.multiply.outer(weights, np.asarray(axis.weights)).ravel()
    return Rows(pair, axes, tuple(columns), size), weights


def drawn_cases(pair: Pair, axes: tuple[Axis, ...], draws: int) -> Rows:
    """Complete cases drawn by the priors, the same ones each time."""
    columns = []
    for axis in axes:
        chances = np.cumsum(np.asarray(axis.weights))
        at = np.searchsorted(chances, uniform(f"answer {axis.side} {axis.name}", draws), side="right")
        columns.append(np.minimum(at, len(axis.classes) - 1).astype(np.int32))
    return Rows(pair, axes, tuple(columns), draws)


def small_cases(pair: Pair, axes: tuple[Axis, ...], most: int, rows: int, seed: Sequence[int] | None = None) -> Rows:
    """Every case with few answers, the fewest first: up to `most` of them, fewer where that makes too many rows.

    With a `seed`, the class of each axis or -1, every case with so many answers beside its own.
    """
    base = np.asarray([-1] * len(axes) if seed is None else seed, np.int32)
    free = [place for place in range(len(axes)) if base[place] < 0]
    sizes = [len(axes[place].classes) for place in free]
    level, last = base[:, None], np.full(1, -1)
    levels = [level]
    for number in range(1, most + 1):
        rows -= level.shape[1]
        if _count(sizes, number) > rows:
            break
        level, last = _with_one_more(axes, free, level, last)
        levels.append(level)
    table = np.concatenate(levels, axis=1)
    return Rows(pair, axes, tuple(table), table.shape[1])


def _with_one_more(
    axes: Sequence[Axis], free: Iterable[int], level: Indices, last: NDArray[np.int64]
) -> tuple[Indices, NDArray[np.int64]]:
    """Each row with every answer to one more axis that is later than its `last`; and the last axis of each."""
    tables, lasts = [level[:, :0]], [last[:0]]
    for place in free:
        rows = np.flatnonzero(last < place)
        for index in range(len(axes[place].classes) if len(rows) else 0):
            table = level[:, rows]
            table[place] = index
            tables.append(table)
            lasts.append(np.full(len(rows), place))
    return np.concatenate(tables, axis=1), np.concatenate(lasts)


def _count(sizes: Sequence[int], number: int) -> int:
    """How many cases there are with so many answers: a coefficient of the product of all (1 + size x)."""
    counts = [1] + [0] * number
    for size in sizes:
        for k in range(number, 0, -1):
            counts[k] += counts[k - 1] * size
    return counts[number]


def rows_of(pair: Pair, axes: tuple[Axis, ...], cases: Sequence[Iterable[tuple[int, int]]]) -> Rows:
    """Rows with some answers each, as (axis, class)."""
    table = np.full((len(axes), len(cases)), -1, np.int32)
    for row, answers in enumerate(cases):
        for place, index in answers:
            table[place, row] = index
    return Rows(pair, axes, tuple(table), len(cases))


def places_of(side: Side, axes: Sequence[Axis], answers: Mapping[str, object]) -> list[tuple[int, int]]:
    """A side's answers as (axis, class), without those that no axis holds."""
    found = []
    for place, axis in enumerate(axes):
        value = answers.get(axis.name) if axis.on(side) else None
        if value is None or not isinstance(value, int | str):
            continue
        try:
            index = class_index(axis.classes, value)
        except ValueError:
            continue
        low = axis.classes[index].low
        if isinstance(low, bool | str) or (isinstance(value, int) and value >= low):
            found.append((place, index))
    return found
