"""Why not, what if, what would flip it, what settles it: contrasts with a result, told in business terms."""

from collections.abc import Collection, Mapping

from assistant.errors import shown
from assistant.explanation.conclusion import standing
from assistant.explanation.document import Document, Style, Writer
from assistant.explanation.questions import classes_in_words
from assistant.explanation.wording import (
    because,
    condition_in_words,
    counted,
    is_called,
    listed,
    option_label,
    points,
    recommendation,
    statement,
)
from assistant.policy.strata import supporting
from assistant.policy.syntax import FINAL, Consequent, Policy, Require, RuleOut
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.claims import Change, Flip, Flips, Settling
from assistant.reasoning.contrast import Difference, Failing, Failure, Lacking, Together, WhyNot
from assistant.reasoning.decision import Decision

MOST_SHOWN = 8
OUT_OF_TIME = "The time ran out before anything was proved."
MORE_MAY_BE = "The time ran out before all of that size were found: there may be more."


def why_not_document(decision: Decision, found: WhyNot, words: Mapping[str, str] | None = None) -> Document:
    """What an option lacks: what keeps it out, how far its points fall short, the rules that did not speak for it."""
    policy, inference = decision.policy, decision.inference
    label = policy.label(found.option)
    writer = Writer(policy.source)
    if found.verdict == found.option:
        writer.add(Style.VERDICT, f"{label} is what is recommended")
        _still_open(writer, decision)
        return writer.document()
    writer.add(Style.VERDICT, f"Why not {label}")
    writer.add(Style.TEXT, f"{recommendation(decision)}. {chance_line(found, label)}")
    if found.excluded_by:
        writer.add(Style.HEADING, "What rules it out")
    for rule in found.excluded_by:
        writer.add(Style.POINT, because(rule, inference), rule.cites, rule.id)
    if found.required_by:
        writer.add(Style.HEADING, "What is required, and it does not provide")
    for rule in found.required_by:
        writer.add(Style.POINT, because(rule, inference), rule.cites, rule.id)
    short = short_line(policy, found)
    if short:
        writer.add(Style.TEXT, short)
    several = worth_telling(found)
    if several:
        writer.add(Style.HEADING, "What would speak for it")
    for lacking in several[:MOST_SHOWN]:
        rule = lacking.rule
        text = lacking_line(policy, lacking, words or {})
        writer.add(Style.POINT, f"{text}  ({rule.id}, {rule.place})", rule.cites, rule.id)
    if len(several) > MOST_SHOWN:
        writer.add(Style.NOTE, f"and {counted(len(several) - MOST_SHOWN, 'more rule')}")
    return writer.document()


def short_line(policy: Policy, found: WhyNot) -> str:
    """How far its points fall short; nothing where points are not what it lacks."""
    if found.short is not None and found.short.points:
        change = f"{points(abs(found.short.points))} {'more' if found.short.points > 0 else 'fewer'}"
        return f"In points: {policy.label(found.short.option)} with {change} would do."
    return "No change of points would bring it." if not found.excluded_by and found.short is None else ""


def lacking_line(policy: Policy, lacking: Lacking, words: Mapping[str, str]) -> str:
    """What would have to be so for a rule to speak for the option, and what that would give."""
    gain = f"{points(lacking.points)}: " if lacking.points else ""
    text = gain + failing_in_words(policy, lacking.failing, words)
    return text[:1].upper() + text[1:]


def worth_telling(found: WhyNot) -> list[Lacking]:
    """The rules it lacks, without those that only move points where no change of points would bring it."""
    if found.short is not None:
        return list(found.lacking)
    return [one for one in found.lacking if any(_gates(consequent) for consequent in one.rule.then)]


def _gates(consequent: Consequent) -> bool:
    return isinstance(consequent, Require | RuleOut)


def chance_line(found: WhyNot, label: str) -> str:
    """Whether open questions could still make it that option."""
    if found.possible is None:
        return f"Whether open questions could still make it {label} could not be proved in time."
    if found.possible:
        return f"Open questions could still make it {label}."
    return f"No answer to an open question can make it {label}; only other answers can."


