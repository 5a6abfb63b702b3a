"""Condition texts to typed conditions by recursive descent, in bounded time and depth.

Types and ranges are checked here, against the names that a policy declares, so that nothing can go wrong when a
condition is evaluated. A fault is an `ExpressionError` with the offset in the text.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from assistant.errors import Span, did_you_mean, meant, shown
from assistant.policy.scanner import ExpressionError, Token, scan, whole_number
from assistant.policy.syntax import (
    FINAL,
    Always,
    Among,
    And,
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

_TURNED: Mapping[Operator, Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_SIGNS: Mapping[str, Operator] = {sign: sign for sign in _TURNED}
_KINDS = {"params": "param", "scores": "option", "required": "capability", "ruled_out": "capability or option"}


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
    return FactType(name, kind, name, Span("", 0, 0), "", "", derived=True)


class _Operand(NamedTuple):
    """One side of a comparison: a quantity, a sum of scores and whole numbers, or else a constant (None for `none`)."""

    offset: int
    text: str
    quantity: FactType | None = None
    constant: Value | None = None
    param: str | None = None
    scores: tuple[tuple[str, int], ...] = ()
    shift: int = 0

    @property
    def whole(self) -> int | None:
        """The whole number that it is, or that is added to its scores; None where there is none."""
        if self.scores:
            return self.shift
        return self.constant if isinstance(self.constant, int) and not isinstance(self.constant, bool) else None


def parse_condition(text: str, symbols: Symbols) -> Condition:
    """The condition that `text` states; raises `ExpressionError`."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError(0, f"a condition of {len(text):,} characters", f"at most {MAX_LENGTH:,}: split the rule")
    return _Parser(text, symbols).whole()


def comparisons_in(text: str, symbols: Symbols) -> tuple[Condition, tuple[tuple[int, int], ...]]:
    """The condition, and where each of its comparisons begins and ends in the text, in order."""
    parser = _Parser(text, symbols)
    return parser.whole(), tuple(parser.places)


