"""What all tests share: the shipped policy, a small one to change, and how Hypothesis runs."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from assistant.policy.syntax import Policy
from assistant.reasoning.loading import load_policy
from tests.rejected import BASE

settings.register_profile("whyso", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("whyso")


@pytest.fixture(scope="session")
def shipped() -> Policy:
    """The shipped policy."""
    return load_policy()


@pytest.fixture(scope="session")
def small() -> Policy:
    """The small policy under tests/rejected/base."""
    return load_policy(BASE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small policy's folder, as the working directory."""
    copy = tmp_path / "policy"
    shutil.copytree(BASE, copy)
    monkeypatch.chdir(copy)
    return copy
