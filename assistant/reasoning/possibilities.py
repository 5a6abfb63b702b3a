"""Every way in which the unknown facts could turn out, as far as the final verdict can tell them apart.

A possibility is a completion of the unknown facts that no rule declares impossible. Facts that the verdict does not
depend on are left out, and numbers stand for the classes that the policy's thresholds make, so what is said here of
"all possible answers" is exact. Shares weigh each possibility by the priors of its values.
"""

from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from math import prod
from threading import Lock
from typing import TYPE_CHECKING

from assistant.errors import EngineError
from assistant.policy.strata import supporting
from assistant.policy.syntax import FINAL, Conclude, Impossible, Policy, Rule
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.classes import ValueClass, spans
from assistant.reasoning.patience import current
from assistant.reasoning.priors import prior

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.reasoning.columns import Column

MOST = 1 << 22
FORBIDDEN = -2
SMALL = 1 << 10
"""What a grid takes at least, in possibilities: its other parts."""


@dataclass(frozen=True)
class Outlook:
    """What the open questions can still do to the final verdict.

    `settled`: every possibility gives the same final verdict. `open`: the unknown facts of which two values give
    different final verdicts under some completion of the others, in the vocabulary's order. `shares`: of each option
    that some possibility gives, None among them where some possibility leaves nothing. `count`: how many
    possibilities were told apart. Without `exact` there were too many to tell apart: then the solver has said whether
    the verdict is settled, or found the `example` that refutes it; `open` holds every unknown fact that may bear on it,
    and `shares` is empty unless settled. Without `proven` its time ran out, and the verdict counts as not settled.
    """

    settled: bool
    open: tuple[str, ...]
    shares: Mapping[str | None, float]
    count: int
    exact: bool = True
    proven: bool = True
    example: Answers | None = None

    @property
    def possible(self) -> tuple[str | None, ...]:
        """The options that some possibility gives, in the policy's order, None first."""
        return tuple(self.shares)


@dataclass(frozen=True, eq=False)
class Grid:
    """All possibilities of some unknown facts, an axis a fact.

    `finals` holds the position of the final option in each cell: -1 for none, `FORBIDDEN` for what is impossible.
    `weights` holds the prior of each cell, 0 where it is impossible; they sum to 1.
    """

    policy: Policy
    names: tuple[str, ...]
    classes: tuple[tuple[ValueClass, ...], ...]
    finals: "Column"
    weights: "NDArray[np.float64]"

    @cached_property
    def outlook(self) -> Outlook:
        """What these possibilities amount to."""
        shares = self.shares(self.finals, self.weights)
        return Outlook(len(shares) == 1, self.open, shares, int((self.finals != FORBIDDEN).sum()))

    @cached_property
    def open(self) -> tuple[str, ...]:
        """The facts that matter."""
        return tuple(name for axis, name in enumerate(self.names) if _varies(self.finals, axis))

    def shares(self, finals: "Column", weights: "NDArray[np.float64]") -> dict[str | None, float]:
        """The share of each final verdict among some cells."""
        import numpy as np

        options = [option.id for option in self.policy.options]
        total = float(weights.sum())
        present = [int(value) for value in np.unique(finals) if value != FORBIDDEN]
        return {
            None if value < 0 else options[value]: float(weights[finals == value].sum()) / total for value in present
        }

    def given(self, name: str, index: int) -> dict[str | None, float]:
        """The shares once a fact is known to fall into its class of that index; empty where that is impossible."""
        axis = self.names.index(name)
        at = (*(slice(None),) * axis, slice(index, index + 1))
        weights = self.weights[at]
        return self.shares(self.finals[at], weights) if weights.any() else {}


class NoPossibilityError(EngineError):
    """Answers that leave nothing which the policy does not declare impossible."""

    exit_code = 2


class TooManyError(EngineError):
    """More possibilities than are told apart one by one."""


def outlook(policy: Policy, answers: Answers) -> Outlook:
    """The outlook on some answers; raises `NoPossibilityError` where no possibility is left."""
    try:
        return grid(policy, answers).outlook
    except TooManyError:
        return _solved_outlook(policy, _relevant(policy, answers), current().limit)


@lru_cache(maxsize=64)
def _solved_outlook(policy: Policy, relevant: tuple[tuple[str, Value], ...], limit: int) -> Outlook:
    """The outlook where there are too many possibilities to tell apart; `limit` is the time that a proof has here."""
    from assistant.reasoning.claims import Proven, Refuted
    from assistant.reasoning.smt import prove_settled

    answers = dict(relevant)
    proof = prove_settled(policy, answers)
    if isinstance(proof, Proven):
        return Outlook(True, (), {proof.final: 1.0}, 0, False)
    unknown = tuple(name for name in space_of(policy).classes if name not in answers)
    example = proof.example if isinstance(proof, Refuted) else None
    return Outlook(False, unknown, {}, 0, False, example is not None, example)


def refuting(policy: Policy, answers: Answers, verdict: str | None) -> Answers | None:
    """The first possibility that gives another final verdict; None where there is none, or the solver's time ran out.

    The first: the lowest classes, in the vocabulary's order.
    """
    import numpy as np

    try:
        found = grid(policy, answers)
    except TooManyError:
        example = outlook(policy, answers).example
        return None if example is None else policy.in_order({**answers, **example})
    position = -1 if verdict is None else [option.id for option in policy.options].index(verdict)
    others = np.flatnonzero((found.finals != position) & (found.finals != FORBIDDEN))
    if not len(others):
        return None
    cell = np.unravel_index(int(others[0]), found.finals.shape)
    opened = {name: several[at].low for name, several, at in zip(found.names, found.classes, cell, strict=True)}
    return policy.in_order({**answers, **opened})


