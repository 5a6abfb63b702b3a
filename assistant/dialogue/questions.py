"""Questions as they are put, and what a typed reply to one means. Pure: nothing here remembers anything."""

import re
from dataclasses import dataclass
from fractions import Fraction

from assistant.explanation.wording import one_line
from assistant.policy.vocabulary import AnswerError, FactType, Kind, Value, check_value, read_answer
from assistant.reading.nodes import Plain
from assistant.reading.scalars import plain_value

NOT_SURE = "not sure"
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_UNSURE = frozenset(
    (
        "not sure",
        "notsure",
        "unsure",
        "skip",
        "pass",
        "don't know",
        "dont know",
        "i don't know",
        "i dont know",
        "dunno",
        "no idea",
        "unknown",
        "idk",
    )
)
_YES = frozenset(("yes", "y", "yeah", "yep", "yup", "sure", "true", "correct", "right", "of course", "definitely"))
_NO = frozenset(("no", "n", "nope", "nah", "false", "not really", "not at all"))


@dataclass(frozen=True, slots=True)
class Choice:
    """A reply that is offered. `said` is what choosing it says; `key` a digit, or empty where digits are values."""

    label: str
    said: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question on the table. `fact` is empty where it offers what to do next; `hint` says how to reply."""

    fact: str
    text: str
    hint: str
    choices: tuple[Choice, ...]
    optional: bool = False


def question_for(fact: FactType, *, optional: bool = False) -> Question:
    """The question for a fact, with the replies it offers; `not sure` is always one of them."""
    offered: list[tuple[str, str]] = []
    if fact.kind is Kind.FLAG:
        offered = [("yes", "yes"), ("no", "no")]
    elif fact.kind is Kind.CHOICE:
        offered = [(option.label, option.value) for option in fact.options]
    elif fact.words:
        offered = [(word.label, word.word) for word in fact.words]
    offered.append((NOT_SURE, NOT_SURE))
    digits = not fact.numeric
    choices = tuple(
        Choice(label, said, str(number) if digits and number < 10 else "")
        for number, (label, said) in enumerate(offered, 1)
    )
    return Question(fact.name, one_line(fact.question), _hint(fact), choices, optional)


def _hint(fact: FactType) -> str:
    match fact.kind:
        case Kind.SCALE:
            low, high = fact.ends
            ends = f" ({fact.low}: {low}; {fact.high}: {high})" if low else ""
            words = ", or a word" if fact.words else ""
            measure = f", or {fact.measure.about}, such as {fact.measure.example}" if fact.measure else ""
            return f"A number from {fact.low} to {fact.high}{ends}{words}{measure}"
        case Kind.COUNT:
            return f"A whole number: how many {fact.unit}"
        case Kind.FLAG:
            return "Yes or no"
        case _:
            return "Choose one"


def folded(text: str) -> str:
    """A reply without capitals, ends and runs of spaces, for comparing."""
    return " ".join(text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split()).strip(" .!")


def means_unsure(text: str) -> bool:
    """Whether a reply says that one does not know."""
    return text.strip() == "?" or folded(text) in _UNSURE


def means_yes(text: str) -> bool:
    """Whether a reply is a plain yes."""
    return folded(text) in _YES


def means_no(text: str) -> bool:
    """Whether a reply is a plain no."""
    return folded(text) in _NO


def reply_value(fact: FactType, question: Question, text: str) -> Value:
    """The value that a typed reply gives to the fact asked for; raises `AnswerError` with help."""
    said = folded(text)
    chosen = next((choice for choice in question.choices if choice.key and choice.key == said), None)
    if chosen is None:
        chosen = next((choice for choice in question.choices if folded(choice.label) == said), None)
    if chosen is not None:
        text = said = chosen.said
    if fact.kind is Kind.FLAG:
        if said in _YES or said in _NO:
            return said in _YES
        raise AnswerError("this takes yes or no", help="type yes, no or not sure")
    if fact.kind is Kind.CHOICE:
        wanted = said.replace(" ", "_").replace("-", "_")
        found = next((option.value for option in fact.options if option.value in (wanted, said)), None)
        return check_value(fact, found if found is not None else text)
    if fact.kind is Kind.COUNT:
        return check_value(fact, _count(text))
    return read_answer(fact, plain_value(text.strip()))


_COUNT = re.compile(
    r"(?:about|around|roughly|approximately|some|~)?\s*(\d{1,3}(?:[ ,_]\d{3})+|\d{1,16}(?:\.\d{1,6})?)"
    r"\s*(k|m|thousand|million)?",
    re.ASCII,
)
_THOUSANDS = {"k": 1000, "thousand": 1000, "m": 1_000_000, "million": 1_000_000}


def _count(text: str) -> Plain:
    """A count as people write it: `5,000`, `5k`, `about 900`, `none`; anything else as it stands."""
    said = folded(text)
    if said in ("none", "zero", "nothing"):
        return 0
    found = _COUNT.fullmatch(said)
    if not found:
        return plain_value(text.strip())
    number = Fraction(re.sub("[ ,_]", "", found[1])) * _THOUSANDS.get(found[2] or "", 1)
    return int(number) if number.denominator == 1 else float(number)
