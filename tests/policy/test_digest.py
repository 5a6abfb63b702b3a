"""The digest stays the same wherever and in whatever order a policy is written, and changes with anything it says."""

import re
import shutil
from pathlib import Path

import pytest

from assistant.policy.compiler import compile_policy
from assistant.policy.folder import installed
from assistant.policy.syntax import Policy
from assistant.reading.nodes import Scalar, Table
from assistant.reading.parser import parse
from tests.rejected import BASE


def digest(folder: Path) -> str:
    policy = compile_policy(folder).policy
    assert policy is not None
    return policy.digest


def records(text: str) -> list[str]:
    """The items of a list in a file, each with the comments before it dropped."""
    return [item for item in re.split(r"(?m)^(?=- )", text) if item.startswith("- ")]


def test_digest_does_not_depend_on_the_place_of_the_folder(folder: Path, small: Policy) -> None:
    assert digest(folder) == small.digest
    assert len(small.digest) == 64


def test_digest_does_not_depend_on_the_order_of_rules_or_the_names_of_their_files(folder: Path, small: Policy) -> None:
    text = (folder / "rules.yaml").read_text(encoding="utf-8")
    (folder / "rules.yaml").unlink()
    for number, record in enumerate(reversed(records(text))):
        (folder / f"{number}.yml").write_text("# moved\n\n\n" + record, encoding="utf-8")
    assert digest(folder) == small.digest


def test_shipped_digest_does_not_depend_on_the_order_of_rules(tmp_path: Path, shipped: Policy) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(installed("rules"), copy)
    for path in copy.glob("*.yaml"):
        if path.name != "policy.yaml":
            path.write_text("".join(reversed(records(path.read_text(encoding="utf-8")))), encoding="utf-8")
            path.rename(path.with_name(f"{hash(path.name)}.yaml"))
    assert digest(copy) == shipped.digest


def test_digest_does_not_depend_on_the_order_of_keys_on_quotes_or_on_folds(folder: Path, small: Policy) -> None:
    text = (folder / "rules.yaml").read_text(encoding="utf-8")
    rule, *others = records(text)
    assert 'because: "{{ distance }} is a long way."\n' in rule
    rewritten = """- examples:
    - {fires: true, facts: {distance: 11}}
    - {fires: false, facts: {distance: 10}}
  because: >-
    {{ distance }} is
    a long way.
  cites: travel.distance#far
  when: >-
    distance
    >   params.far
  then: {"score": {'train': 2}}
  rule: long-way
"""
    (folder / "rules.yaml").write_text("".join([rewritten, *others]), encoding="utf-8")
    assert digest(folder) == small.digest


def changeable(path: Path) -> list[tuple[int, int, str]]:
    """Line, column and text of each value in a file that says something: all but cases."""
    found: list[tuple[int, int, str]] = []

    def walk(node: object) -> None:
        match node:
            case Scalar(value=value, text=text, span=span) if value is not None:
                found.append((span.line, span.column, text))
            case Table(entries=entries):
                for _, inner in entries:
                    walk(inner)
            case _:
                for item in getattr(node, "items", ()):
                    walk(item)

    walk(parse(path.read_bytes(), "x"))
    return found


CHANGES = [
    (path.relative_to(BASE).as_posix(), line, column, text)
    for path in sorted(BASE.rglob("*.yaml"))
    if path.parent.name != "cases"
    for line, column, text in changeable(path)
]


@pytest.mark.parametrize(("name", "line", "column", "text"), CHANGES, ids=lambda value: str(value)[:30])
def test_any_changed_word_changes_the_digest(
    name: str, line: int, column: int, text: str, folder: Path, small: Policy
) -> None:
    """A word may only be exempt because a policy with another word there is none."""
    lines = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
    before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
    other = str(int(text) + 1) if text.isdecimal() else {"true": "false", "false": "true"}.get(text, f"{text[:-1]}q")
    assert text[:1] in after
    lines[line - 1] = before + after.replace(text, other, 1)
    (folder / name).write_text("".join(lines), encoding="utf-8")
    compiled = compile_policy(folder)
    assert compiled.findings or compiled.policy is None or compiled.policy.digest != small.digest


def test_most_changed_words_give_another_sound_policy(folder: Path, small: Policy) -> None:
    """So that the test above does test digests."""
    sound = 0
    for name, line, column, text in CHANGES:
        original = (folder / name).read_text(encoding="utf-8")
        lines = original.splitlines(keepends=True)
        lines[line - 1] = lines[line - 1][: column - 1] + lines[line - 1][column - 1 :].replace(
            text, f"{text[:-1]}q", 1
        )
        (folder / name).write_text("".join(lines), encoding="utf-8")
        sound += not compile_policy(folder).findings
        (folder / name).write_text(original, encoding="utf-8")
    assert sound > len(CHANGES) / 4
