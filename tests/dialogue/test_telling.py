"""Telling the chat things in free text: what is taken, asked back and taken back, and what is asked meanwhile."""

import time

import pytest

from assistant.dialogue.conversation import Conversation
from assistant.explanation.plain import lines_of
from tests.dialogue.telling import text
from tests.golden import assert_golden

OPENING = (
    "We've got about 5k labelled tickets, docs change daily, need answers under 200 ms at p95, budget is tight "
    "and only two of us to run it, oh and legal wants sources."
)
UNDERSTOOD = {
    "labelled_examples": 5000,
    "update_frequency": 8,
    "latency_requirements": 9,
    "budget_constraints": 7,
    "maintenance_capacity": 4,
    "citations_required": True,
}


def offered(chat: Conversation) -> list[str]:
    assert chat.question is not None
    return [choice.label for choice in chat.question.choices]


def test_a_whole_message_is_taken_in_at_once_with_the_words_it_came_from(chat: Conversation) -> None:
    reply = chat.say(OPENING)
    assert chat.state.answers == UNDERSTOOD
    assert "labelled examples: 5,000 examples  (“about 5k labelled tickets”)" in text(reply)
    assert chat.state.words["update_frequency"] == "docs change daily"
    assert chat.question is not None
    assert chat.question.fact not in UNDERSTOOD, "asks only for the rest"


def test_one_undo_takes_a_message_back(chat: Conversation) -> None:
    chat.say(OPENING)
    assert text(chat.say("/undo")).startswith("Taken back: ")
    assert chat.state.answers == {}


def test_a_contradiction_is_asked_back_with_both_wordings(chat: Conversation) -> None:
    chat.say("we have 40k documents")
    chat.say("there are 3000 documents")
    assert chat.question is not None
    assert chat.question.text == "“3000 documents” is not what you told me before. Which holds?"
    assert offered(chat) == [
        "material to search: 40,000 documents (“40k documents”)",
        "material to search: 3,000 documents (“3000 documents”)",
        "neither",
    ]
    assert chat.state.answers == {"corpus_documents": 40_000}, "the architect decides"
    chat.say("the second")
    assert chat.state.answers == {"corpus_documents": 3000}


@pytest.mark.parametrize("beginning", ["actually, ", "sorry, ", "no, ", "correction: "])
def test_who_puts_himself_right_is_not_asked_back(chat: Conversation, beginning: str) -> None:
    chat.say("we have 40k documents")
    reply = chat.say(f"{beginning}we have 4k documents")
    assert chat.state.answers == {"corpus_documents": 4000}
    assert "changed, “4k documents”" in text(reply)


@pytest.mark.parametrize(
    "refusal", ["no, that's documents, not examples", "No, those are documents.", "sorry, I meant documents"]
)
def test_a_sentence_refuses_what_was_read_wrongly(chat: Conversation, refusal: str) -> None:
    chat.say("5000 labelled examples")
    reply = chat.say(refusal)
    assert chat.state.answers == {"corpus_documents": 5000}
    assert text(reply) == "Taken back: labelled examples. Noted instead: material to search: 5,000 documents."


def test_what_is_wrong_is_only_taken_back_where_nothing_else_is_said(chat: Conversation) -> None:
    chat.say("5000 labelled examples, and docs change daily")
    chat.say("no, that's wrong")
    assert chat.state.answers == {"labelled_examples": 5000}


def test_unclear_words_are_asked_back_as_a_choice(chat: Conversation) -> None:
    chat.say("/change citations_required")
    chat.say("we have 12k records")
    assert chat.question is not None
    assert chat.question.text.startswith("What do you mean by “12k records”?")
    assert offered(chat)[-1] == "none of these"
    chat.say("none of these")
    assert chat.state.answers == {}
    assert chat.question.fact, "the interview goes on"


def test_a_question_in_between_is_answered_and_what_was_told_beside_it_is_kept(chat: Conversation) -> None:
    reply = chat.say("We have 5k labelled tickets. What does RAG cost per month?")
    assert chat.state.answers == {"labelled_examples": 5000}
    assert "$50 to $1,000 a month" in text(reply)


