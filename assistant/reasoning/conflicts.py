"""Rules at odds in some case: found by the solver, each pair with such a case.

Two are at odds where they conclude different values of one fact, or narrow a cost item to parts that do not meet.
"""

from collections.abc import Iterator
from itertools import combinations

from assistant.errors import Finding
from assistant.policy.syntax import Conclude, Narrow, Policy, Rule
from assistant.policy.vocabulary import Answers
from assistant.reasoning.claims import Refuted
from assistant.reasoning.patience import patience
from assistant.reasoning.smt import Fires, find_case

LIMIT = 2_000


def conflicts_in(policy: Policy) -> list[Finding]:
    """A finding for each pair of rules that are at odds in some case; what takes too long is passed over."""
    findings = []
    for first, second, what in (*_concluding(policy), *_narrowing(policy)):
        with patience(LIMIT):
            found = find_case(policy, Fires(first.id), Fires(second.id), conflicting=True)
        if isinstance(found, Refuted):
            findings.append(_finding(first, second, what, found.example))
    return findings


def _concluding(policy: Policy) -> Iterator[tuple[Rule, Rule, str]]:
    """Each pair of rules that conclude different values of a fact."""
    for name in policy.derived:
        concluding = [
            (rule, c.value) for rule in policy.rules for c in rule.then if isinstance(c, Conclude) and c.fact == name
        ]
        for (first, one), (second, other) in combinations(concluding, 2):
            if one != other:
                yield first, second, f"conclude different values of `{name}`"


def _narrowing(policy: Policy) -> Iterator[tuple[Rule, Rule, str]]:
    """Each pair of rules that narrow an item of one option to parts that do not meet."""
    every = frozenset(option.id for option in policy.options)
    narrowing = [(rule, c) for rule in policy.rules for c in rule.then if isinstance(c, Narrow)]
    for (first, one), (second, other) in combinations(narrowing, 2):
        shared = frozenset(one.options or every) & frozenset(other.options or every)
        if one.item == other.item and shared and (one.high < other.low or other.high < one.low):
            yield first, second, f"narrow `{one.item}` to parts that do not meet"


def _finding(first: Rule, second: Rule, what: str, example: Answers) -> Finding:
    case = ", ".join(f"{fact}: {str(value).lower()}" for fact, value in example.items())
    message = f"`{first.id}` and `{second.id}` {what} in some case"
    return Finding("conflict", second.span, message, f"such as {{{case}}}: make their conditions exclude each other")
