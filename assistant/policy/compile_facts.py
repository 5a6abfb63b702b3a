"""Checked records to fact types, options, params and the verdict's make-up. Faults are noted, never raised."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from assistant.errors import Finding, Span, did_you_mean, shown
from assistant.knowledge import Citation, Source
from assistant.policy.folder import Layer
from assistant.policy.syntax import Capability, Option, Param, VerdictSpec
from assistant.policy.vocabulary import (
    MAX_COUNT,
    AnswerError,
    ChoiceOption,
    FactType,
    Kind,
    Measure,
    Value,
    Word,
    check_value,
)
from assistant.reading.nodes import Scalar
from assistant.reading.shapes import Fields

RESERVED = frozenset(
    (
        "params",
        "scores",
        "required",
        "ruled_out",
        "verdict",
        "and",
        "or",
        "not",
        "in",
        "true",
        "false",
        "none",
        "certain",
    )
    + ("final", "matrix", "settled", "unmet", "blocked", "policy", "answers", "firings", "adjustments", "advice")
    + ("costs", "open")
)


class Noted:
    """A list of findings and the usual ways to add to it."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings

    def fault(self, code: str, span: Span, message: str, help: str | None = None) -> None:
        """Adds one fault."""
        self.findings.append(Finding(code, span, message, help))

    def unknown(self, kind: str, node: Scalar, known: Iterable[str]) -> None:
        """Adds `unknown KIND` with a suggestion."""
        help = did_you_mean(node.text, known)
        self.fault(f"unknown-{kind.split()[0]}", node.span, f"unknown {kind} `{shown(node.text)}`", help)

    def once(self, kind: str, records: list[tuple[str, Span]]) -> None:
        """Adds a fault for each id that stands twice."""
        first: dict[str, Span] = {}
        for name, span in records:
            if name in first:
                message = f"the {kind} `{shown(name)}` stands twice"
                self.fault("duplicate", span, message, f"it is also at {first[name]}: rename or remove one")
            first.setdefault(name, span)


def citations(fields: Fields, source: Source | None, noted: Noted) -> tuple[Citation, ...]:
    """The citations of a record, each checked against the source."""
    found = []
    for node in fields.many("cites"):
        citation = Citation.of(node.text)
        if source is None or source.has(citation):
            found.append(citation)
        elif citation.passage not in source.by_id:
            noted.unknown("passage", node, source.by_id)
        else:
            noted.unknown("claim", node, [claim.id for claim in source.by_id[citation.passage].claims])
    return tuple(dict.fromkeys(found))


def ground(what: str, fields: Fields, key: str, cites: tuple[Citation, ...], noted: Noted) -> tuple[str, str]:
    """The basis of a record and the house's reason: the article needs `cites`, the house the text under `key`."""
    basis = fields.text("basis", "article")
    name = fields.text(what)
    if basis == "article" and not cites and not fields.many("cites"):
        noted.fault(
            "uncited", fields.span, f"the {what} `{shown(name)}` lacks `cites`", "cite a passage, or say `basis: house`"
        )
    if basis == "house" and key not in fields:
        noted.fault(
            "no-reason", fields.span, f"the {what} `{shown(name)}` is the house's and lacks `{key}`", f"add `{key}:`"
        )
    return basis, fields.text(key)


def compile_options(layers: list[Layer], noted: Noted) -> tuple[tuple[Capability, ...], tuple[Option, ...]]:
    """Capabilities and options; a layer's replace those of the same id."""
    capabilities: dict[str, Capability] = {}
    options: dict[str, Option] = {}
    for layer in layers:
        heads = layer.head.many("capabilities")
        noted.once("capability", [(head.text("capability"), head.span) for head in heads])
        capabilities |= {h.text("capability"): Capability(h.text("capability"), h.text("label")) for h in heads}
        noted.once("option", [(head.text("option"), head.span) for head in layer.head.many("options")])
        for head in layer.head.many("options"):
            for provided in head.many("provides"):
                if provided.text not in capabilities:
                    noted.unknown("capability", provided, capabilities)
            id = head.text("option")
            if id in capabilities:
                noted.fault("duplicate", head.span, f"`{id}` is both an option and a capability", "rename one")
            provides = frozenset(node.text for node in head.many("provides"))
            options[id] = Option(id, head.text("label"), provides)
    if layers and not options:
        noted.fault("no-options", layers[0].head.span, "the policy has no options", "add `options:`")
    return tuple(capabilities.values()), tuple(options.values())


