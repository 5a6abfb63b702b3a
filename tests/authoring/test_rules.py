"""`whyso new rule` and `whyso rule`: a rule to fill in, and the page of one."""

import json
from pathlib import Path

import pytest

from assistant.authoring.adding import add_rule
from assistant.errors import InputError
from assistant.policy.folder import installed
from assistant.policy.syntax import Policy
from assistant.reasoning.loading import all_findings, load_policy
from tests.cli.running import run


def test_rule_to_fill_in_checks_as_it_stands(folder: Path, small: Policy) -> None:
    before = (folder / "rules.yaml").read_text(encoding="utf-8")
    path, line = add_rule(small, folder, "by-moonlight")
    after = path.read_text(encoding="utf-8")
    assert after.startswith(before)
    assert after.splitlines()[line - 1] == "- rule: by-moonlight"
    policy, findings = all_findings(folder)
    assert findings == ()
    assert policy is not None
    rule = policy.by_id["by-moonlight"]
    assert (rule.at, rule.basis, len(rule.examples)) == (f"rules.yaml:{line}", "house", 2)


@pytest.mark.parametrize("before", [None, "", "# only a comment", "# no line end\n- rule: x"])
def test_file_may_be_new_empty_or_end_without_a_line_end(folder: Path, small: Policy, before: str | None) -> None:
    if before is not None:
        (folder / "more.yaml").write_text(before, encoding="utf-8")
    path, _ = add_rule(small, folder, "by-moonlight", "more.yaml")
    assert path.read_text(encoding="utf-8").startswith(before or "- rule: by-moonlight\n")
    (folder / "more.yaml").write_text((before or "").replace("- rule: x", ""), encoding="utf-8")
    add_rule(small, folder, "by-moonlight", "more.yaml")
    assert "by-moonlight" in load_policy(folder).by_id


@pytest.mark.parametrize(
    ("id", "file", "message"),
    [
        ("long-way", None, "there is a rule `long-way` already, at rules.yaml:1 in bike-or-train"),
        ("Long Way", None, "`Long Way` can't be a rule's id"),
        ("x" * 101, None, "can't be a rule's id"),
        ("a\nb", None, "can't be a rule's id"),
        ("x", "policy.yaml", "`policy.yaml` can't hold rules"),
        ("x", "../x.yaml", "`../x.yaml` can't hold rules"),
        ("x", "/tmp/x.yaml", "`/tmp/x.yaml` can't hold rules"),
        ("x", "vocabulary/x.yaml", "`vocabulary/x.yaml` can't hold rules"),
        ("x", "x.txt", "`x.txt` can't hold rules"),
        ("x", "flow.yaml", "a rule can't be added to `flow.yaml`"),
        ("x", "mapping.yaml", "a rule can't be added to `mapping.yaml`"),
        ("x", "broken.yaml", "a rule can't be added to `broken.yaml`"),
        ("x", "out.yaml", "`out.yaml` is a link that leads out of the policy's folder"),
    ],
)
def test_refused_and_nothing_written(folder: Path, small: Policy, id: str, file: str | None, message: str) -> None:
    files = {"flow.yaml": "[]", "mapping.yaml": "a: b\n", "broken.yaml": "- a: 'x\n"}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "out.yaml").symlink_to(folder.parent / "elsewhere.yaml")
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml") if path.is_file()}
    with pytest.raises(InputError) as caught:
        add_rule(small, folder, id, file)
    assert message in str(caught.value)
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml") if path.is_file()} == before
    assert not (folder.parent / "elsewhere.yaml").exists()


def test_shipped_policy_is_never_written_to(shipped: Policy) -> None:
    for folder in (None, installed("rules")):
        with pytest.raises(InputError, match="the shipped policy is not edited"):
            add_rule(shipped, folder, "by-moonlight")


def test_new_rule_on_the_command_line(folder: Path) -> None:
    done = run("new", "rule", "by-moonlight", "--policy", ".", "--file", "night.yaml", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "night.yaml:1: the rule `by-moonlight`, to be filled in\n")
    assert run("new", "rule", "by-moonlight", "--policy", ".", cwd=folder).stderr == (
        "there is a rule `by-moonlight` already, at night.yaml:1 in bike-or-train\n"
        "help: name another, or write a rule of this id into your layer to take its place\n"
    )


def test_page_of_a_rule(folder: Path, data: Path) -> None:
    for said in ("distance: 12", "3 km"):
        run("--plain", "--policy", ".", stdin=f"{said}\n/quit\n", cwd=folder)
    done = run("rule", "long-way", "--policy", ".", cwd=folder)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    for line in (
        "rules.yaml:1, layer bike-or-train, stratum 0",
        "When distance is over 10 kilometres:",
        "- +2 for Train",
        "- reads distance: an answer",
        "- feeds the points of Train: more-points-for-the-train, otherwise-the-bike",
        "- fires on distance: 11 kilometres",
        "It fired in 1 of 2 saved conversations under this policy.",
    ):
        assert line in lines
    assert any(line.startswith("- conversation 1, 20") for line in lines)
    found = json.loads(run("rule", "long-way", "--policy", ".", "--format", "json", cwd=folder).stdout)
    assert found["fed_by"] == {}
    assert found["read_by"] == {"scores.train": ["more-points-for-the-train", "otherwise-the-bike"]}
    assert found["conversations"] == {"held": 2, "fired": [1]}
    assert found["origin"]["at"] == "rules.yaml:1"
    assert data.is_dir()


def test_page_is_shown_though_saved_conversations_are_damaged(folder: Path, data: Path) -> None:
    data.mkdir(exist_ok=True)
    (data / "sessions.db").write_bytes(b"no database" * 100)
    done = run("rule", "more-points-for-the-train", "--policy", ".", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "- reads the points of Train: from long-way" in done.stdout
    assert "- feeds choice by points: the verdict" in done.stdout
    assert "Saved conversations can't be read: " in " ".join(done.stdout.split())


def test_unknown_rule_and_one_switched_off(tmp_path: Path, folder: Path) -> None:
    layer = tmp_path / "layer"
    layer.mkdir()
    folder.rename(layer / "bike-or-train")
    head = "policy: ours\nversion: 1.0.0\nextends: bike-or-train\ndisable: long-way\n"
    (layer / "policy.yaml").write_text(head, encoding="utf-8")
    assert run("rule", "long-way", "--policy", layer).stderr == (
        "the rule `long-way` is switched off, at policy.yaml:4 in ours\n"
    )
    done = run("rule", "otherwise-the-bik", "--policy", layer)
    assert (done.returncode, done.stderr) == (
        2,
        "there is no rule `otherwise-the-bik`\nhelp: did you mean `otherwise-the-bike`?\n",
    )
