"""Why a question is asked: what it could still decide, and the rules it would touch."""

from collections.abc import Iterable

from assistant.explanation.document import Document, Style, Writer
from assistant.explanation.wording import (
    condition_in_words,
    counted,
    effect,
    listed,
    one_line,
    percent,
    shares_in_words,
)
from assistant.knowledge import quantity
from assistant.policy.strata import supporting
from assistant.policy.syntax import FINAL, Policy, Rule
from assistant.policy.vocabulary import Answers, FactType, Value
from assistant.reasoning.classes import ValueClass
from assistant.reasoning.elicitation import NextQuestion, prospects_of
from assistant.reasoning.possibilities import outlook

MOST_RULES = 5
FEW_RULES = 2
TOO_MUCH_OPEN = "It can still change the recommendation; too much is open to weigh each answer."
PERCENTAGES = "Percentages are shares of the answers that are still possible, weighed by the policy's priors."


def class_in_words(fact: FactType, one: ValueClass) -> str:
    """A class of values: `8 of 10 or more`, `0 to 999 examples`, `yes`."""
    if isinstance(one.low, (bool, str)) or one.low == one.high:
        return fact.say(one.low)
    assert isinstance(one.low, int)
    if one.high is None or one.high == fact.high:
        return f"{fact.say(one.low)} or more"
    return f"{quantity(one.low)} to {fact.say(one.high)}"


def classes_in_words(fact: FactType, classes: Iterable[ValueClass]) -> str:
    """Several classes of values, neighbours put together: `0 to 1 of 10 or 8 of 10 or more`."""
    merged: list[ValueClass] = []
    for one in sorted(classes, key=lambda one: (str(type(one.low)), one.low)):
        before = merged[-1].high if merged else None
        if fact.numeric and isinstance(before, int) and isinstance(one.low, int) and before + 1 == one.low:
            merged[-1] = ValueClass(merged[-1].low, one.high)
        else:
            merged.append(one)
    return listed((class_in_words(fact, one) for one in merged), "or")


def why_asked(policy: Policy, answers: Answers, name: str) -> Document:
    """What a question could still decide: by class of answer, and by rule."""
    fact = policy.facts[name]
    writer = Writer(policy.source)
    writer.add(Style.TEXT, one_line(fact.help), fact.cites)
    known: dict[str, Value] = {known: value for known, value in answers.items() if known != name}
    found = outlook(policy, known)
    leads = prospects_of(policy, known, name)
    if name in found.open and not leads:
        writer.add(Style.NOTE, TOO_MUCH_OPEN)
    elif name in found.open:
        writer.add(Style.HEADING, "What your answer could decide")
        for prospect in leads:
            certain = "the recommendation is" if len(prospect.shares) == 1 else "still possible:"
            shares = shares_in_words(policy, prospect.shares)
            writer.add(Style.POINT, f"{class_in_words(fact, prospect.answer)}: {certain} {shares}")
        writer.add(Style.NOTE, PERCENTAGES)
    else:
        writer.add(Style.NOTE, "It cannot change the recommendation any more. It sharpens the plan and the advice.")
    _write_touched(writer, policy, name)
    return writer.document()


def rules_touched(policy: Policy, name: str) -> list[Rule]:
    """The rules that read a fact, those that bear on the verdict first."""
    bearing = supporting(policy.by_id, policy.verdict, [FINAL])
    return sorted((rule for rule in policy.rules if name in rule.reads), key=lambda rule: rule.id not in bearing)


def _write_touched(writer: Writer, policy: Policy, name: str) -> None:
    bearing = supporting(policy.by_id, policy.verdict, [FINAL])
    touched = rules_touched(policy, name)
    shown = [rule for rule in touched if rule.id in bearing][:MOST_RULES] or touched[:FEW_RULES]
    if touched:
        writer.add(Style.HEADING, "The rules it touches")
    for rule in shown:
        effects = listed(dict.fromkeys(effect(policy, consequent) for consequent in rule.then))
        text = f"When {condition_in_words(policy, rule.when)}: {effects}  ({rule.id}, {rule.place})"
        writer.add(Style.POINT, text, rule.cites, rule.id)
    if len(touched) > len(shown):
        others = counted(len(touched) - len(shown), "more rule")
        writer.add(Style.NOTE, f"and {others}, for the plan, the costs and the advice")


def why_line(policy: Policy, answers: Answers, found: NextQuestion) -> str:
    """Why a question comes next, in a sentence."""
    if not found.prospects:
        return TOO_MUCH_OPEN
    shares = outlook(policy, answers).shares
    settling = sum(prospect.prior for prospect in found.prospects if len(prospect.shares) == 1)
    open = f"Still possible: {shares_in_words(policy, shares)}."
    if settling <= 0:
        return f"{open} This question leads soonest to a settled recommendation."
    if all(len(prospect.shares) == 1 for prospect in found.prospects):
        return f"{open} Whatever the answer is, it settles it."
    return f"{open} The answer settles it in {percent(settling)} of the cases that are still possible."


def next_question_document(policy: Policy, answers: Answers, found: NextQuestion) -> Document:
    """The best next question, what each answer leads to, and how many are left at most."""
    writer = Writer(policy.source)
    if found.fact is None:
        settled = outlook(policy, answers).settled
        text = (
            "Nothing is left to ask: the recommendation is settled" if settled else "Nothing is left that may be asked"
        )
        writer.add(Style.VERDICT, text)
        return writer.document()
    fact = policy.facts[found.fact]
    writer.add(Style.VERDICT, one_line(fact.question), fact.cites)
    writer.add(Style.TEXT, why_line(policy, answers, found))
    for prospect in found.prospects:
        answer = class_in_words(fact, prospect.answer)
        writer.add(Style.POINT, f"{answer}: {shares_in_words(policy, prospect.shares)}")
    if found.prospects:
        writer.add(Style.NOTE, PERCENTAGES)
    _write_touched(writer, policy, fact.name)
    questions = (
        "this is the last question" if found.left_at_most == 1 else f"at most {found.left_at_most} questions are left"
    )
    writer.add(Style.NOTE, f"{fact.name}; {questions}")
    return writer.document()
