"""Which policy is in force, what named it, and where each thing in it comes from."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.rejected import BASE


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the small policy, `one`, and the same under another version, `two`; settings of its own."""
    for name, version in (("one", "1.0.1"), ("two", "1.0.2")):
        shutil.copytree(BASE, tmp_path / name)
        head = (BASE / "policy.yaml").read_text(encoding="utf-8")
        (tmp_path / name / "policy.yaml").write_text(head.replace("1.0.0", version), encoding="utf-8")
    (tmp_path / "config").mkdir()
    monkeypatch.setenv("WHYSO_CONFIG", str(tmp_path / "config"))
    monkeypatch.delenv("WHYSO_POLICY", raising=False)
    return tmp_path


def version(*arguments: str) -> str:
    done = run("decide", "-", "--format", "json", *arguments)
    assert done.returncode == 0, done.stderr
    found: str = json.loads(done.stdout)["policy"]["version"]
    return found


def test_command_line_goes_before_environment_and_that_before_settings(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own / "config" / "settings.yaml").write_text("policy: ../one\n", encoding="utf-8")
    assert version() == "1.0.1", "relative to the settings file"
    monkeypatch.setenv("WHYSO_POLICY", str(own / "two"))
    assert version() == "1.0.2"
    assert version("--policy", str(own / "one")) == "1.0.1"
    monkeypatch.setenv("WHYSO_POLICY", "")
    assert version() == "1.0.1", "an empty variable names nothing"


def test_error_says_what_named_the_policy(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = own / "config" / "settings.yaml"
    settings.write_text("theme: nord\npolicy: /no/such/folder\n", encoding="utf-8")
    done = run("rules")
    assert (done.returncode, done.stderr) == (
        2,
        "there is no policy folder `/no/such/folder`\n"
        f"help: name a folder with a policy.yaml; `policy:` at {settings}:2:9 names it\n",
    )
    (own / "two" / "more.yaml").write_text("- rule: x\n", encoding="utf-8")
    monkeypatch.setenv("WHYSO_POLICY", str(own / "two"))
    for command in ("rules", "check"):
        done = run(command)
        assert done.returncode == 1
        assert done.stderr.endswith("\nWHYSO_POLICY names this policy\nhelp: --policy DIR takes another\n")
    assert "names this policy" not in run("rules", "--policy", own / "two").stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("policy: [a]\n", "1:9: `policy` must name a folder"),
        ("policy: 'one\n", "2:1: malformed YAML while scanning a quoted scalar: found unexpected end of stream"),
    ],
)
def test_settings_that_cannot_be_read_are_not_passed_over(own: Path, text: str, message: str) -> None:
    settings = own / "config" / "settings.yaml"
    settings.write_text(text, encoding="utf-8")
    done = run("decide", "-")
    assert done.returncode == 2
    assert done.stderr.startswith(f"{settings}:{message}\n")
    assert version("--policy", str(own / "one")) == "1.0.1"


def test_settings_that_cannot_be_read_and_name_no_policy_stop_nothing(own: Path) -> None:
    (own / "config" / "settings.yaml").write_text("theme: 'nord\n", encoding="utf-8")
    assert run("decide", "-").returncode == 0


def test_conversation_is_taken_up_under_its_own_policy(own: Path, monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    monkeypatch.setenv("WHYSO_POLICY", str(own / "one"))
    run("--plain", stdin="3 km\n/quit\n")
    monkeypatch.setenv("WHYSO_POLICY", str(own / "two"))
    assert json.loads(run("sessions", "--format", "json").stdout)[0]["policy_folder"] == str(own / "one")
    assert "1.0.2" not in run("resume", "--plain", stdin="/quit\n").stdout
    assert data.is_dir()


LAYER = """policy: ours
version: 1.0.0
extends: bike-or-train
disable: [otherwise-the-bike]
params:
  - {param: far, value: 20}
options:
  - {option: train, label: The railway}
"""


@pytest.fixture
def layered(own: Path) -> Path:
    layer = own / "layer"
    layer.mkdir()
    shutil.copytree(BASE, layer / "bike-or-train")
    (layer / "policy.yaml").write_text(LAYER, encoding="utf-8")
    rule = (BASE / "rules.yaml").read_text(encoding="utf-8").partition("- rule: more")[0]
    (layer / "own.yaml").write_text(rule.replace("distance: 11", "distance: 21"), encoding="utf-8")
    return layer


def test_origins_in_words(layered: Path) -> None:
    done = run("rules", "--origin", "--policy", layered)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "- far = 20: policy.yaml:6 in ours; replaces 10 at policy.yaml:18 in bike-or-train" in lines
    assert "- train: policy.yaml:10 in bike-or-train; label set at policy.yaml:8 in ours" in lines
    assert "- long-way: own.yaml:1 in ours; replaces rules.yaml:1 in bike-or-train" in lines
    assert "- otherwise-the-bike: rules.yaml:19 in bike-or-train; switched off at policy.yaml:4 in ours" in lines


def test_origins_as_json(layered: Path) -> None:
    found = json.loads(run("rules", "--origin", "--format", "json", "--policy", layered).stdout)
    by_id = {(one["kind"], one["id"]): one for one in found}
    assert next(kind for kind, _ in by_id) == "param"
    assert by_id["param", "far"] == {
        "kind": "param",
        "id": "far",
        "layer": "ours",
        "at": "policy.yaml:6",
        "keys": [],
        "value": "20",
        "altered": [],
        "replaced": [{"layer": "bike-or-train", "at": "policy.yaml:18", "keys": [], "value": "10"}],
        "off": None,
    }
    assert by_id["rule", "otherwise-the-bike"]["off"] == {"layer": "ours", "at": "policy.yaml:4", "keys": []}
    assert by_id["option", "train"]["altered"] == [{"layer": "ours", "at": "policy.yaml:8", "keys": ["label"]}]


def test_origin_and_a_rule_do_not_go_together(layered: Path) -> None:
    done = run("rules", "long-way", "--origin", "--policy", layered)
    assert done.returncode == 2
    assert "--origin lists everything" in done.stderr


def test_explanations_name_the_layer_unless_it_is_the_lowest(layered: Path) -> None:
    case = "answers: {distance: 21}"
    proof = run("how", "-", "--full", "--policy", layered, stdin=case).stdout
    proof = " ".join(proof.split())
    assert "(long-way, own.yaml:1 in ours)" in proof
    assert "(more-points-for-the-train, rules.yaml:10)" in proof
    tree = json.loads(run("how", "-", "--format", "json", "--policy", layered, stdin=case).stdout)
    assert tree["from"][0]["layer"] == "bike-or-train"
    why_not = run("why-not", "train", "-", "--policy", layered, stdin="answers: {distance: 3}").stdout
    assert "own.yaml:1 in" in why_not


@pytest.mark.parametrize("arguments", [("check", ""), ("rules", "--policy", "")])
def test_an_empty_name_is_no_policy(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "it is empty: name a folder, or leave it out" in done.stderr
