"""`whyso test`: its texts and its JSON, and which outcome has which exit code."""

import shutil
from pathlib import Path

import pytest

from tests.cli.running import ROOT, process, run
from tests.golden import assert_golden

SMALL = "tests/rejected/base"


def test_text_of_coverage_and_mutation() -> None:
    done = run("test", SMALL, "--coverage", "--mutate", cwd=ROOT)
    assert done.returncode == 1
    assert done.stderr == ""
    assert_golden("test-coverage-mutation.txt", done.stdout)


def test_json_of_coverage_and_mutation() -> None:
    done = run("test", SMALL, "--coverage", "--mutate", "--format", "json", cwd=ROOT)
    assert done.returncode == 1
    assert_golden("test-coverage-mutation.json", done.stdout)


def test_shipped_policy_s_tests_hold() -> None:
    done = process("test")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("fine-tuning-or-rag 1.0.0: ")
    assert done.stdout.endswith(" cases: all hold\n")


def test_a_failing_test_is_told_and_exits_one(folder: Path) -> None:
    rules = folder / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("params.far", "11", 1), encoding="utf-8")
    done = run("test", folder, cwd=folder)
    assert done.returncode == 1
    assert done.stdout == "bike-or-train 1.0.0: 6 examples and 1 case: 3 fail\n"
    assert done.stderr.startswith(
        "rules.yaml:8:7: the example says that `long-way` fires, but it does not fire\n"
        "help: its condition `distance > 11` read `distance` as 11\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--mutate", "--floor", "0.5"), 0),
        (("--mutate",), 1),
        (("--coverage",), 0),
        (("--coverage", "--floor", "0.9"), 0),
        (("--coverage", "--floor", "0.95"), 1),
        (("--mutate", "--limit", "0"), 1),
        (("--floor", "2"), 2),
        (("nowhere.yaml",), 2),
        (("--policy", "nowhere"), 0),
        (("tests/analysis/base",), 2),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], code: int) -> None:
    done = run("test", SMALL, *arguments, cwd=ROOT)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_floor_is_not_reached_by_rounding() -> None:
    from assistant.trials.wording import shown_share

    assert [shown_share(share) for share in (0.9499999, 0.95, 1, 0.9996)] == ["0.949", "0.950", "1.000", "0.999"]


def test_a_case_on_standard_input_is_run_beside_the_policy_s() -> None:
    case = "answers: {distance: 20}\nexpect: {final: bike}\n"
    done = run("test", SMALL, "-", stdin=case, cwd=ROOT)
    assert done.returncode == 1
    assert done.stderr == "<stdin>:2:17: in this case `final` is `train`, expected `bike`\n"


def test_a_policy_with_faults_is_not_tested(tmp_path: Path) -> None:
    shutil.copytree(ROOT / SMALL, tmp_path / "policy")
    rules = tmp_path / "policy" / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("distance >", "distanc >", 1), encoding="utf-8")
    done = run("test", tmp_path / "policy", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "policy/rules.yaml:2:9: unknown fact `distanc`\nhelp: did you mean `distance`?\n"


def test_time_that_does_not_suffice_is_said() -> None:
    done = run("test", SMALL, "--mutate", "--limit", "0", cwd=ROOT)
    assert "24 mutants: 0 noticed, 24 undecided; score 0.000, floor 0.95, which is too low\n" in done.stdout
    assert done.stdout.endswith("help: not all could be decided within 0 s; give it more time with `--limit SECONDS`\n")
