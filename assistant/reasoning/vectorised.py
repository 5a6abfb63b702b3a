"""The policy over many complete working memories at once: a column of values per name, a row per memory.

Every told fact that the rules read must have a column; the reference is the definition, and this agrees with it.
Choices are coded by the position of their option, None as -1; flags as 0 and 1.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import TypeAlias

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
    Or,
    Policy,
    Require,
    Rule,
    RuleOut,
    Score,
    ScoreCompare,
)
from assistant.policy.vocabulary import FactType, Kind, Value
from assistant.reasoning.agenda import plan_of
from assistant.reasoning.verdict import final_option

Column: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


def code_of(fact: FactType, value: Value | None) -> int:
    """A value as a number in its fact's column."""
    if value is None:
        return -1
    if fact.kind is Kind.CHOICE:
        return [option.value for option in fact.options].index(str(value))
    return int(value)


@dataclass
class Batch:
    """Working memories in columns. `final` holds the position of the final option, -1 for none."""

    policy: Policy
    size: int
    columns: dict[str, Column]
    possible: Mask = field(init=False)
    required: dict[str, Mask] = field(default_factory=dict)
    ruled_out: dict[str, Mask] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.possible = np.ones(self.size, np.bool_)

    @property
    def final(self) -> Column:
        """The final option of each row."""
        return self.columns[FINAL]


def infer_batch(policy: Policy, rules: Iterable[Rule], told: Mapping[str, Column], size: int) -> Batch:
    """Fires `rules` (complete in themselves) on every row of `told`."""
    plan = plan_of(policy, rules)
    batch = Batch(policy, size, dict(told))
    scores: dict[str, Column] = {}
    concluded: dict[str, Column] = {}
    _settle(batch, plan.settled[0], plan.defaults, scores, concluded)
    for stratum, settled in zip(plan.strata, plan.settled[1:], strict=True):
        for rule in stratum:
            fires = _evaluate(rule.when, batch)
            _apply(rule, fires, batch, scores, concluded, plan.defaults)
        _settle(batch, settled, plan.defaults, scores, concluded)
    return batch


def _apply(
    rule: Rule,
    fires: Mask,
    batch: Batch,
    scores: dict[str, Column],
    concluded: dict[str, Column],
    defaults: Mapping[str, Value | None],
) -> None:
    for consequent in rule.then:
        match consequent:
            case Score(option=option, points=points):
                column = scores.setdefault(option, np.zeros(batch.size, np.int64))
                column += fires * np.int64(points)
            case Conclude(fact=name, value=value):
                fact = batch.policy.facts[name]
                column = concluded.setdefault(name, np.full(batch.size, code_of(fact, defaults[name]), np.int64))
                column[fires] = code_of(fact, value)
            case Require(capability=capability):
                batch.required[capability] = batch.required.get(capability, False) | fires
            case RuleOut(name=name):
                batch.ruled_out[name] = batch.ruled_out.get(name, False) | fires
            case Impossible():
                batch.possible &= ~fires


def _settle(
    batch: Batch,
    names: Iterable[str],
    defaults: Mapping[str, Value | None],
    scores: Mapping[str, Column],
    concluded: Mapping[str, Column],
) -> None:
    """Writes down what is known from here on; the final verdict last, since it reads the others."""
    nothing = np.zeros(batch.size, np.int64)
    for name in sorted(names, key=FINAL.__eq__):
        space, _, rest = name.partition(".")
        if not rest:
            default = code_of(batch.policy.facts[name], defaults[name])
            batch.columns[name] = concluded.get(name, np.full(batch.size, default, np.int64))
        elif space == "scores":
            batch.columns[name] = scores.get(rest, nothing)
        elif name == FINAL:
            batch.columns[name] = _final(batch)
        else:
            mask = (batch.required if space == "required" else batch.ruled_out).get(rest)
            batch.columns[name] = nothing if mask is None else mask.astype(np.int64)


def _final(batch: Batch) -> Column:
    """The final option of each row: worked out once for each combination that occurs."""
    policy = batch.policy
    options = [option.id for option in policy.options]
    parts = [(name, batch.required) for name in sorted(batch.required)]
    parts += [(name, batch.ruled_out) for name in sorted(batch.ruled_out)]
    chosen_fact = policy.facts[policy.verdict.chosen]
    key = batch.columns[policy.verdict.chosen] + 1
    for name, masks in parts:
        key = key * 2 + masks[name]
    found, where = np.unique(key, return_inverse=True)
    finals = []
    for number in found:
        bits = int(number)
        required: set[str] = set()
        excluded: set[str] = set()
        for name, masks in reversed(parts):
            if bits & 1:
                (required if masks is batch.required else excluded).add(name)
            bits >>= 1
        chosen = chosen_fact.options[bits - 1].value if bits else None
        final = final_option(policy.options, chosen, frozenset(required), frozenset(excluded))
        finals.append(-1 if final is None else options.index(final))
    return np.asarray(finals, np.int64)[where.reshape(-1)]


def _evaluate(condition: Condition, batch: Batch) -> Mask:
    match condition:
        case Compare(name=name, operator=sign, value=value):
            return _compared(batch.columns[name], sign, _code(batch.policy, name, value))
        case Among(name=name, values=values, negated=negated):
            codes = [_code(batch.policy, name, value) for value in values]
            return np.asarray(np.isin(batch.columns[name], codes, invert=negated))
        case ScoreCompare(terms=terms, operator=sign, bound=bound):
            total = np.zeros(batch.size, np.int64)
            for option, coefficient in terms:
                total = total + coefficient * batch.columns[f"scores.{option}"]
            return _compared(total, sign, bound)
        case Always(value=constant):
            return np.full(batch.size, constant, np.bool_)
        case Not(inner=inner):
            return ~_evaluate(inner, batch)
        case Certain(inner=inner):
            return _evaluate(inner, batch)
        case And(parts=parts):
            return reduce(np.logical_and, (_evaluate(part, batch) for part in parts))
        case Or(parts=parts):
            return reduce(np.logical_or, (_evaluate(part, batch) for part in parts))


def _code(policy: Policy, name: str, value: Value | None) -> int:
    if name == FINAL:
        return -1 if value is None else [option.id for option in policy.options].index(str(value))
    fact = policy.facts.get(name)
    return int(value or 0) if fact is None else code_of(fact, value)


def _compared(column: Column, sign: str, value: int) -> Mask:
    match sign:
        case "<":
            return column < value
        case ">":
            return column > value
        case "==":
            return np.equal(column, value)
        case _:
            return ~_compared(column, NEGATED[sign], value)  # type: ignore[index]  # the three others
