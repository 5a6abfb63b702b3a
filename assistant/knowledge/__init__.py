"""The source that rules cite: what it says, in our words, with every figure as data; and answers from it."""

from assistant.knowledge.loader import load_source
from assistant.knowledge.search import Answer, Hit, ask, index_of
from assistant.knowledge.source import Citation, Claim, Figure, Passage, Source, counted, joined, quantity
from assistant.knowledge.wording import Meaning, Wording

__all__ = [
    "Answer",
    "Citation",
    "Claim",
    "Figure",
    "Hit",
    "Meaning",
    "Passage",
    "Source",
    "Wording",
    "ask",
    "counted",
    "index_of",
    "joined",
    "load_source",
    "quantity",
]
