"""Random whole policies with answers to them, for testing that every back end gives what the reference gives.

A policy is built from the syntax itself, so that it reaches what no policy file happens to. It is stratified by
construction: every quantity has a level, and a rule reads only below what it writes. `policy_of` builds one by hand.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from hypothesis import strategies as st

from assistant.errors import EngineError, Span
from assistant.knowledge import Source
from assistant.policy.strata import stratify
from assistant.policy.syntax import (
    FINAL,
    Advise,
    Always,
    Among,
    And,
    Capability,
    Certain,
    Compare,
    Conclude,
    Condition,
    Consequent,
    Cost,
    Impossible,
    Narrow,
    Not,
    Operator,
    Option,
    Or,
    Policy,
    Require,
    Rule,
    RuleOut,
    Score,
    ScoreCompare,
    VerdictSpec,
)
from assistant.policy.vocabulary import Answers, ChoiceOption, FactType, Kind, Value
from assistant.reasoning.trace import Inference

NUMERIC: tuple[Operator, ...] = ("<", "<=", ">", ">=", "==", "!=")
EQUAL: tuple[Operator, ...] = ("==", "!=")
CHOSEN = "chosen_option"
SOURCE = Source("made-up", "Made up", "", "", None, ())


def rule_of(id: str, when: Condition, *then: Consequent, line: int = 1) -> Rule:
    """A rule without texts; its place is `rules.yaml` and the line."""
    span = Span("rules.yaml", line, 1)
    return Rule(id, when, "", then, "", "house", "", (), (), span, f"rules.yaml:{line}", "made-up")


def fact_of(name: str, kind: Kind, words: Iterable[str] = (), high: int | None = None, low: int = 0) -> FactType:
    """A told fact."""
    options = tuple(ChoiceOption(word, word) for word in words)
    return FactType(name, kind, name, Span("facts.yaml", 1, 1), "", "", low=low, high=high, options=options)


def derived_of(name: str, kind: Kind, default: Value | None, words: Iterable[str] = ()) -> FactType:
    """A derived fact."""
    return replace(fact_of(name, kind, words), derived=True, default=default)


def policy_of(
    facts: Iterable[FactType],
    rules: Iterable[Rule],
    options: Sequence[Option] = (Option("one", "one", frozenset()), Option("two", "two", frozenset())),
    capabilities: Sequence[str] = (),
    needs: Sequence[str] = (),
) -> Policy:
    """A policy with its rules stratified; raises `Cycle`. The chosen option is the derived fact `CHOSEN`."""
    known = {fact.name: fact for fact in facts}
    if CHOSEN not in known:
        known[CHOSEN] = derived_of(CHOSEN, Kind.CHOICE, None, [option.id for option in options])
    verdict = VerdictSpec(CHOSEN, tuple(needs))
    loose = list(rules)
    strata = stratify(loose, verdict)
    placed = sorted((replace(rule, stratum=strata[rule.id]) for rule in loose), key=lambda r: (r.stratum, r.id))
    names = tuple(Capability(name, name) for name in capabilities)
    return Policy(
        "made-up", "", "1", "", SOURCE, tuple(options), names, verdict, {}, known, tuple(placed), ("made-up",)
    )


@dataclass(frozen=True)
class Readable:
    """A quantity that conditions may read: its kind, the values worth comparing it with, and its level."""

    name: str
    kind: Kind
    values: tuple[Value | None, ...]
    level: int


T = TypeVar("T")


def _pick(draw: st.DrawFn, several: Sequence[T]) -> T:
    return several[draw(st.integers(0, len(several) - 1))]


def _some(draw: st.DrawFn, several: Sequence[T], least: int, most: int) -> list[T]:
    """A few of them, each once."""
    return list(dict.fromkeys(_pick(draw, several) for _ in range(draw(st.integers(least, most)))))


WORDS = ("red", "green", "blue", "liquid", "costarring")


def _fact(draw: st.DrawFn, name: str) -> tuple[FactType, tuple[Value | None, ...]]:
    """A fact of any kind, and the values worth comparing it with."""
    match draw(st.integers(0, 4)):
        case 0:
            return fact_of(name, Kind.FLAG), (True, False)
        case 1:
            return fact_of(name, Kind.COUNT), (0, 1, 2, 3, 5, 1000, 10**15)
        case 2:
            return fact_of(name, Kind.SCALE, high=10), tuple(range(0, 11, 2))
        case 3:
            return fact_of(name, Kind.SCALE, low=-3, high=3), tuple(range(-3, 4))
    words = WORDS[: draw(st.integers(1, len(WORDS)))]
    return fact_of(name, Kind.CHOICE, words), words


def _facts(draw: st.DrawFn) -> tuple[list[FactType], list[Readable]]:
    """Told facts at level 0, derived ones above."""
    facts: list[FactType] = []
    readable: list[Readable] = []
    for index in range(draw(st.integers(1, 5))):
        fact, values = _fact(draw, f"told_{index}")
        facts.append(fact)
        readable.append(Readable(fact.name, fact.kind, values, 0))
    for index in range(draw(st.integers(0, 4))):
        fact, values = _fact(draw, f"derived_{index}")
        if fact.kind is Kind.CHOICE:
            values = (*values, None)
        facts.append(replace(fact, derived=True, default=_pick(draw, values)))
        readable.append(Readable(fact.name, fact.kind, values, draw(st.integers(1, 3))))
    return facts, readable


def _options(draw: st.DrawFn) -> tuple[list[Option], list[str]]:
    capabilities = ["training", "retrieval", "tuning"][: draw(st.integers(0, 3))]
    names = ("fine_tuning", "rag", "hybrid", "neither")[: draw(st.integers(1, 4))]
    provided = [frozenset(c for c in capabilities if draw(st.booleans())) for _ in names]
    return [Option(name, name, has) for name, has in zip(names, provided, strict=True)], capabilities


def _quantities(draw: st.DrawFn, options: list[Option], capabilities: list[str]) -> list[Readable]:
    """The chosen option, scores, constraints and the final verdict. Scores have no values: sums are compared."""
    level = st.integers(1, 3)
    ids = tuple(option.id for option in options)
    made = [Readable(CHOSEN, Kind.CHOICE, (*ids, None), draw(level))]
    made += [Readable(f"required.{name}", Kind.FLAG, (True, False), draw(level)) for name in capabilities]
    made += [Readable(f"ruled_out.{name}", Kind.FLAG, (True, False), draw(level)) for name in (*capabilities, *ids)]
    top = 1 + max(quantity.level for quantity in made)
    made.append(Readable(FINAL, Kind.CHOICE, (*ids, None), top))
    return made + [Readable(f"scores.{id}", Kind.COUNT, (), draw(level)) for id in ids]


def _literal(draw: st.DrawFn, names: list[Readable]) -> Condition:
    quantity = _pick(draw, names)
    if quantity.name.startswith("scores."):
        scores = [other.name.partition(".")[2] for other in names if other.name.startswith("scores.")]
        terms = tuple((option, _pick(draw, (1, -1, 2))) for option in _some(draw, scores, 0, 3))
        return ScoreCompare(terms, _pick(draw, NUMERIC), draw(st.integers(-4, 4)))
    values = quantity.values
    numeric = quantity.kind in (Kind.COUNT, Kind.SCALE)
    shape = draw(st.integers(0, 5))
    if shape == 0:
        return Among(quantity.name, tuple(_some(draw, values, 1, 4)), draw(st.booleans()))
    if shape == 1 and numeric:
        low, high = Compare(quantity.name, ">", _pick(draw, values)), Compare(quantity.name, "<=", _pick(draw, values))
        return And((low, high))
    return Compare(quantity.name, _pick(draw, NUMERIC if numeric else EQUAL), _pick(draw, values))


def condition_over(draw: st.DrawFn, names: list[Readable], depth: int = 0) -> Condition:
    """A condition that reads some of the names, nested in any way, up to 4 deep."""
    shape = draw(st.integers(0, 9)) if depth < 4 else 0
    if shape <= 3:
        return _literal(draw, names)
    if shape == 4:
        return Always(draw(st.booleans()))
    if shape in (5, 6):
        inner = condition_over(draw, names, depth + 1)
        return Not(inner) if shape == 5 else Certain(inner)
    parts = tuple(condition_over(draw, names, depth + 1) for _ in range(draw(st.integers(2, 3))))
    return Or(parts) if shape == 7 else And(parts)


def _consequent(draw: st.DrawFn, quantity: Readable, usual: Mapping[str, Value | None]) -> Consequent:
    """What feeds a quantity. Rules mostly agree on what they conclude, or every second run would be an error."""
    space, _, rest = quantity.name.partition(".")
    match space:
        case "scores":
            return Score(rest, draw(st.integers(-3, 5)))
        case "required":
            return Require(rest)
        case "ruled_out":
            return RuleOut(rest)
    differs = draw(st.integers(0, 9)) == 9
    return Conclude(quantity.name, _pick(draw, quantity.values) if differs else usual[quantity.name])


_ASIDES: tuple[Consequent, ...] = (
    Impossible("they contradict each other"),
    Advise("step", "do it"),
    Cost("item", ("rag",), Fraction(1), Fraction(2), "month"),
    Narrow("item", (), 0, 50),
)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A whole policy."""
    facts, readable = _facts(draw)
    options, capabilities = _options(draw)
    made = _quantities(draw, options, capabilities)
    written = [q for q in (*readable, *made) if q.level and q.name != FINAL]
    usual = {q.name: _pick(draw, q.values) for q in written if q.values}
    chosen = derived_of(CHOSEN, Kind.CHOICE, _pick(draw, made[0].values), [option.id for option in options])
    rules = []
    for index in range(draw(st.integers(1, 12))):
        targets = _some(draw, written, 0, 3)
        below = min((target.level for target in targets), default=9)
        when = condition_over(draw, [q for q in (*readable, *made) if q.level < below])
        then = [_consequent(draw, target, usual) for target in targets]
        then += [_pick(draw, _ASIDES)] if not targets or draw(st.booleans()) else []
        rules.append(rule_of(f"r{draw(st.integers(0, 99))}-{index}", when, *then, line=index + 1))
    needs = [name for name in (fact.name for fact in facts if not fact.derived) if draw(st.booleans())]
    return policy_of([*facts, chosen], rules, options, capabilities, needs)


