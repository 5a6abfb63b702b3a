"""What follows from given answers, read off the one model that they leave: what the reference is compared with."""

import z3

from assistant.errors import EngineError
from assistant.policy.syntax import FINAL, Conclude, Impossible, Policy, Rule, Score
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.smt import Evaluation
from assistant.reasoning.smt_encoding import Encoding
from assistant.reasoning.smt_proving import Prover, holds, picked


def evaluate_in(encoding: Encoding, answers: Answers) -> Evaluation:
    """Everything that follows from the answers; raises `EngineError` where rules conclude different values."""
    with encoding.lock:
        prover = Prover(encoding)
        prover.check(*(one for said in encoding.literals(answers).values() for one in said))
        return _read(encoding, prover.solver.model(), answers)


def _read(encoding: Encoding, model: z3.ModelRef, answers: Answers) -> Evaluation:
    policy, verdict = encoding.policy, encoding.verdict
    fired = [rule for rule in encoding.rules if holds(model, encoding.fires[rule.id])]
    _check_agreement(fired)
    scores = _scores(policy, fired)
    memory: dict[str, Value | None] = {**answers, **{f"scores.{option}": total for option, total in scores.items()}}
    for name, made in encoding.made.items():
        if holds(model, made.known):
            memory[name] = picked(model, made.values)
    final = memory[FINAL]
    chosen = picked(model, verdict.chosen) if holds(model, verdict.complete) else None
    adjusting = (rule for rule in encoding.rules if rule.id in verdict.adjusts)
    return Evaluation(
        memory,
        tuple(rule.id for rule in fired),
        {option: scores[option] for option in policy.scored},
        None if final is None else str(final),
        None if chosen is None else str(chosen),
        tuple(rule.id for rule in adjusting if holds(model, verdict.adjusts[rule.id])),
        tuple(rule.id for rule in fired if any(isinstance(c, Impossible) for c in rule.then)),
    )


def _scores(policy: Policy, fired: list[Rule]) -> dict[str, int]:
    scores = {option.id: 0 for option in policy.options}
    for rule in fired:
        for consequent in rule.then:
            if isinstance(consequent, Score):
                scores[consequent.option] += consequent.points
    return scores


def _check_agreement(fired: list[Rule]) -> None:
    """The error that the reference raises where two rules conclude different values."""
    concluded: dict[str, tuple[Value | None, Rule]] = {}
    for rule in fired:
        for consequent in rule.then:
            if isinstance(consequent, Conclude):
                value, other = concluded.setdefault(consequent.fact, (consequent.value, rule))
                if value != consequent.value:
                    message = f"`{other.id}` and `{rule.id}` conclude different values of `{consequent.fact}` here"
                    raise EngineError(message, span=rule.span, help="make their conditions exclude each other")
