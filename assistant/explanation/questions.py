"""Why a question is asked: what it could still decide, and the rules it would touch."""

from assistant.explanation.document import Document, Style, Writer
from assistant.explanation.wording import condition_in_words, effect, listed, one_line, option_label
from assistant.knowledge import quantity
from assistant.policy.strata import supporting
from assistant.policy.syntax import FINAL, Policy
from assistant.policy.vocabulary import Answers, FactType, Value
from assistant.reasoning.classes import ValueClass, spans
from assistant.reasoning.possibilities import outlook


def class_in_words(fact: FactType, one: ValueClass) -> str:
    """A class of values: `8 of 10 or more`, `under 1,000 examples`, `yes`."""
    if isinstance(one.low, (bool, str)) or one.low == one.high:
        return fact.say(one.low)
    assert isinstance(one.low, int)
    if one.high is None or one.high == fact.high:
        return f"{fact.say(one.low)} or more"
    return f"{quantity(one.low)} to {fact.say(one.high)}"


def prospects(policy: Policy, answers: Answers, name: str) -> list[tuple[ValueClass, tuple[str | None, ...]]]:
    """For each class of answers to an open fact, the options that would still be possible."""
    ids = supporting(policy.by_id, policy.verdict, [FINAL])
    classes = spans(policy.facts, (rule for rule in policy.rules if rule.id in ids))
    found = []
    for one in classes.get(name, ()):
        found.append((one, outlook(policy, {**answers, name: one.low}).possible))
    return found


def why_asked(policy: Policy, answers: Answers, name: str) -> Document:
    """What a question could still decide: by class of answer, and by rule."""
    fact = policy.facts[name]
    writer = Writer(policy.source)
    writer.add(Style.TEXT, one_line(fact.help), fact.cites)
    known: dict[str, Value] = {known: value for known, value in answers.items() if known != name}
    if name in outlook(policy, known).open:
        writer.add(Style.HEADING, "What your answer could decide")
        for one, possible in prospects(policy, known, name):
            options = listed((option_label(policy, option) for option in possible), "or")
            certain = "the recommendation is" if len(possible) == 1 else "still possible:"
            writer.add(Style.POINT, f"{class_in_words(fact, one)}: {certain} {options}")
    else:
        writer.add(Style.NOTE, "It cannot change the recommendation any more. It sharpens the plan and the advice.")
    bearing = supporting(policy.by_id, policy.verdict, [FINAL])
    readers = sorted((rule for rule in policy.rules if name in rule.reads), key=lambda rule: rule.id not in bearing)
    if readers:
        writer.add(Style.HEADING, "The rules it touches")
    for rule in readers[:5]:
        effects = listed(dict.fromkeys(effect(policy, consequent) for consequent in rule.then))
        text = f"{rule.id}: when {condition_in_words(policy, rule.when)}, {effects}"
        writer.add(Style.POINT, text, rule.cites, rule.id)
    if len(readers) > 5:
        writer.add(Style.NOTE, f"and {len(readers) - 5} more")
    return writer.document()