def _values(fact: FactType) -> st.SearchStrategy[Value]:
    match fact.kind:
        case Kind.FLAG:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from([option.value for option in fact.options])
        case Kind.SCALE:
            return st.integers(fact.low, fact.high or 10)
        case Kind.COUNT:
            return st.one_of(st.integers(0, 6), st.sampled_from((999, 1000, 1001, 10**15)))


def answers_to(policy: Policy) -> st.SearchStrategy[Answers]:
    """Answers to some of the questions, or to all."""
    each = {name: _values(fact) for name, fact in policy.told.items()}
    return st.one_of(st.fixed_dictionaries(each), st.fixed_dictionaries({}, optional=each))


@st.composite
def cases(draw: st.DrawFn, most: int = 3) -> tuple[Policy, list[Answers]]:
    """A policy and several sets of answers to it."""
    policy = draw(policies())
    return policy, draw(st.lists(answers_to(policy), min_size=1, max_size=most))


@dataclass(frozen=True)
class Outcome:
    """All that an inference says, so that two can be compared; or the error that it ended in."""

    memory: Mapping[str, Value | None]
    fired: tuple[str, ...]
    scores: Mapping[str, int]
    verdict: object
    contradictions: tuple[str, ...]
    error: str = ""


def outcome(infer: Callable[[Answers], Inference], answers: Answers) -> Outcome:
    """What an engine makes of some answers."""
    try:
        found = infer(answers)
    except EngineError as error:
        return Outcome({}, (), {}, None, (), str(error))
    fired = tuple(rule.id for rule in found.fired)
    contradictions = tuple(rule.id for rule in found.contradictions)
    return Outcome(found.memory, fired, found.scores, found.verdict, contradictions)
