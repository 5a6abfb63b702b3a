"""The costs in words: whole pages at 80 columns, and the sentences about break-even."""

from fractions import Fraction

import pytest

from assistant.explanation.costs import costs_document
from assistant.explanation.plain import lines_of
from assistant.policy.folder import installed
from assistant.policy.syntax import Always, Consequent, Cost, Narrow, Option, Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.cases import load_case, read_case
from assistant.reasoning.decision import Decision, decide
from tests.golden import assert_golden
from tests.reasoning.policies import policy_of, rule_of

CASES = installed("rules") / "cases"
OPTIONS = tuple(Option(name, name.upper(), frozenset()) for name in ("one", "two"))
OWN = b"""
answers: {monthly_queries: 200000, corpus_documents: 5000, update_frequency: daily, retrainings_per_quarter: 0}
costs: {Model monitoring: 120, Retraining: 4000, rag: {Vector storage: [40, 60]}}
"""


def page(decision: Decision, months: int) -> str:
    text = lines_of(costs_document(decision, months), 80) + "\n"
    assert all(len(line) <= 80 for line in text.splitlines())
    return text


def test_costs_while_nothing_is_known(shipped: Policy) -> None:
    assert_golden("costs-nothing-known.txt", page(decide(shipped, {}), 12))


def test_costs_with_own_figures_over_three_years(shipped: Policy) -> None:
    case = read_case(OWN, "case", shipped)
    assert_golden("costs-own-figures.txt", page(decide(shipped, case.answers, own=case.own), 36))


def test_costs_where_there_is_nothing_to_search(shipped: Policy) -> None:
    case = load_case(CASES / "no-documents.yaml", shipped)
    assert_golden("costs-no-documents.txt", page(decide(shipped, case.answers), 1))


def priced(*consequents: Consequent) -> Decision:
    rules = [rule_of(f"r{number}", Always(True), consequent) for number, consequent in enumerate(consequents)]
    answers: Answers = {}
    return decide(policy_of([], rules, OPTIONS), answers, "reference")


def sums(
    one: tuple[int, int], monthly: tuple[int, int], other: tuple[int, int], other_monthly: tuple[int, int]
) -> Decision:
    """Two options that cost so much at the start and a month."""
    return priced(
        Cost("a", ("one",), Fraction(one[0]), Fraction(one[1]), "once"),
        Cost("b", ("one",), Fraction(monthly[0]), Fraction(monthly[1]), "month"),
        Cost("c", ("two",), Fraction(other[0]), Fraction(other[1]), "once"),
        Cost("d", ("two",), Fraction(other_monthly[0]), Fraction(other_monthly[1]), "month"),
    )


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (
            sums((10, 10), (1, 1), (4, 4), (3, 3)),
            "- ONE costs less than TWO from month 4 on. By month 12 ONE has cost less in every combination.",
        ),
        (
            sums((10, 20), (1, 1), (4, 4), (3, 3)),
            "- ONE costs less than TWO from month 9 on in every combination, in some from month 4 on. By month 12 ONE "
            "has cost less in every combination.",
        ),
        (
            sums((70, 80), (1, 1), (4, 4), (3, 3)),
            "- ONE costs less than TWO from month 39 on (past the months shown) in every combination, in some from "
            "month 34 on (past the months shown). By month 12 TWO has cost less in every combination.",
        ),
        (
            sums((10, 20), (3, 3), (4, 4), (3, 3)),
            "- ONE never comes to cost less than TWO: within these ranges there is no break-even. By month 12 TWO has "
            "cost less in every combination.",
        ),
        (
            sums((10, 10), (3, 3), (10, 10), (3, 3)),
            "- ONE never comes to cost less than TWO: within these ranges there is no break-even. By month 12 both "
            "have cost the same.",
        ),
        (
            sums((10, 10), (0, 2), (4, 4), (1, 2)),
            "- ONE can cost less than TWO from month 4 on, but need never do so: within these ranges no break-even is "
            "certain. With each figure in the middle of its range it does from month 13 on (past the months shown). By "
            "month 12 ONE has cost less in 50.0% of the combinations, TWO in 50.0%, give or take 0.3 points.",
        ),
    ],
)
def test_break_even_in_words(decision: Decision, said: str) -> None:
    text = lines_of(costs_document(decision, 12), 1000)
    assert said in text.splitlines()


def test_narrowings_that_leave_nothing_in_common_are_named() -> None:
    cost = Cost("a", ("one",), Fraction(10), Fraction(20), "once")
    text = lines_of(costs_document(priced(cost, Narrow("a", (), 0, 10), Narrow("a", (), 50, 60)), 12), 1000)
    assert "- a: $10 to $20 once" in text.splitlines()
    rules = "r1 (rules.yaml:1, house) and r2 (rules.yaml:1, house)"
    assert f"  not narrowed, since these rules leave no part in common: {rules}" in text.splitlines()
    assert "Break-even" not in text
