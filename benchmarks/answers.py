"""Answers from the source: what full-text search alone does, what synonyms add, and what whyso does, side by side."""

import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace

from assistant.knowledge import Source
from assistant.knowledge.english import STOP, words_of
from assistant.knowledge.search import Index
from assistant.knowledge.wording import NO_WORDING
from assistant.reasoning.loading import load_policy
from benchmarks.timing import duration, table
from tests.knowledge.questions import Asked, questions

Search = Callable[[str], list[str]]
"""The passages for a question, the best first; none where it is refused."""


class FullText:
    """SQLite FTS5 over titles and claims, with Porter's stems; with `synonyms`, a word's group is sought with it."""

    def __init__(self, source: Source, synonyms: bool) -> None:
        self.base = sqlite3.connect(":memory:")
        self.base.execute("CREATE VIRTUAL TABLE passages USING fts5(id UNINDEXED, trail, body, tokenize='porter')")
        for passage in source.passages:
            body = " ".join(
                [*(claim.text for claim in passage.claims), *(f.about for c in passage.claims for f in c.figures)]
            )
            self.base.execute("INSERT INTO passages VALUES (?, ?, ?)", (passage.id, passage.trail, body))
        self.groups: dict[str, tuple[str, ...]] = {}
        for group in source.wording.synonyms if synonyms else ():
            for phrase in group:
                self.groups[phrase] = (*self.groups.get(phrase, ()), *group)

    def __call__(self, question: str) -> list[str]:
        words = [word for word in words_of(question) if word not in STOP]
        sought = dict.fromkeys(other for word in words for other in (word, *self.groups.get(word, ())))
        if not sought:
            return []
        match = " OR ".join(f'"{word}"' for word in sought)
        rows = self.base.execute(
            "SELECT id FROM passages WHERE passages MATCH ? ORDER BY bm25(passages, 0, 3, 1) LIMIT 2", (match,)
        )
        return [row[0] for row in rows]


class Whyso:
    """The product's own search."""

    def __init__(self, source: Source) -> None:
        self.index = Index(source)

    def __call__(self, question: str) -> list[str]:
        answer = self.index.ask(question)
        return [hit.passage.id for hit in answer.hits] if answer.answered else []


def report() -> str:
    """The table of this page."""
    source = load_policy().source
    bare = replace(source, wording=NO_WORDING)
    synonyms = replace(source, wording=replace(source.wording, asked=(), unsaid=(), elsewhere=()))
    asked = questions("development") + questions("more_development")
    makers: list[tuple[str, Callable[[], Search]]] = [
        ("SQLite FTS5", lambda: FullText(source, False)),
        ("SQLite FTS5 with synonyms", lambda: FullText(source, True)),
        ("whyso, without `questions.yaml`", lambda: Whyso(bare)),
        ("whyso, with synonyms only", lambda: Whyso(synonyms)),
        ("whyso", lambda: Whyso(source)),
    ]
    rows = [[name, *_measured(make, asked)] for name, make in makers]
    topical = sum(bool(one.sections) for one in asked)
    heads = ["what", "first right", "among two", "refused", "a question", "to make the index"]
    size = sum(len(question) for _, group in source.wording.asked for question in group)
    return "\n\n".join(
        [
            "## Answers from the source",
            f"{topical} questions on the article and {len(asked) - topical} off it, those that it was developed on; "
            "right means the right section of six. FTS5 has no notion of refusing: it does where no word is found.",
            table(heads, rows),
            f"The typical questions are {size / 1024:.0f} KB of text; nothing is loaded before a question is asked.",
        ]
    )


def _measured(make: Callable[[], Search], asked: list[Asked]) -> list[str]:
    started = time.perf_counter()
    search = make()
    made = time.perf_counter() - started
    search("warm")
    started = time.perf_counter()
    found = [(one, [passage.partition(".")[0] for passage in search(one.asks)]) for one in asked]
    taken = (time.perf_counter() - started) / len(asked)
    topical = [(one, got) for one, got in found if one.sections]
    foreign = [got for one, got in found if not one.sections]
    first = sum(bool(got) and got[0] in one.sections for one, got in topical) / len(topical)
    two = sum(any(section in one.sections for section in got) for one, got in topical) / len(topical)
    refused = sum(not got for got in foreign) / len(foreign)
    return [f"{first:.0%}", f"{two:.0%}", f"{refused:.0%}", duration(taken), duration(made)]
