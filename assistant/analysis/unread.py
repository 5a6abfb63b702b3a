"""What is declared and makes no difference.

Params that no rule reads, questions that matter to none, and comparisons that only ever come out one way.
"""

from collections.abc import Iterator

from assistant.analysis.sample import batch_of, classes_read
from assistant.analysis.search import Search
from assistant.errors import Finding
from assistant.policy.syntax import (
    Advise,
    Among,
    And,
    Certain,
    Compare,
    Conclude,
    Condition,
    Cost,
    Impossible,
    Not,
    Or,
    Policy,
    Rule,
    params_named,
)
from assistant.policy.vocabulary import MAX_COUNT, Answers, FactType, Kind, Value
from assistant.reasoning.claims import Proven, Unknown
from assistant.reasoning.patience import check_wanted
from assistant.reasoning.reference import test_of

BASES = 24
"""From how many cases each answer of a fact is tried before the solver is asked."""


def unread_params(search: Search) -> Iterator[Finding]:
    """A warning for each param that no condition and no text names."""
    policy = search.policy
    named = {name for rule in policy.rules for name in params_named(*_texts(rule))}
    for param in policy.params.values():
        if param.id not in named:
            message = f"no rule reads the param `{param.id}`: changing it changes nothing"
            yield Finding("unread-param", param.span, message, "let a rule read it, or remove it", "warning")


def _texts(rule: Rule) -> Iterator[str]:
    """The condition and the texts of a rule."""
    yield from (rule.condition, rule.because, rule.reason)
    for consequent in rule.then:
        if isinstance(consequent, Advise):
            yield consequent.text
        elif isinstance(consequent, Impossible):
            yield consequent.reason


def idle_questions(search: Search) -> Iterator[Finding]:
    """A warning for each told fact that changes no firing, no verdict and no cost, whatever else is known."""
    policy = search.policy
    counted = {c.times for rule in policy.rules for c in rule.then if isinstance(c, Cost)}
    read = classes_read(policy)
    left = [name for name in policy.told if name not in counted and name not in policy.verdict.needs]
    for name in [name for name in left if name not in read]:
        yield _idle(policy.told[name], "no rule reads it")
    waiting = _without_effect(search, [name for name in left if name in read])
    yield from _proved_idle(search, waiting)


def _without_effect(search: Search, names: list[str]) -> list[str]:
    """The facts of which no answer makes a difference from the cases at hand."""
    policy = search.policy
    classes = classes_read(policy)
    rows: list[Answers] = []
    spans: dict[str, list[tuple[int, int]]] = {}
    for name in names:
        for base in _bases(search, name):
            check_wanted()
            rest = {other: value for other, value in base.items() if other != name}
            spans.setdefault(name, []).append((len(rows), len(classes[name]) + 1))
            rows += [rest, *({**rest, name: one.low} for one in classes[name])]
    if not rows:
        return []
    batch = batch_of(policy, rows)
    bits, finals, possible = batch.bits(), batch.final, batch.possible

    def differs(start: int, size: int) -> bool:
        seen = [k for k in range(start, start + size) if possible[k]]
        return len({(bits[k].tobytes(), int(finals[k])) for k in seen}) > 1

    return [name for name in names if not any(differs(*span) for span in spans[name])]


