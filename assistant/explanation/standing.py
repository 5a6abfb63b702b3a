"""How sure a recommendation is, and what it takes for granted: values, readings and defaults that nobody told."""

from collections.abc import Mapping

from assistant.errors import shown
from assistant.explanation.document import Document, Style, Writer
from assistant.explanation.wording import counted, one_line, option_label, quantity_said, shares_in_words
from assistant.policy.syntax import Cost, Param, Policy, Rule
from assistant.policy.vocabulary import FactType
from assistant.reasoning.decision import Decision

MOST_OPEN = 6


def sureness_document(decision: Decision) -> Document:
    """Whether the recommendation is settled, each option's share of what is still possible, and what it hangs on."""
    policy, outlook, final = decision.policy, decision.outlook, decision.inference.verdict.final
    writer = Writer(policy.source)
    label = option_label(policy, final)
    if outlook.settled:
        writer.add(Style.VERDICT, f"Settled: {label}")
        writer.add(Style.TEXT, "No answer to an open question can change it any more; only other answers could.")
        writer.add(Style.NOTE, "Say /settle for the answers that force it, /flip for those that would change it.")
        return writer.document()
    writer.add(Style.VERDICT, f"Not settled; as it stands, {label}")
    if outlook.shares:
        writer.add(Style.TEXT, f"Of what is still possible: {shares_in_words(policy, outlook.shares)}.")
    if not outlook.proven:
        writer.add(Style.NOTE, "Whether it is settled could not be proved in time.")
    writer.add(Style.HEADING, "What it hangs on")
    for name in outlook.open[:MOST_OPEN]:
        writer.add(Style.POINT, policy.facts[name].label)
    if len(outlook.open) > MOST_OPEN:
        writer.add(Style.POINT, f"and {counted(len(outlook.open) - MOST_OPEN, 'more answer')}")
    return writer.document()


def assumptions_document(decision: Decision, words: Mapping[str, str]) -> Document:
    """What is taken for granted: how words were read, what the costs go by, values and rules that are the house's."""
    policy, inference = decision.policy, decision.inference
    writer = Writer(policy.source)
    read = [policy.facts[name] for name in policy.told if name in words and policy.facts[name].anchors_because]
    if read:
        writer.add(Style.HEADING, "How I read your words")
    for fact in read:
        value = fact.say(inference.answers.get(fact.name))
        text = f"\u201c{shown(words[fact.name])}\u201d as {value} for {fact.label}. {one_line(fact.anchors_because)}"
        writer.add(Style.POINT, text, fact.cites)
    _defaults(writer, decision)
    _values(writer, policy)
    _rules(writer, [rule for rule in inference.fired if rule.basis == "house"])
    return writer.document()


def _defaults(writer: Writer, decision: Decision) -> None:
    """The counts that the costs go by although nobody told them."""
    policy = decision.policy
    assumed = {item.rule: item for cost in decision.costs for item in cost.items if item.assumed}
    if assumed:
        writer.add(Style.HEADING, "What the costs assume until told")
    for rule in assumed:
        for fact, count in _counted(policy, rule):
            writer.add(Style.POINT, fact.state(count), rule.cites, rule.id)


def _counted(policy: Policy, rule: Rule) -> list[tuple[FactType, int]]:
    costs = [consequent for consequent in rule.then if isinstance(consequent, Cost) and consequent.times]
    return [(policy.facts[str(cost.times)], cost.otherwise) for cost in costs]


def _values(writer: Writer, policy: Policy) -> None:
    for basis, heading in (("article", "Values from the article"), ("house", "Values of the house")):
        params = [param for param in policy.params.values() if param.basis == basis]
        if params:
            writer.add(Style.HEADING, heading)
        for param in params:
            writer.add(Style.POINT, _param(param), param.cites)


def _param(param: Param) -> str:
    reason = f". {one_line(param.because)}" if param.because else ""
    return f"{param.label}: {quantity_said(param.value)}{reason}"


def _rules(writer: Writer, rules: list[Rule]) -> None:
    """The reasons of house rules, each once with the rules that it stands for."""
    reasons: dict[str, list[Rule]] = {}
    for rule in rules:
        reasons.setdefault(one_line(rule.reason), []).append(rule)
    if reasons:
        writer.add(Style.HEADING, "Readings of the house that spoke here")
    for reason, given in reasons.items():
        cites = [citation for rule in given for citation in rule.cites]
        writer.add(Style.POINT, f"{reason} ({', '.join(rule.id for rule in given)})", cites, given[0].id)
