"""Classes of values: no condition can tell two values of one class apart, and every value falls into exactly one."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from assistant.policy.syntax import Among, And, Compare, Condition, Not, Policy
from assistant.policy.vocabulary import FactType, Kind, Value
from assistant.reasoning.classes import ValueClass, classes_of, spans
from assistant.reasoning.reference import test_of as truth_of
from tests.reasoning.policies import fact_of, rule_of

COUNT = fact_of("items", Kind.COUNT)
SCALE = fact_of("level", Kind.SCALE, low=-3, high=3)
FLAG = fact_of("open", Kind.FLAG)
CHOICE = fact_of("mix", Kind.CHOICE, ["one", "two", "three"])


def classes(fact: FactType, *conditions: Condition) -> tuple[ValueClass, ...]:
    rules = [rule_of(f"r{number}", condition) for number, condition in enumerate(conditions)]
    return classes_of([fact], rules)[fact.name]


def test_flags_and_choices_have_a_class_for_each_value() -> None:
    assert classes(FLAG) == (ValueClass(True, True), ValueClass(False, False))
    assert [one.low for one in classes(CHOICE, Compare("mix", "==", "two"))] == ["one", "two", "three"]


def test_number_that_nothing_reads_is_of_one_class() -> None:
    assert classes(COUNT) == (ValueClass(0, None),)
    assert classes(SCALE, Compare("other", ">", 1)) == (ValueClass(-3, 3),)


def test_thresholds_cut_between_the_values_that_they_tell_apart() -> None:
    assert classes(COUNT, Compare("items", ">", 10)) == (ValueClass(0, 10), ValueClass(11, None))
    assert classes(COUNT, Compare("items", "<=", 10)) == (ValueClass(0, 10), ValueClass(11, None))
    assert classes(COUNT, Compare("items", ">=", 10)) == (ValueClass(0, 9), ValueClass(10, None))
    assert classes(COUNT, Compare("items", "<", 10)) == (ValueClass(0, 9), ValueClass(10, None))
    assert classes(COUNT, Compare("items", "==", 10)) == (ValueClass(0, 9), ValueClass(10, 10), ValueClass(11, None))
    assert classes(COUNT, Not(And((Among("items", (0, 2)),)))) == (
        ValueClass(0, 0),
        ValueClass(1, 1),
        ValueClass(2, 2),
        ValueClass(3, None),
    )


def test_thresholds_at_the_ends_cut_nothing() -> None:
    assert classes(SCALE, Compare("level", ">", 3), Compare("level", ">=", -3)) == (ValueClass(-3, 3),)
    assert classes(COUNT, Compare("items", ">", 10**15)) == (ValueClass(0, None),)


def numeric(fact: FactType) -> st.SearchStrategy[Condition]:
    value = st.integers(fact.low, 8 if fact.high is None else fact.high)
    compare = st.builds(Compare, st.just(fact.name), st.sampled_from(("<", "<=", ">", ">=", "==", "!=")), value)
    among = st.builds(Among, st.just(fact.name), st.lists(value, min_size=1).map(tuple), st.booleans())
    return st.one_of(compare, among, st.builds(Not, compare))


@given(data=st.data(), fact=st.sampled_from((COUNT, SCALE)))
def test_conditions_see_classes_only_and_every_cut_is_seen(data: st.DataObject, fact: FactType) -> None:
    conditions = data.draw(st.lists(numeric(fact), max_size=5))
    found = classes(fact, *conditions)
    values = range(fact.low, 12 if fact.high is None else fact.high + 1)
    seen = {value: tuple(truth_of(condition)({fact.name: value}) for condition in conditions) for value in values}
    for one in found:
        inside = [seen[value] for value in values if holds(one, value)]
        assert len(set(inside)) <= 1
    assert [sum(holds(one, value) for one in found) for value in values] == [1] * len(values)


def holds(one: ValueClass, value: Value) -> bool:
    assert isinstance(one.low, int)
    assert isinstance(value, int)
    return one.low <= value and (one.high is None or (isinstance(one.high, int) and value <= one.high))


def thresholds(policy: Policy, fact: str) -> Iterator[int]:
    return (int(one.low) for one in spans(policy.facts, policy.rules)[fact][1:])


def test_classes_of_the_matrix_begin_at_its_boundaries(shipped: Policy) -> None:
    rules = [rule for rule in shipped.rules if rule.at.startswith("matrix.yaml")]
    found = spans(shipped.facts, rules)
    assert {name: [one.low for one in several] for name, several in found.items()} == {
        "data_volume": [0, 1001, 10001],
        "update_frequency": [0, 2, 8],
        "latency_requirements": [0, 9],
        "accuracy_needs": [0, 9],
        "budget_constraints": [0, 7],
        "maintenance_capacity": [0, 5],
    }


def test_facts_that_no_rule_reads_have_no_classes(shipped: Policy) -> None:
    assert spans(shipped.facts, ()) == {}
    assert list(thresholds(shipped, "labelled_examples")) == [1000]
