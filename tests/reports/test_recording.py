"""What a record holds: facts with where they are from, options, outcome, what would change it, costs, sources."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.policy.syntax import Policy
from assistant.reasoning.cases import load_case
from assistant.reasoning.decision import decide
from assistant.reports.chart import chart_of
from assistant.reports.contrasts import flips_data
from assistant.reports.data import decision_data
from assistant.reports.record import Record
from assistant.reports.recording import record_of
from assistant.reports.rendering import write_record
from assistant.reports.subject import Subject, subject_of_case, subject_of_session
from assistant.reports.verifying import Outcome, verify
from assistant.sessions.plain_form import plain_form
from tests.cli.running import WORKED
from tests.reports.records import FORMATS, HURRIED, PRICED, layer, subject
from tests.sessions.keeping import left, talked


def recorded(policy: Policy, about: Subject) -> Record:
    return record_of(decide(policy, about.answers, "reference"), about)


@pytest.fixture(scope="module")
def worked(shipped: Policy) -> Record:
    return recorded(shipped, subject_of_case(load_case(WORKED, shipped)))


class TestFacts:
    def test_each_says_where_it_is_from(self, small: Policy) -> None:
        facts = {one.fact: one for one in recorded(small, subject(HURRIED, small)).facts}
        assert (facts["distance"].provenance, facts["distance"].words) == ("answered", None)
        assert facts["distance"].said == "12 kilometres"
        assert (facts["hurry"].provenance, facts["hurry"].words, facts["hurry"].value) == ("told", "very-late", 9)
        assert (facts["choice"].provenance, facts["choice"].rule) == ("derived", "more-points-for-the-train")
        assert facts["choice"].at == "rules.yaml:10"
        assert facts["hurried"].provenance == "assumed"

    def test_a_conversation_tells_the_turn_and_the_words(self, shipped: Policy, data: Path) -> None:
        talked(shipped, ["We have about 5k labelled tickets", "update frequency is daily", "/quit"])
        saved = left()
        about = subject_of_session(saved, saved.turns[-1].state.answers)
        record = recorded(shipped, about)
        facts = {one.fact: one for one in record.facts}
        told = facts["update_frequency"]
        assert told.provenance == "told"
        assert told.words is not None
        assert "daily" in told.words
        assert told.turn == 2
        assert (record.date, record.name) == ("2026-01-02", "Conversation 1")
        assert record.session is not None
        assert record.session.number == 1

    def test_open_facts_come_with_their_questions(self, worked: Record) -> None:
        assert len(worked.open) == 8
        assert worked.open[0].question == "Must answers show the sources they rest on?"


class TestOptions:
    def test_all_are_considered_and_one_is_recommended(self, worked: Record) -> None:
        assert [(one.option, one.recommended, one.score) for one in worked.options] == [
            ("fine_tuning", True, 4),
            ("rag", False, 0),
            ("hybrid", False, None),
        ]

    def test_what_speaks_for_one_names_its_rule_and_passage(self, worked: Record) -> None:
        first = worked.options[0].speaking_for[0]
        assert (first.rule, first.at) == ("enough-data-favours-fine-tuning", "matrix.yaml:3")
        assert first.cites == ("framework.matrix",)

    def test_what_rules_an_option_out_speaks_against_it(self, shipped: Policy) -> None:
        record = recorded(shipped, Subject({"labelled_examples": 5, "citations_required": True}))
        against = {one.option: [said.rule for said in one.against] for one in record.options}
        assert against["fine_tuning"] == ["few-examples-rule-out-training", "citations-need-retrieval"]
        assert against["rag"] == []


class TestResults:
    def test_they_are_what_the_commands_print(self, worked: Record, shipped: Policy) -> None:
        from assistant.reasoning.counterfactuals import flips_of

        case = load_case(WORKED, shipped)
        decision = decide(shipped, case.answers, "reference")
        assert worked.results["decide"] == plain_form(decision_data(decision))
        flips = flips_data(flips_of(shipped, case.answers), shipped, every=True)
        assert worked.results["flip"] == plain_form(flips)
        assert set(worked.results["why_not"]) == {"rag", "hybrid"}

    def test_what_would_change_it_is_said(self, worked: Record) -> None:
        assert worked.revisit.lead.text.startswith("It takes one new or changed answer")
        assert "RAG, if labelled examples are 0 to 999 examples (open so far)" in [
            one.text for one in worked.revisit.points
        ]

    def test_costs_run_over_the_months(self, worked: Record) -> None:
        costs = worked.results["costs"]
        low, high = costs["options"]["rag"]["cumulative"][-1]
        initial, monthly = (costs["options"]["rag"][key] for key in ("initial", "monthly"))
        assert (low, high) == (initial[0] + 12 * monthly[0], initial[1] + 12 * monthly[1])
        assert "Fine-tuning can cost less than RAG from the start, but need never do so" in worked.costs.comparisons[0]


def test_every_citation_has_its_number(worked: Record) -> None:
    numbers = {one.passage: one.number for one in worked.sources}
    assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))
    assert set(cited(plain_form(worked))) <= set(numbers)


def cited(value: Any) -> list[str]:
    """Every passage in a `cites` of the sentences."""
    if isinstance(value, dict):
        own = [one for one in value.get("cites", []) if isinstance(one, str)]
        return own + [one for key, item in value.items() if key != "results" for one in cited(item)]
    return [one for item in value for one in cited(item)] if isinstance(value, list) else []


def test_proof_leads_down_to_the_answers(worked: Record) -> None:
    [root] = worked.proof
    assert root.rule == "clear-lead-chooses-fine-tuning"
    told = root.below[0].below[0].below[0]
    assert (told.text, told.provenance, told.level) == ("You said: data volume: 5,000 items", "told", 3)


class TestCosts:
    OWN = b"costs: {Tickets: [30.5, 40], bike: {A bike: 100}}\n"

    def test_own_figures_are_in_the_record_and_in_the_case_to_replay(self, tmp_path: Path) -> None:
        policy = layer(tmp_path, {"prices.yaml": PRICED})
        about = subject(HURRIED + self.OWN, policy)
        record = record_of(decide(policy, about.answers, "reference", about.own), about)
        items = {one.option: [(item.item, item.low, item.period) for item in one.items] for one in record.costs.options}
        assert items["bike"] == [("A bike", "$100", "once, your own figure")]
        assert json.loads(record.replay.case) == {
            "answers": {"distance": 12, "hurry": 9},
            "costs": {
                "bike": {"A bike": [100, 100]},
                "both": {"Tickets": [30.5, 40]},
                "train": {"Tickets": [30.5, 40]},
            },
        }
        again = subject(record.replay.case.encode(), policy)
        assert again.own
        assert sorted(again.own, key=str) == sorted(about.own, key=str)

    @pytest.mark.parametrize("form", FORMATS)
    def test_a_record_with_own_figures_is_reproduced(self, form: str, tmp_path: Path) -> None:
        policy = layer(tmp_path, {"prices.yaml": PRICED})
        about = subject(HURRIED + self.OWN, policy)
        data = write_record(decide(policy, about.answers, "reference", about.own), about, form).data
        assert verify(data, "record", policy, "reference").outcome is Outcome.REPRODUCED

    def test_break_even_is_drawn_and_described(self, tmp_path: Path) -> None:
        policy = layer(tmp_path, {"prices.yaml": PRICED})
        decision = decide(policy, {}, "reference")
        chart = chart_of(policy, decision.costs_over(12))
        assert chart is not None
        assert [(mark.letter, mark.month, mark.texts[0]) for mark in chart.marks] == [
            ("A", 1, "Bike can have cost less than Bike and train"),
            ("B", 4, "Bike can have cost less than Train"),
            ("C", 8, "Bike has cost less than Train with each figure in the middle of its range"),
        ]
        assert chart.description.startswith("Bike: $300 to $500 at the start, $300 to $500 by month 12.")

    def test_nothing_priced_has_no_chart(self, small: Policy) -> None:
        assert chart_of(small, decide(small, {}, "reference").costs_over(12)) is None