def compile_params(layers: list[Layer], sources: Mapping[str, Source | None], noted: Noted) -> dict[str, Param]:
    """The params; a layer's entry sets the value and may leave the rest as it was."""
    params: dict[str, Param] = {}
    for layer in layers:
        records = layer.head.many("params")
        noted.once("param", [(record.text("param"), record.span) for record in records])
        for record in records:
            id = record.text("param")
            if "value" not in record:
                continue
            below = params.get(id)
            cites = citations(record, sources[layer.name], noted)
            if below is None or "basis" in record:
                basis, because = ground("param", record, "because", cites, noted)
            else:
                basis, because = "house", record.text("because") or f"set by the layer `{layer.name}`"
            label = record.text("label", below.label if below else id.replace("_", " "))
            span = record.span_of("value")
            value = record.value("value")
            params[id] = Param(id, value, label, basis, because, cites, layer.at(span), layer.name, span)
    return params


def compile_fact(
    fields: Fields, layer: Layer, source: Source | None, options: tuple[Option, ...], noted: Noted
) -> FactType | None:
    """One fact type; None where its name or type is missing."""
    name = fields.text("fact")
    if not name or "type" not in fields:
        return None
    if name in RESERVED or name in {option.id for option in options}:
        noted.fault("reserved", fields.span_of("fact"), f"a fact can't be called `{name}`", "choose another name")
    derived = bool(fields.value("derived"))
    kind = Kind(fields.text("type"))
    cites = citations(fields, source, noted)
    basis, because = ("house", fields.text("because")) if derived else ground("fact", fields, "because", cites, noted)
    low, high = _range(fields, kind, noted)
    anchors = fields.get("anchors")
    if anchors is not None and kind is not Kind.SCALE:
        noted.fault("wrong-key", anchors.span, f"only a scale has anchors, and `{name}` is a {kind}")
    _check_keys(fields, kind, name, derived, noted)
    fact = FactType(
        name,
        kind,
        fields.text("label"),
        fields.span,
        layer.at(fields.span),
        layer.name,
        low,
        high,
        fields.text("unit"),
        fields.text("question"),
        fields.text("help"),
        _choice_options(fields, kind, options, noted),
        (fields.get("phrases").text("yes"), fields.get("phrases").text("no")) if "phrases" in fields else ("", ""),
        _ends(fields, noted),
        _words(anchors, low, high, noted) if anchors else (),
        _measure(anchors, low, high, noted) if anchors and "measure" in anchors else None,
        anchors.text("because") if anchors else "",
        derived,
        None,
        bool(fields.value("ask", True)),
        basis,
        because,
        cites,
    )
    return _with_default(fact, fields, noted) if derived and "default" in fields else fact


def _with_default(fact: FactType, fields: Fields, noted: Noted) -> FactType:
    node = fields.get("default")
    if fact.kind is Kind.CHOICE and node.text == "none":
        return fact
    try:
        return replace(fact, default=check_value(fact, node.value))
    except AnswerError as error:
        noted.fault("wrong-type", node.span, error.message, error.help)
        return fact


def _range(fields: Fields, kind: Kind, noted: Noted) -> tuple[int, int | None]:
    if kind is not Kind.SCALE:
        if "range" in fields:
            noted.fault("wrong-key", fields.span, f"only a scale has a range, and this is a {kind}")
        return 0, None
    ends = [node.value for node in fields.many("range")]
    if not ends:
        return 0, 10
    if len(ends) != 2 or ends[0] >= ends[1] or max(map(abs, ends)) > MAX_COUNT:
        noted.fault("wrong-range", fields.many("range")[0].span, "a range is two whole numbers, the lower first")
        return 0, 10
    return ends[0], ends[1]


def _check_keys(fields: Fields, kind: Kind, name: str, derived: bool, noted: Noted) -> None:
    wanted = {Kind.CHOICE: "options"}.get(kind) or (
        None if derived else {Kind.FLAG: "phrases", Kind.COUNT: "unit"}.get(kind)
    )
    if wanted and wanted not in fields:
        noted.fault("missing-key", fields.span, f"the {kind} `{name}` lacks `{wanted}`", f"add `{wanted}:`")


