"""How many questions it takes until the verdict is settled: the interview against fixed orders that stop as early."""

import math
import random
import statistics
import time
from collections.abc import Callable, Sequence
from functools import cache
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning import possibilities
from assistant.reasoning.counterfactuals import flips_of, settling
from assistant.reasoning.elicitation import next_question
from assistant.reasoning.loading import load_policy
from assistant.reasoning.possibilities import FORBIDDEN, Grid, grid, space_of
from assistant.reasoning.priors import prior
from benchmarks.deciding import matrix_only
from benchmarks.timing import duration, quantile, table

ARCHITECTS = 2000
ORDERS = 200
CONTRASTED = 300


class Settled:
    """Whether each state of knowledge settles the verdict; a state has, for each fact, a class or "not asked"."""

    def __init__(self, found: Grid) -> None:
        options = np.where(found.finals == FORBIDDEN, 0, np.left_shift(1, found.finals.astype(np.int64) + 1))
        for axis in range(options.ndim):
            both = np.bitwise_or.reduce(options, axis=axis, keepdims=True)
            options = np.concatenate([options, both], axis=axis)
        self.table: NDArray[np.bool_] = (options & (options - 1)) == 0

    def questions(self, order: Sequence[int], classes: NDArray[np.intp]) -> NDArray[np.intp]:
        """How many questions each architect (a row of classes) is asked in a fixed order."""
        state = [np.full(len(classes), size - 1) for size in self.table.shape]
        asked = np.zeros(len(classes), np.intp)
        for fact in order:
            asked += ~self.table[tuple(state)]
            state[fact] = classes[:, fact]
        return asked


def interview(policy: Policy, names: Sequence[str], architects: NDArray[np.intp]) -> tuple[list[int], list[float]]:
    """How many questions the interview asks each architect, and how long each next question took to find."""
    space = space_of(policy).classes
    known: dict[tuple[tuple[str, Value], ...], str | None] = {}
    counts, times = [], []
    for row in architects:
        answers: dict[str, Value] = {}
        while True:
            key = tuple(sorted(answers.items()))
            if key not in known:
                started = time.perf_counter()
                known[key] = next_question(policy, answers).fact
                times.append(time.perf_counter() - started)
            fact = known[key]
            if fact is None:
                break
            answers[fact] = space[fact][row[names.index(fact)]].low
        counts.append(len(answers))
    return counts, times


def draw(policy: Policy, names: Sequence[str], number: int) -> NDArray[np.intp]:
    """Architects drawn by the priors: a row of classes each."""
    dice = random.Random(1)
    columns = []
    for name in names:
        classes = space_of(policy).classes[name]
        columns.append(dice.choices(range(len(classes)), prior(policy.facts[name], classes), k=number))
    return np.asarray(columns, np.intp).T


def exact_mean(policy: Policy) -> float:
    """The expected number of questions of the interview, over all answers."""

    def after(answers: dict[str, Value]) -> float:
        fact = next_question(policy, answers).fact
        if fact is None:
            return 0.0
        classes = space_of(policy).classes[fact]
        chances = prior(policy.facts[fact], classes)
        rest = (c * after({**answers, fact: one.low}) for one, c in zip(classes, chances, strict=True))
        return 1 + sum(rest)

    return after({})


class Plain:
    """Interviews over a grid by the plainest recursion over states of knowledge, for comparison."""

    def __init__(self, found: Grid) -> None:
        self.grid = found
        self.names = found.names
        self.chances = [
            prior(found.policy.facts[name], several) for name, several in zip(found.names, found.classes, strict=True)
        ]

    def least(self) -> float:
        """The fewest questions there can be on average: the best fact to ask in every state."""
        return self._value(lambda costs, left: min(costs))

    def by_information(self) -> float:
        """Asking always what leaves the least entropy after one answer."""
        return self._value(lambda costs, left: costs[left.index(min(left))])

    def _value(self, pick: Callable[[list[float], list[float]], float]) -> float:
        @cache
        def value(state: tuple[int | None, ...]) -> float:
            if self._entropy(state) == 0:
                return 0.0
            costs, left = [], []
            for axis in (axis for axis, known in enumerate(state) if known is None):
                after = [(*state[:axis], index, *state[axis + 1 :]) for index in range(len(self.chances[axis]))]
                weighed = list(zip(self.chances[axis], after, strict=True))
                costs.append(1 + sum(chance * value(one) for chance, one in weighed))
                left.append(round(sum(chance * self._entropy(one) for chance, one in weighed), 9))
            return pick(costs, left)

        return value((None,) * len(self.names))

    def _entropy(self, state: tuple[int | None, ...]) -> float:
        at = tuple(slice(None) if index is None else index for index in state)
        finals, weights = self.grid.finals[at], self.grid.weights[at]
        masses = [float(weights[finals == final].sum()) for final in np.unique(finals) if final != FORBIDDEN]
        return -sum(mass / sum(masses) * math.log2(mass / sum(masses)) for mass in masses)


