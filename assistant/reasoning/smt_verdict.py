"""The verdict as propositions: what `reasoning.verdict` computes from the chosen option and the constraints."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import z3

from assistant.policy.syntax import Option, Require, Rule, RuleOut
from assistant.policy.vocabulary import Value
from assistant.reasoning.smt_logic import Logic, Terms

if TYPE_CHECKING:
    from assistant.reasoning.smt_encoding import Encoding

Choice = Mapping[Value | None, z3.BoolRef]
"""One proposition for each option, and one for none: exactly one holds."""

Names = Mapping[str, z3.BoolRef]
"""For each capability, or each capability and option, whether it is required, or ruled out."""


@dataclass(frozen=True, eq=False)
class VerdictTerms:
    """The verdict: `adjusts` holds for each rule that requires or rules out whether it moved the final option.

    `complete` tells whether all that the matrix needs is known: in the encoding of a whole policy only.
    """

    chosen: Choice
    final: Choice
    complete: z3.BoolRef
    adjusts: Names


def form_verdict(encoding: "Encoding") -> VerdictTerms:
    """The verdict on what the encoding's rules choose, require and rule out."""
    logic, policy = encoding.logic, encoding.policy
    chosen = _chosen(encoding)
    capabilities = {capability.id for capability in policy.capabilities}
    names = sorted(capabilities | {option.id for option in policy.options})
    required = {name: _holds(encoding, f"required.{name}") for name in sorted(capabilities)}
    excluded = {name: _holds(encoding, f"ruled_out.{name}") for name in names}
    nothing = dict.fromkeys(names, logic.false)
    forming = _Forming(logic, policy.options, chosen, required)
    final = _defined(encoding, "final", forming.final(excluded))
    ideal = _defined(encoding, "ideal", forming.final(nothing))
    moved = logic.no(logic.some(logic.every([chosen[id], final[id]]) for id in chosen))
    adjusting = _Adjusting(logic, policy.options, chosen, ideal, excluded)
    adjusts = {
        rule.id: encoding.define(
            f"{rule.id} adjusts", logic.every([moved, encoding.fires[rule.id], adjusting.behind(rule)])
        )
        for rule in encoding.rules
        if any(isinstance(consequent, Require | RuleOut) for consequent in rule.then)
    }
    needs = (encoding.told.get(name) for name in policy.verdict.needs)
    complete = logic.every(logic.false if fact is None else fact.known for fact in needs)
    return VerdictTerms(chosen, final, complete, adjusts)


def _holds(encoding: "Encoding", name: str) -> z3.BoolRef:
    return encoding.made[name].values[True]


def _defined(encoding: "Encoding", what: str, choice: Choice) -> Choice:
    return {id: encoding.define(f"{what} is {id}", meaning) for id, meaning in choice.items()}


def _chosen(encoding: "Encoding") -> Choice:
    """The option that the scores choose; none where that is unknown."""
    logic, made = encoding.logic, encoding.made[encoding.policy.verdict.chosen]
    options = [option.id for option in encoding.policy.options]
    found: dict[Value | None, z3.BoolRef] = {
        id: logic.every([made.known, made.values.get(id, logic.false)]) for id in options
    }
    found[None] = logic.no(logic.some(found.values()))
    return _defined(encoding, "chosen", found)


@dataclass(frozen=True, eq=False)
class _Forming:
    """`verdict.final_option`, for any exclusions."""

    logic: Logic
    options: tuple[Option, ...]
    chosen: Choice
    required: Names

    def final(self, excluded: Names) -> Choice:
        """Each option is final where it stands as chosen, or else none stands and it is the nearest that survives."""
        logic, options = self.logic, self.options
        surviving = {
            option.id: logic.no(logic.some(excluded[name] for name in (option.id, *sorted(option.provides))))
            for option in options
        }
        wanted = {name: logic.every([one, logic.no(excluded[name])]) for name, one in self.required.items()}
        stands = {
            option.id: logic.every(
                [
                    self.chosen[option.id],
                    surviving[option.id],
                    *(logic.no(one) for name, one in wanted.items() if name not in option.provides),
                ]
            )
            for option in options
        }
        moved = logic.no(logic.some(stands.values()))
        kept = {name: logic.every([self._brought(name), logic.no(excluded[name])]) for name in self.required}
        found: dict[Value | None, z3.BoolRef] = {None: logic.no(logic.some(surviving.values()))}
        for place, option in enumerate(options):
            nearer = [
                logic.some([logic.no(surviving[other.id]), self._nearer(option, other, rank > place, wanted, kept)])
                for rank, other in enumerate(options)
                if rank != place
            ]
            nearest = logic.every([moved, surviving[option.id], *nearer])
            found[option.id] = logic.some([stands[option.id], nearest])
        return found

    def _brought(self, capability: str) -> z3.BoolRef:
        """Whether the chosen option provides a capability."""
        return self.logic.some(self.chosen[option.id] for option in self.options if capability in option.provides)

    def _nearer(self, one: Option, other: Option, first: bool, wanted: Names, kept: Names) -> z3.BoolRef:
        """Whether one surviving option goes before another: fewest missing, then least lost, then fewest added.

        The three counts are the digits of one number, so that a single comparison orders by all of them.
        """
        logic, base = self.logic, len(wanted) + 1
        terms: Terms = []
        for name in wanted:
            side = (name in one.provides) - (name in other.provides)
            if side:
                target = logic.some([wanted[name], kept[name]])
                terms += [(wanted[name], -side * base * base), (kept[name], -side * base), (target, -side)]
        added = len(one.provides) - len(other.provides)
        return logic.compared(terms, "<=" if first else "<", -added)


@dataclass(frozen=True, eq=False)
class _Adjusting:
    """`verdict._adjustments`, rule by rule, given that the verdict moved."""

    logic: Logic
    options: tuple[Option, ...]
    chosen: Choice
    ideal: Choice
    excluded: Names

    def behind(self, rule: Rule) -> z3.BoolRef:
        """Whether a rule that fired asks for what the chosen option lacks, or bars it or its completion."""
        reasons = []
        for consequent in rule.then:
            if isinstance(consequent, Require):
                reasons.append(self._asked(consequent.capability))
            elif isinstance(consequent, RuleOut):
                reasons.append(self._barred(consequent.name))
        return self.logic.some(reasons)

    def _asked(self, capability: str) -> z3.BoolRef:
        has = (self.chosen[option.id] for option in self.options if capability in option.provides)
        return self.logic.no(self.logic.some([*has, self.excluded[capability]]))

    def _barred(self, name: str) -> z3.BoolRef:
        ids = [option.id for option in self.options if name in (option.id, *option.provides)]
        return self.logic.some(one for id in ids for one in (self.chosen[id], self.ideal[id]))
