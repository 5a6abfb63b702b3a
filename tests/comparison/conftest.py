"""Two policies that give other verdicts, made once."""

from dataclasses import replace

import pytest

from assistant.policy.syntax import Policy
from assistant.reasoning.pairs import Pair
from tests.comparison.editing import shifted


@pytest.fixture(scope="session")
def far_apart(small: Policy) -> Pair:
    """The small policy, and the same with a way that is long above 9 and no longer above 10."""
    rules = tuple(replace(rule, when=shifted(rule.when, -1)) if rule.id == "long-way" else rule for rule in small.rules)
    return Pair(small, replace(small, rules=rules))
