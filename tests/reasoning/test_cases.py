"""Cases: what may stand in one, and that the shipped ones come out as they say, with every engine."""

import json
from pathlib import Path

import pytest

from assistant.errors import CaseError
from assistant.policy.folder import installed
from assistant.policy.syntax import Policy
from assistant.reasoning.cases import Case, differences, load_case, policy_cases, read_case
from assistant.reasoning.engines import NAMES, durable_available

SHIPPED = installed("rules")
CASE_NAMES = sorted(path.stem for path in (SHIPPED / "cases").glob("*.yaml"))
ENGINES = [name for name in NAMES if name == "reference" or durable_available()]


def answers(text: str | bytes, policy: Policy) -> dict[str, object]:
    return dict(read_case(text if isinstance(text, bytes) else text.encode(), "case", policy).answers)


def faults(text: str | bytes, policy: Policy) -> list[str]:
    with pytest.raises(CaseError) as caught:
        answers(text, policy)
    assert caught.value.exit_code == 2
    return [str(finding) for finding in caught.value.findings]


class TestReading:
    def test_nothing_is_an_empty_case(self, small: Policy) -> None:
        for text in ("", "# nothing\n", "{}", "answers:", "answers: null", "answers: {}", "case: x", "---\n"):
            assert answers(text, small) == {}

    def test_null_is_unknown(self, small: Policy) -> None:
        assert answers("answers: {distance: ~, hurry: null, luggage: }", small) == {}

    def test_yaml_and_json_mean_the_same(self, small: Policy) -> None:
        told = {"distance": 3, "hurry": "very late", "weather": "wet", "luggage": False}
        expected = {"distance": 3, "hurry": 9, "weather": "wet", "luggage": False}
        assert answers(json.dumps({"case": "x", "answers": told}), small) == expected
        assert answers(json.dumps({"answers": told}, indent="\t"), small) == expected
        assert (
            answers("answers:\n  distance: 3\n  hurry: very-late\n  weather: wet\n  luggage: false\n", small)
            == expected
        )

    def test_name_and_expectations_are_kept(self, small: Policy) -> None:
        case = read_case(b"case: x\nabout: y\nexpect: {final: bike}\n", "case", small)
        assert (case.name, case.about) == ("x", "y")
        assert case.expect is not None

    def test_a_case_may_give_its_date(self, small: Policy) -> None:
        assert read_case(b"date: 2026-02-28\n", "case", small).date == "2026-02-28"
        assert read_case(b"{}", "case", small).date == ""

    @pytest.mark.parametrize(
        ("written", "fault"),
        [
            ("2026-02-30", "case:1:7: no calendar has a 2026-02-30"),
            ("2026-13-01", "case:1:7: expected a date such as 2026-01-31, found `2026-13-01`"),
            ("today", "case:1:7: expected a date such as 2026-01-31, found `today`"),
            ("20260131", "case:1:7: expected a date such as 2026-01-31, found `20260131`"),
        ],
    )
    def test_what_is_no_date(self, written: str, fault: str, small: Policy) -> None:
        assert faults(f"date: {written}", small) == [fault]

    def test_surrogate_escapes_are_characters(self, small: Policy) -> None:
        case = read_case(b'{"case": "\\ud83d\\ude00"}', "case", small)
        assert case.name == "\N{GRINNING FACE}"

    @pytest.mark.parametrize(
        ("value", "fault"),
        [
            (".nan", "case:1:22: expected a whole number, true, false or a word, found `.nan`"),
            ("NaN", "case:1:22: expected a whole number, true, false or a word, found `NaN`"),
            (".inf", "case:1:22: expected a whole number, true, false or a word, found `.inf`"),
            ("1e400", "case:1:22: expected a whole number, true, false or a word, found `1e400`"),
            ("3.0", "case:1:22: expected a whole number, true, false or a word, found `3.0`"),
            ("true", "case:1:22: `distance` takes a whole number, 0 or more, not `true`"),
            ("-1", "case:1:22: `distance` takes a whole number, 0 or more, not `-1`"),
            ('"3"', "case:1:22: `distance` takes a whole number, 0 or more, not the text `3`"),
            ("1_000", "case:1:22: `distance` takes a whole number, 0 or more, not `1_000`"),
            ("010", "case:1:22: `distance` takes a whole number, 0 or more, not `010`"),
            ("9" * 40, f"case:1:22: `distance` takes a whole number, 0 or more, not `{'9' * 40}`"),
            ("9" * 400, f"case:1:22: expected a whole number, true, false or a word, found `{'9' * 59}…`"),
            ("[3]", "case:1:22: expected a whole number, true, false or a word, found a list"),
            ('""', "case:1:22: `distance` takes a whole number, 0 or more, not an empty text"),
        ],
    )
    def test_number_that_is_none(self, value: str, fault: str, small: Policy) -> None:
        assert [line.partition("\n")[0] for line in faults(f"{{answers: {{distance: {value}}}}}", small)] == [fault]

    def test_number_for_a_flag_and_a_flag_for_a_scale(self, small: Policy) -> None:
        assert [line.partition("\n")[0] for line in faults("answers: {luggage: 1, hurry: true}", small)] == [
            "case:1:20: `luggage` takes true or false, not `1`",
            "case:1:30: `hurry` takes a whole number from 0 to 10, not `true`",
        ]

    def test_all_faults_come_in_one_go(self, small: Policy) -> None:
        text = "case: x\nanswer: {}\nanswers:\n  distanse: 3\n  weather: snow\n  choice: bike\n"
        assert faults(text, small) == [
            "case:2:1: unknown key `answer` in a case\nhelp: did you mean `answers`?",
            "case:4:3: unknown fact `distanse`\nhelp: did you mean `distance`?",
            "case:5:12: `weather` takes one of `dry`, `wet`, not `snow`\nhelp: known here: `dry`, `wet`",
            "case:6:3: `choice` is concluded by rules, and can't be told\nhelp: leave it out",
        ]

    def test_other_documents_are_no_cases(self, small: Policy) -> None:
        for text in ("5", "- a", "[]", "a word", '"text"', "true"):
            [fault] = faults(text, small)
            assert fault.startswith("case:1:1: expected a case, a mapping, found ")

    def test_key_twice(self, small: Policy) -> None:
        for text in ("answers: {distance: 3, distance: 4}", '{\t"answers": {"distance": 3, "distance": 4}}'):
            [fault] = faults(text, small)
            assert "the key `distance` stands twice" in fault

    def test_deep_nesting(self, small: Policy) -> None:
        for text in ("[" * 100_000, '{"a":' * 100_000, "answers: " + "{a: " * 60, "- " * 5000):
            [fault] = faults(text, small)
            assert "nested deeper than 50 levels" in fault

    def test_bytes_that_are_no_text(self, small: Policy) -> None:
        assert faults(b"answers: {weather: \xff}", small) == [
            "case:1:20: this file is not UTF-8\nhelp: save it as UTF-8"
        ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", CASE_NAMES)
def test_shipped_case_comes_out_as_it_says(name: str, engine: str, shipped: Policy) -> None:
    case = load_case(SHIPPED / "cases" / f"{name}.yaml", shipped)
    assert case.name == name
    assert case.expect is not None
    assert [str(finding) for finding in differences(case, shipped, engine)] == []


class TestShippedCases:
    @pytest.fixture(scope="class")
    def cases(self, shipped: Policy) -> list[Case]:
        cases, findings = policy_cases(SHIPPED, shipped)
        assert findings == []
        return cases

    def expected(self, cases: list[Case], key: str) -> list[object]:
        """What the cases expect under one key, flattened."""
        found: list[object] = []
        for case in cases:
            value = case.expect.get(key) if case.expect else None
            items = value if isinstance(value, list) else [] if value is None else [value]
            found += [item.text for item in items]
        return found

    def test_there_are_ten_or_more(self, cases: list[Case]) -> None:
        assert len(cases) >= 10

    def test_every_final_verdict_and_none_at_all_is_covered(self, cases: list[Case], shipped: Policy) -> None:
        assert set(self.expected(cases, "final")) >= {"none", *(option.id for option in shipped.options)}

    def test_every_pattern_is_covered(self, cases: list[Case], shipped: Policy) -> None:
        patterns = {
            node.text
            for case in cases
            if case.expect
            for name, node in (case.expect.get("facts") or {}).items()
            if name.text == "pattern"
        }
        assert patterns == {"none", *(option.value for option in shipped.facts["pattern"].options)}

    def test_every_requirement_and_exclusion_fires_in_some_case(self, cases: list[Case], shipped: Policy) -> None:
        from assistant.policy.syntax import Require, RuleOut
        from assistant.reasoning.reference import reference_for

        fired = {rule.id for case in cases for rule in reference_for(shipped).infer(case.answers).fired}
        deciding = {rule.id for rule in shipped.rules if any(isinstance(c, Require | RuleOut) for c in rule.then)}
        assert deciding <= fired

    def test_settled_and_open_cases_are_both_covered(self, cases: list[Case]) -> None:
        assert set(self.expected(cases, "settled")) == {"true", "false"}


def test_worked_example_of_the_article(shipped: Policy) -> None:
    values = {
        "data_volume": 5000,
        "update_frequency": 3,
        "latency_requirements": 9,
        "accuracy_needs": 8,
        "budget_constraints": 4,
        "maintenance_capacity": 7,
    }
    case = load_case(SHIPPED / "cases" / "worked-example.yaml", shipped)
    assert case.answers == values


def test_case_without_expectations_differs_in_nothing(small: Policy, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("answers: {distance: 3}", encoding="utf-8")
    assert differences(load_case(tmp_path / "case.yaml", small), small) == []
