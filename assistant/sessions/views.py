"""Conversations as people read them: the list, and one as a transcript with the facts it rests on."""

import json
from collections.abc import Iterable, Iterator

from assistant.errors import shown
from assistant.explanation.document import Document, Paragraph, Style, said
from assistant.explanation.wording import counted
from assistant.sessions.record import FactRecord, Saved, Summary, TurnRecord

MOST_CHARACTERS_SHOWN = 2_000


def sessions_document(summaries: Iterable[Summary]) -> Document:
    """A line for each conversation."""
    lines = [Paragraph(Style.TEXT, _line(summary)) for summary in summaries]
    if not lines:
        return said("No conversation is saved yet; `whyso` begins one.")
    note = "`whyso resume ID` takes one up again, `whyso show ID` shows it, `whyso sessions --help` tells the rest."
    return Document((*lines, Paragraph(Style.NOTE, note)))


def _line(summary: Summary) -> str:
    name = f" \u201c{shown(summary.name)}\u201d," if summary.name else ""
    branch = f", branched from {summary.branched_from}" if summary.branched_from else ""
    policy = f"{shown(summary.policy.name)} {shown(summary.policy.version)}"
    messages = counted(summary.turns, "message")
    return f"{summary.id}.{name} {summary.last}, {messages}: {_standing(summary)} ({policy}{branch})"


def _standing(summary: Summary) -> str:
    final = summary.verdict.final
    label = shown(summary.policy.options.get(final, final)) if final is not None else "no option at all"
    return f"{label}, {'settled' if summary.verdict.settled else 'open'}"


def transcript(saved: Saved) -> Iterator[Document]:
    """A conversation from its beginning, a document a part: what it is, each turn, the facts."""
    summary = saved.summary
    name = f" \u201c{shown(summary.name)}\u201d" if summary.name else ""
    policy = summary.policy
    lines = [
        Paragraph(Style.HEADING, f"Conversation {summary.id}{name}"),
        Paragraph(Style.NOTE, f"Begun {summary.begun}, last said {summary.last}. {_standing(summary)}."),
        Paragraph(
            Style.NOTE, f"Policy {shown(policy.name)} {shown(policy.version)}, digest {shown(policy.digest, 64)}."
        ),
    ]
    yield Document(tuple(lines))
    for turn in saved.turns:
        yield _turn(turn)
        if turn.question and turn.put:
            yield said(turn.question.text)
    yield Document((Paragraph(Style.HEADING, "The facts"), *(_fact(fact, summary) for fact in saved.facts)))


def _turn(turn: TurnRecord) -> Document:
    heard = [Paragraph(Style.HEADING, f"{turn.number} › {_cut(turn.said)}")] if turn.said is not None else []
    return Document((*heard, *turn.reply.paragraphs), turn.reply.sources)


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS_SHOWN:
        return text
    return f"{text[:MOST_CHARACTERS_SHOWN]}… ({len(text):,} characters; --format json has them all)"


def _fact(fact: FactRecord, summary: Summary) -> Paragraph:
    label = shown(summary.policy.facts.get(fact.fact, fact.fact))
    value = shown(fact.value if isinstance(fact.value, str) else json.dumps(fact.value))
    match fact.provenance:
        case "told":
            words = f" in the words \u201c{shown(fact.words)}\u201d" if fact.words else ""
            origin = f"told{words}, turn {fact.turn}"
        case "derived":
            origin = f"derived by {shown(fact.rule or '')}"
        case _:
            origin = "assumed, as no rule says otherwise"
    return Paragraph(Style.POINT, f"{label}: {value} ({origin})")
