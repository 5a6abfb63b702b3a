"""Conditions over columns: Kleene's truth for every row at once.

A truth value is a pair of masks, true and unknown; the second is None where nothing can be unknown, so that complete
columns pay nothing for it.
"""

from collections.abc import Mapping
from functools import reduce
from typing import Any, NamedTuple, Protocol, TypeAlias

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
    Condition,
    Not,
    Operator,
    Or,
    Policy,
    ScoreCompare,
)
from assistant.policy.vocabulary import FactType, Kind, Value

Column: TypeAlias = NDArray[np.signedinteger[Any]]
Mask: TypeAlias = NDArray[np.bool_]


class Truth(NamedTuple):
    """Kleene's values for every row: where true, and where unknown (None for nowhere)."""

    true: Mask
    unknown: Mask | None = None


class Columns(Protocol):
    """A column for each name that is known somewhere, and where it is unknown."""

    @property
    def policy(self) -> Policy:
        """The policy whose quantities these are."""

    @property
    def size(self) -> int:
        """How many rows there are."""

    @property
    def columns(self) -> Mapping[str, Column]:
        """The values of each name."""

    @property
    def unknown(self) -> Mapping[str, Mask]:
        """The rows in which a name is unknown, where there are any."""


def code_of(fact: FactType, value: Value | None) -> int:
    """A value as a number in its fact's column."""
    if value is None:
        return -1
    if fact.kind is Kind.CHOICE:
        return [option.value for option in fact.options].index(str(value))
    return int(value)


def narrow(reach: int) -> "np.dtype[np.signedinteger[Any]]":
    """The narrowest type for whole numbers from `-reach` to `reach`, as far as there is one."""
    return np.min_scalar_type(max(-reach - 1, -(1 << 63)))


def truth_of(condition: Condition, batch: Columns) -> Truth:
    """Where a condition is true, and where it is unknown."""
    match condition:
        case Compare(name=name, operator=sign, value=value):
            return _known(name, _compared(batch.columns[name], sign, _code(batch.policy, name, value)), batch)
        case Among(name=name, values=values, negated=negated):
            codes = [_code(batch.policy, name, value) for value in values]
            return _known(name, np.asarray(np.isin(batch.columns[name], codes, invert=negated)), batch)
        case ScoreCompare(terms=terms, operator=sign, bound=bound):
            scores = [(batch.columns[f"scores.{option}"], coefficient) for option, coefficient in terms]
            most = sum(abs(coefficient) * int(np.iinfo(column.dtype).max) for column, coefficient in scores)
            total = np.zeros(batch.size, narrow(most))
            for column, coefficient in scores:
                total += np.multiply(column, coefficient, dtype=total.dtype)
            return Truth(_compared(total, sign, bound))
        case Always(value=constant):
            return Truth(np.full(batch.size, constant, np.bool_))
        case Not(inner=inner):
            return _negated(truth_of(inner, batch))
        case Certain(inner=inner):
            return Truth(truth_of(inner, batch).true)
        case And(parts=parts):
            return reduce(_both, (truth_of(part, batch) for part in parts))
        case Or(parts=parts):
            return _negated(reduce(_both, (_negated(truth_of(part, batch)) for part in parts)))


def _known(name: str, holds: Mask, batch: Columns) -> Truth:
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
