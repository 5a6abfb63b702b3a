"""Utterances of very different writers, with the facts that a careful reader takes from each; and how a reading scores.

Each entry has `says`, `asked` (the question on the table, if any), `facts` (with the value and the `words` it comes
from) and `may` (facts that one might defend, with any value). `held_out.yaml` was written apart and is never looked at
while developing.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.dialogue.understanding import Reading, read
from assistant.policy.syntax import Policy

FOLDER = Path(__file__).parent


@dataclass
class Score:
    """Facts read rightly, wrongly and not at all, over a file."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    overlapping: int = 0
    slowest: float = 0.0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}, recall {self.recall:.3f}, {self.overlapping} of {self.right} overlap"


def utterances(name: str) -> list[dict[str, Any]]:
    """The utterances of a file."""
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return found


def score(policy: Policy, name: str) -> Score:
    """How the reader does on a file."""
    total = Score()
    for utterance in utterances(name):
        read(policy, utterance["says"], utterance.get("asked"))
        started = time.perf_counter()
        reading = read(policy, utterance["says"], utterance.get("asked"))
        total.slowest = max(total.slowest, time.perf_counter() - started)
        _count(total, utterance, reading)
    return total


def _count(total: Score, utterance: dict[str, Any], reading: Reading) -> None:
    wanted = utterance["facts"]
    for name, fact in reading.facts.items():
        if name in wanted and type(wanted[name]["value"]) is type(fact.value) and wanted[name]["value"] == fact.value:
            start = utterance["says"].index(wanted[name]["words"])
            total.right += 1
            total.overlapping += fact.start < start + len(wanted[name]["words"]) and start < fact.end
        elif name in wanted or name not in utterance.get("may", ()):
            total.wrong += 1
    total.missed += sum(
        name not in reading.facts or reading.facts[name].value != fact["value"] for name, fact in wanted.items()
    )
