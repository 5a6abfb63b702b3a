"""On random policies, each finding is what looking at every case comes to, and its case shows what it says."""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product
from math import prod

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from assistant.analysis.checking import analysed
from assistant.analysis.sample import classes_read
from assistant.errors import EngineError, Finding
from assistant.policy.syntax import (
    Among,
    And,
    Compare,
    Conclude,
    Condition,
    Cost,
    Impossible,
    Not,
    Or,
    Policy,
    Require,
    RuleOut,
    Score,
)
from assistant.policy.vocabulary import Answers
from assistant.reasoning import reference
from assistant.reasoning.classes import ValueClass
from assistant.reasoning.goals import Goal, dispute, meets, some_answer
from assistant.reasoning.reference import Reference, reference_for
from assistant.reasoning.trace import Inference
from tests.reasoning.policies import policies

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "15"))
MOST_CASES = 1500
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
"""Shrinking a failure would take minutes: these policies are small enough to read."""


def all_classes(policy: Policy) -> dict[str, tuple[ValueClass, ...]]:
    """The classes of what rules read, and one for each fact that only the matrix needs."""
    classes = classes_read(policy)
    needed = {name: some_answer(policy.told[name]) for name in policy.verdict.needs if name not in classes}
    return {**classes, **{name: (ValueClass(value, value),) for name, value in needed.items()}}


def every_case(policy: Policy) -> Iterator[Answers]:
    """Every case that the policy can tell apart, each fact unknown or in one of its classes."""
    classes = all_classes(policy)
    for chosen in product(*((None, *several) for several in classes.values())):
        yield {name: one.low for name, one in zip(classes, chosen, strict=True) if one is not None}


def inferred(policy: Policy) -> dict[tuple[tuple[str, object], ...], Inference]:
    """What follows from each possible case."""
    found: dict[tuple[tuple[str, object], ...], Inference] = {}
    for case in every_case(policy):
        try:
            found[tuple(sorted(case.items()))] = reference_for(policy).infer(case)
        except EngineError:
            continue
    return found


@st.composite
def small(draw: st.DrawFn) -> Policy:
    policy = draw(policies())
    placed = [replace(rule, span=replace(rule.span, line=n)) for n, rule in enumerate(policy.rules, start=1)]
    facts = {name: replace(f, span=replace(f.span, line=n)) for n, (name, f) in enumerate(policy.facts.items(), 1)}
    options = [replace(o, span=replace(placed[0].span, file="options", line=n)) for n, o in enumerate(policy.options)]
    policy = replace(policy, rules=tuple(placed), facts=facts, options=tuple(options), span=placed[0].span)
    assume(prod(len(several) + 1 for several in all_classes(policy).values()) <= MOST_CASES)
    return policy


def names(found: list[Finding], code: str) -> set[str]:
    """The first name in backticks of each message of a code."""
    return {re.findall("`([^`]+)`", finding.message)[0] for finding in found if finding.code == code}


def fired(one: Inference) -> set[str]:
    return {rule.id for rule in one.fired}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(small())
def test_findings_are_what_every_case_says(policy: Policy) -> None:
    found = analysed(policy, limit=60)
    assert not [finding for finding in found if finding.code == "unproved"]
    check_conflicts(policy, found)
    cases = inferred(policy)
    if len(cases) < len(list(every_case(policy))):
        return  # rules conflict, if only where answers are declared impossible: such a case has no result to compare
    possible = [one for one in cases.values() if not one.contradictions]

    firing = {
        rule.id
        for rule in policy.rules
        if any(rule.id in fired(one) and {c.id for c in one.contradictions} <= {rule.id} for one in cases.values())
    }
    assert names(found, "never-fires") == set(policy.by_id) - firing

    finals = {one.verdict.final for one in possible}
    assert names(found, "unreachable-option") == {option.id for option in policy.options} - finals
    assert any(f.code == "no-verdict" for f in found) == (None in finals)

    check_choosing(policy, found, possible)
    check_questions(policy, found, cases)
    check_opposites(policy, found, possible)
    check_pointless(policy, found, possible)
    check_one_sided(policy, found)
    check_jumps(policy, found, possible)


def check_choosing(policy: Policy, found: list[Finding], possible: list[Inference]) -> None:
    ties, others = False, False
    for one in possible:
        chosen = one.memory.get(policy.verdict.chosen)
        if policy.verdict.needs and one.answers.keys() >= set(policy.verdict.needs) and chosen is None:
            scores = sorted((one.scores[option] for option in policy.scored), reverse=True)
            tied = len(scores) > 1 and scores[0] == scores[1]
            ties, others = ties or tied, others or not tied
    assert any(f.code == "tie" for f in found) == ties
    assert any(f.code == "no-choice" for f in found) == others


