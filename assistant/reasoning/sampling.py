"""Facts that surely matter, where there are too many possibilities to look at all: shown by pairs of cases.

A pair differs in one open fact and ends in different verdicts, which proves that the fact is open. Cases are drawn by
the priors, always the same ones. What no pair shows may matter all the same.
"""

from collections.abc import Iterable, Iterator
from random import Random
from typing import TYPE_CHECKING

from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.possibilities import space_of
from assistant.reasoning.priors import prior

if TYPE_CHECKING:
    from assistant.reasoning.columns import Column, Mask

SAMPLES = 64


def surely_open(policy: Policy, answers: Answers, example: Answers | None = None) -> frozenset[str]:
    """Open facts of which two values give different verdicts in some sampled case, or on the way to the example."""
    samples = list(_completions(policy, answers))
    if example is not None:
        samples += _path(policy, answers, samples[0], example)
    rows: list[tuple[Answers, str]] = []
    for sample in samples:
        rows.append((sample, ""))
        rows += [
            ({**sample, name: one.low}, name)
            for name, classes in space_of(policy).classes.items()
            if name not in answers
            for one in classes
            if one.low != sample[name]
        ]
    return frozenset(_differing(rows, _finals(policy, [row for row, _ in rows])))


def _completions(policy: Policy, answers: Answers) -> Iterator[Answers]:
    dice = Random(0)
    space = space_of(policy).classes
    chances = {name: prior(policy.facts[name], classes) for name, classes in space.items() if name not in answers}
    for _ in range(SAMPLES):
        drawn = {name: dice.choices(space[name], weights)[0].low for name, weights in chances.items()}
        yield {**answers, **drawn}


def _path(policy: Policy, answers: Answers, start: Answers, end: Answers) -> Iterator[Answers]:
    """From one case to another, a fact at a time: where their verdicts differ, they change at some step."""
    now = dict(start)
    for name in space_of(policy).classes:
        if name in end and name not in answers:
            now[name] = end[name]
            yield dict(now)


def _finals(policy: Policy, rows: Iterable[Answers]) -> "tuple[Column, Mask]":
    """The final option of each case, and whether it is possible."""
    import numpy as np

    from assistant.reasoning.columns import code_of
    from assistant.reasoning.vectorised import infer_batch

    rows = list(rows)
    space = space_of(policy)
    columns = {
        name: np.asarray([code_of(policy.facts[name], row[name]) for row in rows], np.int64) for name in space.classes
    }
    batch = infer_batch(policy, space.rules, columns, len(rows))
    return batch.final, batch.possible


def _differing(rows: list[tuple[Answers, str]], found: "tuple[Column, Mask]") -> Iterator[str]:
    finals, possible = found
    base = 0
    for index, (_, name) in enumerate(rows):
        if not name:
            base = index
        elif possible[base] and possible[index] and finals[base] != finals[index]:
            yield name
