"""Proofs keep to their time limit, can be interrupted, and say the same on every run and from every thread."""

import os
import subprocess
import sys
import threading
import time
from itertools import combinations

import pytest

from assistant.policy.syntax import (
    And,
    Compare,
    Conclude,
    Impossible,
    Not,
    Or,
    Policy,
)
from assistant.policy.vocabulary import Answers, Kind
from assistant.reasoning.claims import Proven, Unknown
from assistant.reasoning.loading import load_policy
from assistant.reasoning.patience import CancelledError, patience
from assistant.reasoning.smt import evaluate, prove_settled, smallest_flips, smallest_settling
from assistant.reasoning.smt_encoding import verdict_encoding_for
from tests.reasoning.policies import CHOSEN, fact_of, policy_of, rule_of


def pigeons(holes: int) -> Policy:
    """One is chosen where each of too many pigeons has a hole of its own: never, but that is hard to prove."""
    flies = [[Compare(f"p{bird}_{hole}", "==", True) for hole in range(holes)] for bird in range(holes + 1)]
    shared = [And(pair) for column in zip(*flies, strict=True) for pair in combinations(column, 2)]
    rules = [
        rule_of("shared", Or(tuple(shared)), Impossible("a hole for each")),
        rule_of("housed", And(tuple(Or(tuple(row)) for row in flies)), Conclude(CHOSEN, "one")),
        rule_of("homeless", Or(tuple(Not(Or(tuple(row))) for row in flies)), Conclude(CHOSEN, "two")),
    ]
    return policy_of([fact_of(one.name, Kind.FLAG) for row in flies for one in row], rules)


def test_a_time_limit_leaves_it_unknown_and_nothing_broken() -> None:
    policy = pigeons(12)
    verdict_encoding_for(policy)
    for limit in (1, 200):
        begun = time.monotonic()
        with patience(limit):
            assert prove_settled(policy, {}) == Unknown(f"no answer within {limit} ms")
        assert time.monotonic() - begun < 5
    with patience(1):
        assert isinstance(smallest_flips(policy, {}), Unknown)
        assert isinstance(smallest_settling(policy, {}), Unknown)
    one_bird_out = {f"p0_{hole}": False for hole in range(12)}
    assert prove_settled(policy, one_bird_out) == Proven("two")


def test_a_proof_is_cancelled_at_once() -> None:
    policy, cancel = pigeons(12), threading.Event()
    verdict_encoding_for(policy)
    threading.Timer(0.3, cancel.set).start()
    begun = time.monotonic()
    with patience(60_000, cancel), pytest.raises(CancelledError, match="stopped; nothing was changed"):
        prove_settled(policy, {})
    assert time.monotonic() - begun < 3


INTERRUPTED = """
import os, signal, threading, time
from assistant.reasoning.patience import patience
from assistant.reasoning.smt import prove_settled
from tests.reasoning.test_smt_limits import pigeons

def interrupted(work):
    threading.Timer(0.7, os.kill, (os.getpid(), signal.SIGINT)).start()
    begun = time.monotonic()
    try:
        work()
    except KeyboardInterrupt:
        print(time.monotonic() - begun < 3)
    else:
        print("went on")

policy = pigeons(12)
with patience(1):
    prove_settled(policy, {})
with patience(60_000):
    interrupted(lambda: prove_settled(policy, {}))
interrupted(lambda: os.read(os.pipe()[0], 1))
print(prove_settled(policy, {"p0_%d" % hole: False for hole in range(12)}))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends itself a signal")
def test_ctrl_c_ends_a_proof_at_once_and_is_heard_afterwards_too() -> None:
    assert output(INTERRUPTED).splitlines() == ["True", "True", "Proven(final='two')"]


def output(program: str, seed: str = "0") -> str:
    """What a Python program prints."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_it_does_not_load_z3() -> None:
    assert output("import sys, assistant.reasoning.smt; print('z3' in sys.modules)").strip() == "False"


SAID = """
from assistant.reasoning.loading import load_policy
from assistant.reasoning.smt import *
policy = load_policy()
known = {"data_volume": 40000, "update_frequency": 8, "domain_reasoning_required": True, "corpus_documents": 4000}
def everything():
    return [prove_settled(policy, known), smallest_flips(policy, known), smallest_settling(policy, known),
            smallest_settling(policy, {**known, "labelled_examples": 10}), smallest_flips(policy, {}, to="hybrid")]
first = everything()
assert first == everything() == everything()
print(first)
import z3
assert z3.z3._main_ctx is None
"""


def test_every_run_says_the_same() -> None:
    assert output(SAID, "1") == output(SAID, "2")


def test_threads_at_once_agree() -> None:
    policy = load_policy()
    several: list[Answers] = [{"data_volume": volume, "citations_required": True} for volume in (10, 2000, 20000)]
    expected = [(evaluate(policy, answers), smallest_flips(policy, answers)) for answers in several]
    wrong: list[object] = []

    def work() -> None:
        for _ in range(5):
            found = [(evaluate(policy, answers), smallest_flips(policy, answers)) for answers in several]
            if found != expected:
                wrong.append(found)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
