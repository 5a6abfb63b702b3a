"""Answers from the source: how often they are right, what is refused, and that no input does harm."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.knowledge import Source, ask, index_of
from assistant.knowledge.search import Index
from assistant.knowledge.wording import NO_WORDING
from assistant.policy.syntax import Policy
from tests.knowledge.questions import questions, score


@pytest.fixture(scope="module")
def source(shipped: Policy) -> Source:
    return shipped.source


@pytest.mark.parametrize(
    ("name", "first", "among_two", "refused"),
    [
        ("development", 0.98, 0.98, 1.0),
        ("more_development", 0.94, 0.96, 0.95),
        ("third_development", 0.95, 0.97, 0.95),
        ("fourth_development", 0.94, 0.96, 0.93),
        ("fifth_development", 0.94, 0.96, 0.93),
        ("held_out", 0.95, 0.98, 0.90),
    ],
)
def test_questions_find_their_section(
    name: str, first: float, among_two: float, refused: float, source: Source
) -> None:
    found = score(index_of(source), questions(name))
    print(f"{name}: {found}")
    assert found.first >= first
    assert found.among_two >= among_two
    assert found.refused >= refused


def test_there_are_enough_questions_and_they_are_answered_by_sections_that_exist(source: Source) -> None:
    asked = questions("development") + questions("more_development")
    known = {passage.id.partition(".")[0] for passage in source.passages}
    assert sum(bool(one.sections) for one in asked) >= 80
    assert sum(not one.sections for one in asked) >= 20
    assert {section for one in asked for section in one.sections} == known


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("what does hosting a fine-tuned model cost per month?", "cost.fine-tuning#hosting"),
        ("how much is it to keep the vectors?", "cost.rag#vector-storage"),
        ("how many examples does training need at least?", "implementation.fine-tuning#minimum-examples"),
        ("response time of RAG in ms", "benchmarks.latency#rag-response-time"),
        ("is fine-tuning more consistent?", "benchmarks.consistency#fine-tuning-consistent-form"),
        ("should I use LoRA?", "implementation.stack#fine-tuning-adapters"),
    ],
)
def test_best_claim_is_the_one_that_says_it(question: str, claim: str, source: Source) -> None:
    answer = ask(source, question)
    assert answer.answered
    assert claim in [one.id for one in answer.hits[0].claims]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("hidden costs of RAG", "hiden costs of RAG"),
        ("consistency of fine-tuning", "consistancy of fine-tuning"),
        ("conditional routing of queries", "conditional ruoting of queries"),
        ("vector database setup", "vectordatabase setup"),
        ("hallucinations", "halucinations"),
    ],
)
def test_typing_mistakes_are_forgiven(right: str, wrong: str, source: Source) -> None:
    assert [hit.passage.id for hit in ask(source, wrong).hits] == [hit.passage.id for hit in ask(source, right).hits]


def test_unknown_words_are_named(source: Source) -> None:
    answer = ask(source, "does RAG run on a zeppelin?")
    assert not answer.answered
    assert answer.unknown == ("zeppelin",)


def test_unanswered_still_lists_the_nearest_two(source: Source) -> None:
    for question in ("who is the president of Brazil?", "\U0001f600", "?", "مرحبا بالعالم", "the of and"):
        answer = ask(source, question)
        assert not answer.answered
        assert len(answer.hits) == 2


def test_subject_that_the_source_leaves_unsaid_is_refused_although_its_words_are_known(source: Source) -> None:
    assert not ask(source, "which learning rate for training?").answered
    assert ask(source, "how does learning differ from retrieving?").answered


@pytest.mark.parametrize(
    "question",
    [
        '"RAG" NEAR/2 cost*',
        "cost AND (rag OR NOT",
        "title:rag ^cost {a b} : - + *",
        "'; DROP TABLE passages; --",
        "\x00\x1b[2J\x07 rag cost",
        "\u202ewhat does RAG cost\u202c",
        "what does \u200bRAG cost \U0001f4b8\U0001f4b8?",
        "ＲＡＧ ｃｏｓｔ",
        "rag " * 2000,
        "x" * 10_000,
        "\ud800 rag",
    ],
    ids=range(11),
)
def test_hostile_questions_do_no_harm(question: str, source: Source) -> None:
    answer = ask(source, question)
    assert len(answer.hits) == 2
    if "cost" in question.lower() and "DROP" not in question:
        assert answer.hits[0].passage.id.startswith("cost")


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "the question is empty"),
        (" \n\t", "the question is empty"),
        ("a" * 10_001, "the question has 10,001 characters, at most 10,000"),
    ],
    ids=["empty", "blank", "long"],
)
def test_question_that_is_none_is_refused(question: str, message: str, source: Source) -> None:
    with pytest.raises(InputError) as caught:
        ask(source, question)
    assert caught.value.message == message


@given(st.text(max_size=200))
def test_any_text_gives_an_answer_of_the_same_shape(shipped: Policy, question: str) -> None:
    if question.strip():
        answer = ask(shipped.source, question)
        assert len(answer.hits) == 2
        assert answer == Index(shipped.source).ask(question) if len(question) == 7 else True
        assert all(hit.claims and hit.score >= 0 for hit in answer.hits)


def test_source_without_wording_is_searched_all_the_same(source: Source, small: Policy) -> None:
    bare = replace(source, wording=NO_WORDING)
    plain = score(index_of(bare), questions("development"))
    assert plain.first >= 0.5
    assert plain.refused >= 0.9
    assert ask(small.source, "how far can one walk?").hits[0].passage.id.startswith("travel")


def test_question_of_any_case_and_punctuation_is_the_same_question(source: Source) -> None:
    assert ask(source, "what does RAG cost per month?") == ask(source, "WHAT does rag cost, per month")


class TestGlossary:
    @pytest.mark.parametrize(
        ("typed", "term"),
        [
            *(("LoRA", "LoRA"), ("lora", "LoRA"), ("the p95", "latency p95"), ("embeddings", "embedding")),
            *(("hallucinatons", "hallucination"), ("A/B tests", "A/B testing"), ("vector db", "vector database")),
            *(("settled", "settled"), ("flip", "flip"), ("fine tuning", "fine-tuning")),
        ],
    )
    def test_terms_in_any_form(self, typed: str, term: str, source: Source) -> None:
        found = index_of(source).meaning(typed)
        assert found is not None
        assert found.term == term

    @pytest.mark.parametrize("typed", ["", "zeppelin", "rag and fine-tuning", "\x00", "a" * 5000])
    def test_what_is_no_term_has_no_meaning(self, typed: str, source: Source) -> None:
        assert index_of(source).meaning(typed) is None

    def test_every_term_says_on_what_ground_and_cites_passages_that_exist(self, source: Source) -> None:
        assert len(source.glossary) >= 30
        for meaning in source.glossary:
            assert meaning.basis == "house" or meaning.passages
            assert all(passage in source.by_id for passage in meaning.passages)
