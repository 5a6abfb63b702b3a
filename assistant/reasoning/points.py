"""How many points an option is short of being the verdict: the least change of one option's score that makes it so.

A result changes only where some comparison of scores does. So one option's points are moved step by step, each step to
the next value at which a comparison turns out otherwise: no step is too long, and no number too large.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.policy.syntax import And, Certain, Compare, Condition, Not, Or, Policy, Rule, ScoreCompare
from assistant.policy.vocabulary import Answers
from assistant.reasoning.possibilities import space_of
from assistant.reasoning.reference import test_of


@dataclass(frozen=True, slots=True)
class _Shifted:
    """What follows once an option has so many points more."""

    final: str | None
    scores: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Short:
    """How many points more `option` would have to have; fewer where it is below 0."""

    option: str
    points: int


def points_short(policy: Policy, answers: Answers, option: str) -> Short | None:
    """The least change of one option's score that makes `option` the final verdict; None where no such change does."""
    rules = space_of(policy).rules
    comparisons = [one for rule in rules for one in _comparisons(rule.when)]
    if _shifted(policy, rules, answers, "", 0).final == option:
        return Short(option, 0)
    found: Short | None = None
    for scored in sorted(policy.scored, key=lambda scored: scored != option):
        for sign in (1, -1):
            for points in _turning(policy, rules, answers, comparisons, scored, sign):
                if found is not None and points >= abs(found.points):
                    break
                if _shifted(policy, rules, answers, scored, sign * points).final == option:
                    found = Short(scored, sign * points)
                    break
    return found


def _comparisons(condition: Condition) -> Iterator[ScoreCompare]:
    match condition:
        case ScoreCompare():
            yield condition
        case Not(inner=inner) | Certain(inner=inner):
            yield from _comparisons(inner)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _comparisons(part)
        case _:
            return


def _turning(
    policy: Policy,
    rules: tuple[Rule, ...],
    answers: Answers,
    comparisons: list[ScoreCompare],
    scored: str,
    sign: int,
) -> Iterator[int]:
    """The numbers of points, rising, at which some comparison turns out otherwise than just before."""
    points = 0
    while True:
        scores = _shifted(policy, rules, answers, scored, sign * points).scores
        steps = [step for one in comparisons if (step := _step(one, scores, scored, sign)) is not None]
        if not steps:
            return
        points += min(steps)
        yield points


def _step(one: ScoreCompare, scores: Mapping[str, int], scored: str, sign: int) -> int | None:
    """How many points more it takes until a comparison turns out otherwise; None where it never does."""
    slope = sign * sum(coefficient for option, coefficient in one.terms if option == scored)
    if not slope:
        return None
    total = sum(coefficient * scores[option] for option, coefficient in one.terms)
    holds = test_of(Compare("total", one.operator, one.bound))
    now = holds({"total": total})
    meeting = (one.bound - total) // slope
    near = (1, *(meeting + offset for offset in (-1, 0, 1, 2)))
    return min((step for step in near if step > 0 and holds({"total": total + slope * step}) is not now), default=None)


def _shifted(policy: Policy, rules: tuple[Rule, ...], answers: Answers, scored: str, points: int) -> _Shifted:
    import numpy as np

    from assistant.reasoning.columns import code_of
    from assistant.reasoning.vectorised import infer_batch

    facts = ((policy.facts[name], value) for name, value in answers.items())
    told = {fact.name: np.full(1, code_of(fact, value), np.int64) for fact, value in facts}
    extra = {scored: np.full(1, points, np.int64)} if points else {}
    batch = infer_batch(policy, rules, told, 1, None, extra)
    scores = {option.id: int(batch.columns[f"scores.{option.id}"][0]) for option in policy.options}
    return _Shifted(batch.verdicts[batch.form[0]].final, scores)
