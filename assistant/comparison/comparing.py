"""A whole comparison of two policies: the edits, whose verdict moves, what else differs, which cases move."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.comparison.allowance import Allowance
from assistant.comparison.edits import Edit, edits_of
from assistant.comparison.effects import Effects, effects_of
from assistant.comparison.moves import Moves, unmoved, verdict_moves
from assistant.comparison.sameness import Suspects, suspects_of
from assistant.comparison.single import Single, single
from assistant.comparison.things import Place, PlacedCase, case_things, cases_of, told_apart
from assistant.policy.syntax import Example, Policy
from assistant.reasoning.pair_rows import places_of, rows_of
from assistant.reasoning.pairs import SIDES, Pair, Side

CHOOSER = "the fact that chooses"


@dataclass(frozen=True)
class MovedCase:
    """A test case whose result is otherwise. `side` is the only side that has it so, None where both do."""

    name: str
    place: Place
    side: Side | None
    found: Single


@dataclass(frozen=True, slots=True)
class MovedExample:
    """An example on which its rule fires on one side only."""

    rule: str
    example: Example
    before: bool
    after: bool


@dataclass(frozen=True)
class Session:
    """A saved conversation by its number and name, and what the two policies make of its answers."""

    id: int
    name: str
    found: Single


@dataclass(frozen=True)
class Sessions:
    """The saved conversations under either policy whose result is otherwise, of those looked at.

    `note` says why some, or all, were not.
    """

    looked_at: int = 0
    moved: tuple[Session, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Comparison:
    """All that is otherwise between two policies. `sessions` is None where they were not asked for."""

    pair: Pair
    edits: tuple[Edit, ...]
    moves: Moves
    effects: Effects
    cases: tuple[MovedCase, ...]
    cases_looked_at: int
    examples: tuple[MovedExample, ...]
    seconds: float
    sessions: Sessions | None = None

    @cached_property
    def make_up(self) -> tuple[str, ...]:
        """What of a result's make-up is otherwise, in words: its options and its parts."""
        return tuple(_make_up(self.pair))

    @property
    def answers_differ(self) -> bool:
        """Whether some answers that were taken before are not any more, or only in another type."""
        return bool(self.pair.alone("before") or any(one.side == "before" for one in self.pair.left_out))

    @property
    def differs(self) -> bool:
        """Whether some answers give another result: what a wording, a source or an order of questions never makes."""
        found = (self.moves.ways, self.effects.found, self.make_up, self.cases, self.examples)
        return any(found) or self.answers_differ or bool(self.sessions and self.sessions.moved)

    @property
    def proven(self) -> bool:
        """Whether all that is said not to differ is proved not to."""
        return self.moves.proven and not self.effects.unproved

    def with_sessions(self, sessions: Sessions) -> "Comparison":
        """The same with what becomes of saved conversations."""
        return replace(self, sessions=sessions)


def compare(before: Policy, after: Policy, limit: float) -> Comparison:
    """Compares two policies; proofs take no longer than `limit` seconds together, those of the verdict half of it."""
    pair, allowance = Pair(before, after), Allowance(limit)
    suspects = suspects_of(pair)
    several = told_apart(*(tuple(cases_of(pair.policy(side))) for side in SIDES))
    cases = dict(zip(SIDES, several, strict=True))
    edits = edits_of(pair, *(case_things(cases[side]) for side in SIDES))
    moves = verdict_moves(pair, Allowance(limit / 2)) if suspects.verdict or suspects.forbidding else unmoved()
    if suspects.verdict and moves.proven and not moves.ways:
        suspects = Suspects(pair, same_verdict=True)
    effects = effects_of(suspects, allowance, (way.case for way in moves.ways))
    tried = list(_tried(pair, cases["before"], cases["after"]))
    moved = tuple(one for one in tried if one.found.differs or one.found.not_taken)
    examples = tuple(_examples(pair, suspects))
    return Comparison(pair, edits, moves, effects, moved, len(tried), examples, limit)


def _make_up(pair: Pair) -> Iterator[str]:
    before, after = pair.before, pair.after
    provides = [{option.id: option.provides for option in policy.options} for policy in (before, after)]
    if provides[0] != provides[1]:
        yield "the options, or what they provide"
    if before.verdict.chosen != after.verdict.chosen:
        yield CHOOSER
    if sorted(before.verdict.needs) != sorted(after.verdict.needs):
        yield "the facts that the matrix needs"
    parts = [{*policy.verdict.parts, *policy.verdict.beside} for policy in (before, after)]
    if parts[0] != parts[1]:
        yield "the derived facts that are told beside the verdict"


def _tried(pair: Pair, before: Iterable[PlacedCase], after: Iterable[PlacedCase]) -> Iterator[MovedCase]:
    """Every case of either policy under both: one that both have as it is after, and as it was where that differs."""
    theirs = {one.name: one for one in before}
    mine = {one.name: one for one in after}
    for name in sorted({**theirs, **mine}):
        now, was = mine.get(name), theirs.get(name)
        one = now or was
        assert one is not None, "one of both has it"
        side: Side | None = None if now and was else "after" if now else "before"
        if now and was and now.case.answers != was.case.answers:
            yield MovedCase(name, was.place, "before", single(pair, was.case.answers))
            side = "after"
        yield MovedCase(name, one.place, side, single(pair, one.case.answers))


def _examples(pair: Pair, suspects: Suspects) -> Iterator[MovedExample]:
    """The examples of rules that may fire otherwise and do so on them."""
    wanted = [id for id in suspects.firing if id in pair.before.by_id and id in pair.after.by_id]
    if not wanted:
        return
    axes = pair.axes({side: pair.policy(side).rules for side in SIDES})
    examples: list[tuple[str, Example, list[tuple[int, int]]]] = []
    for id in wanted:
        told: list[tuple[object, bool]] = []
        for example in (*pair.after.by_id[id].examples, *pair.before.by_id[id].examples):
            places = [places_of(side, axes, example.facts) for side in SIDES]
            taken = all(len(one) == len(example.facts) for one in places)
            if taken and (key := (sorted(example.facts.items()), example.fires)) not in told:
                told.append(key)
                examples.append((id, example, list(dict.fromkeys(places[0] + places[1]))))
    if not examples:
        return
    rows = rows_of(pair, axes, [places for _, _, places in examples])
    before, after = (rows.batch(side) for side in SIDES)
    for row, (id, example, _) in enumerate(examples):
        fired, fires = bool(before.fired[id][row]), bool(after.fired[id][row])
        if fired != fires:
            yield MovedExample(id, example, fired, fires)
