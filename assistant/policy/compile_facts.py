"""Checked records to fact types, options, params and the verdict's make-up. Faults are noted, never raised."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction

from assistant.errors import Span, shown
from assistant.knowledge import Citation, Source, quantity
from assistant.policy.compile_priors import with_expectations
from assistant.policy.folder import Layer
from assistant.policy.noted import Noted
from assistant.policy.syntax import Capability, Option, Param, VerdictSpec
from assistant.policy.vocabulary import (
    MAX_COUNT,
    Acceptance,
    AnswerError,
    ChoiceOption,
    FactType,
    Kind,
    Measure,
    Value,
    Word,
    check_value,
    folded,
)
from assistant.reading.nodes import Scalar
from assistant.reading.shapes import Fields

_SPACES = ("params", "scores", "required", "ruled_out", "verdict")
_KEYWORDS = ("and", "or", "not", "in", "true", "false", "none", "certain")
_RESULTS = ("final", "matrix", "settled", "unmet", "blocked", "policy", "answers", "firings", "adjustments", "advice")
RESERVED = frozenset((*_SPACES, *_KEYWORDS, *_RESULTS, "costs", "open"))
_KEYS_OF = {
    **dict.fromkeys(("range", "ends", "anchors"), Kind.SCALE),
    "unit": Kind.COUNT,
    "phrases": Kind.FLAG,
    "options": Kind.CHOICE,
}


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


def acceptances(fields: Fields) -> tuple[Acceptance, ...]:
    """The findings that a record lets stand, each with the owner's reason."""
    records = fields.many("accept")
    return tuple(Acceptance(one.text("code"), one.text("because"), one.span) for one in records)


def named(what: str, fields: Fields) -> str:
    """How a message names a record: by its id, if it has one."""
    return f"the {what} `{fields.text(what)}`" if what in fields else f"the {what}"


def ground(what: str, fields: Fields, key: str, noted: Noted) -> tuple[str, str]:
    """The basis of a record and the house's reason: the article needs `cites`, the house the text under `key`."""
    basis = fields.text("basis", "article")
    name = named(what, fields)
    if basis == "article" and not fields.many("cites") and not fields.faulty("cites"):
        noted.fault("uncited", fields.span, f"{name} lacks `cites`", "cite a passage, or say `basis: house`")
    if basis == "house" and key not in fields.places:
        noted.fault("no-reason", fields.span, f"{name} is the house's and lacks `{key}`", f"add `{key}:`")
    return basis, fields.text(key)


def compile_options(layers: list[Layer], noted: Noted) -> tuple[tuple[Capability, ...], tuple[Option, ...]]:
    """Capabilities and options; a layer's replace those of the same id."""
    capabilities: dict[str, Capability] = {}
    options: dict[str, Option] = {}
    for layer in layers:
        heads = layer.head.many("capabilities")
        noted.ids_once("capability", heads)
        capabilities |= {h.text("capability"): Capability(h.text("capability"), h.text("label")) for h in heads}
        noted.ids_once("option", layer.head.many("options"))
        for head in layer.head.many("options"):
            option = _option(head, options.get(head.text("option")), capabilities, noted)
            options[option.id] = option
    if "options" in layers[0].head and not options:
        noted.fault("no-options", layers[0].head.span, "the policy has no options", "name them under `options:`")
    for known, key in ((capabilities, "capabilities"), (options, "options")):
        if "" in known or key not in layers[0].head.values or any(layer.head.faulty(key) for layer in layers):
            noted.gap("capability")
            noted.gap("option")
    if not options:
        noted.gap("option")
    return tuple(one for id, one in capabilities.items() if id), tuple(one for id, one in options.items() if id)


def _option(head: Fields, below: Option | None, capabilities: Collection[str], noted: Noted) -> Option:
    """One option; what a layer leaves out is as it was below."""
    id = head.text("option")
    for provided in head.many("provides"):
        if provided.text not in capabilities:
            noted.unknown("capability", provided, capabilities)
    if id and id in capabilities:
        noted.fault("duplicate", head.span, f"`{id}` is both an option and a capability", "rename one")
    if below is None:
        for key in ("label", "provides"):
            if id and key not in head.places:
                noted.fault("missing-key", head.span, f"the option `{id}` lacks `{key}`", f"add `{key}:`")
        below = Option(id, "", frozenset())
    provides = frozenset(node.text for node in head.many("provides")) if "provides" in head else below.provides
    return Option(id, head.text("label", below.label), provides, head.span, (*below.accepts, *acceptances(head)))


def compile_params(layers: list[Layer], sources: Mapping[str, Source | None], noted: Noted) -> dict[str, Param]:
    """The params; a layer's entry sets the value and may leave the rest as it was."""
    params: dict[str, Param] = {}
    for layer in layers:
        records = layer.head.many("params")
        noted.ids_once("param", records)
        if layer.head.faulty("params"):
            noted.gap("param")
        compiled = [_param(record, params, layer, sources[layer.name], noted) for record in records]
        params |= {param.id: param for param in reversed(compiled) if param is not None}
    return params