def report() -> str:
    """The tables of this page."""
    policy = load_policy()
    parts = [*_on_the_matrix(matrix_only(policy)), *_on_the_policy(policy), *_contrasts(policy)]
    return "\n\n".join(["## Questions until settled", *parts])


def _on_the_matrix(policy: Policy) -> list[str]:
    found = grid(policy, {})
    settled = Settled(found)
    cells = np.stack([axis.reshape(-1) for axis in np.indices(found.finals.shape)], axis=1)
    weights = found.weights.reshape(-1)
    means = {
        order: float((settled.questions(order, cells) * weights).sum())
        for order in permutations(range(found.finals.ndim))
    }
    rows = [
        ["whyso", f"{exact_mean(policy):.3f}"],
        ["the least there can be, by dynamic programming", f"{Plain(found).least():.3f}"],
        ["plain information gain", f"{Plain(found).by_information():.3f}"],
        ["the best fixed order", f"{min(means.values()):.3f}"],
        ["the article's order", f"{means[tuple(range(found.finals.ndim))]:.3f}"],
        ["an average order", f"{statistics.mean(means.values()):.3f}"],
    ]
    return ["The matrix alone, exactly, over all answers:", table(["order", "questions on average"], rows)]


def _on_the_policy(policy: Policy) -> list[str]:
    found = grid(policy, {})
    settled = Settled(found)
    architects = draw(policy, found.names, ARCHITECTS)
    counts, times = interview(policy, found.names, architects)
    dice = random.Random(2)
    axes = list(range(found.finals.ndim))
    orders = [dice.sample(axes, len(axes)) for _ in range(ORDERS)]
    randoms = [settled.questions(order, architects) for order in orders]
    best = min(randoms, key=lambda asked: (asked.mean(), np.quantile(asked, 0.95)))
    rows = [
        _row("whyso", counts),
        _row("the vocabulary's order", settled.questions(axes, architects).tolist()),
        _row(f"the best of {ORDERS} random orders, by mean", best.tolist()),
        ["the least 95th percentile of them", "", f"{min(quantile(asked.tolist(), 0.95) for asked in randoms):.0f}"],
    ]
    return [
        f"The shipped policy, {ARCHITECTS:,} architects drawn by the priors:",
        table(["order", "questions on average", "95th percentile"], rows),
        f"The next question with all its shares takes {duration(statistics.median(times))} at the median, "
        f"{duration(quantile(times, 0.95))} at the 95th percentile, over {len(times):,} states.",
    ]


def _contrasts(policy: Policy) -> list[str]:
    """How long each takes where all is answered, and where each question is by half a chance."""
    space = space_of(policy).classes
    architects = draw(policy, list(space), CONTRASTED)
    dice = random.Random(3)
    rows = []
    for known, share in (("everything answered", 1.0), ("half of it answered", 0.5)):
        cases: list[dict[str, Value]] = [
            {name: space[name][index].low for name, index in zip(space, row, strict=True) if dice.random() < share}
            for row in architects
        ]
        for name, answer in (("flip", flips_of), ("settle", settling), ("next question", next_question)):
            times = [_taken(answer, policy, answers) for answers in cases]
            rows.append([f"{name}, {known}", duration(statistics.median(times)), duration(quantile(times, 0.95))])
    return [
        f"What a contrast takes on the shipped policy, {CONTRASTED} architects each, nothing remembered:",
        table(["what", "median", "95th percentile"], rows),
    ]


def _taken(answer: Callable[[Policy, Answers], object], policy: Policy, answers: Answers) -> float:
    possibilities._KEPT.clear()
    started = time.perf_counter()
    answer(policy, answers)
    return time.perf_counter() - started


def _row(name: str, counts: Sequence[int]) -> list[str]:
    return [name, f"{statistics.mean(counts):.3f}", f"{quantile(counts, 0.95):.0f}"]
