"""Cases in which something holds, or that there is none: the claims about all possible completions of some answers."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

import z3

from assistant.errors import EngineError, InputError, Span, did_you_mean
from assistant.policy.syntax import Condition, Policy, Rule
from assistant.policy.vocabulary import Answers
from assistant.reasoning.claims import Proven, Refuted
from assistant.reasoning.smt import Fires
from assistant.reasoning.smt_encoding import Encoding, rules_behind
from assistant.reasoning.smt_proving import Prover, picked


def settled_in(prover: Prover, answers: Answers) -> Proven | Refuted:
    """Whether all possible completions give the same final verdict. Assumes for good that all facts are known."""
    encoding, logic = prover.encoding, prover.logic
    final = encoding.verdict.final
    now = verdict_in(prover, flat(encoding.literals(answers).values()))
    assume_possible(prover)
    prover.assume(*(fact.known for fact in encoding.told.values()))
    given = flat(encoding.literals(answers, complete=True).values())
    shared = verdict_in(prover, given)
    if prover.check(*given, logic.no(final[shared])):
        return Refuted(_completed(prover, answers, [*given, logic.no(final[now])]))
    return Proven(shared)


def verdict_in(prover: Prover, assumptions: Iterable[z3.BoolRef]) -> str | None:
    """The final verdict in some case in which the assumptions hold; raises `EngineError` where there is none."""
    if not prover.check(*assumptions):
        raise EngineError("these answers contradict each other", help="change one of them")
    final = picked(prover.solver.model(), prover.encoding.verdict.final)
    return None if final is None else str(final)


def assume_possible(prover: Prover, conflicting: bool = False) -> None:
    """From here on only what the policy does not forbid, and no two rules that conclude different values."""
    encoding = prover.encoding
    prover.assume(encoding.allowed, *(() if conflicting else (encoding.agreed,)))


def flat(several: Iterable[list[z3.BoolRef]]) -> list[z3.BoolRef]:
    """All propositions of several lists."""
    return [one for some in several for one in some]


def _completed(prover: Prover, answers: Answers, assumptions: list[z3.BoolRef]) -> Answers:
    """The first completion of the answers in which the assumptions hold: the lowest classes, in vocabulary order."""
    unknown = [fact for name, fact in prover.encoding.told.items() if name not in answers]
    chosen = prover.first([fact.within for fact in unknown], *assumptions)
    found = {fact.name: fact.classes[index].low for fact, index in zip(unknown, chosen, strict=True)}
    return prover.encoding.policy.in_order({**answers, **found})


@lru_cache(maxsize=16)
def case_encoding_for(policy: Policy, wanted: tuple[Condition | Fires, ...]) -> tuple[Encoding, tuple[str, ...]]:
    """The encoding of what bears on something wanted, and the rules of it that must fire.

    A condition becomes a rule without consequents, above all others, so that its thresholds too make classes.
    """
    ids = [_known_rule(policy, one.rule) for one in wanted if isinstance(one, Fires)]
    conditions = [one for one in wanted if not isinstance(one, Fires)]
    probes = [probe(f"wanted {number}", condition) for number, condition in enumerate(conditions)]
    reads = {name for rule in (*probes, *(policy.by_id[id] for id in ids)) for name in rule.reads}
    behind = {rule.id for rule in rules_behind(policy, reads)} | set(ids)
    rules = [rule for rule in policy.rules if rule.id in behind]
    top = max((rule.stratum + 1 for rule in rules), default=0)
    above = [replace(probe, stratum=top) for probe in probes]
    return Encoding(policy, [*rules, *above]), (*ids, *(probe.id for probe in probes))


def _known_rule(policy: Policy, id: str) -> str:
    if id not in policy.by_id:
        raise InputError(f"unknown rule `{id}`", help=did_you_mean(id, policy.by_id))
    return id


def probe(id: str, condition: Condition) -> Rule:
    """A rule that does nothing: it fires where a condition is true."""
    return Rule(id, condition, "", (), "", "house", "", (), (), Span("", 0, 0), "", "")


def case_in(prover: Prover, goal: tuple[str, ...], answers: Answers, conflicting: bool) -> Proven | Refuted:
    """The first possible case in which all these rules fire; proven where there is none."""
    encoding = prover.encoding
    assume_possible(prover, conflicting)
    given = flat(encoding.literals(answers, complete=True).values())
    given += [encoding.fires[id] for id in goal]
    return Refuted(_completed(prover, answers, given)) if prover.check(*given) else Proven()
