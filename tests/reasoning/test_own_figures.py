"""Own figures in a case: by item or by option, an amount or a range, and everything that is none, with its place."""

import json
from fractions import Fraction

import pytest

from assistant.errors import CaseError
from assistant.policy.syntax import Always, Cost, Option, Policy
from assistant.reasoning.cases import read_case
from assistant.reasoning.decision import decide
from tests.reasoning.policies import policy_of, rule_of


def figures(costs: str, policy: Policy) -> dict[tuple[str, str], tuple[str, Fraction, Fraction]]:
    """The own figures of a case, by item and option."""
    own = read_case(f"costs: {costs}".encode(), "case", policy).own
    return {(one.item, option): (one.per, one.low, one.high) for one in own for option in one.options}


HOSTING = ("Model hosting", "fine_tuning"), ("Model hosting", "hybrid")


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("350", (350, 350)),
        ("350.50", (Fraction("350.5"), Fraction("350.5"))),
        ("0", (0, 0)),
        ("1000000000000000", (10**15, 10**15)),
        ("[200, 400]", (200, 400)),
        ("{low: 200, high: 400}", (200, 400)),
        ("{fine_tuning: 350, hybrid: 350}", (350, 350)),
        ("{fine_tuning: [200, 400], hybrid: {low: 200, high: 400}}", (200, 400)),
    ],
)
def test_a_figure_is_an_amount_or_a_range(
    shipped: Policy, written: str, ends: tuple[int | Fraction, int | Fraction]
) -> None:
    expected = ("month", *map(Fraction, ends))
    assert figures(f"{{Model hosting: {written}}}", shipped) == dict.fromkeys(HOSTING, expected)


def test_options_may_differ_and_may_stand_first(shipped: Policy) -> None:
    by_item = figures("{Vector storage: {rag: 40, hybrid: [50, 60]}}", shipped)
    by_option = figures("{rag: {Vector storage: 40}, hybrid: {Vector storage: [50, 60]}}", shipped)
    assert by_item == by_option
    assert by_item["Vector storage", "rag"] == ("month", Fraction(40), Fraction(40))


def test_nothing_said_is_no_figure(shipped: Policy) -> None:
    for text in ("", "{}", "{Model hosting: null}", "{Model hosting: {rag: null}}", "{rag: {Model hosting: null}}"):
        assert figures(text, shipped) == {}


def test_json_does_as_well(shipped: Policy) -> None:
    text = json.dumps({"answers": {}, "costs": {"Retraining": [250, 2500]}})
    assert [one.per for one in read_case(text.encode(), "case", shipped).own] == ["quarter", "quarter"]


def test_an_own_figure_stands_in_what_the_options_cost_and_counts_as_the_item_does(shipped: Policy) -> None:
    case = read_case(b"{answers: {retrainings_per_quarter: 3}, costs: {Retraining: [250, 2500]}}", "case", shipped)
    costs = decide(shipped, case.answers, own=case.own).costs
    mine = {cost.option: [item for item in cost.items if item.own] for cost in costs}
    assert {option: [item.item for item in items] for option, items in mine.items()} == {
        "fine_tuning": ["Retraining"],
        "rag": [],
        "hybrid": ["Retraining"],
    }
    assert (mine["hybrid"][0].low, mine["hybrid"][0].high) == (Fraction(250), Fraction(2500))


FAULTS = [
    (
        "{Model hostin: 3}",
        "case:1:9: unknown cost item `Model hostin`\nhelp: did you mean `Model hosting`?",
    ),
    (
        "{rag: {Vector storag: 3}}",
        "case:1:15: unknown cost item `Vector storag`\nhelp: did you mean `Vector storage`?",
    ),
    (
        "{Vector storage: {rga: 3}}",
        "case:1:26: unknown option `rga`\nhelp: did you mean `rag`?",
    ),
    (
        "{Vector storage: {fine_tuning: 3}}",
        "case:1:26: `fine_tuning` has no cost item `Vector storage`\nhelp: these have it: `rag`, `hybrid`",
    ),
    (
        "{fine_tuning: {Vector storage: 3}}",
        "case:1:9: `fine_tuning` has no cost item `Vector storage`\nhelp: these have it: `rag`, `hybrid`",
    ),
    (
        "{rag: 3}",
        "case:1:9: `rag` is an option, and a figure is for one of its items\nhelp: write `rag: {ITEM: amount}`",
    ),
    (
        "{Vector storage: 3, rag: {Vector storage: 4}}",
        "case:1:34: `Vector storage` of `rag` has two figures here\nhelp: keep one of the two",
    ),
    (
        "{Vector storage: -3}",
        "case:1:25: a cost is 0 or more, not `-3`\nhelp: write an amount, or a range as `[low, high]`",
    ),
    (
        "{Vector storage: [60, 40]}",
        "case:1:26: a cost is 0 or more, the lower end first, not `60` to `40`\n"
        "help: write an amount, or a range as `[low, high]`",
    ),
    (
        "{Vector storage: [40]}",
        "case:1:9: a figure is an amount or a range of two\nhelp: write an amount, or a range as `[low, high]`",
    ),
    (
        "{Vector storage: {low: 40}}",
        "case:1:9: a figure is an amount or a range of two\nhelp: write an amount, or a range as `[low, high]`",
    ),
    ("{Vector storage: .nan}", "case:1:25: expected a number, found `.nan`"),
    ("{Vector storage: .inf}", "case:1:25: expected a number up to 1,000,000,000,000,000, found `.inf`"),
    ("{Vector storage: 1e16}", "case:1:25: expected a number up to 1,000,000,000,000,000, found `1e16`"),
    ("{Vector storage: lots}", "case:1:25: expected a number, found `lots`"),
    ("{Vector storage: true}", "case:1:25: expected a number, found `true`"),
    ("[3]", "case:1:8: expected a mapping, found a list"),
]


@pytest.mark.parametrize(("written", "fault"), FAULTS, ids=[written for written, _ in FAULTS])
def test_what_is_no_figure_is_refused_with_its_place(shipped: Policy, written: str, fault: str) -> None:
    with pytest.raises(CaseError) as caught:
        figures(written, shipped)
    assert str(caught.value) == fault
    assert caught.value.exit_code == 2


def test_an_item_of_two_periods_takes_no_figure() -> None:
    costs = [Cost("licence", ("one",), Fraction(1), Fraction(2), per) for per in ("once", "month")]
    rules = [rule_of(f"r{number}", Always(True), cost) for number, cost in enumerate(costs)]
    policy = policy_of([], rules, (Option("one", "one", frozenset()), Option("two", "two", frozenset())))
    with pytest.raises(CaseError) as caught:
        figures("{licence: 3}", policy)
    assert str(caught.value) == (
        "case:1:9: `licence` is priced once and a month, so that one figure cannot stand for it\n"
        "help: leave it out, or give its parts two names in the policy"
    )
