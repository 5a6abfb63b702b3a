"""Plain words to commands: many wordings of each, typing mistakes, and what must not be taken for a command."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.commands import BY_NAME, parse_command
from assistant.dialogue.intents import Intent, asked_meaning, asks, intent_of
from assistant.dialogue.wordings import WORDINGS

SPOKEN = yaml.safe_load((Path(__file__).parent / "wordings.yaml").read_text(encoding="utf-8"))
OPTIONS = ("rag", "RAG", "fine_tuning", "Fine-tuning", "hybrid", "Hybrid")


@pytest.mark.parametrize(("command", "text"), [(command, text) for command, texts in SPOKEN.items() for text in texts])
def test_wording_means_its_command(command: str, text: str) -> None:
    intent = intent_of(text, OPTIONS)
    assert (intent.command if intent else "none") == command


def test_every_wording_leads_to_a_command_that_exists() -> None:
    assert set(WORDINGS) <= set(BY_NAME)
    assert set(SPOKEN) - {"none"} == set(WORDINGS)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Why not Fine-tuning?", Intent("why-not", "Fine-tuning")),
        ("what if the data_volume is 5,000?", Intent("what-if", "the data_volume is 5,000")),
        ("What does “vector database” mean here?", Intent("meaning", "vector database")),
        ("sources 3", Intent("sources", "3")),
        ("sources whyso:cost.rag", Intent("sources", "whyso:cost.rag")),
        ("please change my answer to data volume", Intent("change", "data volume")),
        ("when would you recommend RAG?", Intent("flip", "RAG")),
    ],
)
def test_argument_stands_as_it_was_written(text: str, intent: Intent) -> None:
    assert intent_of(text, OPTIONS) == intent


def test_slash_commands_are_taken_word_for_word() -> None:
    assert parse_command("/ask what does RAG cost?") == ("ask", "what does RAG cost?")
    assert parse_command("/Nonsense x") == ("nonsense", "x")
    assert parse_command("5000") is None


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("RAG cost?", True),
        ("what does RAG cost", True),
        ("is it consistent", True),
        ("5000", False),
        ("daily", False),
        ("which", False),
        ("we have 5k tickets", False),
        ("", False),
    ],
)
def test_what_counts_as_a_question(text: str, question: bool) -> None:
    assert asks(text) is question


@pytest.mark.parametrize(
    ("text", "term"),
    [("what is RAG?", "RAG"), ("whats a vector database", "vector database"), ("how fast is RAG?", None), ("", None)],
)
def test_term_that_is_asked_for(text: str, term: str | None) -> None:
    assert asked_meaning(text) == term


@given(st.text(max_size=300))
def test_any_text_is_understood_or_not_without_harm(text: str) -> None:
    intent = intent_of(text, OPTIONS)
    assert intent is None or intent.command in BY_NAME
    asks(text)
    asked_meaning(text)


@pytest.mark.parametrize(
    "text", ["why " * 5000, "?" * 10_000, "\x00\x1b[2J", "\u202ewhy", "\U0001f914", "what if " * 9]
)
def test_hostile_texts_take_no_time(text: str) -> None:
    intent_of(text, OPTIONS)
    asked_meaning(text)
