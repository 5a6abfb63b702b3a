"""What would flip a verdict, and what settles it: smallest sets of answers, found by looking at all of them.

Values stand for the classes that the policy's thresholds make, so looking at every class is looking at every value, and
"smallest" and "none" are proved. Where there are too many cases to look at, the solver proves it, with a time limit.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING

from assistant.errors import InputError
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.classes import ValueClass, class_index
from assistant.reasoning.possibilities import FORBIDDEN, MOST, grid, outlook, space_of
from assistant.reasoning.reference import reference_for

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_GIVEN = 16
MOST_TRIED = 50_000


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that is answered otherwise. `before` is None where it is open; any of `classes` would do."""

    fact: str
    before: Value | None
    to: Value
    classes: tuple[ValueClass, ...]


@dataclass(frozen=True, slots=True)
class Flip:
    """A smallest set of changes and the verdict that it leads to."""

    changes: tuple[Change, ...]
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Flips:
    """The smallest flips of a verdict. `smallest` is None, and proved to be, where nothing flips it."""

    verdict: str | None
    smallest: int | None
    flips: tuple[Flip, ...]
    proven: bool


def flips_of(policy: Policy, answers: Answers, to: str | None = None, keep: Collection[str] = ()) -> Flips:
    """Every smallest set of changed answers that gives another verdict, or `to`; facts in `keep` stay as they are."""
    now = reference_for(policy).infer(answers).verdict.final
    if to is not None and to == now:
        raise InputError(f"the recommendation is `{to}` already", help="name another option")
    choices = _choices(policy, answers, keep)
    tried = 0
    for size in range(1, len(choices) + 1):
        sets = list(combinations(choices, size))
        tried += sum(prod(len(choices[name]) for name in one) for one in sets)
        if tried > MOST_TRIED:
            return _solved_flips(policy, answers, now, to, keep)
        found = list(_flips_among(policy, answers, now, to, choices, sets))
        if found:
            return Flips(now, size, tuple(found), True)
    return Flips(now, None, (), True)


def _solved_flips(policy: Policy, answers: Answers, now: str | None, to: str | None, keep: Collection[str]) -> Flips:
    """The smallest flips as the solver proves them."""
    from assistant.reasoning import smt

    found = smt.smallest_flips(policy, answers, to, keep)
    if isinstance(found, smt.Unknown):
        return Flips(now, None, (), False)
    flips = tuple(
        Flip(tuple(Change(one.fact, one.before, one.after, one.ranges) for one in flip.changes), flip.final)
        for flip in found.flips
    )
    return Flips(now, found.smallest, flips, found.complete)


def _choices(policy: Policy, answers: Answers, keep: Collection[str]) -> dict[str, tuple[ValueClass, ...]]:
    """For each fact that may change, the classes other than its own."""
    found = {}
    for name, classes in space_of(policy).classes.items():
        if name not in keep:
            own = class_index(classes, answers[name]) if name in answers else -1
            others = tuple(one for index, one in enumerate(classes) if index != own)
            if others:
                found[name] = others
    return found


def _flips_among(
    policy: Policy,
    answers: Answers,
    now: str | None,
    to: str | None,
    choices: Mapping[str, tuple[ValueClass, ...]],
    sets: Sequence[tuple[str, ...]],
) -> Iterator[Flip]:
    """The flips among sets of one size, each set once for each verdict it can lead to."""
    rows = [
        dict(zip(names, picked, strict=True))
        for names in sets
        for picked in product(*(choices[name] for name in names))
    ]
    finals = _finals(policy, answers, rows)
    reached: dict[tuple[tuple[str, ...], str | None], list[Mapping[str, ValueClass]]] = {}
    for row, final in zip(rows, finals, strict=True):
        if final is not _IMPOSSIBLE and final != now and (to is None or final == to):
            reached.setdefault((tuple(row), final), []).append(row)
    for (names, final), several in reached.items():
        yield Flip(tuple(_change(answers, name, several) for name in names), final)


_IMPOSSIBLE = ""


