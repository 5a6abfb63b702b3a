"""Many cases at once: the policy over numpy columns against a loop over a function written by hand.

All on one core without further ado: numpy does its elementwise work in the thread that asks for it, and nothing here
calls BLAS, which would not.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import DTypeLike, NDArray

from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import FactType, Kind, Value
from assistant.reasoning.columns import Column, Mask
from assistant.reasoning.loading import load_policy
from assistant.reasoning.possibilities import space_of
from assistant.reasoning.vectorised import Batch, infer_batch
from benchmarks.deciding import by_hand, matrix_only
from benchmarks.timing import duration, seconds, table

CASES = 1_000_000
ROWS = 200_000
"""Cases of the loops: a million dictionaries would tell no more and fill the memory."""
MOST = 20_000
"""The largest count that is drawn."""

Columns = Mapping[str, Column]


def drawn(policy: Policy, number: int, type: DTypeLike = np.int16) -> dict[str, Column]:
    """A column for each fact that some rule reads, its values drawn evenly."""
    dice = np.random.default_rng(1)
    read = {name for rule in policy.rules for name in rule.reads}
    facts = (fact for fact in policy.told.values() if fact.name in read)
    return {fact.name: dice.integers(*_ends(fact), number, endpoint=True).astype(type) for fact in facts}


def _ends(fact: FactType) -> tuple[int, int]:
    match fact.kind:
        case Kind.FLAG:
            return 0, 1
        case Kind.CHOICE:
            return 0, len(fact.options) - 1
        case _:
            return fact.low, MOST if fact.high is None else fact.high


def rows_of(columns: Columns) -> Iterator[dict[str, Value]]:
    """The same cases, each a dictionary."""
    return (dict(zip(columns, row, strict=True)) for row in zip(*(c.tolist() for c in columns.values()), strict=True))


def whole_space(policy: Policy) -> dict[str, Column]:
    """Every answer that there is to the matrix: scales value by value, the count by its classes."""
    values = []
    for name, classes in space_of(policy).classes.items():
        fact = policy.facts[name]
        numbers = range(fact.low, fact.high + 1) if fact.high is not None else [int(one.low) for one in classes]
        values.append(np.asarray(numbers, np.int16))
    crossed = np.meshgrid(*values, indexing="ij")
    return {name: column.reshape(-1) for name, column in zip(space_of(policy).classes, crossed, strict=True)}


def decided(
    policy: Policy, columns: Columns, unknown: Mapping[str, Mask] | None = None
) -> tuple[Batch, NDArray[np.uint8]]:
    """The final verdict of each row, and the rules that fired as a bit set."""
    batch = infer_batch(policy, None, columns, len(next(iter(columns.values()))), unknown)
    return batch, batch.bits()


def held(policy: Policy, columns: Columns, rows: list[dict[str, Value]]) -> None:
    """Every verdict is that of the function written by hand."""
    batch, _ = decided(policy, columns)
    options = [option.id for option in policy.options]
    assert [options[code] for code in batch.final.tolist()] == [by_hand(row)[0] for row in rows]


def report() -> str:
    """The tables of this page."""
    policy = load_policy()
    matrix = matrix_only(policy)
    return "\n\n".join(["## Many cases at once, on one core", *_matrix(matrix, policy), *_space(matrix)])


def _matrix(matrix: Policy, policy: Policy) -> list[str]:
    narrow, wide, whole = drawn(matrix, CASES), drawn(matrix, CASES, np.int64), drawn(policy, CASES)
    dice = np.random.default_rng(2)
    unknown = {name: dice.random(CASES) < 0.25 for name in narrow}
    few = {name: column[:ROWS] for name, column in narrow.items()}
    rows = list(rows_of(few))
    held(matrix, few, rows)
    loop = seconds(lambda: [by_hand(row) for row in rows]) / ROWS
    made = seconds(lambda: [by_hand(row) for row in rows_of(few)]) / ROWS
    runs = {
        "whyso over 16-bit columns": seconds(lambda: decided(matrix, narrow)),
        "whyso over 64-bit columns": seconds(lambda: decided(matrix, wide)),
        "whyso over 16-bit columns, a quarter of the answers unknown": seconds(
            lambda: decided(matrix, narrow, unknown)
        ),
        f"whyso, the whole policy of {len(policy.rules)} rules, 16-bit columns": seconds(
            lambda: decided(policy, whole)
        ),
    }
    found = [
        _row("a loop over the hand-written function, cases as dictionaries", loop, loop),
        _row("the same, each dictionary made from the columns", made, loop),
        *(_row(name, taken / CASES, loop) for name, taken in runs.items()),
    ]
    return [
        f"The matrix over {CASES:,} random cases (the loops over {ROWS:,} of them, with the same verdicts); whyso with "
        "final verdicts and the bit set of fired rules:",
        table(["what", "a million cases", "cases a second", "times the loop"], found),
    ]


def _row(name: str, taken: float, loop: float) -> list[str]:
    return [name, duration(taken * 1_000_000), f"{1 / taken:,.0f}", f"{loop / taken:.3g}"]


def _space(matrix: Policy) -> list[str]:
    columns = whole_space(matrix)
    rows = list(rows_of(columns))
    held(matrix, columns, rows)
    taken = seconds(lambda: decided(matrix, whole_space(matrix)))
    options = [option.id for option in matrix.options]
    counts = Counter(by_hand(row)[0] for row in rows)
    spread = ", ".join(f"{option} {counts[option]:,}" for option in options)
    return [
        f"The whole space of the matrix, {len(rows):,} answers, its columns made on the way: {duration(taken)}. "
        f"Every verdict is that of the hand-written function: {spread}."
    ]
