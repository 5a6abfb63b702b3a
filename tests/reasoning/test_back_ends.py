"""All four back ends at once: on any policy and answers, complete or partial, they say what the reference says.

A hard run: `WHYSO_POLICIES=2000 WHYSO_ANSWERS=50 pytest tests/reasoning/test_back_ends.py`.
"""

import os
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import EngineError
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers, FactType, Kind, Value
from assistant.reasoning.durable import Durable
from assistant.reasoning.reference import Reference
from assistant.reasoning.smt import evaluate
from assistant.reasoning.vectorised import infer_batch
from tests.reasoning.policies import Outcome, outcome, policies
from tests.reasoning.test_vectorised import columns_of, row_outcome

pytest.importorskip("durable.engine", exc_type=ImportError)

pytestmark = pytest.mark.filterwarnings("ignore:datetime:DeprecationWarning:durable.engine")  # on 3.12, each firing

POLICIES = int(os.environ.get("WHYSO_POLICIES", "60"))
ANSWERS = int(os.environ.get("WHYSO_ANSWERS", "12"))


def answers_by(dice: Random, policy: Policy) -> Answers:
    """Answers to all questions every second time, else to some."""
    share = dice.choice((1.0, 1.0, dice.random()))
    return {name: _value(dice, fact) for name, fact in policy.told.items() if dice.random() < share}


def _value(dice: Random, fact: FactType) -> Value:
    match fact.kind:
        case Kind.FLAG:
            return dice.random() < 0.5
        case Kind.CHOICE:
            return dice.choice([option.value for option in fact.options])
        case Kind.SCALE:
            return dice.randint(fact.low, fact.high or 10)
        case Kind.COUNT:
            return dice.choice((0, 1, 2, 3, 4, 5, 6, 999, 1000, 1001, 10**15))


@settings(max_examples=POLICIES, deadline=None)
@given(policies(), st.integers(0, 2**32))
def test_the_back_ends_agree(policy: Policy, seed: int) -> None:
    dice = Random(seed)
    several = [answers_by(dice, policy) for _ in range(ANSWERS)]
    expected = [outcome(Reference(policy).infer, answers) for answers in several]
    durable = Durable(policy)
    assert [outcome(durable.infer, answers) for answers in several] == expected
    _columns_agree(policy, several, expected)
    for answers, wanted in zip(several, expected, strict=True):
        _constraints_agree(policy, answers, wanted)


def _columns_agree(policy: Policy, several: Sequence[Answers], expected: Sequence[Outcome]) -> None:
    """Where rules conclude different values, the columns say only that the row is impossible."""
    columns, unknown = columns_of(policy, list(several))
    batch = infer_batch(policy, None, columns, len(several), unknown)
    for row, wanted in enumerate(expected):
        found = row_outcome(batch, row)
        assert bool(found.contradictions) is bool(wanted.contradictions or wanted.error)
        if not wanted.error:
            assert (found.memory, found.fired, found.scores) == (wanted.memory, wanted.fired, wanted.scores)
            assert found.verdict == wanted.verdict


def _constraints_agree(policy: Policy, answers: Answers, wanted: Outcome) -> None:
    if wanted.error:
        with pytest.raises(EngineError) as raised:
            evaluate(policy, answers)
        assert str(raised.value) == wanted.error
        return
    found = evaluate(policy, answers)
    verdict = Reference(policy).infer(answers).verdict
    assert Outcome(found.memory, found.fired, found.scores, verdict, found.contradictions) == wanted
    assert (found.final, found.matrix) == (verdict.final, verdict.matrix)
    assert found.adjustments == tuple(rule.id for rule in verdict.adjustments)
