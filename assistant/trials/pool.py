"""Work on many items at once, in processes where that pays: the results are in the order of the items, however many."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")

_START = "fork" if sys.platform == "linux" else "spawn"
"""Forking takes milliseconds, a fresh process most of a second; the latter where forking is not safe."""

_shared: Any = None


def jobs_for(items: int, wanted: int | None, each: int) -> int:
    """How many processes to work with: `wanted`, else one for every so many items, at most one a core."""
    if wanted is not None:
        return min(wanted, max(1, items))
    return max(1, min(os.cpu_count() or 1, items // each))


def spread(work: Callable[[S, T], R], shared: S, items: Sequence[T], jobs: int) -> list[R]:
    """`work` on each item beside what they share; a module's function, which raises nothing of its own."""
    if jobs < 2:
        return [work(shared, item) for item in items]
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context(_START)
    size = max(1, min(64, -(-len(items) // (4 * jobs))))
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(shared,))
    try:
        return list(pool.map(partial(_one, work), items, chunksize=size))
    except BrokenProcessPool:
        return [work(shared, item) for item in items]
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(shared: Any) -> None:
    """What a process does first: Ctrl-C is for the one that waits for it."""
    global _shared
    _shared = shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _one(work: Callable[[Any, T], R], item: T) -> R:
    return work(_shared, item)
