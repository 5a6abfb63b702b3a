"""What a changed policy makes of a conversation: its verdict then and now, and the rules and params behind that."""

from collections.abc import Iterator

from assistant.errors import shown
from assistant.explanation.document import Document, Style, Writer
from assistant.explanation.wording import because, counted, option_label
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Value
from assistant.reasoning.decision import Decision
from assistant.sessions.record import PolicyRecord, VerdictRecord

MOST_SHOWN = 12


def what_changed(then: PolicyRecord, verdict: VerdictRecord, decision: Decision) -> Document:
    """The difference, in paragraphs without sources."""
    policy, inference = decision.policy, decision.inference
    writer = Writer(policy.source)
    writer.add(Style.HEADING, "The policy has changed since")
    writer.add(Style.TEXT, f"{_version(then.name, then.version, then.digest)} then, {_now(policy)} now.")
    before, after = _option(then, policy, verdict.final), option_label(policy, inference.verdict.final)
    if verdict.final != inference.verdict.final:
        writer.add(Style.VERDICT, f"The recommendation has changed: {after} instead of {before}")
    else:
        writer.add(Style.TEXT, f"The recommendation is the same: {after}.")
    for option in dict.fromkeys((*inference.scores, *verdict.scores)):
        was, score = verdict.scores.get(option, 0), inference.scores.get(option, 0)
        if was != score:
            label = shown(policy.label(option) if option in inference.scores else then.options.get(option, option))
            writer.add(Style.TEXT, f"{label}: {counted(score, 'point')} instead of {was}")
    _listed(writer, "What counts now and did not", list(_counting(decision, verdict)))
    _listed(writer, "What no longer counts", list(_gone(then, verdict, decision)))
    _listed(writer, "Params that were set anew", list(_params(then, policy)))
    return writer.document()


def _listed(writer: Writer, title: str, lines: list[str]) -> None:
    if not lines:
        return
    writer.add(Style.HEADING, title)
    for line in lines[:MOST_SHOWN]:
        writer.add(Style.POINT, line)
    if len(lines) > MOST_SHOWN:
        writer.add(Style.NOTE, f"and {len(lines) - MOST_SHOWN} more")


def _counting(decision: Decision, verdict: VerdictRecord) -> Iterator[str]:
    for rule in decision.inference.fired:
        if rule.id not in verdict.fired:
            yield f"{because(rule, decision.inference)} ({rule.id}, {rule.place})"


def _gone(then: PolicyRecord, verdict: VerdictRecord, decision: Decision) -> Iterator[str]:
    """The rules that fired and do not, each with what became of it."""
    fired = {rule.id for rule in decision.inference.fired}
    for id in verdict.fired:
        if id in fired:
            continue
        rule = decision.policy.by_id.get(id)
        if rule is None:
            yield f"{id}: the policy has no such rule any more"
        elif rule.condition != then.rules.get(id):
            yield f"{id}, {rule.place}: its condition is now `{shown(rule.condition, 200)}`"
        else:
            yield f"{id}, {rule.place}: its condition `{shown(rule.condition, 200)}` does not hold any more"


def _params(then: PolicyRecord, policy: Policy) -> Iterator[str]:
    now = {name: param.value for name, param in policy.params.items()}
    for name in sorted({*then.params, *now}):
        if name not in now:
            yield f"{name}: gone, {_written(then.params[name])} before"
        elif name not in then.params:
            yield f"{name}: {_written(now[name])}, new"
        elif now[name] != then.params[name]:
            yield f"{name}: {_written(now[name])} instead of {_written(then.params[name])}"


def _written(value: Value) -> str:
    return shown(str(value).lower() if isinstance(value, bool) else str(value))


def _now(policy: Policy) -> str:
    return _version(policy.id, policy.version, policy.digest)


def _version(name: str, version: str, digest: str) -> str:
    return f"{shown(name)} {shown(version)} (digest {digest[:12]})"


def _option(then: PolicyRecord, policy: Policy, option: str | None) -> str:
    return shown(then.options.get(option, option)) if option is not None else option_label(policy, None)
