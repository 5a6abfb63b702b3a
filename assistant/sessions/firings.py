"""In which saved conversations a rule fired: as each stood when it was left."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.errors import shown
from assistant.explanation.document import Document, Paragraph, Style
from assistant.explanation.wording import counted
from assistant.policy.syntax import Policy, Rule
from assistant.sessions.record import Summary

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Firings:
    """The conversations held under a policy with a rule of that id, and those in which it fired, the latest first."""

    held: int
    fired: tuple[Summary, ...]


def firings_of(summaries: Iterable[Summary], policy: Policy, rule: Rule) -> Firings:
    """In which of these conversations, the latest first, a rule fired."""
    held = [one for one in summaries if one.policy.name == policy.id and rule.id in one.policy.rules]
    return Firings(len(held), tuple(one for one in held if rule.id in one.verdict.fired))


def firings_document(found: Firings, rule: Rule) -> Document:
    """When a rule fired in saved conversations: how often, and the last few."""
    lines = [Paragraph(Style.HEADING, "In saved conversations")]
    if not found.held:
        return Document((*lines, Paragraph(Style.NOTE, "None is saved under this policy.")))
    whole = counted(found.held, "saved conversation")
    lines.append(Paragraph(Style.TEXT, f"It fired in {len(found.fired)} of {whole} under this policy."))
    for one in found.fired[:MOST_SHOWN]:
        name = f" \u201c{shown(one.name)}\u201d" if one.name else ""
        changed = "" if one.policy.rules[rule.id] == rule.condition else ", under another condition"
        lines.append(Paragraph(Style.POINT, f"conversation {one.id}{name}, {one.last}{changed}"))
    return Document(tuple(lines))
