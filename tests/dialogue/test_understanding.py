"""Free text to facts: how well over whole files of utterances, and the rules that single ones show."""

import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.understanding import Certainty, read
from assistant.dialogue.understanding.lexicon import lexicon_of
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import check_value
from assistant.reasoning.loading import load_policy
from tests.dialogue.utterances import score
from tests.rejected import BASE

SHIPPED = load_policy()
SMALL = load_policy(BASE)


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("development.yaml", 0.99, 0.98),
        ("development_more.yaml", 0.98, 0.97),
        ("development_third.yaml", 0.98, 0.97),
        ("development_amounts.yaml", 0.99, 0.94),
        ("development_needs.yaml", 0.96, 0.94),
        ("development_plan.yaml", 0.99, 0.94),
        ("development_load.yaml", 0.99, 0.91),
        ("development_core.yaml", 0.99, 0.91),
        ("development_everyday.yaml", 0.97, 0.92),
        ("development_ordinary.yaml", 0.98, 0.93),
        ("development_last.yaml", 0.99, 0.92),
        ("development_voices.yaml", 0.97, 0.87),
        ("development_wordings.yaml", 0.99, 0.98),
        ("development_traps.yaml", 0.85, 0.90),
        ("held_out.yaml", 0.96, 0.80),
    ],
)
def test_facts_are_read_out_of_utterances(name: str, precision: float, recall: float) -> None:
    total = score(SHIPPED, name)
    reached = total.precision >= precision and total.recall >= recall
    assert reached, str(total)
    assert total.overlapping >= 0.99 * total.right, str(total)


def test_little_is_read_out_of_talk_that_tells_nothing() -> None:
    assert score(SHIPPED, "neutral.yaml").wrong <= 5


@pytest.mark.parametrize(
    ("says", "fact", "value", "stated"),
    [
        ("about 5k labelled tickets", "labelled_examples", 5000, "5,000"),
        ("90 000 documents", "corpus_documents", 90000, "90,000"),
        ("docs: 200-800", "corpus_documents", 500, "200 to 800"),
        ("labelled pairs: 1.5 to 2k", "labelled_examples", 1750, "1,500 to 2,000"),
        ("a couple of hundred labelled pairs", "labelled_examples", 200, "200"),
        ("half a million documents", "corpus_documents", 500_000, "500,000"),
        ("answers in under half a second", "latency_requirements", 7, "at most 500 ms"),
        ("answers within 200-400 ms", "latency_requirements", 7, "at most 200 ms to 400 ms"),
        ("the documents change every 15 minutes", "update_frequency", 9, "every 15 minutes"),
        ("the documents change three times a week", "update_frequency", 7, "3 times a week"),
        ("budget 50 grand upfront and 2k/month after", "budget_constraints", 3, "$50,000"),
        ("traffic 3 qps", "monthly_queries", 7_776_000, "7,776,000 queries a month, taken as sustained"),
        ("10k requests per day", "monthly_queries", 300_000, "10,000 a day: 300,000 queries a month"),
        ("fine-tune a 7B model", "model_size_b", 7, "7"),
    ],
)
def test_amounts_as_people_write_them(says: str, fact: str, value: int, stated: str) -> None:
    found = read(SHIPPED, says).facts
    assert {fact: (value, stated)} == {name: (told.value, told.stated) for name, told in found.items()}


@pytest.mark.parametrize(
    "says",
    [
        "",
        "   \n\n",
        "could collect 2k labelled examples",
        "we used to have 8,000 labelled emails",
        "latency isn't a concern",
        "what does RAG cost?",
        "a 80GB card and GPT-4",
        "it costs $0.02 per call",
        "nothing can leave our servers",
    ],
)
def test_nothing_is_read_where_nothing_is_told(says: str) -> None:
    reading = read(SHIPPED, says)
    assert (reading.facts, reading.unclear) == ({}, ())


def test_number_of_people_is_shown_with_whom_it_counts(shipped: Policy) -> None:
    told = read(shipped, "three engineers, 40k contracts").facts["maintenance_capacity"]
    assert (told.value, told.text) == (5, "three engineers")


def test_hedged_number_is_a_fact_of_lower_certainty() -> None:
    assert read(SHIPPED, "maybe 3k labelled examples").facts["labelled_examples"].certainty is Certainty.HEDGED
    assert read(SHIPPED, "3k labelled examples").facts["labelled_examples"].certainty is Certainty.CLEAR


def test_number_that_several_facts_could_claim_is_unclear() -> None:
    (unclear,) = read(SHIPPED, "we have 12k records").unclear
    assert unclear.text == "12k records"
    assert {"data_volume", "corpus_documents", "labelled_examples"} == {one.fact for one in unclear.candidates}


def test_the_question_asked_makes_it_clear() -> None:
    reading = read(SHIPPED, "we have 12k records", "data_volume")
    assert (reading.facts["data_volume"].value, reading.unclear) == (12000, ())


def test_message_may_answer_and_tell_more() -> None:
    reading = read(SHIPPED, "nah, and the docs change daily", "gpu_available")
    assert {name: fact.value for name, fact in reading.facts.items()} == {"gpu_available": False, "update_frequency": 8}


