"""Answers from the source and the glossary as plain data for JSON: the keys of docs/contract.md."""

from typing import Any

from assistant.explanation.answers import answering
from assistant.explanation.wording import one_line
from assistant.knowledge import Answer, Meaning, Source


def answer_data(source: Source, answer: Answer, meaning: Meaning | None) -> dict[str, Any]:
    """`whyso ask`: the best passages, the best first, each with the claim that says most of what was asked."""
    passages = []
    for hit in answer.hits:
        claim = answering(hit)[0]
        passages.append(
            {
                "passage": hit.passage.id,
                "title": hit.passage.trail,
                "claim": claim.id,
                "text": claim.text,
                "link": source.link(hit.passage.id),
                "score": hit.score,
            }
        )
    return {
        "answered": answer.answered,
        "passages": passages,
        "meaning": meaning_data(meaning) if meaning else None,
    }


def meaning_data(meaning: Meaning) -> dict[str, Any]:
    """`whyso meaning`: a term of the glossary."""
    return {
        "term": meaning.term,
        "also": list(meaning.also),
        "means": one_line(meaning.means),
        "basis": meaning.basis,
        "passages": list(meaning.passages),
    }
