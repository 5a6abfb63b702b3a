"""Answers by which a mutant could be told from its policy, or a proof that there are none: then it changes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from assistant.analysis.search import Search
from assistant.errors import EngineError
from assistant.policy.syntax import And, Certain, Condition, Not, Or, Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.claims import Proof, Proven, Refuted, Unknown
from assistant.reasoning.columns import truth_of
from assistant.reasoning.goals import Goal
from assistant.reasoning.patience import check_wanted
from assistant.reasoning.reference import reference_for
from assistant.trials.mutants import Mutant, concludes

TRIED = 40
"""How many cases at hand are tried before the solver is asked."""


@dataclass(frozen=True, slots=True)
class Visible:
    """What a case's `expect` can say of some answers, but for what might still be answered."""

    final: str | None
    matrix: str | None
    scores: Mapping[str, int]
    facts: Mapping[str, object]
    adjustments: tuple[str, ...]
    unmet: tuple[str, ...]
    blocked: tuple[str, ...]
    fired: frozenset[str]


def visible(policy: Policy, answers: Answers) -> Visible | None:
    """What can be seen of some answers; None where the policy has no result for them."""
    try:
        found = reference_for(policy).infer(answers)
    except EngineError:
        return None
    if found.contradictions:
        return None
    verdict = found.verdict
    return Visible(
        verdict.final,
        verdict.matrix,
        found.scores,
        {name: found.derived(name) for name in policy.derived},
        tuple(sorted(rule.id for rule in verdict.adjustments)),
        tuple(sorted({one.requirement for one in verdict.unmet})),
        tuple(sorted(rule.id for rule in verdict.blocked)),
        frozenset(rule.id for rule in found.fired),
    )


def telling_case(search: Search, mutant: Mutant) -> Proof:
    """Refuted by answers that the policy allows and of which the mutant makes something else; proven where none are.

    First the cases at hand are tried, then the solver is asked. Where rules that have no part in it are at odds in what
    it finds, that is no case.
    """
    policy, other = search.policy, mutant.of(search.policy)
    for answers in _at_hand(search, mutant):
        check_wanted()
        if differs(policy, other, answers):
            return Refuted(_shrunk(policy, other, answers))
    proof = _proof(search, mutant)
    if isinstance(proof, Refuted) and not differs(policy, other, proof.example):
        return Unknown("rules are at odds in the case that was found")
    return proof


def _proof(search: Search, mutant: Mutant) -> Proof:
    """What the solver says: of the rule alone, where only that it fires can differ, else of all that rests on it."""
    if mutant.condition_changed:
        proof = search.case(Goal(when=(apart(mutant.rule.when, mutant.instead.when),)))
        if not isinstance(proof, Proven) or not concludes(mutant.rule):
            return proof
    elif mutant.operator == "points":
        return search.case(Goal(when=(mutant.rule.when,)))
    from assistant.reasoning.smt_twins import parting_case

    return parting_case(search.policy, mutant.rule, mutant.instead)


def differs(policy: Policy, other: Policy, answers: Answers) -> bool:
    """Whether a case with these answers could tell the two policies apart."""
    before = visible(policy, answers)
    return before is not None and before != visible(other, answers)


def apart(one: Condition, other: Condition) -> Condition:
    """That one of two conditions is true and the other is not."""
    alone = And((Certain(one), Not(Certain(other)))), And((Certain(other), Not(Certain(one))))
    return Or(alone)


def _at_hand(search: Search, mutant: Mutant) -> Iterable[Answers]:
    """Cases of the sample in which the rule says otherwise, the plainest first."""
    batch, rows = search.sample.batch, search.sample.rows
    before = truth_of(mutant.rule.when, batch)
    if not mutant.condition_changed:
        touched = [before.true]
    else:
        after = truth_of(mutant.instead.when, batch)
        touched = [before.true ^ after.true]
        if concludes(mutant.rule):
            unknown = [
                np.zeros(batch.size, np.bool_) if one.unknown is None else one.unknown for one in (before, after)
            ]
            touched.append(unknown[0] ^ unknown[1])
    for mask in touched:
        for row in np.flatnonzero(mask & batch.possible)[:TRIED]:
            yield rows[int(row)]


def _shrunk(policy: Policy, other: Policy, answers: Answers) -> Answers:
    """The answers without those that are not needed to tell the two apart, the later ones first."""
    left = policy.in_order(answers)
    for name in reversed(tuple(left)):
        fewer = {one: value for one, value in left.items() if one != name}
        if differs(policy, other, fewer):
            left = fewer
    return left
