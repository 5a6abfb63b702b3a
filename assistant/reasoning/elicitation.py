"""Which question to ask next: the one that minimises the expected number of questions still to be asked.

The value of a state of knowledge is 0 where the verdict is settled, else what the question asked now counts as (1, or
the effort that the vocabulary declares) plus the expected value of the state that its answer leads to. Where few facts
are left this recursion is solved outright, by dynamic programming over all states. Where there are more, it is looked
into two questions deep; a state beyond that is not settled counts as one more question, and another for each bit of
entropy in its shares. Ties go to the vocabulary's order.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.classes import ValueClass
from assistant.reasoning.possibilities import FORBIDDEN, Grid, TooManyError, grid, outlook
from assistant.reasoning.sampling import surely_open

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EXACT_FACTS = 7
EXACT_STATES = 200_000
TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Prospect:
    """One class of answers to a question, and the shares of the final verdicts that would then be possible."""

    answer: ValueClass
    prior: float
    shares: Mapping[str | None, float]


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """The question to ask: what each class of answers leads to, and how many questions are left at most.

    `fact` is None where the verdict is settled, or nothing that could change it may be asked.
    """

    fact: str | None
    prospects: tuple[Prospect, ...]
    left_at_most: int


def next_question(policy: Policy, answers: Answers, skipped: Collection[str] = ()) -> NextQuestion:
    """The best question on some answers, leaving out what one was not sure of."""
    try:
        found = grid(policy, answers)
    except TooManyError:
        return _in_order(policy, answers, skipped)
    askable = [name for name in found.open if name not in skipped and policy.facts[name].asked]
    if found.outlook.settled or not askable:
        return NextQuestion(None, (), 0)
    fact = _best(found, askable)
    return NextQuestion(fact, tuple(prospects(found, fact)), len(askable))


def _in_order(policy: Policy, answers: Answers, skipped: Collection[str]) -> NextQuestion:
    """The easiest question that surely bears on the verdict, where there are too many possibilities to weigh."""
    found = outlook(policy, answers)
    askable = [name for name in found.open if name not in skipped and policy.facts[name].asked]
    if not askable:
        return NextQuestion(None, (), 0)
    sure = surely_open(policy, answers, found.example)
    fact = min(askable, key=lambda name: (name not in sure, policy.facts[name].effort))
    return NextQuestion(fact, (), len(askable))


def prospects_of(policy: Policy, answers: Answers, name: str) -> tuple[Prospect, ...]:
    """What each class of answers to a fact leads to; nothing where there are too many possibilities to weigh."""
    try:
        return tuple(prospects(grid(policy, answers), name))
    except TooManyError:
        return ()


def prospects(found: Grid, name: str) -> Iterator[Prospect]:
    """What each class of answers to a fact leads to; classes that are impossible are left out."""
    axis = found.names.index(name)
    for index, answer in enumerate(found.classes[axis]):
        shares = found.given(name, index)
        if shares:
            yield Prospect(answer, float(found.weights.take(index, axis).sum()), shares)


def _best(found: Grid, askable: list[str]) -> str:
    axes = [found.names.index(name) for name in askable]
    if len(axes) == 1:
        return askable[0]
    states = 1
    for axis in axes:
        states *= len(found.classes[axis]) + 1
    exact = len(axes) <= EXACT_FACTS and states <= EXACT_STATES
    efforts = [found.policy.facts[name].effort for name in askable]
    costs = _exact(found, axes, efforts) if exact else _two_deep(found, axes, efforts)
    least = min(costs)
    return next(name for name, cost in zip(askable, costs, strict=True) if cost <= least + TIE)


def _verdict_masses(found: Grid, axes: list[int]) -> "NDArray[np.float64]":
    """The weight of each verdict over the askable axes, all others summed away: verdicts first, then the axes."""
    import numpy as np

    others = tuple(axis for axis in range(found.finals.ndim) if axis not in axes)
    values = [value for value in np.unique(found.finals) if value != FORBIDDEN]
    return np.stack([np.where(found.finals == value, found.weights, 0.0).sum(axis=others) for value in values])


def _exact(found: Grid, axes: list[int], efforts: list[int]) -> list[float]:
    """The expected number of questions after asking each fact first: dynamic programming over all states.

    Axis i of the tables has one place for each class and a last one for "not asked yet".
    """
    import numpy as np

    masses = _verdict_masses(found, axes)
    for axis in range(1, masses.ndim):
        masses = np.concatenate([masses, masses.sum(axis=axis, keepdims=True)], axis=axis)
    weight = masses.sum(axis=0)
    unsettled = (masses > 0).sum(axis=0) > 1
    value = np.zeros(weight.shape)
    count = len(axes)
    first: list[float] = []
    for size in range(1, count + 1):
        for open_axes in combinations(range(count), size):
            here = tuple(slice(-1, None) if axis in open_axes else slice(None, -1) for axis in range(count))
            costs = [efforts[axis] + _after(value, weight, here, axis) for axis in open_axes]
            value[here] = np.where(unsettled[here], np.minimum.reduce(costs), 0.0)
            if size == count:
                first = [float(one.item()) for one in costs]
    return first


def _after(
    value: "NDArray[np.float64]", weight: "NDArray[np.float64]", here: tuple[slice, ...], axis: int
) -> "NDArray[np.float64]":
    """The expected value once the fact of `axis` is answered, in each state of `here`."""
    import numpy as np

    answered = (*here[:axis], slice(None, -1), *here[axis + 1 :])
    expected = (value[answered] * weight[answered]).sum(axis=axis, keepdims=True)
    total = weight[here]
    return np.asarray(np.divide(expected, total, out=np.zeros_like(total), where=total > 0))


def _two_deep(found: Grid, axes: list[int], efforts: list[int]) -> list[float]:
    """The expected number of questions after asking each fact first, as far as two questions show."""
    import numpy as np

    masses = _verdict_masses(found, axes)
    sizes = masses.shape[1:]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    joint = _pairs(masses)
    mixed = (joint > 0).sum(axis=0) > 1
    pair_weight = joint.sum(axis=0)
    entropy = _entropy(joint)
    weight = np.diag(pair_weight)
    usual = sum(efforts) / len(efforts)
    costs = []
    for axis in range(len(sizes)):
        total = float(efforts[axis])
        for place in range(starts[axis], starts[axis + 1]):
            if mixed[place, place]:
                left = np.where(mixed[place], pair_weight[place] * (1 + entropy[place]) * usual, 0.0)
                beyond = np.add.reduceat(left, starts[:-1]) + weight[place] * np.asarray(efforts)
                total += min(beyond[other] for other in range(len(sizes)) if other != axis)
        costs.append(float(total))
    return costs


def _entropy(joint: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """The entropy in bits over the first axis."""
    import numpy as np

    total = joint.sum(axis=0)
    share = np.divide(joint, total, out=np.zeros_like(joint), where=total > 0)
    bits = np.log2(share, out=np.zeros_like(share), where=share > 0)
    return np.asarray(-(share * bits).sum(axis=0))


def _pairs(masses: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """For each verdict, the joint weight of every two classes of facts: (verdicts, classes, classes).

    Facts are summed away one after the other, so that each pair is read off a table that holds little more than it.
    """
    import numpy as np

    sizes = masses.shape[1:]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    joint = np.zeros((len(masses), starts[-1], starts[-1]))
    for first in range(len(sizes)):
        here = slice(starts[first], starts[first + 1])
        alone = masses.sum(axis=tuple(range(2, masses.ndim)))
        joint[:, here, here] = alone[:, :, None] * np.eye(sizes[first])
        rest = masses
        for second in range(first + 1, len(sizes)):
            there = slice(starts[second], starts[second + 1])
            both = rest.sum(axis=tuple(range(3, rest.ndim)))
            joint[:, here, there] = both
            joint[:, there, here] = both.transpose(0, 2, 1)
            rest = rest.sum(axis=2)
        masses = masses.sum(axis=1)
    return joint
