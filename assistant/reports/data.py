"""Decisions, proofs, policies and knowledge as plain data for JSON: the keys of docs/contract.md, and no others.

`dumps` sorts keys and adds nothing of the day or the machine, so the same input gives the same bytes.
"""

import json
from collections.abc import Mapping
from typing import Any

from assistant.errors import Edit, Finding
from assistant.explanation.conclusion import advice
from assistant.explanation.proof import DEEPEST, Step
from assistant.explanation.wording import because, cents
from assistant.knowledge import Citation, Figure, Passage
from assistant.policy.syntax import (
    Advise,
    Conclude,
    Consequent,
    Cost,
    Impossible,
    Narrow,
    Policy,
    Require,
    Rule,
    RuleOut,
    Score,
)
from assistant.reasoning.decision import Decision
from assistant.reasoning.trace import Firing, Inference

MOST_STEPS = 20_000


def dumps(data: Any, *, compact: bool = False) -> str:
    """JSON with sorted keys; on one line where `compact`."""
    if compact:
        return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)
    return json.dumps(data, sort_keys=True, ensure_ascii=False, indent=2, allow_nan=False)


def decision_data(decision: Decision) -> dict[str, Any]:
    """`whyso decide`."""
    inference, policy = decision.inference, decision.policy
    verdict, spec = inference.verdict, policy.verdict
    return {
        "policy": {"name": policy.id, "version": policy.version, "digest": policy.digest},
        "answers": dict(inference.answers),
        "verdict": {
            "final": verdict.final,
            "matrix": verdict.matrix,
            "settled": decision.outlook.settled,
            "unmet": [
                {"requirement": unmet.requirement, "rule": unmet.rule.id, "excluded_by": unmet.excluded_by.id}
                for unmet in verdict.unmet
            ],
            "blocked": [rule.id for rule in verdict.blocked],
            **{name: inference.derived(name) for name in spec.parts},
        },
        **{name: inference.derived(name) for name in spec.beside},
        "scores": inference.scores,
        "firings": [_firing(firing, inference) for firing in inference.firings],
        "adjustments": [rule.id for rule in verdict.adjustments],
        "advice": [
            {"kind": piece.kind, "text": text, "rule": rule.id, "basis": rule.basis, "cites": cites(rule.cites, policy)}
            for piece, rule, text in advice(inference)
        ],
        "costs": {
            cost.option: {
                "initial": [cents(amount) for amount in cost.initial],
                "monthly": [cents(amount) for amount in cost.monthly],
            }
            for cost in decision.costs
        },
        "open": list(decision.outlook.open),
    }


def cites(citations: tuple[Citation, ...], policy: Policy) -> list[dict[str, Any]]:
    """Citations with titles and links."""
    source = policy.source
    return [
        {
            "passage": citation.passage,
            "claim": citation.claim,
            "title": source.by_id[citation.passage].trail,
            "link": source.link(citation.passage),
        }
        for citation in citations
    ]


def _firing(firing: Firing, inference: Inference) -> dict[str, Any]:
    rule = firing.rule
    return {
        "rule": rule.id,
        "at": rule.at,
        "layer": rule.layer,
        "basis": rule.basis,
        "facts": dict(firing.facts),
        "effects": [effect_data(consequent) for consequent in rule.then],
        "because": because(rule, inference),
        "cites": cites(rule.cites, inference.policy),
    }


def effect_data(consequent: Consequent) -> dict[str, Any]:
    """A consequent as data: its kind first, then what it says."""
    match consequent:
        case Score(option=option, points=points):
            return {"score": option, "points": points}
        case Conclude(fact=fact, value=value):
            return {"conclude": fact, "value": value}
        case Require(capability=capability):
            return {"require": capability}
        case RuleOut(name=name):
            return {"rule_out": name}
        case Impossible(reason=reason):
            return {"impossible": reason}
        case Advise(kind=kind):
            return {"advise": kind}
        case Cost(item=item, options=options, low=low, high=high, per=per):
            return {"cost": item, "options": list(options), "low": cents(low), "high": cents(high), "per": per}
        case Narrow(item=item, options=options, low=low, high=high):
            return {"narrow": item, "options": list(options), "from": low, "to": high}


