"""A small policy of the screens' own, and the chat under it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.policy.syntax import Policy
from assistant.reasoning.loading import load_policy
from assistant.tui.app import WhysoApp


@pytest.fixture(scope="session")
def way() -> Policy:
    """The way to work: a count, a scale with eight words, a choice, a flag, and one question that is optional."""
    return load_policy(Path(__file__).parent / "policy")


@pytest.fixture
def app(way: Policy) -> WhysoApp:
    return WhysoApp(lambda: way, "reference")


@pytest.fixture
def app_for() -> Callable[[Policy], WhysoApp]:
    return lambda policy: WhysoApp(lambda: policy, "reference")
