"""What a record is about: the answers of a case or a saved conversation, and all that is known of where they are from.

A subject is all that a record cannot work out from the policy; sealed into it, it lets the record be made again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.policy.vocabulary import Answers
from assistant.reasoning.cases import Case
from assistant.reasoning.costs import OwnFigure
from assistant.reports.record import SessionSeen
from assistant.sessions.record import Saved


@dataclass(frozen=True, slots=True)
class Subject:
    """The answers, the words some were told in, the turns that told them; `date` is YYYY-MM-DD or nothing.

    `own` are the figures that stand for the policy's costs.
    """

    answers: Answers
    words: Mapping[str, str] = field(default_factory=dict)
    turns: Mapping[str, int] = field(default_factory=dict)
    name: str = ""
    about: str = ""
    date: str = ""
    session: SessionSeen | None = None
    own: tuple[OwnFigure, ...] = ()


def subject_of_case(case: Case) -> Subject:
    """The subject of a record of a case."""
    return Subject(case.answers, case.words, {}, case.name, case.about, case.date, own=case.own)


def subject_of_session(saved: Saved, answers: Answers) -> Subject:
    """The subject of a record of a saved conversation, on those of its answers that its policy takes."""
    summary = saved.summary
    words = saved.turns[-1].state.words
    turns = {fact.fact: fact.turn for fact in saved.facts if fact.turn is not None}
    return Subject(
        answers,
        {name: words[name] for name in answers if name in words},
        {name: turns[name] for name in answers if name in turns},
        summary.name or f"Conversation {summary.id}",
        date=summary.last[:10],
        session=SessionSeen(summary.id, summary.name, summary.begun, summary.last),
    )
