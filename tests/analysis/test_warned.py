"""Every finding is told with exactly the message that its entry gives, and its case shows what it says."""

import os
import re
from pathlib import Path

import pytest

from assistant.analysis.checking import Checked, check_folder
from assistant.analysis.codes import codes
from assistant.errors import EngineError, Finding
from assistant.reasoning.reference import reference_for
from tests.rejected import Rejected, mended_by_its_edit, rejected

FOLDER = Path(__file__).parent
BASE = FOLDER / "base"
ENTRIES = list(rejected(FOLDER / "warned"))


def checked(entry: Rejected, root: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    entry.build(root, BASE)
    monkeypatch.chdir(root)
    return check_folder(Path("."), "reference")


def test_base_policy_is_clean() -> None:
    assert check_folder(BASE).findings == ()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_policy_gives_exactly_these_findings(entry: Rejected, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = checked(entry, tmp_path, monkeypatch)
    found = "".join(f"{finding}\n" for finding in result.findings)
    if os.environ.get("WHYSO_UPDATE_GOLDEN"):
        entry.update(found)
    else:
        assert found == entry.gives
    for finding in result.findings:
        page = codes()[finding.code]
        assert finding.severity == page.severity
        shows(result, finding)
        assert finding.edit is None or mended_by_its_edit(finding, result.findings)


def shows(result: Checked, finding: Finding) -> None:
    """Decided by the reference, the case of a finding exhibits it."""
    if finding.case is None:
        return
    assert result.policy is not None
    named = re.findall("`([^`]+)`", finding.message)
    if finding.code == "conflict":
        with pytest.raises(EngineError, match=f"`{named[0]}` and `{named[1]}`|`{named[1]}` and `{named[0]}`"):
            reference_for(result.policy).infer(finding.case)
        return
    one = reference_for(result.policy).infer(finding.case)
    fired = {rule.id for rule in one.fired}
    match finding.code:
        case "opposed":
            assert {named[0], named[2]} <= fired
        case "subsumed" | "duplicate-rule":
            assert named[0] in fired
            assert fired & set(named[1:])
        case "no-verdict":
            assert one.verdict.final is None
        case "no-choice" | "tie":
            scores = sorted(one.scores.values())
            assert one.memory[result.policy.verdict.chosen] is None
            assert (scores[-1] == scores[-2]) == (finding.code == "tie")
        case "jump":
            fact, after = re.match("`(.+): .+` changed to `(.+)` moves", finding.message + " ").groups()  # type: ignore[union-attr]
            value = int(after) if after.isdecimal() else after
            other = reference_for(result.policy).infer({**finding.case, fact: value})
            chosen = {one.verdict.chosen, other.verdict.chosen}
            assert len(chosen) == 2
            assert None not in chosen


def test_a_rule_that_a_case_names_is_not_taken_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    next(entry for entry in ENTRIES if entry.name == "subsumed").build(tmp_path, BASE)
    monkeypatch.chdir(tmp_path)
    assert [finding.edit is None for finding in check_folder(Path(".")).findings] == [False]
    (tmp_path / "cases").mkdir()
    case = "case: far\nanswers: {weather: wet, distance: 51}\nexpect: {fires: [wet-and-far]}\n"
    (tmp_path / "cases" / "far.yaml").write_text(case, encoding="utf-8")
    assert [finding.edit is None for finding in check_folder(Path(".")).findings] == [True]


def test_what_is_accepted_is_not_told_beside_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    next(entry for entry in ENTRIES if entry.name == "claimed-accepted").build(tmp_path, BASE)
    monkeypatch.chdir(tmp_path)
    Path("fault.yaml").write_text("- {}\n", encoding="utf-8")
    assert {finding.severity for finding in check_folder(Path(".")).findings} == {"error"}


def test_every_code_of_the_analysis_has_an_entry() -> None:
    told = set(re.findall(r"^\S+: \w+\[([\w-]+)\]", "\n".join(entry.gives for entry in ENTRIES), re.MULTILINE))
    warnings = {code for code, page in codes().items() if page.severity == "warning"}
    assert told == warnings - {"example-below", "case-below"}, (
        "those are told of layers, in tests/policy/test_layers.py"
    )