def _still_open(writer: Writer, decision: Decision) -> None:
    """What the verdict still hangs on, where it hangs on anything."""
    if not decision.outlook.settled:
        writer.add(Style.NOTE, standing(decision))


def failing_in_words(policy: Policy, failing: Failing, words: Mapping[str, str]) -> str:
    """What would have to be so, and what is so instead: all of it or, joined by `or`, any of it."""
    if isinstance(failing, Failure):
        return _missing(policy, failing, words)
    parts = []
    for part in failing.parts:
        said = failing_in_words(policy, part, words)
        parts.append(f"({said})" if isinstance(part, Together) else said)
    return listed(parts, "or" if failing.either else "and")


def _missing(policy: Policy, failure: Failure, words: Mapping[str, str]) -> str:
    needed = condition_in_words(policy, failure.needed)
    told = [
        f"you said {_in_own_words(policy, name, value, words)}" if value is not None else "not answered"
        for name, value in failure.values
        if name in policy.told
    ]
    scores = [statement(policy, name, value) for name, value in failure.values if name.startswith("scores.")]
    return f"{needed} ({listed([*told, *scores])})" if told or scores else needed


def _in_own_words(policy: Policy, name: str, value: Value, words: Mapping[str, str]) -> str:
    """A value as it was told: `8 of 10`, or `“daily”, taken as 8 of 10`."""
    said = policy.facts[name].say(value)
    return f"\u201c{shown(words[name])}\u201d, taken as {said}" if name in words else said


def what_if_document(
    found: Difference, words: Mapping[str, str] | None = None, supposed: Mapping[str, str] | None = None
) -> Document:
    """What differs once some answers are others; `words` and `supposed` are those in which both were said."""
    before, after = found.before.inference, found.after.inference
    policy = before.policy
    writer = Writer(policy.source)
    now, then = (option_label(policy, one.recommended) for one in (found.before, found.after))
    if now != then:
        writer.add(Style.VERDICT, f"The recommendation would change: {then} instead of {now}")
    else:
        writer.add(Style.VERDICT, f"The recommendation would stay: {now}")
    _still_open(writer, found.after)
    bearing = supporting(policy.by_id, policy.verdict, [FINAL])
    changed = [name for name in policy.told if before.answers.get(name) != after.answers.get(name)]
    for name in changed:
        fact = policy.facts[name]
        old = _said(before.answers, name, policy, words or {})
        new = _said(after.answers, name, policy, supposed or {})
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


def _said(answers: Answers, name: str, policy: Policy, words: Mapping[str, str]) -> str:
    if name not in answers:
        return "not answered"
    said = policy.facts[name].say(answers[name])
    return f"{said} (\u201c{shown(words[name])}\u201d)" if words.get(name) else said


def flips_document(
    decision: Decision,
    found: Flips,
    to: str | None = None,
    keep: Collection[str] = (),
    words: Mapping[str, str] | None = None,
    *,
    every: bool = False,
) -> Document:
    """The smallest changes of answers that give another verdict; the first few, or every one."""
    policy = decision.policy
    writer = Writer(policy.source)
    now = option_label(policy, found.verdict)
    target = option_label(policy, to) if to else "another recommendation"
    if found.smallest is None:
        kept = [policy.facts[name].label for name in keep]
        stays = "stays as it is" if len(kept) == 1 else "stay as they are"
        condition = f" while {listed(kept)} {stays}" if kept else ""
        proved = "Proved: no change of answers leads" if found.proven else "No change of answers was found that leads"
        writer.add(Style.VERDICT, f"{proved} from {now} to {target}{condition}")
        if not found.proven:
            writer.add(Style.NOTE, OUT_OF_TIME)
        return writer.document()
    writer.add(Style.VERDICT, f"It takes {_counted_changes(found)} to get from {now} to {target}")
    shown_flips = found.flips if every else found.flips[:MOST_SHOWN]
    for flip in shown_flips:
        writer.add(Style.POINT, flip_line(policy, flip, words or {}))
    if len(found.flips) > len(shown_flips):
        writer.add(Style.NOTE, f"and {counted(len(found.flips) - len(shown_flips), 'more way')}")
    more = "" if found.complete else f" {MORE_MAY_BE}"
    writer.add(Style.NOTE, f"Proved: no smaller set of changes does.{more}")
    return writer.document()


