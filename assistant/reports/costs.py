"""What the options cost over the months as plain data for JSON: the keys of docs/contract.md, and no others."""

from typing import Any

from assistant.explanation.wording import because, cents
from assistant.policy.syntax import Rule
from assistant.reasoning.costs import CostItem, Range, unused_figures
from assistant.reasoning.decision import Decision
from assistant.reasoning.outlook import Comparison, OptionOutlook
from assistant.reports.data import cites


def costs_data(decision: Decision, months: int) -> dict[str, Any]:
    """`whyso costs`."""
    outlook, policy = decision.costs_over(months), decision.policy
    return {
        "policy": {"name": policy.id, "version": policy.version, "digest": policy.digest},
        "months": months,
        "options": {option.option: _option(option, decision) for option in outlook.options},
        "comparisons": [_comparison(comparison) for comparison in outlook.comparisons],
        "draws": outlook.draws,
        "unused": [
            {"item": item, "options": list(options)}
            for item, options in unused_figures(decision.costs, decision.own).items()
        ],
    }


def _option(option: OptionOutlook, decision: Decision) -> dict[str, Any]:
    return {
        "initial": _ends(option.initial),
        "monthly": _ends(option.monthly),
        "cumulative": [_ends(total) for total in option.cumulative],
        "items": [_item(item, decision) for item in option.items],
    }


def _item(item: CostItem, decision: Decision) -> dict[str, Any]:
    return {
        "item": item.item,
        "low": cents(item.low),
        "high": cents(item.high),
        "per": "month" if item.monthly else "once",
        "priced_per": item.per,
        "whole": _ends(item.whole),
        **_rule(item.rule, decision),
        "assumed": item.assumed,
        "own": item.own,
        "narrowed": [_rule(rule, decision) for rule in item.narrowed],
        "disputed": [_rule(rule, decision) for rule in item.disputed],
    }


def _rule(rule: Rule, decision: Decision) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "at": rule.at,
        "layer": rule.layer,
        "basis": rule.basis,
        "because": because(rule, decision.inference),
        "cites": cites(rule.cites, decision.policy),
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "dearer": comparison.dearer,
        "cheaper": comparison.cheaper,
        "break_even": {
            "earliest": comparison.earliest,
            "latest": comparison.latest,
            "middle": comparison.middle,
            "until": comparison.until,
        },
        "shares": {
            comparison.dearer: float(comparison.share),
            comparison.cheaper: float(comparison.opposite),
        },
        "error": round(comparison.error, 5),
    }


def _ends(ends: Range) -> list[float | int]:
    return [cents(ends[0]), cents(ends[1])]
