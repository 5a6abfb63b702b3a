"""A policy's folder to a typed, cited `Policy`: layers merged, everything checked, every fault reported in one go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.errors import Finding
from assistant.knowledge import Source
from assistant.policy.altering import Declared, declared_facts
from assistant.policy.compile_costs import check_narrowings
from assistant.policy.compile_facts import (
    acceptances,
    compile_fact,
    compile_options,
    compile_params,
    compile_verdict,
)
from assistant.policy.compile_origins import origins_of
from assistant.policy.compile_phrases import compile_groups, compile_recognised
from assistant.policy.compile_rules import compile_rule
from assistant.policy.digest import digest_of
from assistant.policy.expressions import Symbols
from assistant.policy.folder import Layer, read_layers
from assistant.policy.noted import Noted
from assistant.policy.scope import Scope
from assistant.policy.sources import layer_sources
from assistant.policy.strata import CycleError, stratify
from assistant.policy.syntax import Option, Policy, Rule, VerdictSpec
from assistant.policy.vocabulary import FactType
from assistant.reading.collecting import paused


@dataclass(frozen=True)
class Compiled:
    """What could be made of a folder. With findings, `policy` is its sound part, or None where that is nothing."""

    policy: Policy | None
    findings: tuple[Finding, ...]


def compile_policy(folder: Path) -> Compiled:
    """The policy in `folder`; raises `InputError` only where there is no policy at all."""
    with paused():
        return _compiled(folder)


def _compiled(folder: Path) -> Compiled:
    noted = Noted([])
    layers = read_layers(folder, noted.findings)
    if not layers:
        return Compiled(None, tuple(noted.findings))
    sources = layer_sources(layers, noted)
    capabilities, options = compile_options(layers, noted)
    params = compile_params(layers, sources, noted)
    facts = _facts(layers, sources, options, noted)
    symbols = Symbols(facts, params, tuple(o.id for o in options), tuple(c.id for c in capabilities))
    sound = _rules(layers, sources, symbols, noted)
    check_narrowings(layers, symbols.options, noted)
    verdict = compile_verdict(layers, facts, options, noted)
    rules = _stratified(sound, verdict, noted)
    source = sources[layers[-1].name]
    if source is None or not options or verdict.chosen not in facts:
        return Compiled(None, noted.sound())
    top = layers[-1]
    policy = Policy(
        top.name,
        next((layer.head.text("title") for layer in reversed(layers) if "title" in layer.head), top.name),
        top.head.text("version"),
        "",
        source,
        options,
        capabilities,
        verdict,
        params,
        facts,
        tuple(sorted(rules, key=lambda rule: (rule.stratum, rule.id))),
        tuple(layer.name for layer in layers),
        tuple(layer.root for layer in layers),
        top.head.span,
        tuple(accepted for layer in layers for accepted in acceptances(layer.head)),
        origins_of(layers),
    )
    return Compiled(replace(policy, digest=digest_of(policy)), noted.sound())


def _facts(
    layers: list[Layer], sources: Mapping[str, Source | None], options: tuple[Option, ...], noted: Noted
) -> dict[str, FactType]:
    """The facts with how people speak of them."""
    facts: dict[str, FactType] = {}
    standing: dict[str, Declared] = {}
    for layer, declared in declared_facts(layers, noted):
        for name, one in declared.items():
            fact = compile_fact(one.record, one.layer, sources[layer.name], options, noted)
            if fact is not None:
                facts[name], standing[name] = fact, one
        if layer.torn:
            noted.gap("fact")
    groups = compile_groups(layers, noted)
    return {
        name: replace(fact, recognised=compile_recognised(standing[name].record, fact, groups, noted))
        for name, fact in facts.items()
    }


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
        noted.ids_once("rule", layer.rules)
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
        except CycleError as cycle:
            steps = " feeds ".join(f"`{step}`" for step in reversed(cycle.path))
            first = left[cycle.path[0]]
            help = "let one of these rules read something else"
            noted.fault("cycle", first.span, f"a cycle: {steps}", help)
            for step in cycle.path:
                left.pop(step, None)
