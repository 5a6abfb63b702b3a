"""The commands that question a result: their data, their texts, and what they refuse."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import CASES, WORKED, run
from tests.golden import assert_golden


@pytest.fixture
def strict(tmp_path: Path) -> Path:
    """A layer over the shipped policy in which two answers contradict each other."""
    (tmp_path / "policy.yaml").write_text(
        "policy: strict\nversion: 1.0.0\nextends: fine-tuning-or-rag\n", encoding="utf-8"
    )
    (tmp_path / "rules.yaml").write_text(
        "- rule: few-items-cannot-hold-many-examples\n"
        "  when: data_volume < 10 and labelled_examples >= 1000\n"
        "  then: {impossible: a few items cannot hold a thousand examples}\n"
        "  because: The counts do not fit.\n"
        "  basis: house\n"
        "  reason: Ours.\n"
        "  examples:\n"
        "    - {facts: {data_volume: 9, labelled_examples: 1000}, fires: true}\n"
        "    - {facts: {data_volume: 10, labelled_examples: 1000}, fires: false}\n",
        encoding="utf-8",
    )
    return tmp_path


@pytest.mark.parametrize("command", ["decide", "how", "flip", "settle", "ask-next"])
def test_answers_that_a_policy_declares_impossible_are_bad_input(strict: Path, command: str) -> None:
    case = "{answers: {data_volume: 5, labelled_examples: 2000}}"
    done = run(command, "-", "--policy", strict, stdin=case)
    assert done.returncode == 2
    assert done.stderr == (
        "these answers contradict each other: a few items cannot hold a thousand examples\n"
        "help: change one of `data_volume`, `labelled_examples`\n"
    )


def asked(command: str, *options: str | Path) -> Any:
    done = run(command, *options, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_why_not_as_json() -> None:
    found = asked("why-not", "rag", WORKED)
    assert set(found) == {"option", "verdict", "possible", "points_short", "excluded_by", "required_by", "lacking"}
    assert (found["verdict"], found["points_short"]) == ("fine_tuning", 7)
    volatile = next(one for one in found["lacking"] if one["rule"] == "volatile-sources-favour-rag")
    assert volatile["failed"] == [
        {"fact": "update_frequency", "value": 3, "needed": "update frequency is over 7 of 10"},
    ]


def test_what_if_as_json() -> None:
    found = asked("what-if", WORKED, "update_frequency=daily")
    assert set(found) == {"before", "after", "verdict_changed", "fired_added", "fired_removed", "score_changes"}
    assert (found["before"]["final"], found["after"]["final"]) == ("fine_tuning", "hybrid")
    assert found["score_changes"] == {"rag": {"before": 0, "after": 3}}


def test_flip_as_json() -> None:
    one = asked("flip", WORKED, "--to", "rag")
    assert one == {
        "verdict": "fine_tuning",
        "smallest": 1,
        "flips": [
            {
                "changes": {"labelled_examples": {"from": None, "to": 0, "range": "0 to 999 examples", "open": True}},
                "verdict": "rag",
            }
        ],
        "complete": True,
        "proven": True,
    }
    every = asked("flip", WORKED, "--all", "--keep", "labelled_examples")
    assert every["complete"]
    assert len(every["flips"]) > 4
    assert not any("labelled_examples" in flip["changes"] for flip in every["flips"])
    none = asked("flip", CASES / "nothing-left.yaml", "--keep", "labelled_examples", "--keep", "corpus_documents")
    assert (none["smallest"], none["flips"], none["proven"]) == (None, [], True)


def test_settle_as_json() -> None:
    found = asked("settle", CASES / "support-desk.yaml")
    assert found["settled"]
    assert found["minimal"]
    assert found["facts"] == {"labelled_examples": 300, "corpus_documents": 50000}
    assert asked("settle", WORKED)["settled"] is False


def test_ask_next_as_json() -> None:
    found = asked("ask-next", WORKED)
    assert set(found) == {"fact", "question", "why", "answers", "rules", "left_at_most"}
    assert found["rules"][0] == "few-examples-rule-out-training"
    assert found["fact"] == "labelled_examples"
    assert [answer["range"] for answer in found["answers"]] == ["0 to 999 examples", "1,000 examples or more"]
    assert asked("ask-next", CASES / "support-desk.yaml")["fact"] is None


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("why-not", "rage", WORKED), "there is no option `rage`\nhelp: did you mean `rag`?\n"),
        (("flip", WORKED, "--to", "rage"), "there is no option `rage`\nhelp: did you mean `rag`?\n"),
        (
            ("flip", WORKED, "--to", "fine_tuning"),
            "the recommendation is `fine_tuning` already\nhelp: name another option\n",
        ),
        (("flip", WORKED, "--keep", "data_vol"), "unknown fact `data_vol`\nhelp: did you mean `data_volume`?\n"),
        (("what-if", WORKED, "data_volume"), "`data_volume` is no change\nhelp: write `fact=value`\n"),
        (("what-if", WORKED, "data_vol=3"), "unknown fact `data_vol`\nhelp: did you mean `data_volume`?\n"),
        (("what-if", WORKED, "data_volume=x"), "`data_volume` takes a whole number, 0 or more, not `x`\n"),
    ],
)
def test_questions_that_cannot_be_answered_say_why(arguments: tuple[str | Path, ...], error: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", error)


def test_texts_of_the_six_answers() -> None:
    texts = [
        run("why-not", "rag", WORKED).stdout,
        run("what-if", WORKED, "citations_required=true").stdout,
        run("flip", WORKED).stdout,
        run("settle", CASES / "legal-research.yaml").stdout,
        run("ask-next", WORKED).stdout,
    ]
    assert_golden("six-answers.txt", "\n".join(texts))
