"""Examples that test nothing: whatever the thresholds in their rule's condition were, or another says the same."""

from collections.abc import Iterator, Mapping

from assistant.analysis.search import Search
from assistant.errors import EngineError, Finding
from assistant.policy.strata import supporting
from assistant.policy.syntax import Always, And, Certain, Condition, Example, Not, Or, Rule, quantities
from assistant.policy.vocabulary import Value
from assistant.reasoning.goals import Goal
from assistant.reasoning.patience import check_wanted
from assistant.reasoning.reference import Truth, reference_for

Truths = frozenset[Truth]


def idle_examples(search: Search) -> Iterator[Finding]:
    """A warning for each example that passes whatever the comparisons with what it knows come to, or that repeats one.

    Only those of the uppermost layer: the ones below were written for the policy below.
    """
    policy = search.policy
    for rule in policy.rules:
        check_wanted()
        if rule.layer != policy.id:
            continue
        seen: dict[tuple[frozenset[tuple[str, Value]], bool], Example] = {}
        bearing = _bearing(search, rule)
        for example in rule.examples:
            told = frozenset((name, value) for name, value in example.facts.items() if name in bearing)
            first = seen.setdefault((told, example.fires), example)
            if first is not example:
                yield _repeated(rule, example, first)
                continue
            yield from _idle(search, rule, example)


def _bearing(search: Search, rule: Rule) -> set[str]:
    """The facts that bear on a rule's condition."""
    policy = search.policy
    behind = supporting(policy.by_id, policy.verdict, rule.reads)
    return {name for id in (*behind, rule.id) for name in policy.by_id[id].reads}


def _repeated(rule: Rule, example: Example, first: Example) -> Finding:
    message = f"this example of `{rule.id}` repeats the one at {first.span}: what differs has no bearing on the rule"
    return Finding("repeated-example", example.span, message, "remove it", "warning", example.facts)


def _idle(search: Search, rule: Rule, example: Example) -> Iterator[Finding]:
    try:
        memory = reference_for(search.policy).infer(example.facts).memory
    except EngineError:
        return
    outcomes = outcomes_of(rule.when, memory)
    if (True in outcomes) and outcomes != {True}:
        return
    if _needed(search, rule, example):
        return
    unknown = ", ".join(f"`{name}`" for name in rule.reads if name not in memory)
    fires = "fires" if example.fires else "does not fire"
    why = f"{unknown} {'is' if unknown.count('`') == 2 else 'are'} unknown" if unknown else "nothing in it can change"
    message = f"this example of `{rule.id}` tests nothing: {why}, so it {fires} whatever the rest is compared with"
    help = f"tell {unknown} as well, so that one comparison alone decides" if unknown else "remove it"
    yield Finding("idle-example", example.span, message, help, "warning", example.facts)


def _needed(search: Search, rule: Rule, example: Example) -> bool:
    """Whether it is the only example that does not fire, of a rule that fires whenever what it reads is known."""
    if example.fires or sum(not other.fires for other in rule.examples) > 1:
        return False
    known = tuple(name for name in rule.reads if name in search.policy.told)
    return search.happens(Goal(silent=(rule.id,), known=known)) is False


def outcomes_of(condition: Condition, memory: Mapping[str, Value | None]) -> Truths:
    """What a condition can come to if each comparison of known quantities may be true or false, whatever it says.

    `certain(…)` may be there or not, around any of them.
    """
    match condition:
        case Not(inner=inner):
            return frozenset(None if truth is None else not truth for truth in outcomes_of(inner, memory))
        case Certain(inner=inner):
            inside = outcomes_of(inner, memory)
            return inside | {truth is True for truth in inside}
        case And(parts=parts):
            return _combined([outcomes_of(part, memory) for part in parts], False)
        case Or(parts=parts):
            return _combined([outcomes_of(part, memory) for part in parts], True)
        case Always():
            return frozenset((True, False))
        case _:
            known = all(name in memory for name in quantities(condition))
            return frozenset((True, False)) if known else frozenset((None, False))


def _combined(parts: list[Truths], deciding: bool) -> Truths:
    """What parts come to together, each by itself: decided by one that is `deciding`, else open where one is."""
    otherwise = not deciding
    found: set[Truth] = set()
    if any(deciding in part for part in parts):
        found.add(deciding)
    rest = [part - {deciding} for part in parts]
    if all(rest):
        if any(None in part for part in rest):
            found.add(None)
        if all(otherwise in part for part in rest):
            found.add(otherwise)
    return frozenset(found)
