"""What a message that tells something changes: facts to take, and doubts to ask back. Pure; the conversation owns them.

A clear fact is taken at once. One that contradicts what was told before is asked back, unless the message puts it
right itself or answers the question about it; so are words that could mean several facts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.dialogue.questions import Choice, Question
from assistant.dialogue.understanding import Certainty, ReadFact, Reading, read
from assistant.errors import shown
from assistant.explanation.document import Document, Paragraph, Style
from assistant.knowledge import quantity
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers, FactType, Kind, Value

_PUTS_RIGHT = re.compile(
    r"\s*(?:no\b|nope|actually|sorry|correction|wait|scratch that|i meant|make (?:that|it)|rather|my mistake|update:)",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\s*(?:no|nope|wrong|sorry|not quite)[,.;: ]+"
    r"(?:(?:that|it|this)(?:'s|\u2019s| is| was)|(?:those|these|they) (?:are|were)|i meant|i mean)\s+"
    r"(?P<now>.+?)(?:,?\s+(?:and )?not\s+(?P<was>.+?))?[.!]*\s*",
    re.IGNORECASE | re.DOTALL,
)
_WRONG = frozenset(("wrong", "not right", "not correct", "incorrect", "not true", "not what i said", "nonsense"))


@dataclass(frozen=True, slots=True)
class Told:
    """A fact with its value and the words for it."""

    fact: str
    value: Value
    words: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that are asked back, and what they may mean; with `against`, the first choice is what was told before."""

    words: str
    choices: tuple[Told, ...]
    against: bool = False


@dataclass(frozen=True, slots=True)
class Intake:
    """What is taken from a message: new facts, those that replace an earlier value, those told again, and doubts."""

    new: tuple[ReadFact, ...] = ()
    changed: tuple[ReadFact, ...] = ()
    again: tuple[ReadFact, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def taken(self) -> tuple[ReadFact, ...]:
        """All facts that get a value."""
        return self.new + self.changed


def intake(reading: Reading, text: str, answers: Answers, words: Mapping[str, str], asked: str | None) -> Intake:
    """What a reading of a message changes in what has been told."""
    puts_right = _PUTS_RIGHT.match(text) is not None
    corrected = {one.fact for one in reading.corrections}
    new, changed, again, doubts = [], [], [], []
    for name, fact in reading.facts.items():
        if name not in answers:
            new.append(fact)
        elif answers[name] == fact.value:
            again.append(fact)
        elif puts_right or name == asked or name in corrected:
            changed.append(fact)
        else:
            before = Told(name, answers[name], words.get(name, ""))
            doubts.append(Doubt(fact.text, (before, Told(name, fact.value, fact.text)), against=True))
    for unclear in reading.unclear:
        choices = tuple(Told(one.fact, one.value, unclear.text) for one in unclear.candidates)
        if choices and not any(answers.get(one.fact) == one.value for one in choices):
            doubts.append(Doubt(unclear.text, choices))
    return Intake(tuple(new), tuple(changed), tuple(again), tuple(doubts))


def noted(policy: Policy, taken: Intake) -> Document:
    """What was understood, fact by fact, with the words it came from."""
    lines = [*((fact, "") for fact in taken.new), *((fact, "changed, ") for fact in taken.changed)]
    if not lines:
        said = [f"{policy.facts[fact.fact].state(fact.value)}" for fact in taken.again]
        text = f"I have that already: {'; '.join(said)}." if said else ""
        return Document((Paragraph(Style.NOTE, text),)) if text else Document()
    texts = [f"{policy.facts[fact.fact].state(fact.value)}  ({how}{_quoted(policy, fact)})" for fact, how in lines]
    if len(texts) == 1:
        return Document((Paragraph(Style.NOTE, f"Noted: {texts[0]}."),))
    head = Paragraph(Style.NOTE, "Noted; /undo takes it back, or say what is wrong:")
    return Document((head, *(Paragraph(Style.POINT, text) for text in texts)))


def _quoted(policy: Policy, told: ReadFact) -> str:
    """The words of a fact, how they were counted where that is not plain, and whether they sounded unsure."""
    fact = policy.facts[told.fact]
    plain = fact.kind is not Kind.COUNT or told.stated == quantity(int(told.value))
    counted = "" if plain else f": {told.stated}"
    unsure = ", not quite certain" if told.certainty is Certainty.HEDGED else ""
    return f"\u201c{shown(' '.join(told.text.split()), 120)}\u201d{counted}{unsure}"


def doubt_question(policy: Policy, doubt: Doubt) -> Question:
    """The question that asks a doubt back."""
    words = shown(" ".join(doubt.words.split()), 80)
    if doubt.against:
        text = f"\u201c{words}\u201d is not what you told me before. Which holds?"
    else:
        text = f"What do you mean by \u201c{words}\u201d?"
    choices = [
        Choice(_offered(policy.facts[told.fact], told), f"/take {number}", str(number))
        for number, told in enumerate(doubt.choices[:8], 1)
    ]
    choices.append(Choice("neither" if doubt.against else "none of these", "/take 0", str(len(choices) + 1)))
    return Question("", text, "Choose one, or say it in other words", tuple(choices))


def _offered(fact: FactType, told: Told) -> str:
    words = " ".join(told.words.split())
    quoted = f" (\u201c{shown(words, 60)}\u201d)" if words else ""
    return f"{fact.state(told.value)}{quoted}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """That a fact was read wrongly: it goes, and in its place comes `instead`, if that was said."""

    fact: str
    instead: Told | None


def refusal(policy: Policy, text: str, recent: dict[str, Value], words: Mapping[str, str]) -> Refusal | None:
    """What `no, that's documents, not examples` takes back of what was told last; None for other messages."""
    found = _REFUSES.fullmatch(text)
    if not found or not recent:
        return None
    now, was = found["now"].strip(" .!"), found["was"] or ""
    if now.lower() in _WRONG:
        return Refusal(next(reversed(recent)), None)
    named = [name for name in recent if was and _speaks_of(policy, name, was, recent[name])]
    for name in named or [name for name in reversed(recent) if policy.facts[name].numeric]:
        for other in policy.told:
            if other != name and _speaks_of(policy, other, now, recent[name]):
                return Refusal(name, Told(other, recent[name], words.get(name, "")))
    return None


def _speaks_of(policy: Policy, name: str, words: str, value: Value) -> bool:
    """Whether some words name a fact: its label, or what is counted, as the vocabulary says."""
    fact = policy.facts[name]
    if words.lower() in (fact.label.lower(), fact.name, fact.name.replace("_", " "), fact.unit):
        return True
    told = read(policy, f"we have {value} {words}").facts.get(name) if fact.kind is Kind.COUNT else None
    return told is not None and told.value == value
