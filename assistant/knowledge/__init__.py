"""The source that rules cite: what it says, in our words, with every figure as data."""

from assistant.knowledge.loader import load_source
from assistant.knowledge.source import Citation, Claim, Figure, Passage, Source, counted, quantity

__all__ = ["Citation", "Claim", "Figure", "Passage", "Source", "counted", "load_source", "quantity"]