class _Parser:
    def __init__(self, text: str, symbols: Symbols) -> None:
        self.symbols = symbols
        self.end = len(text)
        self.tokens = scan(text)
        self.position = 0
        self.depth = 0
        self.places: list[tuple[int, int]] = []

    def peek(self) -> Token:
        if self.position < len(self.tokens):
            return self.tokens[self.position]
        return Token("end", "", self.end)

    def next(self) -> Token:
        token = self.peek()
        self.position += 1
        return token

    def at(self, *texts: str) -> bool:
        token = self.peek()
        return token.kind in ("name", "sign") and token.text in texts

    def expect(self, text: str, other: str = "") -> None:
        """Takes a sign or word; `other` is what might stand in its place as well."""
        token = self.next()
        if token.text != text:
            wanted = f"`{text}` or `{other}`" if other else f"`{text}`"
            raise ExpressionError(token.offset, f"expected {wanted}, found {token.found}")

    def whole(self) -> Condition:
        condition = self.disjunction()
        token = self.peek()
        if token.kind != "end":
            raise ExpressionError(token.offset, f"expected `and`, `or` or the end, found {token.found}")
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
        if self.at("not"):
            with self.deeper():
                self.next()
                return Not(self.negation())
        if self.at("("):
            return self.parenthesis()
        if self.at("certain") and self.following().text == "(":
            self.next()
            return Certain(self.parenthesis())
        return self.comparison()

    def parenthesis(self) -> Condition:
        with self.deeper():
            self.expect("(")
            condition = self.disjunction()
            self.expect(")")
            return condition

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level down."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(self.peek().offset, f"nested deeper than {MAX_DEPTH} levels", "split the rule")
        yield
        self.depth -= 1

    def following(self) -> Token:
        """The token after the next one."""
        after = self.position + 1
        return self.tokens[after] if after < len(self.tokens) else Token("end", "", self.end)

    def comparison(self) -> Condition:
        if self.at("true", "false") and self.following().text not in _TURNED:
            return Always(self.next().text == "true")
        left = self.operand()
        if self.at("in", "not"):
            return self.placed(left, self.membership(left))
        if not self.at(*_TURNED):
            return self.placed(left, self.bare(left))
        parts: list[Condition] = []
        while self.at(*_TURNED):
            operator = _SIGNS[self.next().text]
            right = self.operand()
            parts.append(self.placed(left, self.compared(left, operator, right)))
            left = right
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def placed(self, first: _Operand, condition: Condition) -> Condition:
        """Notes where a comparison stands; a constant is none."""
        if not isinstance(condition, Always):
            last = self.tokens[self.position - 1]
            self.places.append((first.offset, last.offset + len(last.text)))
        return condition

    def bare(self, operand: _Operand) -> Condition:
        fact = operand.quantity
        if fact is not None and fact.kind is Kind.FLAG:
            return Compare(fact.name, "==", True)
        if operand.param and isinstance(operand.constant, bool):
            return Always(operand.constant)
        if fact is None:
            help = "compare a fact with it, as in `fact == value`"
            raise ExpressionError(operand.offset, f"`{shown(operand.text)}` alone is no condition", help)
        value = "1" if fact.numeric else next(iter(self.words_of(fact)), "value")
        help = f"compare it, as in `{fact.name} {'>' if fact.numeric else '=='} {value}`"
        raise ExpressionError(operand.offset, f"`{fact.name}` is a {fact.kind}, not a flag", help)

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
                self.expect(",", "]")
            item = self.operand(left.quantity)
            values.append(self.constant_for(left.quantity, item, "=="))
        self.expect("]")
        if not values:
            raise ExpressionError(left.offset, "an empty list", "name at least one value")
        return Among(left.quantity.name, tuple(dict.fromkeys(values)), negated)

    def compared(self, left: _Operand, operator: Operator, right: _Operand) -> Condition:
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
        return Compare(fact.name, operator, value, right.param)

    def is_word_of(self, fact: FactType, word: str) -> bool:
        return word in self.words_of(fact)

    def words_of(self, fact: FactType) -> tuple[str, ...]:
        return self.symbols.options if fact.name == FINAL else tuple(option.value for option in fact.options)

    def constant_for(self, fact: FactType, operand: _Operand, operator: Operator) -> Value | None:
        """The constant that a fact is compared with; raises where the fact can never be that."""
        if operator not in ("==", "!=") and not fact.numeric:
            message = f"`{fact.name}` is a {fact.kind} and has no order"
            raise ExpressionError(operand.offset, message, "use `==`, `!=` or `in`")
        value = operand.text if operand.quantity is not None else operand.constant
        if fact.kind is Kind.CHOICE:
            if value is None and operand.text == "none" and fact.derived:
                return None
            words = self.words_of(fact)
            if value not in words:
                help = did_you_mean(operand.text, words)
                raise ExpressionError(operand.offset, f"`{fact.name}` is never `{shown(operand.text)}`", help)
            return value
        whole = isinstance(value, int) and not isinstance(value, bool)
        sound = isinstance(value, bool) if fact.kind is Kind.FLAG else whole and _in_range(fact, value)
        if not sound:
            message = f"`{fact.name}` takes {fact.wanted()}, not `{shown(operand.text)}`"
            raise ExpressionError(operand.offset, message)
        return value

    def scores_compared(self, left: _Operand, operator: Operator, right: _Operand) -> Condition:
        for side in (left, right):
            if side.whole is None:
                message = f"scores are compared with scores and whole numbers, not `{shown(side.text)}`"
                raise ExpressionError(side.offset, message)
        totals: dict[str, int] = {}
        for side, sign in ((left, 1), (right, -1)):
            for option, coefficient in side.scores:
                totals[option] = totals.get(option, 0) + sign * coefficient
        terms = tuple((option, totals[option]) for option in self.symbols.options if totals.get(option))
        return ScoreCompare(terms, operator, (right.whole or 0) - (left.whole or 0))

    def operand(self, among: FactType | None = None) -> _Operand:
        first = self.primary(among)
        if not self.at("+", "-"):
            return first
        sides = [(first, 1)]
        while self.at("+", "-"):
            sign = 1 if self.next().text == "+" else -1
            sides.append((self.primary(), sign))
        return _sum_of(sides)

    def primary(self, among: FactType | None = None) -> _Operand:
        token = self.next()
        offset, text = token.offset, token.text
        if token.kind == "number":
            return _Operand(offset, text, constant=whole_number(token))
        if token.kind == "text":
            return _Operand(offset, text[1:-1], constant=text[1:-1])
        if text == "-":
            number = self.next()
            if number.kind == "number":
                return _Operand(offset, f"-{number.text}", constant=-whole_number(number))
            raise ExpressionError(number.offset, f"expected a whole number, found {number.found}")
        if token.kind != "name" or text in ("and", "or", "not", "in"):
            raise ExpressionError(offset, f"expected a fact or a value, found {token.found}")
        if among is not None and among.kind is Kind.CHOICE and self.is_word_of(among, text):
            return _Operand(offset, text, constant=text)
        return self.named(token)

    def named(self, token: Token) -> _Operand:
        offset, text = token.offset, token.text
        if text in ("true", "false", "none"):
            return _Operand(offset, text, constant={"true": True, "false": False}.get(text))
        space, _, rest = text.partition(".")
        if space == "params" and rest in self.symbols.params:
            return _Operand(offset, text, constant=self.symbols.params[rest].value, param=rest)
        if space == "scores" and rest in self.symbols.options:
            return _Operand(offset, text, scores=((rest, 1),))
        fact = self.symbols.quantity(text)
        if fact is not None:
            return _Operand(offset, text, fact)
        if self.at(*_TURNED, "in", "not") or "." in text or not self.after_comparison():
            raise self.unknown(token)
        return _Operand(offset, text, constant=text)

    def after_comparison(self) -> bool:
        """Whether the name just taken stands where a choice's word may."""
        previous = self.tokens[self.position - 2] if self.position >= 2 else None
        return previous is not None and previous.text in (*_TURNED, "[", ",")

    def unknown(self, token: Token) -> ExpressionError:
        """The error of a name that there is not."""
        name, known = token.text, self.symbols.names()
        if name == "certain":
            return ExpressionError(token.offset, "`certain` alone is no condition", "write `certain(condition)`")
        kind = _KINDS.get(name.partition(".")[0], "fact")
        help = meant(f"params.{name}") if name in self.symbols.params else did_you_mean(name, known)
        return ExpressionError(
            token.offset, f"unknown {kind} `{shown(name)}`", help, f"unknown-{kind.rpartition(' ')[2]}"
        )


def _sum_of(sides: list[tuple[_Operand, int]]) -> _Operand:
    """A sum of scores and whole numbers; each side comes with its sign."""
    scores: list[tuple[str, int]] = []
    total = 0
    for side, sign in sides:
        if side.whole is None:
            help = "only scores and whole numbers can"
            raise ExpressionError(side.offset, f"`{shown(side.text)}` can't be added", help)
        scores += [(option, sign * coefficient) for option, coefficient in side.scores]
        total += sign * side.whole
    first = sides[0][0]
    if scores:
        return _Operand(first.offset, first.text, scores=tuple(scores), shift=total)
    return _Operand(first.offset, first.text, constant=total)


def _in_range(fact: FactType, value: Value | None) -> bool:
    return isinstance(value, int) and fact.low <= value and (fact.high is None or value <= fact.high)
