"""Facts as people name them: by id, by label, at the beginning of what they say; and what is supposed of them."""

import re
from collections.abc import Mapping

from assistant.dialogue.questions import means_unsure, question_for, reply_value
from assistant.dialogue.understanding import read
from assistant.errors import InputError, did_you_mean, shown
from assistant.explanation.wording import listed
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import AnswerError, FactType, Value

_INDICATIVE = {
    **{"had": "have", "hadn't": "haven't", "were": "are", "weren't": "aren't", "was": "is", "wasn't": "isn't"},
    **{"did": "do", "didn't": "don't", "needed": "need", "wanted": "want", "could": "can", "couldn't": "can't"},
}
"""What a supposition says of what is not so (`what if we had 2,000 examples`), as one would say it if it were."""
_SUBJUNCTIVE = re.compile(rf"\b(?:{'|'.join(_INDICATIVE)})\b(?!')", re.IGNORECASE)
_BETWEEN = re.compile(r" and |[ ,]+(?=\w+=)")


def fact_named(policy: Policy, name: str) -> str | None:
    """The fact of that id or label."""
    wanted = " ".join(name.lower().split())
    for fact in policy.told.values():
        if wanted and wanted in (fact.name, fact.name.replace("_", " "), fact.label.lower()):
            return fact.name
    return None


def fact_and_rest(policy: Policy, text: str) -> tuple[str | None, str]:
    """The fact whose name or label a text begins with, the longest first, and what follows it."""
    words = text.split()
    for length in range(len(words), 0, -1):
        fact = fact_named(policy, " ".join(words[:length]))
        if fact is not None:
            return fact, " ".join(words[length:])
    return None, ""


def similar(policy: Policy, text: str) -> str:
    """Help that names the facts a text could mean."""
    wanted = text.split()[0].lower() if text.split() else ""
    alike = [name for name in policy.told if wanted and wanted in name.split("_")]
    if alike:
        return "did you mean " + listed((f"`{name}`" for name in alike[:4]), "or") + "?"
    return did_you_mean(text, policy.told) or "say /answers for what you have told me"


def answered(policy: Policy, fact: FactType, text: str) -> Value:
    """The value that a text gives a fact: as a reply to its question, else as free text; raises `AnswerError`."""
    try:
        return reply_value(fact, question_for(fact), text)
    except AnswerError:
        told = read(policy, text, fact.name).facts.get(fact.name)
        if told is None:
            raise
        return told.value


def supposed(policy: Policy, text: str, asked: str | None = None) -> Mapping[str, Value | None]:
    """What a text supposes: `fact=answer` and the like, joined by `and`, or free text; None makes a fact unknown.

    `asked` is the fact that the question on the table is about: a bare answer is one to that.
    """
    changes: dict[str, Value | None] = {}
    try:
        for part in _BETWEEN.split(text):
            if part.strip():
                name, value = _one(policy, part)
                if name in changes:
                    raise InputError(f"`{name}` is to change twice", help="say each fact once")
                changes[name] = value
    except InputError:
        indicative = _SUBJUNCTIVE.sub(lambda found: _INDICATIVE[found[0].lower()], text.replace("\u2019", "'"))
        told = read(policy, indicative).facts or read(policy, text).facts or read(policy, indicative, asked).facts
        if not told:
            raise
        return {name: fact.value for name, fact in told.items()}
    return changes


def _one(policy: Policy, text: str) -> tuple[str, Value | None]:
    """A supposed answer: `fact=answer`, or the fact, `is` or `were`, and the answer as one would reply it."""
    name, answer = fact_and_rest(policy, text.replace("=", " = ", 1))
    if name is None:
        raise InputError(f"there is no fact in `{shown(text.strip())}`", help=similar(policy, text.partition("=")[0]))
    for sign in ("=", "is", "was", "were", "became"):
        answer = answer.removeprefix(f"{sign} ")
    if not answer or answer == "=" or means_unsure(answer):
        return name, None
    return name, answered(policy, policy.facts[name], answer)
