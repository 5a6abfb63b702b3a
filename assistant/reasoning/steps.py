"""Small steps from one value of a fact to the next, for whoever tries out what an answer does."""

from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import MAX_COUNT, FactType, Kind, Value
from assistant.reasoning.classes import classes_of


def stepped(policy: Policy, name: str, value: Value | None, step: int) -> Value | None:
    """The next value in a direction (1 or -1); the first one from unknown, the same one at the end.

    A scale goes by ones, a count to where the next class of the policy begins, flags and choices through their values.
    """
    fact = policy.facts[name]
    if fact.kind is Kind.COUNT:
        return _next_count(policy, fact, value, step)
    values = _values(fact)
    if value is None:
        return values[0] if step > 0 else values[-1]
    return values[min(max(values.index(value) + step, 0), len(values) - 1)]


def _values(fact: FactType) -> list[Value]:
    if fact.kind is Kind.SCALE:
        return list(range(fact.low, (fact.high if fact.high is not None else fact.low) + 1))
    return [False, True] if fact.kind is Kind.FLAG else [option.value for option in fact.options]


def _next_count(policy: Policy, fact: FactType, value: Value | None, step: int) -> Value:
    begins = [int(one.low) for one in classes_of((fact,), policy.rules)[fact.name]]
    if value is None:
        return begins[0] if step > 0 else begins[-1]
    now = int(value)
    if step > 0:
        return next((begin for begin in begins if begin > now), min(max(now * 2, now + 1), MAX_COUNT))
    return next((begin for begin in reversed(begins) if begin < now), fact.low)