def _choice_options(fields: Fields, kind: Kind, options: tuple[Option, ...], noted: Noted) -> tuple[ChoiceOption, ...]:
    if isinstance(fields.get("options"), Scalar):
        return tuple(ChoiceOption(option.id, option.label) for option in options)
    records = fields.many("options")
    if records and kind is not Kind.CHOICE:
        noted.fault("wrong-key", fields.span, f"only a choice has options, and this is a {kind}")
    noted.once("value", [(record.text("value"), record.span) for record in records])
    return tuple(ChoiceOption(record.text("value"), record.text("label")) for record in records)


def _ends(fields: Fields, noted: Noted) -> tuple[str, str]:
    ends = [node.text for node in fields.many("ends")]
    if len(ends) not in (0, 2):
        noted.fault("wrong-type", fields.many("ends")[0].span, "`ends` names two ends, the lower first")
    return (ends[0], ends[1]) if len(ends) == 2 else ("", "")


def _words(anchors: Fields, low: int, high: int | None, noted: Noted) -> tuple[Word, ...]:
    words = []
    spellings: list[tuple[str, Span]] = []
    for record in anchors.many("words"):
        value = record.value("value", low)
        _within(value, low, high, record.span_of("value"), noted)
        also = tuple(node.text for node in record.many("also"))
        word = record.text("word")
        spellings += [(spelling.lower(), record.span) for spelling in (word, *also)]
        words.append(Word(word, value, record.text("label", word), also))
    noted.once("word", spellings)
    return tuple(words)


def _within(value: Any, low: int, high: int | None, span: Span, noted: Noted) -> None:
    if not low <= value <= (MAX_COUNT if high is None else high):
        noted.fault("wrong-range", span, f"`{value}` is outside the scale, {low} to {high}")


def _measure(anchors: Fields, low: int, high: int | None, noted: Noted) -> Measure | None:
    record = anchors.get("measure")
    units = {key.text: Fraction(str(node.value)) for key, node in (record.get("units") or {}).items()}
    steps: list[tuple[Fraction | None, int]] = []
    for step in record.many("steps"):
        _within(step.value("value", low), low, high, step.span, noted)
        limit = Fraction(str(step.value("up_to"))) if "up_to" in step else None
        if steps and (steps[-1][0] is None or (limit is not None and limit <= steps[-1][0])):
            noted.fault("wrong-order", step.span, "steps must rise, the open one last")
        steps.append((limit, step.value("value", low)))
    if not units or any(factor <= 0 for factor in units.values()):
        noted.fault("wrong-range", record.span, "a unit's factor must be above 0")
        return None
    if not steps or steps[-1][0] is not None:
        noted.fault("missing-key", record.span, "the last step must take everything above", "add `- {value: …}`")
        return None
    return Measure(record.text("about"), record.text("example"), units, tuple(steps))


def compile_verdict(
    layers: list[Layer], facts: Mapping[str, FactType], options: tuple[Option, ...], noted: Noted
) -> VerdictSpec:
    """The verdict's make-up, from the highest layer that says it."""
    record = next((layer.head.get("verdict") for layer in reversed(layers) if "verdict" in layer.head), None)
    if record is None:
        return VerdictSpec("")
    for key, wanted in (("needs", False), ("parts", True), ("beside", True)):
        for node in record.many(key):
            if node.text not in facts or facts[node.text].derived is not wanted:
                kind = "derived fact" if wanted else "told fact"
                noted.unknown(kind, node, [name for name, fact in facts.items() if fact.derived is wanted])
    chosen = record.text("chosen")
    fact = facts.get(chosen)
    if fact is None or not fact.derived or fact.kind is not Kind.CHOICE:
        if "chosen" in record:
            derived = [name for name, fact in facts.items() if fact.derived and fact.kind is Kind.CHOICE]
            noted.unknown("derived fact", record.get("chosen"), derived)
    elif {option.value for option in fact.options} - {option.id for option in options}:
        noted.fault(
            "wrong-type", fact.span, f"`{chosen}` must take options of the policy only", "say `options: options`"
        )
    lists = [tuple(node.text for node in record.many(key)) for key in ("needs", "parts", "beside")]
    return VerdictSpec(chosen, *lists)
