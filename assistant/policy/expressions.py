"""Condition texts to typed conditions: a scanner and a recursive descent, in bounded time and depth.

Types and ranges are checked here, against the names that a policy declares, so that nothing can go wrong when a
condition is evaluated. A fault is an `ExpressionError` with the offset in the text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from assistant.errors import did_you_mean, shown
from assistant.policy.syntax import (
    FINAL,
    Always,
    And,
    Among,
    Certain,
    Compare,
    Condition,
    Not,
    Operator,
    Or,
    Param,
    ScoreCompare,
)
from assistant.policy.vocabulary import FactType, Kind, Value

MAX_LENGTH = 4096
MAX_DEPTH = 50

_TOKEN = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*(?:\.\w+)*)|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<sign><=|>=|==|!=|<|>|\+|-|\(|\)|\[|\]|,)|(?P<space>\s+)|(?P<bad>.)",
    re.DOTALL | re.ASCII,
)
_COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
_TURNED: Mapping[str, Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_KEYWORDS = ("and", "or", "not", "in", "true", "false", "none", "certain")


class ExpressionError(Exception):
    """A fault in a condition, at an offset in its text."""

    def __init__(self, offset: int, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.help = help


@dataclass(frozen=True, slots=True)
class Symbols:
    """The names that a condition may use."""

    facts: Mapping[str, FactType]
    params: Mapping[str, Param]
    options: tuple[str, ...]
    capabilities: tuple[str, ...]

    def quantity(self, name: str) -> FactType | None:
        """The type of a fact or of a quantity that rules make; None where there is none of that name."""
        if name in self.facts:
            return self.facts[name]
        space, _, rest = name.partition(".")
        if space == "required" and rest in self.capabilities:
            return _pseudo(name, Kind.FLAG)
        if space == "ruled_out" and rest in (*self.capabilities, *self.options):
            return _pseudo(name, Kind.FLAG)
        return _pseudo(name, Kind.CHOICE) if name == FINAL else None

    def names(self) -> list[str]:
        """Every name, for suggestions."""
        return [
            *self.facts,
            *(f"params.{param}" for param in self.params),
            *(f"scores.{option}" for option in self.options),
            *(f"required.{capability}" for capability in self.capabilities),
            *(f"ruled_out.{name}" for name in (*self.capabilities, *self.options)),
            FINAL,
        ]


def _pseudo(name: str, kind: Kind) -> FactType:
    from assistant.errors import Span

    return FactType(name, kind, name, Span("", 0, 0), "", "", derived=True)


class _Token(NamedTuple):
    kind: str
    text: str
    offset: int


class _Operand(NamedTuple):
    """One side of a comparison: a quantity, a constant, or a sum of scores and constants."""

    offset: int
    text: str
    quantity: FactType | None = None
    constant: Value | None = None
    is_constant: bool = False
    param: str | None = None
    scores: tuple[tuple[str, int], ...] = ()
    shift: int = 0


def parse_condition(text: str, symbols: Symbols) -> Condition:
    """The condition that `text` states; raises `ExpressionError`."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError(0, f"a condition of {len(text):,} characters", f"at most {MAX_LENGTH:,}: split the rule")
    return _Parser(text, symbols).whole()


