"""The command line as other programs use it: a real process, its output, its errors and its exit code."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.cli import whyso
from tests.cli.running import CASES, ROOT, WORKED, process, run
from tests.golden import assert_golden


def decided(answers: dict[str, Any], *options: str) -> Any:
    done = run("decide", "-", "--format", "json", *options, stdin=json.dumps({"answers": answers}))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_worked_example_is_fine_tuning_by_four_to_nothing() -> None:
    result = json.loads(run("decide", WORKED, "--format", "json").stdout)
    assert result["verdict"]["matrix"] == result["verdict"]["final"] == "fine_tuning"
    assert result["scores"] == {"fine_tuning": 4, "rag": 0}
    assert result["adjustments"] == []


def test_decision_has_the_contract_s_keys() -> None:
    result = json.loads(run("decide", WORKED, "--format", "json").stdout)
    assert set(result) == {
        *("policy", "answers", "verdict", "scores", "firings", "adjustments", "pattern", "advice", "costs", "open")
    }
    assert set(result["policy"]) == {"name", "version", "digest"}
    assert set(result["verdict"]) == {
        *("final", "matrix", "settled", "start_with", "hybrid_because", "unmet", "blocked"),
    }
    assert set(result["firings"][0]) == {"rule", "at", "layer", "basis", "facts", "effects", "because", "cites"}
    assert set(result["firings"][0]["cites"][0]) >= {"passage", "title", "link"}
    assert all(set(piece) == {"kind", "text", "rule", "basis", "cites"} for piece in result["advice"])
    assert set(result["costs"]) == {"fine_tuning", "rag", "hybrid"}


def test_both_engines_print_the_same_bytes() -> None:
    pytest.importorskip("durable")
    read = (yaml.safe_load(case.read_text(encoding="utf-8")) for case in sorted(CASES.glob("*.yaml")))
    lines = "".join(json.dumps({"case": one["case"], "answers": one.get("answers") or {}}) + "\n" for one in read)
    durable, reference = (
        process("decide", "-", "--format", "jsonl", "--engine", engine, stdin=lines)
        for engine in ("durable", "reference")
    )
    assert (durable.returncode, reference.returncode) == (0, 0)
    assert len(durable.stdout.splitlines()) == len(list(CASES.glob("*.yaml")))
    assert durable.stdout == reference.stdout


def test_costs_with_no_driver_told() -> None:
    costs = decided({})["costs"]
    assert costs["fine_tuning"] == {"initial": [7500, 33000], "monthly": [633.33, 5833.33]}
    assert costs["rag"] == {"initial": [4200, 22000], "monthly": [450, 5000]}
    assert costs["hybrid"] == {"initial": [11700, 55000], "monthly": [1083.33, 10833.33]}


def test_three_training_iterations_cost_three_times_the_computing() -> None:
    assert decided({"training_iterations": 3})["costs"]["fine_tuning"]["initial"] == [8500, 43000]


def test_half_of_a_case_tells_what_it_hangs_on() -> None:
    result = decided({"data_volume": 5000, "update_frequency": "static", "latency_requirements": "150 ms"})
    assert result["verdict"]["matrix"] is None
    assert result["verdict"]["final"] == "fine_tuning"
    assert result["answers"]["latency_requirements"] > 8
    assert not result["verdict"]["settled"]
    assert "citations_required" in result["open"]
    assert "budget_constraints" not in result["open"], "seven points to nothing cannot be caught up"


def test_empty_file_is_an_empty_case() -> None:
    done = run("decide", "-", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["answers"] == {}


@pytest.mark.parametrize("final", ["fine_tuning", "rag", "hybrid"])
def test_at_least_eight_pieces_of_advice_on_the_six_criteria_alone(final: str) -> None:
    six = {
        "fine_tuning": (5000, 0, 9, 9, 2, 8),
        "rag": (20000, 9, 3, 3, 8, 2),
        "hybrid": (500, 5, 5, 5, 5, 5),
    }[final]
    names = ("data_volume", "update_frequency", "latency_requirements", "accuracy_needs")
    result = decided(dict(zip((*names, "budget_constraints", "maintenance_capacity"), six, strict=True)))
    assert result["verdict"]["final"] == final
    assert len(result["advice"]) >= 8


def test_json_lines_keep_order_and_go_on_after_a_bad_line(tmp_path: Path) -> None:
    lines = tmp_path / "cases.jsonl"
    lines.write_text('{"answers": {"data_volume": 1}}\nnonsense\n{"answers": {"data_volume": 3}}\n', encoding="utf-8")
    done = run("decide", lines, "--format", "jsonl")
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [result.get("answers") for result in results] == [{"data_volume": 1}, None, {"data_volume": 3}]
    assert set(results[1]) == {"line", "error"}
    assert results[1]["line"] == 2


def test_proof_leads_from_the_verdict_to_what_was_told() -> None:
    tree = json.loads(run("how", WORKED, "--format", "json").stdout)
    assert (tree["conclusion"], tree["value"]) == ("verdict.final", "fine_tuning")
    leaves: list[dict[str, Any]] = []
    waiting = [tree]
    while waiting:
        step = waiting.pop()
        assert {"conclusion", "value", "rule", "at", "because", "cites", "from"} <= set(step)
        waiting += step["from"]
        leaves += [] if step["from"] else [step]
    told = {leaf["conclusion"]: leaf["value"] for leaf in leaves if leaf["provenance"] == "told"}
    assert told == {"data_volume": 5000, "latency_requirements": 9}


@pytest.mark.parametrize(
    ("case", "error"),
    [
        ("{answers: {data_volum: 5}}", "<stdin>:1:12: unknown fact `data_volum`\nhelp: did you mean `data_volume`?\n"),
        ("{answers: {data_volume: true}}", "<stdin>:1:25: `data_volume` takes a whole number, 0 or more, not `true`\n"),
        (
            "{answers: {data_volume: 10.5}}",
            "<stdin>:1:25: expected a whole number, true, false or a word, found `10.5`\n",
        ),
        ("{answers: {data_volume: -1}}", "<stdin>:1:25: `data_volume` takes a whole number, 0 or more, not `-1`\n"),
        (
            "{answers: {citations_required: no}}",
            "<stdin>:1:32: `citations_required` takes true or false, not `no`\nhelp: write `false`\n",
        ),
        (
            "{answers: {pattern: routing}}",
            "<stdin>:1:12: `pattern` is concluded by rules, and can't be told\nhelp: leave it out\n",
        ),
    ],
)
def test_bad_case_is_told_with_its_place(case: str, error: str) -> None:
    done = run("decide", "-", stdin=case)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", error)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("decide", "/no/such/case.yaml"), 2),
        (("decide", "."), 2),
        (("decide",), 2),
        (("frobnicate",), 2),
        (("rules", "no-such-rule"), 2),
        (("knowledge", "no.such.passage"), 2),
        (("rules", "--policy", "/no/such/folder"), 2),
        (("--policy", "/no/such/folder", "rules"), 2),
        (("check", "/no/such/folder"), 2),
    ],
)
def test_errors_have_their_exit_code_and_no_traceback(arguments: tuple[str, ...], code: int) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a: [", b"[" * 10000, b"{answers: &a {x: *a}}", b"\x00", b"- 1"])
def test_unreadable_case_is_bad_input(data: bytes) -> None:
    done = run("decide", "-", stdin=data)
    assert done.returncode == 2
    assert done.stderr.startswith("<stdin>:")
    assert "Traceback" not in done.stderr


def test_shipped_policy_is_sound() -> None:
    done = run("check")
    assert done.returncode == 0, done.stderr
    assert "no faults" in done.stdout


def test_policy_with_faults_exits_one_and_names_every_place(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text("policy: broken\nversion: 1\ntitel: x\n", encoding="utf-8")
    done = run("check", tmp_path)
    assert done.returncode == 1
    assert "policy.yaml:3:1: unknown key `titel` in a policy\nhelp: did you mean `title`?" in done.stderr
    assert "lacks `options`" in done.stderr


def test_knowledge_holds_all_41_passages_and_the_rules_that_cite_each_claim() -> None:
    passages = json.loads(run("knowledge", "--format", "json").stdout)
    assert len(passages) == len({passage["passage"] for passage in passages}) == 41
    for passage in passages:
        for claim in passage["claims"]:
            assert claim["background"] or claim["rules"], claim["id"]
    storage = json.loads(run("knowledge", "cost.rag", "--format", "json").stdout)[0]
    figures = [figure for claim in storage["claims"] for figure in claim["figures"]]
    assert {"low": 50, "high": 1000, "unit": "USD", "per": "month"}.items() <= next(
        figure.items() for figure in figures if figure["figure"] == "vector-storage"
    )


def test_a_source_with_an_address_links_there(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(ROOT / "rules", tmp_path / "policy")
    shutil.copytree(ROOT / "knowledge", tmp_path / "policy" / "knowledge")
    source = tmp_path / "policy" / "knowledge" / "fine-tuning-vs-rag" / "source.yaml"
    source.write_text(source.read_text().replace("url: null", "url: https://example.org/article"), encoding="utf-8")
    result = json.loads(run("decide", WORKED, "--format", "json", "--policy", tmp_path / "policy").stdout)
    links = {cite["link"] for firing in result["firings"] for cite in firing["cites"]}
    assert links
    assert all(link.startswith("https://example.org/article#") for link in links)


def test_works_from_any_directory(tmp_path: Path) -> None:
    done = run("decide", WORKED, "--format", "json", cwd=tmp_path)
    assert json.loads(done.stdout)["verdict"]["final"] == "fine_tuning"


def test_version_says_which_engine_is_in_use() -> None:
    done = run("--version")
    assert done.stdout.startswith("whyso 0.1.0 (engine: ")


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("decide", str(WORKED))])
def test_commands_leave_textual_alone(arguments: tuple[str, ...]) -> None:
    script = f"""
