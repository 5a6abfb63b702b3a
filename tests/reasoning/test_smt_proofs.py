"""What z3 proves, refutes and finds smallest is what trying everything says.

`WHYSO_EXAMPLES=5000` makes the comparisons hard ones.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from math import prod

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.errors import EngineError, InputError
from assistant.policy.folder import installed
from assistant.policy.syntax import (
    FINAL,
    And,
    Certain,
    Compare,
    Conclude,
    Condition,
    Consequent,
    Impossible,
    Not,
    Option,
    Or,
    Policy,
    Require,
    Rule,
    RuleOut,
    Score,
    ScoreCompare,
)
from assistant.policy.vocabulary import MAX_COUNT, Answers, Kind, Value
from assistant.reasoning import reference
from assistant.reasoning.cases import policy_cases
from assistant.reasoning.claims import Change, Flip, Flips, Proven, Refuted
from assistant.reasoning.classes import ValueClass, class_index, classes_of
from assistant.reasoning.loading import load_policy
from assistant.reasoning.possibilities import outlook
from assistant.reasoning.reference import Reference
from assistant.reasoning.smt import Fires, Forcing, find_case, prove_settled, smallest_flips, smallest_settling
from assistant.reasoning.smt_encoding import rules_behind
from tests.reasoning.policies import CHOSEN, answers_to, cases, fact_of, outcome, policy_of, rule_of

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "60"))
MOST_CASES = 1500


class Search:
    """Everything that bears on the final verdict of a policy, tried one by one with the reference."""

    def __init__(self, policy: Policy, wanted: Sequence[Rule] = ()) -> None:
        rules = rules_behind(policy, [FINAL])
        if wanted:
            behind = rules_behind(policy, [name for rule in wanted for name in rule.reads])
            rules = [rule for rule in policy.rules if rule in behind or rule in wanted]
        self.policy = policy
        self.reference = Reference(policy, rules)
        reading = [*rules, *wanted]
        read = {name for rule in reading for name in rule.reads}
        classes = classes_of((fact for name, fact in policy.told.items() if name in read), reading)
        self.classes = {
            name: [one for one in some if isinstance(one.low, str) or one.low <= MAX_COUNT]
            for name, some in classes.items()
        }

    def final(self, answers: Answers) -> tuple[bool, str | None]:
        """Whether a case is possible, and its verdict."""
        try:
            inference = self.reference.infer(answers)
        except EngineError:
            return False, None
        return not inference.contradictions, inference.verdict.final

    def index(self, name: str, value: Value) -> int:
        return class_index(tuple(self.classes[name]), value)

    def completions(self, answers: Answers) -> Iterator[tuple[Answers, str | None]]:
        """The possible ones, the first in the order of facts and classes first."""
        unknown = [name for name in self.classes if name not in answers]
        for values in product(*([one.low for one in self.classes[name]] for name in unknown)):
            completed = {**answers, **dict(zip(unknown, values, strict=True))}
            possible, final = self.final(completed)
            if possible:
                yield completed, final

    def firing(self, answers: Answers, rule: str, condition: Condition) -> Iterator[Answers]:
        """The possible completions in which a rule fires and a condition is true."""
        unknown = [name for name in self.classes if name not in answers]
        holds = reference.test_of(condition)
        for values in product(*([one.low for one in self.classes[name]] for name in unknown)):
            completed = {**answers, **dict(zip(unknown, values, strict=True))}
            found = outcome(self.reference.infer, completed)
            if not found.error and not found.contradictions and rule in found.fired and holds(found.memory):
                yield completed

    def small(self) -> bool:
        """Whether all that the facts can be is few enough to be tried."""
        return prod(len(some) + 1 for some in self.classes.values()) <= MOST_CASES

    def changes(self, answers: Answers, keep: Iterable[str]) -> Iterator[dict[str, int]]:
        """Every way to change some facts: the new class of each, fewest and earliest facts first, nearest classes."""
        movable = [name for name in self.classes if name not in keep]
        for size in range(len(movable) + 1):
            for names in combinations(movable, size):
                for indices in product(*(self.order(name, answers) for name in names)):
                    yield dict(zip(names, indices, strict=True))

    def order(self, name: str, answers: Answers) -> list[int]:
        """The classes that a fact may change to, the nearest first."""
        indices = list(range(len(self.classes[name])))
        if name not in answers:
            return indices
        now = answers[name]
        indices.remove(self.index(name, now))
        if isinstance(now, bool | str):
            return indices
        return sorted(indices, key=lambda index: (abs(int(self.value(name, index, answers)) - now), index))

    def value(self, name: str, index: int, answers: Answers) -> Value:
        """The value of a class that is nearest to the present one."""
        one, now = self.classes[name][index], answers.get(name)
        if now is not None and not isinstance(now, bool | str) and index < self.index(name, now):
            assert one.high is not None
            return one.high
        return one.low

    def changed(self, answers: Answers, changes: dict[str, int]) -> dict[str, Value]:
        return {**answers, **{name: self.value(name, index, answers) for name, index in changes.items()}}


LEADS = (("one", 1), ("two", -1))


@st.composite
def balances(draw: st.DrawFn) -> tuple[Policy, list[Answers]]:
    """Policies whose verdict hangs on several facts at once: points for two options, requirements and exclusions."""
    facts = [
        fact_of(f"f{index}", Kind.FLAG) if draw(st.booleans()) else fact_of(f"f{index}", Kind.SCALE, high=10)
        for index in range(draw(st.integers(2, 5)))
    ]

    def literal() -> Condition:
        fact = draw(st.sampled_from(facts))
        if fact.kind is Kind.FLAG:
            one: Condition = Compare(fact.name, "==", draw(st.booleans()))
        else:
            one = Compare(fact.name, draw(st.sampled_from((">", "<", "=="))), draw(st.sampled_from((3, 7))))
        return Not(Certain(one)) if draw(st.integers(0, 7)) == 0 else one

    def condition(most: int) -> Condition:
        parts = tuple(literal() for _ in range(draw(st.integers(1, most))))
        return And(parts) if draw(st.booleans()) else Or(parts)

    sides, margin = ("training", "retrieval"), draw(st.integers(0, 2))
    then: list[Consequent] = [
        Score(draw(st.sampled_from(("one", "two"))), draw(st.integers(1, 4))) for _ in range(draw(st.integers(3, 8)))
    ]
    then += [Require(side) for side in sides if draw(st.booleans())]
    then += [RuleOut(side) for side in (*sides, "both") if draw(st.integers(0, 3)) == 0]
    then += [Impossible("they contradict each other")] * draw(st.integers(0, 2))
    rules = [rule_of(f"r{k}", And((condition(2), condition(1))), one) for k, one in enumerate(then)]
    rules += [
        rule_of("lead-one", ScoreCompare(LEADS, ">", margin), Conclude(CHOSEN, "one")),
        rule_of("lead-two", ScoreCompare(LEADS, "<", -margin), Conclude(CHOSEN, "two")),
        rule_of("close", Not(Or((ScoreCompare(LEADS, ">", margin), ScoreCompare(LEADS, "<", -margin)))), BOTH),
    ]
    policy = policy_of(facts, rules, OPTIONS, sides)
    return policy, draw(st.lists(answers_to(policy), min_size=1, max_size=3))


BOTH = Conclude(CHOSEN, "both")
OPTIONS = (
    Option("one", "one", frozenset({"training"})),
    Option("two", "two", frozenset({"retrieval"})),
    Option("both", "both", frozenset({"training", "retrieval"})),
)


def settled_by_search(search: Search, answers: Answers) -> Proven | Refuted | None:
    """None where the answers are an error, or cannot be completed."""
    possible = list(search.completions(answers))
    now = outcome(search.reference.infer, answers)
    if not possible or now.error:
        return None
    finals = {final for _, final in possible}
    if len(finals) == 1:
        return Proven(finals.pop())
    return Refuted(next(completed for completed, final in possible if final != now.memory[FINAL]))


def flips_by_search(search: Search, answers: Answers, to: str | None, keep: Iterable[str]) -> Flips:
    now = search.final(answers)[1]
    found: dict[tuple[tuple[str, ...], str | None], list[dict[str, int]]] = {}
    smallest = None
    for changes in search.changes(answers, keep):
        if smallest is not None and len(changes) > smallest:
            break
        changed = search.changed(answers, changes)
        possible, final = search.final(changed)
        if possible and any(search.completions(changed)) and (final != now if to is None else final == to):
            smallest = len(changes)
            found.setdefault((tuple(changes), final), []).append(changes)
    flips = [
        Flip(tuple(change_by_search(search, answers, name, several) for name in names), final)
        for (names, final), several in found.items()
    ]
    order = [None, *(option.id for option in search.policy.options)]
    facts = list(search.classes)
    key = {id: place for place, id in enumerate([*order[1:], None])}
    flips.sort(key=lambda flip: ([facts.index(change.fact) for change in flip.changes], key[flip.verdict]))
    return Flips(now, smallest, tuple(flips))


def change_by_search(search: Search, answers: Answers, name: str, several: list[dict[str, int]]) -> Change:
    first = several[0]
    good = [c[name] for c in several if all(c[other] == first[other] for other in c if other != name)]
    classes = tuple(search.classes[name][index] for index in sorted(good))
    return Change(name, answers.get(name), search.value(name, first[name], answers), classes)


def settling_by_search(search: Search, answers: Answers) -> Forcing | Refuted | None:
    settled = settled_by_search(search, answers)
    if not isinstance(settled, Proven):
        return settled
    given = [name for name in search.classes if name in answers]
    for size in range(len(given) + 1):
        for names in combinations(given, size):
            facts = {name: answers[name] for name in names}
            if {final for _, final in search.completions(facts)} == {settled.final}:
                return Forcing(settled.final, facts)
    raise AssertionError("all of them force it")


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.one_of(cases(most=3), balances(), balances()))
def test_settled_is_what_every_completion_says(case: tuple[Policy, list[Answers]]) -> None:
    policy, several = case
    search = Search(policy)
    assume(search.small())
    for answers in several:
        expected = settled_by_search(search, answers)
        assume(expected is not None)
        assert prove_settled(policy, answers) == expected


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.one_of(cases(most=3), balances(), balances()))
def test_flips_are_those_of_the_whole_space(case: tuple[Policy, list[Answers]]) -> None:
    policy, several = case
    search = Search(policy)
    assume(search.small())
    for number, answers in enumerate(several):
        to = [None, *(option.id for option in policy.options)][number % (len(policy.options) + 1)]
        keep = list(policy.told)[:1] if number % 3 == 2 else []
        assume(search.final(answers)[0])
        expected = flips_by_search(search, answers, to, keep)
        assert smallest_flips(policy, answers, to, keep) == expected


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.one_of(cases(most=3), balances(), balances()))
def test_what_settles_is_the_first_smallest_that_does(case: tuple[Policy, list[Answers]]) -> None:
    policy, several = case
    search = Search(policy)
    assume(search.small())
    for answers in several:
        expected = settling_by_search(search, answers)
        assume(expected is not None)
        assert smallest_settling(policy, answers) == expected


@settings(max_examples=EXAMPLES, deadline=None)
@given(cases(most=3), st.data())
def test_a_case_is_found_wherever_there_is_one(case: tuple[Policy, list[Answers]], data: st.DataObject) -> None:
    policy, several = case
    rule = data.draw(st.sampled_from(policy.rules))
    condition = data.draw(st.sampled_from(policy.rules)).when
    search = Search(policy, [rule, rule_of("wanted", condition)])
    assume(search.small())
    for answers in several:
        expected = next((found for found in search.firing(answers, rule.id, condition)), None)
        found = find_case(policy, condition, Fires(rule.id), answers=answers)
        assert found == (Proven() if expected is None else Refuted(expected))


def tangle() -> Policy:
    """Two facts that cannot both hold, and a verdict on either."""
    first, second = Compare("first", "==", True), Compare("second", "==", True)
    rules = [
        rule_of("both", And((first, second)), Impossible("not both")),
        rule_of("neither", Not(Or((first, second))), Impossible("one of them")),
        rule_of("choose-one", first, Conclude(CHOSEN, "one")),
        rule_of("choose-two", second, Conclude(CHOSEN, "two")),
        rule_of("choose-three", And((first, second, Compare("third", ">", 3))), Conclude(CHOSEN, "three")),
    ]
    facts = [fact_of("first", Kind.FLAG), fact_of("second", Kind.FLAG), fact_of("third", Kind.SCALE, high=10)]
    return policy_of(facts, rules, [Option(id, id, frozenset()) for id in ("one", "two", "three")])


def test_what_is_impossible_is_left_out() -> None:
    policy = tangle()
    assert prove_settled(policy, {"first": True}) == Proven("one")
    assert prove_settled(policy, {"third": 1}) == Refuted({"first": False, "second": True, "third": 1})
    answers: Answers = {"first": True, "second": False}
    swapped = (
        Change("first", True, False, (ValueClass(False, False),)),
        Change("second", False, True, (ValueClass(True, True),)),
    )
    assert smallest_flips(policy, answers) == Flips("one", 2, (Flip(swapped, "two"),))
    assert smallest_flips(policy, answers, keep=["second"]) == Flips("one", None)
    assert smallest_flips(policy, answers, to="three") == Flips("one", None)
    assert smallest_flips(policy, answers, to="one") == Flips("one", 0, (Flip((), "one"),))
    assert smallest_settling(policy, answers) == Forcing("one", {"first": True})
    assert find_case(policy, Fires("choose-three")) == Proven()
    for prove in (prove_settled, smallest_flips, smallest_settling):
        with pytest.raises(EngineError, match="these answers contradict each other"):
            prove(policy, {"first": True, "second": True})


def test_a_case_may_be_asked_for_by_thresholds_of_its_own() -> None:
    policy = policy_of([fact_of("volume", Kind.COUNT)], [rule_of("big", Compare("volume", ">", 3), Score("one", 1))])
    assert find_case(policy, Compare("volume", ">=", 7), Fires("big")) == Refuted({"volume": 7})
    assert find_case(policy, Compare("volume", "<=", 3), Fires("big")) == Proven()
    assert find_case(policy, Compare("volume", ">", MAX_COUNT)) == Proven()
    assert find_case(policy, Compare("volume", ">", 5), answers={"volume": 5}) == Proven()
    with pytest.raises(InputError, match="unknown rule `bog`"):
        find_case(policy, Fires("bog"))


def test_rules_that_conclude_different_values_are_found_and_otherwise_left_out() -> None:
    rules = [
        rule_of(f"say-{id}", Compare(name, ">", 3), Conclude(CHOSEN, id)) for name, id in (("a", "one"), ("b", "two"))
    ]
    policy = policy_of([fact_of("a", Kind.COUNT), fact_of("b", Kind.COUNT)], rules)
    both = (Fires("say-one"), Fires("say-two"))
    assert find_case(policy, *both) == Proven()
    assert find_case(policy, *both, conflicting=True) == Refuted({"a": 4, "b": 4})
    assert prove_settled(policy, {"a": 4}) == Proven("one")


def test_an_option_or_fact_that_does_not_exist_is_said_to_be_unknown() -> None:
    with pytest.raises(InputError, match="there is no option `three`"):
        smallest_flips(policy_of([], []), {}, to="three")
    with pytest.raises(InputError, match="unknown fact `first`"):
        smallest_flips(policy_of([], []), {}, keep=["first"])


def test_shipped_cases_are_as_searching_says() -> None:
    policy = load_policy()
    search = Search(policy)
    found, _ = policy_cases(installed("rules"), policy)
    for case in found:
        flips = flips_by_search(search, case.answers, None, ())
        assert smallest_flips(policy, case.answers) == flips
        settled = outlook(policy, case.answers).settled
        assert isinstance(prove_settled(policy, case.answers), Proven) is settled
        settling = smallest_settling(policy, case.answers)
        assert isinstance(settling, Forcing) is settled
        if isinstance(settling, Forcing):
            assert outlook(policy, settling.facts).settled
            for name in settling.facts:
                fewer = {other: value for other, value in settling.facts.items() if other != name}
                assert not outlook(policy, fewer).settled
