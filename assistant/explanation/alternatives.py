"""Why not, what if, what would flip it, what settles it: contrasts with a result, told in business terms."""

from collections.abc import Iterable

from assistant.explanation.document import Document, Style, Writer
from assistant.explanation.questions import classes_in_words
from assistant.explanation.wording import (
    because,
    condition_in_words,
    counted,
    listed,
    option_label,
    points,
    recommendation,
    statement,
)
from assistant.policy.strata import supporting
from assistant.policy.syntax import FINAL, Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.claims import Change, Flip, Flips, Settling
from assistant.reasoning.contrast import Difference, Failure, WhyNot
from assistant.reasoning.decision import Decision

MOST_SHOWN = 8


def why_not_document(decision: Decision, found: WhyNot) -> Document:
    """What an option lacks: what keeps it out, how far its points fall short, the rules that did not speak for it."""
    policy, inference = decision.policy, decision.inference
    label = policy.label(found.option)
    writer = Writer(policy.source)
    if found.verdict == found.option:
        writer.add(Style.VERDICT, f"{label} is what is recommended")
        return writer.document()
    writer.add(Style.VERDICT, f"Why not {label}")
    writer.add(Style.TEXT, f"{recommendation(inference)}. {_chance(found, label)}")
    if found.excluded_by:
        writer.add(Style.HEADING, "What rules it out")
    for rule in found.excluded_by:
        writer.add(Style.POINT, because(rule, inference), rule.cites, rule.id)
    if found.points_short:
        writer.add(Style.TEXT, f"It is {points(found.points_short)} short.")
    elif not found.excluded_by and found.points_short is None:
        writer.add(Style.TEXT, "No change of points would bring it: what you require decides.")
    if found.lacking:
        writer.add(Style.HEADING, "What would speak for it, and is not so")
    for lacking in found.lacking[:MOST_SHOWN]:
        gain = f" (+{points(lacking.points)})" if lacking.points else ""
        missing = listed(_missing(policy, failure) for failure in lacking.failed)
        text = f"{missing[:1].upper()}{missing[1:]}{gain}. {lacking.rule.id}, {lacking.rule.at}"
        writer.add(Style.POINT, text, lacking.rule.cites, lacking.rule.id)
    return writer.document()


def _chance(found: WhyNot, label: str) -> str:
    if found.possible:
        return f"Open questions could still make it {label}."
    return f"No answer to an open question can make it {label}; only other answers can."


def _missing(policy: Policy, failure: Failure) -> str:
    """What would have to be so, and what is so instead."""
    needed = condition_in_words(policy, failure.needed)
    told = [
        f"you said {policy.facts[name].say(value)}" if value is not None else "not answered"
        for name, value in failure.values.items()
        if name in policy.told
    ]
    return f"{needed} ({listed(told)})" if told else needed


def what_if_document(found: Difference) -> Document:
    """What differs once some answers are others."""
    before, after = found.before.inference, found.after.inference
    policy = before.policy
    writer = Writer(policy.source)
    now, then = (option_label(policy, one.verdict.final) for one in (before, after))
    if found.verdict_changed:
        writer.add(Style.VERDICT, f"The recommendation would change: {then} instead of {now}")
    else:
        writer.add(Style.VERDICT, f"The recommendation would stay: {now}")
    bearing = supporting(policy.by_id, policy.verdict, [FINAL])
    changed = [name for name in policy.told if before.answers.get(name) != after.answers.get(name)]
    for name in changed:
        fact = policy.facts[name]
        old, new = (_said(one.answers, name, policy) for one in (before, after))
        writer.add(Style.TEXT, f"{fact.label}: {new} instead of {old}")
    for option, (old_score, new_score) in found.scores.items():
        writer.add(Style.TEXT, f"{policy.label(option)}: {points(new_score)} instead of {old_score}")
    for title, rules, inference in (
        ("What would then count", found.fired_added, after),
        ("What would no longer count", found.fired_removed, before),
    ):
        weighty = [rule for rule in rules if rule.id in bearing]
        if weighty:
            writer.add(Style.HEADING, title)
        for rule in weighty[:MOST_SHOWN]:
            writer.add(Style.POINT, because(rule, inference), rule.cites, rule.id)
    others = sum(1 for rule in (*found.fired_added, *found.fired_removed) if rule.id not in bearing)
    if others:
        writer.add(Style.NOTE, f"{counted(others, 'rule')} about plan, costs and advice would come or go with it.")
    if not found.fired_added and not found.fired_removed and not found.scores:
        writer.add(Style.TEXT, "Nothing else would change.")
    return writer.document()