def test_told_again_changes_nothing(chat: Conversation) -> None:
    chat.say("docs change daily")
    before = chat.state
    assert text(chat.say("as I said, the docs change daily")) == "I have that already: update frequency: 8 of 10."
    assert chat.state == before


def test_what_is_told_after_the_conclusion_is_concluded_anew(chat: Conversation) -> None:
    chat.say("5k labelled examples")
    assert "Recommendation: Fine-tuning" in text(chat.say("no documents at all, nothing to search"))
    reply = text(chat.say("actually, we do have 300 documents and answers must cite their sources"))
    assert "corpus_documents" in chat.state.answers
    assert chat.question is not None
    assert chat.question.fact or "Recommendation:" in reply


def test_what_if_in_free_text(chat: Conversation) -> None:
    chat.say(OPENING)
    reply = chat.say("what if the docs change once a year?")
    assert "update frequency: 2 of 10 instead of 8 of 10 (“docs change daily”)" in text(reply)
    assert chat.state.answers == UNDERSTOOD


@pytest.mark.parametrize(
    ("supposed", "told"),
    [
        ("we had 2,000 examples", "labelled examples: 2,000 examples instead of 5,000"),
        ("sources weren't needed", "need for sources: no instead of yes"),
        ("the docs were updated once a year", "update frequency: 2 of 10 instead of 8"),
    ],
)
def test_what_if_in_the_subjunctive(chat: Conversation, supposed: str, told: str) -> None:
    chat.say(OPENING)
    assert told in text(chat.say(f"what if {supposed}?"))
    assert chat.state.answers == UNDERSTOOD


def test_a_bare_answer_is_supposed_of_the_question_on_the_table(chat: Conversation) -> None:
    chat.say("/change labelled_examples")
    assert "labelled examples: 500 examples instead of" in text(chat.say("what if we had 500 only?"))
    assert chat.state.answers == {}


@pytest.mark.parametrize(
    ("question", "says", "value"),
    [
        ("labelled_examples", "about 900, give or take", 900),
        ("update_frequency", "every few days I guess, say every 3 days", 7),
        ("citations_required", "yes, legal insists", True),
        ("citations_required", "nah", False),
        ("budget_constraints", "20 grand", 7),
        ("maintenance_capacity", "~2 ppl", 4),
    ],
)
def test_the_question_on_the_table_explains_a_bare_answer(
    chat: Conversation, question: str, says: str, value: object
) -> None:
    chat.say(f"/change {question}")
    chat.say(says)
    assert chat.state.answers == {question: value}


def test_dunno_leaves_the_question_open(chat: Conversation) -> None:
    chat.say("/change labelled_examples")
    chat.say("dunno, would have to ask around")
    assert chat.state.skipped == ("labelled_examples",)


def test_what_is_not_understood_is_said_and_not_guessed(chat: Conversation) -> None:
    assert text(chat.say("the moon is made of green cheese and so am I")) == (
        "I found nothing in `the moon is made of green cheese and so am I` that I understand.\n"
        "Tell me about the system you plan, answer the question, or say /help for what can be asked."
    )
    assert chat.state.answers == {}


def test_texts_of_a_told_case(chat: Conversation) -> None:
    said = [
        OPENING,
        "there are 3000 documents",
        "there are 9000 documents in there",
        "the first",
        "what have I told you?",
    ]
    assert_golden("telling.txt", "\n\n".join(lines_of(chat.say(one).document, 80) for one in said) + "\n")


@pytest.mark.parametrize(
    "hostile", ["\u202eatad 005", "💥" * 3000, "a" * 9999, "[link=x]5k[/link]", "\x1b[2J5k", "0" * 400, "?" * 5000]
)
def test_hostile_messages_are_handled_quickly(chat: Conversation, hostile: str) -> None:
    begun = time.monotonic()
    reply = chat.say(hostile)
    assert time.monotonic() - begun < 3
    assert "\x1b" not in text(reply)
