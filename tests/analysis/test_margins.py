"""A margin is said to be jumped exactly where trying every single change of an answer finds a jump."""

import os
import re
from collections.abc import Iterator
from itertools import pairwise, product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.analysis.margins import jumped
from assistant.analysis.sample import classes_read
from assistant.analysis.search import Search
from assistant.policy.syntax import And, Compare, Conclude, Condition, Option, Policy, Rule, Score, ScoreCompare
from assistant.policy.vocabulary import Answers, Kind, Value
from assistant.reasoning.goals import some_answer
from assistant.reasoning.reference import reference_for
from tests.reasoning.policies import CHOSEN, fact_of, policy_of, rule_of

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "25"))
LEAD = (("left", 1), ("right", -1))
OPTIONS = [Option(name, name, frozenset()) for name in ("left", "right", "middle")]


@st.composite
def contests(draw: st.DrawFn) -> tuple[Policy, int]:
    """Two options with points for some answers, and a third where neither leads by more than a margin."""
    facts = [fact_of("pace", Kind.SCALE, high=10), fact_of("size", Kind.COUNT), fact_of("wild", Kind.FLAG)]
    facts.append(fact_of("hue", Kind.CHOICE, ("red", "green", "blue")))
    conditions: list[Condition] = [
        *(Compare("pace", ">", 7), Compare("pace", "<", 3), Compare("size", ">", 10), Compare("size", ">", 20)),
        *(Compare("wild", "==", True), Compare("hue", "==", "red"), Compare("hue", "==", "green")),
        And((Compare("wild", "==", True), Compare("pace", ">", 7))),
    ]
    chosen = draw(st.lists(st.sampled_from(conditions), min_size=1, max_size=5))
    rules: list[Rule] = []
    for number, when in enumerate(chosen):
        option, points = draw(st.sampled_from(("left", "right"))), draw(st.integers(-2, 4))
        rules.append(rule_of(f"points-{number}", when, Score(option, points), line=number + 1))
    margin = draw(st.integers(0, 3))
    close = And((ScoreCompare(LEAD, "<=", margin), ScoreCompare(LEAD, ">=", -margin)))
    rules += [
        rule_of("left-leads", ScoreCompare(LEAD, ">", margin), Conclude(CHOSEN, "left")),
        rule_of("right-leads", ScoreCompare(LEAD, "<", -margin), Conclude(CHOSEN, "right")),
        rule_of("close", close, Conclude(CHOSEN, "middle")),
    ]
    return policy_of(facts, rules, OPTIONS, needs=[fact.name for fact in facts]), margin


def steps(policy: Policy) -> Iterator[tuple[Answers, Answers]]:
    """Every two complete cases that differ in one answer: of a number, in neighbouring classes."""
    classes = classes_read(policy)
    for name, several in classes.items():
        values = [one.low for one in several]
        moves = list(pairwise(values)) if policy.told[name].numeric else list(product(values, values))
        others = [other for other in classes if other != name]
        for rest in product(*(classes[other] for other in others)):
            case = {other: one.low for other, one in zip(others, rest, strict=True)}
            yield from (({**case, name: one}, {**case, name: other}) for one, other in moves)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(contests())
def test_jumps_are_those_of_every_step(drawn: tuple[Policy, int]) -> None:
    policy, _ = drawn
    unread = {name: some_answer(fact) for name, fact in policy.told.items() if name not in classes_read(policy)}

    def choice(case: Answers) -> str | None:
        return reference_for(policy).infer({**unread, **case}).verdict.chosen

    jumps = any({choice(one), choice(other)} == {"left", "right"} for one, other in steps(policy))
    found = list(jumped(Search(policy)))
    assert bool(found) == jumps
    for finding in found:
        changed = re.match("`(.+): .+` changed to `(.+)` moves", finding.message)
        assert changed is not None
        assert finding.case is not None
        words: dict[str, Value] = {"true": True, "false": False}
        after = int(changed[2]) if changed[2].isdecimal() else words.get(changed[2], changed[2])
        assert {choice(finding.case), choice({**finding.case, changed[1]: after})} == {"left", "right"}
