"""Two contrasts with a result: what would differ if some answers were others, and what another option lacks."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from assistant.policy.strata import supporting
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
    Not,
    Option,
    Or,
    Policy,
    Require,
    Rule,
    RuleOut,
    Score,
    ScoreCompare,
)
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.agenda import Memory
from assistant.reasoning.decision import Decision, decide
from assistant.reasoning.points import Short, points_short
from assistant.reasoning.reference import test_of


@dataclass(frozen=True)
class Difference:
    """Two decisions and what differs between them: firings by rule, scores as (before, after)."""

    before: Decision
    after: Decision
    fired_added: tuple[Rule, ...]
    fired_removed: tuple[Rule, ...]
    scores: Mapping[str, tuple[int, int]]

    @property
    def verdict_changed(self) -> bool:
        """Whether the final verdict is another one."""
        return self.before.inference.verdict.final != self.after.inference.verdict.final


def what_if(
    policy: Policy, answers: Answers, changes: Mapping[str, Value | None], engine: str | None = None
) -> Difference:
    """What differs once some facts have other values; None makes a fact unknown."""
    changed = {name: value for name, value in {**answers, **changes}.items() if value is not None}
    before, after = decide(policy, answers, engine), decide(policy, changed, engine)
    fired, fires = set(before.inference.fired), set(after.inference.fired)
    scores = {
        option: (score, after.inference.scores[option])
        for option, score in before.inference.scores.items()
        if score != after.inference.scores[option]
    }
    return Difference(
        before,
        after,
        tuple(rule for rule in after.inference.fired if rule not in fired),
        tuple(rule for rule in before.inference.fired if rule not in fires),
        scores,
    )


Literal = Compare | Among | ScoreCompare | Always


@dataclass(frozen=True, slots=True)
class Failure:
    """A part of a condition that is not true, as it would have to be; what it reads, with values, None for unknown."""

    needed: Literal
    values: tuple[tuple[str, Value | None], ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Several parts that fail: all of them would have to be otherwise or, with `either`, any one of them."""

    parts: "tuple[Failing, ...]"
    either: bool


Failing = Failure | Together


@dataclass(frozen=True, slots=True)
class Lacking:
    """A rule that speaks for an option and did not fire; `points` is what it gives, None where it gives none."""

    rule: Rule
    points: int | None
    failing: Failing

    @property
    def failed(self) -> tuple[Failure, ...]:
        """Every part of its condition that fails, whatever joins them."""
        return tuple(dict.fromkeys(_parts(self.failing)))


def _parts(failing: Failing) -> Iterator[Failure]:
    if isinstance(failing, Failure):
        yield failing
    else:
        for part in failing.parts:
            yield from _parts(part)


@dataclass(frozen=True)
class WhyNot:
    """What an option lacks. `short` is the least change of score that would give it, None where none would.

    `required_by` are the rules that require what it does not provide. `possible` is None where it could not be proved
    in time whether some possibility gives the option.
    """

    option: str
    verdict: str | None
    possible: bool | None
    short: Short | None
    excluded_by: tuple[Rule, ...]
    required_by: tuple[Rule, ...]
    lacking: tuple[Lacking, ...]


def why_not(decision: Decision, option_id: str) -> WhyNot:
    """What keeps an option from being the final verdict."""
    policy, inference = decision.policy, decision.inference
    option = policy.option(option_id)
    barred = {option_id, *option.provides}
    excluded = tuple(
        rule for rule in inference.fired if any(isinstance(c, RuleOut) and c.name in barred for c in rule.then)
    )
    final = decision.recommended
    lacking = () if final == option_id else tuple(_lacking(decision, option))
    short = None if excluded else points_short(policy, inference.answers, option_id)
    required = () if final == option_id else tuple(_requiring(decision, option))
    return WhyNot(option_id, final, _possible(decision, option_id), short, excluded, required, lacking)


def speaking_for(decision: Decision, option_id: str) -> tuple[Rule, ...]:
    """The fired rules that speak for an option: with points, with what they require or with what they rule out."""
    policy = decision.policy
    option = policy.option(option_id)
    rivals = _barring(decision, option)
    fired = decision.inference.fired
    return tuple(rule for rule in fired if any(_speaks_for(c, option, policy, rivals) for c in rule.then))


