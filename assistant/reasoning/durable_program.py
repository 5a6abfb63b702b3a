"""A policy's rules in the form that durable-rules can take, within every verified limit of its C code. Pure data.

A condition becomes a disjunction of conjunctions of tests on single facts, with negation pushed into the tests: a test
on an unknown fact never matches, which is Kleene's logic as far as "true" goes. Each conjunction is an engine rule with
a pattern for each fact it tests. What a rule set cannot hold is spread over several; what no rule set can is refused.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from assistant.errors import EngineError, shown
from assistant.policy.syntax import (
    NEGATED,
    Always,
    Among,
    And,
    Certain,
    Compare,
    Conclude,
    Condition,
    Not,
    Operator,
    Or,
    Rule,
    ScoreCompare,
    quantities,
)
from assistant.policy.vocabulary import Value
from assistant.reasoning.agenda import Plan

MAX_PATTERNS = 16
"""In one rule; one more is error 304."""
MAX_ON_NAME = 64
"""Different patterns on one name in a rule set: the C code's stack of conditions that are true of one fact (error 303),
and far from the 512 literals of a node, past which creation never returns."""
MAX_USES = 255
"""Rules of a rule set with one identical pattern; one more overwrites memory."""
MAX_NAMES = 500
"""Different names in a rule set: literals of one node again."""
MAX_RULES = 1000
"""In one rule set. The C code takes 4,096, and creates several smaller ones faster."""
MAX_PRODUCT = 16
"""Conjunctions that an `and` of `or`s may be multiplied out to before a part of it becomes a fact of its own."""
MAX_WHOLE = 10**18
"""The greatest constant: the C code saturates past 2**63, without a word."""

GO = "$go"
NONE = "(none)"
"""How a choice without a value is asserted: no word of a choice has parentheses."""
HELP = "`--engine reference` can run it"

_TEXT = re.compile(r"[\w.-]{1,200}", re.ASCII)

Plain: TypeAlias = int | str | bool
Tests: TypeAlias = tuple[tuple[Operator, Plain], ...]


class Literal(NamedTuple):
    """One test on one name, which must be known."""

    name: str
    operator: Operator
    value: Plain


class Pattern(NamedTuple):
    """All the tests of a rule on one name."""

    name: str
    tests: Tests


_GO = Pattern(GO, ())

Conjunct: TypeAlias = frozenset[Literal]
Disjunction: TypeAlias = tuple[Conjunct, ...]


@dataclass(frozen=True, slots=True)
class EngineRule:
    """What to note, and the patterns that must all match for it. No other rule may need to match for the same."""

    notes: str
    patterns: tuple[Pattern, ...]

    def definition(self) -> dict[str, Any]:
        """As durable-rules reads it, without the action."""
        return {"all": [{f"m{i}": _written(pattern)} for i, pattern in enumerate(self.patterns)]}


_WRITTEN: Mapping[Operator, str] = {"<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte", "!=": "$neq", "==": ""}


def _written(pattern: Pattern) -> dict[str, Any]:
    tests = [{_WRITTEN[sign]: {"v": value}} if _WRITTEN[sign] else {"v": value} for sign, value in pattern.tests]
    return {"$and": [{"n": pattern.name}, *tests]}


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of scores that rules compare with numbers, asserted under a name of its own."""

    name: str
    terms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a name is asserted: its fact's id, and the rule sets that test it."""

    id: int
    rule_sets: tuple[int, ...]


@dataclass(frozen=True)
class Program:
    """Rule sets, and what to assert beside the policy's own quantities.

    A rule notes its id when it fires; a concluding rule has `fails(id)` noted when its condition is known to be false.
    `parts` of conditions are noted under names of their own and then asserted as true. `closing[k]` are the parts that
    stratum `k` reads negated: asserted as false where they were not noted once all else is. `sums[k]` are complete when
    stratum `k` begins.
    """

    rule_sets: tuple[tuple[EngineRule, ...], ...]
    slots: Mapping[str, Slot]
    parts: frozenset[str]
    closing: tuple[tuple[str, ...], ...]
    sums: tuple[tuple[Sum, ...], ...]


def fails(id: str) -> str:
    """What is noted when a rule's condition is known to be false."""
    return f"not {id}"