def test_not_knowing_is_told_apart_from_saying_nothing() -> None:
    assert read(SHIPPED, "dunno", "monthly_queries").unsure
    assert not read(SHIPPED, "hello", "monthly_queries").unsure


def test_correction_holds_and_is_told() -> None:
    reading = read(SHIPPED, "we have 5k labelled examples, sorry, 500")
    assert reading.facts["labelled_examples"].value == 500
    ((was, now),) = [(one.was.value, one.now.value) for one in reading.corrections]
    assert (was, now) == (5000, 500)


def test_another_policys_facts_are_understood_by_label_unit_and_anchors() -> None:
    told = read(SMALL, "It's 12 kilometres, weather: wet. Hurry: late").facts
    assert {name: fact.value for name, fact in told.items()} == {"distance": 12, "weather": "wet", "hurry": 9}
    assert read(SMALL, "yes", "luggage").facts["luggage"].value is True
    assert read(SMALL, "about 40", "distance").facts["distance"].value == 40


@pytest.mark.parametrize(
    "says",
    [
        "According to the vendor we'd have 99% accuracy and answers in 100 ms",
        "My old company had 50k labelled tickets. They updated the documents daily.",
        "The other team has 40k labelled examples",
        "A friend of mine has a bot, they update the documents hourly",
        "We had a consultant in, she reckoned 10,000 labelled pairs would do it.",
        "Assuming we get 10k labelled examples, would fine-tuning be worth it?",
        "Say the docs changed every hour, what would happen?",
        "They pitched us 2,000 labelled examples",
        "Each customer has about 10 documents with us.",
        "The audit must be done by May",
        "In 2019 we labelled 2,000 tickets for another project.",
        "The old tool wrote its letters in our house style.",
        "Without GPUs we can't fine-tune, right?",
        "Imagine the docs changed hourly and nobody noticed.",
        "We discussed 10,000 examples but nobody has the time to label them.",
        "All clients' files, 300 of them, burnt in 2009.",
        "No one said sources aren't needed.",
        "Is a GPU needed for RAG? I don't think so.",
        "Occupancy last year, 85%, was fine.",
    ],
)
def test_what_others_have_and_what_is_only_supposed_tells_nothing(says: str) -> None:
    assert read(SHIPPED, says).facts == {}


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Our competitor has 2 million documents, we have 800 documents.", {"corpus_documents": 800}),
        ("They have 10k labelled examples. Ours? We have 300 labelled examples.", {"labelled_examples": 300}),
        ("Do answers need sources? Not really.", {"citations_required": False}),
        ("Assuming we get 10k labelled examples, is it worth it? Right now it's 150.", {"labelled_examples": 150}),
        ("We hope for 5,000 labelled examples. At present there are none.", {"labelled_examples": 0}),
        ("Budget: not much. Maybe 6k.", {"budget_constraints": 9}),
        (
            "Team: me. GPUs: n/a. Sources: must.",
            {"maintenance_capacity": 2, "gpu_available": False, "citations_required": True},
        ),
        ("As for GPUs, we have none.", {"gpu_available": False}),
        ("10 users, each asking 20 questions a day", {"monthly_queries": 6000}),
        ("12 wards, 60 questions per ward per day", {"monthly_queries": 21600}),
        ("3 questions each per day", {}),
        ("It is not so that answers must cite their sources.", {"citations_required": False}),
        ("We still have to prepare the test set.", {"evaluation_ready": False}),
        ("We have neither labelled examples nor GPUs.", {"labelled_examples": 0, "gpu_available": False}),
        ("The documents change all weeks", {"update_frequency": 6}),
        ("The documents change on Fridays", {"update_frequency": 6}),
        ("The documents, I'd say, change once a quarter", {"update_frequency": 3}),
        ("Examples with good answer we have not", {"labelled_examples": 0}),
        ("a quarter of a million documents", {"corpus_documents": 250_000}),
        ("answers in a fifth of a second", {"latency_requirements": 9}),
        ("40,000 enquiries per annum", {"monthly_queries": 3333}),
        ("300 of the 5,000 tickets have been labelled.", {"labelled_examples": 300}),
        ("Our guidelines, of which there are 140, are final.", {"corpus_documents": 140}),
        ("It'll be me plus Janet who keep it going.", {"maintenance_capacity": 4}),
        ("Two analysts and a product owner look after it.", {"maintenance_capacity": 5}),
        ("we want a bot that writes letters in our house style", {"style_consistency_required": True}),
        ("three of us look after it part-time", {"maintenance_capacity": 5}),
        ("one part-time person looks after it", {"maintenance_capacity": 1}),
        ("Today an answer takes 8 seconds; the goal is two.", {"latency_requirements": 4}),
        ("The budget was 40k, after the cut it's 15k.", {"budget_constraints": 7}),
        ("If we had GPUs we'd fine-tune, but we don't.", {"gpu_available": False}),
        ("Peak qps: 5", {"monthly_queries": 12_960_000}),
        ("two 3090s under my desk", {"gpu_available": True}),
        ("It must run on more than one machine.", {"horizontal_scaling_needed": True}),
        ("Should it misstate a dose, the patient dies.", {"critical_use_case": True}),
        ("Naming sources is not part of the requirement.", {"citations_required": False}),
    ],
)
def test_sentences_are_understood_in_their_place(says: str, told: dict[str, object]) -> None:
    assert {name: fact.value for name, fact in read(SHIPPED, says).facts.items()} == told