def _param(
    record: Fields, known: Mapping[str, Param], layer: Layer, source: Source | None, noted: Noted
) -> Param | None:
    """One param; None where it lacks its name or value, or where a layer sets a param that there is not."""
    if "param" not in record or "value" not in record:
        noted.gap("param", record.text("param"))
        return None
    id, value, span = record.text("param"), record.value("value"), record.span_of("value")
    below = known.get(id)
    if below is None and "extends" in layer.head and "label" not in record:
        noted.unknown("param", record.get("param"), known)
        return None
    cites = citations(record, source, noted)
    if below is None or "basis" in record:
        basis, because = ground("param", record, "because", noted)
    else:
        basis, because = "house", record.text("because") or f"set by the layer `{layer.name}`"
    if below is not None and type(value) is not type(below.value):
        noted.fault("wrong-type", span, f"`{id}` is {_sort(below.value)}, not {_sort(value)}", "keep to its type")
        value = below.value
    if isinstance(value, int) and abs(value) > MAX_COUNT:
        noted.fault("wrong-range", span, f"`{shown(str(value))}` is too large", f"at most {quantity(MAX_COUNT)}")
    label = record.text("label", below.label if below else id.replace("_", " "))
    return Param(id, value, label, basis, because, cites, layer.at(span), layer.name, span, acceptances(record))


def _sort(value: Value) -> str:
    """What a param holds, in words."""
    if isinstance(value, bool):
        return "true or false"
    return "a whole number" if isinstance(value, int) else "a word"


def compile_fact(
    fields: Fields, layer: Layer, source: Source | None, options: tuple[Option, ...], noted: Noted
) -> FactType | None:
    """One fact type; None where its name or type is missing, or it takes the policy's options and there are none."""
    name = fields.text("fact")
    if not name or "type" not in fields or (isinstance(fields.get("options"), Scalar) and not options):
        noted.gap("fact", name)
        return None
    if name in RESERVED or name in {option.id for option in options}:
        noted.fault("reserved", fields.span_of("fact"), f"a fact can't be called `{name}`", "choose another name")
    derived, kind = bool(fields.value("derived")), Kind(fields.text("type"))
    _check_keys(fields, kind, name, derived, noted)
    phrases = fields.get("phrases") or Fields(fields.span, {})
    cites = citations(fields, source, noted)
    basis, because = ("house", fields.text("because")) if derived else ground("fact", fields, "because", noted)
    fact = FactType(
        name,
        kind,
        fields.text("label"),
        fields.span,
        layer.at(fields.span),
        layer.name,
        *_range(fields, kind, noted),
        fields.text("unit"),
        fields.text("question"),
        fields.text("help"),
        _choice_options(fields, options, noted),
        (phrases.text("yes"), phrases.text("no")),
        _ends(fields, noted),
        derived=derived,
        asked=bool(fields.value("ask", True)),
        basis=basis,
        because=because,
        cites=cites,
        accepts=acceptances(fields),
    )
    if "anchors" in fields:
        fact = _anchored(fact, fields.get("anchors"), noted)
    fact = with_expectations(fact, fields, noted)
    return _with_default(fact, fields, noted) if derived and "default" in fields else fact


def _anchored(fact: FactType, anchors: Fields, noted: Noted) -> FactType:
    words = _words(anchors, fact.low, fact.high, noted)
    measure = _measure(anchors.get("measure"), fact.low, fact.high, noted) if "measure" in anchors else None
    return replace(fact, words=words, measure=measure, anchors_because=anchors.text("because"))


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
        return 0, None
    if "range" not in fields:
        return 0, 10
    ends = [node.value for node in fields.many("range")]
    if len(ends) == 2 and ends[0] < ends[1] and max(map(abs, ends)) <= MAX_COUNT:
        return ends[0], ends[1]
    noted.fault("wrong-range", fields.span_of("range"), "a range is two whole numbers, the lower first")
    return 0, 10


def _check_keys(fields: Fields, kind: Kind, name: str, derived: bool, noted: Noted) -> None:
    """Notes the keys that another kind of fact has, and those that this kind lacks."""
    for key, owner in _KEYS_OF.items():
        if key in fields and kind is not owner:
            message = f"only a {owner} has `{key}`, and `{name}` is a {kind}"
            noted.fault("wrong-key", fields.span_of(key), message, "remove it")
    needed = {Kind.CHOICE: "options"} if derived else {Kind.CHOICE: "options", Kind.FLAG: "phrases", Kind.COUNT: "unit"}
    if kind in needed and needed[kind] not in fields.places:
        key = needed[kind]
        noted.fault("missing-key", fields.span, f"the {kind} `{name}` lacks `{key}`", f"add `{key}:`")


