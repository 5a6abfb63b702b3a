"""What was read out of a message as data, by docs/contract.md."""

from typing import Any

from assistant.dialogue.understanding import ReadFact, Reading, Unclear


def reading_data(reading: Reading) -> dict[str, Any]:
    """The result of `whyso read`."""
    return {
        "facts": {name: _fact(fact) for name, fact in reading.facts.items()},
        "unclear": [_unclear(one) for one in reading.unclear],
        "corrections": [
            {"fact": one.fact, "was": _fact(one.was), "now": _fact(one.now)} for one in reading.corrections
        ],
    }


def _fact(fact: ReadFact) -> dict[str, Any]:
    return {
        "value": fact.value,
        "stated": fact.stated,
        "text": fact.text,
        "start": fact.start,
        "end": fact.end,
        "certainty": str(fact.certainty),
    }


def _unclear(one: Unclear) -> dict[str, Any]:
    candidates = [{"fact": c.fact, "value": c.value, "stated": c.stated} for c in one.candidates]
    return {"text": one.text, "start": one.start, "end": one.end, "candidates": candidates}
