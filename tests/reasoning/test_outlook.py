"""What the options cost over the months: totals, passing each other, and shares of the combinations."""

from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.policy.syntax import Always, Cost, Option, Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.costs import OwnFigure, Range
from assistant.reasoning.draws import uniform
from assistant.reasoning.outlook import MOST_MONTHS, Comparison, CostOutlook, outlook_of
from assistant.reasoning.reference import reference_for
from tests.reasoning.policies import policy_of, rule_of

OPTIONS = tuple(Option(name, name, frozenset()) for name in ("one", "two", "three"))


def priced(*costs: Cost) -> Policy:
    """A policy in which these costs always fall due, each by a rule of its own."""
    rules = [rule_of(f"r{number}", Always(True), cost) for number, cost in enumerate(costs)]
    return policy_of([], rules, OPTIONS)


def cost(option: str, low: int, high: int, per: str = "once", item: str = "thing") -> Cost:
    """A cost of one option."""
    return Cost(item, (option,), Fraction(low), Fraction(high), per)


def outlook(policy: Policy, months: int = 12, own: tuple[OwnFigure, ...] = (), **answers: int) -> CostOutlook:
    """The outlook on some answers."""
    told: Answers = answers
    return outlook_of(reference_for(policy).infer(told), months, own)


def only(found: CostOutlook) -> Comparison:
    """The one comparison of an outlook."""
    (comparison,) = found.comparisons
    return comparison


def pair(found: CostOutlook, dearer: str, cheaper: str) -> Comparison:
    """The comparison of two options."""
    return next(one for one in found.comparisons if (one.dearer, one.cheaper) == (dearer, cheaper))


def whole(ranges: Iterable[Range]) -> list[tuple[int, int]]:
    """Ranges of whole dollars."""
    assert all(end.denominator == 1 for ends in ranges for end in ends)
    return [(int(low), int(high)) for low, high in ranges]


YEARLY = OwnFigure("Retraining", ("fine_tuning", "hybrid"), "quarter", Fraction(1000, 4), Fraction(10000, 4))


@pytest.mark.parametrize(
    ("retrainings", "own", "share"),
    [(1, (), 0.23), (1, (YEARLY,), 0.59), (0, (), 0.73)],
    ids=["quarterly", "yearly", "never"],
)
def test_fine_tuning_catches_up_within_a_year_in_this_share_of_the_article_s_ranges(
    shipped: Policy, retrainings: int, own: tuple[OwnFigure, ...], share: float
) -> None:
    found = pair(outlook(shipped, 12, own, retrainings_per_quarter=retrainings), "fine_tuning", "rag")
    assert abs(float(found.share) - share) < 0.005
    assert found.share + found.opposite == 1
    assert 0.002 < found.error < 0.0035


def test_within_the_article_s_ranges_no_break_even_is_certain_and_none_is_excluded(shipped: Policy) -> None:
    found = pair(outlook(shipped), "fine_tuning", "rag")
    assert (found.earliest, found.middle, found.latest) == (0, None, None)


def test_a_hybrid_pays_for_both_sides_and_is_never_the_cheaper(shipped: Policy) -> None:
    for cheaper in ("fine_tuning", "rag"):
        found = pair(outlook(shipped), "hybrid", cheaper)
        assert found.earliest is None
        assert found.opposite == 1
        assert found.share == found.error == 0


def test_totals_go_month_by_month_from_the_start(shipped: Policy) -> None:
    by_option = {option.option: option for option in outlook(shipped, 3).options}
    rag = by_option["rag"]
    assert whole(rag.cumulative) == [(4200, 22000), (4650, 27000), (5100, 32000), (5550, 37000)]
    assert whole((rag.initial, rag.monthly)) == [(4200, 22000), (450, 5000)]


def test_an_option_with_nothing_to_price_is_not_compared(shipped: Policy) -> None:
    found = outlook(shipped, corpus_documents=0, training_iterations=0)
    assert [option.items for option in found.options] == [(), (), ()]
    assert found.comparisons == ()


