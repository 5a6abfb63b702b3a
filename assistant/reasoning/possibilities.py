"""Every way in which the unknown facts could turn out, as far as the final verdict can tell them apart.

A possibility is a completion of the unknown facts that no rule declares impossible. Facts that the verdict does not
depend on are left out, and numbers stand for the classes that the policy's thresholds make, so what is said here of
"all possible answers" is exact.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING

from assistant.errors import EngineError
from assistant.policy.strata import supporting
from assistant.policy.syntax import FINAL, Impossible, Policy, Rule
from assistant.policy.vocabulary import Answers
from assistant.reasoning.classes import ValueClass, spans

if TYPE_CHECKING:
    from assistant.reasoning.vectorised import Column

MOST = 1 << 22


@dataclass(frozen=True)
class Outlook:
    """What the open questions can still do to the final verdict.

    `settled`: every possibility gives the same final verdict. `open`: the unknown facts of which two values give
    different final verdicts under some completion of the others, in the vocabulary's order. `possible`: the options
    that some possibility gives, None among them where some possibility leaves nothing. `count`: how many
    possibilities were told apart.
    """

    settled: bool
    open: tuple[str, ...]
    possible: tuple[str | None, ...]
    count: int


def outlook(policy: Policy, answers: Answers) -> Outlook:
    """The outlook on some answers; raises `EngineError` past four million possibilities, or where there is none."""
    relevant = tuple((name, answers[name]) for name in _space(policy).classes if name in answers)
    return _outlook(policy, relevant)


@dataclass(frozen=True, eq=False)
class _Space:
    rules: tuple[Rule, ...]
    classes: dict[str, tuple[ValueClass, ...]]


@lru_cache(maxsize=8)
def _space(policy: Policy) -> _Space:
    """The rules that bear on the final verdict, or on what is impossible, and the classes of what they read."""
    forbidding = [rule for rule in policy.rules if any(isinstance(c, Impossible) for c in rule.then)]
    wanted = {FINAL, *(name for rule in forbidding for name in rule.reads)}
    ids = supporting(policy.by_id, policy.verdict, wanted) | {rule.id for rule in forbidding}
    rules = tuple(rule for rule in policy.rules if rule.id in ids)
    classes = spans(policy.facts, rules)
    return _Space(rules, {name: classes[name] for name in policy.told if name in classes})


@lru_cache(maxsize=512)
def _outlook(policy: Policy, relevant: tuple[tuple[str, object], ...]) -> Outlook:
    import numpy as np

    from assistant.reasoning.vectorised import infer_batch

    space, answers = _space(policy), dict(relevant)
    unknown = [name for name in space.classes if name not in answers]
    shape = tuple(len(space.classes[name]) for name in unknown)
    count = prod(shape)
    if count > MOST:
        message = f"{count:,} possibilities are more than whyso searches ({MOST:,})"
        raise EngineError(message, help="answer more of the questions first")
    columns = {name: _column(policy, space, name, answers, unknown, shape) for name in space.classes}
    batch = infer_batch(policy, space.rules, columns, count)
    if not batch.possible.any():
        raise EngineError("these answers contradict each other", help="change one of them")
    finals = np.where(batch.possible, batch.final, -2).reshape(shape)
    open = tuple(name for axis, name in enumerate(unknown) if _varies(finals, axis))
    values = [int(value) for value in np.unique(finals) if value != -2]
    options = [option.id for option in policy.options]
    possible = tuple(options[value] if value >= 0 else None for value in values)
    return Outlook(len(values) == 1, open, possible, int(batch.possible.sum()))


def _column(
    policy: Policy, space: _Space, name: str, answers: dict[str, object], unknown: list[str], shape: tuple[int, ...]
) -> "Column":
    """One fact's values over the whole grid, the last unknown fact varying fastest."""
    import numpy as np

    from assistant.reasoning.vectorised import code_of

    fact = policy.facts[name]
    if name in answers:
        return np.full(prod(shape), code_of(fact, answers[name]), np.int64)  # type: ignore[arg-type]  # an answer
    axis = unknown.index(name)
    codes = np.asarray([code_of(fact, one.low) for one in space.classes[name]], np.int64)
    before, after = prod(shape[:axis]), prod(shape[axis + 1 :])
    return np.tile(np.repeat(codes, after), before)


def _varies(finals: "Column", axis: int) -> bool:
    """Whether two possible values along an axis give different verdicts, all else being equal."""
    import numpy as np

    high = finals.max(axis=axis)
    low = np.where(finals == -2, high[(slice(None),) * axis + (None,)], finals).min(axis=axis)
    return bool((high != low).any())
