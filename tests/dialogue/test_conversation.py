"""Whole conversations without a screen."""

import io

import pytest

from assistant.dialogue.conversation import Conversation, Reply
from assistant.dialogue.lines import converse
from assistant.explanation.plain import lines_of
from assistant.policy.syntax import Policy
from assistant.reasoning.elicitation import next_question
from assistant.reasoning.loading import load_policy
from tests.dialogue.telling import text
from tests.golden import assert_golden


def say(chat: Conversation, *messages: str) -> Reply:
    reply = chat.open() if not messages else None
    for message in messages:
        reply = chat.say(message)
    assert reply is not None
    return reply


def asked(chat: Conversation) -> str:
    assert chat.question is not None
    return chat.question.fact


def test_first_question_is_the_one_that_leads_soonest_to_the_end(chat: Conversation, policy: Policy) -> None:
    assert asked(chat) == next_question(policy, {}).fact


@pytest.mark.parametrize(
    ("typed", "value"),
    [("5000", 5000), ("5,000", 5000), ("5 000", 5000), ("5k", 5000), ("about 900", 900), ("none", 0)],
)
def test_counts_as_people_type_them(chat: Conversation, typed: str, value: int) -> None:
    say(chat, "/change data_volume", typed)
    assert chat.state.answers["data_volume"] == value


@pytest.mark.parametrize(("typed", "value"), [("7", 7), ("daily", 8), ("Static", 0), ("real time", 10), ("0", 0)])
def test_scale_takes_a_number_as_its_value_and_a_word_as_an_anchor(chat: Conversation, typed: str, value: int) -> None:
    say(chat, "/change update frequency", typed)
    assert chat.state.answers["update_frequency"] == value


def test_choices_by_digit_and_by_word(chat: Conversation) -> None:
    say(chat, "/change citations_required")
    assert asked(chat) == "citations_required"
    say(chat, "2")
    assert chat.state.answers["citations_required"] is False
    say(chat, "/change citations_required yes")
    assert chat.state.answers["citations_required"] is True
    say(chat, "/change query_mix diverse")
    assert chat.state.answers["query_mix"] == "diverse"


def test_wrong_entry_is_explained_and_asked_again(chat: Conversation) -> None:
    say(chat, "/change data_volume")
    before = chat.state
    reply = say(chat, "many")
    assert "takes a whole number" in text(reply)
    assert reply.question is not None
    assert reply.question.fact == "data_volume"
    assert chat.state == before


def test_number_out_of_range_keeps_what_was_said(chat: Conversation) -> None:
    reply = say(chat, "/change data_volume 5000", "/change update_frequency", "11")
    assert "from 0 to 10" in text(reply)
    assert chat.state.answers == {"data_volume": 5000}
    assert asked(chat) == "update_frequency"


@pytest.mark.parametrize("words", ["not sure", "?", "dunno", "I don't know", "skip"])
def test_not_sure_leaves_a_question_open_and_goes_on(chat: Conversation, words: str) -> None:
    first = asked(chat)
    say(chat, words)
    assert chat.state.answers == {}
    assert chat.state.skipped == (first,)
    assert asked(chat) != first


def test_undo_takes_back_one_answer_and_asks_it_again(chat: Conversation) -> None:
    say(chat, "/change data_volume 5000", "/change update_frequency daily", "go back")
    assert chat.state.answers == {"data_volume": 5000}
    assert asked(chat) == "update_frequency"
    say(chat, "/undo", "/undo")
    assert chat.state.answers == {}


def test_change_keeps_everything_else(chat: Conversation) -> None:
    say(chat, "/change data_volume 5000", "/change update_frequency daily", "/change data volume", "900")
    assert chat.state.answers == {"data_volume": 900, "update_frequency": 8}


def test_undo_of_a_changed_answer_says_what_holds_again_and_does_not_ask(chat: Conversation) -> None:
    say(chat, "/set data_volume=5000 update_frequency=3")
    asked = chat.question
    reply = say(chat, "/change data_volume 20", "/undo")
    assert text(reply).splitlines()[0] == "As before: data volume: 5,000 items."
    assert chat.question == asked
    assert chat.state.answers == {"data_volume": 5000, "update_frequency": 3}


