"""Free text to typed facts with the very words they came from: `read`."""

from assistant.dialogue.understanding.reader import read
from assistant.dialogue.understanding.results import Candidate, Certainty, Correction, ReadFact, Reading, Unclear

__all__ = ["Candidate", "Certainty", "Correction", "ReadFact", "Reading", "Unclear", "read"]
