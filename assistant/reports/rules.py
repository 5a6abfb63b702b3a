"""The page of a rule as plain data for JSON."""

from typing import Any

from assistant.explanation.feeding import feeding, reading
from assistant.policy.syntax import Policy, Rule
from assistant.reports.data import rule_data
from assistant.reports.origins import origin_data
from assistant.sessions.firings import Firings


def rule_page_data(policy: Policy, rule: Rule, fired: Firings | None) -> dict[str, Any]:
    """`whyso rule`; `fired` is None where the saved conversations can't be read."""
    origin = policy.origin("rule", rule.id)
    return {
        **rule_data(rule, policy),
        "fed_by": {name: list(rules) for name, rules in feeding(policy, rule).items() if name not in policy.told},
        "read_by": {name: list(rules) for name, rules in reading(policy, rule).items()},
        "origin": origin_data(origin) if origin else None,
        "conversations": fired and {"held": fired.held, "fired": [one.id for one in fired.fired]},
    }
