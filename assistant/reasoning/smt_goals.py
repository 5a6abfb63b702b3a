"""Cases that meet a goal, found by the solver or proven not to exist; and pairs of cases one answer apart.

Cases may be incomplete: what need not be told is not. The first case in a fixed order is the one that is shown.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import z3

from assistant.policy.syntax import Condition, Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.claims import Proof, Proven, Refuted, Unknown
from assistant.reasoning.goals import Goal, Step, forbidding, rules_of, some_answer
from assistant.reasoning.smt_cases import probe
from assistant.reasoning.smt_encoding import Encoding, Told
from assistant.reasoning.smt_proving import Prover, holds, prove


def encoding_of(policy: Policy, goals: Sequence[Goal]) -> Encoding:
    """The encoding of all that bears on some goals; what must be true in them too makes classes."""
    ids = rules_of(policy, goals)
    rules = [rule for rule in policy.rules if rule.id in ids]
    top = max((rule.stratum + 1 for rule in rules), default=0)
    wanted = dict.fromkeys(condition for goal in goals for condition in goal.when)
    probes = [replace(probe(f"wanted {k}", condition), stratum=top) for k, condition in enumerate(wanted)]
    return Encoding(policy, [*rules, *probes])


def case_meeting(encoding: Encoding, goal: Goal) -> Proof:
    """Refuted by the first case that meets the goal; proven where there is none."""
    return prove(encoding, lambda prover: _case(prover, goal))


def which_happen(encoding: Encoding, goals: Sequence[Goal]) -> list[bool | None]:
    """For each goal whether some case meets it; None where the time ran out.

    Where goals are only that single rules fire, a case found for one of them may serve others too.
    """
    seen: set[str] = set()
    found: list[bool | None] = []
    impossible = forbidding(encoding.policy, ())
    for goal in goals:
        if goal == Goal(goal.fires) and seen.issuperset(goal.fires):
            found.append(True)
            continue
        proof = prove(encoding, partial(_firing, goal=goal))
        found.append(None if isinstance(proof, Unknown) else proof is not None)
        if isinstance(proof, frozenset) and proof.isdisjoint(impossible):
            seen |= proof
    return found


def _firing(prover: Prover, goal: Goal) -> frozenset[str] | None:
    """The rules that fire in some case that meets a goal, None where there is none."""
    _assume(prover, goal)
    if not prover.check():
        return None
    model = prover.solver.model()
    return frozenset(id for id, fires in prover.encoding.fires.items() if holds(model, fires))


def any_meeting(encoding: Encoding, goals: Sequence[Goal]) -> bool | None:
    """Whether some case might meet any of these goals, disputes left aside; None where the time ran out."""
    found = prove(encoding, lambda prover: _any(prover, goals))
    return None if isinstance(found, Unknown) else found


def _any(prover: Prover, goals: Sequence[Goal]) -> bool:
    logic, fires = prover.logic, prover.encoding.fires
    prover.assume(logic.some(logic.every(fires[id] for id in goal.fires) for goal in goals))
    return prover.check()


def _assume(prover: Prover, goal: Goal) -> None:
    encoding, logic = prover.encoding, prover.logic
    assume_case(prover, goal)
    prover.assume(*(encoding.told[name].known for name in goal.known if name in encoding.told))
    prover.assume(*(encoding.fires[id] for id in goal.fires))
    prover.assume(*(logic.no(encoding.fires[id]) for id in goal.silent))
    prover.assume(*(encoding.truth(condition).true for condition in goal.when))


def _case(prover: Prover, goal: Goal) -> Proven | Refuted:
    _assume(prover, goal)
    if not prover.check():
        return Proven()
    encoding = prover.encoding
    unread = [name for name in goal.known if name not in encoding.told]
    found = {**first_case(prover), **{name: some_answer(encoding.policy.told[name]) for name in unread}}
    return Refuted(encoding.policy.in_order(found))


def assume_case(prover: Prover, goal: Goal) -> None:
    """From here on only possible cases, as far as the goal asks for that."""
    encoding, logic = prover.encoding, prover.logic
    if goal.agreeing is None:
        prover.assume(encoding.agreed)
    else:
        agreeing = sorted(goal.agreeing & encoding.conflicts.keys())
        prover.assume(*(logic.no(encoding.conflicts[name]) for name in agreeing))
    barred = [id for id in forbidding(encoding.policy, [goal]) if id not in goal.fires]
    prover.assume(*(logic.no(encoding.fires[id]) for id in barred))


def first_case(prover: Prover) -> Answers:
    """The first case in which all that is assumed holds: as little told as can be, then the lowest classes."""
    told, logic = list(prover.encoding.told.values()), prover.logic
    knowing = prover.first([(logic.no(fact.known), fact.known) for fact in told])
    known = [fact for fact, index in zip(told, knowing, strict=True) if index == 1]
    given = [fact.known if index else logic.no(fact.known) for fact, index in zip(told, knowing, strict=True)]
    chosen = prover.first([fact.within for fact in known], *given)
    return {fact.name: fact.classes[index].low for fact, index in zip(known, chosen, strict=True)}


@dataclass(frozen=True, eq=False)
class Twin:
    """The other of two cases that differ in one fact: every proposition of the first, said of the second."""

    prover: Prover
    fact: Told
    pairs: list[tuple[z3.BoolRef, z3.BoolRef]] = field(init=False)

    def __post_init__(self) -> None:
        encoding = self.prover.encoding
        own = [self.fact.known, *self.fact.begins[1:-1]]
        defined = [axiom.arg(0) for axiom in encoding.axioms if z3.is_eq(axiom) and z3.is_const(axiom.arg(0))]
        named = self.prover.logic.named
        object.__setattr__(self, "pairs", [(one, named(f"{one.decl().name()} there")) for one in (*own, *defined)])
        self.prover.assume(*(self.of(axiom) for axiom in encoding.axioms))

    def of(self, proposition: z3.BoolRef) -> z3.BoolRef:
        """The same of the other case."""
        return z3.substitute(proposition, self.pairs)


Differing = Callable[[Prover, Twin], z3.BoolRef]


def step_changing(encoding: Encoding, fact: str, differing: Differing) -> Step | Proven | Unknown:
    """Two possible cases that differ in one fact, known in both or not, and in what `differing` says."""
    return prove(encoding, lambda prover: _step(prover, fact, differing))


def _step(prover: Prover, name: str, differing: Differing) -> Step | Proven:
    assume_case(prover, Goal())
    fact, logic = prover.encoding.told[name], prover.logic
    twin = Twin(prover, fact)
    assume_case_of(prover, twin)
    prover.assume(differing(prover, twin))
    if not prover.check():
        return Proven()
    before = first_case(prover)
    given = [one for told in prover.encoding.told.values() for one in _fixed(told, before, logic.no)]
    prover.check(*given)
    model = prover.solver.model()
    after = None
    if holds(model, twin.of(fact.known)):
        after = next(
            one.low for one, within in zip(fact.classes, fact.within, strict=True) if holds(model, twin.of(within))
        )
    return Step(prover.encoding.policy.in_order(before), name, after)


def assume_case_of(prover: Prover, twin: Twin) -> None:
    """The other case too must be possible."""
    prover.assume(twin.of(prover.encoding.agreed), twin.of(prover.encoding.allowed))


def _fixed(told: Told, answers: Answers, no: Callable[[z3.BoolRef], z3.BoolRef]) -> list[z3.BoolRef]:
    if told.name not in answers:
        return [no(told.known)]
    return [told.known, told.within[told.index(answers[told.name])]]


def any_effect(prover: Prover, twin: Twin) -> z3.BoolRef:
    """That some rule fires in one case only, or that the final verdict differs."""
    encoding = prover.encoding
    terms = [*encoding.fires.values(), *encoding.verdict.final.values()]
    return prover.logic.some(z3.Xor(one, twin.of(one)) for one in terms if z3.is_const(one) and not _constant(one))


def _constant(one: z3.BoolRef) -> bool:
    return bool(z3.is_true(one) or z3.is_false(one))


def leaping(sides: Sequence[tuple[Condition, Condition]], needs: Iterable[str]) -> Differing:
    """That the first of a pair of conditions holds in one case and the second in the other, with all needs known.

    One answer is all that differs: of a number the next class, else any other value.
    """

    def differing(prover: Prover, twin: Twin) -> z3.BoolRef:
        encoding, logic, fact = prover.encoding, prover.logic, twin.fact
        known = [encoding.told[name].known for name in needs if name in encoding.told]
        ordered = type(fact.classes[0].low) is int
        places = range(len(fact.within))
        near = [(k, j) for k in places for j in places if (abs(k - j) == 1 if ordered else k != j)]
        moves = [logic.every([fact.within[k], twin.of(fact.within[j])]) for k, j in near]
        across = [logic.every([encoding.truth(one).true, twin.of(encoding.truth(other).true)]) for one, other in sides]
        return logic.every([fact.known, twin.of(fact.known), *known, logic.some(moves), logic.some(across)])

    return differing
