"""`whyso diff`: its exit codes, its formats, and what it makes of saved conversations."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from assistant.policy.syntax import Policy
from tests.cli.running import run
from tests.rejected import BASE
from tests.sessions.keeping import store, talked


def ran(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A command in the working directory."""
    return run(*arguments, cwd=Path())


@pytest.fixture(autouse=True)
def nothing_saved(data: Path) -> None:
    """No conversation is there but those that a test has."""


@pytest.fixture
def changed(folder: Path) -> Path:
    """A copy of the small policy, which is the working directory, in which a way is long above 8."""
    head = folder / "policy.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("value: 10,", "value: 8,"), encoding="utf-8")
    return folder


def test_difference_is_exit_code_1(changed: Path) -> None:
    done = ran("diff", BASE, ".")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("The recommendation moves: for 33.3% of all possible answers\n")
    assert "- Bike becomes Train: 33.3%. For example: distance: 9 kilometres\n" in done.stdout


def test_no_difference_is_exit_code_0(folder: Path) -> None:
    done = ran("diff", BASE, folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The two policies say the same\n")


def test_what_is_not_proved_is_exit_code_1(folder: Path) -> None:
    rules = folder / "rules.yaml"
    text = rules.read_text(encoding="utf-8").replace("when: distance > params.far", "when: not distance <= params.far")
    rules.write_text(text, encoding="utf-8")
    assert ran("diff", BASE, ".").returncode == 0
    done = ran("diff", BASE, ".", "--limit", "0")
    assert done.returncode == 1
    assert done.stdout.startswith("No answers were found whose recommendation moves; not proved within 0 s")


def test_policy_in_force_is_the_one_after(changed: Path) -> None:
    assert ran("diff", BASE, "--policy", ".").returncode == 1
    assert ran("diff", ".", "--policy", BASE).stdout.startswith("The recommendation moves")


def test_faults_are_exit_code_1_and_what_is_not_there_2(changed: Path) -> None:
    (changed / "rules.yaml").write_text("- rule: x\n", encoding="utf-8")
    faulty = ran("diff", BASE, ".")
    assert (faulty.returncode, faulty.stdout) == (1, "")
    assert faulty.stderr.endswith("the policy after, `.`, has faults\nhelp: `whyso check .` tells more\n")
    assert ran("diff", "nowhere").returncode == 2
    assert ran("diff").returncode == 2


def test_policy_in_force_that_is_not_there(changed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHYSO_POLICY", "nowhere")
    done = ran("diff", "HEAD")
    assert (done.returncode, done.stderr) == (
        2,
        "there is no policy folder `nowhere`\nhelp: name a folder with a policy.yaml; WHYSO_POLICY names it\n",
    )


def test_json_has_the_contract_s_keys_and_the_same_bytes(changed: Path) -> None:
    done = ran("diff", BASE, ".", "--format", "json")
    assert done.returncode == 1
    assert done.stdout == ran("diff", BASE, ".", "--format", "json").stdout
    found = json.loads(done.stdout)
    assert set(found) == {
        *("before", "after", "differs", "summary", "edits", "verdict", "effects", "effects_unproved", "make_up"),
        *("same_in_everything", "cases", "examples", "conversations", "asked_only", "left_out"),
    }
    assert found["verdict"] == {
        "exact": True,
        "looked_at": 3,
        "moves": [
            {
                "after": "train",
                "before": "bike",
                "case": {"after": {"distance": 9}, "before": {"distance": 9}},
                "fewest": True,
                "share": {"error": 0.0, "value": 0.333333333},
            }
        ],
        "proven": True,
        "share": {"error": 0.0, "value": 0.333333333},
    }
    (param, rule) = found["edits"]
    assert (param["id"], param["before"]) == ("far", {"at": "policy.yaml:18", "layer": "bike-or-train"})
    value: dict[str, object] = {
        "what": "value",
        "before": "10",
        "after": "8",
        "added": [],
        "removed": [],
        "counted": None,
    }
    assert param["parts"] == [value]
    assert (rule["id"], rule["through"]) == ("long-way", ["far"])
    assert {(one["kind"], one["subject"]) for one in found["effects"]} >= {
        ("starts", "long-way"),
        ("starts", "more-points-for-the-train"),
        ("stops", "otherwise-the-bike"),
        ("value", "choice"),
    }
    assert found["cases"] == {"looked_at": 1, "moved": []}
    assert (found["conversations"], found["same_in_everything"]) == (None, False)


def test_markdown_is_for_a_comment(changed: Path) -> None:
    done = ran("diff", BASE, ".", "--format", "md")
    assert done.returncode == 1
    assert done.stdout.startswith("## The recommendation moves: for 33.3% of all possible answers\n\nBefore: ")
    assert "\n### Whose recommendation moves\n\n- Bike becomes Train" in done.stdout


def test_hostile_words_are_no_markup(changed: Path) -> None:
    rules = changed / "rules.yaml"
    bad = "<img src=x> [x](javascript:x) `y` @all | ~~z~~"
    text = rules.read_text(encoding="utf-8").replace("The train has more points.", bad)
    rules.write_text(text, encoding="utf-8")
    lines = ran("diff", BASE, ".", "--format", "md").stdout
    assert r"\<img src=x\> \[x\](javascript:x) \`y\` \@all \| \~\~z\~\~" in lines


def test_saved_conversations_that_come_out_otherwise(small: Policy, data: Path, changed: Path) -> None:
    talked(small, ["/change distance 9"])
    talked(small, ["/change distance 3"])
    store().rename(1, "long\u202eway")
    done = ran("diff", BASE, ".")
    told = done.stdout.partition("Saved conversations")[2]
    assert told.startswith(
        " that come out otherwise: 1 of 2\n- 1 “long\N{REPLACEMENT CHARACTER}way”: Bike becomes Train; "
    )
    assert "long-way fires now (far is 8 instead of 10)" in told
    (moved,) = json.loads(ran("diff", BASE, ".", "--format", "json").stdout)["conversations"]["moved"]
    assert (moved["id"], moved["before"]["final"], moved["after"]["final"]) == (1, "bike", "train")
    assert "Saved conversations" not in ran("diff", BASE, ".", "--no-sessions").stdout


def test_damaged_conversations_are_said_and_left(data: Path, changed: Path) -> None:
    data.mkdir()
    (data / "sessions.db").write_bytes(b"no database")
    done = ran("diff", BASE, ".")
    assert done.returncode == 1
    told = "\nSaved conversations\nSaved conversations can't be read: "
    assert told in done.stdout.replace("\n`", " `")
    assert (data / "sessions.db").read_bytes() == b"no database"


def test_conversations_under_other_policies_are_not_looked_at(shipped: Policy, data: Path, changed: Path) -> None:
    talked(shipped, [])
    assert "Saved conversations" not in ran("diff", BASE, ".").stdout


def test_layer_over_an_installed_policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    layer = tmp_path / "ours"
    layer.mkdir()
    head = "policy: ours\nversion: 1\nextends: fine-tuning-or-rag\ndisable: [volatile-sources-favour-rag]\n"
    (layer / "policy.yaml").write_text(head, encoding="utf-8")
    done = ran("diff", "fine-tuning-or-rag", "ours", "--format", "json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert found["verdict"]["proven"]
    assert found["effects_unproved"] == []
    off = next(one for one in found["edits"] if one["kind"] == "rule")
    assert (off["id"], off["change"]) == ("volatile-sources-favour-rag", "switched off")
    assert off["after"] == {"at": "policy.yaml:4", "layer": "ours"}
    assert ("rag", "hybrid") in {(one["before"], one["after"]) for one in found["verdict"]["moves"]}
    shutil.rmtree(layer)
