"""Facts: what they admit, what the shipped anchors stand for, and how values read."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import Span
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import (
    MAX_COUNT,
    AnswerError,
    ChoiceOption,
    FactType,
    Kind,
    Value,
    check_value,
    read_answer,
)
from assistant.reading.nodes import Plain

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "150"))
PLACE = Span("facts.yaml", 1, 1)
COUNT = FactType("items", Kind.COUNT, "items", PLACE, "", "", unit="items")
SCALE = FactType("level", Kind.SCALE, "level", PLACE, "", "", low=1, high=5)
FLAG = FactType("open", Kind.FLAG, "open", PLACE, "", "", phrases=("it is open", "it is shut"))
CHOICE = FactType(
    "mix",
    Kind.CHOICE,
    "mix",
    PLACE,
    "",
    "",
    options=(ChoiceOption("focused", "focused: one"), ChoiceOption("diverse", "many")),
)


@pytest.mark.parametrize(
    ("fact", "value"),
    [(COUNT, 0), (COUNT, MAX_COUNT), (SCALE, 1), (SCALE, 5), (FLAG, True), (FLAG, False), (CHOICE, "focused")],
)
def test_value_is_admitted_as_it_stands(fact: FactType, value: Value) -> None:
    assert check_value(fact, value) is value


@pytest.mark.parametrize(
    ("fact", "value", "message"),
    [
        (COUNT, -1, "`items` takes a whole number, 0 or more, not `-1`"),
        (
            COUNT,
            MAX_COUNT + 1,
            f"`items` takes a whole number, 0 or more, not `{MAX_COUNT + 1}`\n"
            "help: the largest number is 1,000,000,000,000,000",
        ),
        (COUNT, True, "`items` takes a whole number, 0 or more, not `true`"),
        (COUNT, 5.0, "`items` takes a whole number, 0 or more, not `5.0`\nhelp: write `5`"),
        (COUNT, 5.5, "`items` takes a whole number, 0 or more, not `5.5`"),
        (COUNT, float("nan"), "`items` takes a whole number, 0 or more, not `nan`"),
        (COUNT, float("inf"), "`items` takes a whole number, 0 or more, not `inf`"),
        (COUNT, "5", "`items` takes a whole number, 0 or more, not the text `5`\nhelp: write `5` without quotes"),
        (COUNT, "1_000", "`items` takes a whole number, 0 or more, not `1_000`\nhelp: write `1000`"),
        (COUNT, "", "`items` takes a whole number, 0 or more, not an empty text"),
        (COUNT, None, "`items` takes a whole number, 0 or more, not nothing"),
        (SCALE, 0, "`level` takes a whole number from 1 to 5, not `0`"),
        (SCALE, 6, "`level` takes a whole number from 1 to 5, not `6`"),
        (SCALE, False, "`level` takes a whole number from 1 to 5, not `false`"),
        (FLAG, 1, "`open` takes true or false, not `1`"),
        (FLAG, "yes", "`open` takes true or false, not `yes`\nhelp: write `true`"),
        (FLAG, "OFF", "`open` takes true or false, not `OFF`\nhelp: write `false`"),
        (FLAG, "maybe", "`open` takes true or false, not `maybe`\nhelp: write `true` or `false`"),
        (CHOICE, "focussed", "`mix` takes one of `focused`, `diverse`, not `focussed`\nhelp: did you mean `focused`?"),
        (CHOICE, True, "`mix` takes one of `focused`, `diverse`, not `true`"),
        (
            COUNT,
            "a\x1b[31m" + "x" * 99,
            "`items` takes a whole number, 0 or more, not `a\N{REPLACEMENT CHARACTER}[31m" + "x" * 33 + "…`",
        ),
    ],
)
def test_value_is_refused(fact: FactType, value: Plain, message: str) -> None:
    for read in (check_value, read_answer):
        with pytest.raises(AnswerError) as caught:
            read(fact, value)
        assert str(caught.value) == message


@settings(max_examples=EXAMPLES)
@given(
    st.sampled_from((COUNT, SCALE, FLAG, CHOICE)),
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.sampled_from(("focused", "5", "1k"))),
)
def test_answer_is_exactly_of_its_facts_type_or_refused(fact: FactType, value: Plain) -> None:
    try:
        answer = read_answer(fact, value)
    except AnswerError:
        return
    wanted = {Kind.FLAG: bool, Kind.CHOICE: str}.get(fact.kind, int)
    assert type(answer) is wanted


@pytest.mark.parametrize(
    ("fact", "value", "said", "stated"),
    [
        (COUNT, 5000, "5,000 items", "items: 5,000 items"),
        (COUNT, 1, "1 item", "items: 1 item"),
        (SCALE, 3, "3 of 5", "level: 3 of 5"),
        (FLAG, True, "yes", "it is open"),
        (FLAG, False, "no", "it is shut"),
        (CHOICE, "focused", "focused", "mix: focused"),
        (CHOICE, None, "none", "mix: none"),
    ],
)
def test_value_reads_like_this(fact: FactType, value: Value | None, said: str, stated: str) -> None:
    assert fact.say(value) == said
    assert fact.state(value) == stated


class TestShippedAnchors:
    """They keep to the article's thresholds: under 2, over 7, over 8, over 6, under 5."""

    @pytest.mark.parametrize(
        ("fact", "answer", "low", "high"),
        [
            ("update_frequency", "static", 0, 1),
            ("update_frequency", "Static", 0, 1),
            ("update_frequency", "yearly", 2, 7),
            ("update_frequency", "weekly", 2, 7),
            ("update_frequency", "daily", 8, 10),
            ("update_frequency", "every day", 8, 10),
            ("update_frequency", "hourly", 8, 10),
            ("update_frequency", "real time", 10, 10),
            ("update_frequency", "Real-Time", 10, 10),
            ("update_frequency", "real_time", 10, 10),
            ("update_frequency", "1 day", 8, 10),
            ("update_frequency", "10 years", 0, 1),
            ("latency_requirements", "150 ms", 9, 10),
            ("latency_requirements", "150ms", 9, 10),
            ("latency_requirements", "0.15 s", 9, 10),
            ("latency_requirements", ".15 sec", 9, 10),
            ("latency_requirements", "200 ms", 9, 10),
            ("latency_requirements", "300 ms", 0, 8),
            ("latency_requirements", "1.5 s", 0, 8),
            ("latency_requirements", "1,500 ms", 0, 8),
            ("latency_requirements", "1 500 ms", 0, 8),
            ("latency_requirements", "1\u202f500\u00a0ms", 0, 8),
            ("latency_requirements", "2 minutes", 0, 0),
            ("accuracy_needs", "high", 9, 10),
            ("accuracy_needs", "95%", 9, 10),
            ("accuracy_needs", "99.9 %", 10, 10),
            ("accuracy_needs", "95 percent", 9, 10),
            ("accuracy_needs", "90%", 0, 8),
            ("budget_constraints", "$20,000", 7, 10),
            ("budget_constraints", "$20k", 7, 10),
            ("budget_constraints", "$ 20 000", 7, 10),
            ("budget_constraints", "20000 dollars", 7, 10),
            ("budget_constraints", "20k usd", 7, 10),
            ("budget_constraints", "20 K USD", 7, 10),
            ("budget_constraints", "$1.5m", 0, 6),
            ("budget_constraints", "$50,000", 0, 6),
            ("budget_constraints", "tight", 7, 10),
            ("maintenance_capacity", "nobody", 0, 4),
            ("maintenance_capacity", "1 person", 0, 4),
            ("maintenance_capacity", "0.5 FTE", 0, 4),
            ("maintenance_capacity", "2 people", 0, 4),
            ("maintenance_capacity", "3 people", 5, 10),
            ("maintenance_capacity", "3 engineers", 5, 10),
            ("maintenance_capacity", "dedicated team", 5, 10),
        ],
    )
    def test_answer_lies_on_its_side_of_the_threshold(
        self, fact: str, answer: str, low: int, high: int, shipped: Policy
    ) -> None:
        value = read_answer(shipped.facts[fact], answer)
        assert isinstance(value, int)
        assert low <= value <= high

    @pytest.mark.parametrize(
        ("fact", "answer"),
        [
            ("latency_requirements", "150"),
            ("latency_requirements", "-5 ms"),
            ("latency_requirements", "150 parsecs"),
            ("latency_requirements", "ms"),
            ("latency_requirements", "1,5 s"),
            ("latency_requirements", "150 ms or so"),
            ("latency_requirements", "$150"),
            ("latency_requirements", "1" * 300 + " ms"),
            ("update_frequency", "sometimes"),
            ("budget_constraints", "20k"),
            ("budget_constraints", "€20,000"),
            ("maintenance_capacity", "a few"),
            ("data_volume", "5 items"),
        ],
    )
    def test_other_words_and_units_are_refused(self, fact: str, answer: str, shipped: Policy) -> None:
        with pytest.raises(AnswerError):
            read_answer(shipped.facts[fact], answer)

    def test_refusal_names_the_words_and_an_example(self, shipped: Policy) -> None:
        with pytest.raises(AnswerError) as caught:
            read_answer(shipped.facts["latency_requirements"], "quickish")
        assert caught.value.help is not None
        assert "`fast`" in caught.value.help
        assert "`150 ms`" in caught.value.help

    def test_every_scale_of_the_matrix_has_words_and_a_measure(self, shipped: Policy) -> None:
        for name in shipped.verdict.needs:
            fact = shipped.facts[name]
            if fact.kind is Kind.SCALE:
                assert fact.words
                assert fact.measure is not None
                assert fact.anchors_because

    def test_words_are_found_however_they_are_spelt(self, shipped: Policy) -> None:
        for fact in shipped.told.values():
            for word in fact.words:
                for spelling in (word.word, *word.also):
                    assert read_answer(fact, spelling) == word.value
                    assert read_answer(fact, f"  {spelling.upper().replace(' ', '-')} ") == word.value

    @settings(max_examples=EXAMPLES)
    @given(data=st.data())
    def test_measures_never_turn_back(self, shipped: Policy, data: st.DataObject) -> None:
        """More of a thing moves the scale one way only, and any amount has a value on it."""
        measured = [fact for fact in shipped.told.values() if fact.measure]
        fact = data.draw(st.sampled_from(measured))
        assert fact.measure is not None
        unit = data.draw(st.sampled_from(sorted(fact.measure.units)))
        amounts = sorted(data.draw(st.lists(st.integers(0, 10**9), min_size=2, max_size=8)))
        values = [read_answer(fact, f"{amount:,} {unit}") for amount in amounts]
        assert values in (sorted(values), sorted(values, reverse=True))
        assert all(isinstance(value, int) and fact.low <= value <= (fact.high or 0) for value in values)
