"""The digest stays the same wherever and in whatever order a policy is written, and changes with anything it says."""

import re
import shutil
from pathlib import Path

from assistant.policy.compiler import compile_policy
from assistant.policy.folder import installed
from assistant.policy.syntax import Policy
from assistant.reading.nodes import Scalar, Table
from assistant.reading.parser import parse


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


EXTRA = """- rule: late-and-loaded
  when: hurry > 8 and luggage
  then:
    require: [shelter]
    rule_out: bike
    advise: [{kind: step, order: 1, text: "Take a taxi for {{ distance }}."}]
    cost:
      - {item: Ticket, options: [train], figure: travel.distance/ticket, times: {fact: distance, otherwise: 1}}
      - {item: Repairs, options: [bike], low: 5, high: 20, per: month}
  because: Bags slow a rider down.
  basis: house
  reason: The handbook forgets luggage.
  cites: [travel.rain]
  examples: [{facts: {hurry: 9, luggage: true}, fires: true}, {facts: {hurry: 8, luggage: true}, fires: false}]
- rule: neither-far-nor-late
  when: distance > 1000 and hurry > 8
  then: {impossible: nobody gets there}
  because: It is too far.
  cites: [travel]
  examples: [{facts: {distance: 1001, hurry: 9}, fires: true}, {facts: {distance: 5, hurry: 9}, fires: false}]
"""


def changed(text: str) -> str:
    """Another word, number or flag in place of one."""
    if text.isdecimal():
        return str(int(text) + 1)
    return {"true": "false", "false": "true"}.get(text, f"{text[:-1]}q")


def test_any_changed_word_changes_the_digest(folder: Path) -> None:
    """Or else the policy with that word is no sound one."""
    (folder / "extra.yaml").write_text(EXTRA, encoding="utf-8")
    seen = {digest(folder)}
    sound = changes = 0
    for path in sorted(folder.rglob("*.yaml")):
        if path.parent.name == "cases":
            continue
        original = path.read_text(encoding="utf-8")
        for line, column, text in changeable(path):
            lines = original.splitlines(keepends=True)
            before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
            lines[line - 1] = before + after.replace(text, changed(text), 1)
            path.write_text("".join(lines), encoding="utf-8")
            compiled = compile_policy(folder)
            changes += 1
            if compiled.policy is not None and not compiled.findings:
                sound += 1
                assert compiled.policy.digest not in seen, f"{path.name}:{line}:{column}: {text}"
                seen.add(compiled.policy.digest)
        path.write_text(original, encoding="utf-8")
    assert changes > 150
    assert sound > changes / 4


def test_cases_are_no_part_of_the_digest(folder: Path, small: Policy) -> None:
    (folder / "cases" / "short-hop.yaml").unlink()
    assert digest(folder) == small.digest
