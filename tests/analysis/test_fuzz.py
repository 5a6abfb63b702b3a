"""Whatever a policy's files hold, `whyso check` ends with findings, within its time limit; nothing else escapes.

`WHYSO_FUZZ_SECONDS=600 pytest tests/analysis/test_fuzz.py` goes on for that long.
"""

import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.analysis.checking import analysed, check_folder
from assistant.analysis.codes import codes
from assistant.errors import Finding, WhysoError
from assistant.policy.expressions import Symbols, parse_condition
from assistant.policy.scanner import ExpressionError
from assistant.policy.syntax import Advise, And, Compare, Conclude, Condition, Not, Or, Policy, Rule, Score
from assistant.policy.vocabulary import Kind
from tests.analysis.test_warned import BASE
from tests.policy.test_compiler_fuzz import NODES, SCRAPS
from tests.reasoning.policies import CHOSEN, fact_of, policies, policy_of, rule_of

SECONDS = float(os.environ.get("WHYSO_FUZZ_SECONDS", "0"))
EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "40"))
FILES = {path.relative_to(BASE).as_posix(): path.read_text(encoding="utf-8") for path in sorted(BASE.rglob("*.yaml"))}
CONDITIONS = st.recursive(
    st.sampled_from(
        (
            *("distance > 5", "hurry <= 3", "weather == wet", "weather in [dry, wet]", "choice == none"),
            *("scores.train > scores.bike + 1", "ruled_out.both", "required.shelter", "verdict.final == bike", "true"),
        )
    ),
    lambda inner: st.one_of(
        inner.map("not ({})".format),
        inner.map("certain({})".format),
        st.tuples(inner, st.sampled_from(("and", "or")), inner).map(lambda three: "({} {} {})".format(*three)),
    ),
    max_leaves=8,
)
CONSEQUENTS = st.sampled_from(
    (
        *("{score: {bike: 1}}", "{score: {train: -3}}", "{require: shelter}", "{rule_out: [bike, train]}"),
        *("{conclude: {choice: both}}", "{impossible: not that}", "{advise: {kind: step, text: Do it.}}"),
    )
)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Sound rules with whatever conditions; their examples may well be wrong."""
    several = draw(st.lists(st.tuples(CONDITIONS, CONSEQUENTS), min_size=1, max_size=4))
    return "".join(
        f'- rule: drawn-{number}\n  when: "{when}"\n  then: {then}\n  because: So it is.\n  cites: [travel]\n'
        "  examples: [{facts: {distance: 6, weather: wet}, fires: true}, {facts: {hurry: 9}, fires: false}]\n"
        for number, (when, then) in enumerate(several)
    )


@st.composite
def files(draw: st.DrawFn) -> dict[str, str]:
    """The files of a sound policy with more rules, or a node in the wrong place, and some scraps put in."""
    found = dict(FILES)
    if draw(st.booleans()):
        found["extra.yaml"] = draw(rules())
    for _ in range(draw(st.integers(0, 2))):
        name = draw(st.sampled_from(sorted(found)))
        begin = draw(st.integers(0, len(found[name])))
        end = begin + draw(st.sampled_from((0, 1, 3, 20)))
        found[name] = found[name][:begin] + draw(SCRAPS) + found[name][end:]
    return found


def report(several: Mapping[str, str]) -> tuple[Finding, ...]:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in several.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode())
        try:
            return check_folder(Path(folder), "reference", limit=5).findings
        except WhysoError as error:
            return (Finding("unreadable", None, error.message),)


def sound(findings: tuple[Finding, ...] | list[Finding]) -> None:
    for finding in findings:
        assert finding.code in codes()
        assert all(line.isprintable() for line in str(finding).splitlines())


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(files())
def test_any_policy_is_checked(several: dict[str, str]) -> None:
    sound(report(several))


@settings(max_examples=max(1, EXAMPLES // 4), deadline=None, suppress_health_check=list(HealthCheck))
@given(policies())
def test_any_policy_is_analysed(policy: Policy) -> None:
    sound(analysed(policy, limit=5))


@settings(max_examples=EXAMPLES * 5, deadline=None)
@given(st.one_of(CONDITIONS, st.text(max_size=60), st.lists(SCRAPS, max_size=6).map("".join)))
def test_any_text_is_a_condition_or_an_error_within_it(text: str) -> None:
    facts = {name: fact_of(name, Kind.COUNT) for name in ("distance", "hurry")}
    symbols = Symbols(facts, {}, ("bike", "train"), ("shelter",))
    offset = 0
    try:
        parse_condition(text, symbols)
    except ExpressionError as error:
        offset = error.offset
    assert 0 <= offset <= len(text)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(FILES)), NODES)
def test_nodes_in_the_wrong_places_are_checked(name: str, node: object) -> None:
    sound(report({**FILES, name: repr(node)}))


def deep(depth: int, names: list[str], shift: int) -> Condition:
    """A condition of that depth in which every level says something else."""
    condition: Condition = Compare(names[shift % len(names)], ">", shift % 9)
    for level in range(depth):
        other = Compare(names[(shift * 7 + level) % len(names)], "<=", (shift + level) % 10)
        condition = Or((Not(condition), other)) if level % 2 else And((condition, Not(other)))
    return condition


def hostile(count: int) -> Policy:
    """Thousands of rules with deep conditions that conclude, require and score, each against the others."""
    names = [f"fact_{number}" for number in range(40)]
    facts = [fact_of(name, Kind.SCALE, high=10) for name in names]

    def made(number: int) -> Rule:
        effects = (Score("one", number % 7), Conclude(CHOSEN, ("one", "two")[number % 2]), Advise("step", "do it"))
        return rule_of(f"rule-{number}", deep(25, names, number), effects[number % 3], line=number + 1)

    return policy_of(facts, [made(number) for number in range(count)], needs=names[:20])


def test_a_hostile_policy_stays_within_the_limit_and_says_so() -> None:
    begin = time.monotonic()
    found = analysed(hostile(2000), limit=2)
    assert time.monotonic() - begin < 30
    assert {finding.code for finding in found} & {"unproved", "more"}
    sound(found)


def test_without_any_time_every_proof_is_said_to_be_missing(small: Policy) -> None:
    found = analysed(small, limit=0)
    said = {finding.message.split("`")[1] for finding in found if finding.code == "unproved"}
    assert said >= {"conflict", "never-fires", "unreachable-option", "subsumed"}


@pytest.mark.skipif(not SECONDS, reason="only where WHYSO_FUZZ_SECONDS says for how long")
def test_a_long_fuzz() -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        test_any_policy_is_checked()
        test_any_policy_is_analysed()
        test_nodes_in_the_wrong_places_are_checked()
        test_any_text_is_a_condition_or_an_error_within_it()
