"""All that a policy says, as named things with aspects in words, so that two policies can be laid side by side."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path, PurePath
from typing import Any, TypeAlias

from assistant.comparison.sameness import bare
from assistant.explanation.wording import condition_in_words, effect, listed, one_line, quantity_said
from assistant.knowledge import Citation, Source
from assistant.policy.phrases import Recognised
from assistant.policy.syntax import Advise, Consequent, Cost, Impossible, Param, Policy, Rule
from assistant.policy.vocabulary import Band, FactType, Kind
from assistant.reading.nodes import Scalar
from assistant.reading.shapes import Fields
from assistant.reasoning.cases import Case, policy_cases
from assistant.reasoning.pairs import Pair

KINDS = (
    *("policy", "param", "capability", "option", "verdict", "rule", "fact", "case"),
    *("source", "passage", "claim", "term", "template"),
)
IN_WORDS = "in words"
TEMPLATES = "templates"
MOST_TEMPLATE_BYTES = 256 << 10


@dataclass(frozen=True, slots=True)
class Counted:
    """Things too many to show one by one: only how many came and went is told."""

    items: tuple[str, ...]


Aspect: TypeAlias = str | tuple[str, ...] | Counted


@dataclass(frozen=True, slots=True)
class Place:
    """`file:line`, relative to its layer's root, and the layer."""

    at: str
    layer: str


@dataclass(frozen=True, slots=True)
class Thing:
    """What is said of one thing, aspect by aspect; `why` is the reason given for it."""

    aspects: Mapping[str, Aspect]
    place: Place | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class PlacedCase:
    """A case of a policy's folders, by the name that it gives itself, else its file's."""

    name: str
    place: Place
    case: Case


Key: TypeAlias = tuple[str, str]
Things: TypeAlias = dict[tuple[str, str], Thing]


def things_of(policy: Policy, cases: Things, without: Collection[Key] = ()) -> Things:
    """Every thing of a policy by its kind and id, its cases among them; not those to be left out."""
    found: Things = {("policy", "policy"): _head(policy), ("verdict", "verdict"): _verdict(policy)}
    for param in policy.params.values():
        found["param", param.id] = _param(param)
    for capability in policy.capabilities:
        place = _origin(policy, "capability", capability.id)
        found["capability", capability.id] = Thing({"label": capability.label}, place)
    for option in policy.options:
        aspects: dict[str, Aspect] = {"label": option.label, "provides": tuple(sorted(option.provides))}
        found["option", option.id] = Thing(aspects, _origin(policy, "option", option.id))
    for rule in policy.rules:
        if ("rule", rule.id) not in without:
            why = one_line(rule.reason if rule.basis == "house" else rule.because)
            found["rule", rule.id] = Thing(_rule(policy, rule), Place(rule.at, rule.layer), why)
    for fact in policy.facts.values():
        if ("fact", fact.name) not in without:
            found["fact", fact.name] = Thing(_fact(policy, fact), Place(fact.at, fact.layer), one_line(fact.because))
    if ("source", policy.source.id) not in without:
        found |= _sources(policy.source)
    return {**found, **cases, **_templates(policy)}


def written_alike(pair: Pair) -> set[Key]:
    """The rules and facts that say the same in both, and the source, seen at a glance: most of two policies."""
    before, after = pair.before, pair.after
    same: set[Key] = {("source", after.source.id)} if before.source == after.source else set()
    for id in before.by_id.keys() & after.by_id.keys():
        if _bare_rule(before.by_id[id]) == _bare_rule(after.by_id[id]):
            same.add(("rule", id))
    for name in before.facts.keys() & after.facts.keys():
        if _bare_fact(before.facts[name]) == _bare_fact(after.facts[name]):
            same.add(("fact", name))
    return same


def _bare_rule(rule: Rule) -> object:
    examples = [(one.facts, one.fires) for one in rule.examples]
    accepts = [(one.code, one.because) for one in rule.accepts]
    said = rule.condition, bare(rule.when), rule.then, rule.because, rule.basis, rule.reason, rule.cites
    return said, examples, accepts


_PLACED = ("span", "at", "layer", "recognised", "accepts")
_OF_FACT = tuple(one.name for one in fields(FactType) if one.name not in _PLACED)


def _bare_fact(fact: FactType) -> object:
    return [getattr(fact, name) for name in _OF_FACT], _recognised(fact).items


def _param(param: Param) -> Thing:
    aspects: dict[str, Aspect] = {"value": quantity_said(param.value), "label": param.label}
    because = one_line(param.because)
    said = {**aspects, **_text("because", because), **_ground(param.basis, param.cites)}
    return Thing(said, Place(param.at, param.layer), because)


def _text(what: str, text: str) -> dict[str, Aspect]:
    return {what: one_line(text)} if text.strip() else {}


