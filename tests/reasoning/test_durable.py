"""Durable-rules gives what the reference gives, and leaves nothing behind, whatever happens in the middle of a run.

`WHYSO_EXAMPLES=20000` makes the comparison a hard one.
"""

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from assistant.errors import EngineError
from assistant.policy.syntax import Advise, And, Certain, Compare, Conclude, Not, Or, Policy, Score, ScoreCompare
from assistant.policy.vocabulary import Answers, Kind
from assistant.reasoning import durable_program
from assistant.reasoning.durable import Durable, _Log, durable_for
from assistant.reasoning.reference import Reference
from tests.reasoning.policies import CHOSEN, cases, derived_of, fact_of, outcome, policy_of, rule_of

engine = pytest.importorskip("durable.engine", exc_type=ImportError)

pytestmark = pytest.mark.filterwarnings("ignore:datetime:DeprecationWarning:durable.engine")  # on 3.12, each firing

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "150"))


def small() -> Policy:
    """A policy with every mechanism in it: strata, an unknown derived fact, `certain`, sums of scores."""
    volume, sources = Compare("volume", ">", 3), Compare("sources", "==", True)
    rules = [
        rule_of("big", volume, Score("one", 3)),
        rule_of("cited", sources, Score("two", 2)),
        rule_of("mood", And((volume, sources)), Conclude("mood", "good")),
        rule_of("first", ScoreCompare((("one", 1), ("two", -1)), ">", 1), Conclude(CHOSEN, "one")),
        rule_of("untold", Not(Certain(sources)), Advise("step", "ask")),
        rule_of("untold-later", And((Compare("mood", "!=", "bad"), Not(Certain(sources)))), Advise("step", "ask")),
        rule_of("either", Or((Compare("mood", "==", "good"), Compare("volume", "==", 0))), Advise("step", "go on")),
    ]
    facts = [
        fact_of("volume", Kind.COUNT),
        fact_of("sources", Kind.FLAG),
        derived_of("mood", Kind.CHOICE, None, ["good", "bad"]),
    ]
    return policy_of(facts, rules)


ANSWERS: list[Answers] = [
    {},
    {"volume": 0},
    {"volume": 4},
    {"sources": True},
    {"volume": 4, "sources": True},
    {"volume": 4, "sources": False},
]


def agree(durable: Durable, policy: Policy) -> None:
    reference = Reference(policy)
    for answers in ANSWERS:
        assert outcome(durable.infer, answers) == outcome(reference.infer, answers)


@settings(max_examples=EXAMPLES, deadline=None)
@given(cases())
def test_durable_gives_what_the_reference_gives(case: tuple[Policy, list[Answers]]) -> None:
    policy, several = case
    durable, reference = Durable(policy), Reference(policy)
    for answers in several:
        assert outcome(durable.infer, answers) == outcome(reference.infer, answers)


