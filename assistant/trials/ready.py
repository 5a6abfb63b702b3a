"""Tests that are ready to be pasted: an example of a rule, or a case file, with what the policy makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.analysis.examples import outcomes_of
from assistant.errors import EngineError
from assistant.policy.strata import supporting
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers
from assistant.reading.scalars import plain_value
from assistant.reasoning.goals import Goal, meets
from assistant.reasoning.reference import Reference, reference_for, test_of
from assistant.trials.conditions import said
from assistant.trials.differing import Visible, visible
from assistant.trials.mutants import Mutant

WIDTH = 100
"""How wide an example may be on one line."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A test of some answers: an example of `rule` that says whether it fires, or else a case that expects results."""

    answers: Answers
    rule: str = ""
    fires: bool = False
    expect: Mapping[str, object] | None = None

    @property
    def text(self) -> str:
        """The test as a file holds it: an item under the rule's `examples:`, or a whole case."""
        facts = _mapping({name: _scalar(value) for name, value in self.answers.items()})
        if self.expect is None:
            fires = str(self.fires).lower()
            line = f"- {{facts: {facts}, fires: {fires}}}"
            return line if len(line) <= WIDTH else f"- facts: {facts}\n  fires: {fires}"
        lines = [f"  {key}: {_written(value)}" for key, value in self.expect.items()]
        return "\n".join(["case: to-be-named", f"answers: {facts}", "expect:", *lines])


def example_of(policy: Policy, rule: str, answers: Answers) -> Ready:
    """The example of a rule with these answers; a case that says the same where that can be no example.

    The rule of a layer below gets none in this one, and what would decide may be unknown.
    """
    return _saying(policy, rule, answers, meets(policy, Goal((rule,)), answers))


def _saying(policy: Policy, rule: str, answers: Answers, fires: bool) -> Ready:
    if policy.by_id[rule].layer == policy.id and not _idle(policy, rule, answers):
        return Ready(answers, rule, fires)
    return Ready(answers, expect={"fires" if fires else "silent": (rule,)})


def _idle(policy: Policy, rule: str, answers: Answers) -> bool:
    """Whether `whyso check` would call an example idle, since what it leaves unknown decides."""
    one = policy.by_id[rule]
    behind = supporting(policy.by_id, policy.verdict, one.reads)
    try:
        memory = Reference(policy, [other for other in policy.rules if other.id in behind]).infer(answers).memory
    except EngineError:
        return False
    outcomes = outcomes_of(one.when, memory)
    return True not in outcomes or len(outcomes) == 1


def case_of(policy: Policy, answers: Answers) -> Ready | None:
    """The case with these answers that expects the final verdict; None where rules are at odds in it."""
    found = visible(policy, answers)
    return None if found is None else Ready(answers, expect={"final": found.final})


def telling(policy: Policy, mutant: Mutant, answers: Answers) -> Ready:
    """The test by which answers tell a policy from a mutant: an example of its rule, else of another, else a case."""
    here, there = visible(policy, answers), visible(mutant.of(policy), answers)
    assert here is not None, "these answers are a case that the policy allows"
    memory = reference_for(policy).infer(answers).memory
    apart = here.fired ^ there.fired if there is not None else set()
    if (test_of(mutant.instead.when)(memory) is True) is not (mutant.rule.id in here.fired):
        apart |= {mutant.rule.id}
    for id in (mutant.rule.id, *(one.id for one in policy.rules)):
        if id in apart:
            return _saying(policy, id, answers, id in here.fired)
    return Ready(answers, expect={"final": here.final} if there is None else _expected(here, there))


def _expected(here: Visible, there: Visible) -> dict[str, object]:
    """The final verdict, and whatever else differs."""
    found: dict[str, object] = {"final": here.final}
    for key in ("matrix", "scores", "facts", "adjustments", "unmet", "blocked"):
        one, other = getattr(here, key), getattr(there, key)
        if isinstance(one, Mapping):
            one = {name: value for name, value in one.items() if value != other.get(name)}
            other = {}
        if one != other:
            found[key] = one
    return found


def _mapping(texts: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {text}" for name, text in texts.items()) + "}"


def _scalar(value: object) -> str:
    """A value in YAML; a word that would be read as something else in quotes."""
    if isinstance(value, str):
        return value if isinstance(plain_value(value), str) else f'"{value}"'
    return said(value if value is None or isinstance(value, int) else str(value))


def _written(value: object) -> str:
    if isinstance(value, Mapping):
        return _mapping({name: _scalar(one) for name, one in value.items()})
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_scalar, value)) + "]"
    return _scalar(value)