def test_restart_can_be_undone(chat: Conversation) -> None:
    say(chat, "/change data_volume 5000", "start over")
    assert chat.state.answers == {}
    say(chat, "/undo")
    assert chat.state.answers == {"data_volume": 5000}


def test_why_tells_what_the_answer_could_decide(chat: Conversation) -> None:
    reply = say(chat, "/change update_frequency", "why do you ask?")
    assert "What your answer could decide" in text(reply)
    assert "volatile-sources-favour-rag" in text(reply)
    assert asked(chat) == "update_frequency"


@pytest.mark.parametrize(
    "command",
    [
        *("/how", "/answers", "/sources", "/result", "/plan", "/costs", "/help", "/nonsense", "/flip", "/settle"),
        *("why not rag?", "what if data_volume=500?", "what would change your mind?", "what settles it?"),
        *("/why-not", "/why-not nothing", "/what-if", "/what-if nothing=1", "/flip nothing", "/what-if data_volume=x"),
    ],
)
def test_questions_leave_the_question_on_the_table(chat: Conversation, command: str) -> None:
    before, question = chat.state, chat.question
    reply = say(chat, command)
    assert (chat.state, reply.question) == (before, question)
    assert text(reply)


def test_questions_about_the_result_in_plain_words(chat: Conversation) -> None:
    say(chat, "/change data_volume 5000", "/change latency_requirements 9")
    assert "Why not RAG" in text(say(chat, "why not RAG?"))
    assert "instead of 5,000 items" in text(say(chat, "what if data_volume is 500?"))
    assert "changed answer" in text(say(chat, "what would change your mind?"))
    assert "Not settled" in text(say(chat, "what settles it?"))
    assert chat.state.answers == {"data_volume": 5000, "latency_requirements": 9}


def conclude(chat: Conversation) -> Reply:
    """Answers every question that is asked until there is a conclusion."""
    replies = {
        "data_volume": "5000",
        "update_frequency": "3",
        "latency_requirements": "9",
        "accuracy_needs": "8",
        "budget_constraints": "4",
        "maintenance_capacity": "7",
        "labelled_examples": "2000",
        "corpus_documents": "100",
    }
    reply: Reply | None = None
    while chat.question is not None and chat.question.fact:
        reply = chat.say(replies.get(chat.question.fact, "no"))
    assert reply is not None
    return reply


def test_conversation_ends_in_a_settled_and_cited_recommendation(chat: Conversation) -> None:
    reply = conclude(chat)
    assert "Recommendation: Fine-tuning" in text(reply)
    assert "That settles it" in text(reply)
    assert "could not change it any more, so I do not ask" in text(reply)
    assert "This is settled" in text(reply)
    assert chat.decision.outlook.settled
    assert reply.document.sources
    assert_golden("conversation-conclusion.txt", lines_of(reply.document, 80) + "\n")


def test_sources_open_by_their_number(chat: Conversation) -> None:
    conclude(chat)
    first = chat.sources[0]
    reply = say(chat, "/sources 1")
    assert reply.passage == first.passage
    assert first.title in text(reply)


def test_no_question_that_cannot_change_the_verdict_is_asked_for_it(chat: Conversation) -> None:
    while chat.question is not None and chat.question.fact:
        assert chat.question.fact in chat.decision.outlook.open
        chat.say("not sure" if len(chat.state.answers) % 3 == 2 else "yes" if chat.question.choices[0].key else "1")


def test_everything_left_open_still_gives_a_conclusion(chat: Conversation) -> None:
    reply = chat.open()
    while chat.question is not None and chat.question.fact:
        reply = chat.say("not sure")
    assert "could still change it" in text(reply)


def test_further_questions_are_offered_and_optional(chat: Conversation) -> None:
    conclude(chat)
    assert chat.question is not None
    assert chat.question.choices[0].said == "/more"
    verdict = chat.decision.inference.verdict.final
    say(chat, "1")
    count = 0
    while chat.question.fact:
        assert chat.question.optional
        chat.say("not sure" if count % 2 else chat.question.choices[0].said if chat.question.choices[0].key else "3")
        count += 1
        assert count < 60
    assert chat.decision.inference.verdict.final == verdict


