"""A conversation under the shipped policy, greeted and at its first question."""

import pytest

from assistant.dialogue.conversation import Conversation
from assistant.policy.syntax import Policy


@pytest.fixture
def policy(shipped: Policy) -> Policy:
    return shipped


@pytest.fixture
def chat(policy: Policy) -> Conversation:
    conversation = Conversation(policy, "reference")
    conversation.open()
    return conversation
