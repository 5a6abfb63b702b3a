"""The policy over many working memories at once: a column of values per name, a row per memory, unknowns included.

The reference is the definition, and this agrees with it on facts, firings, scores, adjustments and verdicts. Choices
are coded by the position of their option, None as -1; flags as 0 and 1.

What is made here is as narrow as its values allow, and without branches on single rows: most of the time goes into
moving memory.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.policy.syntax import (
    FINAL,
    Conclude,
    Impossible,
    Policy,
    Require,
    Rule,
    RuleOut,
    Score,
)
from assistant.policy.vocabulary import FactType, Kind, Value
from assistant.reasoning.agenda import Plan, plan_of
from assistant.reasoning.columns import Column, Mask, Truth, code_of, narrow, truth_of
from assistant.reasoning.patience import check_wanted
from assistant.reasoning.verdict import Verdict, final_option, verdict_of

BLOCK = 1 << 16
"""Rows that are numbered at a time, so that the numbers need no memory to speak of."""


def _codes(fact: FactType) -> "np.dtype[np.signedinteger[Any]]":
    """The narrowest type for a fact's values as numbers, and for the difference of any two."""
    return np.dtype(np.int64) if fact.numeric else narrow(len(fact.options) + 1)


@dataclass
class Batch:
    """Working memories in columns, and what follows from each.

    `unknown` holds a mask for each name that some row does not know. `fired` holds, for each rule, the rows on which it
    fires. `final` is the position of the final option, -1 for none; `verdicts[form[row]]` is a row's whole verdict,
    which is formed when first asked for.
    """

    plan: Plan
    size: int
    columns: dict[str, Column]
    unknown: dict[str, Mask]
    fired: dict[str, Mask] = field(default_factory=dict)
    possible: Mask = field(init=False)

    def __post_init__(self) -> None:
        self.possible = np.ones(self.size, np.bool_)

    @property
    def policy(self) -> Policy:
        """The policy that was applied."""
        return self.plan.policy

    @property
    def final(self) -> Column:
        """The final option of each row."""
        return self.columns[FINAL]

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts that occur."""
        return self._formed[0]

    @property
    def form(self) -> Column:
        """The position of each row's verdict among those that occur."""
        return self._formed[1]

    @cached_property
    def chosen(self) -> Column:
        """The option that the scores choose in each row; -1 where there is none, or it is unknown."""
        name = self.policy.verdict.chosen
        column = self.columns[name]
        return np.where(self.unknown[name], column.dtype.type(-1), column) if name in self.unknown else column

    def picked(self, row: int) -> str | None:
        """The option that the scores choose in one row."""
        code, fact = int(self.chosen[row]), self.policy.facts[self.policy.verdict.chosen]
        return None if code < 0 else fact.options[code].value

    @cached_property
    def gates(self) -> list[Rule]:
        """The rules that require something or rule something out."""
        rules = (rule for stratum in self.plan.strata for rule in stratum)
        return [rule for rule in rules if any(isinstance(c, Require | RuleOut) for c in rule.then)]

    def constrained(self, kind: type[Require] | type[RuleOut], name: str) -> Mask:
        """Where a capability is required, or a name ruled out."""
        masks = [self.fired[rule.id] for rule in self.gates if _constrains(rule, kind, name)]
        return reduce(np.logical_or, masks, np.zeros(self.size, np.bool_))

    @cached_property
    def _formed(self) -> tuple[tuple[Verdict, ...], Column]:
        """Forms the verdict once for each combination of chosen option, gates and known needs that occurs."""
        policy = self.policy
        complete = ~reduce(np.logical_or, self._missing_needs(), np.zeros(self.size, np.bool_))
        rows, form = _alike(self.chosen, [complete, *(self.fired[rule.id] for rule in self.gates)])
        verdicts = []
        for row in rows:
            firing = [rule for rule in self.gates if self.fired[rule.id][row]]
            required, ruled_out = _sources(firing)
            verdicts.append(verdict_of(policy, self.picked(row), bool(complete[row]), required, ruled_out))
        return tuple(verdicts), form

    def _missing_needs(self) -> list[Mask]:
        """Where each fact that the matrix needs is unknown, if it is anywhere."""
        needs = self.policy.verdict.needs
        if any(name not in self.columns for name in needs):
            return [np.ones(self.size, np.bool_)]
        return [self.unknown[name] for name in needs if name in self.unknown]

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
            packed[number // 8] |= mask.view(np.uint8) * np.uint8(128 >> number % 8)  # shifts are slower
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
    read = {name for stratum in plan.strata for rule in stratum for name in rule.reads}
    for name in policy.told:
        if name in read and name not in told:
            missing[name] = np.broadcast_to(np.True_, size)
    columns = {name: np.asarray(column) for name, column in told.items()}
    columns |= {name: np.broadcast_to(np.int8(0), size) for name in missing if name not in columns}
    return _Run(Batch(plan, size, columns, missing), extra or {}).infer()


class _Run:
    """One pass over the strata."""

    def __init__(self, batch: Batch, extra: Mapping[str, Column]) -> None:
        self.batch = batch
        self.points = _points(batch.plan, extra)
        self.scores = {option: np.array(column, self.points[option]) for option, column in extra.items()}
        self.concluded: dict[str, Column] = {}
        self.has_value: dict[str, Mask] = {}
        self.open: dict[str, Mask] = {}

    def infer(self) -> Batch:
        plan = self.batch.plan
        self.settle(0)
        for number, stratum in enumerate(plan.strata):
            for rule in stratum:
                check_wanted()
                truth = truth_of(rule.when, self.batch)
                self.batch.fired[rule.id] = truth.true
                self.apply(rule, truth)
            self.settle(number + 1)
        return self.batch

    def apply(self, rule: Rule, truth: Truth) -> None:
        batch, fires = self.batch, truth.true
        for consequent in rule.then:
            match consequent:
                case Score(option=option, points=points):
                    if option not in self.scores:
                        self.scores[option] = self.zeros(option)
                    self.scores[option] += fires * self.points[option].type(points)
                case Conclude(fact=name, value=value):
                    if name not in self.concluded:
                        self.concluded[name] = self.default(name)
                    column = self.concluded[name]
                    code = column.dtype.type(code_of(batch.policy.facts[name], value))
                    if name in self.has_value:
                        batch.possible &= ~(fires & self.has_value[name] & (column != code))
                    column += fires * (code - column)
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
                batch.columns[name] = self.scores[rest] if rest in self.scores else self.zeros(rest)
            elif name != FINAL:
                wanted = Require if space == "required" else RuleOut
                batch.columns[name] = batch.constrained(wanted, rest).view(np.int8)
        if stratum == plan.final_after:
            self.form_finals()

    def settle_derived(self, name: str) -> None:
        batch = self.batch
        batch.columns[name] = self.concluded[name] if name in self.concluded else self.default(name)
        if name in self.open:
            batch.unknown[name] = self.open[name] & ~self.has_value[name]

    def zeros(self, option: str) -> Column:
        """No points for an option, in a column that holds all that it may come to."""
        return np.zeros(self.batch.size, self.points.get(option, np.int8))

    def default(self, name: str) -> Column:
        """A derived fact's default in every row."""
        fact = self.batch.policy.facts[name]
        return np.full(self.batch.size, code_of(fact, self.batch.plan.defaults[name]), _codes(fact))

    def form_finals(self) -> None:
        """Forms the final option once for each combination of chosen option and constraints that occurs."""
        batch, options = self.batch, self.batch.policy.options
        required, ruled_out = self.constraints("required."), self.constraints("ruled_out.")
        rows, sorts = _alike(batch.chosen, [*required.values(), *ruled_out.values()])
        positions = {option.id: position for position, option in enumerate(options)}
        finals = []
        for row in rows:
            wanted, excluded = (frozenset(name for name in some if some[name][row]) for some in (required, ruled_out))
            final = final_option(options, batch.picked(row), wanted, excluded)
            finals.append(-1 if final is None else positions[final])
        batch.columns[FINAL] = np.asarray(finals, narrow(len(options)))[sorts]

    def constraints(self, space: str) -> dict[str, Column]:
        """The requirements, or the exclusions, that some rule makes: by what they name, where they hold."""
        written = {name for rule in self.batch.gates for name in rule.writes if name.startswith(space)}
        return {name.removeprefix(space): self.batch.columns[name] for name in sorted(written)}


def _points(plan: Plan, extra: Mapping[str, Column]) -> "dict[str, np.dtype[np.signedinteger[Any]]]":
    """The narrowest type for each option's points: all that it can be given, or have taken from it."""
    reach = Counter({option: int(np.abs(column).max(initial=0)) for option, column in extra.items()})
    for stratum in plan.strata:
        for consequent in (consequent for rule in stratum for consequent in rule.then):
            if isinstance(consequent, Score):
                reach[consequent.option] += abs(consequent.points)
    return {option: narrow(most) for option, most in reach.items()}


def _alike(codes: Column, masks: Sequence[Column | Mask]) -> tuple[NDArray[np.intp], Column]:
    """Rows that are alike in a code, -1 or more, and in all masks: one row of each sort, and the sort of every row."""
    span = int(codes.max(initial=-1)) + 2
    keys = codes.astype(narrow(span << min(len(masks), 60)))
    keys += keys.dtype.type(1)
    for mask in masks:
        if span > 1 << 60:  # twice as many would no longer fit: numbered afresh
            found, keys = np.unique(keys, return_inverse=True)
            span = len(found)
        keys = keys * keys.dtype.type(2) + mask
        span *= 2
    if span > len(keys):
        _, rows, sorts = np.unique(keys, return_index=True, return_inverse=True)
        return rows, sorts
    last = np.full(span, -1, np.intp)
    for start in range(0, len(keys), BLOCK):
        block = keys[start : start + BLOCK]
        last[block] = np.arange(start, start + len(block))
    sorts = np.cumsum(last >= 0) - 1
    return last[last >= 0], sorts.astype(narrow(span))[keys]


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