def test_too_long_and_empty_messages_lose_nothing(chat: Conversation) -> None:
    say(chat, "/change data_volume 5000", "/change latency_requirements")
    before = chat.state
    for message in ("x" * 20_000, "", "   ", "\x1b[2J", "\u202eabc", "[bold]x[/bold]"):
        reply = chat.say(message)
        assert chat.state == before
        assert "\x1b" not in text(reply)
        assert reply.question is not None


def test_plain_lines_from_greeting_to_goodbye(policy: Policy) -> None:
    sink = io.StringIO()
    source = io.StringIO("5000\nwhy\n300\nyes\n/quit\nnever read\n")
    converse(policy, "reference", source, sink)
    assert sink.getvalue().rstrip().endswith("Goodbye.")
    assert "never read" not in sink.getvalue()
    assert_golden("plain-chat.txt", sink.getvalue())


def test_end_of_input_ends_the_chat(policy: Policy) -> None:
    sink = io.StringIO()
    converse(policy, "reference", io.StringIO("5000\n"), sink)
    assert "Noted: labelled examples: 5,000 examples." in sink.getvalue()


def test_a_turn_that_is_stopped_half_way_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Conversation(load_policy(), "reference")
    talk.open()
    talk.say("5k")
    before = (talk.state, talk.question, list(talk.history), talk.decision)

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("assistant.dialogue.conversation.deciding", stopped)
    with pytest.raises(KeyboardInterrupt):
        talk.say("/change citations_required yes")
    assert (talk.state, talk.question, talk.history, talk.decision) == before


QUESTIONS = """what does RAG cost per month?
is fine-tuning more consistent
what's the weather in Paris?
what does LoRA mean?
why not both?
5000
how sure are you?
what if the scores are close?
what if data_volume is 200?
what if unicorns exist?
/meaning p95
/meaning zeppelin
gibberish blah
/quit
"""


def test_questions_at_any_time_in_plain_lines(policy: Policy) -> None:
    sink = io.StringIO()
    converse(policy, "reference", io.StringIO(QUESTIONS), sink)
    assert_golden("plain-chat-questions.txt", sink.getvalue())


def test_assumptions_tell_how_words_were_read(chat: Conversation) -> None:
    say(chat, "/change update_frequency daily")
    reply = say(chat, "what are you assuming?")
    assert "“daily” as 8 of 10 for update frequency" in text(reply)
    assert "What the costs assume until told" in text(reply)
    assert_golden("assumptions.txt", lines_of(reply.document, 80) + "\n")


@pytest.mark.parametrize(
    "question",
    [
        *("how fast is RAG?", "what does LoRA mean?", "who are the Beatles?", "/ask which tools?", "/ask", "/meaning"),
        *("/meaning lora", "/sure", "/assumptions", "how sure are you", "are my answers safe with you?"),
    ],
)
def test_question_stays_on_the_table_while_another_is_answered(chat: Conversation, question: str) -> None:
    say(chat, "/change data_volume 5000", "/change update_frequency")
    before = chat.state
    reply = say(chat, question)
    assert text(reply)
    assert (chat.state, asked(chat)) == (before, "update_frequency")


def test_answer_that_looks_like_a_question_is_an_answer(chat: Conversation) -> None:
    say(chat, "/change update_frequency", "?")
    assert "update_frequency" in chat.state.skipped
    say(chat, "/change citations_required", "sure")
    assert chat.state.answers == {"citations_required": True}


def test_option_by_another_word(chat: Conversation) -> None:
    say(chat, "/change data_volume 5000", "/change latency_requirements 9")
    assert text(say(chat, "why not both?")) == text(say(chat, "/why-not hybrid"))
    assert text(say(chat, "why not finetuning")) == text(say(chat, "/why-not fine_tuning"))


def test_what_is_not_understood_is_said(chat: Conversation) -> None:
    reply = say(chat, "who are the Beatles?")
    assert "The article does not say. It does not speak of “beatles”." in text(reply)
    assert "/help for what can be asked" in text(reply)


def test_settled_result_says_so(chat: Conversation) -> None:
    conclude(chat)
    assert "Settled: Fine-tuning" in text(say(chat, "are you sure?"))
