"""Makes the record of a decision: the sentences and the JSON of the commands, put together and numbered once."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from assistant import __version__
from assistant.dialogue.state import State
from assistant.explanation.alternatives import (
    chance_line,
    flips_document,
    lacking_line,
    settling_document,
    short_line,
    worth_telling,
)
from assistant.explanation.conclusion import (
    ADVICE_TITLES,
    advice,
    scores_line,
    standing,
    write_obstacles,
    write_parts,
    write_reasons,
)
from assistant.explanation.document import Document, Style, Writer, unmarked
from assistant.explanation.proof import DEEPEST, Step, proof, step_in_words
from assistant.explanation.standing import assumptions_document
from assistant.explanation.wording import because, one_line, option_label, recommendation
from assistant.knowledge import Citation
from assistant.policy.syntax import Policy, Rule
from assistant.reasoning.claims import Flips, Settling
from assistant.reasoning.contrast import WhyNot, speaking_for, why_not
from assistant.reasoning.counterfactuals import flips_of, settling
from assistant.reasoning.decision import Decision
from assistant.reasoning.outlook import MONTHS, CostOutlook
from assistant.reports.contrasts import flips_data, settling_data, why_not_data
from assistant.reports.cost_table import costs_seen
from assistant.reports.costs import costs_data
from assistant.reports.data import decision_data
from assistant.reports.record import (
    FactSeen,
    OpenFact,
    OptionSeen,
    Outcome,
    PolicySeen,
    ProofStep,
    Record,
    Replay,
    Section,
    SourcePassage,
    SourceSeen,
    Statement,
    Told,
)
from assistant.reports.subject import Subject
from assistant.sessions.plain_form import plain_form
from assistant.sessions.record import FactRecord, fact_records

MOST_LACKING = 8
COMMANDS = (
    "whyso verify RECORD",
    "whyso decide case.json --full",
    "whyso how case.json --full",
    "whyso costs case.json",
    "whyso flip case.json",
)


def record_of(decision: Decision, subject: Subject) -> Record:
    """The record of a decision on the answers of a subject."""
    return _Recorder(decision, subject).record()


class _Recorder:
    """Asks each question about one decision once."""

    def __init__(self, decision: Decision, subject: Subject) -> None:
        self.decision = decision
        self.subject = subject
        self.policy = decision.policy
        self.inference = decision.inference
        self.costs: CostOutlook = decision.costs_over(MONTHS)
        self.flips: Flips = flips_of(self.policy, self.inference.answers)
        self.settling: Settling = settling(self.policy, self.inference.answers)
        self.why_not: dict[str, WhyNot] = {
            option.id: why_not(decision, option.id)
            for option in self.policy.options
            if option.id != decision.recommended
        }

    def record(self) -> Record:
        """The whole record."""
        subject, decision, policy = self.subject, self.decision, self.policy
        label = option_label(policy, decision.recommended)
        parts: dict[str, Any] = {
            "policy": _policy(policy),
            "outcome": self.outcome(label),
            "facts": tuple(self.fact(one) for one in self.fact_records()),
            "open": tuple(_open(policy, name) for name in decision.outlook.open),
            "options": tuple(self.option(option.id) for option in policy.options),
            "firings": tuple(_statement(because(rule, self.inference), rule) for rule in self.inference.fired),
            "proof": self.proof(),
            "consequences": tuple(self.consequences()),
            "assumptions": tuple(_sections(assumptions_document(decision, subject.words), policy)),
            "costs": costs_seen(decision, self.costs),
            "revisit": _told(flips_document(decision, self.flips, words=subject.words), policy),
            "settles": _told(settling_document(policy, self.settling, subject.words), policy),
        }
        return Record(
            whyso=__version__,
            title=f"{subject.name or policy.title}: {label}",
            name=subject.name,
            about=one_line(subject.about),
            date=subject.date,
            session=subject.session,
            **parts,
            sources=_sources(policy, self.inference.fired, _cited(tuple(parts.values()))),
            replay=Replay(_case_file(subject), COMMANDS),
            proven=self.proven,
            results=self.results(),
        )

    @property
    def proven(self) -> bool:
        """Whether everything that was to be proved was."""
        possible = all(one.possible is not None for one in self.why_not.values())
        minimal = self.settling.minimal or not self.settling.settled
        proofs = (self.decision.outlook.proven, self.flips.proven, self.flips.complete, self.settling.proven)
        return all(proofs) and minimal and possible

    def outcome(self, label: str) -> Outcome:
        decision, inference = self.decision, self.inference
        return Outcome(
            decision.recommended,
            label,
            recommendation(decision),
            standing(decision),
            decision.outlook.settled,
            scores_line(inference),
            *(self.told(write) for write in (write_reasons, write_parts, write_obstacles)),
        )

    def told(self, write: Any) -> tuple[Statement, ...]:
        """What a part of the conclusion says."""
        writer = Writer(self.policy.source)
        write(writer, self.inference)
        return _statements(writer.document(), self.policy)

    def fact_records(self) -> tuple[FactRecord, ...]:
        """Every fact that has a value."""
        state = State(answers=self.inference.answers, words=self.subject.words)
        return fact_records(self.decision, state, self.subject.turns)

    def fact(self, one: FactRecord) -> FactSeen:
        fact = self.policy.facts[one.fact]
        rule = self.policy.by_id[one.rule] if one.rule else None
        answered = one.provenance == "told" and one.words is None
        return FactSeen(
            one.fact,
            fact.label,
            one.value,
            fact.say(one.value),
            fact.unit,
            fact.state(one.value),
            "answered" if answered else one.provenance,
            one.words,
            one.turn,
            one.rule,
            rule.at if rule else None,
        )

    def option(self, id: str) -> OptionSeen:
        policy, outlook = self.policy, self.decision.outlook
        found = self.why_not.get(id)
        fired = speaking_for(self.decision, id)
        against = (*found.excluded_by, *found.required_by) if found else ()
        short = short_line(policy, found) if found else ""
        chances = " ".join(filter(None, (chance_line(found, policy.label(id)), short))) if found else ""
        return OptionSeen(
            id,
            policy.label(id),
            found is None,
            self.inference.scores.get(id),
            round(outlook.shares.get(id, 0.0), 6) if outlook.shares else None,
            chances,
            tuple(_statement(because(rule, self.inference), rule) for rule in fired),
            tuple(_statement(because(rule, self.inference), rule) for rule in dict.fromkeys(against)),
            tuple(self.lacking(found)) if found else (),
        )

    def lacking(self, found: WhyNot) -> Iterator[Statement]:
        """What would have to be so for more rules to speak for an option."""
        for lacking in worth_telling(found)[:MOST_LACKING]:
            yield _statement(lacking_line(self.policy, lacking, self.subject.words), lacking.rule)

    def proof(self) -> tuple[ProofStep, ...]:
        seen: set[Step] = set()
        root = proof(self.inference, self.subject.words)
        return tuple(self.step(one, seen, 0) for one in root.origins)

    def step(self, step: Step, seen: set[Step], level: int) -> ProofStep:
        """A step with what it rests on; one that stands there already, or lies too deep, without that."""
        repeated = step in seen and bool(step.origins)
        seen.add(step)
        cut = repeated or level + 1 >= DEEPEST
        below = () if cut else tuple(self.step(one, seen, level + 1) for one in step.origins)
        rule = step.rule
        return ProofStep(
            level,
            step_in_words(self.inference, step),
            step.provenance,
            rule.id if rule else None,
            rule.at if rule else None,
            _passages(rule.cites) if rule else (),
            repeated,
            below,
        )

    def consequences(self) -> Iterator[Section]:
        """The advice by its kind."""
        pieces = advice(self.inference)
        for kind, title in ADVICE_TITLES.items():
            told = tuple(_statement(text, rule) for piece, rule, text in pieces if piece.kind == kind)
            if told:
                yield Section(kind, title, told)

    def results(self) -> dict[str, Any]:
        """What the commands print as JSON."""
        found = {
            "decide": decision_data(self.decision),
            "flip": flips_data(self.flips, self.policy, every=True),
            "settle": settling_data(self.settling),
            "why_not": {id: why_not_data(one, self.policy) for id, one in self.why_not.items()},
            "costs": costs_data(self.decision, MONTHS),
        }
        plain: dict[str, Any] = plain_form(found)
        return plain


def _policy(policy: Policy) -> PolicySeen:
    source = policy.source
    seen = SourceSeen(source.id, source.title, source.author, source.published, source.url)
    return PolicySeen(policy.id, policy.title, policy.version, policy.digest, policy.layers, seen)


def _open(policy: Policy, name: str) -> OpenFact:
    fact = policy.facts[name]
    return OpenFact(name, fact.label, one_line(fact.question))


def _passages(cites: Iterable[Citation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.passage for citation in cites))


def _statement(text: str, rule: Rule) -> Statement:
    return Statement(text, _passages(rule.cites), rule.id, rule.at)


def _statements(document: Document, policy: Policy) -> tuple[Statement, ...]:
    """The sentences of a document, without its headings."""
    found = []
    for paragraph in document.paragraphs:
        if paragraph.style is not Style.HEADING:
            at = policy.by_id[paragraph.rule].at if paragraph.rule else None
            found.append(Statement(unmarked(document, paragraph), paragraph.cites, paragraph.rule, at))
    return tuple(found)


def _told(document: Document, policy: Policy) -> Told:
    lead, *points = _statements(document, policy)
    return Told(lead, tuple(points))


def _sections(document: Document, policy: Policy) -> Iterator[Section]:
    """The sentences of a document under its headings."""
    heads = [place for place, one in enumerate(document.paragraphs) if one.style is Style.HEADING]
    for begin, end in zip(heads, [*heads[1:], len(document.paragraphs)], strict=True):
        below = Document(document.paragraphs[begin + 1 : end], document.sources)
        title = document.paragraphs[begin].text
        yield Section(title.lower().replace(" ", "-"), title, _statements(below, policy))


def _cited(value: Any) -> set[str]:
    """Every passage that is cited anywhere in a part of a record."""
    if is_dataclass(value):
        own: set[str] = set(getattr(value, "cites", ()))
        return own.union(*(_cited(getattr(value, one.name)) for one in fields(value)))
    return set().union(*map(_cited, value)) if isinstance(value, tuple) else set()


def _sources(policy: Policy, fired: Iterable[Rule], cited: set[str]) -> tuple[SourcePassage, ...]:
    """The cited passages in the source's order, with the claims on which fired rules rest."""
    source = policy.source
    claims = {citation.claim for rule in fired for citation in rule.cites}
    found = [passage for passage in source.passages if passage.id in cited]
    return tuple(
        SourcePassage(
            number,
            passage.id,
            passage.trail,
            source.link(passage.id),
            source.link(passage.id) if source.source_of(passage.id).url else "",
            tuple(claim.text for claim in passage.claims if claim.id in claims),
        )
        for number, passage in enumerate(found, 1)
    )


def _case_file(subject: Subject) -> str:
    """The answers, and the own figures, as a case file."""
    costs: dict[str, dict[str, list[float | int]]] = {}
    for figure in subject.own:
        for option in figure.options:
            costs.setdefault(option, {})[figure.item] = [_number(figure.low), _number(figure.high)]
    case = {"answers": dict(subject.answers), **({"costs": costs} if costs else {})}
    return json.dumps(case, indent=2, ensure_ascii=True, sort_keys=True)


def _number(amount: Fraction) -> float | int:
    return int(amount) if amount.denominator == 1 else float(amount)
