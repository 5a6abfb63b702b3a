"""The answers to why not, what if, what would flip it, what settles it and what to ask next, as data for JSON."""

from typing import Any

from assistant.explanation.alternatives import failing_in_words
from assistant.explanation.questions import class_in_words, classes_in_words, rules_touched, why_line
from assistant.explanation.wording import condition_in_words
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.claims import Change, Flips, Settling
from assistant.reasoning.contrast import Difference, Failure, WhyNot
from assistant.reasoning.decision import Decision
from assistant.reasoning.elicitation import NextQuestion, Prospect


def why_not_data(found: WhyNot, policy: Policy) -> dict[str, Any]:
    """`whyso why-not`."""
    return {
        "option": found.option,
        "verdict": found.verdict,
        "possible": found.possible,
        "points_short": None if found.short is None else abs(found.short.points),
        "excluded_by": [rule.id for rule in found.excluded_by],
        "required_by": [rule.id for rule in found.required_by],
        "lacking": [
            {
                "rule": lacking.rule.id,
                "at": lacking.rule.at,
                "layer": lacking.rule.layer,
                "points": lacking.points,
                "needed": failing_in_words(policy, lacking.failing, {}),
                "failed": [one for failure in lacking.failed for one in _failed(failure, policy)],
            }
            for lacking in found.lacking
        ],
    }


def _failed(failure: Failure, policy: Policy) -> list[dict[str, Any]]:
    needed = condition_in_words(policy, failure.needed)
    return [{"fact": name, "value": value, "needed": needed} for name, value in failure.values]


def what_if_data(found: Difference) -> dict[str, Any]:
    """`whyso what-if`."""
    return {
        "before": _state(found.before),
        "after": _state(found.after),
        "verdict_changed": found.verdict_changed,
        "fired_added": [rule.id for rule in found.fired_added],
        "fired_removed": [rule.id for rule in found.fired_removed],
        "score_changes": {
            option: {"before": before, "after": after} for option, (before, after) in found.scores.items()
        },
    }


def _state(decision: Decision) -> dict[str, Any]:
    inference = decision.inference
    return {
        "answers": dict(inference.answers),
        "final": inference.verdict.final,
        "matrix": inference.verdict.matrix,
        "settled": decision.outlook.settled,
        "scores": inference.scores,
    }


def flips_data(found: Flips, policy: Policy, *, every: bool) -> dict[str, Any]:
    """`whyso flip`; without `every`, the first flip only."""
    shown = found.flips if every else found.flips[:1]
    return {
        "verdict": found.verdict,
        "smallest": found.smallest,
        "flips": [
            {"changes": {change.fact: _change(change, policy) for change in flip.changes}, "verdict": flip.verdict}
            for flip in shown
        ],
        "complete": found.complete and len(shown) == len(found.flips),
        "proven": found.proven,
    }


def _change(change: Change, policy: Policy) -> dict[str, Any]:
    return {
        "from": change.before,
        "to": change.to,
        "range": classes_in_words(policy.facts[change.fact], change.classes),
        "open": change.before is None,
    }


def settling_data(found: Settling) -> dict[str, Any]:
    """`whyso settle`."""
    return {
        "verdict": found.verdict,
        "settled": found.settled,
        "facts": dict(found.facts),
        "irrelevant": list(found.irrelevant),
        "minimal": found.minimal,
        "proven": found.proven,
        "open": list(found.open),
        "example": None if found.example is None else {"answers": dict(found.example), "verdict": found.instead},
    }


def next_question_data(found: NextQuestion, policy: Policy, answers: Answers) -> dict[str, Any]:
    """`whyso ask-next`; `fact` is null where nothing is left to ask."""
    if found.fact is None:
        return {"fact": None, "question": None, "why": None, "answers": [], "rules": [], "left_at_most": 0}
    fact = policy.facts[found.fact]
    return {
        "fact": fact.name,
        "question": " ".join(fact.question.split()),
        "why": why_line(policy, answers, found),
        "answers": [_prospect(prospect, policy, fact.name) for prospect in found.prospects],
        "rules": [rule.id for rule in rules_touched(policy, fact.name)],
        "left_at_most": found.left_at_most,
    }


def _prospect(prospect: Prospect, policy: Policy, name: str) -> dict[str, Any]:
    fact, one = policy.facts[name], prospect.answer
    shares = {str(option) if option else "none": round(share, 6) for option, share in prospect.shares.items()}
    return {
        "value": one.low if one.low == one.high else None,
        "range": class_in_words(fact, one),
        "prior": round(prospect.prior, 6),
        "shares": shares,
    }
