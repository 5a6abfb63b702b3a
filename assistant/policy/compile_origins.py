"""The layers' records to the origin of everything they name.

Read off the records alone, so that what a fault keeps out of the policy still has its origin.
"""

from collections.abc import Iterable, Iterator, Mapping

from assistant.policy.folder import Layer
from assistant.policy.origin import KINDS, Origin, Setting
from assistant.reading.shapes import Fields


def origins_of(layers: Iterable[Layer]) -> tuple[Origin, ...]:
    """The origin of every param, capability, option, fact and rule, in the order in which layers first name them."""
    found: dict[tuple[str, str], Origin] = {}
    for layer in layers:
        for node in layer.head.many("disable"):
            key = ("rule", node.text)
            if key in found:
                off = Setting(layer.name, layer.at(node.span), node.span)
                found[key] = Origin(*key, found[key].settings, off)
        for kind, record in _records(layer):
            key = (kind, record.text(kind))
            if key[1]:
                before = found[key].settings if key in found else ()
                found[key] = Origin(*key, (*before, _setting(kind, record, layer, before)))
    return tuple(sorted(found.values(), key=lambda origin: KINDS.index(origin.kind)))


def _records(layer: Layer) -> Iterator[tuple[str, Fields]]:
    for kind, key in (("param", "params"), ("capability", "capabilities"), ("option", "options")):
        yield from ((kind, record) for record in layer.head.many(key))
    yield from (("fact", record) for record in layer.facts)
    yield from (("rule", record) for record in layer.rules)


_WHOLE: Mapping[str, tuple[str, ...]] = {
    "option": ("label", "provides"),
    "fact": ("type",),
}
"""The keys without which a record above another leaves some of it as it was."""


def _setting(kind: str, record: Fields, layer: Layer, before: tuple[Setting, ...]) -> Setting:
    span = record.span_of("value") if kind == "param" else record.span
    partial = before and any(key not in record.places for key in _WHOLE.get(kind, ()))
    keys = tuple(key for key in record.places if key != kind) if partial else ()
    return Setting(layer.name, layer.at(span), span, keys, record.text("value") if kind == "param" else "")
