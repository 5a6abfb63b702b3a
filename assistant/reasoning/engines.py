"""The rule engines by name, and which is in use: durable where it imports, the reference elsewhere."""

from typing import Protocol

from assistant.errors import EngineError
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.reference import reference_for
from assistant.reasoning.trace import Inference

NAMES = ("durable", "reference")


class Engine(Protocol):
    """What infers."""

    name: str

    def infer(self, answers: Answers) -> Inference:
        """Everything that follows from the answers."""


def durable_available() -> bool:
    """Whether durable-rules imports on this Python."""
    from assistant.reasoning.durable import available

    return available()


def default_name() -> str:
    """The engine in use when nobody chooses."""
    return "durable" if durable_available() else "reference"


def engine_for(policy: Policy, name: str | None = None) -> Engine:
    """The engine of that name for a policy, made once; raises `EngineError` where it is not to be had."""
    chosen = name or default_name()
    if chosen == "reference":
        return reference_for(policy)
    if not durable_available():
        raise EngineError("durable-rules does not import on this Python", help="use `--engine reference`")
    from assistant.reasoning.durable import durable_for

    return durable_for(policy)


def described() -> str:
    """The engine in use, with its version, in words."""
    if not durable_available():
        return "engine: reference, as durable-rules does not import here"
    from importlib.metadata import version

    return f"engine: durable-rules {version('durable_rules')}"
