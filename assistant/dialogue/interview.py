"""What to ask next: first what can still change the verdict, then what the plan, the pattern and costs depend on."""

from collections.abc import Collection, Iterator

from assistant.policy.syntax import Advise, Cost, Policy
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.classes import spans
from assistant.reasoning.costs import costs_of
from assistant.reasoning.decision import Decision
from assistant.reasoning.elicitation import NextQuestion, next_question
from assistant.reasoning.possibilities import space_of
from assistant.reasoning.reference import reference_for
from assistant.reasoning.trace import Inference


def deciding(decision: Decision, skipped: Collection[str]) -> NextQuestion:
    """The question that leads soonest to a settled verdict; `fact` is None where none can change it any more."""
    return next_question(decision.policy, decision.inference.answers, skipped)


def spared(decision: Decision, skipped: Collection[str]) -> int:
    """How many of the questions that bear on the verdict have not been asked."""
    policy, told = decision.policy, decision.inference.answers
    bearing = [name for name in space_of(policy).classes if policy.facts[name].asked]
    return sum(1 for name in bearing if name not in told and name not in skipped)


def refining(decision: Decision, skipped: Collection[str]) -> Iterator[str]:
    """The facts that cannot change the verdict but would change the plan, the costs or the advice."""
    policy, answers = decision.policy, decision.inference.answers
    before = _visible(reference_for(policy).infer(answers))
    classes = spans(policy.facts, policy.rules)
    counted = {c.times for rule in policy.rules for c in rule.then if isinstance(c, Cost) and c.times}
    for name, fact in policy.told.items():
        if name in answers or name in skipped or not fact.asked:
            continue
        values: list[Value] = [one.low for one in classes.get(name, ())] + ([2, 3] if name in counted else [])
        if any(_visible(_with(policy, answers, name, value)) != before for value in values):
            yield name


def _with(policy: Policy, answers: Answers, name: str, value: Value) -> Inference:
    return reference_for(policy).infer({**answers, name: value})


def _visible(inference: Inference) -> tuple[object, ...]:
    """What an architect would see of an inference: the parts of the verdict, the advice and the sums."""
    spec = inference.policy.verdict
    parts = tuple(inference.derived(name) for name in (*spec.parts, *spec.beside))
    said = tuple(rule.id for rule in inference.fired if any(isinstance(c, Advise | Cost) for c in rule.then))
    return parts, said, tuple((cost.initial, cost.monthly) for cost in costs_of(inference))
