"""`whyso read`: what is told in free text, for people and for programs."""

import json

from tests.cli.running import run

MESSAGE = "maybe 5k labelled tickets, budget 20k, make that 30k, and 12k records"


def test_facts_are_shown_with_their_words() -> None:
    assert run("read", MESSAGE).stdout == (
        "- labelled examples: 5,000 examples, from “maybe 5k labelled tickets” (not quite certain)\n"
        "- budget constraints: 5 of 10, from “make that 30k”\n"
        "Unclear: “12k records” may mean data volume: 12,000 items, or labelled examples: 12,000 examples, or\n"
        "material to search: 12,000 documents.\n"
        "Put right: budget constraints, “budget 20k” no longer holds.\n"
    )


def test_data_has_the_contract_s_keys_and_counts_code_points() -> None:
    says = "\N{FACE WITH TEARS OF JOY} docs change daily"
    data = json.loads(run("read", "-", "--format", "json", stdin=says).stdout)
    assert data == {
        "facts": {
            "update_frequency": {
                "value": 8,
                "stated": "daily",
                "text": "docs change daily",
                "start": 2,
                "end": 19,
                "certainty": "clear",
            }
        },
        "unclear": [],
        "corrections": [],
    }


def test_bare_answer_needs_the_question() -> None:
    assert run("read", "about 900").stdout == "No facts here.\n"
    assert "labelled examples: 900" in run("read", "about 900", "--asked", "labelled_examples").stdout


def test_unknown_question_is_bad_usage() -> None:
    done = run("read", "yes", "--asked", "labeled_examples")
    assert done.returncode == 2
    assert done.stderr == "there is no fact `labeled_examples` to be told\nhelp: did you mean `labelled_examples`?\n"


def test_input_that_is_no_text_is_read_without_complaint() -> None:
    done = run("read", "-", stdin=b"\xff\xfe\x00\x1b[31m" * 100)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
