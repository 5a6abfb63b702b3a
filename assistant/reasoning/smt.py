"""The policy as constraints (z3): what holds in all possible answers is proven, refuted by an example, or unknown.

The general way to what `possibilities` enumerates, for any policy of any size. z3 is loaded with the first question.
Results are the same on every run: what z3 happens to find first is never shown, but the first in a fixed order. Only
a time limit makes a difference, and then says so. Any thread may ask; questions to the same encoding wait for each
other. `patience` says how long a proof may take; it ends at once on Ctrl-C, with KeyboardInterrupt, and when it is
cancelled, with `CancelledError`.

A case in which two rules conclude different values of one fact is an error and has no verdict, so it counts as one
that the policy forbids.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assistant.policy.syntax import Condition, Policy
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.changes import check_names
from assistant.reasoning.claims import Flips, Proof, Refuted, Unknown


@dataclass(frozen=True)
class Evaluation:
    """What follows from some answers, as an inference holds it; `fired` and `adjustments` are ids of rules in order."""

    memory: Mapping[str, Value | None]
    fired: tuple[str, ...]
    scores: Mapping[str, int]
    final: str | None
    matrix: str | None
    adjustments: tuple[str, ...]
    contradictions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forcing:
    """Given answers that force the final verdict, whatever all other facts may be.

    `minimal`: proven that no fewer do, and of those that do these come first in the vocabulary's order; without it the
    time ran out.
    """

    final: str | None
    facts: Answers
    minimal: bool = True


@dataclass(frozen=True, slots=True)
class Fires:
    """That a rule fires, as something to look for."""

    rule: str


def evaluate(policy: Policy, answers: Answers) -> Evaluation:
    """Everything that follows from the answers; raises `EngineError` where rules conclude different values."""
    from assistant.reasoning.smt_encoding import encoding_for
    from assistant.reasoning.smt_evaluation import evaluate_in

    return evaluate_in(encoding_for(policy), answers)


def prove_settled(policy: Policy, answers: Answers) -> Proof:
    """Whether every possible completion of the unknown facts gives the same final verdict.

    Refuted by the first completion that gives another than the verdict on what is known. Raises `EngineError` where the
    answers contradict each other.
    """
    from assistant.reasoning.smt_cases import settled_in
    from assistant.reasoning.smt_encoding import verdict_encoding_for
    from assistant.reasoning.smt_proving import prove

    return prove(verdict_encoding_for(policy), lambda prover: settled_in(prover, answers))


def find_case(
    policy: Policy,
    *wanted: Condition | Fires,
    answers: Answers | None = None,
    conflicting: bool = False,
) -> Proof:
    """The first possible completion of the answers in which all that is wanted is true, or that there is none.

    Facts that have no part in it are left out. `conflicting` admits cases in which rules conclude different values.
    """
    from assistant.reasoning.smt_cases import case_encoding_for, case_in
    from assistant.reasoning.smt_proving import prove

    encoding, goal = case_encoding_for(policy, wanted)
    given = {} if answers is None else answers
    return prove(encoding, lambda prover: case_in(prover, goal, given, conflicting))


def smallest_flips(
    policy: Policy, answers: Answers, to: str | None = None, keep: Collection[str] = ()
) -> Flips | Unknown:
    """The fewest facts whose change gives another final verdict than now, or gives `to`; each such set of facts.

    Facts in `keep` stay as they are; an unknown fact stays unknown unless it is one of those changed. Raises
    `EngineError` where the answers contradict each other.
    """
    from assistant.reasoning.smt_encoding import verdict_encoding_for
    from assistant.reasoning.smt_flips import flips_in
    from assistant.reasoning.smt_proving import prove

    check_names(policy, to, keep)
    return prove(verdict_encoding_for(policy), lambda prover: flips_in(prover, answers, to, keep))


def smallest_settling(policy: Policy, answers: Answers) -> Forcing | Refuted | Unknown:
    """A smallest part of the given answers that forces the final verdict; refuted where even all of them do not."""
    from assistant.reasoning.smt_encoding import verdict_encoding_for
    from assistant.reasoning.smt_proving import prove
    from assistant.reasoning.smt_settling import settling_in

    return prove(verdict_encoding_for(policy), lambda prover: settling_in(prover, answers))
