"""Proofs of policies made to be hard to follow: what is shared is told once, and what is deep is cut off."""

import time
from itertools import pairwise

from assistant.explanation.proof import DEEPEST, Step, proof, proof_document
from assistant.policy.syntax import And, Compare, Conclude, Policy, Rule
from assistant.policy.vocabulary import Kind
from assistant.reasoning.decision import decide
from assistant.reports.data import proof_data
from tests.reasoning.policies import CHOSEN, derived_of, fact_of, policy_of, rule_of


def chain(length: int, wide: int) -> Policy:
    """Each derived fact rests on the one before, by as many rules as `wide` says."""
    names = ["start", *(f"d{number}" for number in range(length))]
    facts = [fact_of("start", Kind.FLAG), *(derived_of(name, Kind.FLAG, False) for name in names[1:])]
    rules: list[Rule] = []
    for below, name in pairwise(names):
        same = Compare(below, "==", True)
        rules += [rule_of(f"{name}-{copy}", And((same, same)), Conclude(name, True)) for copy in range(wide)]
    rules.append(rule_of("choose", Compare(names[-1], "==", True), Conclude(CHOSEN, "two")))
    return policy_of(facts, rules)


def depth(step: Step) -> int:
    deepest, waiting = 0, [(step, 1)]
    while waiting:
        one, level = waiting.pop()
        deepest = max(deepest, level)
        waiting += [(origin, level + 1) for origin in one.origins]
    return deepest


def test_what_is_shared_is_built_and_told_once() -> None:
    decision = decide(chain(40, 2), {"start": True}, "reference")
    begun = time.monotonic()
    document = proof_document(decision)
    assert len(proof_data(proof(decision.inference), decision.policy)["from"]) == 1
    assert time.monotonic() - begun < 5, "as a tree it would have 2 ** 40 leaves"
    assert any(paragraph.text == "as shown above" for paragraph in document.paragraphs)


def test_a_very_deep_proof_is_cut_off_where_nobody_could_follow_it() -> None:
    decision = decide(chain(400, 1), {"start": True}, "reference")
    assert depth(proof(decision.inference)) > 400
    document = proof_document(decision)
    assert max(paragraph.indent for paragraph in document.paragraphs) == DEEPEST - 1
    assert document.paragraphs[-1].text.endswith("steps further down.")


def test_a_default_rests_on_what_would_have_concluded_otherwise() -> None:
    decision = decide(chain(1, 1), {"start": False}, "reference")
    [choice] = proof(decision.inference).origins
    [unmet] = choice.origins
    assert (choice.provenance, unmet.conclusion, unmet.provenance) == ("default", "d0", "default")
    assert [(told.conclusion, told.value) for told in unmet.origins] == [("start", False)]
