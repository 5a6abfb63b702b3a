"""The shipped policy's matrix against the article's, written here as a plain function: every class and boundary."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.policy.strata import supporting
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Value
from assistant.reasoning.engines import Engine, durable_available, engine_for
from assistant.reasoning.reference import reference_for


def article(
    data_volume: int,
    update_frequency: int,
    latency_requirements: int,
    accuracy_needs: int,
    budget_constraints: int,
    maintenance_capacity: int,
) -> tuple[str, int, int]:
    """The article's listing: the verdict, and the points of fine-tuning and of RAG."""
    fine_tuning = rag = 0
    if data_volume > 1000:
        fine_tuning += 2
    if update_frequency < 2:
        fine_tuning += 3
    if latency_requirements > 8:
        fine_tuning += 2
    if accuracy_needs > 8:
        fine_tuning += 2
    if data_volume > 10000:
        rag += 2
    if update_frequency > 7:
        rag += 3
    if budget_constraints > 6:
        rag += 2
    if maintenance_capacity < 5:
        rag += 1
    if fine_tuning > rag + 2:
        return "fine_tuning", fine_tuning, rag
    if rag > fine_tuning + 2:
        return "rag", fine_tuning, rag
    return "hybrid", fine_tuning, rag


BOUNDARIES = {
    "data_volume": (0, 999, 1000, 1001, 9999, 10000, 10001, 10**15),
    "update_frequency": (0, 1, 2, 3, 7, 8, 10),
    "latency_requirements": (0, 8, 9, 10),
    "accuracy_needs": (0, 8, 9, 10),
    "budget_constraints": (0, 6, 7, 10),
    "maintenance_capacity": (0, 4, 5, 10),
}


THRESHOLDS = ((1000, 1001, 10000, 10001), (1, 2, 7, 8), (8, 9), (8, 9), (6, 7), (4, 5))
"""Both sides of each: every class of every criterion is among them."""


@pytest.fixture(scope="module")
def matrix_only(shipped: Policy) -> Policy:
    """The shipped policy with the rules of the matrix alone, which are complete in themselves."""
    ids = supporting(shipped.by_id, shipped.verdict, [shipped.verdict.chosen])
    return replace(shipped, rules=tuple(rule for rule in shipped.rules if rule.id in ids))


def found(engine: Engine, values: Mapping[str, Value]) -> tuple[str | None, int, int]:
    inference = engine.infer(values)
    assert inference.scores.keys() == {"fine_tuning", "rag"}
    return inference.verdict.matrix, inference.scores["fine_tuning"], inference.scores["rag"]


def test_every_class_and_boundary_by_reference(matrix_only: Policy) -> None:
    engine = reference_for(matrix_only)
    count = 0
    for values in product(*BOUNDARIES.values()):
        count += 1
        assert found(engine, dict(zip(BOUNDARIES, values, strict=True))) == article(*values), values
    assert count == 8 * 7 * 4 * 4 * 4 * 4


@pytest.mark.skipif(not durable_available(), reason="durable-rules does not import on this Python")
def test_every_class_and_both_sides_of_every_threshold_by_durable(matrix_only: Policy) -> None:
    engine = engine_for(matrix_only, "durable")
    for values in product(*THRESHOLDS):
        assert found(engine, dict(zip(BOUNDARIES, values, strict=True))) == article(*values), values


VALUES = st.fixed_dictionaries(
    {"data_volume": st.one_of(st.integers(0, 20000), st.sampled_from(BOUNDARIES["data_volume"]))}
    | {name: st.integers(0, 10) for name in list(BOUNDARIES)[1:]}
)


@given(values=VALUES)
def test_any_six_values_in_the_whole_policy(values: dict[str, int], shipped: Policy) -> None:
    assert found(reference_for(shipped), values) == article(**values)


@given(values=VALUES, missing=st.sets(st.sampled_from(sorted(BOUNDARIES)), min_size=1))
def test_matrix_is_null_until_all_six_are_known(values: dict[str, int], missing: set[str], shipped: Policy) -> None:
    known = {name: value for name, value in values.items() if name not in missing}
    verdict = reference_for(shipped).infer(known).verdict
    assert verdict.matrix is None
    assert verdict.final is not None


def test_worked_example_of_the_article(shipped: Policy) -> None:
    values = dict(zip(BOUNDARIES, (5000, 3, 9, 8, 4, 7), strict=True))
    assert found(reference_for(shipped), values) == ("fine_tuning", 4, 0) == article(**values)


def test_the_margin_is_more_than_two() -> None:
    """Of the oracle itself: a lead of two is a hybrid, of three is not."""
    assert article(1001, 5, 5, 5, 5, 5) == ("hybrid", 2, 0)
    assert article(1000, 1, 5, 5, 5, 5) == ("fine_tuning", 3, 0)
    assert article(0, 5, 5, 5, 7, 5) == ("hybrid", 0, 2)
    assert article(0, 8, 5, 5, 5, 5) == ("rag", 0, 3)
