"""Uniform numbers out of a name: the same for one name on every machine and under every version of what we build on.

The generator is SplitMix64 (Steele, Lea and Flood, 2014), written out on whole numbers. A figure keeps its draws
whatever else stands in a comparison, so that two comparisons differ by what differs in them and not by luck.
"""

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DRAWS = 100_000
_STEP, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def uniform(name: str, draws: int = DRAWS) -> "NDArray[np.float64]":
    """So many numbers from 0 up to and without 1, independent of those of any other name."""
    import numpy as np

    seed = int.from_bytes(blake2b(name.encode("utf-8"), digest_size=8).digest(), "big")
    state = np.arange(1, draws + 1, dtype=np.uint64) * np.uint64(_STEP)
    state += np.uint64(seed)
    state ^= state >> np.uint64(30)
    state *= np.uint64(_FIRST)
    state ^= state >> np.uint64(27)
    state *= np.uint64(_SECOND)
    state ^= state >> np.uint64(31)
    return (state >> np.uint64(11)).astype(np.float64) / (1 << 53)
