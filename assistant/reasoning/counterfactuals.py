"""What would flip a verdict, and what settles it: smallest sets of answers, found by looking at all of them.

Values stand for the classes that the policy's thresholds make, so looking at every class is looking at every value, and
"smallest" and "none" are proved. Where there are too many cases to look at, the solver proves it, with a time limit.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING

from assistant.errors import InputError
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.changes import check_names
from assistant.reasoning.claims import Change, Flip, Flips, Settling, Unknown
from assistant.reasoning.classes import ValueClass, by_distance, class_index, nearest
from assistant.reasoning.patience import check_wanted
from assistant.reasoning.possibilities import (
    FORBIDDEN,
    MOST,
    NoPossibilityError,
    Outlook,
    forbids,
    grid,
    outlook,
    refuting,
    space_of,
)
from assistant.reasoning.reference import reference_for

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_GIVEN = 16
MOST_TRIED = 50_000


def flips_of(policy: Policy, answers: Answers, to: str | None = None, keep: Collection[str] = ()) -> Flips:
    """Every smallest set of changed answers that gives another verdict, or `to`; facts in `keep` stay as they are."""
    check_names(policy, to, keep)
    outlook(policy, answers)  # raises where the answers contradict each other
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
            return Flips(now, size, tuple(found))
    return Flips(now, None)


def _solved_flips(policy: Policy, answers: Answers, now: str | None, to: str | None, keep: Collection[str]) -> Flips:
    """The smallest flips as the solver proves them."""
    from assistant.reasoning import smt

    found = smt.smallest_flips(policy, answers, to, keep)
    return Flips(now, None, (), False, False) if isinstance(found, Unknown) else found


def _choices(policy: Policy, answers: Answers, keep: Collection[str]) -> dict[str, tuple[ValueClass, ...]]:
    """For each fact that may change, the classes other than its own, the nearest first."""
    found = {}
    for name, classes in space_of(policy).classes.items():
        others = tuple(classes[index] for index in by_distance(classes, answers.get(name)))
        if name not in keep and others:
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
        wanted = final is not _IMPOSSIBLE and final != now and (to is None or final == to)
        if wanted and _completable(policy, answers, row):
            reached.setdefault((tuple(row), final), []).append(row)
    ranks = {id: rank for rank, id in enumerate([*(option.id for option in policy.options), None])}
    places = {names: place for place, names in enumerate(sets)}
    for names, final in sorted(reached, key=lambda key: (places[key[0]], ranks[key[1]])):
        several = reached[names, final]
        yield Flip(tuple(_change(policy, answers, name, several) for name in names), final)


def _completable(policy: Policy, answers: Answers, row: Mapping[str, ValueClass]) -> bool:
    """Whether some possibility is left once the changes are made."""
    if not forbids(policy):
        return True
    try:
        outlook(policy, {**answers, **{name: one.low for name, one in row.items()}})
    except NoPossibilityError:
        return False
    return True


_IMPOSSIBLE = ""


def _finals(policy: Policy, answers: Answers, rows: Sequence[Mapping[str, ValueClass]]) -> list[str | None]:
    """The final verdict of each row of changes, all at once; `_IMPOSSIBLE` where a rule forbids it."""
    import numpy as np

    from assistant.reasoning.columns import code_of
    from assistant.reasoning.vectorised import infer_batch

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


def _change(policy: Policy, answers: Answers, name: str, several: Sequence[Mapping[str, ValueClass]]) -> Change:
    """One change of a flip: the first way it can be made, and all classes that would do beside the other changes."""
    first = several[0]
    alike = {row[name] for row in several if all(row[other] == first[other] for other in first if other != name)}
    classes = tuple(one for one in space_of(policy).classes[name] if one in alike)
    before = answers.get(name)
    return Change(name, before, nearest(first[name], before), classes)


def settling(policy: Policy, answers: Answers) -> Settling:
    """What settles a verdict, whatever all other answers may be; else what it hangs on, with an example."""
    found = outlook(policy, answers)
    now = reference_for(policy).infer(answers).verdict.final
    if not found.settled:
        return _unsettled(policy, answers, now, found)
    verdict = found.possible[0]
    given = [name for name in space_of(policy).classes if name in answers]
    size = prod(len(classes) for classes in space_of(policy).classes.values())
    minimal = True
    if size > MOST or len(given) > MOST_GIVEN:
        chosen, minimal = _solved_settling(policy, answers)
    else:
        chosen = _smallest_forcing(policy, answers, given, verdict)
    facts = {name: answers[name] for name in given if name in chosen}
    irrelevant = tuple(name for name in answers if name not in chosen) if minimal else ()
    return Settling(verdict, True, facts, irrelevant, minimal)


def _unsettled(policy: Policy, answers: Answers, now: str | None, found: Outlook) -> Settling:
    example = refuting(policy, answers, now) if found.proven else None
    if example is None:
        return Settling(now, False, proven=found.proven, open=found.open)
    instead = reference_for(policy).infer(example).verdict.final
    deciding = _deciding(policy, answers, example, found.open, now)
    return Settling(now, False, open=found.open, example=example, instead=instead, deciding=deciding)


def _deciding(
    policy: Policy, answers: Answers, example: Answers, open: tuple[str, ...], now: str | None
) -> tuple[str, ...]:
    """The open facts of an example that by themselves rule out the verdict `now`; none of them can be left out."""
    kept = [name for name in open if name in example]
    if prod(len(space_of(policy).classes[name]) for name in kept) > MOST:
        return tuple(kept)
    for name in reversed(kept):
        fewer = {**answers, **{other: example[other] for other in kept if other != name}}
        if now not in outlook(policy, fewer).possible:
            kept.remove(name)
    return tuple(kept)


def _solved_settling(policy: Policy, answers: Answers) -> tuple[frozenset[str], bool]:
    """What settles a verdict as the solver proves it, and whether no fewer do; all answers where its time ran out."""
    from assistant.reasoning import smt

    found = smt.smallest_settling(policy, answers)
    if not isinstance(found, smt.Forcing):
        return frozenset(answers), False
    return frozenset(found.facts), found.minimal


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
        check_wanted()
        without = subsets[(subsets >> bit) & 1 == 0]
        fails[without] |= fails[without | (1 << bit)]
    sizes = np.array([int(one).bit_count() for one in subsets])
    best = min(subsets[~fails], key=lambda one: (sizes[one], [not (one >> bit) & 1 for bit in range(len(given))]))
    return frozenset(name for bit, name in enumerate(given) if (int(best) >> bit) & 1)