@pytest.mark.parametrize(
    ("costs", "months"),
    [
        (((10, 10), (1, 1), (4, 4), (3, 3)), (4, 4, 4)),  # equal after 3 months, below from the fourth on
        (((10, 20), (1, 1), (4, 4), (3, 3)), (4, 9, 6)),
        (((10, 20), (1, 1), (4, 4), (0, 3)), (4, None, 23)),
        (((10, 20), (3, 3), (4, 4), (3, 3)), (None, None, None)),
        (((10, 20), (5, 5), (4, 4), (3, 3)), (None, None, None)),
        (((2, 20), (5, 5), (4, 4), (3, 3)), (0, None, None)),
        (((10, 20), (1, 1), (10, 20), (1, 1)), (0, None, None)),
    ],
)
def test_break_even_lies_between_the_first_month_possible_and_the_last(
    costs: tuple[tuple[int, int], ...], months: tuple[int | None, int | None, int | None]
) -> None:
    a, a_month, b, b_month = costs
    policy = priced(cost("one", *a), cost("one", *a_month, "month"), cost("two", *b), cost("two", *b_month, "month"))
    found = only(outlook(policy))
    assert (found.dearer, found.earliest, found.latest, found.middle) == ("one", *months)


@pytest.mark.parametrize(
    ("costs", "until"),
    [
        (((2, 20), (5, 5), (4, 4), (3, 3)), 0),  # 2 below at the start, 2 more each month: level after the first
        (((2, 20), (5, 5), (9, 9), (3, 3)), 3),  # 7 below at the start: still 1 below after three months
        (((2, 20), (3, 5), (4, 4), (3, 3)), None),
        (((10, 20), (5, 5), (4, 4), (3, 3)), None),
    ],
)
def test_what_is_possible_only_at_first_says_until_when(costs: tuple[tuple[int, int], ...], until: int | None) -> None:
    a, a_month, b, b_month = costs
    policy = priced(cost("one", *a), cost("one", *a_month, "month"), cost("two", *b), cost("two", *b_month, "month"))
    assert only(outlook(policy)).until == until


@pytest.mark.parametrize(
    ("one", "two", "share"),
    [
        ((0, 10), (0, 10), 0.5),
        ((5, 15), (0, 10), 0.125),
        ((0, 20), (5, 5), 0.25),
        ((6, 9), (5, 5), 0),
        ((5, 5), (5, 5), 0),
    ],
)
def test_a_share_is_the_part_of_the_combinations(one: tuple[int, int], two: tuple[int, int], share: float) -> None:
    found = only(outlook(priced(cost("one", *one), cost("two", *two))))
    assert abs(float(found.share) - share) <= 2 * found.error


def test_what_two_options_have_in_common_costs_both_the_same() -> None:
    shared = Cost("thing", ("one", "two"), Fraction(0), Fraction(1000), "once")
    found = only(outlook(priced(shared, cost("one", 0, 1), cost("two", 2, 3))))
    assert (found.dearer, found.cheaper) == ("two", "one")
    assert (found.opposite, found.error) == (Fraction(1), 0)


def test_amounts_beyond_what_machines_count_exactly_are_compared_too() -> None:
    found = only(outlook(priced(cost("one", 0, 10**400), cost("two", 0, 10**400)), 600))
    assert abs(found.share - Fraction(1, 2)) <= found.error


@pytest.mark.parametrize("months", [-1, MOST_MONTHS + 1])
def test_months_have_bounds(shipped: Policy, months: int) -> None:
    with pytest.raises(ValueError, match="months must be from 0 to 600"):
        outlook(shipped, months)


def test_draws_are_those_of_splitmix64_for_the_digest_of_the_name() -> None:
    assert uniform("thing", 1000).tolist() == _split_mix(0xC15804B5DBC86574, 1000)
    assert uniform("thing", 2).tolist() == [0.5562429077069284, 0.3052432474994077]
    assert uniform("other", 2).tolist() != uniform("thing", 2).tolist()


def _split_mix(seed: int, draws: int) -> list[float]:
    """The generator as published, on Python's whole numbers."""
    word, found = (1 << 64) - 1, []
    for _ in range(draws):
        seed = (seed + 0x9E3779B97F4A7C15) & word
        mixed = ((seed ^ seed >> 30) * 0xBF58476D1CE4E5B9) & word
        mixed = ((mixed ^ mixed >> 27) * 0x94D049BB133111EB) & word
        found.append(((mixed ^ mixed >> 31) >> 11) / 2**53)
    return found


