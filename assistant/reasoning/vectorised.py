"""The policy over many working memories at once: a column of values per name, a row per memory, unknowns included.

The reference is the definition, and this agrees with it on facts, firings, scores, adjustments and verdicts. Choices
are coded by the position of their option, None as -1; flags as 0 and 1. A truth value is a pair of masks, true and
unknown; the second is None where nothing can be unknown, so that complete columns pay nothing for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assistant.policy.syntax import (
    FINAL,
    NEGATED,
    Always,
    Among,
    And,
    Certain,
    Compare,
    Conclude,
    Condition,
    Impossible,
    Not,
    Operator,
    Or,
    Policy,
    Require,
    Rule,
    RuleOut,
    Score,
    ScoreCompare,
)
from assistant.policy.vocabulary import FactType, Kind, Value
from assistant.reasoning.agenda import Plan, plan_of
from assistant.reasoning.verdict import Verdict, verdict_of

Column: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


class Truth(NamedTuple):
    """Kleene's values for every row: where true, and where unknown (None for nowhere)."""

    true: Mask
    unknown: Mask | None = None


def code_of(fact: FactType, value: Value | None) -> int:
    """A value as a number in its fact's column."""
    if value is None:
        return -1
    if fact.kind is Kind.CHOICE:
        return [option.value for option in fact.options].index(str(value))
    return int(value)