def _said(answers: Answers, name: str, policy: Policy) -> str:
    return policy.facts[name].say(answers[name]) if name in answers else "not answered"


def flips_document(
    policy: Policy, found: Flips, to: str | None = None, keep: Iterable[str] = (), *, every: bool = False
) -> Document:
    """The smallest changes of answers that give another verdict; the first few, or every one."""
    writer = Writer(policy.source)
    now = option_label(policy, found.verdict)
    target = option_label(policy, to) if to else "another recommendation"
    if found.smallest is None:
        kept = listed(policy.facts[name].label for name in keep if name in policy.facts)
        condition = f" while {kept} stays as it is" if list(keep) else ""
        proved = "No change of answers leads" if found.proven else "No change of answers was found that leads"
        writer.add(Style.VERDICT, f"{proved} from {now} to {target}{condition}")
        return writer.document()
    changes = "one changed answer" if found.smallest == 1 else f"{found.smallest} changed answers"
    writer.add(Style.VERDICT, f"It takes {changes} to get from {now} to {target}")
    shown = found.flips if every else found.flips[:MOST_SHOWN]
    for flip in shown:
        writer.add(Style.POINT, flip_line(policy, flip))
    if len(found.flips) > len(shown):
        writer.add(Style.NOTE, f"and {counted(len(found.flips) - len(shown), 'more way')}")
    note = "Proved: no smaller set of changes does." if found.proven else "The time ran out: fewer changes may do."
    writer.add(Style.NOTE, note)
    return writer.document()


def flip_line(policy: Policy, flip: Flip) -> str:
    """A flip in a line: what would change, and to what it leads."""
    changes = listed(_change_line(policy, change) for change in flip.changes)
    return f"{changes}: {option_label(policy, flip.verdict)}"


def _change_line(policy: Policy, change: Change) -> str:
    fact = policy.facts[change.fact]
    wanted = classes_in_words(fact, change.classes)
    now = "open" if change.before is None else f"now {fact.say(change.before)}"
    return f"{fact.label} {wanted} ({now})"


def settling_document(policy: Policy, found: Settling) -> Document:
    """The few answers that settle a verdict, and those that do not matter to it."""
    writer = Writer(policy.source)
    label = option_label(policy, found.verdict)
    if not found.settled:
        writer.add(Style.VERDICT, f"Not settled: {label} is the recommendation so far, and open answers can change it")
        if found.open:
            labels = listed(policy.facts[name].label for name in found.open)
            writer.add(Style.NOTE, f"It still hangs on: {labels}.")
        return writer.document()
    if not found.facts:
        writer.add(Style.VERDICT, f"{label}, whatever the answers are")
        return writer.document()
    count = counted(len(found.facts), "answer")
    settles = "settles" if len(found.facts) == 1 else "settle"
    writer.add(Style.VERDICT, f"{count} {settles} it: {label}, whatever all others may be")
    for name, value in found.facts.items():
        writer.add(Style.POINT, statement(policy, name, value))
    if found.irrelevant:
        labels = listed(policy.facts[name].label for name in found.irrelevant)
        writer.add(Style.NOTE, f"Irrelevant to this recommendation: {labels}.")
    return writer.document()