def grid(policy: Policy, answers: Answers) -> Grid:
    """All possibilities of what the answers leave unknown.

    Raises `TooManyError` past four million of them, and `NoPossibilityError` where there is none.
    """
    key = policy, _relevant(policy, answers)
    found = _KEPT.get(key)
    if found is None:
        found = _grid(*key)
        _KEPT.keep(key, found)
    return found


def _relevant(policy: Policy, answers: Answers) -> tuple[tuple[str, Value], ...]:
    """The answers that the final verdict may depend on."""
    return tuple((name, answers[name]) for name in space_of(policy).classes if name in answers)


class _Kept:
    """The grids asked for last, as many as together hold no more than `MOST` possibilities."""

    def __init__(self) -> None:
        self._grids: OrderedDict[tuple[Policy, tuple[tuple[str, Value], ...]], Grid] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[Policy, tuple[tuple[str, Value], ...]]) -> Grid | None:
        """A grid that is still held."""
        with self._lock:
            if key in self._grids:
                self._grids.move_to_end(key)
            return self._grids.get(key)

    def keep(self, key: tuple[Policy, tuple[tuple[str, Value], ...]], found: Grid) -> None:
        """Holds a grid, and lets go of the oldest that leave it no room."""
        with self._lock:
            self._grids[key] = found
            while len(self._grids) > 1 and sum(max(one.finals.size, SMALL) for one in self._grids.values()) > MOST:
                self._grids.popitem(last=False)

    def clear(self) -> None:
        """Lets go of all."""
        with self._lock:
            self._grids.clear()


_KEPT = _Kept()


@lru_cache(maxsize=8)
def forbids(policy: Policy) -> bool:
    """Whether the policy may declare some answers impossible, or rules may conclude different values of one fact."""
    concluding = Counter(c.fact for rule in space_of(policy).rules for c in rule.then if isinstance(c, Conclude))
    impossible = any(isinstance(c, Impossible) for rule in policy.rules for c in rule.then)
    return impossible or any(number > 1 for number in concluding.values())


@dataclass(frozen=True, eq=False)
class Space:
    """The rules that bear on the final verdict, or on what is impossible, and the classes of the facts they read."""

    rules: tuple[Rule, ...]
    classes: Mapping[str, tuple[ValueClass, ...]]


@lru_cache(maxsize=8)
def space_of(policy: Policy) -> Space:
    """The part of a policy that the final verdict depends on, its facts in the vocabulary's order."""
    forbidding = [rule for rule in policy.rules if any(isinstance(c, Impossible) for c in rule.then)]
    wanted = {FINAL, *(name for rule in forbidding for name in rule.reads)}
    ids = supporting(policy.by_id, policy.verdict, wanted) | {rule.id for rule in forbidding}
    rules = tuple(rule for rule in policy.rules if rule.id in ids)
    classes = spans(policy.facts, rules)
    return Space(rules, {name: classes[name] for name in policy.told if name in classes})


def _grid(policy: Policy, relevant: tuple[tuple[str, Value], ...]) -> Grid:
    import numpy as np

    from assistant.reasoning.columns import code_of
    from assistant.reasoning.vectorised import infer_batch

    space, answers = space_of(policy), dict(relevant)
    names = tuple(name for name in space.classes if name not in answers)
    classes = tuple(space.classes[name] for name in names)
    shape = tuple(len(several) for several in classes)
    size = prod(shape)
    if size > MOST:
        message = f"{size:,} possibilities are more than whyso tells apart ({MOST:,})"
        raise TooManyError(message, help="answer more of the questions first")
    columns = {name: np.full(size, code_of(policy.facts[name], value), np.int64) for name, value in relevant}
    for axis, name in enumerate(names):
        codes = [code_of(policy.facts[name], one.low) for one in classes[axis]]
        columns[name] = _axis_column(codes, axis, shape)
    batch = infer_batch(policy, space.rules, columns, size)
    if not batch.possible.any():
        raise _contradiction(policy, answers)
    finals = np.where(batch.possible, batch.final, FORBIDDEN).reshape(shape)
    priors = [np.asarray(prior(policy.facts[name], classes[axis])) for axis, name in enumerate(names)]
    weights = reduce(np.multiply.outer, priors, np.ones(())).reshape(shape) * (finals != FORBIDDEN)
    return Grid(policy, names, classes, finals, weights / weights.sum())


def _contradiction(policy: Policy, answers: Answers) -> NoPossibilityError:
    """The error that names a smallest part of the answers that leaves no possibility."""
    needed = dict(answers)
    for name in answers:
        fewer = {other: value for other, value in needed.items() if other != name}
        try:
            grid(policy, fewer)
        except NoPossibilityError:
            needed = fewer
        except TooManyError:
            continue
    message = "these answers contradict each other: whatever the others are, the policy declares them impossible"
    return NoPossibilityError(message, help="change one of " + ", ".join(f"`{name}`" for name in needed))


def _axis_column(codes: list[int], axis: int, shape: tuple[int, ...]) -> "Column":
    """One fact's values over the whole grid, the last fact varying fastest."""
    import numpy as np

    before, after = prod(shape[:axis]), prod(shape[axis + 1 :])
    return np.tile(np.repeat(np.asarray(codes, np.int64), after), before)


def _varies(finals: "Column", axis: int) -> bool:
    """Whether two possible values along an axis give different verdicts, all else being equal."""
    import numpy as np

    high = finals.max(axis=axis, keepdims=True)
    low = np.where(finals == FORBIDDEN, high, finals).min(axis=axis, keepdims=True)
    return bool((high != low).any())