def _choice_options(fields: Fields, options: tuple[Option, ...], noted: Noted) -> tuple[ChoiceOption, ...]:
    if isinstance(fields.get("options"), Scalar):
        return tuple(ChoiceOption(option.id, option.label) for option in options)
    records = fields.many("options")
    noted.ids_once("value", records)
    for record in records:
        if record.text("value") in _KEYWORDS:
            message = f"a value can't be called `{record.text('value')}`"
            noted.fault("reserved", record.span_of("value"), message, "choose another name")
    if "options" in fields and not records:
        noted.fault("wrong-range", fields.span_of("options"), "there are no options here", "name at least one")
    return tuple(ChoiceOption(record.text("value"), record.text("label")) for record in records)


def _ends(fields: Fields, noted: Noted) -> tuple[str, str]:
    ends = [node.text for node in fields.many("ends")]
    if "ends" in fields and len(ends) != 2:
        noted.fault("wrong-range", fields.span_of("ends"), "`ends` names two ends, the lower first")
    return (ends[0], ends[1]) if len(ends) == 2 else ("", "")


def _words(anchors: Fields, low: int, high: int | None, noted: Noted) -> tuple[Word, ...]:
    words = []
    spellings: list[tuple[str, Span]] = []
    for record in anchors.many("words"):
        value = record.value("value", low)
        _within(value, low, high, record.span_of("value"), noted)
        also = tuple(node.text for node in record.many("also"))
        word = record.text("word")
        spellings += [(folded(spelling), record.span) for spelling in (word, *also)]
        words.append(Word(word, value, record.text("label", word), also))
    noted.once("word", spellings)
    return tuple(words)


def _within(value: int, low: int, high: int | None, span: Span, noted: Noted) -> None:
    if not low <= value <= (MAX_COUNT if high is None else high):
        noted.fault("wrong-range", span, f"`{value}` is outside the scale, {low} to {high}")


def _measure(record: Fields, low: int, high: int | None, noted: Noted) -> Measure | None:
    before = len(noted.findings)
    units = {key.text: Fraction(str(node.value)) for key, node in (record.get("units") or {}).items()}
    if min(units.values(), default=1) <= 0:
        noted.fault("wrong-range", record.span_of("units"), "a unit's factor must be above 0")
    steps: list[tuple[Fraction | None, int]] = []
    for step in record.many("steps"):
        _within(step.value("value", low), low, high, step.span, noted)
        limit = Fraction(str(step.value("up_to"))) if "up_to" in step else None
        if steps and (steps[-1][0] is None or (limit is not None and limit <= steps[-1][0])):
            noted.fault("wrong-order", step.span, "steps must rise, the open one last")
        steps.append((limit, step.value("value", low)))
    if not steps or steps[-1][0] is not None:
        noted.fault("missing-key", record.span, "the last step must take everything above", "add `- {value: …}`")
    if len(noted.findings) > before:
        return None
    measure = Measure(record.text("about"), record.text("example"), units, tuple(steps))
    if "example" in record and measure.read(measure.example) is None:
        message = f"`{shown(measure.example)}` is no amount in these units"
        noted.fault("wrong-range", record.span_of("example"), message, "write a number and a unit")
    return measure


def compile_verdict(
    layers: list[Layer], facts: Mapping[str, FactType], options: tuple[Option, ...], noted: Noted
) -> VerdictSpec:
    """The verdict's make-up, from the highest layer that says it."""
    record = next((layer.head.get("verdict") for layer in reversed(layers) if "verdict" in layer.head), None)
    if record is None:
        return VerdictSpec("")
    for key, derived in (("needs", False), ("parts", True), ("beside", True)):
        for node in record.many(key):
            _check_fact(node, facts, derived, noted)
    chosen = record.get("chosen")
    fact = _check_fact(chosen, facts, True, noted) if chosen is not None else None
    if fact is not None:
        strange = {option.value for option in fact.options} - {option.id for option in options}
        if fact.kind is not Kind.CHOICE or strange:
            message = f"`{fact.name}` is chosen, and must be a choice among the policy's options"
            noted.fault("wrong-type", fact.span, message, "say `type: choice` and `options: options`")
    lists = [tuple(node.text for node in record.many(key)) for key in ("needs", "parts", "beside")]
    return VerdictSpec(record.text("chosen"), *lists)


def _check_fact(node: Scalar, facts: Mapping[str, FactType], derived: bool, noted: Noted) -> FactType | None:
    """The fact of that name; None, and a fault, where there is none, or it is told where it must be derived."""
    fact = facts.get(node.text)
    if fact is None:
        noted.unknown("fact", node, [name for name, known in facts.items() if known.derived is derived])
    elif fact.derived is not derived:
        said = "concluded by rules, not told" if fact.derived else "told, not concluded by rules"
        noted.fault("wrong-fact", node.span, f"`{node.text}` is {said}", "name another fact")
        return None
    return fact
