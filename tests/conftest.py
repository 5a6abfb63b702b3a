"""What all tests share: the shipped policy, a small one to change, and how Hypothesis runs."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from assistant.policy.syntax import Policy
from assistant.reasoning.loading import load_policy
from tests.rejected import BASE

settings.register_profile("whyso", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("whyso")


@pytest.fixture(scope="session", autouse=True)
def nobody_s_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders for conversations and settings that are nobody's own, for every test and the processes it starts."""
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHYSO_DATA", str(folder))
        patch.setenv("WHYSO_CONFIG", str(folder / "config"))
        yield folder


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder for conversations."""
    folder = tmp_path / "data"
    monkeypatch.setenv("WHYSO_DATA", str(folder))
    return folder


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
