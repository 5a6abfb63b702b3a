"""What a vocabulary says of answers before anyone gives them: how likely each is, and how hard to come by."""

from dataclasses import replace

from assistant.errors import WhysoError
from assistant.policy.noted import Noted
from assistant.policy.vocabulary import MAX_COUNT, Band, FactType, Kind, Value, check_value
from assistant.reading.shapes import Fields

MOST = 1_000_000


def with_expectations(fact: FactType, fields: Fields, noted: Noted) -> FactType:
    """A fact with its prior and its effort, as far as they are declared and sound."""
    if "prior" in fields:
        fact = replace(fact, prior=_prior(fact, fields.get("prior"), noted))
    if "effort" in fields:
        record = fields.get("effort")
        fact = replace(fact, effort=_whole(record, "counts_as", noted))
    return fact


def _prior(fact: FactType, record: Fields, noted: Noted) -> tuple[Band, ...]:
    before = len(noted.findings)
    weights = record.many("weights")
    wrong = "value" if fact.numeric else "up_to"
    for one in weights:
        if wrong in one:
            message = f"the weights of the {fact.kind} `{fact.name}` have no `{wrong}`"
            noted.fault("wrong-key", one.span_of(wrong), message, "say `up_to`" if fact.numeric else "say `value`")
    if len(noted.findings) > before:
        return ()
    bands = tuple(_numbers(fact, weights, noted) if fact.numeric else _values(fact, record, noted))
    return bands if len(noted.findings) == before else ()


def _whole(record: Fields, key: str, noted: Noted) -> int:
    number = int(record.value(key, 1))
    if not 1 <= number <= MOST:
        message = f"`{key}` can't be {number:,}"
        noted.fault("wrong-range", record.span_of(key), message, f"say a whole number from 1 to {MOST:,}")
        return 1
    return number


def _numbers(fact: FactType, weights: list[Fields], noted: Noted) -> list[Band]:
    bands: list[Band] = []
    lowest, highest = fact.low - 1, MAX_COUNT if fact.high is None else fact.high
    for one in weights:
        limit = int(one.value("up_to")) if "up_to" in one else None
        if lowest >= highest or (limit is not None and not lowest < limit <= highest):
            noted.fault("wrong-order", one.span, "weights must rise within the fact's range, the open one last")
        lowest = highest if limit is None else limit
        bands.append(Band(_whole(one, "weight", noted), up_to=limit))
    if weights and lowest < highest:
        noted.fault("missing-key", weights[-1].span, "the last weight must take everything above", "leave out `up_to`")
    return bands


def _values(fact: FactType, record: Fields, noted: Noted) -> list[Band]:
    bands: list[Band] = []
    for one in record.many("weights"):
        value = one.value("value") if "value" in one else None
        try:
            checked = check_value(fact, value)
        except WhysoError as error:
            noted.fault("wrong-answer", one.span_of("value") if "value" in one else one.span, error.message, error.help)
            continue
        if checked in [band.value for band in bands]:
            noted.fault("duplicate", one.span, f"the value `{_written(checked)}` stands twice", "remove one")
        bands.append(Band(_whole(one, "weight", noted), value=checked))
    wanted: list[Value] = [True, False] if fact.kind is Kind.FLAG else [option.value for option in fact.options]
    missing = [value for value in wanted if value not in [band.value for band in bands]]
    if missing and len(bands) == len(record.many("weights")):
        names = ", ".join(f"`{_written(value)}`" for value in missing)
        noted.fault("missing-key", record.span_of("weights"), f"there is no weight for {names}", "give every value one")
    return bands


def _written(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
