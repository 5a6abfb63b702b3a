"""Where in its range a cost item falls: by the rules that narrow it, all of them together, and by own figures."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.policy.syntax import Always, Consequent, Cost, Narrow, Option, Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.costs import CostItem, OwnFigure, costs_of
from assistant.reasoning.durable import available
from assistant.reasoning.engines import engine_for
from assistant.reasoning.reference import reference_for
from tests.reasoning.policies import policy_of, rule_of

OPTIONS = tuple(Option(name, name, frozenset()) for name in ("one", "two"))
THING = Cost("thing", ("one", "two"), Fraction(1000), Fraction(2000), "month")


def items(*consequents: Consequent, own: tuple[OwnFigure, ...] = ()) -> dict[str, CostItem]:
    """The only item of each option where these consequents apply, each by a rule of its own: r0, r1 and so on."""
    rules = [rule_of(f"r{number}", Always(True), consequent) for number, consequent in enumerate(consequents)]
    inference = reference_for(policy_of([], rules, OPTIONS)).infer({})
    return {cost.option: cost.items[0] for cost in costs_of(inference, own)}


def ends(item: CostItem) -> tuple[int, int]:
    return int(item.low), int(item.high)


def test_without_a_narrowing_the_whole_range_stays() -> None:
    item = items(THING)["one"]
    assert ends(item) == (1000, 2000)
    assert item.whole == (item.low, item.high)
    assert item.narrowed == item.disputed == ()


@pytest.mark.parametrize(
    ("parts", "left"),
    [
        ([(0, 33)], (1000, 1330)),
        ([(50, 50)], (1500, 1500)),
        ([(0, 100)], (1000, 2000)),
        ([(0, 70), (30, 100)], (1300, 1700)),
        ([(0, 70), (30, 100), (40, 60)], (1400, 1600)),
        ([(0, 33), (33, 67)], (1330, 1330)),
    ],
)
def test_several_narrowings_leave_what_they_have_in_common(parts: list[tuple[int, int]], left: tuple[int, int]) -> None:
    found = items(THING, *(Narrow("thing", (), *part) for part in parts))["one"]
    assert ends(found) == left
    assert [rule.id for rule in found.narrowed] == [f"r{number + 1}" for number in range(len(parts))]
    assert (int(found.whole[0]), int(found.whole[1])) == (1000, 2000)


def test_where_they_have_nothing_in_common_the_whole_range_stays_and_they_are_named() -> None:
    found = items(THING, Narrow("thing", (), 0, 30), Narrow("thing", (), 40, 100))["one"]
    assert ends(found) == (1000, 2000)
    assert found.narrowed == ()
    assert [rule.id for rule in found.disputed] == ["r1", "r2"]


def test_a_narrowing_may_be_for_some_options_only() -> None:
    found = items(THING, Narrow("thing", ("two",), 0, 10), Narrow("other", (), 90, 100))
    assert ends(found["one"]) == (1000, 2000)
    assert ends(found["two"]) == (1000, 1100)


def test_the_part_is_taken_of_what_the_count_makes_of_the_range() -> None:
    thrice = replace(THING, per="quarter", times="runs", otherwise=6)
    found = items(thrice, Narrow("thing", (), 0, 50))["one"]
    assert (ends(found), found.assumed) == ((2000, 3000), True)


@pytest.mark.parametrize(("per", "monthly"), [("once", 1200), ("month", 1200), ("quarter", 400), ("year", 100)])
def test_what_is_paid_by_the_quarter_or_year_is_spread_over_the_months(per: str, monthly: int) -> None:
    found = items(replace(THING, low=Fraction(1200), high=Fraction(1200), per=per))["one"]
    assert (ends(found), found.monthly) == ((monthly, monthly), per != "once")


def test_an_own_figure_is_narrowed_by_no_rule() -> None:
    own = OwnFigure("thing", ("one",), "month", Fraction(5), Fraction(7))
    found = items(THING, Narrow("thing", (), 0, 10), own=(own,))
    assert (ends(found["one"]), found["one"].own, found["one"].narrowed) == ((5, 7), True, ())
    assert (ends(found["two"]), found["two"].own) == ((1000, 1100), False)


def test_an_own_figure_for_another_period_is_another_item() -> None:
    own = OwnFigure("thing", ("one",), "once", Fraction(5), Fraction(7))
    assert ends(items(THING, own=(own,))["one"]) == (1000, 2000)


PERCENT = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted)


@given(st.lists(PERCENT, max_size=4), st.integers(0, 10**9), st.integers(0, 10**9))
def test_narrowing_stays_inside_the_range(parts: list[list[int]], low: int, width: int) -> None:
    cost = replace(THING, low=Fraction(low), high=Fraction(low + width))
    found = items(cost, *(Narrow("thing", (), *part) for part in parts))["one"]
    assert found.whole == (cost.low, cost.high)
    assert found.whole[0] <= found.low <= found.high <= found.whole[1]
    for part in parts if found.narrowed else []:
        assert found.low >= low + Fraction(width * part[0], 100)
        assert found.high <= low + Fraction(width * part[1], 100)


ASKED = {
    "Model hosting": "monthly_queries",
    "Computing for retrieval": "monthly_queries",
    "Retraining": "update_frequency",
    "Embedding updates": "update_frequency",
    "First embeddings": "corpus_documents",
    "Vector storage": "corpus_documents",
}
LEVELS = {
    "monthly_queries": (0, 9_999, 10_000, 99_999, 100_000, 10**9),
    "update_frequency": (0, 1, 2, 7, 8, 10),
    "corpus_documents": (1, 9_999, 10_000, 99_999, 100_000, 10**9),
}


@pytest.mark.parametrize("engine", ["reference", "durable"])
@pytest.mark.parametrize("level", [0, 1, 2])
def test_shipped_items_fall_in_the_third_of_the_range_that_their_fact_says(
    shipped: Policy, level: int, engine: str
) -> None:
    if engine == "durable" and not available():
        pytest.skip("durable-rules does not import here")
    for end in (0, 1):
        answers: Answers = {name: levels[2 * level + end] for name, levels in LEVELS.items()}
        for cost in costs_of(engine_for(shipped, engine).infer(answers)):
            for item in cost.items:
                part = ((0, 33), (33, 67), (67, 100))[level] if item.item in ASKED else (0, 100)
                low, high = item.whole
                assert (item.low, item.high) == tuple(low + (high - low) * Fraction(end, 100) for end in part)
                assert [rule.basis for rule in item.narrowed] == (["house"] if item.item in ASKED else [])


@pytest.mark.parametrize("answers", [{}, {"retrainings_per_quarter": 2, "query_mix": "focused"}])
def test_while_their_facts_are_unknown_the_article_s_ranges_stay_whole(shipped: Policy, answers: Answers) -> None:
    for cost in costs_of(reference_for(shipped).infer(answers)):
        assert all((item.low, item.high) == item.whole and not item.narrowed for item in cost.items)
