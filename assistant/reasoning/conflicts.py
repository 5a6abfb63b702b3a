"""Rules that conclude different values of one fact in some case: found by the solver, each with such a case."""

from itertools import combinations

from assistant.errors import Finding
from assistant.policy.syntax import Conclude, Policy, Rule
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.claims import Refuted
from assistant.reasoning.patience import patience
from assistant.reasoning.smt import Fires, find_case

LIMIT = 2_000


def conflicts_in(policy: Policy) -> list[Finding]:
    """A finding for each pair of rules that conclude opposites in some case; what takes too long is passed over."""
    findings = []
    for name in policy.derived:
        concluding = [(rule, value) for rule in policy.rules for value in _values(rule, name)]
        for (first, one), (second, other) in combinations(concluding, 2):
            if one != other:
                with patience(LIMIT):
                    found = find_case(policy, Fires(first.id), Fires(second.id), conflicting=True)
                if isinstance(found, Refuted):
                    findings.append(_finding(policy, name, first, second, found.example))
    return findings


def _values(rule: Rule, name: str) -> list[Value | None]:
    return [
        consequent.value for consequent in rule.then if isinstance(consequent, Conclude) and consequent.fact == name
    ]


def _finding(policy: Policy, name: str, first: Rule, second: Rule, example: Answers) -> Finding:
    case = ", ".join(f"{fact}: {str(value).lower()}" for fact, value in example.items())
    message = f"`{first.id}` and `{second.id}` conclude different values of `{name}` in some case"
    return Finding("conflict", second.span, message, f"such as {{{case}}}: make their conditions exclude each other")