@dataclass
class Batch:
    """Working memories in columns, and what follows from each.

    `unknown` holds a mask for each name that some row does not know. `fired` holds, for each rule, the rows on which it
    fires. `final` is the position of the final option, -1 for none; `verdicts[form[row]]` is a row's whole verdict.
    """

    plan: Plan
    size: int
    columns: dict[str, Column]
    unknown: dict[str, Mask]
    fired: dict[str, Mask] = field(default_factory=dict)
    possible: Mask = field(init=False)
    verdicts: tuple[Verdict, ...] = ()
    form: NDArray[np.intp] = field(init=False)

    def __post_init__(self) -> None:
        self.possible = np.ones(self.size, np.bool_)
        self.form = np.zeros(self.size, np.intp)

    @property
    def policy(self) -> Policy:
        """The policy that was applied."""
        return self.plan.policy

    @property
    def final(self) -> Column:
        """The final option of each row."""
        return self.columns[FINAL]

    def memory(self, row: int) -> dict[str, Value | None]:
        """The working memory of one row, as an inference holds it."""
        found: dict[str, Value | None] = {}
        for name, column in self.columns.items():
            if name not in self.unknown or not self.unknown[name][row]:
                found[name] = self._value(name, int(column[row]))
        return found

    def _value(self, name: str, code: int) -> Value | None:
        fact, policy = self.policy.facts.get(name), self.policy
        if name == FINAL:
            return None if code < 0 else policy.options[code].id
        if name.startswith("scores."):
            return code
        if fact is None or fact.kind is Kind.FLAG:
            return bool(code)
        if fact.kind is Kind.CHOICE:
            return None if code < 0 else fact.options[code].value
        return code

    def bits(self) -> NDArray[np.uint8]:
        """The rules that fired as a bit set per row, eight rules a byte, in the plan's order."""
        masks = [self.fired[rule.id] for stratum in self.plan.strata for rule in stratum]
        packed = np.zeros((-(-len(masks) // 8), self.size), np.uint8)
        for number, mask in enumerate(masks):
            packed[number // 8] |= mask.view(np.uint8) << np.uint8(7 - number % 8)
        return packed.T


def infer_batch(
    policy: Policy,
    rules: Iterable[Rule] | None,
    told: Mapping[str, Column],
    size: int,
    unknown: Mapping[str, Mask] | None = None,
    extra: Mapping[str, Column] | None = None,
) -> Batch:
    """Fires `rules` (complete in themselves; all without them) on every row of `told`.

    A told fact without a column is unknown in every row; one with a mask in `unknown` is unknown where that is true.
    `extra` gives options points beyond those of the rules.
    """
    plan = plan_of(policy, rules)
    missing = dict(unknown or {})
    everywhere = np.ones(size, np.bool_)
    read = {name for stratum in plan.strata for rule in stratum for name in rule.reads}
    for name in policy.told:
        if name in read and name not in told:
            missing[name] = everywhere
    columns = {name: np.asarray(column) for name, column in told.items()}
    columns |= {name: np.zeros(size, np.int64) for name in missing if name not in columns}
    run = _Run(Batch(plan, size, columns, missing))
    run.scores = {option: np.array(points, np.int64) for option, points in (extra or {}).items()}
    return run.infer()


class _Run:
    """One pass over the strata."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.scores: dict[str, Column] = {}
        self.concluded: dict[str, Column] = {}
        self.has_value: dict[str, Mask] = {}
        self.open: dict[str, Mask] = {}

    def infer(self) -> Batch:
        plan = self.batch.plan
        self.settle(0)
        for number, stratum in enumerate(plan.strata):
            for rule in stratum:
                truth = _evaluate(rule.when, self.batch)
                self.batch.fired[rule.id] = truth.true
                self.apply(rule, truth)
            self.settle(number + 1)
        return self.batch

    def apply(self, rule: Rule, truth: Truth) -> None:
        batch, fires = self.batch, truth.true
        for consequent in rule.then:
            match consequent:
                case Score(option=option, points=points):
                    column = self.scores.setdefault(option, np.zeros(batch.size, np.int64))
                    column += fires * np.int64(points)
                case Conclude(fact=name, value=value):
                    fact = batch.policy.facts[name]
                    default = code_of(fact, batch.plan.defaults[name])
                    column = self.concluded.setdefault(name, np.full(batch.size, default, np.int64))
                    column[fires] = code_of(fact, value)
                    self.has_value[name] = self.has_value[name] | fires if name in self.has_value else fires
                    if truth.unknown is not None:
                        before = self.open.get(name)
                        self.open[name] = truth.unknown if before is None else before | truth.unknown
                case Impossible():
                    batch.possible &= ~fires

    def settle(self, stratum: int) -> None:
        """Writes down what is known once the first `stratum` strata have fired; the final verdict last."""
        batch, plan = self.batch, self.batch.plan
        for name in plan.settled[stratum]:
            space, _, rest = name.partition(".")
            if not rest:
                self.settle_derived(name)
            elif space == "scores":
                batch.columns[name] = self.scores.get(rest, np.zeros(batch.size, np.int64))
            elif name != FINAL:
                wanted = Require if space == "required" else RuleOut
                batch.columns[name] = self.constrained(wanted, rest).astype(np.int64)
        if stratum == plan.final_after:
            self.form_verdicts()

    def settle_derived(self, name: str) -> None:
        batch = self.batch
        default = code_of(batch.policy.facts[name], batch.plan.defaults[name])
        batch.columns[name] = self.concluded.get(name, np.full(batch.size, default, np.int64))
        if name in self.open:
            batch.unknown[name] = self.open[name] & ~self.has_value[name]

    def constrained(self, kind: type[Require] | type[RuleOut], name: str) -> Mask:
        """Where a capability is required, or a name ruled out."""
        masks = [self.batch.fired[rule.id] for rule in self.gates() if _constrains(rule, kind, name)]
        return reduce(np.logical_or, masks, np.zeros(self.batch.size, np.bool_))

    def gates(self) -> list[Rule]:
        """The fired rules that require something or rule something out."""
        rules = (rule for stratum in self.batch.plan.strata for rule in stratum if rule.id in self.batch.fired)
        return [rule for rule in rules if any(isinstance(c, Require | RuleOut) for c in rule.then)]

    def form_verdicts(self) -> None:
        """Forms the verdict once for each combination of chosen option, gates and known needs that occurs."""
        batch, policy = self.batch, self.batch.policy
        gates = self.gates()
        chosen = policy.verdict.chosen
        code = batch.columns[chosen].copy()
        if chosen in batch.unknown:
            code[batch.unknown[chosen]] = -1
        complete = ~reduce(np.logical_or, self.missing_needs(), np.zeros(batch.size, np.bool_))
        keys = _keys(code + 1, len(policy.options) + 1, [complete, *(batch.fired[rule.id] for rule in gates)])
        _, first, batch.form = np.unique(keys, return_index=True, return_inverse=True)
        batch.form = batch.form.reshape(-1)
        values = [option.value for option in policy.facts[chosen].options]
        verdicts = []
        for row in first:
            firing = [rule for rule in gates if batch.fired[rule.id][row]]
            picked = values[code[row]] if code[row] >= 0 else None
            required, ruled_out = _sources(firing)
            verdicts.append(verdict_of(policy, picked, bool(complete[row]), required, ruled_out))
        batch.verdicts = tuple(verdicts)
        options = [option.id for option in policy.options]
        finals = [-1 if verdict.final is None else options.index(verdict.final) for verdict in verdicts]
        batch.columns[FINAL] = np.asarray(finals, np.int64)[batch.form]

    def missing_needs(self) -> list[Mask]:
        """For each fact that the matrix needs, where it is unknown."""
        batch = self.batch
        everywhere = np.ones(batch.size, np.bool_)
        needs = batch.policy.verdict.needs
        return [
            batch.unknown.get(name, np.zeros(batch.size, np.bool_)) if name in batch.columns else everywhere
            for name in needs
        ]


def _keys(first: Column, size: int, masks: list[Mask]) -> NDArray[np.int64]:
    """One whole number for each combination of a code and some masks; renumbered before it could overflow."""
    key = first.astype(np.int64)
    span = size
    for mask in masks:
        if span > 1 << 60:
            _, key = np.unique(key, return_inverse=True)
            key = key.reshape(-1).astype(np.int64)
            span = int(key.max(initial=0)) + 1
        key = key * 2 + mask
        span *= 2
    return key


def _constrains(rule: Rule, kind: type[Require] | type[RuleOut], name: str) -> bool:
    for consequent in rule.then:
        if isinstance(consequent, kind):
            target = consequent.capability if isinstance(consequent, Require) else consequent.name
            if target == name:
                return True
    return False


def _sources(firing: Iterable[Rule]) -> tuple[dict[str, tuple[Rule, ...]], dict[str, tuple[Rule, ...]]]:
    """What some fired rules require and rule out, each with its rules."""
    required: dict[str, tuple[Rule, ...]] = {}
    ruled_out: dict[str, tuple[Rule, ...]] = {}
    for rule in firing:
        for consequent in rule.then:
            if isinstance(consequent, Require):
                required[consequent.capability] = (*required.get(consequent.capability, ()), rule)
            elif isinstance(consequent, RuleOut):
                ruled_out[consequent.name] = (*ruled_out.get(consequent.name, ()), rule)
    return required, ruled_out


def _evaluate(condition: Condition, batch: Batch) -> Truth:
    match condition:
        case Compare(name=name, operator=sign, value=value):
            return _known(name, _compared(batch.columns[name], sign, _code(batch.policy, name, value)), batch)
        case Among(name=name, values=values, negated=negated):
            codes = [_code(batch.policy, name, value) for value in values]
            return _known(name, np.asarray(np.isin(batch.columns[name], codes, invert=negated)), batch)
        case ScoreCompare(terms=terms, operator=sign, bound=bound):
            total = np.zeros(batch.size, np.int64)
            for option, coefficient in terms:
                total = total + coefficient * batch.columns[f"scores.{option}"]
            return Truth(_compared(total, sign, bound))
        case Always(value=constant):
            return Truth(np.full(batch.size, constant, np.bool_))
        case Not(inner=inner):
            return _negated(_evaluate(inner, batch))
        case Certain(inner=inner):
            return Truth(_evaluate(inner, batch).true)
        case And(parts=parts):
            return reduce(_both, (_evaluate(part, batch) for part in parts))
        case Or(parts=parts):
            return _negated(reduce(_both, (_negated(_evaluate(part, batch)) for part in parts)))


def _known(name: str, holds: Mask, batch: Batch) -> Truth:
    unknown = batch.unknown.get(name)
    return Truth(holds) if unknown is None else Truth(holds & ~unknown, unknown)


def _negated(truth: Truth) -> Truth:
    if truth.unknown is None:
        return Truth(~truth.true)
    return Truth(~(truth.true | truth.unknown), truth.unknown)


def _both(left: Truth, right: Truth) -> Truth:
    true = left.true & right.true
    if left.unknown is None and right.unknown is None:
        return Truth(true)
    maybe_left = left.true if left.unknown is None else left.true | left.unknown
    maybe_right = right.true if right.unknown is None else right.true | right.unknown
    return Truth(true, maybe_left & maybe_right & ~true)


def _code(policy: Policy, name: str, value: Value | None) -> int:
    if name == FINAL:
        return -1 if value is None else [option.id for option in policy.options].index(str(value))
    fact = policy.facts.get(name)
    return int(value or 0) if fact is None else code_of(fact, value)


def _compared(column: Column, sign: Operator, value: int) -> Mask:
    match sign:
        case "<":
            return np.less(column, value)
        case ">":
            return np.greater(column, value)
        case "==":
            return np.equal(column, value)
        case _:
            return ~_compared(column, NEGATED[sign], value)
