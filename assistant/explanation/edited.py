"""What an edit of the policy changes: which things say something else, and what that changes for a case."""

from collections.abc import Iterator, Mapping

from assistant.errors import shown
from assistant.explanation.costs import dollars_from_to
from assistant.explanation.document import Document, Style, Writer
from assistant.explanation.wording import (
    because,
    counted,
    listed,
    option_label,
    points,
    quantity_said,
    shares_in_words,
)
from assistant.policy.alterations import Alteration, alterations
from assistant.policy.syntax import Policy, Rule
from assistant.policy.vocabulary import Value
from assistant.reasoning.decision import Decision

MOST_ALTERED = 6
MOST_FIRINGS = 8


def edited_document(before: Decision, now: Decision, answers_before: Mapping[str, Value]) -> Document:
    """The edit, then what is otherwise in a case: the decision under the policy before it, and the one now.

    `answers_before` are the case's answers before; some may be set aside now, or back.
    """
    policy = now.policy
    writer = Writer(policy.source)
    writer.add(Style.HEADING, "The edited policy is in force from here")
    version = f"{shown(policy.id)} {shown(policy.version)}"
    writer.add(Style.NOTE, f"{version}, digest {policy.digest[:12]}; before the edit {before.policy.digest[:12]}.")
    _listed(writer, [_altered(one, now) for one in alterations(before.policy, policy)], MOST_ALTERED)
    back = [policy.facts[name].state(value) for name, value in _answers(now).items() if name not in answers_before]
    if back:
        writer.add(Style.TEXT, f"Taken again, as you said before: {'; '.join(back)}.")
    moves = list(_moves(before, now))
    if before.recommended != now.recommended:
        old, new = option_label(before.policy, before.recommended), option_label(policy, now.recommended)
        writer.add(Style.VERDICT, f"For this case: {new} instead of {old}")
    elif moves:
        writer.add(Style.VERDICT, f"For this case: still {option_label(policy, now.recommended)}")
    else:
        writer.add(Style.TEXT, f"For this case it changes nothing: {option_label(policy, now.recommended)}, as before.")
    for line in moves:
        writer.add(Style.POINT, line)
    return writer.document()


def edited_in_short(before: Decision, now: Decision) -> str:
    """The edit in one line, for those who look elsewhere."""
    label = option_label(now.policy, now.recommended)
    if before.recommended == now.recommended:
        return f"The edited policy is in force: still {label}."
    return f"The edited policy is in force: {label} instead of {option_label(before.policy, before.recommended)}."


def _listed(writer: Writer, lines: list[str], most: int) -> None:
    for line in lines[:most]:
        writer.add(Style.POINT, line)
    if len(lines) > most:
        writer.add(Style.NOTE, f"and {len(lines) - most} more")


def _answers(decision: Decision) -> Mapping[str, Value]:
    return decision.inference.answers


def _altered(one: Alteration, now: Decision) -> str:
    """An alteration in a line."""
    place = f" ({place})" if (place := _place(one.kind, one.now)) else ""
    name = f"{one.kind} {shown(one.id)}"
    if one.kind in ("version", "title"):
        return f"{one.kind} {shown(one.now)} instead of {shown(one.before)}"
    if one.kind == "verdict":
        return f"verdict: {listed(one.keys)} changed"
    if one.before is None:
        return f"{name}: new{place}"
    if one.now is None:
        return f"{name}: gone"
    if one.kind == "param" and "value" in one.keys:
        return f"{name}: {_said(one.now.value)} instead of {_said(one.before.value)}{place}"
    counts = ", which counts here" if one.kind == "rule" and one.now in now.inference.fired else ""
    return f"{name}: {listed(one.keys)} changed{counts}{place}"


def _place(kind: str, thing: object) -> str:
    if isinstance(thing, Rule):
        return thing.place
    return getattr(thing, "at", "") if kind in ("param", "fact") else ""


def _said(value: Value) -> str:
    return shown(quantity_said(value))


def _moves(before: Decision, now: Decision) -> Iterator[str]:
    """What is otherwise in the case, a line each, the weightiest first."""
    old, new = before.outlook, now.outlook
    if old.settled != new.settled:
        yield "settled now" if new.settled else f"open again: {counted(len(new.open), 'answer')} could change it"
    elif old.open != new.open:
        yield f"{counted(len(new.open), 'answer')} could change it, not {len(old.open)}"
    yield from _scores(before, now)
    yield from _first(list(_firings(before, now)))
    yield from _parts(before, now)
    if not old.settled and not new.settled:
        shares = [shares_in_words(one.policy, one.outlook.shares) for one in (before, now)]
        if shares[0] != shares[1]:
            yield f"possible: {shares[1]}; before: {shares[0]}"
    yield from _costs(before, now)


def _first(lines: list[str]) -> Iterator[str]:
    yield from lines[:MOST_FIRINGS]
    if len(lines) > MOST_FIRINGS:
        yield f"and {len(lines) - MOST_FIRINGS} more rules"


def _scores(before: Decision, now: Decision) -> Iterator[str]:
    old, new = before.inference.scores, now.inference.scores
    for option in dict.fromkeys((*new, *old)):
        if old.get(option, 0) != new.get(option, 0):
            policy = now.policy if option in new else before.policy
            yield f"{shown(policy.label(option))}: {points(new.get(option, 0))} instead of {old.get(option, 0)}"


def _firings(before: Decision, now: Decision) -> Iterator[str]:
    """The rules that fire and did not, and those that did and do not, each with what became of it."""
    old, new = _fired(before), _fired(now)
    for id, rule in new.items():
        if id not in old:
            yield f"now counts: {because(rule, now.inference)} ({id}, {rule.place})"
    for id in old:
        if id not in new:
            yield f"no longer counts: {because(old[id], before.inference)} ({_fate(id, now.policy)})"


def _fired(decision: Decision) -> dict[str, Rule]:
    return {rule.id: rule for rule in decision.inference.fired}


def _fate(id: str, policy: Policy) -> str:
    """Where a rule that does not fire stands."""
    rule = policy.by_id.get(id)
    return f"{id}, which is gone" if rule is None else f"{id}, {rule.place}"


def _parts(before: Decision, now: Decision) -> Iterator[str]:
    """The parts of the verdict, such as what to build first, that are otherwise."""
    policy, memory = now.policy, before.inference.memory
    for name in policy.verdict.parts:
        was, value = memory.get(name), now.inference.memory.get(name)
        if was != value and name in policy.facts:
            then = before.policy.facts[name].say(was) if name in before.policy.facts else "nothing"
            yield f"{policy.facts[name].state(value)}, not {then}"


def _costs(before: Decision, now: Decision) -> Iterator[str]:
    old = {cost.option: cost for cost in before.costs}
    for cost in now.costs:
        was = old.get(cost.option)
        for when, sums in (("at the start", "initial"), ("a month", "monthly")):
            then = getattr(was, sums) if was is not None else None
            amount = getattr(cost, sums)
            if then is not None and then != amount:
                label = option_label(now.policy, cost.option)
                yield f"{label} costs {dollars_from_to(amount)} {when} instead of {dollars_from_to(then)}"
