"""A policy's folder to a typed, cited `Policy`: layers merged, everything checked, every fault reported in one go."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.errors import Finding, did_you_mean
from assistant.knowledge import Source
from assistant.policy.compile_facts import (
    Noted,
    compile_fact,
    compile_options,
    compile_params,
    compile_verdict,
)
from assistant.policy.compile_rules import Scope, compile_rule
from assistant.policy.expressions import Symbols
from assistant.policy.folder import Layer, find_source, read_layers
from assistant.policy.strata import Cycle, stratify
from assistant.policy.syntax import Policy, Rule, VerdictSpec
from assistant.policy.vocabulary import FactType
from assistant.reading.shapes import Fields


@dataclass(frozen=True)
class Compiled:
    """What could be made of a folder. With findings, `policy` holds the sound part, or is None where that is nothing."""

    policy: Policy | None
    findings: tuple[Finding, ...]


def compile_policy(folder: Path) -> Compiled:
    """The policy in `folder`; raises `InputError` only where there is no policy at all."""
    noted = Noted([])
    layers = read_layers(folder, noted.findings)
    if not layers:
        return Compiled(None, tuple(noted.findings))
    sources = _sources(layers, noted)
    capabilities, options = compile_options(layers, noted)
    params = compile_params(layers, sources, noted)
    facts = _facts(layers, sources, options, noted)
    symbols = Symbols(facts, params, tuple(o.id for o in options), tuple(c.id for c in capabilities))
    sound = _rules(layers, sources, symbols, noted)
    verdict = compile_verdict(layers, facts, options, noted)
    rules = _stratified(sound, verdict, noted)
    source = sources[layers[-1].name]
    if source is None or not options or verdict.chosen not in facts:
        return Compiled(None, tuple(noted.findings))
    top, base = layers[-1].head, layers[0].head
    policy = Policy(
        layers[-1].name,
        top.text("title", base.text("title")),
        top.text("version"),
        "",
        source,
        options,
        capabilities,
        verdict,
        params,
        facts,
        tuple(sorted(rules, key=lambda rule: (rule.stratum, rule.id))),
        tuple(layer.name for layer in layers),
    )
    return Compiled(replace(policy, digest=digest_of(policy)), tuple(noted.findings))


def _sources(layers: list[Layer], noted: Noted) -> dict[str, Source | None]:
    """The source that each layer cites: its own, else that of the layer below."""
    found: dict[str, Source | None] = {}
    current: Source | None = None
    for layer in layers:
        if layer.head.text("source"):
            current = find_source(layer, noted.findings)
        found[layer.name] = current
    return found


def _facts(
    layers: list[Layer], sources: Mapping[str, Source | None], options: tuple[Any, ...], noted: Noted
) -> dict[str, FactType]:
    facts: dict[str, FactType] = {}
    for layer in layers:
        noted.once("fact", [(record.text("fact"), record.span) for record in layer.facts if "fact" in record])
        for record in layer.facts:
            fact = compile_fact(record, layer, sources[layer.name], options, noted)
            if fact is not None:
                facts[fact.name] = fact
    return facts


def _rules(
    layers: list[Layer], sources: Mapping[str, Source | None], symbols: Symbols, noted: Noted
) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    known: set[str] = set()
    for layer in layers:
        for node in layer.head.many("disable"):
            if node.text not in known:
                noted.unknown("rule", node, known)
            rules.pop(node.text, None)
        records = [record for record in layer.rules if "rule" in record]
        noted.once("rule", [(record.text("rule"), record.span_of("rule")) for record in records])
        scope = Scope(symbols, sources[layer.name], layer, noted)
        for record in layer.rules:
            rule = compile_rule(record, scope)
            known.add(record.text("rule"))
            if rule is not None:
                rules[rule.id] = rule
    return rules


def _stratified(rules: Mapping[str, Rule], verdict: VerdictSpec, noted: Noted) -> list[Rule]:
    """The rules with their strata; those on a cycle are dropped, and said."""
    left = dict(rules)
    while True:
        try:
            strata = stratify(left.values(), verdict)
            return [replace(rule, stratum=strata[rule.id]) for rule in left.values()]
        except Cycle as cycle:
            steps = " feeds ".join(f"`{step}`" for step in reversed(cycle.path))
            first = left[cycle.path[0]]
            help = "let one of these rules read something else"
            noted.fault("cycle", first.span, f"a cycle: {steps}", help)
            for step in cycle.path:
                left.pop(step, None)


def _plain(value: Any) -> Any:
    """A value as JSON can hold it, without places."""
    match value:
        case Fields():
            return {key: _plain(inner) for key, inner in value.values.items()}
        case dict():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case frozenset():
            return sorted(value)
        case str() | bool() | int() | None:
            return value
        case _ if hasattr(value, "__dataclass_fields__"):
            names = [name for name in value.__dataclass_fields__ if name not in _PLACES]
            return {"": type(value).__name__, **{name: _plain(getattr(value, name)) for name in names}}
        case _:
            return str(value)


_PLACES = frozenset(
    ("span", "at", "layer", "layers", "digest", "stratum", "reads", "told", "derived", "by_id", "claims", "condition")
)


def digest_of(policy: Policy) -> str:
    """SHA-256 of the merged policy in canonical form: what it says, wherever and in whatever order it is written."""
    content = {
        "id": policy.id,
        "title": policy.title,
        "version": policy.version,
        "source": {
            "id": policy.source.id,
            "title": policy.source.title,
            "claims": {claim.id: _plain(claim.text) for claim in policy.source.claims.values()},
        },
        "options": _plain(policy.options),
        "capabilities": _plain(policy.capabilities),
        "verdict": _plain(policy.verdict),
        "params": {id: _plain(param) for id, param in policy.params.items()},
        "facts": [_plain(fact) for fact in policy.facts.values()],
        "rules": {rule.id: _plain(rule) for rule in policy.rules},
    }
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def suggestion(name: str, policy: Policy) -> str | None:
    """Help for a rule id that does not exist."""
    return did_you_mean(name, policy.by_id)
