"""Margins that can be jumped: one answer moves the scores from one side of a middle zone to the other.

The rules that conclude the chosen option compare a sum of scores with bounds, and these cut it into zones. A margin is
jumped where two cases with all that the matrix needs differ in one answer (of a number: in neighbouring classes), the
sums lie in zones that are not neighbours, and different options are chosen.
"""

from collections.abc import Iterator
from itertools import pairwise

from assistant.analysis.sample import classes_read
from assistant.analysis.search import Search
from assistant.analysis.sums import Form, form_of
from assistant.errors import Finding
from assistant.policy.strata import feeders, supporting
from assistant.policy.syntax import (
    Among,
    And,
    Certain,
    Compare,
    Conclude,
    Condition,
    Not,
    Or,
    Policy,
    Score,
    ScoreCompare,
)
from assistant.reasoning.claims import Unknown
from assistant.reasoning.goals import Goal, Step
from assistant.reasoning.patience import check_wanted


def jumped(search: Search) -> Iterator[Finding]:
    """A warning for each sum of scores of which a middle zone can be jumped."""
    policy = search.policy
    if not policy.verdict.needs:
        return
    for form, cuts in _zones(policy).items():
        for low, high in pairwise(sorted(cuts)):
            yield from _jump(search, form, low, high)


def _zones(policy: Policy) -> dict[Form, set[int]]:
    """For each sum that the choosing rules compare, the values at which a zone begins."""
    chosen = policy.verdict.chosen
    found: dict[Form, set[int]] = {}
    for rule in policy.rules:
        if any(isinstance(c, Conclude) and c.fact == chosen for c in rule.then):
            for compare in _sums(rule.when):
                form, sign = form_of(compare.terms)
                found.setdefault(form, set()).update(_begins(compare, sign))
    found.pop((), None)
    return found


def _sums(condition: Condition) -> Iterator[ScoreCompare]:
    match condition:
        case ScoreCompare():
            yield condition
        case Not(inner=inner) | Certain(inner=inner):
            yield from _sums(inner)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _sums(part)


def _begins(compare: ScoreCompare, sign: int) -> set[int]:
    """Where the comparison changes, on the line of the sum with its first factor positive."""
    bound = compare.bound
    begins = {"<": {bound}, ">=": {bound}, ">": {bound + 1}, "<=": {bound + 1}}.get(
        compare.operator, {bound, bound + 1}
    )
    return begins if sign > 0 else {1 - begin for begin in begins}


def _jump(search: Search, form: Form, low: int, high: int) -> Iterator[Finding]:
    """The first fact whose answer can take the sum from below `low` to `high` or more, with another option chosen."""
    from assistant.reasoning.smt_goals import encoding_of, leaping, step_changing

    policy = search.policy
    reach = _reach(policy, form)
    facts = [name for name in classes_read(policy) if reach.get(name, 0) > high - low]
    if not facts:
        return
    sides = _sides(policy, ScoreCompare(form, "<", low), ScoreCompare(form, ">=", high))
    encoding = encoding_of(policy, [Goal(when=side) for side in sides])
    for name in facts:
        step = step_changing(encoding, name, leaping(sides, policy.verdict.needs)) if name in encoding.told else None
        if isinstance(step, Step):
            yield _finding(policy, form, low, high, step)
            return
        if isinstance(step, Unknown):
            search.unsure("jump", name)
            return


def _sides(policy: Policy, below: Condition, above: Condition) -> list[tuple[Condition, Condition]]:
    """For each option: that it is chosen on the near side, and another on the far side."""
    chosen = policy.verdict.chosen
    sides: list[tuple[Condition, Condition]] = []
    for option in policy.options:
        here = Compare(chosen, "==", option.id)
        another = tuple(other.id for other in policy.options if other is not option)
        if another:
            sides.append((And((below, here)), And((above, Among(chosen, another)))))
    return sides


def _reach(policy: Policy, form: Form) -> dict[str, int]:
    """The most by which an answer to each question can move a sum: the points of all rules that rest on it."""
    factors = dict(form)
    fed_by = feeders(policy.rules, policy.verdict)
    found: dict[str, int] = {}
    for rule in policy.rules:
        points = abs(sum(factors.get(c.option, 0) * c.points for c in rule.then if isinstance(c, Score)))
        if points:
            check_wanted()
            behind = supporting(policy.by_id, policy.verdict, rule.reads, fed_by)
            for name in {name for id in (*behind, rule.id) for name in policy.by_id[id].reads}:
                found[name] = found.get(name, 0) + points
    return found


def _finding(policy: Policy, form: Form, low: int, high: int, step: Step) -> Finding:
    fact = policy.facts[step.fact]
    sums = " + ".join(f"{'' if factor == 1 else f'{factor} * '}scores.{option}" for option, factor in form)
    sums = sums.replace("+ -1 * ", "- ").replace("+ -", "- ")
    now, then = (str(value).lower() for value in (step.before[step.fact], step.after))
    message = f"`{fact.name}: {now}` changed to `{then}` moves `{sums}` from below {low} to {high} or more at once"
    help = "give fewer points for one answer, widen the margin, or accept it"
    return Finding("jump", policy.span, message, help, "warning", step.before)
