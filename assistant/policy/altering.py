"""Facts that a layer alters: the record below with what the layer says in its place, to be compiled like any other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.policy.declarations import ALTERED_FACT, DERIVED_FACT, TOLD_FACT
from assistant.policy.folder import Layer
from assistant.policy.noted import Noted
from assistant.reading.nodes import Scalar
from assistant.reading.shapes import Fields

_BY_KEY = ("recognised", "anchors", "phrases")
"""What is altered key by key, and not as a whole."""
_ONLY_ALTERED = frozenset(ALTERED_FACT.known) - frozenset(DERIVED_FACT.known)


@dataclass(frozen=True, slots=True)
class Declared:
    """A fact's record as it stands once some layers are read, and the layer that declared it as a whole."""

    layer: Layer
    record: Fields


def is_altering(record: Fields, layer: Layer) -> bool:
    """Whether a fact's record only alters what stands below."""
    return layer.upper and "type" not in record.places and "derived" not in record.places


def declared_facts(layers: Iterable[Layer], noted: Noted) -> Iterator[tuple[Layer, dict[str, Declared]]]:
    """Layer by layer, lowest first, the records of the facts that it declares or alters, by name."""
    known: dict[str, Declared] = {}
    for layer in layers:
        noted.ids_once("fact", layer.facts)
        said: dict[str, Declared] = {}
        for record in layer.facts:
            name = record.text("fact")
            if not is_altering(record, layer):
                said[name] = Declared(layer, record)
            elif name in known:
                said[name] = Declared(known[name].layer, _altered(known[name].record, record, noted))
            elif name:
                noted.unknown("fact", record.get("fact"), known)
        known |= said
        yield layer, said


def _altered(below: Fields, record: Fields, noted: Noted) -> Fields:
    derived = bool(below.value("derived"))
    for key in record.places:
        if derived and key in _ONLY_ALTERED:
            message = f"`{below.text('fact')}` is concluded by rules and has no `{key}`"
            noted.fault("wrong-key", record.span_of(key), message, "remove it")
    shape = DERIVED_FACT if derived else TOLD_FACT
    values = {key: value for key, value in record.values.items() if key in shape.known}
    for key in _BY_KEY:
        if isinstance(below.get(key), Fields) and isinstance(values.get(key), Fields):
            values[key] = _over(below.get(key), values[key])
    if "options" in values:
        values["options"] = _relabelled(below, record, noted)
    return _over(below, Fields(below.span, values, record.places))


def _over(below: Fields, above: Fields) -> Fields:
    return Fields(below.span, {**below.values, **above.values}, {**below.places, **above.places})


def _relabelled(below: Fields, record: Fields, noted: Noted) -> object:
    """The options below with the labels that the record gives them."""
    options = below.get("options")
    if not isinstance(options, list):
        if isinstance(options, Scalar):
            message = f"the values of `{below.text('fact')}` are the policy's options"
            noted.fault("wrong-key", record.span_of("options"), message, "give those other labels, in policy.yaml")
        return options
    noted.ids_once("value", record.many("options"))
    labels = {one.text("value"): one for one in record.many("options")}
    known = {one.text("value") for one in options}
    for value, one in labels.items():
        if value and value not in known:
            noted.unknown("value", one.get("value"), known)
    return [_over(one, labels[one.text("value")]) if one.text("value") in labels else one for one in options]
