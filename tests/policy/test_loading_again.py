"""A policy whose files mostly stayed is loaded from what was kept of them: quicker, and the same in every byte."""

import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from assistant.errors import PolicyError, Span
from assistant.policy.compiler import compile_policy
from assistant.policy.folder import displayed, installed, shown_as
from assistant.policy.phrases import MAX_DEPTH, Group, PhraseError, parse_phrase
from assistant.policy.syntax import Policy
from assistant.reading.kept import Kept
from assistant.reasoning.loading import load_policy


def test_edit_is_seen_at_once_and_undone_again(folder: Path) -> None:
    first = load_policy(folder)
    head = folder / "policy.yaml"
    before = head.read_text(encoding="utf-8")
    head.write_text(before.replace("value: 10,", "value: 12,"), encoding="utf-8")
    changed = compile_policy(folder).policy
    assert changed is not None
    assert (first.params["far"].value, changed.params["far"].value) == (10, 12)
    head.write_text(before, encoding="utf-8")
    assert load_policy(folder).digest == first.digest != changed.digest


def test_copy_elsewhere_has_its_own_places(shipped: Policy, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(installed("rules"), copy)
    found = compile_policy(copy).policy
    assert found is not None
    assert found.digest == shipped.digest
    for rule in found.rules:
        assert rule.span == replace(shipped.by_id[rule.id].span, file=displayed(copy / rule.at.partition(":")[0]))
        assert rule.at == shipped.by_id[rule.id].at


def test_broken_source_is_told_each_time(folder: Path) -> None:
    source = next((folder / "knowledge").iterdir())
    (source / "source.yaml").write_text("source: other\n", encoding="utf-8")
    told = []
    for _ in range(2):
        with pytest.raises(PolicyError) as caught:
            load_policy(folder)
        told.append(str(caught.value))
    assert told[0] == told[1] != ""


def test_folders_are_shown_under_other_names(folder: Path) -> None:
    (folder / "rules.yaml").write_text("- rule: Bad\n", encoding="utf-8")
    with shown_as({folder: "HEAD~1:our/policy"}):
        findings = compile_policy(folder).findings
        assert displayed(folder) == "HEAD~1:our/policy"
    assert Span("HEAD~1:our/policy/rules.yaml", 1, 9) in [finding.span for finding in findings]
    with shown_as({folder: "HEAD:"}):
        assert displayed(folder / "policy.yaml") == "HEAD:policy.yaml"


def test_no_more_is_kept_than_fits() -> None:
    kept: Kept[str] = Kept(10)
    made: list[str] = []

    def make(name: str) -> str:
        made.append(name)
        return name

    for name, size in (("a", 4), ("b", 4), ("a", 4), ("c", 4), ("a", 4), ("b", 4), ("huge", 11), ("huge", 11)):
        assert kept.get(name, size, partial(make, name)) == name
    assert made == ["a", "b", "c", "b", "huge", "huge"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a . b", "`. b` is not in the notation"),
        ("a_b", "`_b` is not in the notation"),
        ("<Other> *", "`*` is not in the notation"),
        ("<other> x", "there is no group `other`"),
        ("(a | ) b", "an empty alternative"),
        ("(a", "`(` is not closed"),
        ("(a]", "`(` is not closed"),
        ("a)", "`)` closes nothing"),
        ("a | b", "`|` stands outside brackets"),
        ("..", "a phrase needs a word"),
        ("a & ,", "a phrase needs a word on each side of `&`"),
        ("(a & b)", "`&` stands within brackets"),
        ("(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1), "more than 8 brackets in each other"),
    ],
)
def test_phrase_outside_the_notation(text: str, said: str) -> None:
    with pytest.raises(PhraseError) as caught:
        parse_phrase(text, {})
    assert str(caught.value) == said


def test_phrase_spelt_out_with_its_groups() -> None:
    parts, spelt = parse_phrase("Big", {})
    groups = {"large": Group((parts, parse_phrase("very-high", {})[0]), f"{spelt}|very high")}
    assert parse_phrase("a  <large>[ thing* | # ] &(b c)", groups)[1] == "a (big|very high) [thing*|#] & (b c)"
    other = {"large": Group((parts,), spelt)}
    assert parse_phrase("a <large>", groups)[0] != parse_phrase("a <large>", other)[0]