def _finals(policy: Policy, answers: Answers, rows: Sequence[Mapping[str, ValueClass]]) -> list[str | None]:
    """The final verdict of each row of changes, all at once; `_IMPOSSIBLE` where a rule forbids it."""
    import numpy as np

    from assistant.reasoning.vectorised import code_of, infer_batch

    space = space_of(policy)
    columns: dict[str, NDArray[np.int64]] = {}
    unknown: dict[str, NDArray[np.bool_]] = {}
    for name in space.classes:
        fact = policy.facts[name]
        own = code_of(fact, answers[name]) if name in answers else 0
        values = [code_of(fact, row[name].low) if name in row else own for row in rows]
        columns[name] = np.asarray(values, np.int64)
        if name not in answers:
            unknown[name] = np.asarray([name not in row for row in rows])
    batch = infer_batch(policy, space.rules, columns, len(rows), unknown)
    verdicts = [batch.verdicts[form].final for form in batch.form]
    return [final if fine else _IMPOSSIBLE for final, fine in zip(verdicts, batch.possible, strict=True)]


def _change(answers: Answers, name: str, several: Sequence[Mapping[str, ValueClass]]) -> Change:
    """One change of a flip: the first way it can be made, and all classes that would do beside the other changes."""
    first = several[0]
    alike = [row for row in several if all(row[other] == first[other] for other in first if other != name)]
    classes = tuple(dict.fromkeys(row[name] for row in alike))
    before = answers.get(name)
    return Change(name, before, nearest(first[name], before), classes)


def nearest(one: ValueClass, value: Value | None) -> Value:
    """The value of a class that is nearest to another value."""
    if isinstance(value, int) and not isinstance(value, bool) and one.high is not None:
        return one.low if int(one.low) > value else one.high
    return one.low


@dataclass(frozen=True, slots=True)
class Settling:
    """A smallest set of the given answers that forces the verdict; without one it hangs on what is `open`."""

    verdict: str | None
    settled: bool
    facts: Mapping[str, Value]
    irrelevant: tuple[str, ...]
    proven: bool
    open: tuple[str, ...] = ()


def settling(policy: Policy, answers: Answers) -> Settling:
    """What settles a verdict, whatever all other answers may be."""
    found = outlook(policy, answers)
    now = reference_for(policy).infer(answers).verdict.final
    if not found.settled:
        return Settling(now, False, {}, (), found.proven, found.open)
    verdict = found.possible[0]
    given = [name for name in space_of(policy).classes if name in answers]
    size = prod(len(classes) for classes in space_of(policy).classes.values())
    if size > MOST or len(given) > MOST_GIVEN:
        return _solved_settling(policy, answers, verdict)
    chosen = _smallest_forcing(policy, answers, given, verdict)
    facts = {name: answers[name] for name in given if name in chosen}
    return Settling(verdict, True, facts, tuple(name for name in answers if name not in chosen), True)


def _solved_settling(policy: Policy, answers: Answers, verdict: str | None) -> Settling:
    """What settles a verdict as the solver proves it; all given answers where its time ran out."""
    from assistant.reasoning import smt

    found = smt.smallest_settling(policy, answers)
    if not isinstance(found, smt.Settling):
        return Settling(verdict, True, answers, (), False)
    return Settling(
        verdict, True, found.facts, tuple(name for name in answers if name not in found.facts), found.minimal
    )


def _smallest_forcing(policy: Policy, answers: Answers, given: list[str], verdict: str | None) -> frozenset[str]:
    """The first smallest subset of the given facts that leaves no possibility of another verdict.

    A subset fails where some cell with another verdict agrees with it; the sets with which such cells agree are closed
    downwards, bit by bit.
    """
    import numpy as np

    whole = grid(policy, {})
    position = -1 if verdict is None else [option.id for option in policy.options].index(verdict)
    agreement = np.zeros(whole.finals.shape, np.int64)
    for bit, name in enumerate(given):
        axis = whole.names.index(name)
        own = class_index(whole.classes[axis], answers[name])
        same = (np.arange(whole.finals.shape[axis]) == own).astype(np.int64) << bit
        agreement += same.reshape([-1 if other == axis else 1 for other in range(whole.finals.ndim)])
    against = (whole.finals != position) & (whole.finals != FORBIDDEN)
    fails = np.zeros(1 << len(given), np.bool_)
    fails[np.unique(agreement[against])] = True
    subsets = np.arange(len(fails))
    for bit in range(len(given)):
        without = subsets[(subsets >> bit) & 1 == 0]
        fails[without] |= fails[without | (1 << bit)]
    sizes = np.array([int(one).bit_count() for one in subsets])
    best = min(subsets[~fails], key=lambda one: (sizes[one], [not (one >> bit) & 1 for bit in range(len(given))]))
    return frozenset(name for bit, name in enumerate(given) if (int(best) >> bit) & 1)
