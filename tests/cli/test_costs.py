"""`whyso costs` as other programs call it: text, JSON, own figures, and what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.reasoning.engines import NAMES, durable_available
from tests.cli.running import WORKED, run

ENGINES = [name for name in NAMES if name == "reference" or durable_available()]

OWN = """
answers: {monthly_queries: 200000, retrainings_per_quarter: 1}
costs: {Model monitoring: 120, rag: {Vector storage: [40, 60]}}
"""


def data(*arguments: str, stdin: str = "{}") -> dict[str, Any]:
    done = run("costs", "-", "--format", "json", *arguments, stdin=stdin)
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_keys_are_those_of_the_contract() -> None:
    found = data("--months", "2")
    assert list(found) == ["comparisons", "draws", "months", "options", "policy", "unused"]
    rag = found["options"]["rag"]
    assert list(rag) == ["cumulative", "initial", "items", "monthly"]
    assert rag["cumulative"] == [[4200, 22000], [4650, 27000], [5100, 32000]]
    assert found["comparisons"][0] == {
        "dearer": "fine_tuning",
        "cheaper": "rag",
        "break_even": {"earliest": 0, "latest": None, "middle": None, "until": None},
        "shares": {"fine_tuning": 0.11645, "rag": 0.88355},
        "error": 0.00199,
    }


def test_items_say_where_their_range_comes_from() -> None:
    items = {item["item"]: item for item in data(stdin=OWN)["options"]["fine_tuning"]["items"]}
    hosting = items["Model hosting"]
    assert (hosting["low"], hosting["high"], hosting["whole"], hosting["per"]) == (1406, 2000, [200, 2000], "month")
    assert (hosting["rule"], hosting["basis"], hosting["own"]) == ("tuned-models-must-be-hosted", "house", False)
    assert hosting["cites"][0]["claim"] == "cost.fine-tuning#hosting"
    assert [rule["rule"] for rule in hosting["narrowed"]] == ["many-queries-are-dear-to-serve"]
    assert hosting["narrowed"][0]["because"] == "Serving is priced high: you expect 200,000 queries a month."
    monitoring = items["Model monitoring"]
    assert (monitoring["low"], monitoring["high"], monitoring["own"], monitoring["narrowed"]) == (120, 120, True, [])
    retraining = items["Retraining"]
    assert (retraining["low"], retraining["per"], retraining["priced_per"]) == (333.33, "month", "quarter")
    assert retraining["assumed"] is False
    assert items["Computing for training"]["assumed"] is True


def test_figures_for_what_is_not_priced_are_named() -> None:
    found = data(stdin="{answers: {retrainings_per_quarter: 0}, costs: {Retraining: 3}}")
    assert found["unused"] == [{"item": "Retraining", "options": ["fine_tuning", "hybrid"]}]


def test_own_figures_count_in_a_decision_too() -> None:
    done = run("decide", "-", "--format", "json", stdin=OWN)
    assert json.loads(done.stdout)["costs"]["rag"] == {"initial": [4200, 22000], "monthly": [2249, 4060]}


def test_text_and_json_are_the_same_bytes_each_time_and_with_either_engine() -> None:
    for form in ("text", "json"):
        outputs = {run("costs", "-", "--format", form, "--engine", name, stdin=OWN).stdout for name in ENGINES}
        assert len(outputs) == 1


def test_months_default_to_a_year() -> None:
    assert run("costs", WORKED).stdout.startswith("Costs over 12 months\n")
    assert run("costs", WORKED, "--months", "1").stdout.startswith("Costs over 1 month\n")


@pytest.mark.parametrize("months", ["0", "-3", "601", "1.5", "lots", "", "9" * 400])
def test_bad_months_are_refused(months: str) -> None:
    done = run("costs", WORKED, "--months", months)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Invalid value for '--months'" in done.stderr
    assert "Traceback" not in done.stderr


def test_bad_figures_are_refused_with_their_place(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("answers: {}\ncosts:\n  Model hosting: -1\n  Nothing: 3\n", encoding="utf-8")
    done = run("costs", "case.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "case.yaml:3:18: a cost is 0 or more, not `-1`",
        "help: write an amount, or a range as `[low, high]`",
        "case.yaml:4:3: unknown cost item `Nothing`",
    ]