def check_questions(
    policy: Policy, found: list[Finding], cases: dict[tuple[tuple[str, object], ...], Inference]
) -> None:
    counted = {c.times for rule in policy.rules for c in rule.then if isinstance(c, Cost)}
    outcomes: dict[str, dict[object, set[object]]] = {name: {} for name in policy.told}
    for key, one in cases.items():
        if one.contradictions:
            continue
        for name, seen in outcomes.items():
            rest = tuple(pair for pair in key if pair[0] != name)
            seen.setdefault(rest, set()).add((frozenset(fired(one)), one.verdict.final))
    idle = {
        name
        for name, seen in outcomes.items()
        if name not in counted
        and name not in policy.verdict.needs
        and all(len(several) == 1 for several in seen.values())
    }
    assert names(found, "idle-question") == idle


def check_conflicts(policy: Policy, found: list[Finding]) -> None:
    pairs = set()
    for one, other in combinations(policy.rules, 2):
        for a in (c for c in one.then if isinstance(c, Conclude)):
            for b in (c for c in other.then if isinstance(c, Conclude)):
                if a.fact == b.fact and a.value != b.value:
                    goal = dispute(policy, one.id, other.id)
                    if any(meets(policy, goal, case) for case in every_case(policy)):
                        pairs.add((one.id, other.id, a.fact))
    told = set()
    for finding in found:
        if finding.code == "conflict":
            first, second, fact = re.findall("`([^`]+)`", finding.message)
            told.add((first, second, fact))
            assert finding.case is not None
            assert meets(policy, dispute(policy, first, second), finding.case)
    assert told == pairs


def check_opposites(policy: Policy, found: list[Finding], possible: list[Inference]) -> None:
    opposed = {
        rule.id
        for rule in policy.rules
        for name in (c.name for c in rule.then if isinstance(c, RuleOut))
        for other in policy.rules
        if any(isinstance(c, Require) and c.capability == name for c in other.then)
        and any({rule.id, other.id} <= fired(one) for one in possible)
    }
    assert names(found, "opposed") >= opposed - firing_impossible(policy)
    for finding in found:
        if finding.code == "opposed":
            rule, _, other = re.findall("`([^`]+)`", finding.message)[:3]
            assert finding.case is not None
            assert meets(policy, Goal((rule, other)), finding.case)


def firing_impossible(policy: Policy) -> set[str]:
    return {rule.id for rule in policy.rules if any(isinstance(c, Impossible) for c in rule.then)}


def check_pointless(policy: Policy, found: list[Finding], possible: list[Inference]) -> None:
    """Without a rule that another makes pointless, everything else stays; of two alike, both fire or neither does."""
    for name in names(found, "subsumed"):
        rules = [rule for rule in policy.rules if rule.id != name]
        for one in possible:
            without = Reference(policy, rules).infer(one.answers)
            assert without.verdict.final == one.verdict.final
            assert without.memory == one.memory
            assert fired(without) == fired(one) - {name}
    for finding in found:
        if finding.code == "duplicate-rule":
            first, second = re.findall("`([^`]+)`", finding.message)
            assert all((first in fired(one)) == (second in fired(one)) for one in possible)
            assert set(policy.by_id[first].then) ^ set(policy.by_id[second].then) <= {
                c for id in (first, second) for c in policy.by_id[id].then if isinstance(c, Score) and not c.points
            }
        if finding.code in ("duplicate-rule", "subsumed"):
            assert finding.case is not None
            assert meets(policy, Goal((re.findall("`([^`]+)`", finding.message)[0],)), finding.case)


def comparisons(condition: Condition) -> Iterator[Compare | Among]:
    match condition:
        case Compare() | Among():
            yield condition
        case Not(inner=inner):
            yield from comparisons(inner)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from comparisons(part)
        case _:
            return


def check_one_sided(policy: Policy, found: list[Finding]) -> None:
    """Outside `certain(…)`, each comparison of a told fact that comes out one way on every class, and no other."""
    classes = classes_read(policy)
    expected = set()
    for rule in policy.rules:
        for one in comparisons(rule.when):
            if one.name in classes:
                outcomes = {reference.test_of(one)({one.name: each.low}) for each in classes[one.name]}
                expected |= {(rule.id, one.name)} if len(outcomes) == 1 else set()
    told = {tuple(re.findall("`([^`]+)`", f.message)[:2]) for f in found if f.code == "one-sided"}
    assert {pair for pair in told if pair[1] in classes} >= expected


def check_jumps(policy: Policy, found: list[Finding], possible: list[Inference]) -> None:
    for finding in found:
        if finding.code == "jump":
            fact, value = re.match(r"`(\w+): [^`]*` changed to `([^`]*)`", finding.message).groups()  # type: ignore[union-attr]
            assert finding.case is not None
            other = next(
                one.answers
                for one in possible
                if str(one.answers.get(fact)).lower() == value
                and {**one.answers, fact: None} == {**finding.case, fact: None}
            )
            chosen = policy.verdict.chosen
            before, after = (reference_for(policy).infer(case).memory.get(chosen) for case in (finding.case, other))
            assert before is not None
            assert after is not None
            assert before != after