def fits(value: Value | None) -> bool:
    """Whether the C code reads a value as it is: whole numbers and short plain texts."""
    return _TEXT.fullmatch(value) is not None if isinstance(value, str) else value is None or isinstance(value, int)


def plain(value: Value | None) -> Plain:
    """A value as it is asserted and compared. No constant tells numbers past the greatest one apart."""
    if value is None:
        return NONE
    if isinstance(value, bool | str):
        return value
    return max(-MAX_WHOLE - 1, min(value, MAX_WHOLE + 1))


def program_of(plan: Plan) -> Program:
    """The program of all rules of a plan; raises `EngineError` for a rule that durable-rules cannot hold."""
    compiler = _Compiler()
    for stratum, rules in enumerate(plan.strata):
        for rule in rules:
            _check(rule)
            compiler.stratum = stratum
            compiler.add(rule.id, compiler.when(rule.when, True))
            if rule.id in plan.concluding:
                compiler.add(fails(rule.id), compiler.when(rule.when, False))
    rule_sets = _spread(compiler.rules)
    heights = range(len(plan.strata))
    ready = {name: k for k, names in enumerate(plan.settled) for name in names}
    sums = [(max((ready[name] for name, _ in sum.terms), default=0), sum) for sum in compiler.sums.values()]
    return Program(
        rule_sets,
        _slots(rule_sets),
        frozenset(compiler.parts.values()),
        tuple(tuple(part for part in compiler.parts.values() if compiler.closing.get(part) == k) for k in heights),
        tuple(tuple(sum for stratum, sum in sums if stratum == k) for k in heights),
    )


def _check(rule: Rule) -> None:
    """Refuses names and constants that would reach the C code as something else, or crash it."""
    concluded = (consequent.value for consequent in rule.then if isinstance(consequent, Conclude))
    for value in (rule.id, *quantities(rule.when), *_constants(rule.when), *concluded):
        wrong = "text" if not fits(value) else "number" if isinstance(value, int) and abs(value) > MAX_WHOLE else None
        if wrong:
            message = f"`{shown(str(value))}` in rule `{shown(rule.id)}` is not a {wrong} that durable-rules can hold"
            raise EngineError(message, span=rule.span, help=HELP)


def _constants(condition: Condition) -> Iterator[Value | None]:
    match condition:
        case Compare(value=value) | ScoreCompare(bound=value):
            yield value
        case Among(values=values):
            yield from values
        case Not(inner=inner) | Certain(inner=inner):
            yield from _constants(inner)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _constants(part)
        case Always():
            return


def _one(name: str, operator: Operator, value: Value | None) -> Disjunction:
    return (frozenset((Literal(name, operator, plain(value)),)),)


