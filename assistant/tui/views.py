"""What each tab shows of a moment, worked out off the screen's thread."""

from collections.abc import Callable, Mapping
from threading import Event
from typing import TYPE_CHECKING

from assistant.errors import WhysoError

if TYPE_CHECKING:
    from assistant.explanation.kin import Kin, Topic
    from assistant.explanation.outline import Entry
    from assistant.policy.syntax import Policy
    from assistant.policy.vocabulary import Value
    from assistant.tui.moment import Moment

WORKING_AFTER_SECONDS = 0.4
GONE = "The policy does not have that any more."
WORKING = "Working it out … {back} stops it"
STOPPED = "Stopped. Leave the tab and come back to work it out again."


def case_entries(moment: "Moment") -> "tuple[Entry, ...]":
    """The facts of the case; above them what changes, while something is supposed."""
    from assistant.explanation.outline import case_outline, supposing_outline

    facts = case_outline(moment.decision, moment.words, moment.state.skipped, moment.real)
    return (supposing_outline(moment.difference), *facts) if moment.difference else facts


def reason_entries(moment: "Moment") -> "tuple[Entry, ...]":
    """The proof of the recommendation."""
    from assistant.explanation.outline import reasons_outline

    return reasons_outline(moment.decision, moment.words)


def alternative_entries(moment: "Moment") -> "tuple[Entry, ...]":
    """What would change the recommendation, what settles it, and what the other options lack."""
    from assistant.explanation.outline import alternatives_outline
    from assistant.reasoning.contrast import why_not
    from assistant.reasoning.counterfactuals import flips_of, settling

    decision, policy = moment.decision, moment.policy
    answers = decision.inference.answers
    others = [option.id for option in policy.options if option.id != decision.recommended]
    return alternatives_outline(
        decision,
        flips_of(policy, answers),
        settling(policy, answers),
        [why_not(decision, option) for option in others],
        moment.words,
    )


OUTLINES: "Mapping[str, Callable[[Moment], tuple[Entry, ...]]]" = {
    "case": case_entries,
    "reasons": reason_entries,
    "alternatives": alternative_entries,
}
"""What the tabs of entries show, by their names."""
POINTING = (*OUTLINES, "costs")
"""The tabs in which one points at something and is told of its kin."""


UNPROVED = ("case", "reasons")
"""Those that only say what has been decided, which takes no time."""


def worked_out(name: str, moment: "Moment", stop: Event) -> "tuple[Entry, ...]":
    """A tab's entries, until somebody stops it."""
    from assistant.reasoning.patience import patience

    with patience(cancel=stop):
        entries = moment.entries[name] = OUTLINES[name](moment)
    return entries


def at_once(name: str, moment: "Moment") -> "tuple[Entry, ...] | None":
    """A tab's entries where they are there already, or are there at once; None where working them out may take long."""
    if moment.difference is not None and name in UNPROVED and name not in moment.entries:
        moment.entries[name] = OUTLINES[name](moment)
    return moment.entries.get(name)


def note_entry(text: str) -> "Entry":
    """A line that is about nothing in the case."""
    from assistant.explanation.outline import Entry

    return Entry(text)


def kin_at(moment: "Moment", topic: "Topic") -> "tuple[Kin, str]":
    """What belongs to a topic, and the lines that tell of it."""
    from assistant.explanation.kin import kin_of
    from assistant.explanation.outline import kin_lines

    kin = kin_of(moment.policy, topic)
    fired = {rule.id for rule in moment.decision.inference.fired}
    return kin, "\n".join(kin_lines(moment.policy, kin, fired))


def knows(policy: "Policy", topic: "Topic | None") -> bool:
    """Whether a policy, which may have been edited meanwhile, has what a topic is about."""
    from assistant.explanation.kin import Subject

    if topic is None:
        return False
    match topic.subject:
        case Subject.FACT:
            return topic.name in policy.facts
        case Subject.RULE:
            return topic.name in policy.by_id
        case Subject.PASSAGE:
            return topic.name.partition("#")[0] in policy.source.by_id


def taken(policy: "Policy", changes: "Mapping[str, Value | None]") -> "dict[str, Value | None]":
    """The changes whose facts and values a policy takes."""
    from assistant.policy.vocabulary import AnswerError, check_value

    found: dict[str, Value | None] = {}
    for name, value in changes.items():
        try:
            if name in policy.told:
                found[name] = None if value is None else check_value(policy.told[name], value)
        except AnswerError:
            continue
    return found


def told_fact(moment: "Moment | None", entry: "Entry") -> str | None:
    """The fact that an entry is about, if it is one that is told."""
    from assistant.explanation.kin import Subject

    topic, told = entry.topic, moment.policy.told if moment else {}
    return topic.name if topic and topic.subject is Subject.FACT and topic.name in told else None


def told(error: WhysoError) -> str:
    """A message and what to do, as sentences."""
    parts = (error.message, error.help or "")
    return " ".join(f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in parts if part)


def kept(policy: "Policy", changes: "Mapping[str, Value | None]") -> tuple[str, str]:
    """What is said to keep some changes, and how that is shown."""
    facts = policy.facts
    said = " ".join(f"{name}={_written(value)}" for name, value in changes.items())
    shown = (
        facts[name].state(value) if value is not None else f"{facts[name].label}: open"
        for name, value in changes.items()
    )
    return f"/set {said}", f"From now on: {'; '.join(shown)}"


def _written(value: "Value | None") -> str:
    """A value as `/set` takes it."""
    if value is None:
        return "unknown"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
