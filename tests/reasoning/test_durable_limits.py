"""Each limit of the C code, reached and passed: the reference's result or a refusal with its place, never a crash.

The limits are those of durable-rules 2.0.28, found by experiment. Each is tried in a process of its own with a time
limit, since to pass one may be to crash or to hang; sizes go up to the limit, to it, and past it.
"""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import EngineError
from assistant.policy.syntax import (
    Advise,
    Always,
    Among,
    And,
    Certain,
    Compare,
    Conclude,
    Condition,
    Not,
    Or,
    Policy,
    Require,
    Rule,
    Score,
    ScoreCompare,
)
from assistant.policy.vocabulary import FactType, Kind, Value
from assistant.reasoning.durable import Durable, available
from assistant.reasoning.reference import Reference
from tests.reasoning.policies import derived_of, fact_of, outcome, policy_of, rule_of

pytestmark = pytest.mark.skipif(not available(), reason="durable-rules does not import here")

ROOT = Path(__file__).parents[2]
SECONDS = 180
STEP = Advise("step", "do it")
Made = tuple[Policy, list[dict[str, Any]]]


def counts(n: int) -> list[FactType]:
    return [fact_of(f"count_{i}", Kind.COUNT) for i in range(n)]


def rules(conditions: Iterable[Condition]) -> list[Rule]:
    return [rule_of(f"r-{i}", when, STEP, line=i + 1) for i, when in enumerate(conditions)]


def over_one(*conditions: Condition) -> Policy:
    """A policy over one count."""
    return policy_of(counts(1), rules(conditions))


def patterns_in_a_rule(n: int) -> Made:
    facts = counts(n)
    every = And(tuple(Compare(fact.name, ">", 0) for fact in facts))
    all_known = {fact.name: 1 for fact in facts}
    policy = policy_of(facts, rules((every, Not(every), Certain(every), Not(Certain(every)))))
    return policy, [all_known, {**all_known, "count_0": 0}, {}]


def nesting(n: int) -> Made:
    deep: Condition = Compare("count_0", ">", 0)
    wrapped: Condition = Compare("count_0", "<", 100)
    for level in range(n):
        parts = (deep, Compare("count_0", "!=", level + 50))
        deep = Or((And(parts), Compare("count_0", "==", -1))) if level % 2 else And(parts)
        wrapped = Not(Certain(wrapped))
    return over_one(deep, Not(deep), wrapped), [{"count_0": 1}, {"count_0": 50}, {}]


