"""How much each class of a fact's answers weighs before anyone answers: the fact's declared prior, or all alike."""

from collections.abc import Sequence

from assistant.policy.vocabulary import MAX_COUNT, Band, FactType, Kind
from assistant.reasoning.classes import ValueClass


def prior(fact: FactType, classes: Sequence[ValueClass]) -> list[float]:
    """The prior of each class, summing to 1.

    Without a declared prior a scale is uniform over its values and anything else over its classes. A declared band of
    numbers is shared out in the same way among the classes that it meets.
    """
    weights = [0.0] * len(classes)
    lowest = fact.low
    for band in fact.prior or (Band(1),):
        parts = _parts(fact, band, lowest, classes)
        for index, part in enumerate(parts):
            weights[index] += band.weight * part / sum(parts)
        if band.up_to is not None:
            lowest = band.up_to + 1
    return [weight / sum(weights) for weight in weights]


def _parts(fact: FactType, band: Band, lowest: int, classes: Sequence[ValueClass]) -> list[int]:
    """How large a part of a band each class takes."""
    if not fact.numeric:
        return [int(band.value is None or one.low == band.value) for one in classes]
    top = MAX_COUNT if fact.high is None else fact.high
    highest = top if band.up_to is None else band.up_to
    shared = (
        min(highest, top if one.high is None else int(one.high)) - max(lowest, int(one.low)) + 1 for one in classes
    )
    return [max(part, 0) if fact.kind is Kind.SCALE else int(part > 0) for part in shared]