def proof_data(root: Step, policy: Policy) -> dict[str, Any]:
    """`whyso how`; a proof that would be endless has each step whole only once, and nothing below `DEEPEST` levels."""
    sizes: dict[Step, int] = {}
    return step_data(root, policy, set() if _size(root, sizes) > MOST_STEPS else None)


def _size(root: Step, sizes: dict[Step, int]) -> int:
    """How many steps a proof has written out as a tree."""
    waiting = [root]
    while waiting:
        step = waiting[-1]
        missing = [origin for origin in step.origins if origin not in sizes]
        if missing:
            waiting += missing
        else:
            waiting.pop()
            sizes[step] = 1 + sum(sizes[origin] for origin in step.origins)
    return sizes[root]


def step_data(step: Step, policy: Policy, seen: set[Step] | None, level: int = 0) -> dict[str, Any]:
    """A step with what it rests on; without that where it is too deep, or is among those `seen`."""
    cut = level >= DEEPEST or (seen is not None and step in seen)
    if seen is not None:
        seen.add(step)
    return {
        "conclusion": step.conclusion,
        "value": step.value,
        "provenance": step.provenance,
        "rule": step.rule.id if step.rule else None,
        "at": step.rule.at if step.rule else None,
        "layer": step.rule.layer if step.rule else None,
        "because": step.because,
        "cites": cites(step.rule.cites, policy) if step.rule else [],
        "from": [] if cut else [step_data(origin, policy, seen, level + 1) for origin in step.origins],
    }


def rule_data(rule: Rule, policy: Policy) -> dict[str, Any]:
    """`whyso rules`."""
    return {
        "rule": rule.id,
        "at": rule.at,
        "layer": rule.layer,
        "stratum": rule.stratum,
        "basis": rule.basis,
        "reason": rule.reason or None,
        "when": rule.condition,
        "reads": list(rule.reads),
        "effects": [effect_data(consequent) for consequent in rule.then],
        "because": rule.because,
        "cites": cites(rule.cites, policy),
        "examples": [{"facts": dict(example.facts), "fires": example.fires} for example in rule.examples],
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    """`whyso check`."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "at": str(finding.span) if finding.span else None,
        "message": finding.message,
        "help": finding.help,
        "case": None if finding.case is None else dict(finding.case),
        "edit": None if finding.edit is None else _edit_data(finding.edit),
    }


def _edit_data(edit: Edit) -> dict[str, Any]:
    return {"file": edit.file, "line": edit.line, "old": list(edit.old), "new": list(edit.new)}


def citing(policy: Policy) -> Mapping[str, list[str]]:
    """The ids of the rules that cite each passage and each claim, sorted."""
    found: dict[str, set[str]] = {}
    for rule in policy.rules:
        for citation in rule.cites:
            for target in {citation.passage, citation.claim or citation.passage}:
                found.setdefault(target, set()).add(rule.id)
    return {target: sorted(rules) for target, rules in found.items()}


def passage_data(passage: Passage, rules: Mapping[str, list[str]]) -> dict[str, Any]:
    """`whyso knowledge`: one passage, with the rules that cite it and each of its claims."""
    return {
        "passage": passage.id,
        "title": passage.title,
        "trail": passage.trail,
        "background": all(claim.background for claim in passage.claims),
        "claims": [
            {
                "id": claim.id,
                "text": claim.text,
                "background": claim.background,
                "figures": [_figure(figure) for figure in claim.figures],
                "rules": rules.get(claim.id, []),
            }
            for claim in passage.claims
        ],
        "rules": rules.get(passage.id, []),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "figure": figure.name,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "per": figure.per,
        "about": figure.about,
    }