def conditions_true_of_one_fact(n: int) -> Made:
    policy = over_one(*(Compare("count_0", ">", i) for i in range(n)))
    return policy, [{"count_0": n}, {"count_0": n // 2}, {}]


def rules_sharing_a_pattern(n: int) -> Made:
    return over_one(*(Compare("count_0", ">", 5) for _ in range(n))), [{"count_0": 6}, {"count_0": 5}]


def rules_that_always_fire(n: int) -> Made:
    return over_one(*(Always(True) for _ in range(n))), [{"count_0": 6}, {}]


def literals_on_one_name(n: int) -> Made:
    return over_one(*(Compare("count_0", "==", i) for i in range(n))), [{"count_0": n - 1}, {"count_0": n}]


def names(n: int) -> Made:
    facts = counts(n)
    policy = policy_of(facts, rules(Compare(fact.name, ">", 0) for fact in facts))
    return policy, [{f"count_{i}": 1 for i in range(0, n, 40)}]


def rules_in_all(n: int) -> Made:
    policy = policy_of(counts(450), rules(Compare(f"count_{i % 450}", ">", i // 450) for i in range(n)))
    return policy, [{f"count_{i}": 20 for i in range(0, 450, 40)}]


def listed_values(n: int) -> Made:
    listed: tuple[Value, ...] = tuple(range(n))
    members = (Among("count_0", listed), Among("count_0", listed, negated=True))
    policy = over_one(*members, And((members[0], Not(members[1]))), Not(members[0]))
    return policy, [{"count_0": n - 1}, {"count_0": n}, {}]


def alternatives_multiplied(n: int) -> Made:
    """Multiplied out, 3 to the power of `n` conjunctions."""
    facts = counts(3 * n)
    ors = [Or(tuple(Compare(f"count_{3 * i + j}", ">", 0) for j in range(3))) for i in range(n)]
    every = And(tuple(ors))
    known = {f"count_{3 * i}": 1 for i in range(n)}
    policy = policy_of(facts, rules((every, Not(every), Not(Certain(every)))))
    return policy, [known, {**known, "count_0": 0, "count_1": 0, "count_2": 0}, {}]


def whole_numbers(n: int) -> Made:
    policy = over_one(Compare("count_0", ">", n), Compare("count_0", "==", n), Among("count_0", (n, -n)))
    return policy, [{"count_0": value} for value in (n - 1, n, n + 1, -n, 10 * n, 10**30)]


def digits_of_points(n: int) -> Made:
    compare = ScoreCompare((("one", 2), ("two", -1)), ">", 3)
    scoring = [rule_of(f"s-{i}", Compare("count_0", ">", 0), Score("one", 10**n)) for i in range(3)]
    return policy_of(counts(1), [*scoring, rule_of("r", compare, STEP)]), [{"count_0": 1}, {}]


def length_of_a_word(n: int) -> Made:
    word = "w" * n
    policy = policy_of([fact_of("choice", Kind.CHOICE, [word])], rules([Compare("choice", "==", word)]))
    return policy, [{"choice": word}, {}]


def length_of_a_name(n: int) -> Made:
    name = "n" * n
    return policy_of([fact_of(name, Kind.FLAG)], rules([Compare(name, "==", True)])), [{name: True}, {}]


def length_of_a_rule_id(n: int) -> Made:
    return policy_of(counts(1), [rule_of("r" * n, Compare("count_0", ">", 0), STEP)]), [{"count_0": 1}]


def length_of_an_answer(n: int) -> Made:
    policy = policy_of([fact_of("choice", Kind.CHOICE, ["red"])], rules([Compare("choice", "!=", "red")]))
    return policy, [{"choice": "w" * n}]


def an_answer_of_another_type(n: int) -> Made:
    return over_one(Compare("count_0", ">", 5)), [{"count_0": (1e-05, 1e16, float("nan"), float("inf"))[n]}]


def runs(n: int) -> Made:
    return over_one(Compare("count_0", ">", 5)), [{"count_0": i % 10} for i in range(n)]


def names_whose_hashes_collide(n: int) -> Made:
    words = ("costarring", "liquid", "declinate", "macallums", "altarage", "zinke")
    facts = [fact_of(word, Kind.CHOICE, words) for word in words]
    each = [Compare(name, "==", word) for name in words for word in words]
    both = [And((Compare(name, "==", word), Compare(word, "==", name))) for name in words for word in words]
    answers = [{name: words[(i + shift) % len(words)] for i, name in enumerate(words)} for shift in range(n)]
    return policy_of(facts, rules((*each, *both))), [*answers, {}]


def derived_without_a_value(n: int) -> Made:
    facts = [*counts(1), *(derived_of(f"derived_{i}", Kind.CHOICE, None, ["red", "none"]) for i in range(n))]
    concluding = [
        rule_of(f"c-{i}", Compare("count_0", ">", i), Conclude(f"derived_{i}", "none"), Require("training"))
        for i in range(n)
    ]
    reading = [Compare(f"derived_{i}", "==" if i % 2 else "!=", None) for i in range(n)]
    policy = policy_of(facts, [*concluding, *rules(reading)], capabilities=["training"])
    return policy, [{"count_0": n // 2}, {}]


EQUAL: dict[Callable[[int], Made], tuple[int, ...]] = {
    patterns_in_a_rule: (15, 16, 17, 32, 33, 300),
    nesting: (7, 8, 15, 16, 32, 50),
    conditions_true_of_one_fact: (63, 64, 65, 1000),
    rules_sharing_a_pattern: (253, 254, 255, 256, 1000),
    rules_that_always_fire: (253, 254, 255, 256, 1000),
    literals_on_one_name: (510, 511, 512, 600, 2000),
    names: (499, 500, 501, 511, 512, 600, 2000),
    rules_in_all: (999, 1000, 1001, 4095, 4096, 4097, 6000),
    listed_values: (16, 17, 64, 65, 511, 600, 1300),
    alternatives_multiplied: (2, 3, 5, 17, 40),
    whole_numbers: (10**15, 2**53 + 1, 10**18),
    digits_of_points: (9, 18, 19, 40, 5000),
    length_of_a_word: (100, 200),
    length_of_a_name: (100, 200),
    length_of_a_rule_id: (100, 200),
    runs: (1023, 1024, 1025, 3000),
    names_whose_hashes_collide: (6,),
    derived_without_a_value: (3, 70),
}
REFUSED_POLICIES: dict[Callable[[int], Made], tuple[int, ...]] = {
    whole_numbers: (10**18 + 1, 2**63, 10**19, 10**20),
    length_of_a_word: (0, 201, 9_000_000),
    length_of_a_name: (0, 201, 9_000_000),
    length_of_a_rule_id: (0, 201, 9_000_000),
}
REFUSED_ANSWERS: dict[Callable[[int], Made], tuple[int, ...]] = {
    length_of_an_answer: (0, 201, 9_000_000),
    an_answer_of_another_type: (0, 1, 2, 3),
}


def told(make: Callable[[int], Made], size: int) -> str:
    """In the process of its own: whether both engines agree, or what was refused."""
    policy, several = make(size)
    try:
        durable = Durable(policy)
    except EngineError as error:
        return str(error)
    reference = Reference(policy)
    for answers in several:
        ours, theirs = outcome(durable.infer, answers), outcome(reference.infer, answers)
        if ours != theirs:
            return ours.error or f"differs on {str(answers)[:200]}"
    return "equal"


def apart(make: Callable[[int], Made], sizes: tuple[int, ...]) -> list[str]:
    """What a process of its own says of each size."""
    module = "tests.reasoning.test_durable_limits"
    code = f"from {module} import *\nfor size in {sizes}: print(ascii(told({make.__name__}, size)), flush=True)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, f"ended with {done.returncode} after {done.stdout[-300:]} {done.stderr[-2000:]}"
    return [ast.literal_eval(line) for line in done.stdout.splitlines()]


def named(make: Callable[[int], Made]) -> str:
    return make.__name__


@pytest.mark.parametrize("make", EQUAL, ids=named)
def test_policies_up_to_and_past_a_limit_are_split_and_give_what_the_reference_gives(
    make: Callable[[int], Made],
) -> None:
    assert apart(make, EQUAL[make]) == ["equal"] * len(EQUAL[make])


@pytest.mark.parametrize("make", REFUSED_POLICIES, ids=named)
def test_a_policy_that_no_rule_set_can_hold_is_refused_with_its_place(make: Callable[[int], Made]) -> None:
    for said in apart(make, REFUSED_POLICIES[make]):
        assert said.startswith("rules.yaml:1:1: `")
        assert said.endswith("that durable-rules can hold\nhelp: `--engine reference` can run it")


@pytest.mark.parametrize("make", REFUSED_ANSWERS, ids=named)
def test_an_answer_that_the_c_code_would_misread_is_refused(make: Callable[[int], Made]) -> None:
    for said in apart(make, REFUSED_ANSWERS[make]):
        assert said.endswith("which durable-rules can't hold\nhelp: `--engine reference` can run it")


def test_ids_of_facts_never_share_a_hash() -> None:
    assert len({fnv(str(id)) for id in range(100_000)}) == 100_000
    assert fnv("costarring") == fnv("liquid")


def fnv(text: str) -> int:
    """The hash by which the C code knows ids."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value
