"""What else differs beside the verdict: which rules fire otherwise or do something else, which derived facts change.

Each is shown by a case with as few answers as could be found, or proved not to happen, or said not to be proved.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assistant.comparison.allowance import Allowance
from assistant.comparison.sameness import Suspects, named_in_advice
from assistant.comparison.shrinking import shrunk
from assistant.errors import EngineError
from assistant.policy.strata import supporting
from assistant.policy.syntax import Impossible, Policy, Rule
from assistant.policy.vocabulary import Value
from assistant.reasoning.claims import Proven, Unknown
from assistant.reasoning.engines import Engine
from assistant.reasoning.pair_rows import REFUSED, Rows, drawn_cases, places_of, small_cases
from assistant.reasoning.pairs import SIDES, Axis, Case, Pair, Side
from assistant.reasoning.reference import Reference
from assistant.reasoning.vectorised import Batch

Kind = Literal["starts", "stops", "otherwise", "value"]
"""A rule fires in a case only after, only before, on both sides with other effects; a derived fact's other value."""
Wanted = tuple[Kind, str]
"""A kind of effect, and the rule or derived fact that shows it."""
SMALL_ROWS, SMALL_ANSWERS, DRAWN = 6_000, 2, 2_000
MOST_SHRUNK = 20
MOST_SEEDS = 4


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that differs in a case. `subject` is a rule, or a derived fact with its two values."""

    kind: Kind
    subject: str
    case: Case
    before: Value | None = None
    after: Value | None = None


@dataclass(frozen=True)
class Effects:
    """All that differs beside the verdict; `unproved` are the (kind, subject) of which it is not known."""

    found: tuple[Effect, ...] = ()
    unproved: tuple[Wanted, ...] = ()


@dataclass(frozen=True)
class Seen:
    """Rows under both policies."""

    rows: Rows
    before: Batch
    after: Batch
    unanswered: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        counts = np.zeros(self.rows.size, np.int64)
        for column in self.rows.columns:
            counts += column < 0
        object.__setattr__(self, "unanswered", counts)

    def fired(self, side: Side, rule: str) -> NDArray[np.bool_]:
        """Where a rule fires on one side."""
        batch = self.before if side == "before" else self.after
        return batch.fired[rule] if rule in batch.fired else np.zeros(self.rows.size, np.bool_)

    @property
    def possible(self) -> NDArray[np.bool_]:
        """The rows that both sides take."""
        return self.before.possible & self.after.possible

    def where(self, kind: Kind, subject: str) -> NDArray[np.bool_]:
        """The rows in which something differs."""
        if kind == "value":
            return self.possible & _values_apart(self.before, self.after, subject)
        fires, fired = self.fired("after", subject), self.fired("before", subject)
        match kind:
            case "starts":
                return self.possible & fires & ~fired
            case "stops":
                return self.possible & fired & ~fires
            case _:
                return self.possible & fired & fires


def _values_apart(before: Batch, after: Batch, name: str) -> NDArray[np.bool_]:
    return np.asarray(_named(before, name) != _named(after, name))


def _named(batch: Batch, name: str) -> NDArray[np.object_]:
    """A derived fact's values as what they stand for, so that two policies' codes compare; unknown is a text apart."""
    fact = batch.policy.facts[name]
    column = batch.columns[name]
    values: list[object] = [option.value for option in fact.options]
    found = np.asarray([*values, None], np.object_)[column] if values else column.astype(np.object_)
    unknown = batch.unknown.get(name)
    return found if unknown is None else np.where(unknown, "(unknown)", found)


def suspected(suspects: Suspects) -> list[Wanted]:
    """What may differ and is worth telling: rules first, then the derived facts that make up a verdict."""
    pair = suspects.pair
    found: list[Wanted] = []
    for id in suspects.firing:
        if id in pair.after.by_id:
            found.append(("starts", id))
        if id in pair.before.by_id:
            found.append(("stops", id))
    found += [("otherwise", id) for id in suspects.other_effects]
    return [*found, *(("value", name) for name in _told_of(pair) if name in suspects.quantities)]


def _told_of(pair: Pair) -> Iterator[str]:
    """The derived facts that both policies have and that are part of a verdict, or told in advice, in either."""
    specs = (pair.after.verdict, pair.before.verdict)
    names = dict.fromkeys(name for spec in specs for name in (spec.chosen, *spec.parts, *spec.beside))
    names |= dict.fromkeys(sorted(named_in_advice(pair.after) | named_in_advice(pair.before)))
    return (name for name in names if all(name in pair.policy(side).derived for side in SIDES))


def effects_of(suspects: Suspects, allowance: Allowance, seeds: Iterable[Case] = ()) -> Effects:
    """Everything suspected that happens, in order, and what could not be shown either way in time.

    `seeds` are cases that move, near which to look first. Of a rule that some row shows to fire otherwise one way, the
    other way is told where a row shows it, and not asked of the solver.
    """
    wanted = suspected(suspects)
    if not wanted:
        return Effects()
    pair = suspects.pair
    rules = {side: _behind(pair.policy(side), wanted, suspects.contested) for side in SIDES}
    axes = pair.axes(rules)
    found: dict[Wanted, Effect] = {}
    for rows, small in _looked_at(pair, axes, seeds):
        left = [one for one in wanted if one not in found]
        if left:
            shown = _in_rows(_seen(rows, rules), left)
            found |= shown if small else _shrunk(pair, rules, shown, allowance)
    showing = {subject for _, subject in found}
    left = [one for one in wanted if one[1] not in showing]
    unproved = _solved(suspects, left, found, allowance) if left else ()
    return Effects(tuple(found[one] for one in wanted if one in found), tuple(unproved))


def _looked_at(pair: Pair, axes: tuple[Axis, ...], seeds: Iterable[Case]) -> Iterator[tuple[Rows, bool]]:
    """Cases with few answers, those near the seeds, and some that are drawn; with whether their answers are few."""
    yield small_cases(pair, axes, SMALL_ANSWERS, SMALL_ROWS), True
    for seed in islice(seeds, MOST_SEEDS):
        told = dict(places_of("before", axes, seed.before) + places_of("after", axes, seed.after))
        yield small_cases(pair, axes, SMALL_ANSWERS, SMALL_ROWS, [told.get(k, -1) for k in range(len(axes))]), True
    yield drawn_cases(pair, axes, DRAWN), False


def _seen(rows: Rows, rules: Mapping[Side, Sequence[Rule]]) -> Seen:
    return Seen(rows, rows.batch("before", rules["before"]), rows.batch("after", rules["after"]))


def _behind(policy: Policy, wanted: Sequence[Wanted], contested: Collection[str]) -> list[Rule]:
    """The rules that bear on what is wanted, or on what is refused, with all behind them."""
    own = {subject for kind, subject in wanted if kind != "value" and subject in policy.by_id}
    own |= {rule.id for rule in policy.rules if any(isinstance(one, Impossible) for one in rule.then)}
    names = {name for id in own for name in policy.by_id[id].reads}
    names |= {*contested}
    names |= {subject for kind, subject in wanted if kind == "value"}
    ids = own | supporting(policy.by_id, policy.verdict, names)
    return [rule for rule in policy.rules if rule.id in ids]


def _in_rows(seen: Seen, wanted: Iterable[Wanted]) -> dict[Wanted, Effect]:
    """For each effect that some row shows the one with the fewest answers."""
    found = {}
    for kind, subject in wanted:
        rows = np.flatnonzero(seen.where(kind, subject))
        if len(rows):
            row = int(rows[np.argmax(seen.unanswered[rows])])
            found[kind, subject] = _effect(seen, kind, subject, row)
    return found


def _effect(seen: Seen, kind: Kind, subject: str, row: int) -> Effect:
    case = seen.rows.case(row)
    if kind != "value":
        return Effect(kind, subject, case)
    before, after = (batch.memory(row).get(subject) for batch in (seen.before, seen.after))
    return Effect(kind, subject, case, before, after)


def _shrunk(
    pair: Pair, rules: Mapping[Side, Sequence[Rule]], found: Mapping[Wanted, Effect], allowance: Allowance
) -> dict[Wanted, Effect]:
    """The same effects, the first few by cases without the answers that they can do without."""
    engines = {side: Reference(pair.policy(side), rules[side]) for side in SIDES}
    shorter = {}
    for one, effect in list(found.items())[:MOST_SHRUNK]:
        case = shrunk(effect.case, partial(_shows, one, engines), allowance)
        shorter[one] = shown_by(*one, case, engines) or effect
    return {**found, **shorter}


def _shows(one: Wanted, engines: Mapping[Side, Engine], case: Case) -> bool:
    return shown_by(*one, case, engines) is not None


def shown_by(kind: Kind, subject: str, case: Case, engines: Mapping[Side, Engine]) -> Effect | None:
    """An effect as a case shows it; None where it does not."""
    try:
        before, after = engines["before"].infer(case.before), engines["after"].infer(case.after)
    except EngineError:
        return None
    if before.contradictions or after.contradictions:
        return None
    if kind == "value":
        known = (subject in before.memory, subject in after.memory)
        values = before.memory.get(subject), after.memory.get(subject)
        return None if values[0] == values[1] and known[0] == known[1] else Effect(kind, subject, case, *values)
    fired, fires = (any(rule.id == subject for rule in one.fired) for one in (before, after))
    return Effect(kind, subject, case) if _FIRING[kind] == (fired, fires) else None


_FIRING = {"starts": (False, True), "stops": (True, False), "otherwise": (True, True)}


def _solved(
    suspects: Suspects, left: Sequence[Wanted], found: dict[Wanted, Effect], allowance: Allowance
) -> list[Wanted]:
    """Shows or refutes what no row showed, all at once as long as that goes; what the time did not suffice for."""
    from assistant.reasoning.smt_pairs import PairEncoding, effects_apart

    pair = suspects.pair
    rules = {side: _behind(pair.policy(side), left, suspects.contested) for side in SIDES}
    encoding = PairEncoding(pair, pair.axes(rules), rules, REFUSED)
    engines = {side: Reference(pair.policy(side), rules[side]) for side in SIDES}
    waiting, alone = list(left), False
    unproved: list[Wanted] = []
    while waiting:
        asked = waiting[:1] if alone else waiting
        proof = allowance.prove(partial(effects_apart, encoding, asked))
        if isinstance(proof, Proven):
            waiting = waiting[len(asked) :]
        elif isinstance(proof, Unknown):
            unproved += waiting[:1] if alone else []
            waiting, alone = waiting[1:] if alone else waiting, True
        else:
            kind, subject = proof.what
            effect = shown_by(kind, subject, proof.case, engines)
            assert effect is not None, "the solver and the reference agree"
            found[kind, subject] = effect
            waiting.remove((kind, subject))
    return unproved
