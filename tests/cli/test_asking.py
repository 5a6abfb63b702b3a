"""`whyso ask` and `whyso meaning` as other programs use them."""

import json
from pathlib import Path

import pytest

from tests.cli.running import process, run
from tests.golden import assert_golden
from tests.rejected import BASE


def test_answer_is_the_claim_with_its_figures_and_source() -> None:
    done = run("ask", "what does RAG cost per month?")
    assert done.returncode == 0
    assert_golden("ask-rag-monthly.txt", done.stdout)


def test_json_has_the_contract_s_keys_and_the_same_bytes() -> None:
    first, second = (way("ask", "is fine-tuning more consistent?", "--format", "json") for way in (run, process))
    assert first.stdout == second.stdout
    assert_golden("ask-consistent.json", first.stdout)
    result = json.loads(first.stdout)
    assert result["answered"] is True
    assert {"passage", "title", "claim", "score"} <= set(result["passages"][0])


def test_words_need_no_quotes() -> None:
    assert run("ask", "how", "fast", "is", "RAG").stdout == run("ask", "how fast is RAG").stdout


def test_unanswered_lists_the_nearest_two_and_is_fine() -> None:
    done = run("ask", "who is the president of Brazil?", "--format", "json")
    assert done.returncode == 0
    result = json.loads(done.stdout)
    assert result["answered"] is False
    assert len(result["passages"]) == 2
    assert "The article does not say. It does not speak of “president” or “brazil”." in run(
        "ask", "who is the president of Brazil?"
    ).stdout.replace("\n", " ")


def test_question_for_a_term_gives_its_meaning_too() -> None:
    result = json.loads(run("ask", "what does LoRA mean?", "--format", "json").stdout)
    assert result["meaning"]["term"] == "LoRA"
    assert result["passages"][0]["passage"] == "implementation.stack"
    assert json.loads(run("ask", "should I use LoRA?", "--format", "json").stdout)["meaning"] is None


def test_meaning_of_a_term_and_of_all() -> None:
    assert run("meaning", "vector", "db").stdout.startswith("Vector database: ")
    listed = json.loads(run("meaning", "--format", "json").stdout)
    assert {"term", "also", "means", "basis", "passages"} == set(listed[0])
    assert json.loads(run("meaning", "RAG", "--format", "json").stdout) == [
        entry for entry in listed if entry["term"] == "RAG"
    ]


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        (("ask", ""), "", "the question is empty\nhelp: ask in your own words\n"),
        (("ask", "-"), " \n", "the question is empty\nhelp: ask in your own words\n"),
        (
            ("ask", "-"),
            "x" * 20_000,
            "the question has 20,000 characters, at most 10,000\nhelp: ask it in fewer words\n",
        ),
        (("ask", "-"), "x" * (2 << 20), "standard input is larger than 1 MiB\n"),
        (
            ("meaning", "zeppelin"),
            "",
            "there is no term `zeppelin` in the glossary\nhelp: say `whyso meaning` for all terms\n",
        ),
    ],
    ids=["empty", "blank", "long", "endless", "no-term"],
)
def test_bad_input_is_told(arguments: tuple[str, ...], stdin: str, message: str) -> None:
    done = run(*arguments, stdin=stdin)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)


@pytest.mark.parametrize(
    "question", ["\x1b[2J\x07 rag cost", "\u202ecost of rag", '"rag" NEAR cost*', "\U0001f4b8", "-", "' OR 1=1 --"]
)
def test_hostile_questions_are_answered_safely(question: str) -> None:
    done = run("ask", "-", stdin=question)
    assert done.returncode == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(done.stdout)
    assert done.stderr == ""


def test_another_policy_s_source_is_asked_the_same_way(folder: Path) -> None:
    done = run("ask", "how far does anybody like to ride", "--format", "json", "--policy", BASE)
    assert json.loads(done.stdout)["passages"][0]["passage"] == "travel.distance"
    assert run("meaning", "--policy", BASE).stdout == "Terms\nThis source has no glossary.\n"