class _Parser:
    def __init__(self, text: str, symbols: Symbols) -> None:
        self.symbols = symbols
        self.end = len(text)
        self.tokens = [
            _Token(m.lastgroup or "", m[0], m.start()) for m in _TOKEN.finditer(text) if m.lastgroup != "space"
        ]
        for token in self.tokens:
            if token.kind == "bad":
                help = "compare with `==`" if token.text == "=" else None
                raise ExpressionError(token.offset, f"unexpected `{shown(token.text)}`", help)
        self.position = 0
        self.depth = 0

    def peek(self) -> _Token:
        if self.position < len(self.tokens):
            return self.tokens[self.position]
        return _Token("end", "", self.end)

    def next(self) -> _Token:
        token = self.peek()
        self.position += 1
        return token

    def at(self, *texts: str) -> bool:
        token = self.peek()
        return token.kind in ("name", "sign") and token.text in texts

    def expect(self, text: str) -> None:
        token = self.next()
        if token.text != text:
            raise ExpressionError(token.offset, f"expected `{text}`, found {_found(token)}")

    def whole(self) -> Condition:
        condition = self.disjunction()
        token = self.peek()
        if token.kind != "end":
            raise ExpressionError(token.offset, f"expected `and`, `or` or the end, found {_found(token)}")
        return condition

    def disjunction(self) -> Condition:
        parts = [self.conjunction()]
        while self.at("or"):
            self.next()
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def conjunction(self) -> Condition:
        parts = [self.negation()]
        while self.at("and"):
            self.next()
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def negation(self) -> Condition:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(self.peek().offset, f"nested deeper than {MAX_DEPTH} levels", "split the rule")
        try:
            if self.at("not"):
                self.next()
                return Not(self.negation())
            if self.at("("):
                return self.parenthesis()
            if (
                self.at("certain")
                and self.position + 1 < len(self.tokens)
                and self.tokens[self.position + 1].text == "("
            ):
                self.next()
                return Certain(self.parenthesis())
            return self.comparison()
        finally:
            self.depth -= 1

    def parenthesis(self) -> Condition:
        self.expect("(")
        condition = self.disjunction()
        self.expect(")")
        return condition

    def comparison(self) -> Condition:
        if self.at("true", "false") and not self.followed_by_comparison():
            return Always(self.next().text == "true")
        left = self.operand()
        if self.at("in", "not"):
            return self.membership(left)
        if not self.at(*_COMPARISONS):
            return self.bare(left)
        parts: list[Condition] = []
        while self.at(*_COMPARISONS):
            operator = self.next().text
            right = self.operand()
            parts.append(self.compared(left, operator, right))
            left = right
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def followed_by_comparison(self) -> bool:
        following = self.tokens[self.position + 1 : self.position + 2]
        return bool(following) and following[0].text in _COMPARISONS

    def bare(self, operand: _Operand) -> Condition:
        fact = operand.quantity
        if fact is not None and fact.kind is Kind.FLAG:
            return Compare(fact.name, "==", True)
        if operand.param and isinstance(operand.constant, bool):
            return Always(operand.constant)
        what = f"is a {fact.kind}" if fact else "is not a condition"
        help = (
            f"compare it, as in `{operand.text} > 1`" if fact and fact.numeric else "compare it, as in `name == value`"
        )
        raise ExpressionError(operand.offset, f"`{shown(operand.text)}` {what}, not a flag", help)

    def membership(self, left: _Operand) -> Condition:
        negated = self.at("not")
        if negated:
            self.next()
        self.expect("in")
        if left.quantity is None:
            raise ExpressionError(left.offset, f"`{shown(left.text)}` is not a fact", "write `fact in [value, value]`")
        self.expect("[")
        values: list[Value | None] = []
        while not self.at("]"):
            if values:
                self.expect(",")
            item = self.operand(left.quantity)
            values.append(self.constant_for(left.quantity, item, "=="))
        self.expect("]")
        if not values:
            raise ExpressionError(left.offset, "an empty list", "name at least one value")
        return Among(left.quantity.name, tuple(dict.fromkeys(values)), negated)

    def compared(self, left: _Operand, operator: str, right: _Operand) -> Condition:
        if left.scores or right.scores:
            return self.scores_compared(left, operator, right)
        if left.quantity is None:
            if right.quantity is None:
                raise ExpressionError(left.offset, "this compares no fact", "one side must be a fact")
            left, operator, right = right, _TURNED[operator], left
        fact = left.quantity
        assert fact is not None
        if right.quantity is not None and not (fact.kind is Kind.CHOICE and self.is_word_of(fact, right.text)):
            message = f"`{fact.name}` is compared with the fact `{right.quantity.name}`"
            raise ExpressionError(right.offset, message, "compare a fact with a constant or a param")
        value = self.constant_for(fact, right, operator)
        return Compare(fact.name, _TURNED[_TURNED[operator]], value, right.param)

    def is_word_of(self, fact: FactType, word: str) -> bool:
        return word in self.words_of(fact)

    def words_of(self, fact: FactType) -> tuple[str, ...]:
        return self.symbols.options if fact.name == FINAL else tuple(option.value for option in fact.options)

    def constant_for(self, fact: FactType, operand: _Operand, operator: str) -> Value | None:
        if operator not in ("==", "!=") and not fact.numeric:
            message = f"`{fact.name}` is a {fact.kind} and has no order"
            raise ExpressionError(operand.offset, message, "use `==`, `!=` or `in`")
        value = operand.text if operand.quantity is not None else operand.constant
        if value is None and operand.text == "none" and fact.kind is Kind.CHOICE and fact.derived:
            return None
        wrong: str | None = None
        if fact.kind is Kind.FLAG:
            wrong = None if isinstance(value, bool) else "true or false"
        elif fact.kind is Kind.CHOICE:
            words = self.words_of(fact)
            if not (operand.is_constant or operand.quantity) or value not in words:
                help = did_you_mean(operand.text, words)
                raise ExpressionError(operand.offset, f"`{fact.name}` is never `{shown(operand.text)}`", help)
        elif isinstance(value, bool) or not isinstance(value, int):
            wrong = "a whole number"
        elif value < fact.low or (fact.high is not None and value > fact.high):
            wrong = fact.wanted()
        if wrong:
            self.unknown(operand)
            raise ExpressionError(operand.offset, f"`{fact.name}` takes {wrong}, not `{shown(operand.text)}`")
        return value

    def unknown(self, operand: _Operand) -> None:
        """Raises if the operand is a bare name that means nothing."""
        if operand.quantity is None and not operand.is_constant and not operand.scores:
            kind = "fact" if "." not in operand.text else "name"
            help = did_you_mean(operand.text, self.symbols.names())
            raise ExpressionError(operand.offset, f"unknown {kind} `{shown(operand.text)}`", help)

    def scores_compared(self, left: _Operand, operator: str, right: _Operand) -> Condition:
        for side in (left, right):
            if not side.scores and (not side.is_constant or isinstance(side.constant, bool | str)):
                self.unknown(side)
                message = f"scores are compared with scores and whole numbers, not `{shown(side.text)}`"
                raise ExpressionError(side.offset, message)
        totals: dict[str, int] = {}
        for side, sign in ((left, 1), (right, -1)):
            for option, coefficient in side.scores:
                totals[option] = totals.get(option, 0) + sign * coefficient
        terms = tuple((option, totals[option]) for option in self.symbols.options if totals.get(option))
        return ScoreCompare(terms, _TURNED[_TURNED[operator]], _shift(right) - _shift(left))

    def operand(self, among: FactType | None = None) -> _Operand:
        first = self.primary(among)
        if not self.at("+", "-"):
            return first
        sides = [(first, 1)]
        while self.at("+", "-"):
            sign = 1 if self.next().text == "+" else -1
            sides.append((self.primary(), sign))
        return self.sum_of(sides)

    def sum_of(self, sides: list[tuple[_Operand, int]]) -> _Operand:
        scores: list[tuple[str, int]] = []
        shift = 0
        for side, sign in sides:
            if side.quantity is not None or isinstance(side.constant, bool | str):
                raise ExpressionError(
                    side.offset, f"`{shown(side.text)}` can't be added", "only scores and whole numbers can"
                )
            self.unknown(side)
            scores += [(option, sign * coefficient) for option, coefficient in side.scores]
            shift += sign * _shift(side)
        first = sides[0][0]
        if scores:
            return _Operand(first.offset, first.text, scores=tuple(scores), shift=shift)
        params = " ".join(side.param for side, _ in sides if side.param) or None
        return _Operand(first.offset, first.text, constant=shift, is_constant=True, param=params)

    def primary(self, among: FactType | None = None) -> _Operand:
        token = self.next()
        offset, text = token.offset, token.text
        if token.kind == "number":
            if "." in text:
                raise ExpressionError(offset, f"`{text}` is not a whole number")
            return _Operand(offset, text, constant=int(text[:20]), is_constant=True)
        if token.kind == "text":
            return _Operand(offset, text[1:-1], constant=text[1:-1], is_constant=True)
        if text == "-":
            number = self.next()
            if number.kind == "number" and "." not in number.text:
                return _Operand(offset, f"-{number.text}", constant=-int(number.text[:20]), is_constant=True)
            raise ExpressionError(number.offset, f"expected a whole number, found {_found(number)}")
        if token.kind != "name" or text in ("and", "or", "not", "in"):
            raise ExpressionError(offset, f"expected a fact or a value, found {_found(token)}")
        if among is not None and among.kind is Kind.CHOICE and self.is_word_of(among, text):
            return _Operand(offset, text, constant=text, is_constant=True)
        return self.named(token)

    def named(self, token: _Token) -> _Operand:
        offset, text = token.offset, token.text
        if text in ("true", "false"):
            return _Operand(offset, text, constant=text == "true", is_constant=True)
        if text == "none":
            return _Operand(offset, text, is_constant=True)
        space, _, rest = text.partition(".")
        if space == "params":
            param = self.symbols.params.get(rest)
            if param is None:
                help = did_you_mean(rest, self.symbols.params)
                raise ExpressionError(offset, f"unknown param `{shown(rest)}`", help)
            return _Operand(offset, text, constant=param.value, is_constant=True, param=rest)
        if space == "scores" and rest in self.symbols.options:
            return _Operand(offset, text, scores=((rest, 1),))
        quantity = self.symbols.quantity(text)
        if quantity is not None:
            return _Operand(offset, text, quantity)
        if self.at(*_COMPARISONS, "in", "not") or "." in text or not self.is_any_word(text):
            return self.unknown_name(token)
        return _Operand(offset, text, constant=text, is_constant=True)

    def unknown_name(self, token: _Token) -> _Operand:
        space = token.text.partition(".")[0]
        kind = {"scores": "option", "required": "capability", "ruled_out": "capability or option"}.get(space, "fact")
        help = did_you_mean(token.text, self.symbols.names())
        raise ExpressionError(token.offset, f"unknown {kind} `{shown(token.text)}`", help)

    def is_any_word(self, text: str) -> bool:
        """Whether a bare name stands where a choice's word may: after a comparison sign."""
        previous = self.tokens[self.position - 2] if self.position >= 2 else None
        return previous is not None and previous.text in (*_COMPARISONS, "[", ",")


def _shift(operand: _Operand) -> int:
    constant = operand.constant
    return constant if isinstance(constant, int) and not isinstance(constant, bool) else operand.shift


def _found(token: _Token) -> str:
    return "the end" if token.kind == "end" else f"`{shown(token.text)}`"