AMOUNTS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(sorted)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A policy of a few costs."""
    costs = []
    for number in range(draw(st.integers(1, 6))):
        low, high = draw(AMOUNTS)
        options = draw(st.lists(st.sampled_from(["one", "two", "three"]), min_size=1, max_size=3, unique=True))
        per = draw(st.sampled_from(["once", "month", "quarter"]))
        costs.append(Cost(f"item {number}", tuple(options), Fraction(low), Fraction(high), per))
    return priced(*costs)


@given(policies(), st.integers(0, 40))
def test_totals_only_grow_and_their_ends_stay_in_order(policy: Policy, months: int) -> None:
    for option in outlook(policy, months).options:
        assert len(option.cumulative) == months + 1
        assert option.cumulative[0] == option.initial
        assert all(low <= high for low, high in option.cumulative)
        for before, after in zip(option.cumulative, option.cumulative[1:], strict=False):
            assert before[0] <= after[0]
            assert before[1] <= after[1]
        assert all(item.low <= item.high for item in option.items)


@settings(max_examples=40)
@given(policies(), st.integers(0, 40))
def test_shares_are_parts_of_one_whole_and_agree_with_the_ranges(policy: Policy, months: int) -> None:
    found = outlook(policy, months)
    totals = {option.option: option.cumulative[-1] for option in found.options}
    for comparison in found.comparisons:
        assert 0 <= comparison.share <= 1
        assert comparison.opposite >= 0
        assert comparison.share + comparison.opposite <= 1
        if totals[comparison.dearer][1] < totals[comparison.cheaper][0]:
            assert comparison.share == 1
        if totals[comparison.dearer][0] > totals[comparison.cheaper][1]:
            assert comparison.opposite == 1


@settings(max_examples=40)
@given(policies())
def test_the_months_of_break_even_are_in_order_and_bound_the_shares(policy: Policy) -> None:
    for comparison in outlook(policy).comparisons:
        dearer, cheaper = comparison.dearer, comparison.cheaper
        if comparison.latest is not None:
            assert comparison.earliest is not None
            assert comparison.middle is not None
            assert comparison.earliest <= comparison.middle <= comparison.latest
            if comparison.latest <= MOST_MONTHS:
                assert pair(outlook(policy, comparison.latest), dearer, cheaper).share == 1
        if comparison.until is not None:
            assert comparison.latest is None
            assert pair(outlook(policy, min(comparison.until + 1, MOST_MONTHS)), dearer, cheaper).share == 0 or (
                comparison.until >= MOST_MONTHS
            )
        if comparison.earliest is None:
            assert comparison.share == 0
        elif 0 < comparison.earliest <= MOST_MONTHS:
            assert pair(outlook(policy, comparison.earliest - 1), dearer, cheaper).share == 0


@settings(max_examples=20)
@given(policies(), st.integers(0, 40))
def test_the_same_input_gives_the_same_outlook_whatever_the_order_of_the_rules(policy: Policy, months: int) -> None:
    again = policy_of([], [rule_of(rule.id, rule.when, *rule.then) for rule in reversed(policy.rules)], OPTIONS)
    one, other = outlook(policy, months), outlook(again, months)
    assert one.comparisons == other.comparisons
    assert [option.cumulative for option in one.options] == [option.cumulative for option in other.options]


@settings(max_examples=40)
@given(policies(), AMOUNTS)
def test_an_own_figure_stands_for_the_item(policy: Policy, ends: list[int]) -> None:
    item = policy.rules[0].then[0]
    assert isinstance(item, Cost)
    own = OwnFigure(item.item, item.options[:1], item.per, Fraction(ends[0]), Fraction(ends[1]))
    for option in outlook(policy, 12, (own,)).options:
        for found in option.items:
            mine = found.item == item.item and option.option == item.options[0]
            assert found.own is mine
            if mine:
                share = 3 if item.per == "quarter" else 1
                assert [found.low * share, found.high * share] == ends
