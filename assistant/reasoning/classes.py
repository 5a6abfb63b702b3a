"""Facts cut into the classes that a policy's thresholds make: within one, no condition can tell two values apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.policy.syntax import Among, And, Certain, Compare, Condition, Not, Or, Rule
from assistant.policy.vocabulary import MAX_COUNT, FactType, Kind, Value


@dataclass(frozen=True, slots=True)
class ValueClass:
    """The values from `low` to `high`, both included; `high` is None where there is no upper end.

    A choice's or flag's class is a single value. `low` stands for the whole class.
    """

    low: Value
    high: Value | None


def classes_of(facts: Iterable[FactType], rules: Iterable[Rule]) -> dict[str, tuple[ValueClass, ...]]:
    """The classes of each fact under the conditions of the rules, lowest first."""
    cuts = cuts_of(rules)
    return {fact.name: divided(fact, cuts.get(fact.name, set())) for fact in facts}


def cuts_of(rules: Iterable[Rule]) -> dict[str, set[int]]:
    """For each number that rules compare, the values at which a new class begins."""
    cuts: dict[str, set[int]] = {}
    for rule in rules:
        _collect(rule.when, cuts)
    return cuts


def _collect(condition: Condition, cuts: dict[str, set[int]]) -> None:
    """Notes for each number fact the values at which a new class begins."""
    match condition:
        case Compare(name=name, operator=sign, value=int(value)) if not isinstance(value, bool):
            begins = {"<": {value}, ">=": {value}, ">": {value + 1}, "<=": {value + 1}}
            cuts.setdefault(name, set()).update(begins.get(sign, {value, value + 1}))
        case Among(name=name, values=values):
            whole = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
            cuts.setdefault(name, set()).update(begin for value in whole for begin in (value, value + 1))
        case Not(inner=inner) | Certain(inner=inner):
            _collect(inner, cuts)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                _collect(part, cuts)
        case _:
            return


def divided(fact: FactType, cuts: set[int]) -> tuple[ValueClass, ...]:
    """The classes of one fact, a new one beginning at each cut in its range."""
    if fact.kind is Kind.FLAG:
        return ValueClass(True, True), ValueClass(False, False)
    if fact.kind is Kind.CHOICE:
        return tuple(ValueClass(option.value, option.value) for option in fact.options)
    highest = MAX_COUNT if fact.high is None else fact.high
    begins = [fact.low, *sorted(cut for cut in cuts if fact.low < cut <= highest)]
    ends = [*(begin - 1 for begin in begins[1:]), fact.high]
    return tuple(ValueClass(low, high) for low, high in zip(begins, ends, strict=True))


def class_index(classes: tuple[ValueClass, ...], value: Value) -> int:
    """Which class a value falls into."""
    for index, one in enumerate(classes):
        if isinstance(value, bool | str):
            if one.low == value:
                return index
        elif one.high is None or value <= one.high:  # type: ignore[operator]  # number classes have number ends
            return index
    raise ValueError(f"no class holds {value!r}")


def nearest(one: ValueClass, value: Value | None) -> Value:
    """The value of a class that is nearest to one outside it; its lowest where there is none, or none is nearer."""
    if type(value) is int and one.high is not None and int(one.high) < value:
        return one.high
    return one.low


def by_distance(classes: tuple[ValueClass, ...], value: Value | None) -> list[int]:
    """The classes other than that of a value, by their index, the nearest first; all of them in order without one."""
    indices = list(range(len(classes)))
    if value is None:
        return indices
    indices.remove(class_index(classes, value))
    if isinstance(value, bool | str):
        return indices
    return sorted(indices, key=lambda index: (abs(int(nearest(classes[index], value)) - value), index))


def spans(policy_facts: Mapping[str, FactType], rules: Iterable[Rule]) -> dict[str, tuple[ValueClass, ...]]:
    """The classes of every told fact that some rule reads."""
    rules = tuple(rules)
    read = {name for rule in rules for name in rule.reads}
    return classes_of((fact for name, fact in policy_facts.items() if name in read and not fact.derived), rules)