@settings(max_examples=EXAMPLES // 3, deadline=None)
@given(cases())
def test_splitting_a_policy_over_rule_sets_and_parts_changes_nothing(case: tuple[Policy, list[Answers]]) -> None:
    policy, several = case
    with pytest.MonkeyPatch.context() as patch:
        for limit in ("PATTERNS", "ON_NAME", "USES", "NAMES", "PRODUCT"):
            patch.setattr(durable_program, f"MAX_{limit}", 2)
        durable = Durable(policy)
    reference = Reference(policy)
    for answers in several:
        assert outcome(durable.infer, answers) == outcome(reference.infer, answers)


def test_every_mechanism_by_hand() -> None:
    policy = small()
    agree(Durable(policy), policy)


def test_a_policy_without_rules_runs() -> None:
    policy = policy_of([fact_of("volume", Kind.COUNT)], [])
    assert Durable(policy).infer({"volume": 1}).fired == ()


def test_contradicting_conclusions_are_the_same_error_and_the_next_run_is_untouched() -> None:
    known = Compare("volume", ">", 3)
    rules = [rule_of(f"r-{word}", known, Conclude("mood", word), line=7) for word in ("good", "bad")]
    facts = [fact_of("volume", Kind.COUNT), derived_of("mood", Kind.CHOICE, None, ["good", "bad"])]
    policy = policy_of(facts, rules)
    durable = Durable(policy)
    with pytest.raises(EngineError, match=r"rules\.yaml:7:1: `r-bad` and `r-good` conclude different values"):
        durable.infer({"volume": 4})
    assert durable.infer({"volume": 3}).memory["mood"] is None


def test_the_library_is_not_imported_before_a_run() -> None:
    code = (
        "import sys; from tests.reasoning.policies import policy_of; from assistant.reasoning.durable import Durable; "
        "Durable(policy_of([], [])); assert 'durable' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2]).returncode == 0


def test_an_engine_is_made_once_for_a_policy() -> None:
    policy = small()
    assert durable_for(policy) is durable_for(policy)


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), ValueError("in the action"), MemoryError()])
def test_what_an_action_raises_is_raised_again(failure: BaseException) -> None:
    policy = small()
    durable = Durable(policy)
    durable.infer({"volume": 4})

    class Failing(_Log):
        def note(self, what: str) -> None:
            if what == "big":
                raise failure
            super().note(what)

    kept = durable._engine
    assert kept is not None
    kept.log.__class__ = Failing
    with pytest.raises(type(failure)) as raised:
        durable.infer({"volume": 4})
    assert raised.value is failure
    kept.log.__class__ = _Log
    agree(durable, policy)
    assert durable._engine is kept


def test_firings_that_durable_rules_loses_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An action during which the clock jumps by ten seconds is dropped, and all that would follow it, silently."""
    policy = small()
    durable = Durable(policy)
    durable.infer({"volume": 4})
    ticks = iter(range(0, 10**6, 11))
    with monkeypatch.context() as patch:
        patch.setattr(engine, "_unix_now", lambda: next(ticks))
        with pytest.raises(EngineError, match="interrupted"):
            durable.infer({"volume": 4})
    agree(durable, policy)


@pytest.mark.parametrize("rule", ["$go", "0"])
def test_an_interrupt_in_the_library_itself_is_noticed(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is raised between durable-rules and an action ends up in its state, and the firing is lost."""
    policy = small()
    durable = Durable(policy)
    durable.infer({"volume": 4})
    assert durable._engine is not None
    promises = durable._engine.host.get_ruleset("rules 0")._actions

    def interrupted(context: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(promises[rule], "_func", interrupted)
    with pytest.raises(EngineError, match="interrupted"):
        durable.infer({"volume": 4})
    monkeypatch.undo()
    agree(durable, policy)


def test_no_state_is_left_behind() -> None:
    durable = Durable(small())
    durable.infer({"volume": 4, "sources": True})
    assert durable._engine is not None
    for name in durable._engine.sets:
        with pytest.raises(Exception, match="error code: 309"):  # no such session
            durable._engine.host.get_state(name, "1")


def resident() -> int:
    """Kilobytes in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads /proc")
def test_memory_stays_flat_over_two_thousand_runs_and_a_hundred_engines() -> None:
    policy = small()
    durable = Durable(policy)
    for answers in ANSWERS * 30:
        durable.infer(answers)
    before = resident()
    for i in range(2000):
        durable.infer(ANSWERS[i % len(ANSWERS)])
    for _ in range(100):
        Durable(policy).infer(ANSWERS[-1])
    gc.collect()
    assert resident() - before < 1500


def test_threads_at_once_agree() -> None:
    policy = small()
    durable, reference = Durable(policy), Reference(policy)
    expected = [outcome(reference.infer, answers) for answers in ANSWERS]
    wrong: list[object] = []

    def work(offset: int) -> None:
        for i in range(offset, offset + 200):
            found = outcome(durable.infer, ANSWERS[i % len(ANSWERS)])
            if found != expected[i % len(ANSWERS)]:
                wrong.append(found)

    threads = [threading.Thread(target=work, args=(offset,)) for offset in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
