"""Months as people say them, by themselves and within a question about costs."""

import pytest

from assistant.dialogue.commands import parse_command
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.horizons import months_said
from assistant.errors import InputError
from assistant.explanation.document import Style
from assistant.policy.syntax import Policy


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("", 12),
        ("24", 24),
        (" 1 ", 1),
        ("600", 600),
        ("24 months", 24),
        ("Two Years", 24),
        ("a year", 12),
        ("the first quarter", 3),
        ("the next three quarters", 9),
        ("twenty months", 20),
        ("50 years", 600),
    ],
)
def test_months_are_understood(said: str, months: int) -> None:
    assert months_said(said) == months


@pytest.mark.parametrize("said", ["0", "601", "51 years", "lots", "-3", "1.5", "two", "zero months", "9" * 5000, "२४"])
def test_what_names_no_months_is_refused(said: str) -> None:
    with pytest.raises(InputError, match="costs are shown over 1 to 600 months, not over `"):
        months_said(said)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("how much over two years?", ("costs", "24")),
        ("What will it cost within 18 months?", ("costs", "18")),
        ("what does it cost me in the first year", ("costs", "12")),
        ("how expensive is it over a quarter?", ("costs", "3")),
        ("how much?", ("costs", "")),
        ("/costs 24", ("costs", "24")),
        ("how much for the vector database?", None),
        ("we have run it for two years", None),
    ],
)
def test_a_question_about_costs_may_name_the_months(text: str, command: tuple[str, str] | None) -> None:
    assert parse_command(text) == command


def test_costs_in_the_chat_tell_totals_and_break_even_over_the_months_asked_for(shipped: Policy) -> None:
    talk = Conversation(shipped)
    talk.open()
    texts = [paragraph.text for paragraph in talk.say("/costs 24").document.paragraphs]
    assert "Costs over 24 months" in texts
    assert any(text.startswith("RAG: by month 6,") and "by month 24, $15,000 to $142,000" in text for text in texts)
    assert any("By month 24 Fine-tuning has cost less in 28.6% of the combinations" in text for text in texts)
    assert "Costs over 12 months" in [paragraph.text for paragraph in talk.say("how much?").document.paragraphs]


def test_months_that_are_none_are_told_and_nothing_is_lost(shipped: Policy) -> None:
    talk = Conversation(shipped)
    asked = talk.open().question
    reply = talk.say("/costs lots")
    assert reply.question == asked
    assert [(one.style, one.text) for one in reply.document.paragraphs] == [
        (Style.ERROR, "Costs are shown over 1 to 600 months, not over `lots`"),
        (Style.NOTE, "Say a number of months, such as /costs 24, or a stretch, such as /costs 2 years."),
    ]