def _bases(search: Search, name: str) -> list[Answers]:
    """Cases to vary a fact in: the examples of the rules that read it, then some that were drawn."""
    reading = [rule for rule in search.policy.rules if name in rule.reads]
    examples = [example.facts for rule in reading for example in rule.examples][:BASES]
    rows = search.sample.rows
    step = max(1, len(rows) // BASES)
    return [*examples, *rows[::-step][: BASES - len(examples) // 2]]


def _proved_idle(search: Search, names: list[str]) -> Iterator[Finding]:
    if not names:
        return
    from assistant.reasoning.smt_encoding import encoding_for
    from assistant.reasoning.smt_goals import any_effect, step_changing

    encoding = encoding_for(search.policy)
    for name in names:
        step = step_changing(encoding, name, any_effect)
        if isinstance(step, Proven):
            yield _idle(search.policy.told[name], "no answer to it changes what any rule does")
        elif isinstance(step, Unknown):
            search.unsure("idle-question", name)


def _idle(fact: FactType, why: str) -> Finding:
    message = f"the question about `{fact.name}` can never matter: {why}"
    help = "let a rule read it, or remove it" if not fact.asked else "let a rule read it, or remove the question"
    return Finding("idle-question", fact.span, message, help, "warning")


def one_sided(search: Search) -> Iterator[Finding]:
    """A warning for each comparison that is true, or false, whatever its fact turns out to be."""
    makeable = _makeable(search.policy)
    for rule in search.policy.rules:
        check_wanted()
        for comparison, within in dict.fromkeys(_comparisons(rule.when)):
            values = _values(search.policy, comparison.name, comparison, makeable)
            outcomes = {test_of(comparison)({comparison.name: value}) for value in values}
            if len(outcomes) == 1 and not (within and outcomes == {True}):
                yield _one_sided(search.policy, rule, comparison, outcomes == {True})


def _comparisons(condition: Condition, within: bool = False) -> Iterator[tuple[Compare | Among, bool]]:
    """Each comparison of a value, and whether it stands within `certain(…)`.

    There it may well be true whatever the value: it says that the value is known.
    """
    match condition:
        case Compare() | Among():
            yield condition, within
        case Not(inner=inner):
            yield from _comparisons(inner, within)
        case Certain(inner=inner):
            yield from _comparisons(inner, True)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _comparisons(part, within)
        case _:
            return


def _makeable(policy: Policy) -> dict[str, set[Value | None]]:
    """The values that each derived fact can be given: its default and what rules conclude."""
    found: dict[str, set[Value | None]] = {name: {fact.default} for name, fact in policy.derived.items()}
    for rule in policy.rules:
        for consequent in rule.then:
            if isinstance(consequent, Conclude):
                found[consequent.fact].add(consequent.value)
    return found


def _values(
    policy: Policy, name: str, comparison: Compare | Among, makeable: dict[str, set[Value | None]]
) -> set[Value | None]:
    """The values of a quantity, as far as a comparison can tell them apart; none for what only a proof could say."""
    if name in makeable:
        return makeable[name] if len(makeable[name]) > 1 else set()
    fact = policy.told.get(name)
    if fact is None:
        return set()
    if fact.kind is Kind.FLAG:
        return {True, False}
    if fact.kind is Kind.CHOICE:
        return {option.value for option in fact.options}
    high = MAX_COUNT if fact.high is None else fact.high
    mentioned = comparison.values if isinstance(comparison, Among) else (comparison.value,)
    near = {int(v) + shift for v in mentioned if isinstance(v, int) for shift in (-1, 0, 1)}
    return {fact.low, high, *(value for value in near if fact.low <= value <= high)}


def _one_sided(policy: Policy, rule: Rule, comparison: Compare | Among, holds: bool) -> Finding:
    name = comparison.name
    always = "always true" if holds else "never true"
    fact = policy.facts[name]
    if fact.derived:
        why = "of the values that rules conclude, and its default, " + ("all do" if holds else "none does")
    else:
        why = f"`{name}` takes {fact.wanted()}"
    message = f"in `{rule.id}` the comparison of `{name}` with {_written(comparison)} is {always}: {why}"
    return Finding("one-sided", rule.span, message, "move the threshold, or leave the comparison out", "warning")


def _written(comparison: Compare | Among) -> str:
    if isinstance(comparison, Compare):
        value = "none" if comparison.value is None else str(comparison.value).lower()
        named = f" (params.{comparison.param})" if comparison.param else ""
        return f"`{comparison.operator} {value}`{named}"
    values = ", ".join("none" if value is None else str(value).lower() for value in comparison.values)
    return f"`{'not in' if comparison.negated else 'in'} [{values}]`"
