"""Two policies that differ in one rule, side by side over the same answers: a case in which they part, or none.

What may part them is what a test can see: firings, derived values, the final verdict with its adjustments, unmet needs
and blocks, and that there is no result at all. Only the rules that the change can reach are looked at, with all that
bears on them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import z3

from assistant.policy.strata import supporting
from assistant.policy.syntax import FINAL, Conclude, Policy, Rule, RuleOut
from assistant.reasoning.claims import Proof, Proven, Refuted
from assistant.reasoning.goals import Goal, forbidding
from assistant.reasoning.smt_cases import probe
from assistant.reasoning.smt_encoding import Encoding
from assistant.reasoning.smt_goals import assume_case, first_case
from assistant.reasoning.smt_logic import Logic
from assistant.reasoning.smt_proving import Prover, prove
from assistant.reasoning.smt_verdict import Choice

Seen = dict[str, z3.BoolRef]
"""What a test can see of a case, each with when it is so."""


def parting_case(policy: Policy, rule: Rule, instead: Rule) -> Proof:
    """Refuted by the first case that the policy allows and in which the other differs; proven where there is none."""
    reach = _Reach(policy, rule)
    ids = reach.ids
    ours = [one for one in policy.rules if one.id in ids]
    theirs = [instead if one is rule else one for one in ours]
    encoding = Encoding(policy, [*ours, _aside(ours, instead)])
    other = Encoding(replace(policy, rules=tuple(theirs)), [*theirs, _aside(ours, rule)])
    return prove(encoding, lambda prover: _parting(prover, other, reach))


def _aside(rules: list[Rule], one: Rule) -> Rule:
    """A rule without effect whose condition makes the classes of facts the same on both sides."""
    return replace(probe("aside", one.when), stratum=max(other.stratum for other in rules) + 1)


@dataclass(frozen=True, eq=False)
class _Reach:
    """How far a change of a rule can reach."""

    policy: Policy
    rule: Rule

    @property
    def verdict(self) -> bool:
        """Whether it bears on the final verdict."""
        return self.rule.id in supporting(self.policy.by_id, self.policy.verdict, [FINAL])

    @property
    def affected(self) -> set[str]:
        """The rule, and each that rests on it."""
        policy, found = self.policy, {self.rule.id}
        made = set(self.rule.writes) | ({FINAL} if self.verdict else set())
        for other in policy.rules:  # by stratum, so that what a rule reads is made before it
            if not made.isdisjoint(other.reads):
                found.add(other.id)
                made |= set(other.writes)
        return found

    @property
    def ids(self) -> frozenset[str]:
        """All rules that must be looked at."""
        policy = self.policy
        ids = self.affected | set(forbidding(policy, ()))
        reads = {name for id in ids for name in policy.by_id[id].reads}
        written = {name for id in self.affected for name in policy.by_id[id].writes if name in policy.derived}
        wanted = reads | written | ({FINAL} if self.verdict else set())
        return supporting(policy.by_id, policy.verdict, wanted) | ids


def _parting(prover: Prover, other: Encoding, reach: _Reach) -> Proven | Refuted:
    encoding, logic = prover.encoding, prover.logic
    there = _There(other, logic)
    assume_case(prover, Goal())
    prover.assume(*(there.of(axiom) for axiom in other.axioms))
    ours, theirs = (dict(_seen(one, reach)) for one in (encoding, other))
    apart = [
        z3.Xor(ours.get(name, logic.false), there.of(theirs[name]) if name in theirs else logic.false)
        for name in dict.fromkeys((*ours, *theirs))
    ]
    without = [logic.no(there.of(one)) for one in (other.allowed, other.agreed)]
    prover.assume(logic.some([*apart, *without]))
    if not prover.check():
        return Proven()
    return Refuted(encoding.policy.in_order(first_case(prover)))


class _There:
    """The propositions of another encoding in this one's context: answers are shared, all else is its own."""

    def __init__(self, other: Encoding, logic: Logic) -> None:
        self.logic = logic
        defined = (axiom.arg(0) for axiom in other.axioms if z3.is_eq(axiom) and z3.is_const(axiom.arg(0)))
        self.pairs = [(one.translate(logic.context), logic.named(f"{one.decl().name()} there")) for one in defined]

    def of(self, proposition: z3.BoolRef) -> z3.BoolRef:
        """The same proposition here."""
        return z3.substitute(proposition.translate(self.logic.context), self.pairs)


def _seen(encoding: Encoding, reach: _Reach) -> Iterator[tuple[str, z3.BoolRef]]:
    """What a test can see, as far as the change can reach."""
    logic = encoding.logic
    for id in sorted(reach.affected):
        yield f"{id} fires", encoding.fires[id]
    names = {c.fact for id in reach.affected for c in reach.policy.by_id[id].then if isinstance(c, Conclude)}
    for name in sorted(names):
        made = encoding.made[name]
        for value, holds in made.values.items():
            if value is not None:
                yield f"{name} is {value}", logic.every([made.known, holds])
    if reach.verdict:
        yield from _of_verdict(encoding)


def _of_verdict(encoding: Encoding) -> Iterator[tuple[str, z3.BoolRef]]:
    logic, final = encoding.logic, encoding.verdict.final
    for option, holds in final.items():
        yield f"final is {option}", holds
    for id, adjusts in encoding.verdict.adjusts.items():
        yield f"{id} adjusts", adjusts
    for name, unmet in _unmet(encoding, final).items():
        yield f"{name} is unmet", unmet
    for rule in encoding.rules:
        if any(isinstance(consequent, RuleOut) for consequent in rule.then):
            yield f"{rule.id} blocks", logic.every([final[None], encoding.fires[rule.id]])


def _unmet(encoding: Encoding, final: Choice) -> Seen:
    """For each capability that it is required, the final option lacks it and an exclusion stands in its way."""
    logic, policy, found = encoding.logic, encoding.policy, {}

    def excluded(name: str) -> z3.BoolRef:
        return encoding.made[f"ruled_out.{name}"].values[True]

    for capability in policy.capabilities:
        name = capability.id
        providers = [option for option in policy.options if name in option.provides]
        lacking = logic.no(logic.some(final[option.id] for option in providers))
        barring = {other for option in providers for other in (option.id, *option.provides)}
        barred = logic.some(excluded(other) for other in sorted(barring))
        found[name] = logic.every([encoding.made[f"required.{name}"].values[True], lacking, barred])
    return found
