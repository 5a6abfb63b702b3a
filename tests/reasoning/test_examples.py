"""The examples of rules: run against what bears on the rule, and reported where they fail."""

from dataclasses import replace

from assistant.policy.syntax import Compare, Conclude, Example, Policy, Rule, Score
from assistant.policy.vocabulary import Kind
from assistant.reasoning.examples import failing_examples
from assistant.reasoning.reference import Reference
from tests.reasoning.policies import derived_of, fact_of, policy_of, rule_of


def test_no_example_of_the_shipped_policy_fails(shipped: Policy) -> None:
    assert failing_examples(shipped, shipped.rules) == []


def turned(rule: Rule) -> Rule:
    """The rule with each example saying the opposite."""
    examples = tuple(Example(example.facts, not example.fires, example.span) for example in rule.examples)
    return replace(rule, examples=examples)


def test_every_example_turned_round_fails(shipped: Policy) -> None:
    """So no example holds whatever the rule says."""
    rules = tuple(turned(rule) for rule in shipped.rules)
    policy = replace(shipped, rules=rules)
    failing = {finding.span for finding in failing_examples(policy, rules)}
    assert failing == {example.span for rule in rules for example in rule.examples}


def test_examples_come_out_as_with_all_rules_at_once(shipped: Policy) -> None:
    """What does not bear on a rule is left out of its runs, and makes no difference."""
    whole = Reference(shipped)
    for rule in shipped.rules:
        for example in rule.examples:
            fired = {fired.id for fired in whole.infer(example.facts).fired}
            assert (rule.id in fired) is example.fires, rule.id


def with_example(rule: Rule) -> Rule:
    """The rule with one example, on which it fires."""
    return replace(rule, examples=(Example({"open": True}, True, rule.span),))


def test_rules_at_odds_fail_only_the_examples_that_depend_on_them() -> None:
    is_open = Compare("open", "==", True)
    beside = with_example(rule_of("beside", is_open, Score("one", 1), line=1))
    reader = with_example(rule_of("reader", Compare("derived", "==", True), Score("two", 1), line=2))
    says_so = rule_of("says-so", is_open, Conclude("derived", True), line=3)
    says_not = rule_of("says-not", is_open, Conclude("derived", False), line=4)
    facts = [fact_of("open", Kind.FLAG), derived_of("derived", Kind.FLAG, False)]
    policy = policy_of(facts, [beside, reader, says_so, says_not])
    tested = [policy.by_id["beside"], policy.by_id["reader"]]
    [finding] = failing_examples(policy, tested)
    assert finding.span == reader.span
    assert finding.message == "`says-not` and `says-so` conclude different values of `derived` here"
