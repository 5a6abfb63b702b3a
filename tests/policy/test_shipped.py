"""The shipped policy as a whole: everything is grounded, everything is read, and nothing stands there idly."""

import re
from collections import Counter

from jinja2 import Environment, nodes

from assistant.policy.folder import installed
from assistant.policy.strata import supporting
from assistant.policy.syntax import FINAL, Advise, Conclude, Cost, Impossible, Policy, Rule, Score
from assistant.policy.vocabulary import Kind

MATRIX = (
    *("data_volume", "update_frequency", "latency_requirements", "accuracy_needs", "budget_constraints"),
    "maintenance_capacity",
)
DECIDING = (
    *("labelled_examples", "corpus_documents", "citations_required", "current_facts_required"),
    *(
        "factual_lookup_required",
        "style_consistency_required",
        "domain_reasoning_required",
        "behaviour_change_required",
    ),
)


def texts(rule: Rule) -> list[str]:
    """Every text of a rule."""
    said = [rule.because, rule.reason]
    for consequent in rule.then:
        match consequent:
            case Advise(text=text):
                said.append(text)
            case Impossible(reason=text):
                said.append(text)
    return said


def names_in(text: str) -> set[str]:
    """The facts that a text shows."""
    return {node.name for node in Environment(autoescape=True).parse(text).find_all(nodes.Name)} - {"params"}


def raw(rule: Rule) -> str:
    """A rule as it is written in its file."""
    file, _, line = rule.at.partition(":")
    text = (installed("rules") / file).read_text(encoding="utf-8").splitlines(keepends=True)[int(line) - 1 :]
    return re.split(r"(?m)^- ", "".join(text), maxsplit=2)[1]


def test_every_rule_cites_or_says_why_the_house_holds_it(shipped: Policy) -> None:
    for rule in shipped.rules:
        assert rule.cites if rule.basis == "article" else rule.reason, rule.id


def test_every_rule_has_an_example_that_fires_and_one_that_just_does_not(shipped: Policy) -> None:
    for rule in shipped.rules:
        assert {example.fires for example in rule.examples} == {True, False}, rule.id


def test_every_claim_is_cited_by_a_rule_or_is_background(shipped: Policy) -> None:
    cited = {citation.claim for rule in shipped.rules for citation in rule.cites}
    idle = [claim.id for claim in shipped.source.claims.values() if not claim.background and claim.id not in cited]
    assert idle == []


def test_no_background_claim_is_cited_by_a_rule(shipped: Policy) -> None:
    cited = {citation.claim for rule in shipped.rules for citation in rule.cites}
    assert [claim.id for claim in shipped.source.claims.values() if claim.background and claim.id in cited] == []


def test_every_param_is_read(shipped: Policy) -> None:
    written = "\n".join(raw(rule) for rule in shipped.rules)
    idle = [name for name in shipped.params if not re.search(rf"params\.{name}\b", written)]
    assert idle == []


def test_every_fact_is_read(shipped: Policy) -> None:
    """By a condition, a text or a cost; a derived fact may also be part of the verdict."""
    read = {name for rule in shipped.rules for name in rule.reads}
    read |= {name for rule in shipped.rules for text in texts(rule) for name in names_in(text)}
    read |= {c.times for rule in shipped.rules for c in rule.then if isinstance(c, Cost) and c.times}
    verdict = shipped.verdict
    read |= {verdict.chosen, *verdict.needs, *verdict.parts, *verdict.beside}
    assert [name for name in shipped.facts if name not in read] == []


def test_every_derived_fact_is_concluded(shipped: Policy) -> None:
    concluded = {c.fact for rule in shipped.rules for c in rule.then if isinstance(c, Conclude)}
    assert concluded == set(shipped.derived)


def test_every_value_of_a_derived_choice_is_concluded(shipped: Policy) -> None:
    concluded = {(c.fact, c.value) for rule in shipped.rules for c in rule.then if isinstance(c, Conclude)}
    for fact in shipped.derived.values():
        if fact.kind is Kind.CHOICE and fact.options != shipped.facts[shipped.verdict.chosen].options:
            assert {(fact.name, option.value) for option in fact.options} <= concluded, fact.name


def test_every_fact_says_why_it_matters(shipped: Policy) -> None:
    for fact in shipped.told.values():
        assert fact.question.endswith("?"), fact.name
        assert len(fact.help) > 20, fact.name
        assert fact.cites if fact.basis == "article" else fact.because, fact.name


def test_questions_and_labels_are_told_apart(shipped: Policy) -> None:
    for said in ([fact.question for fact in shipped.told.values()], [fact.label for fact in shipped.facts.values()]):
        assert [text for text, times in Counter(said).items() if times > 1] == []


def test_the_matrix_needs_its_six_facts(shipped: Policy) -> None:
    assert shipped.verdict.needs == MATRIX


def test_the_verdict_depends_on_the_six_and_the_eight_and_nothing_else(shipped: Policy) -> None:
    ids = supporting(shipped.by_id, shipped.verdict, [FINAL])
    read = {name for id in ids for name in shipped.by_id[id].reads}
    assert read & set(shipped.told) == {*MATRIX, *DECIDING}


def test_points_are_given_by_the_matrix_only(shipped: Policy) -> None:
    for rule in shipped.rules:
        if any(isinstance(consequent, Score) for consequent in rule.then):
            assert set(rule.reads) <= set(MATRIX), rule.id
            assert rule.cites[0].passage == "framework.matrix", rule.id


def test_nothing_is_declared_impossible_over_what_decides(shipped: Policy) -> None:
    for rule in shipped.rules:
        if any(isinstance(consequent, Impossible) for consequent in rule.then):
            assert not set(rule.reads) & {*MATRIX, *DECIDING}, rule.id


def test_no_text_names_a_fact_that_its_rule_does_not_read(shipped: Policy) -> None:
    """Or it would read `not known` where the rule fires without it."""
    for rule in shipped.rules:
        named = {name for text in texts(rule) for name in names_in(text)}
        assert named <= set(rule.reads), rule.id
