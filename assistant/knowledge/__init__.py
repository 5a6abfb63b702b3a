"""The source that rules cite: what it says, in our words, with every figure as data; and answers from it.

What finds answers is imported when it is first asked for: most commands only cite.
"""

from typing import TYPE_CHECKING

from assistant.knowledge.loader import load_source
from assistant.knowledge.source import Citation, Claim, Figure, Passage, Source, counted, joined, quantity
from assistant.knowledge.wording import Meaning, Wording

if TYPE_CHECKING:
    from assistant.knowledge.search import Answer, Hit, ask, index_of

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


def __getattr__(name: str) -> object:
    if name not in ("Answer", "Hit", "ask", "index_of"):
        raise AttributeError(f"module {__name__} has no attribute {name}")
    from assistant.knowledge import search

    return getattr(search, name)
