"""`whyso init`: what it writes is a policy that works as it stands, and nothing is ever half written."""

from pathlib import Path

import pytest

from assistant.analysis.checking import check_folder
from assistant.authoring.from_nothing import starting_files
from assistant.authoring.layer import id_for, layer_files
from assistant.authoring.new_folder import write_folder
from assistant.errors import InputError
from assistant.policy.syntax import Policy
from assistant.reasoning.decision import decide
from tests.cli.running import run


def test_layer_checks_clean_and_changes_no_more_than_a_question(tmp_path: Path, shipped: Policy) -> None:
    folder = tmp_path / "Our Policy"
    done = run("init", folder)
    assert (done.returncode, done.stderr) == (0, "")
    checked = check_folder(folder)
    policy, findings = checked.policy, checked.findings
    assert [str(finding) for finding in findings] == []
    assert policy is not None
    assert policy.layers == (shipped.id, "our-policy")
    assert set(policy.by_id) - set(shipped.by_id) == {"our-first-rule"}
    own = [origin for origin in policy.origins if origin.settings[-1].layer == "our-policy"]
    assert [(origin.kind, len(origin.settings)) for origin in own] == [("param", 2), ("fact", 2), ("rule", 1)]
    asked = next(iter(shipped.told.values()))
    assert policy.facts[asked.name].question == f"In our organisation: {asked.question}"
    assert policy.facts[asked.name].help == asked.help
    assert {name: param.value for name, param in policy.params.items()} == {
        name: param.value for name, param in shipped.params.items()
    }


@pytest.mark.parametrize("kind", ["flag", "choice", "scale", "count"])
def test_layer_over_any_policy_checks_clean(folder: Path, tmp_path: Path, small: Policy, kind: str) -> None:
    """Its rule goes by the first fact that is asked for, whatever its type."""
    facts = (folder / "vocabulary" / "facts.yaml").read_text(encoding="utf-8").split("- fact: ")
    first = next(part for part in facts if f"type: {kind}" in part and "derived" not in part)
    base = tmp_path / "layer" / small.id
    write_folder(tmp_path / "layer", {"x": ""})
    folder.rename(base)
    others = [part for part in facts[1:] if part != first]
    (base / "vocabulary" / "facts.yaml").write_text("- fact: " + "- fact: ".join([first, *others]), encoding="utf-8")
    checked = check_folder(base)
    policy = checked.policy
    assert checked.sound
    assert policy is not None
    for name, text in layer_files(policy, "ours").items():
        path = tmp_path / "layer" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    layered = check_folder(tmp_path / "layer").findings
    assert [str(finding) for finding in layered if finding.severity == "error"] == []


def test_policy_from_nothing_checks_clean_and_decides(tmp_path: Path) -> None:
    assert run("init", tmp_path / "new", "--from-nothing").returncode == 0
    checked = check_folder(tmp_path / "new")
    policy, findings = checked.policy, checked.findings
    assert [str(finding) for finding in findings] == []
    assert policy is not None
    assert (policy.id, policy.layers) == ("new", ("new",))
    assert decide(policy, {"developers": 5}).inference.verdict.final == "build"
    assert decide(policy, {"developers": 1, "special_needs": True}).inference.verdict.final == "build"
    assert decide(policy, {"developers": 1}).inference.verdict.final == "buy"


def test_files_begin_with_the_schema_that_lies_beside_them(tmp_path: Path) -> None:
    for number, nothing in enumerate(((), ("--from-nothing",))):
        folder = tmp_path / str(number)
        run("init", folder, *nothing)
        files = sorted(folder.rglob("*.yaml"))
        assert len(files) >= 4
        for file in files:
            first = file.read_text(encoding="utf-8").partition("\n")[0]
            named = first.removeprefix("# yaml-language-server: $schema=")
            assert named != first
            assert (file.parent / named).resolve().is_file(), file


@pytest.mark.parametrize(
    ("name", "id"),
    [("our-policy", "our-policy"), ("Über uns!", "ber-uns"), ("...", "our-policy"), ("x" * 99, "x" * 60)],
)
def test_id_comes_from_the_folder_s_name(name: str, id: str) -> None:
    assert id_for(name) == id


def test_id_is_never_that_of_the_policy_below() -> None:
    assert id_for("Base", "base") == "our-base"


def test_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    for nothing in ((), ("--from-nothing",)):
        done = run("init", tmp_path, *nothing, cwd=tmp_path.parent)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"`{tmp_path}` is not empty\nhelp: name a folder that is not there yet\n"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_file_and_missing_parent_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="is not a folder"):
        write_folder(tmp_path / "file", {"a": "b"})
    with pytest.raises(InputError, match="to put it in"):
        write_folder(tmp_path / "no" / "such", {"a": "b"})
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_nothing_is_left_where_writing_fails_half_way(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot write"):
        write_folder(tmp_path / "new", {"a.yaml": "x", "a.yaml/b.yaml": "y"})
    assert list(tmp_path.iterdir()) == []


def test_empty_folder_is_filled_and_keeps_its_rights(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir(mode=0o700)
    write_folder(folder, {"a/b.yaml": "x\n"})
    assert (folder / "a" / "b.yaml").read_bytes() == b"x\n"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_init_takes_no_policy(tmp_path: Path) -> None:
    done = run("--policy", tmp_path, "init", tmp_path / "new")
    assert done.returncode == 2
    assert done.stderr.startswith("`whyso init` writes a layer over the shipped policy, and takes no --policy\n")


def test_starting_files_are_those_that_are_documented() -> None:
    assert set(starting_files("x")) == {
        "policy.yaml",
        "rules.yaml",
        "cases/enough-developers.yaml",
        "cases/first.yaml",
        "cases/special-needs.yaml",
        "vocabulary/facts.yaml",
        "knowledge/my-source/source.yaml",
        "knowledge/my-source/experience.yaml",
    }