class _Compiler:
    """Collects engine rules. A part comes after all parts that it reads negated, so that these can be closed first."""

    def __init__(self) -> None:
        self.stratum = 0
        self.rules: list[EngineRule] = []
        self.parts: dict[Disjunction, str] = {}
        self.closing: dict[str, int] = {}
        self.sums: dict[tuple[tuple[str, int], ...], Sum] = {}

    def add(self, notes: str, disjunction: Disjunction) -> None:
        """One rule for each way in which the disjunction can be true."""
        for conjunct in disjunction:
            self.rules.append(EngineRule(notes, self.patterns(conjunct)))

    def when(self, condition: Condition, wanted: bool) -> Disjunction:
        """When a condition is known to be true, or known to be false."""
        match condition:
            case Always(value=value):
                return (frozenset(),) if value is wanted else ()
            case Compare(name=name, operator=operator, value=value):
                return _one(name, operator if wanted else NEGATED[operator], value)
            case Among(name=name, values=values, negated=negated) if negated is wanted:
                return (frozenset(Literal(name, "!=", plain(value)) for value in values),)
            case Among(name=name, values=values):
                return _any_of(_one(name, "==", value) for value in values)
            case ScoreCompare(terms=terms, operator=operator, bound=bound):
                return _one(self.sum(terms), operator if wanted else NEGATED[operator], bound)
            case Not(inner=inner):
                return self.when(inner, not wanted)
            case Certain(inner=inner):
                truth = self.when(inner, True)
                return truth if wanted else self.never(truth)
            case And(parts=parts) | Or(parts=parts):
                each = [self.when(part, wanted) for part in parts]
                return self.all_of(each) if isinstance(condition, And) is wanted else _any_of(each)

    def all_of(self, disjunctions: Iterable[Disjunction]) -> Disjunction:
        """Multiplied out while that stays small."""
        result: Disjunction = (frozenset(),)
        for factor in disjunctions:
            if len(factor) > 1 and len(result) * len(factor) > MAX_PRODUCT:
                factor = _one(self.part(factor), "==", True)
            result = tuple(dict.fromkeys(left | right for left in result for right in factor))
        return result

    def never(self, disjunction: Disjunction) -> Disjunction:
        """That a disjunction has not come true: said of its part once all that it reads has settled."""
        part = self.part(disjunction)
        self.closing.setdefault(part, self.stratum)
        return _one(part, "==", False)

    def part(self, disjunction: Disjunction) -> str:
        """The name of the fact that says that a disjunction is true."""
        if disjunction not in self.parts:
            self.parts[disjunction] = name = f"part {len(self.parts)}"
            self.add(name, disjunction)
        return self.parts[disjunction]

    def sum(self, terms: tuple[tuple[str, int], ...]) -> str:
        """The name of the fact that holds a sum of scores."""
        scores = tuple((f"scores.{option}", coefficient) for option, coefficient in terms)
        return self.sums.setdefault(terms, Sum(f"sum {len(self.sums)}", scores)).name

    def patterns(self, conjunct: Conjunct) -> tuple[Pattern, ...]:
        """A pattern per name, tests in one order so that rules share them; too many are taken together as parts."""
        tests: dict[str, set[tuple[Operator, Plain]]] = {}
        for literal in sorted(conjunct, key=repr):
            tests.setdefault(literal.name, set()).add((literal.operator, literal.value))
        names = list(tests)
        while len(names) > MAX_PATTERNS:
            together, names = names[:MAX_PATTERNS], names[MAX_PATTERNS:]
            part = self.part((frozenset(literal for literal in conjunct if literal.name in together),))
            conjunct |= {Literal(part, "==", True)}
            tests[part] = {("==", True)}
            names.append(part)
        found = tuple(Pattern(name, tuple(sorted(tests[name], key=repr))) for name in names)
        return found or (_GO,)


def _any_of(disjunctions: Iterable[Disjunction]) -> Disjunction:
    return tuple(dict.fromkeys(conjunct for disjunction in disjunctions for conjunct in disjunction))


class _Bin:
    """A rule set that is being filled. Each has a rule of its own for `GO`."""

    def __init__(self) -> None:
        self.rules: list[EngineRule] = []
        self.uses: Counter[Pattern] = Counter([_GO])
        self.on_name: dict[str, set[Pattern]] = {GO: {_GO}}

    def admits(self, rule: EngineRule) -> bool:
        """Whether one more rule keeps all limits."""
        new = sum(1 for pattern in rule.patterns if pattern.name not in self.on_name)
        return (
            len(self.rules) < MAX_RULES
            and len(self.on_name) + new <= MAX_NAMES
            and all(
                self.uses[pattern] < MAX_USES and len(self.on_name.get(pattern.name, set()) | {pattern}) <= MAX_ON_NAME
                for pattern in rule.patterns
            )
        )

    def add(self, rule: EngineRule) -> None:
        self.rules.append(rule)
        for pattern in rule.patterns:
            self.uses[pattern] += 1
            self.on_name.setdefault(pattern.name, set()).add(pattern)


def _spread(rules: Iterable[EngineRule]) -> tuple[tuple[EngineRule, ...], ...]:
    """The rules over as few rule sets as first fit finds."""
    bins: list[_Bin] = []
    for rule in rules:
        room = next((bin for bin in bins if bin.admits(rule)), None)
        if room is None:
            bins.append(room := _Bin())
        room.add(rule)
    return tuple(tuple(bin.rules) for bin in bins)


def _slots(rule_sets: tuple[tuple[EngineRule, ...], ...]) -> dict[str, Slot]:
    """The C code drops a fact whose id has a 32-bit hash that it has seen; no two numbers up to 700,000 share one."""
    users: dict[str, list[int]] = {}
    for index, rules in enumerate(rule_sets):
        for name in dict.fromkeys(pattern.name for rule in rules for pattern in rule.patterns if pattern.name != GO):
            users.setdefault(name, []).append(index)
    return {name: Slot(id, tuple(sets)) for id, (name, sets) in enumerate(users.items(), start=3)}
