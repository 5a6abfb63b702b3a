"""Every bad policy is refused with exactly the messages that its entry gives, and the sound one is not.

Warnings have tests of their own, in tests/analysis.
"""

import os
from pathlib import Path

import pytest

from assistant.analysis.checking import check_folder
from assistant.errors import WhysoError
from tests.rejected import BASE, Rejected, mended_by_its_edit, rejected

ENTRIES = list(rejected())


def test_base_policy_is_sound() -> None:
    assert check_folder(BASE).sound


def test_names_of_entries_are_unique() -> None:
    names = [entry.name for entry in ENTRIES]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.topic.stem}-{entry.name}")
def test_bad_policy_gives_exactly_these_messages(
    entry: Rejected, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry.build(tmp_path)
    monkeypatch.chdir(tmp_path)
    try:
        findings = [one for one in check_folder(Path(".")).findings if one.severity == "error"]
        found = "".join(f"{one}\n" for one in findings)
    except WhysoError as error:
        findings, found = [], f"{error}\n"
    if os.environ.get("WHYSO_UPDATE_GOLDEN"):
        entry.update(found)
    else:
        assert found == entry.gives
    for finding in findings:
        assert finding.edit is None or mended_by_its_edit(finding, findings)