import sys
sys.argv = ["whyso", *{arguments!r}]
from assistant.cli import main
try:
    main()
except SystemExit:
    pass
sys.stderr.write(",".join(name for name in ("textual", "rich") if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stderr == ""


def test_full_disk_is_told_without_a_traceback() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "assistant", "decide", str(WORKED)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (2, "cannot write the output: no space left on device\n")


def test_text_of_a_decision() -> None:
    assert_golden("decide-worked-example.txt", run("decide", WORKED, "--engine", "reference").stdout)


def test_text_of_a_full_decision() -> None:
    assert_golden("decide-full-hybrid.txt", run("decide", CASES / "legal-research.yaml", "--full").stdout)


def test_text_where_nothing_is_left() -> None:
    assert_golden("decide-nothing-left.txt", run("decide", CASES / "nothing-left.yaml").stdout)


def test_text_of_a_proof() -> None:
    assert_golden("how-worked-example.txt", run("how", WORKED).stdout)


def test_text_of_a_passage_and_a_rule() -> None:
    assert_golden("knowledge-cost-rag.txt", run("knowledge", "cost.rag").stdout)
    assert_golden("rule-volatile-sources.txt", run("rules", "volatile-sources-favour-rag").stdout)


def test_hostile_names_never_reach_the_terminal_as_commands() -> None:
    done = run("decide", "-", stdin='{answers: {"\\e[2J\\e]0;x\\a": 1}}')
    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert "\x07" not in done.stderr


def test_every_command_is_documented() -> None:
    pages = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "docs" / "contract.md").read_text(
        encoding="utf-8"
    )
    for name, command in whyso.commands.items():
        assert command.help, name
        assert f"whyso {name}" in pages, name
