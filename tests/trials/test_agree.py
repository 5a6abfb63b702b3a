"""On random policies, what is said of mutants is what running and trying everything on the reference comes to."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import product
from math import prod
from typing import Any

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from assistant.analysis.search import Search
from assistant.errors import EngineError, Span, WhysoError
from assistant.policy.syntax import Example, Policy, Rule
from assistant.policy.vocabulary import Answers
from assistant.reasoning import reference
from assistant.reasoning.cases import Case, differences, read_case
from assistant.reasoning.claims import Proven, Unknown
from assistant.reasoning.classes import classes_of
from assistant.reasoning.decision import decide
from assistant.reasoning.examples import failing_examples
from assistant.trials.differing import differs, telling_case, visible
from assistant.trials.mutants import Mutant, mutants_of
from assistant.trials.noticing import Tests
from assistant.trials.ready import Ready, telling
from assistant.trials.running import Trial
from tests.reasoning.policies import answers_to, policies

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "12"))
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
MOST_CASES = 300
MUTANTS = 8


def case_with(policy: Policy, answers: Answers, expect: dict[str, Any]) -> Case:
    """A case as a file would hold it."""
    data = {"case": "made-up", "answers": dict(answers), "expect": expect}
    return read_case(json.dumps(data).encode(), "made-up.json", policy)


def expectation(policy: Policy, answers: Answers, outlook: bool) -> dict[str, Any] | None:
    """All that a case can expect of some answers, with what might still be answered or without."""
    found = visible(policy, answers)
    if found is None:
        return None
    expect: dict[str, Any] = {
        "final": found.final or "none",
        "scores": dict(found.scores),
        "facts": {name: "none" if value is None else value for name, value in found.facts.items()},
        "adjustments": list(found.adjustments),
        "unmet": list(found.unmet),
        "fires": sorted(found.fired)[:2],
    }
    if outlook:
        with suppress(WhysoError):  # whatever the rest of the answers are, they may be impossible together
            expect["settled"] = decide(policy, answers, "reference").outlook.settled
    return expect


def alone(policy: Policy, trial: Trial) -> Rule:
    """The rule of an example, with that example only."""
    return replace(policy.by_id[trial.rule], examples=(Example(trial.answers, trial.fires, trial.span),))


def fails(policy: Policy, trial: Trial) -> bool:
    """Whether a test fails on a policy, run by itself on the reference."""
    if trial.case is not None:
        return bool(differences(trial.case, policy, "reference"))
    return bool(failing_examples(policy, [alone(policy, trial)]))


@st.composite
def policies_with_tests(draw: st.DrawFn) -> tuple[Policy, list[Trial]]:
    """A policy and tests of it that hold."""
    policy = draw(policies())
    trials: list[Trial] = []
    for line, answers in enumerate(draw(st.lists(answers_to(policy), min_size=1, max_size=8)), 1):
        place = Span("made-up.yaml", line, 1)
        if draw(st.booleans()):
            rule = draw(st.sampled_from(policy.rules))
            example = Trial(place, policy.id, answers, True, rule.id, draw(st.booleans()))
            trials.append(example if not fails(policy, example) else replace(example, fires=not example.fires))
        elif (expect := expectation(policy, answers, draw(st.integers(0, 3)) == 0)) is not None:
            keys = draw(st.lists(st.sampled_from(sorted(expect)), min_size=1, unique=True))
            case = case_with(policy, answers, {key: expect[key] for key in keys})
            trials.append(Trial(place, policy.id, answers, True, case=case))
    trials = [trial for trial in trials if not fails(policy, trial)]
    assume(trials)
    return policy, trials


@settings(max_examples=EXAMPLES, phases=PHASES)
@given(policies_with_tests())
def test_noticed_is_what_running_every_test_comes_to(one: tuple[Policy, list[Trial]]) -> None:
    policy, trials = one
    tests = Tests(policy, trials)
    for mutant in mutants_of(policy):
        other = mutant.of(policy)
        assert tests.notice(mutant) is any(fails(other, trial) for trial in trials), (mutant.change, policy.rules)


def every_case(policy: Policy, mutant: Mutant) -> Iterator[Answers]:
    """Every case that the policy or the mutant can tell apart."""
    rules = [*policy.rules, mutant.instead]
    names = {name for rule in rules for name in rule.reads} | set(policy.verdict.needs)
    facts = [fact for name, fact in policy.told.items() if name in names]
    classes = classes_of(facts, rules)
    assume(prod(len(several) + 1 for several in classes.values()) <= MOST_CASES)
    for chosen in product(*((None, *several) for several in classes.values())):
        yield {name: one.low for name, one in zip(classes, chosen, strict=True) if one is not None}


@settings(max_examples=EXAMPLES, phases=PHASES)
@given(policies(), st.randoms(use_true_random=False))
def test_equivalent_is_what_trying_every_case_comes_to(policy: Policy, dice: Any) -> None:
    mutants = list(mutants_of(policy))
    for mutant in dice.sample(mutants, min(MUTANTS, len(mutants))):
        cases = list(every_case(policy, mutant))
        other = mutant.of(policy)
        proof = telling_case(Search(policy), mutant)
        if isinstance(proof, Proven):
            assert not any(differs(policy, other, answers) for answers in cases), (mutant.change, policy.rules)
        elif isinstance(proof, Unknown):
            assert any(at_odds(policy, answers) for answers in cases), (mutant.change, policy.rules)
        else:
            ready = telling(policy, mutant, proof.example)
            assert not ready_fails(policy, ready), (mutant.change, policy.rules)
            assert ready_fails(other, ready), (mutant.change, policy.rules)


def at_odds(policy: Policy, answers: Answers) -> bool:
    """Whether rules conclude different values."""
    try:
        reference.reference_for(policy).infer(answers)
    except EngineError:
        return True
    return False


def ready_fails(policy: Policy, ready: Ready) -> bool:
    """Whether a test that is offered fails on a policy."""
    if ready.expect is None:
        try:
            memory = reference.reference_for(policy).infer(ready.answers).memory
        except EngineError:
            return True
        return (reference.test_of(policy.by_id[ready.rule].when)(memory) is True) is not ready.fires
    return bool(differences(read_case(ready.text.encode(), "ready.yaml", policy), policy, "reference"))
