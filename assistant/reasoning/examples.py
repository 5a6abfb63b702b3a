"""The examples of a policy's rules, executed: each must fire, or not fire, as it says."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from assistant.errors import EngineError, Finding
from assistant.policy.strata import feeders, supporting
from assistant.policy.syntax import Example, Policy, Rule
from assistant.policy.vocabulary import Value
from assistant.reasoning.reference import Reference, test_of

Memory: TypeAlias = Mapping[str, Value | None]


def failing_examples(policy: Policy, rules: Iterable[Rule]) -> list[Finding]:
    """A finding for each example of these rules that fails."""
    tested = tuple(rules)
    runs = _Runs(policy, tested)
    return [finding for rule in tested for finding in _failing(rule, runs)]


class _Runs:
    """What follows from the facts of examples, once for equal facts: by all rules that bear on any condition tested."""

    def __init__(self, policy: Policy, tested: Iterable[Rule]) -> None:
        self.policy = policy
        self.fed_by = feeders(policy.rules, policy.verdict)
        self.engine = self.engine_for(name for rule in tested for name in rule.reads)
        self.memories: dict[frozenset[tuple[str, Value]], Memory | None] = {}

    def engine_for(self, names: Iterable[str]) -> Reference:
        """The engine of the rules that bear on some names."""
        ids = supporting(self.policy.by_id, self.policy.verdict, names, self.fed_by)
        return Reference(self.policy, [rule for rule in self.policy.rules if rule.id in ids])

    def memory(self, rule: Rule, example: Example) -> Memory:
        """What the rule's condition reads; raises `EngineError` only where rules that bear on it are at odds."""
        key = frozenset(example.facts.items())
        if key not in self.memories:
            try:
                self.memories[key] = self.engine.infer(example.facts).memory
            except EngineError:
                self.memories[key] = None
        known = self.memories[key]
        return self.engine_for(rule.reads).infer(example.facts).memory if known is None else known


def _failing(rule: Rule, runs: _Runs) -> list[Finding]:
    test = test_of(rule.when)
    findings = []
    for example in rule.examples:
        try:
            memory = runs.memory(rule, example)
        except EngineError as error:
            findings.append(Finding("example", example.span, error.message, error.help))
            continue
        if (test(memory) is True) is not example.fires:
            read = {name: _written(memory[name]) if name in memory else "unknown" for name in rule.reads}
            findings.append(_finding(rule, example, read))
    return findings


def _finding(rule: Rule, example: Example, read: dict[str, str]) -> Finding:
    wanted, got = ("fires", "does not fire") if example.fires else ("does not fire", "fires")
    message = f"the example says that `{rule.id}` {wanted}, but it {got}"
    values = ", ".join(f"`{name}` as {value}" for name, value in read.items()) or "nothing"
    return Finding("example", example.span, message, f"its condition `{rule.condition}` read {values}")


def _written(value: Value | None) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "none" if value is None else str(value)
