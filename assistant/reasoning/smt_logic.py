"""Propositions of one z3 context: and, or, not and linear comparisons, folded where a part is constant.

Everything that whyso says to z3 is made of these, so that the whole policy is one finite problem for its SAT solver.
"""

from collections.abc import Iterable
from typing import NamedTuple

import z3

from assistant.policy.syntax import NEGATED, Operator

Terms = list[tuple[z3.BoolRef, int]]
"""A sum: each proposition with what it adds where it holds."""

LARGEST_TOTAL = 1 << 24
"""Up to here sums are pseudo-Boolean constraints, which z3 solves far faster than the same in binary or in integers."""


class Truth(NamedTuple):
    """Kleene's values: when it is true, and when it is unknown. It is false otherwise."""

    true: z3.BoolRef
    unknown: z3.BoolRef


class Logic:
    """The propositions of one context."""

    def __init__(self, context: z3.Context) -> None:
        self.context = context
        self.true = z3.BoolVal(True, context)
        self.false = z3.BoolVal(False, context)
        self._true, self._false = _address(self.true), _address(self.false)

    def is_true(self, one: z3.BoolRef) -> bool:
        """Whether it is the constant true, which z3 makes once in a context: asking z3 itself takes far longer."""
        return _address(one) == self._true

    def is_false(self, one: z3.BoolRef) -> bool:
        """Whether it is the constant false."""
        return _address(one) == self._false

    def named(self, name: str) -> z3.BoolRef:
        """The variable of that name."""
        return z3.Bool(name, self.context)

    def constant(self, value: bool) -> z3.BoolRef:
        """true or false."""
        return self.true if value else self.false

    def no(self, one: z3.BoolRef) -> z3.BoolRef:
        """The negation. Of a variable or its negation it is a literal, which is all that may be assumed in a check."""
        if self.is_true(one) or self.is_false(one):
            return self.constant(self.is_false(one))
        return one.arg(0) if z3.is_not(one) else z3.Not(one)

    def every(self, parts: Iterable[z3.BoolRef]) -> z3.BoolRef:
        """All of them."""
        left = [part for part in parts if not self.is_true(part)]
        if any(self.is_false(part) for part in left):
            return self.false
        if len(left) < 2:
            return left[0] if left else self.true
        return z3.And(left)

    def some(self, parts: Iterable[z3.BoolRef]) -> z3.BoolRef:
        """Any of them."""
        left = [part for part in parts if not self.is_false(part)]
        if any(self.is_true(part) for part in left):
            return self.true
        if len(left) < 2:
            return left[0] if left else self.false
        return z3.Or(left)

    def compared(self, terms: Terms, sign: Operator, bound: int) -> z3.BoolRef:
        """A sum against a whole number."""
        match sign:
            case "<=":
                return self.at_most(terms, bound)
            case "<":
                return self.at_most(terms, bound - 1)
            case "==":
                return self.every([self.at_most(terms, bound), self.no(self.at_most(terms, bound - 1))])
            case _:
                return self.no(self.compared(terms, NEGATED[sign], bound))

    def at_most(self, terms: Terms, bound: int) -> z3.BoolRef:
        """Whether a sum is no more than a whole number: over positive weights, the negative ones turned round."""
        weights: Terms = []
        for one, weight in terms:
            if weight < 0:
                weights.append((self.no(one), -weight))
                bound -= weight
            elif weight > 0:
                weights.append((one, weight))
        total = sum(weight for _, weight in weights)
        if bound < 0 or bound >= total:
            return self.constant(bound >= 0)
        if total <= LARGEST_TOTAL:
            return z3.PbLe(weights, bound)
        return self._binary_at_most(weights, bound, total.bit_length())

    def _binary_at_most(self, weights: Terms, bound: int, bits: int) -> z3.BoolRef:
        """The same by binary addition, for weights beyond what z3 takes in such a constraint."""
        zero = z3.BitVecVal(0, bits, self.context)
        parts = [z3.If(one, z3.BitVecVal(weight, bits, self.context), zero) for one, weight in weights]
        return z3.ULE(z3.Sum(parts), z3.BitVecVal(bound, bits, self.context))


def _address(one: z3.BoolRef) -> object:
    """Where z3 holds a proposition: the same for one and the same."""
    return one.ast.value
