"""The sources that the layers of a policy cite: each layer's own beside those of the layers below it."""

from collections.abc import Iterable
from os.path import isfile

from assistant.errors import Finding, PolicyError
from assistant.knowledge import Source, joined, load_source
from assistant.policy.folder import Layer, displayed, installed, outside
from assistant.policy.noted import Noted
from assistant.reading.parser import within


def layer_sources(layers: Iterable[Layer], noted: Noted) -> dict[str, Source | None]:
    """For each layer all that its rules may cite; None where some of it can't be read."""
    found: dict[str, Source | None] = {}
    current: Source | None = None
    for number, layer in enumerate(layers):
        if layer.head.text("source"):
            own = _find(layer, noted.findings)
            if number == 0 or own is None or current is None:
                current = own if number == 0 else None
            else:
                current = _joined(current, own, layer, noted)
        found[layer.name] = current
    return found


def _joined(below: Source, own: Source, layer: Layer, noted: Noted) -> Source:
    """Both sources; where one name would stand for two things, the lower one alone, and a fault."""
    span = layer.head.span_of("source")
    if own.id in {part.id for part in below.parts}:
        message = f"the source `{own.id}` stands below already"
        noted.fault("duplicate", span, message, "leave `source` out, or give your own another name")
        return below
    shared = [passage.id for passage in own.passages if passage.id in below.by_id]
    if shared:
        message = f"the sources `{own.id}` and `{below.source_of(shared[0]).id}` both have the passage `{shared[0]}`"
        noted.fault("duplicate", span, message, f"rename the section of `{own.id}`")
        return below
    return joined(below, own)


def _find(layer: Layer, findings: list[Finding]) -> Source | None:
    """The source that a layer names; its faults are added to `findings`."""
    name = layer.head.text("source")
    own = layer.root / "knowledge" / name
    for folder in (own, installed("knowledge") / name):
        if folder == own and not within(folder, layer.root):
            findings.append(outside(folder))
            return None
        if isfile(folder / "source.yaml"):
            try:
                return load_source(folder, displayed)
            except PolicyError as error:
                findings.extend(error.findings)
                return None
    message = f"there is no source `{name}`"
    findings.append(
        Finding("unknown-source", layer.head.span_of("source"), message, "put it into knowledge/ of the policy")
    )
    return None