def _ground(basis: str, cites: Iterable[Citation]) -> dict[str, Aspect]:
    return {"basis": basis, "cites": tuple(map(str, cites))}


def _origin(policy: Policy, kind: str, id: str) -> Place | None:
    origin = policy.origin(kind, id)
    return Place(origin.whole.at, origin.whole.layer) if origin else None


def _head(policy: Policy) -> Thing:
    accepted = tuple(f"{one.code}: {one.because}" for one in policy.accepts)
    aspects: dict[str, Aspect] = {"id": policy.id, "title": policy.title, "version": policy.version}
    return Thing({**aspects, "layers": policy.layers, "accepted findings": accepted})


def _verdict(policy: Policy) -> Thing:
    spec = policy.verdict
    aspects: dict[str, Aspect] = {"chosen by": spec.chosen, "needs": spec.needs, "parts": spec.parts}
    order = ", ".join(option.id for option in policy.options)
    return Thing({**aspects, "beside": spec.beside, "order of options": order})


def _rule(policy: Policy, rule: Rule) -> dict[str, Aspect]:
    return {
        "condition": one_line(rule.condition),
        IN_WORDS: condition_in_words(policy, rule.when),
        "effects": tuple(effect_in_full(policy, one) for one in rule.then),
        **_text("because", rule.because),
        **_ground(rule.basis, rule.cites),
        **_text("reason", rule.reason),
        "examples": tuple(
            f"{'fires' if one.fires else 'does not fire'} on {_answers(one.facts)}" for one in rule.examples
        ),
        "accepted findings": tuple(f"{one.code}: {one.because}" for one in rule.accepts),
    }


def effect_in_full(policy: Policy, consequent: Consequent) -> str:
    """What a consequent does, with its texts and amounts."""
    said = effect(policy, consequent)
    match consequent:
        case Advise(text=text, order=order):
            return f"{said}: {one_line(text)}" + (f" (order {order})" if order else "")
        case Impossible(reason=reason):
            return f"{said}: {one_line(reason)}"
        case Cost(low=low, high=high, per=per, times=times, otherwise=otherwise):
            count = f" times {times} ({otherwise:,} while unknown)" if times else ""
            period = "once" if per == "once" else f"a {per}"
            return f"{said}: {float(low):,g} to {float(high):,g} {period}{count}"
        case _:
            return said


def _answers(facts: Mapping[str, Any]) -> str:
    said = (f"{name}: {str(value).lower() if isinstance(value, bool) else value}" for name, value in facts.items())
    return ", ".join(said) or "no answers"


def _fact(policy: Policy, fact: FactType) -> dict[str, Aspect]:
    derived: dict[str, Aspect] = {"default": fact.say(fact.default)} if fact.derived else {}
    found: dict[str, Aspect] = {
        "type": f"{'derived ' if fact.derived else ''}{fact.kind}",
        **derived,
        **({"range": f"{fact.low} to {fact.high}"} if fact.kind is Kind.SCALE else {}),
        "options": tuple(
            option.value if option.label == policy.label(option.value) else f"{option.value}: {option.label}"
            for option in fact.options
        ),
        "label": fact.label,
        **_text("unit", fact.unit),
        **_text("question", fact.question),
        **_text("help", fact.help),
        "phrases": tuple(text for text in fact.phrases if text),
        "ends": tuple(text for text in fact.ends if text),
        "words": tuple(f"{w.word}: {w.value} ({', '.join((w.label, *w.also))})" for w in fact.words),
        **_measure(fact),
        **({} if fact.asked else {"ask": "no"}),
        "prior": tuple(map(_band, fact.prior)),
        **({"effort": str(fact.effort)} if fact.effort != 1 else {}),
        **_text("because", fact.because),
        **_ground(fact.basis, fact.cites),
        "recognised phrases": _recognised(fact),
    }
    return found


def _measure(fact: FactType) -> dict[str, Aspect]:
    if fact.measure is None:
        return {}
    units = tuple(f"1 {name} is {float(factor):g}" for name, factor in fact.measure.units.items())
    steps = tuple(
        f"{f'up to {float(limit):g}' if limit is not None else 'above'}: {v}" for limit, v in fact.measure.steps
    )
    return {"measure": f"{fact.measure.about}, such as {fact.measure.example}", "units": units, "steps": steps}


def _band(band: Band) -> str:
    where = (
        str(band.value) if band.value is not None else "all the rest" if band.up_to is None else f"up to {band.up_to}"
    )
    return f"{where}: weight {band.weight}"


def _recognised(fact: FactType) -> Counted:
    return Counted(tuple(_phrases(fact.recognised)) if fact.recognised else ())


