"""What the tests of tests share: the shipped policy's tests, run once."""

import pytest

from assistant.policy.syntax import Policy
from assistant.trials.running import Ran, run_tests


@pytest.fixture(scope="session")
def shipped_ran(shipped: Policy) -> Ran:
    """The tests of the shipped policy."""
    return run_tests(shipped)
