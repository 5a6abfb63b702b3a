"""Answers from the source: its claims with their passages and the next best, or plainly that it says nothing; and what
a term means."""

from collections.abc import Iterable

from assistant.errors import shown
from assistant.explanation.document import Document, Style, Writer
from assistant.explanation.wording import listed, one_line
from assistant.knowledge import Answer, Citation, Claim, Hit, Meaning
from assistant.policy.syntax import Policy

MOST_CLAIMS = 4


def answer_document(policy: Policy, answer: Answer, meaning: Meaning | None = None) -> Document:
    """What the source says to a question, after what the term asked for means where it is a term."""
    writer = Writer(policy.source)
    if meaning is not None:
        write_meaning(writer, meaning)
    fitting = [hit for hit in answer.hits if hit.score > 0]
    if answer.answered and fitting:
        _say(writer, fitting[0])
        _offer(writer, "Or did you mean:", fitting[1:])
    elif meaning is None:
        writer.add(Style.TEXT, f"The article does not say.{_foreign(answer.unknown)}")
        _offer(writer, "The nearest in it:", fitting)
    return writer.document()


def _say(writer: Writer, hit: Hit) -> None:
    claims = answering(hit)
    style = Style.POINT if len(claims) > 1 else Style.TEXT
    for claim in claims:
        writer.add(style, claim.text, [Citation(hit.passage.id, claim.id)])


def answering(hit: Hit) -> tuple[Claim, ...]:
    """The claims of a passage that answer equally well, in its order: the best alone where they are many."""
    if len(hit.claims) > MOST_CLAIMS:
        return hit.claims[:1]
    return tuple(claim for claim in hit.passage.claims if claim in hit.claims)


def _offer(writer: Writer, words: str, hits: Iterable[Hit]) -> None:
    for hit in hits:
        claim = hit.claims[0]
        writer.add(Style.NOTE, f"{words} {hit.passage.title}. {claim.text}", [Citation(hit.passage.id, claim.id)])


def _foreign(words: tuple[str, ...]) -> str:
    """That some words of the question stand nowhere in the source."""
    if not words:
        return ""
    quoted = listed((f"\u201c{shown(word, 30)}\u201d" for word in words[:3]), "or")
    return f" It does not speak of {quoted}."


def write_meaning(writer: Writer, meaning: Meaning) -> None:
    """A term of the glossary: what it means, and who says so."""
    text = one_line(meaning.means)
    by = "" if meaning.basis == "article" else " In our words; the article does not explain it."
    passages = [Citation(passage) for passage in meaning.passages]
    writer.add(Style.TEXT, f"{meaning.term[:1].upper()}{meaning.term[1:]}: {text}{by}", passages)


def meaning_document(policy: Policy, meaning: Meaning) -> Document:
    """A term of the glossary by itself."""
    writer = Writer(policy.source)
    write_meaning(writer, meaning)
    return writer.document()


def glossary_document(policy: Policy) -> Document:
    """All terms of the glossary."""
    writer = Writer(policy.source)
    writer.add(Style.HEADING, "Terms")
    for meaning in sorted(policy.source.glossary, key=lambda meaning: meaning.term.lower()):
        writer.add(Style.POINT, f"{meaning.term}: {one_line(meaning.means)}")
    if not policy.source.glossary:
        writer.add(Style.TEXT, "This source has no glossary.")
    return writer.document()
