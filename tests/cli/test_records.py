"""report and verify: the commands, what they refuse, and a record's whole way from a case to a check in CI."""

import json
import os
from pathlib import Path

import pytest

from assistant.policy.syntax import Policy
from tests.cli.running import WORKED, process, run
from tests.golden import FOLDER
from tests.rejected import BASE
from tests.reports.records import FORMATS, HURRIED, layer, small_record
from tests.sessions.keeping import Sitting, store

SMALL = ("--policy", BASE)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_bytes(HURRIED)
    return path


@pytest.mark.parametrize("form", FORMATS)
def test_written_and_verified(form: str, case: Path, tmp_path: Path) -> None:
    path = tmp_path / "record"
    done = run("report", case, "--format", form, "--output", path, *SMALL)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert path.read_bytes() == small_record(form)
    done = run("verify", path, *SMALL)
    assert done.returncode == 0
    assert done.stdout.startswith("Reproduced exactly. Recommendation: Train, under bike-or-train 1.0.0")


def test_standard_streams() -> None:
    written = run("report", "-", "--format", "json", *SMALL, stdin="{answers: {distance: 5}}")
    assert written.returncode == 0
    assert json.loads(written.stdout)["facts"][0]["value"] == 5
    assert run("verify", "-", *SMALL, stdin=written.stdout).returncode == 0
    assert run("verify", "-", *SMALL, stdin=written.stdout.replace("5,", "6,", 1)).returncode == 1


def test_an_altered_one_says_where(case: Path) -> None:
    text = small_record("adr").replace(b'option: "Train"', b'option: "Bike"')
    done = run("verify", "-", *SMALL, stdin=text)
    assert done.returncode == 1
    assert " ".join(done.stdout.split()) == (
        'This record was altered: line 27: it reads `Chosen option: "Bike", because of these reasons.`, and its facts '
        'give `Chosen option: "Train", because of these reasons.`'
    )


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "`<stdin>` is no record of whyso, or its end is missing\nhelp: `whyso report` writes one\n"),
            (
                b"\x7fELF\x00\xff" * 500,
                "`<stdin>` is no record of whyso, or its end is missing\nhelp: `whyso report` writes one\n",
            ),
            (b"x" * ((16 << 20) + 1), "standard input is larger than 16 MiB\n"),
        ],
        ids=["empty", "binary", "huge"],
    )
    def test_what_is_no_record(self, data: bytes, said: str) -> None:
        done = run("verify", "-", *SMALL, stdin=data)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", said)

    def test_no_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WHYSO_DATA", str(tmp_path))
        assert run("verify", "nowhere.md", *SMALL).returncode == 2
        done = run("report", "nowhere.yaml", *SMALL)
        assert (done.returncode, done.stderr) == (
            2,
            "there is no file `nowhere.yaml`, and there is no saved conversation\n"
            "help: name a case file, or a conversation that `whyso sessions` lists\n",
        )

    def test_targets_that_cannot_be_written(self, case: Path, tmp_path: Path) -> None:
        done = run("report", case, "-o", tmp_path / "no" / "r.md", *SMALL)
        assert done.returncode == 2
        assert done.stderr.endswith("r.md`: there is no such folder\nhelp: make it first\n")
        done = run("report", case, "-o", "/dev/full", *SMALL)
        assert done.returncode == 2
        assert done.stderr == "cannot write `/dev/full`: no space left on device\nhelp: free some space\n"
        assert os.listdir(tmp_path) == ["case.yaml"]

    def test_a_bad_case(self) -> None:
        assert run("report", "-", *SMALL, stdin="{answers: {nothing: 1}}").returncode == 2
        assert run("report", "-", *SMALL, stdin="{date: tomorrow}").returncode == 2


class TestSessions:
    def test_by_number_and_by_name(self, small: Policy, data: Path) -> None:
        Sitting(small, folder=BASE).say("12", "very late", "/quit")
        store().rename(1, "the office")
        by_number, by_name = run("report", "1", "--format", "adr"), run("report", "the office", "--format", "adr")
        assert by_number.returncode == 0, by_number.stderr
        assert by_number.stdout == by_name.stdout
        assert 'date: "2026-01-02"' in by_number.stdout
        assert "# the office: " in by_number.stdout
        assert "* distance: 12 kilometres (answered, turn 1)" in by_number.stdout
        assert run("verify", "-", *SMALL, stdin=by_number.stdout).returncode == 0

    def test_under_a_changed_policy(self, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = tmp_path / "acme"
        folder.mkdir()
        sitting = Sitting(layer(folder, {}), folder=folder)
        sitting.say("12")
        (folder / "policy.yaml").write_text(
            "policy: acme\nversion: 3.0.0\nextends: bike-or-train\nparams: [{param: far, value: 20, basis: house, "
            "because: We ride far., label: a way is long above}]\n",
            encoding="utf-8",
        )
        (folder / "rules.yaml").write_text(
            "- rule: long-way\n  when: distance > params.far\n  then: {score: {train: 2}}\n  because: Far.\n"
            "  basis: house\n  reason: Ours.\n  examples:\n    - {facts: {distance: 21}, fires: true}\n"
            "    - {facts: {distance: 20}, fires: false}\n",
            encoding="utf-8",
        )
        done = run("report", "1", "--format", "json")
        assert done.returncode == 0, done.stderr
        assert done.stderr == "the policy has changed since conversation 1: this record is by what it is now\n"
        assert json.loads(done.stdout)["outcome"]["recommended"] == "bike"

    def test_its_policy_is_gone(self, data: Path, tmp_path: Path) -> None:
        import shutil

        folder = tmp_path / "acme"
        folder.mkdir()
        Sitting(layer(folder, {}), folder=folder).say("12")
        shutil.rmtree(folder)
        done = run("report", "1")
        assert done.returncode == 2
        assert done.stderr.startswith("the policy of conversation 1 is gone")


class TestTemplates:
    def test_one_s_own(self, tmp_path: Path) -> None:
        layer(tmp_path, {"templates/adr.md.j2": "# {{ title }}\n"})
        done = run("report", "-", "--policy", tmp_path, "--format", "adr", stdin="{case: x}")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("# x: Bike\n\n<!-- whyso record\n")
        assert run("verify", "-", "--policy", tmp_path, stdin=done.stdout).returncode == 0

    def test_a_mistake_is_told_and_the_record_still_written(self, tmp_path: Path) -> None:
        layer(tmp_path, {"templates/adr.md.j2": "# {{ title }}\n{{ name | upper() | oops }}"})
        done = run("report", "-", "--policy", ".", "--format", "adr", stdin="{case: x}", cwd=tmp_path)
        assert done.returncode == 1
        assert done.stderr == (
            "templates/adr.md.j2:2:1: the filter `oops` is not allowed in a template\n"
            "help: the built-in template is used instead\n"
        )
        assert "## Decision Drivers" in done.stdout
        assert run("verify", "-", "--policy", ".", stdin=done.stdout, cwd=tmp_path).returncode == 0
        done = run("check", ".", cwd=tmp_path)
        assert done.returncode == 1
        assert "\ntemplates/adr.md.j2:2:1: the filter `oops` is not allowed in a template\n" in done.stderr


def test_the_same_bytes_whatever_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another working directory, another hash seed, the other engine, through pipes; and they verify."""
    texts = set()
    for seed, engine in (("1", "reference"), ("2", "durable")):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        done = process("report", WORKED, "--format", "adr", "--engine", engine, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        texts.add(done.stdout)
    assert texts == {(FOLDER / "record-adr.md").read_text(encoding="utf-8")}
    assert process("verify", "-", stdin=texts.pop()).returncode == 0
