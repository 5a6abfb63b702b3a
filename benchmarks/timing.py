"""Timing and tables: medians of repeated runs, and the Markdown they are written as."""

import statistics
import time
from collections.abc import Callable, Sequence


def seconds(call: Callable[[], object], *, at_least: float = 0.3, rounds: int = 5) -> float:
    """The least mean time of a call over several rounds: what it takes when nothing else gets in the way."""
    number, taken = 1, 0.0
    while taken < at_least / rounds:
        started = time.perf_counter()
        for _ in range(number):
            call()
        taken = time.perf_counter() - started
        number = number if taken >= at_least / rounds else number * 2
    best = taken / number
    for _ in range(rounds - 1):
        started = time.perf_counter()
        for _ in range(number):
            call()
        best = min(best, (time.perf_counter() - started) / number)
    return best


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def duration(value: float) -> str:
    """Seconds with a fitting unit."""
    for factor, unit in ((1.0, "s"), (1e-3, "ms")):
        if value >= factor:
            return f"{value / factor:.3g} {unit}"
    return f"{value / 1e-6:.3g} µs"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
