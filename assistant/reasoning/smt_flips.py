"""The fewest facts whose change moves the final verdict, proven: the number is raised until one change suffices."""

from collections.abc import Collection

import z3

from assistant.policy.vocabulary import Answers
from assistant.reasoning.claims import Change, Flip, Flips
from assistant.reasoning.classes import by_distance, nearest
from assistant.reasoning.smt_cases import assume_possible, flat, verdict_in
from assistant.reasoning.smt_encoding import Told
from assistant.reasoning.smt_proving import Prover, StoppedError, holds, picked


def flips_in(prover: Prover, answers: Answers, to: str | None, keep: Collection[str]) -> Flips:
    """One flip for each smallest set of facts and resulting verdict; raises `StoppedError` while there is none."""
    encoding, final = prover.encoding, prover.encoding.verdict.final
    assume_possible(prover)
    now = verdict_in(prover, flat(encoding.literals(answers).values()))
    prover.assume(*(encoding.told[name].known for name in encoding.told if name in answers))
    search = _Search(prover, answers, keep)
    prover.assume(prover.logic.no(final[now]) if to is None else final[to])
    if not prover.check():
        return Flips(now, None)
    flips: list[Flip] = []
    smallest, few = 0, prover.logic.true
    while not flips:
        smallest, few = search.smallest(smallest)
        flips = search.take()
        if not flips and not prover.check():
            return Flips(now, None)
    try:
        while prover.check(few):
            flips += search.take()
    except StoppedError:
        return Flips(now, smallest, search.ordered(flips), complete=False)
    return Flips(now, smallest, search.ordered(flips))


class _Search:
    """The facts that may change, and what has been found of them."""

    def __init__(self, prover: Prover, answers: Answers, keep: Collection[str]) -> None:
        self.prover = prover
        self.answers = answers
        self.told = prover.encoding.told
        self.options = prover.encoding.policy.options
        self.changed = {name: self._changes(fact) for name, fact in self.told.items()}
        for name in keep:
            if name in self.changed:
                prover.assume(prover.logic.no(self.changed.pop(name)))
        self.completing = self._completions()

    def _completions(self) -> Prover | None:
        """All possibilities, to ask whether any is left; None where nothing is ever impossible."""
        encoding, logic = self.prover.encoding, self.prover.logic
        if encoding.allowed.eq(logic.true) and encoding.agreed.eq(logic.true):
            return None
        completing = self.prover.beside()
        completing.assume(*encoding.axioms)
        assume_possible(completing)
        completing.assume(*(fact.known for fact in self.told.values()))
        return completing

    def _changes(self, fact: Told) -> z3.BoolRef:
        """Whether a fact is no longer in its class, or no longer unknown."""
        if fact.name not in self.answers:
            return fact.known
        return self.prover.logic.no(fact.within[fact.index(self.answers[fact.name])])

    def smallest(self, number: int = 0) -> tuple[int, z3.BoolRef]:
        """The least number of changes from `number` on that do it, and what to assume for no more than that."""
        while not self.prover.check(few := self.prover.at_most(self.changed.values(), number)):
            number += 1
        return number, few

    def take(self) -> list[Flip]:
        """The flip that the last check found, in the first values that do it; it is not found again.

        Changes that leave no possibility are none: those are ruled out, and nothing is found.
        """
        prover, logic = self.prover, self.prover.logic
        model, finals = prover.solver.model(), prover.encoding.verdict.final
        names = [name for name, one in self.changed.items() if holds(model, one)]
        final = picked(model, finals)
        frame = [one if name in names else logic.no(one) for name, one in self.changed.items()] + [finals[final]]
        changes = self._changes_of(names, frame)
        if changes is None:
            return []
        prover.assume(logic.some([*(logic.no(self.changed[name]) for name in names), logic.no(finals[final])]))
        return [Flip(changes, None if final is None else str(final))]

    def _changes_of(self, names: list[str], frame: list[z3.BoolRef]) -> tuple[Change, ...] | None:
        """The changes of the facts in the first values that do it; None where those leave no possibility."""
        facts = [self.told[name] for name in names]
        orders = [by_distance(fact.classes, self.answers.get(fact.name)) for fact in facts]
        choices = [[fact.within[index] for index in order] for fact, order in zip(facts, orders, strict=True)]
        firsts = self.prover.first(choices, *frame)
        picks = [choice[first] for choice, first in zip(choices, firsts, strict=True)]
        if not self._completable(names, picks):
            self.prover.assume(self.prover.logic.no(self.prover.logic.every([*frame, *picks])))
            return None
        changes = []
        for place, (fact, order) in enumerate(zip(facts, orders, strict=True)):
            beside = [*picks[:place], *picks[place + 1 :]]
            does = [index for index in sorted(order) if self._does(names, frame, [*beside, fact.within[index]])]
            before = self.answers.get(fact.name)
            to = nearest(fact.classes[order[firsts[place]]], before)
            changes.append(Change(fact.name, before, to, tuple(fact.classes[index] for index in does)))
        return tuple(changes)

    def _does(self, names: list[str], frame: list[z3.BoolRef], picks: list[z3.BoolRef]) -> bool:
        return self.prover.check(*frame, *picks) and self._completable(names, picks)

    def _completable(self, names: list[str], picks: list[z3.BoolRef]) -> bool:
        """Whether some possibility is left once these facts are changed so."""
        if self.completing is None:
            return True
        kept = (
            fact.within[fact.index(self.answers[name])]
            for name, fact in self.told.items()
            if name in self.answers and name not in names
        )
        return self.completing.check(*kept, *picks)

    def ordered(self, flips: list[Flip]) -> tuple[Flip, ...]:
        """In the order of the vocabulary, then of the options, none last."""
        places = {name: place for place, name in enumerate(self.told)}
        ranks = {id: rank for rank, id in enumerate([*(option.id for option in self.options), None])}
        return tuple(sorted(flips, key=lambda flip: ([places[c.fact] for c in flip.changes], ranks[flip.verdict])))
