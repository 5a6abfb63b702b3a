"""The fewest given answers that force the final verdict, proven.

Each case with another verdict differs from the answers somewhere, and whatever forces the verdict holds on to one of
those places: so it is a smallest set that meets all such places (a smallest unsatisfiable core). Sets are proposed,
smallest first; one that does not force the verdict is refuted by a case, whose places join the others.
"""

import z3

from assistant.policy.vocabulary import Answers
from assistant.reasoning.claims import Refuted
from assistant.reasoning.smt import Forcing
from assistant.reasoning.smt_cases import settled_in
from assistant.reasoning.smt_proving import Prover, StoppedError, holds


def settling_in(prover: Prover, answers: Answers) -> Forcing | Refuted:
    """A smallest part of the answers that forces the verdict, the first of these; else a case that refutes them all."""
    proof = settled_in(prover, answers)
    if isinstance(proof, Refuted):
        return proof
    encoding = prover.encoding
    prover.assume(prover.logic.no(encoding.verdict.final[proof.final]))
    search = _Search(prover, answers)
    enough = list(search.same)
    try:
        enough = search.enough()
        enough = search.fewest()
        minimal = True
    except StoppedError:
        minimal = False
    kept = encoding.policy.in_order({name: answers[name] for name in enough})
    return Forcing(proof.final, kept, minimal)


class _Search:
    """The given answers, one proposition each, where all that is assumed denies the verdict that they force."""

    def __init__(self, prover: Prover, answers: Answers) -> None:
        self.prover = prover
        self.same = {
            name: fact.within[fact.index(answers[name])]
            for name, fact in prover.encoding.told.items()
            if name in answers and len(fact.classes) > 1
        }
        self.hitting = prover.beside()
        self.takes = {name: prover.logic.named(f"takes {name}") for name in self.same}

    def enough(self) -> list[str]:
        """Some answers that force the verdict, not always the fewest."""
        self.prover.check(*self.same.values())
        core = self.prover.solver.unsat_core()
        return [name for name, one in self.same.items() if any(one.eq(other) for other in core)]

    def fewest(self) -> list[str]:
        """The first among the smallest sets that force the verdict."""
        number, first = 0, False
        few = self.hitting.at_most(self.takes.values(), number)
        while True:
            if not self.hitting.check(few):
                number += 1
                few = self.hitting.at_most(self.takes.values(), number)
                continue
            names = self._first(few) if first else self._any()
            if self._refuted(names):
                continue
            if first:
                return names
            first = True

    def _any(self) -> list[str]:
        model = self.hitting.solver.model()
        return [name for name, one in self.takes.items() if holds(model, one)]

    def _first(self, few: z3.BoolRef) -> list[str]:
        """Of the sets that still may do, the one that takes the earliest facts."""
        choices = [(one, self.prover.logic.no(one)) for one in self.takes.values()]
        taken = self.hitting.first(choices, few)
        return [name for name, index in zip(self.takes, taken, strict=True) if index == 0]

    def _refuted(self, names: list[str]) -> bool:
        """Whether there is a case with these answers and another verdict; where it differs is then to be met."""
        if not self.prover.check(*(self.same[name] for name in names)):
            return False
        agreeing = self._agreeing()
        for name in self.same:
            if name not in agreeing and self.prover.check(*(self.same[other] for other in (*agreeing, name))):
                agreeing = self._agreeing()
        differing = [self.takes[name] for name in self.same if name not in agreeing]
        self.hitting.assume(self.prover.logic.some(differing))
        return True

    def _agreeing(self) -> list[str]:
        """The answers that the case which the last check found has too."""
        model = self.prover.solver.model()
        return [name for name, one in self.same.items() if holds(model, one)]
