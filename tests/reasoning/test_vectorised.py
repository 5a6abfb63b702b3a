"""The policy over columns gives, row by row, what the reference gives.

`WHYSO_EXAMPLES=20000` makes the comparison a hard one.
"""

import os

import numpy as np
from hypothesis import given, settings

from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.columns import Column, Mask, code_of
from assistant.reasoning.loading import load_policy
from assistant.reasoning.reference import Reference
from assistant.reasoning.vectorised import Batch, infer_batch
from tests.reasoning.policies import Outcome, cases, outcome

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "150"))


def columns_of(policy: Policy, several: list[Answers]) -> tuple[dict[str, Column], dict[str, Mask]]:
    columns, unknown = {}, {}
    for name, fact in policy.told.items():
        values = [code_of(fact, answers[name]) if name in answers else 0 for answers in several]
        columns[name] = np.asarray(values, np.int64)
        unknown[name] = np.asarray([name not in answers for answers in several])
    return columns, unknown


def row_outcome(batch: Batch, row: int) -> Outcome:
    fired = tuple(rule.id for rule in batch.policy.rules if batch.fired[rule.id][row])
    memory = batch.memory(row)
    scores = {option: int(memory[f"scores.{option}"] or 0) for option in batch.policy.scored}
    contradictions = () if batch.possible[row] else ("some",)
    return Outcome(memory, fired, scores, batch.verdicts[batch.form[row]], contradictions)


def agree(policy: Policy, several: list[Answers]) -> None:
    outcomes = [(answers, outcome(Reference(policy).infer, answers)) for answers in several]
    several = [answers for answers, one in outcomes if not one.error]
    expected = [one for _, one in outcomes if not one.error]
    if not several:
        return
    columns, unknown = columns_of(policy, several)
    batch = infer_batch(policy, None, columns, len(several), unknown)
    for row, wanted in enumerate(expected):
        found = row_outcome(batch, row)
        assert found.memory == wanted.memory
        assert found.fired == wanted.fired
        assert found.scores == wanted.scores
        assert found.verdict == wanted.verdict
        assert bool(found.contradictions) is bool(wanted.contradictions)
        bits = np.unpackbits(batch.bits()[row])[: len(policy.rules)]
        assert [rule.id for rule, bit in zip(policy.rules, bits, strict=True) if bit] == list(wanted.fired)


@settings(max_examples=EXAMPLES, deadline=None)
@given(cases(most=6))
def test_columns_give_what_the_reference_gives(case: tuple[Policy, list[Answers]]) -> None:
    agree(*case)


def test_shipped_policy_over_its_own_examples() -> None:
    shipped = load_policy()
    agree(shipped, [example.facts for rule in shipped.rules for example in rule.examples])
