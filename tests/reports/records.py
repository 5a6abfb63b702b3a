"""Records to test with: of the small policy's case, of a case that tells a lot, and of a conversation."""

import hashlib
import re
import shutil
from functools import lru_cache
from pathlib import Path

from assistant.policy.syntax import Policy
from assistant.reasoning.cases import read_case
from assistant.reasoning.decision import decide
from assistant.reasoning.loading import load_policy
from assistant.reports.rendering import FORMATS, Rendering, write_record
from assistant.reports.seal import digest_holds
from assistant.reports.subject import Subject, subject_of_case
from tests.rejected import BASE

__all__ = [
    "FORMATS",
    "HURRIED",
    "PRICED",
    "layer",
    "resealed",
    "small_policy",
    "small_record",
    "subject",
    "text_of",
    "written",
]

HURRIED = b"case: the office\nabout: Getting to work.\ndate: 2026-03-01\nanswers: {distance: 12, hurry: very-late}\n"


@lru_cache(maxsize=1)
def small_policy() -> Policy:
    """The small policy under tests/rejected/base."""
    return load_policy(BASE)


def subject(text: bytes, policy: Policy) -> Subject:
    """The subject of a case."""
    return subject_of_case(read_case(text, "case.yaml", policy))


def written(policy: Policy, about: Subject, form: str) -> Rendering:
    """A record as it is written to a file."""
    return write_record(decide(policy, about.answers, "reference"), about, form)


@lru_cache(maxsize=8)
def small_record(form: str) -> bytes:
    """A record under the small policy."""
    return written(small_policy(), subject(HURRIED, small_policy()), form).data


def text_of(policy: Policy, about: Subject, form: str) -> str:
    return written(policy, about, form).data.decode()


def resealed(data: bytes, form: str) -> bytes | None:
    """The same with a digest that holds, as a forger would make it; None where there is no digest any more."""
    pattern = rb'(?m)^  "digest": "sha256:([0-9a-f]{64})",$' if form == "json" else rb"\nsha256:([0-9a-f]{64})\n-->\n\Z"
    found = re.search(pattern, data)
    if found is None:
        return None
    start, end = found.span(1)
    forged = data[:start] + hashlib.sha256(data[:start] + data[end:]).hexdigest().encode() + data[end:]
    return forged if digest_holds(forged) else None


PRICED = (
    "- rule: tickets\n  when: not certain(luggage)\n"
    "  then:\n    cost:\n      - {item: A bike, options: [bike, both], low: 300, high: 500, per: once}\n"
    "      - {item: Tickets, options: [train, both], low: 20, high: 90, per: month}\n"
    "  because: Trains are paid by the month.\n  cites: [travel.distance]\n"
    "  examples:\n    - {facts: {luggage: false}, fires: true}\n    - {facts: {luggage: true}, fires: false}\n"
)
"""Rules that price: a bike is dear at the start and may be the cheaper later."""


def layer(folder: Path, files: dict[str, str]) -> Policy:
    """A layer `acme` over the small policy, with more files."""
    shutil.copytree(BASE, folder / "bike-or-train")
    head = {"policy.yaml": "policy: acme\nversion: 2.0.0\nextends: bike-or-train\n"}
    for name, text in {**head, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_policy(folder)
