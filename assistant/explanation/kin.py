"""What belongs together: a fact, the rules that read it, the passages they rest on; from whichever one starts."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.policy.syntax import Policy


class Subject(StrEnum):
    """What can be pointed at."""

    FACT = "fact"
    RULE = "rule"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Topic:
    """A fact, rule or passage by its name."""

    subject: Subject
    name: str


@dataclass(frozen=True, slots=True)
class Kin:
    """A topic and its next of kin: facts by name, rules and passages by id, in the policy's order; the claims cited."""

    topic: Topic
    facts: tuple[str, ...]
    rules: tuple[str, ...]
    passages: tuple[str, ...]
    claims: frozenset[str]

    def holds(self, topic: Topic | None) -> bool:
        """Whether a topic is one of them."""
        if topic is None:
            return False
        several = {Subject.FACT: self.facts, Subject.RULE: self.rules, Subject.PASSAGE: self.passages}
        return topic.name in several[topic.subject] or topic.name in self.claims


def fact_topic(name: str) -> Topic:
    """A fact."""
    return Topic(Subject.FACT, name)


def rule_topic(name: str) -> Topic:
    """A rule."""
    return Topic(Subject.RULE, name)


def passage_topic(name: str) -> Topic:
    """A passage, or a claim in it."""
    return Topic(Subject.PASSAGE, name)


def kin_of(policy: Policy, topic: Topic) -> Kin:
    """A rule with the facts it reads or concludes and its passages; a fact with the rules that do so and theirs.

    A passage comes with the rules that cite it, or a claim in it, and with the facts they read.
    """
    match topic.subject:
        case Subject.RULE:
            rules = [policy.by_id[topic.name]]
        case Subject.FACT:
            rules = [rule for rule in policy.rules if topic.name in rule.reads or topic.name in rule.writes]
        case Subject.PASSAGE:
            rules = [rule for rule in policy.rules if any(topic.name in (one.passage, one.claim) for one in rule.cites)]
    touched = {name for rule in rules for name in (*rule.reads, *rule.writes)}
    cited = {citation.passage for rule in rules for citation in rule.cites}
    claims = {str(citation) for rule in rules for citation in rule.cites}
    if topic.subject is Subject.FACT:
        touched = {topic.name}
        cited |= {citation.passage for citation in policy.facts[topic.name].cites}
        claims |= {str(citation) for citation in policy.facts[topic.name].cites}
    if topic.subject is Subject.PASSAGE:
        for name, fact in policy.facts.items():
            if any(topic.name in (one.passage, one.claim) for one in fact.cites):
                touched.add(name)
        cited, claims = {topic.name.partition("#")[0]}, {topic.name}
    return Kin(
        topic,
        tuple(name for name in policy.facts if name in touched),
        tuple(rule.id for rule in rules),
        tuple(passage.id for passage in policy.source.passages if passage.id in cited),
        frozenset(claims),
    )
