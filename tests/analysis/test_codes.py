"""Every code has its page, and docs/findings.md is what the pages say."""

import json
import os
import re
from pathlib import Path

from assistant.analysis.checking import analysed, check_folder
from assistant.analysis.codes import codes, document
from assistant.policy.folder import installed
from assistant.policy.syntax import Always, Score
from assistant.policy.vocabulary import Kind
from tests.analysis.test_warned import BASE
from tests.cli.running import run
from tests.reasoning.policies import fact_of, policy_of, rule_of

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = re.compile(r"""(?:fault\(|Finding\()\s*"([a-z-]+)"|"(unknown-[a-z]+)\"""")


def test_every_code_in_the_source_has_a_page() -> None:
    folders = ("policy", "reading", "reasoning", "knowledge", "analysis")
    sources = [path for folder in folders for path in sorted((ROOT / "assistant" / folder).glob("*.py"))]
    found = {a or b for path in sources for a, b in WRITTEN.findall(path.read_text(encoding="utf-8"))}
    kinds = ("fact", "param", "option", "capability", "rule", "passage", "claim", "unit")
    assert len(found) > 30
    assert {*found, *(f"unknown-{kind}" for kind in kinds)} - {"error"} <= set(codes())


def test_pages_are_what_the_docs_say() -> None:
    path = ROOT / "docs" / "findings.md"
    written = document(codes().values())
    if os.environ.get("WHYSO_UPDATE_GOLDEN"):
        path.write_text(written, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == written


def test_shipped_policy_has_nothing_to_tell_of_but_phrases() -> None:
    found = check_folder(installed("rules")).findings
    assert [finding for finding in found if finding.code != "claimed"] == []


def test_explaining_a_code() -> None:
    done = run("explain-code", "tie")
    assert done.returncode == 0
    assert done.stdout.startswith("tie (warning)\n\nAll that the matrix needs is known")
    assert "Avoid:\n    - {rule: a," in done.stdout
    assert json.loads(run("explain-code", "tie", "--format", "json").stdout)["severity"] == "warning"


def test_listing_all_codes() -> None:
    listed = [line.split()[0] for line in run("explain-code").stdout.splitlines()]
    assert listed == list(codes())


def test_an_unknown_code_is_bad_input() -> None:
    done = run("explain-code", "subsumd")
    assert (done.returncode, done.stderr) == (2, "there is no code `subsumd`\nhelp: did you mean `subsumed`?\n")


def test_warnings_are_told_and_exit_with_0(tmp_path: Path) -> None:
    rule = (
        "- rule: very-wet\n  when: weather == wet and distance > 50\n  then: {require: shelter}\n  because: So it is.\n"
        "  cites: [travel]\n  examples:\n    - {facts: {weather: wet, distance: 51}, fires: true}\n"
        "    - {facts: {weather: wet, distance: 50}, fires: false}\n"
    )
    for path in BASE.rglob("*.yaml"):
        copy = tmp_path / path.relative_to(BASE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (tmp_path / "extra.yaml").write_text(rule, encoding="utf-8")
    done = run("check", tmp_path)
    assert done.returncode == 0
    assert done.stdout == "bike-or-train 1.0.0: 7 rules, 4 facts, 15 examples: no faults, 1 warning\n"
    assert "extra.yaml:1:3: warning[subsumed]: `very-wet` is pointless" in done.stderr
    (finding,) = json.loads(run("check", tmp_path, "--format", "json").stdout)
    assert finding["code"] == "subsumed"
    assert finding["case"] == {"distance": 51, "weather": "wet"}
    hurried = run("check", tmp_path, "--limit", "0", "--format", "json")
    assert hurried.returncode == 0
    assert {"unproved"} == {one["code"] for one in json.loads(hurried.stdout) if one["severity"] == "note"}


def test_only_the_first_of_very_many_are_told() -> None:
    names = [f"fact_{number}" for number in range(60)]
    policy = policy_of([fact_of(name, Kind.FLAG) for name in names], [rule_of("always", Always(True), Score("one", 1))])
    found = analysed(policy)
    idle = [finding for finding in found if finding.code == "idle-question"]
    assert len(idle) == 50
    assert [f.message for f in found if f.code == "more"] == ["more findings of the code `idle-question` than these 50"]
