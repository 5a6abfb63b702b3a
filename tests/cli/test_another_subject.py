"""The whole tool held to a policy on another subject, `examples/queue-or-database`, made without a line of Python."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assistant.cli import whyso
from assistant.policy.syntax import Policy
from assistant.reasoning.loading import all_findings
from tests.cli.running import ROOT
from tests.golden import assert_golden

EXAMPLE = ROOT / "examples" / "queue-or-database"
CASES = sorted((EXAMPLE / "cases").glob("*.yaml"))
SHOP, ORDERS = (EXAMPLE / "cases" / f"{name}.yaml" for name in ("small-shop", "orders-to-many"))


@pytest.fixture(autouse=True)
def in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example is the policy in force, by the environment."""
    monkeypatch.setenv("WHYSO_POLICY", str(EXAMPLE))


def told(*arguments: str | Path, said: str = "") -> str:
    result: Result = CliRunner().invoke(whyso, [str(argument) for argument in arguments], input=said)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def data(*arguments: str | Path, said: str = "") -> Any:
    return json.loads(told(*arguments, "--format", "json", said=said))


@pytest.fixture(scope="module")
def example() -> Policy:
    policy, findings = all_findings(EXAMPLE)
    assert [str(finding) for finding in findings] == []
    assert policy is not None
    return policy


def test_it_is_whole(example: Policy) -> None:
    """Every rule has its examples, every option a case, every fact a question that people's words answer."""
    finals = {data("decide", case)["verdict"]["final"] for case in CASES}
    assert finals == {None, *(option.id for option in example.options)}
    assert all(fact.question and fact.recognised for fact in example.told.values())
    assert {cite.passage for rule in example.rules for cite in rule.cites} <= set(example.source.by_id)
    assert "faults" in told("check")


def test_nothing_of_it_is_known_to_the_program(example: Policy) -> None:
    names = {*example.facts, *(option.id for option in example.options), "broker", "fan_out"} - {
        "start_with",
        "choice",
        *("database", "queue", "both", "operators"),  # plain words of programming
    }
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "assistant").rglob("*.py"))
    assert [name for name in names if re.search(rf"\b{name}\b", code)] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_both_engines_agree(case: Path) -> None:
    pytest.importorskip("durable")
    by_engine = [told("decide", case, "--format", "json", "--engine", name) for name in ("durable", "reference")]
    assert by_engine[0] == by_engine[1]


def test_decide_and_how() -> None:
    assert_golden("another-subject-decide.txt", told("decide", ORDERS, "--full"))
    assert_golden("another-subject-how.txt", told("how", ORDERS, "--full"))


def test_why_not_and_what_if() -> None:
    lacking = data("why-not", "queue", SHOP)
    assert lacking["required_by"] == ["all-or-nothing-requires-transactions"]
    assert lacking["possible"] is False
    changed = data("what-if", SHOP, "consumers=4")
    assert (changed["before"]["final"], changed["after"]["final"]) == ("database", "both")
    assert changed["fired_added"] == ["several-services-require-fan-out"]


def test_flip_and_settle() -> None:
    flips = data("flip", SHOP, "--all")
    assert flips["smallest"] == 1
    assert {(tuple(flip["changes"]), flip["verdict"]) for flip in flips["flips"]} == {
        (("consumers",), "both"),
        (("relational_database",), "queue"),
    }
    settling = data("settle", SHOP)
    assert settling["facts"] == {"jobs_per_day": 4000, "consumers": 1, "relational_database": True}
    assert settling["minimal"] is True


def test_next_question_leads_to_the_end() -> None:
    answers = json.loads(json.dumps(data("decide", SHOP)["answers"]))
    known: dict[str, Any] = {}
    while (found := data("ask-next", "-", said=json.dumps({"answers": known})))["fact"] is not None:
        known[found["fact"]] = answers[found["fact"]]
    assert 0 < len(known) < len(answers)
    assert data("decide", "-", said=json.dumps({"answers": known}))["verdict"] == data("decide", SHOP)["verdict"] | {
        "matrix": None
    }


def test_read() -> None:
    text = "about 2 million jobs a day, five services, must begin within 2 s, we run Kafka, no job may be lost"
    facts = data("read", text)["facts"]
    assert {name: found["value"] for name, found in facts.items()} == {
        "jobs_per_day": 2000000,
        "consumers": 5,
        "urgency": 6,
        "broker_at_hand": True,
        "committed_together": True,
    }


def test_ask_and_meaning() -> None:
    answer = data("ask", "what does a broker cost per month?")
    assert answer["answered"] is True
    assert answer["passages"][0]["passage"] == "operations.broker"
    assert data("ask", "who won the world cup?")["answered"] is False
    assert data("meaning", "outbox table")[0]["passages"] == ["outbox"]


def test_costs() -> None:
    costs = data("costs", SHOP, "--months", "3")["options"]
    assert costs["database"]["cumulative"] == [[0, 0], [10, 60], [20, 120], [30, 180]]
    assert costs["queue"]["monthly"] == [50, 150], "narrowed by the light load"


def test_plain_chat_and_what_is_kept_of_it(data_folder: Path) -> None:
    said = "4000 jobs a day\nwhy?\nwhat does a broker cost?\nno broker yet, and we have Postgres\n1\nwhy not a queue?\n"
    assert_golden("another-subject-chat.txt", told("--plain", said=f"{said}/quit\n"))
    kept = data("sessions")[0]
    assert (kept["policy"]["name"], kept["policy_folder"]) == ("queue-or-database", str(EXAMPLE))
    assert kept["verdict"]["final"] == "database"
    assert "Welcome back to conversation 1" in told("resume", "--plain", said="/quit\n")
    assert "daily load" in told("show", "1")
    assert "It fired in 1 of 1 saved conversation under this policy." in told("rule", "light-load-favours-the-table")
    assert data_folder.is_dir()


@pytest.mark.parametrize("form", ["md", "html", "json", "adr"])
def test_report_and_verify(tmp_path: Path, form: str) -> None:
    record = tmp_path / f"record.{form}"
    told("report", ORDERS, "--format", form, "--output", record)
    text = record.read_text(encoding="utf-8")
    assert "Table that feeds a queue" in text
    assert "orders-to-many" in text
    told("verify", record)


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WHYSO_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_rules_knowledge_and_origins() -> None:
    assert "broker-is-paid-for: prices Broker" in " ".join(told("rules").split())
    assert data("knowledge", "operations.broker")[0]["rules"]
    assert {one["layer"] for one in data("rules", "--origin")} == {"queue-or-database"}
