"""Checked records to how people speak of each fact, and the phrases that two facts claim."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.errors import Finding, shown
from assistant.policy.folder import Layer
from assistant.policy.noted import Noted
from assistant.policy.phrase_overlap import Walk, common_reading
from assistant.policy.phrases import Group, Groups, Phrase, PhraseError, Recognised, parse_phrase
from assistant.policy.vocabulary import FactType, Kind
from assistant.reading.nodes import Scalar
from assistant.reading.shapes import Fields

_OWNERS = {
    "things": (Kind.COUNT,),
    "perhaps": (Kind.COUNT,),
    "about": (Kind.SCALE,),
    "often": (Kind.SCALE, Kind.COUNT),
    "alone": (Kind.SCALE,),
    "limits": (Kind.SCALE,),
    "needed": (Kind.FLAG,),
    "had": (Kind.FLAG,),
}


def compile_groups(layers: Iterable[Layer], noted: Noted) -> dict[str, Group]:
    """The groups of words by name; a layer's replace those of the same name, and may name those before them."""
    groups: dict[str, Group] = {}
    for layer in layers:
        noted.ids_once("group", layer.groups)
        for record in layer.groups:
            found = _phrases(record.many("words"), groups, noted)
            if record.text("group") and found:
                spelt = "|".join(phrase.spelt for phrase in found)
                groups[record.text("group")] = Group(tuple(phrase.parts for phrase in found), spelt)
    return groups


def compile_recognised(fields: Fields, fact: FactType, groups: Groups, noted: Noted) -> Recognised | None:
    """How people speak of one fact; None where its record does not say."""
    record = fields.get("recognised")
    if record is None:
        return None
    for key, kinds in _OWNERS.items():
        if key in record.places and fact.kind not in kinds:
            message = f"only a {kinds[0]} has `{key}`, and `{fact.name}` is a {fact.kind}"
            noted.fault("wrong-key", record.span_of(key), message, "remove it")
    for node in (*record.many("alone"), *record.many("limits")):
        if fact.measure is None or node.text not in fact.measure.units:
            noted.unknown("unit", node, fact.measure.units if fact.measure else ())
    lists = {
        key: _phrases(record.many(key), groups, noted)
        for key in ("things", "perhaps", "about", "often", "needed", "had", "unless")
    }
    means, replies = (
        tuple(
            (name.text, _phrases(nodes, groups, noted))
            for name, nodes in (record.get(key) or {}).items()
            if _admitted(name, fact, noted)
        )
        for key in ("means", "replies")
    )
    alone, limits = (tuple(node.text for node in record.many(key)) for key in ("alone", "limits"))
    speaks_of = record.text("speaks_of", "state")
    return Recognised(**lists, means=means, replies=replies, alone=alone, limits=limits, speaks_of=speaks_of)


def _admitted(key: Scalar, fact: FactType, noted: Noted) -> bool:
    """Whether a key under `means` is a value of the fact."""
    match fact.kind:
        case Kind.FLAG:
            sound = key.text in ("yes", "no")
            wanted = "`yes` or `no`"
        case Kind.CHOICE:
            sound = key.text in {option.value for option in fact.options}
            wanted = fact.wanted()
        case _:
            high = fact.high if fact.high is not None else 10**15
            sound = key.text.isdecimal() and len(key.text) < 16 and fact.low <= int(key.text) <= high
            wanted = fact.wanted()
    if not sound:
        noted.fault("wrong-value", key.span, f"`{fact.name}` takes {wanted}, not `{shown(key.text)}`")
    return sound


def _phrases(nodes: Iterable[Scalar], groups: Groups, noted: Noted) -> tuple[Phrase, ...]:
    found = []
    for node in nodes:
        try:
            parts, spelt = parse_phrase(node.text, groups)
            found.append(Phrase(parts, node.text, node.span, spelt))
        except PhraseError as error:
            noted.fault("phrase", node.span, f"{error} in `{shown(node.text)}`", "see docs/policy-language.md")
    return tuple(found)


def doubly_claimed(facts: Mapping[str, FactType]) -> list[Finding]:
    """A warning for each phrase that two facts claim, whose words are then asked back.

    It takes too long to look for them whenever a policy is loaded.
    """
    noted = Noted([])
    for keys in (("things",), ("needed", "had", "means")):
        earlier: dict[str, list[_Claim]] = {}
        for fact in facts.values():
            for phrase in _claims(fact, keys):
                _contest(_Claim(fact, phrase, Walk(phrase.parts)), earlier, noted)
    return noted.findings


@dataclass(frozen=True, eq=False)
class _Claim:
    """A phrase of a fact, and its graph of words."""

    fact: FactType
    phrase: Phrase
    walk: Walk


def phrases_of(fact: FactType) -> Iterable[Phrase]:
    """The phrases that a fact claims for itself."""
    return _claims(fact, ("things", "needed", "had", "means"))


def _claims(fact: FactType, keys: tuple[str, ...]) -> Iterable[Phrase]:
    said = fact.recognised
    if said is None:
        return
    for key in keys:
        if key == "means":
            yield from (phrase for _, phrases in said.means for phrase in phrases)
        else:
            yield from getattr(said, key)


def _contest(claim: _Claim, earlier: dict[str, list[_Claim]], noted: Noted) -> None:
    """Notes the first earlier claim of another fact that has a reading in common; `earlier` is by first word."""
    words = sorted(claim.walk.firsts)
    for rival in dict.fromkeys(rival for word in words for rival in earlier.get(word, ())):
        if rival.fact is claim.fact or claim.walk.lasts.isdisjoint(rival.walk.lasts):
            continue
        reading = common_reading(claim.walk, rival.walk)
        if reading is not None:
            message = f"`{shown(reading)}` is claimed by `{claim.fact.name}` and by `{rival.fact.name}`"
            help = f"it is also at {rival.phrase.span}: leave it to one of them, or put it under `perhaps` in both"
            noted.findings.append(Finding("claimed", claim.phrase.span, message, help, "warning"))
            break
    for word in words:
        earlier.setdefault(word, []).append(claim)
