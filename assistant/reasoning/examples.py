"""The examples of a policy's rules, executed: each must fire, or not fire, as it says."""

from collections.abc import Iterable

from assistant.errors import EngineError, Finding
from assistant.policy.strata import feeders, supporting
from assistant.policy.syntax import Example, Policy, Rule
from assistant.policy.vocabulary import Value
from assistant.reasoning.reference import Reference, test_of


def failing_examples(policy: Policy, rules: Iterable[Rule]) -> list[Finding]:
    """A finding for each example of these rules that fails."""
    fed_by = feeders(policy.rules, policy.verdict)
    engines: dict[frozenset[str], Reference] = {}
    findings = []
    for rule in rules:
        support = supporting(policy.by_id, policy.verdict, rule.reads, fed_by)
        if support not in engines:
            engines[support] = Reference(policy, [other for other in policy.rules if other.id in support])
        findings += _failing(policy, rule, engines[support])
    return findings


def _failing(policy: Policy, rule: Rule, engine: Reference) -> list[Finding]:
    test = test_of(rule.when)
    findings = []
    for example in rule.examples:
        try:
            memory = engine.infer(example.facts).memory
        except EngineError as error:
            findings.append(Finding("example", example.span, error.message, error.help))
            continue
        if (test(memory) is True) is not example.fires:
            findings.append(_finding(policy, rule, example, {name: memory.get(name) for name in rule.reads}))
    return findings


def _finding(policy: Policy, rule: Rule, example: Example, read: dict[str, Value | None]) -> Finding:
    wanted = "fires" if example.fires else "does not fire"
    got = "does not fire" if example.fires else "fires"
    values = ", ".join(f"{name} = {_written(value)}" for name, value in read.items())
    message = f"the example says that `{rule.id}` {wanted}, but it {got}"
    return Finding("example", example.span, message, f"its condition `{rule.condition}` read {values}")


def _written(value: Value | None) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "nothing" if value is None else str(value)