def _phrases(said: Recognised) -> Iterator[str]:
    """Everything a fact is recognised by, each under its key."""
    for key in ("things", "perhaps", "about", "often", "needed", "had", "unless"):
        yield from (f"{key}: {phrase.spelt}" for phrase in getattr(said, key))
    for key, several in (("means", said.means), ("replies", said.replies)):
        yield from (f"{key} {value}: {phrase.spelt}" for value, phrases in several for phrase in phrases)
    yield from (f"{key}: {unit}" for key in ("alone", "limits") for unit in getattr(said, key))
    yield f"speaks of {said.speaks_of}"


def case_things(cases: Iterable[PlacedCase]) -> Things:
    """The cases of a policy and of the layers below it."""
    return {("case", one.name): Thing(_case(one.case), one.place) for one in cases}


def cases_of(policy: Policy) -> Iterator[PlacedCase]:
    """Every case that can be read in the folders of a policy's layers, lowest first."""
    for layer, root in zip(policy.layers, policy.roots, strict=False):
        for case in policy_cases(root, policy)[0]:
            file = PurePath(case.span.file).name
            yield PlacedCase(case.name or file, Place(f"cases/{file}:{case.span.line}", layer), case)


def told_apart(*sides: tuple[PlacedCase, ...]) -> list[tuple[PlacedCase, ...]]:
    """The cases of several sides; those of one name on a side with their layer and file after it, on all sides."""
    several = {name for side in sides for name, number in Counter(one.name for one in side).items() if number > 1}
    return [tuple(_by_file(one) if one.name in several else one for one in side) for side in sides]


def _by_file(one: PlacedCase) -> PlacedCase:
    file = PurePath(one.place.at.rpartition(":")[0]).name
    return replace(one, name=f"{one.name} ({file} in {one.place.layer})")


def _case(case: Case) -> dict[str, Aspect]:
    expected = tuple(_expected(case.expect)) if case.expect is not None else ()
    costs = tuple(
        f"{one.item} {one.per} for {listed(one.options)}: {float(one.low):g} to {float(one.high):g}" for one in case.own
    )
    answers = tuple(f"{name}: {str(v).lower() if isinstance(v, bool) else v}" for name, v in case.answers.items())
    return {
        **_text("about", case.about),
        **_text("date", case.date),
        "answers": answers,
        "costs": costs,
        "expects": expected,
    }


def _expected(expect: Fields) -> Iterator[str]:
    for key, wanted in expect.values.items():
        yield f"{key}: {_said(wanted)}"


def _said(value: Any) -> str:
    if isinstance(value, Scalar):
        return value.text or "none"
    if isinstance(value, Mapping):
        return ", ".join(f"{_said(name)} {_said(one)}" for name, one in value.items()) or "nothing"
    return ", ".join(map(_said, value)) or "nothing"


def _sources(whole: Source) -> Things:
    found: Things = {}
    for source in whole.parts:
        aspects: dict[str, Aspect] = {"title": source.title, "author": source.author, "published": source.published}
        wording = source.wording
        found["source", source.id] = Thing(
            {
                **aspects,
                **_text("url", source.url or ""),
                "typical questions": Counted(tuple(f"{id}: {one}" for id, asked in wording.asked for one in asked)),
                "synonyms": Counted(tuple(", ".join(group) for group in wording.synonyms)),
                "questions it leaves open": Counted((*wording.elsewhere, *wording.unsaid, *wording.subject)),
            }
        )
    for passage in whole.passages:
        found["passage", passage.id] = Thing({"title": passage.trail})
        for claim in passage.claims:
            figures = tuple(f"{figure.name}: {figure} ({figure.about})" for figure in claim.figures)
            background: dict[str, Aspect] = {"background": "yes"} if claim.background else {}
            found["claim", claim.id] = Thing({"text": one_line(claim.text), **background, "figures": figures})
    for meaning in whole.glossary:
        said: dict[str, Aspect] = {"means": one_line(meaning.means), "also": meaning.also}
        found["term", meaning.term] = Thing({**said, "basis": meaning.basis, "passages": meaning.passages})
    return found


def _templates(policy: Policy) -> Things:
    found: Things = {}
    for layer, root in zip(policy.layers, policy.roots, strict=False):
        for path in sorted((root / TEMPLATES).glob("*.j2")):
            found["template", path.name] = Thing({"content": _digest(path)}, Place(f"{TEMPLATES}/{path.name}:1", layer))
    return found


def _digest(path: Path) -> str:
    """What stands for a file's content: its size and a digest."""
    from hashlib import sha256

    try:
        data = path.read_bytes()[:MOST_TEMPLATE_BYTES] if path.is_file() else b""
    except OSError:
        data = b""
    return f"{len(data):,} bytes ({sha256(data).hexdigest()[:12]})"
