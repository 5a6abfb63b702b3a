"""What was read out of a message, for people: each fact with the words it came from."""

from assistant.dialogue.understanding import Certainty, Reading, Unclear
from assistant.explanation.document import Document, Paragraph, Style
from assistant.explanation.wording import one_line
from assistant.policy.syntax import Policy


def understood(policy: Policy, reading: Reading) -> Document:
    """The facts, what stayed unclear and what was put right."""
    paragraphs = [
        Paragraph(
            Style.POINT,
            f"{_stated(policy, fact.fact, fact.value)}, from “{one_line(fact.text)}”{_doubt(fact.certainty)}",
        )
        for fact in reading.facts.values()
    ]
    if not paragraphs:
        paragraphs.append(Paragraph(Style.TEXT, "No facts here."))
    paragraphs += [Paragraph(Style.NOTE, _open(policy, one)) for one in reading.unclear]
    for one in reading.corrections:
        label = policy.facts[one.fact].label
        paragraphs.append(Paragraph(Style.NOTE, f"Put right: {label}, “{one_line(one.was.text)}” no longer holds."))
    if reading.cut:
        paragraphs.append(Paragraph(Style.NOTE, "Only the beginning of the message was read: it is very long."))
    return Document(tuple(paragraphs))


def _stated(policy: Policy, name: str, value: int | str | bool) -> str:
    return policy.facts[name].state(value)


def _doubt(certainty: Certainty) -> str:
    return " (not quite certain)" if certainty is Certainty.HEDGED else ""


def _open(policy: Policy, one: Unclear) -> str:
    named = dict.fromkeys(_stated(policy, c.fact, c.value) for c in one.candidates)
    return f"Unclear: “{one_line(one.text)}” may mean " + ", or ".join(named) + "."
