"""The policy as propositions: told facts, derived facts, rules, scores, constraints and the verdict.

A told fact is encoded by its class (`reasoning.classes`), not by its number: no condition tells two values of a class
apart, so nothing is lost, and what is left is a finite problem without arithmetic. A comparison is then the set of
classes on which the reference finds it true, and a class stands for its values in every answer that comes back. Classes
are ordered, and a fact holds one variable for each beginning ("the value lies in this class or later"). Scores are
weighted sums of the rules that fire, compared as they stand (pseudo-Boolean constraints): the same over integers takes
2 to 40 times as long. Every variable but those of the told facts is defined by the others, so fixed answers leave
exactly one model: what the reference infers.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import z3

from assistant.policy.strata import supporting
from assistant.policy.syntax import (
    FINAL,
    Always,
    Among,
    And,
    Certain,
    Compare,
    Conclude,
    Condition,
    Impossible,
    Not,
    Or,
    Policy,
    Require,
    Rule,
    RuleOut,
    Score,
    ScoreCompare,
)
from assistant.policy.vocabulary import MAX_COUNT, Answers, Value
from assistant.reasoning.agenda import Plan, plan_of
from assistant.reasoning.classes import ValueClass, class_index, classes_of
from assistant.reasoning.patience import check_wanted
from assistant.reasoning.reference import test_of
from assistant.reasoning.smt_logic import Logic, Terms, Truth
from assistant.reasoning.smt_verdict import VerdictTerms, form_verdict


@dataclass(frozen=True, eq=False)
class Told:
    """A told fact: whether it is known, and for each class whether its value lies there; free where unknown."""

    name: str
    classes: tuple[ValueClass, ...]
    known: z3.BoolRef
    within: tuple[z3.BoolRef, ...]
    begins: tuple[z3.BoolRef, ...]

    def where(self, holds: Callable[[Value | None], bool], logic: Logic) -> z3.BoolRef:
        """Where its value is such that `holds`: the runs of classes that are, each from a beginning to the next."""
        picked = [holds(one.low) for one in self.classes]
        runs = []
        for index, inside in enumerate(picked):
            if inside and (index == 0 or not picked[index - 1]):
                after = next((k for k in range(index, len(picked)) if not picked[k]), len(picked))
                runs.append(logic.every([self.begins[index], logic.no(self.begins[after])]))
        return logic.some(runs)

    def index(self, value: Value) -> int:
        """The class that holds a value."""
        return class_index(self.classes, value)


@dataclass(frozen=True, eq=False)
class Made:
    """A quantity that rules make: whether it is known, and for each value that it can have whether it has it."""

    known: z3.BoolRef
    values: Mapping[Value | None, z3.BoolRef]

    def where(self, holds: Callable[[Value | None], bool], logic: Logic) -> z3.BoolRef:
        """Where its value is such that `holds`."""
        return logic.some(one for value, one in self.values.items() if holds(value))


class Encoding:
    """A policy, or some of its rules that are complete in themselves, in a z3 context of its own.

    Not to be used by two threads at once: whoever asks its solver holds `lock`. Only `context.interrupt()` may come
    from another thread. `classes` gives told facts other classes than those of the rules alone. Two encodings of one
    context have different `prefix`es; the second, made `beside` the first, has all told facts of `shared` from there.
    """

    def __init__(
        self,
        policy: Policy,
        rules: Iterable[Rule] | None = None,
        *,
        classes: Mapping[str, tuple[ValueClass, ...]] | None = None,
        prefix: str = "",
        beside: "Encoding | None" = None,
        shared: Collection[str] = (),
    ) -> None:
        self.policy = policy
        self.classes = classes or {}
        self.prefix = prefix
        self.beside = beside
        self.shared = frozenset(shared)
        self.plan: Plan = plan_of(policy, rules)
        self.rules = tuple(rule for stratum in self.plan.strata for rule in stratum)
        self.lock = threading.Lock()
        self._needs = self.plan.needs if rules is None else frozenset()
        self._build()

    def _build(self) -> None:
        self.context: z3.Context = z3.Context() if self.beside is None else self.beside.context
        z3.Z3_enable_concurrent_dec_ref(self.context.ref())  # what a proof leaves behind is freed by any thread
        self.logic = Logic(self.context)
        self.axioms: list[z3.BoolRef] = []
        self.fires: dict[str, z3.BoolRef] = {}
        self.points: dict[str, Terms] = {}
        self.requiring: dict[str, list[Rule]] = {}
        self.ruling_out: dict[str, list[Rule]] = {}
        self._concluding: dict[str, list[tuple[Value | None, Truth]]] = {}
        self._forbidden: list[z3.BoolRef] = []
        self.conflicts: dict[str, z3.BoolRef] = {}
        self.told = self._told_facts()
        self.made: dict[str, Made] = {}
        self.verdict = self._infer()
        self.allowed = self.define("allowed", self.logic.no(self.logic.some(self._forbidden)))
        self.agreed = self.define("agreed", self.logic.no(self.logic.some(self.conflicts.values())))
        self._solver: z3.Solver | None = None
        self._interrupted = False

    def define(self, name: str, meaning: z3.BoolRef) -> z3.BoolRef:
        """A variable for a proposition; a constant stands for itself."""
        if self.logic.is_true(meaning) or self.logic.is_false(meaning):
            return meaning
        variable = self.logic.named(f"{self.prefix}{len(self.axioms)}: {name}")
        self.axioms.append(variable == meaning)
        return variable

    def solver(self) -> z3.Solver:
        """The solver that holds the encoding, made once; the encoding itself is made anew after an interruption."""
        if self._interrupted:
            self._build()
        if self._solver is None:
            solver = self.empty_solver()
            solver.add(self.axioms)
            self._solver = solver
        return self._solver

    def empty_solver(self) -> z3.Solver:
        """A solver of this context. Ctrl-C stays Python's: z3's handler swallows it, and leaves input() deaf to it."""
        logic = z3.to_symbol("QF_FD", self.context)  # z3.SolverFor would make it in the context that all threads share
        solver = z3.Solver(z3.Z3_mk_solver_for_logic(self.context.ref(), logic), self.context)
        solver.set("ctrl_c", False)
        solver.set("random_seed", 0)
        return solver

    @property
    def spent(self) -> bool:
        """Whether z3 was interrupted in its context, so that it is made anew when next asked."""
        return self._interrupted

    def interrupted(self) -> None:
        """Notes that z3 was interrupted: some versions of it refuse all further work in that context."""
        self._interrupted = True

    def literals(self, answers: Answers, complete: bool = False) -> dict[str, list[z3.BoolRef]]:
        """For each told fact what the answers say of it; with `complete` all are known, whatever their value."""
        return {name: self._said(fact, answers.get(name), complete) for name, fact in self.told.items()}

    def _said(self, fact: Told, value: Value | None, complete: bool) -> list[z3.BoolRef]:
        if value is None:
            return [fact.known] if complete else [self.logic.no(fact.known)]
        return [fact.known, fact.within[fact.index(value)]]

    def _told_facts(self) -> dict[str, Told]:
        """The facts that some rule reads, or that the matrix needs, in the vocabulary's order."""
        names = {name for rule in self.rules for name in rule.reads} | self._needs
        facts = [fact for name, fact in self.policy.told.items() if name in names]
        classes = {**classes_of(facts, self.rules), **self.classes}
        theirs = {} if self.beside is None else self.beside.told
        return {
            fact.name: theirs[fact.name]
            if fact.name in theirs and fact.name in self.shared
            else self._told(fact.name, _answerable(classes[fact.name]))
            for fact in facts
        }

    def _told(self, name: str, classes: tuple[ValueClass, ...]) -> Told:
        logic = self.logic
        said = f"{self.prefix}{name}"
        inner = [logic.named(f"{said} from {one.low}") for one in classes[1:]]
        begins = (logic.true, *inner, logic.false)
        self.axioms += [z3.Implies(later, earlier) for earlier, later in pairwise(inner)]
        within = []
        for index, one in enumerate(classes):
            inside = logic.every([begins[index], logic.no(begins[index + 1])])
            simple = index in (0, len(classes) - 1)
            within.append(inside if simple else self.define(f"{name} at {one.low}", inside))
        return Told(name, classes, logic.named(f"{said} known"), tuple(within), begins)

    def _infer(self) -> VerdictTerms:
        """Stratum by stratum, as the reference does."""
        for number, names in enumerate(self.plan.settled):
            for name in names:
                if name != FINAL:
                    self._settle(name)
            if number == self.plan.final_after:
                verdict = form_verdict(self)
                self.made[FINAL] = Made(self.logic.true, verdict.final)
            for rule in self.plan.strata[number] if number < len(self.plan.strata) else ():
                self._apply(rule)
        return verdict

    def _apply(self, rule: Rule) -> None:
        check_wanted()
        truth = self.truth(rule.when)
        fires = self.fires[rule.id] = self.define(f"{rule.id} fires", truth.true)
        for consequent in rule.then:
            match consequent:
                case Score(option=option, points=points):
                    self.points.setdefault(option, []).append((fires, points))
                case Conclude(fact=fact, value=value):
                    unknown = self.define(f"{rule.id} unknown", truth.unknown)
                    self._concluding.setdefault(fact, []).append((value, Truth(fires, unknown)))
                case Require(capability=capability):
                    self.requiring.setdefault(capability, []).append(rule)
                case RuleOut(name=name):
                    self.ruling_out.setdefault(name, []).append(rule)
                case Impossible():
                    self._forbidden.append(fires)

    def _settle(self, name: str) -> None:
        """Defines a quantity once all the rules that feed it are there."""
        logic = self.logic
        space, _, rest = name.partition(".")
        if not rest:
            self.made[name] = self._derived(name)
        elif space != "scores":
            feeding = (self.requiring if space == "required" else self.ruling_out).get(rest, ())
            holds = self.define(name, logic.some(self.fires[rule.id] for rule in feeding))
            self.made[name] = Made(logic.true, {True: holds, False: logic.no(holds)})

    def _derived(self, name: str) -> Made:
        """Its concluded value; unknown while a rule that could conclude it is; else its default."""
        logic, concluding = self.logic, self._concluding.get(name, [])
        fired = self.define(f"{name} concluded", logic.some(truth.true for _, truth in concluding))
        unknown = logic.every([logic.no(fired), logic.some(truth.unknown for _, truth in concluding)])
        unknown = self.define(f"{name} unknown", unknown)
        sources: dict[Value | None, list[z3.BoolRef]] = {}
        for value, truth in concluding:
            sources.setdefault(value, []).append(truth.true)
        given = {value: self.define(f"{name} is {value}", logic.some(fires)) for value, fires in sources.items()}
        values = list(given.values())
        self.conflicts[name] = logic.some(
            logic.every([one, other]) for k, one in enumerate(values) for other in values[:k]
        )
        default = self.plan.defaults[name]
        absent = logic.every([logic.no(fired), logic.no(unknown)])
        given[default] = self.define(f"{name} or default", logic.some([given.get(default, logic.false), absent]))
        return Made(logic.no(unknown), given)

    def truth(self, condition: Condition) -> Truth:
        """When a condition is true, and when it is unknown."""
        logic = self.logic
        match condition:
            case Compare(name=name) | Among(name=name):
                return self._of_quantity(condition, name)
            case ScoreCompare(terms=terms, operator=sign, bound=bound):
                weights = [(fires, k * points) for name, k in terms for fires, points in self.points.get(name, ())]
                return Truth(logic.compared(weights, sign, bound), logic.false)
            case Always(value=value):
                return Truth(logic.constant(value), logic.false)
            case Not(inner=inner):
                truth = self.truth(inner)
                return Truth(logic.no(logic.some(truth)), truth.unknown)
            case Certain(inner=inner):
                return Truth(self.truth(inner).true, logic.false)
            case And(parts=parts):
                return self._all([self.truth(part) for part in parts])
            case Or(parts=parts):
                return self._any([self.truth(part) for part in parts])

    def _of_quantity(self, condition: Compare | Among, name: str) -> Truth:
        """True on the values on which the reference finds it true; unknown with the quantity."""
        logic, test = self.logic, test_of(condition)
        quantity = self.told.get(name) or self.made[name]
        holds = quantity.where(lambda value: bool(test({name: value})), logic)
        return Truth(logic.every([quantity.known, holds]), logic.no(quantity.known))

    def _all(self, parts: list[Truth]) -> Truth:
        true = self.logic.every(part.true for part in parts)
        maybe = self.logic.every(self.logic.some(part) for part in parts)
        return Truth(true, self.logic.every([maybe, self.logic.no(true)]))

    def _any(self, parts: list[Truth]) -> Truth:
        true = self.logic.some(part.true for part in parts)
        unknown = self.logic.some(part.unknown for part in parts)
        return Truth(true, self.logic.every([unknown, self.logic.no(true)]))


def _answerable(classes: tuple[ValueClass, ...]) -> tuple[ValueClass, ...]:
    """Without the class above the largest number that can be answered."""
    return tuple(one for one in classes if isinstance(one.low, str) or one.low <= MAX_COUNT)


@lru_cache(maxsize=8)
def encoding_for(policy: Policy) -> Encoding:
    """The encoding of a whole policy, made once."""
    return Encoding(policy)


@lru_cache(maxsize=8)
def verdict_encoding_for(policy: Policy) -> Encoding:
    """The encoding of the rules that bear on the final verdict, or on what is impossible; made once."""
    return Encoding(policy, rules_behind(policy, [FINAL]))


def rules_behind(policy: Policy, wanted: Iterable[str]) -> list[Rule]:
    """The rules that bear on some quantities or on what is impossible: complete in themselves."""
    forbidding = [rule for rule in policy.rules if any(isinstance(c, Impossible) for c in rule.then)]
    names = {*wanted, *(name for rule in forbidding for name in rule.reads)}
    ids = supporting(policy.by_id, policy.verdict, names) | {rule.id for rule in forbidding}
    return [rule for rule in policy.rules if rule.id in ids]
