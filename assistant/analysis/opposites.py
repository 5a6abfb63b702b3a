"""Rules at odds in some case.

They conclude different values of one fact, narrow an item to parts that do not meet, or one asks for what another
rules out.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from assistant.analysis.exclusive import exclusive
from assistant.analysis.search import Search
from assistant.errors import Finding
from assistant.policy.syntax import Conclude, Narrow, Policy, Require, Rule, RuleOut
from assistant.reasoning.claims import Refuted, Unknown
from assistant.reasoning.goals import Goal, dispute
from assistant.reasoning.patience import check_wanted

MOST = 50
"""How many pairs of one fact or item are told of."""


class Pair(NamedTuple):
    """Two rules that must not fire together, and why."""

    first: Rule
    second: Rule
    what: str
    goal: Goal


def conflicts(search: Search) -> Iterator[Finding]:
    """An error for each pair of rules that are at odds in some case."""
    for name in search.policy.derived:
        yield from _told(search, _concluding(search.policy, name))
    yield from _told(search, _narrowing(search.policy))


def never_at_odds(search: Search, names: Iterable[str]) -> frozenset[str]:
    """Those of some derived facts of which it is proved that no case has two values concluded."""
    pairs = {name: [pair.goal for pair in _concluding(search.policy, name)] for name in names}
    happen = iter(search.happen([goal for goals in pairs.values() for goal in goals]))
    return frozenset(name for name, goals in pairs.items() if {next(happen) for _ in goals} <= {False})


def _concluding(policy: Policy, name: str) -> Iterator[Pair]:
    """Each pair of rules that conclude different values of a fact, but those that plainly exclude each other."""
    several = [
        (rule, c.value) for rule in policy.rules for c in rule.then if isinstance(c, Conclude) and c.fact == name
    ]
    for (first, one), (second, other) in combinations(several, 2):
        check_wanted()
        if one != other and not exclusive(first.when, second.when):
            what = f"conclude different values of `{name}`"
            yield Pair(first, second, what, dispute(policy, first.id, second.id))


def _narrowing(policy: Policy) -> Iterator[Pair]:
    """Each pair of rules that narrow an item of one option to parts that do not meet."""
    every = frozenset(option.id for option in policy.options)
    narrowing = [(rule, c) for rule in policy.rules for c in rule.then if isinstance(c, Narrow)]
    for (first, one), (second, other) in combinations(narrowing, 2):
        check_wanted()
        shared = frozenset(one.options or every) & frozenset(other.options or every)
        apart = one.high < other.low or other.high < one.low
        if one.item == other.item and shared and apart and not exclusive(first.when, second.when):
            what = f"narrow `{one.item}` to parts that do not meet"
            yield Pair(first, second, what, Goal((first.id, second.id)))


def _told(search: Search, pairs: Iterable[Pair]) -> Iterator[Finding]:
    """The pairs of which both rules fire in some case: those in the sample first, then by proof."""
    left, number = [], 0
    for pair in pairs:
        case = search.sample.case(pair.goal)
        if case is None:
            left.append(pair)
            continue
        number += 1
        yield _conflict(pair, Refuted(case))
        if number == MOST:
            message = f"more rules than these {MOST} {pair.what}"
            yield Finding("more", pair.second.span, message, "mend these first", "note")
            return
    if left and not _never_together(search, left):
        for pair in left:
            proof = search.case(pair.goal)
            if isinstance(proof, Refuted):
                yield _conflict(pair, proof)
            elif isinstance(proof, Unknown):
                search.unsure("conflict", f"{pair.first.id}` and `{pair.second.id}")


def _never_together(search: Search, pairs: Sequence[Pair]) -> bool:
    """Whether one proof shows that no pair ever fires together."""
    from assistant.reasoning.smt_goals import any_meeting, encoding_of

    goals = [pair.goal for pair in pairs]
    return any_meeting(encoding_of(search.policy, goals), goals) is False


def _conflict(pair: Pair, proof: Refuted) -> Finding:
    message = f"`{pair.first.id}` and `{pair.second.id}` {pair.what} in some case"
    help = "make their conditions exclude each other"
    return Finding("conflict", pair.second.span, message, help, case=proof.example)


def opposed(search: Search) -> Iterator[Finding]:
    """A warning for each rule that in some case rules out what others require."""
    for rule in search.policy.rules:
        for name in dict.fromkeys(c.name for c in rule.then if isinstance(c, RuleOut)):
            requiring = [other for other in search.policy.rules if any(_requires(c, name) for c in other.then)]
            together = search.happen([Goal((rule.id, other.id)) for other in requiring])
            at_odds = [other for other, happens in zip(requiring, together, strict=True) if happens]
            for other, happens in zip(requiring, together, strict=True):
                if happens is None:
                    search.unsure("opposed", f"{rule.id}` and `{other.id}")
            if at_odds:
                yield _opposed(search, rule, name, at_odds)


def _opposed(search: Search, rule: Rule, name: str, others: Sequence[Rule]) -> Finding:
    shown = search.case(Goal((rule.id, others[0].id)))
    names = ", ".join(f"`{other.id}`" for other in others)
    verb = "requires" if len(others) == 1 else "require"
    message = f"`{rule.id}` rules out `{name}` where {names} {verb} it in some case"
    help = "make their conditions exclude each other, or accept it: the exclusion wins"
    case = shown.example if isinstance(shown, Refuted) else None
    return Finding("opposed", rule.span, message, help, "warning", case)


def _requires(consequent: object, name: str) -> bool:
    return isinstance(consequent, Require) and consequent.capability == name
