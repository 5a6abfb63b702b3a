"""From a record to the bytes of a file in one of the four formats, sealed."""

from dataclasses import dataclass
from typing import Any

from assistant.errors import Finding
from assistant.reasoning.decision import Decision
from assistant.reasoning.outlook import MONTHS
from assistant.reports.chart import chart_of
from assistant.reports.record import Record
from assistant.reports.recording import record_of
from assistant.reports.seal import Evidence, TemplateSeen, evidence_of, seal, seal_json
from assistant.reports.subject import Subject
from assistant.reports.templating import render
from assistant.sessions.plain_form import plain_form

FORMATS = ("md", "html", "json", "adr")
SUFFIXES = {"md": ".md", "html": ".html", "json": ".json", "adr": ".md"}


@dataclass(frozen=True, slots=True)
class Rendering:
    """A record in a format: its bytes, what was sealed into it, and what was wrong with the policy's own template."""

    data: bytes
    evidence: Evidence
    findings: tuple[Finding, ...] = ()


def write_record(decision: Decision, subject: Subject, form: str) -> Rendering:
    """The record of a decision, as the bytes of a file; the same for the same input."""
    record = record_of(decision, subject)
    if form == "json":
        evidence = evidence_of(decision, subject, record, form, None)
        return Rendering(seal_json(plain_form(record), evidence), evidence)
    done = render(form, _context(decision, record), decision.policy)
    evidence = evidence_of(decision, subject, record, form, TemplateSeen(done.layer, done.digest))
    return Rendering(seal(done.text, evidence), evidence, done.findings)


def _context(decision: Decision, record: Record) -> dict[str, Any]:
    """What a template may name: the record as plain data, the numbers of its sources, and the chart of its costs."""
    context: dict[str, Any] = plain_form(record)
    chart = chart_of(decision.policy, decision.costs_over(MONTHS))
    return {**context, "numbers": {one.passage: one.number for one in record.sources}, "chart": plain_form(chart)}
