"""Questions that the source answers, not the conversation: what it says, what a term means, which option is meant."""

from assistant.dialogue.intents import asked_meaning
from assistant.errors import did_you_mean, shown
from assistant.explanation.answers import answer_document, glossary_document, meaning_document
from assistant.explanation.document import Document, Style, said, told_wrong
from assistant.knowledge import index_of
from assistant.policy.syntax import Policy


def answer_to(policy: Policy, question: str) -> Document:
    """What the source says to a question, what a term in it means, or that neither is known and what can be asked."""
    index = index_of(policy.source)
    meaning = index.meaning(asked_meaning(question) or "")
    answer = index.ask(question)
    document = answer_document(policy, answer, meaning)
    if answer.answered or meaning:
        return document
    hint = "I answer what the article says, and what I do and why; say /help for what can be asked."
    return document + said(hint, Style.NOTE)


def answer_if_said(policy: Policy, question: str) -> Document | None:
    """What the source says to a question; None where it says nothing."""
    answer = index_of(policy.source).ask(question)
    return answer_document(policy, answer) if answer.answered else None


def meaning_of(policy: Policy, term: str) -> Document:
    """What a term means: by the glossary, else by the source; all terms where none is named."""
    if not term:
        return glossary_document(policy)
    meaning = index_of(policy.source).meaning(term)
    if meaning is not None:
        return meaning_document(policy, meaning)
    answered = answer_if_said(policy, term)
    if answered is not None:
        return answered
    forms = [form for known in policy.source.glossary for form in known.forms]
    help = did_you_mean(term, forms) or "say /meaning for all terms"
    return told_wrong(f"there is no term `{shown(term)}` in the glossary", help)


def option_words(policy: Policy) -> list[str]:
    """The words by which options go: their ids and names, and what the source's synonyms give for these."""
    labels = {option.label.lower() for option in policy.options}
    groups = [group for group in policy.source.wording.synonyms if labels & set(group)]
    named = [word for option in policy.options for word in (option.id, option.label)]
    return [*named, *(word for group in groups for word in group)]


def option_meant(policy: Policy, text: str) -> str | None:
    """The option that is meant by its id or its name, or by words of the same meaning."""
    wanted = " ".join(text.lower().replace("-", " ").replace("_", " ").split()).strip(" .!?")
    wanted = wanted.removeprefix("the ").removeprefix("a ")
    for option in policy.options:
        if wanted in (option.id.replace("_", " "), option.label.lower().replace("-", " ")):
            return option.id
    alike = index_of(policy.source).alike
    return next((option.id for option in policy.options if alike(wanted, option.label)), None)
