"""Questions about the shipped source as people ask them, each with the sections that answer it; none for off topic."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.knowledge import Answer
from assistant.knowledge.search import Index

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Asked:
    """A question, and the sections that answer it, the best first."""

    asks: str
    sections: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """How an index does: shares of the questions that are answered by a right section, and of those refused."""

    first: float
    among_two: float
    refused: float

    def __str__(self) -> str:
        return f"first right {self.first:.1%}, among the first two {self.among_two:.1%}, refused {self.refused:.1%}"


def questions(name: str) -> list[Asked]:
    """The questions of a file here."""
    entries = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return [Asked(entry["asks"], tuple(entry["sections"])) for entry in entries]


def sections(answer: Answer) -> list[str]:
    """The sections of an answer's passages; none where it is no answer."""
    return [hit.passage.id.partition(".")[0] for hit in answer.hits] if answer.answered else []


def score(index: Index, asked: list[Asked]) -> Score:
    """The score over some questions, on topic and off."""
    found = [(one, sections(index.ask(one.asks))) for one in asked]
    topical = [(one, got) for one, got in found if one.sections]
    foreign = [got for one, got in found if not one.sections]
    first = sum(bool(got) and got[0] in one.sections for one, got in topical)
    two = sum(any(section in one.sections for section in got[:2]) for one, got in topical)
    refused = sum(not got for got in foreign)
    return Score(first / max(len(topical), 1), two / max(len(topical), 1), refused / max(len(foreign), 1))