def test_a_number_of_those_who_speak_is_no_number_of_things() -> None:
    says = "They change every week, three of us look after it part-time."
    assert "labelled_examples" not in read(SHIPPED, says, "labelled_examples").facts


@pytest.mark.parametrize(
    ("asked", "says", "value"),
    [
        ("update_frequency", "on Fridays", 6),
        ("update_frequency", "every six weeks, give or take", 5),
        ("corpus_documents", "maybe 3 or 4 thousand", 3500),
        ("labelled_examples", "nope", 0),
        ("citations_required", "is not necessary", False),
        ("labelled_examples", "not 500, 5,000", 5000),
        ("gpu_available", "In the affirmative.", True),
        ("maintenance_capacity", "three, all part of my team", 5),
        ("accuracy_needs", "we promised the client 95", 9),
        ("budget_constraints", "not much, maybe 5 grand", 9),
        ("citations_required", "only if legal asks, so no", False),
    ],
)
def test_bare_answers(asked: str, says: str, value: object) -> None:
    assert read(SHIPPED, says, asked).facts[asked].value == value


def test_english_words_are_no_typing_mistakes() -> None:
    mend = lexicon_of(SHIPPED).speller.mend
    assert [mend(word) for word in ("pitched", "trainees", "sediment", "researcher", "hope")] == [
        *("pitched", "trainees", "sediment", "researcher", "hope")
    ]
    assert [mend(word) for word in ("documnets", "mothly", "enginers", "exampels")] == [
        *("documents", "monthly", "engineers", "examples")
    ]


_PHRASES = {
    '"yes"': ["^ broke ^", "(spend | burn) every week", "only one (kind | sort) of task"],
    '"no"': ["label* by nobody"],
}


@pytest.mark.parametrize(
    ("says", "value"),
    [
        ("Well, broke.", True),
        ("The lift broke down.", None),
        ("We burn weekly", True),
        ("We burn each and every week", True),
        ("We burn daily", None),
        ("there is only one sort of task", True),
        ("labelling by nobody", False),
    ],
)
def test_phrases_of_a_policy(tmp_path: Path, says: str, value: bool | None) -> None:
    folder = shutil.copytree(BASE, tmp_path / "policy")
    facts = folder / "vocabulary" / "facts.yaml"
    means = "".join(f"      {key}: {phrases}\n" for key, phrases in _PHRASES.items())
    said = facts.read_text(encoding="utf-8")
    facts.write_text(said.replace("- fact: luggage\n", f"- fact: luggage\n  recognised:\n    means:\n{means}"), "utf-8")
    told = read(load_policy(folder), says).facts
    assert (told["luggage"].value if "luggage" in told else None) is value


_ODD = (
    "5k|labelled|docs|not|daily|,|.|?|under|200|ms|no|sources|budget|$20k|-|to|every|other|week|sorry|we|GPUs|of them"
)
_PIECES = st.sampled_from(
    [
        *_ODD.split("|"),
        "1,200",
        "a few",
        "half",
        "queries per month",
        "(",
        ")",
        "e.g.",
        "\N{RIGHT-TO-LEFT OVERRIDE}",
        "\x00",
    ]
)


@given(st.lists(_PIECES, max_size=25).map(" ".join) | st.text(max_size=200), st.sampled_from([None, *SHIPPED.told]))
def test_readings_are_sound_whatever_is_written(says: str, asked: str | None) -> None:
    reading = read(SHIPPED, says, asked)
    assert reading == read(SHIPPED, says, asked)
    for name, fact in reading.facts.items():
        assert says[fact.start : fact.end] == fact.text != ""
        assert check_value(SHIPPED.told[name], fact.value) == fact.value
    for one in reading.unclear:
        assert says[one.start : one.end] == one.text
        assert one.candidates


@pytest.mark.parametrize(
    "says",
    [
        "5k labelled tickets. " * 50_000,
        "a" * 3_000_000,
        "1" * 1_000_000,
        "not " * 500_000,
        "\x1b[31m\x00\x07" * 100_000,
        "\N{ARABIC LETTER ALEF}" * 500_000,
        "no labelled " * 100_000,
        "$" * 100_000,
        "one hundred " * 100_000,
        "every " * 100_000,
        "1, 2, 3, " * 100_000,
    ],
    ids=[
        "facts",
        "token",
        "digits",
        "negators",
        "controls",
        "arabic",
        "denials",
        "signs",
        "numbers",
        "periods",
        "list",
    ],
)
def test_megabytes_take_no_longer_than_a_moment(says: str, shipped: Policy) -> None:
    started = time.perf_counter()
    assert read(shipped, says).cut
    assert time.perf_counter() - started < 3