def _requiring(decision: Decision, option: Option) -> Iterator[Rule]:
    """The fired rules that require a capability which the option lacks, and which can be had."""
    memory = decision.inference.memory
    for rule in decision.inference.fired:
        wanted = [c.capability for c in rule.then if isinstance(c, Require) and c.capability not in option.provides]
        if any(memory.get(f"ruled_out.{capability}") is not True for capability in wanted):
            yield rule


def _possible(decision: Decision, option_id: str) -> bool | None:
    """Whether some possibility gives the option; None where the solver cannot tell in time."""
    outlook = decision.outlook
    if outlook.exact or outlook.settled:
        return option_id in outlook.possible
    from assistant.reasoning.claims import Refuted, Unknown
    from assistant.reasoning.smt import find_case

    wanted = Compare(FINAL, "==", option_id)
    found = find_case(decision.policy, wanted, answers=decision.inference.answers)
    return None if isinstance(found, Unknown) else isinstance(found, Refuted)


def _lacking(decision: Decision, option: Option) -> Iterator[Lacking]:
    """The rules that bear on the verdict, would speak for the option, and did not fire."""
    policy, memory = decision.policy, dict(decision.inference.memory)
    bearing = supporting(policy.by_id, policy.verdict, [FINAL])
    fired = set(decision.inference.fired)
    rivals = _barring(decision, option)
    for rule in policy.rules:
        speaks = any(_speaks_for(c, option, policy, rivals) for c in rule.then)
        if rule.id not in bearing or rule in fired or not speaks:
            continue
        given = [c.points for c in rule.then if isinstance(c, Score) and c.option == option.id]
        yield Lacking(rule, sum(given) if given else None, _failing(rule.when, True, memory))


def _barring(decision: Decision, option: Option) -> frozenset[str]:
    """What, ruled out, takes the present verdict or the chosen option away and leaves this option."""
    verdict, policy = decision.inference.verdict, decision.policy
    rivals = [policy.option(id) for id in (verdict.final, verdict.chosen) if id is not None and id != option.id]
    return frozenset(name for rival in rivals for name in (rival.id, *rival.provides) if name not in option.provides)


def _speaks_for(consequent: object, option: Option, policy: Policy, rivals: Collection[str]) -> bool:
    match consequent:
        case RuleOut(name=name):
            return name in rivals
        case Score(option=scored, points=points):
            return scored == option.id and points > 0
        case Require(capability=capability):
            return capability in option.provides
        case Conclude(fact=fact, value=value):
            return fact == policy.verdict.chosen and value == option.id
        case _:
            return False


def _names(part: Literal) -> tuple[str, ...]:
    match part:
        case Compare(name=name) | Among(name=name):
            return (name,)
        case ScoreCompare(terms=terms):
            return tuple(f"scores.{option}" for option, _ in terms)
        case Always():
            return ()


def _failing(condition: Condition, wanted: bool, memory: Memory) -> Failing:
    """What keeps a condition from being what is wanted: the parts that fail, each as it would have to be."""
    match condition:
        case Not(inner=inner):
            return _failing(inner, not wanted, memory)
        case Certain(inner=inner):
            return _failing(inner, wanted, memory)
        case And(parts=parts) | Or(parts=parts):
            failing = (_failing(part, wanted, memory) for part in parts if test_of(part)(memory) is not wanted)
            several = tuple(dict.fromkeys(failing))
            return several[0] if len(several) == 1 else Together(several, isinstance(condition, Or) is wanted)
        case Compare() | ScoreCompare() | Among() | Always():
            needed = condition if wanted else _opposite(condition)
            return Failure(needed, tuple((name, memory.get(name)) for name in _names(needed)))


def _opposite(part: Literal) -> Literal:
    match part:
        case Compare(name=name, operator="==", value=bool(value), param=param):
            return Compare(name, "==", not value, param)
        case Compare(name=name, operator=sign, value=value, param=param):
            return Compare(name, NEGATED[sign], value, param)
        case ScoreCompare(terms=terms, operator=sign, bound=bound):
            return ScoreCompare(terms, NEGATED[sign], bound)
        case Among(name=name, values=values, negated=negated):
            return Among(name, values, not negated)
        case Always(value=value):
            return Always(not value)