def _counted_changes(found: Flips) -> str:
    """`one changed answer`, `2 more answers`: whether what changes has been answered yet."""
    before = {change.before is None for flip in found.flips for change in flip.changes}
    kind = "more" if before == {True} else "changed" if before == {False} else "new or changed"
    return f"one {kind} answer" if found.smallest == 1 else f"{found.smallest} {kind} answers"


def flip_line(policy: Policy, flip: Flip, words: Mapping[str, str]) -> str:
    """A flip in a line: to what it leads, and what would have to be otherwise."""
    changes = listed(_change_line(policy, change, words) for change in flip.changes)
    label = option_label(policy, flip.verdict)
    return f"{label[:1].upper()}{label[1:]}, if {changes}"


def _change_line(policy: Policy, change: Change, words: Mapping[str, str]) -> str:
    fact = policy.facts[change.fact]
    if isinstance(change.to, bool):
        now = "open so far" if change.before is None else "now the opposite"
        return f"{fact.state(change.to)} ({now})"
    wanted = classes_in_words(fact, change.classes)
    now = "open so far" if change.before is None else f"now {_in_own_words(policy, fact.name, change.before, words)}"
    return f"{is_called(fact.label)} {wanted} ({now})"


def settling_document(policy: Policy, found: Settling, words: Mapping[str, str] | None = None) -> Document:
    """The few answers that settle a verdict, and those that do not matter to it."""
    writer = Writer(policy.source)
    label = option_label(policy, found.verdict)
    if not found.settled:
        _write_unsettled(writer, policy, found)
        return writer.document()
    if not found.facts:
        writer.add(Style.VERDICT, f"{label}, whatever the answers are")
        return writer.document()
    count = counted(len(found.facts), "answer")
    settles = "settles" if len(found.facts) == 1 else "settle"
    writer.add(Style.VERDICT, f"{count} {settles} it: {label}, whatever all others may be")
    for name, value in found.facts.items():
        quoted = f" (you said \u201c{shown((words or {})[name])}\u201d)" if name in (words or {}) else ""
        writer.add(Style.POINT, statement(policy, name, value) + quoted)
    if found.irrelevant:
        labels = listed(policy.facts[name].label for name in found.irrelevant)
        writer.add(Style.NOTE, f"Irrelevant to this recommendation: {labels}.")
    note = "Proved: no fewer answers do." if found.minimal else "They settle it for certain; the time ran out to"
    writer.add(Style.NOTE, note if found.minimal else f"{note} prove that no fewer would do.")
    return writer.document()


def _write_unsettled(writer: Writer, policy: Policy, found: Settling) -> None:
    label = option_label(policy, found.verdict)
    if not found.proven:
        writer.add(Style.VERDICT, f"{label} is the recommendation so far. {OUT_OF_TIME}")
    else:
        writer.add(Style.VERDICT, f"Not settled: {label} is the recommendation so far, and open answers can change it")
    if found.open:
        labels = listed(policy.facts[name].label for name in found.open)
        writer.add(Style.NOTE, f"It still hangs on: {labels}.")
    if found.example is not None:
        said = [statement(policy, name, found.example[name]) for name in found.deciding]
        folded = f"; and {len(said) - MOST_SHOWN} more" if len(said) > MOST_SHOWN else ""
        instead = option_label(policy, found.instead)
        writer.add(Style.TEXT, f"An example that proves it: {instead}, if {'; '.join(said[:MOST_SHOWN])}{folded}.")
