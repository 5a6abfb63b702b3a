"""Schemas and compiler hold files to the same shapes: what ships is valid by both, what is malformed by neither."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from assistant.authoring.schemas import KINDS, schema, schema_text
from assistant.errors import Finding
from assistant.policy.declarations import CASE, GROUP, LAYER, POLICY, RULE, TOLD_FACT
from assistant.reading.nodes import Listing, Node, Scalar, Table
from assistant.reading.parser import parse, parse_file
from assistant.reading.shapes import check
from tests.cli.running import ROOT, run
from tests.rejected import rejected

SCHEMAS = ROOT / "docs" / "schema"


@lru_cache
def validator(kind: str) -> Draft7Validator:
    Draft7Validator.check_schema(schema(kind))
    return Draft7Validator(schema(kind))


def plain(node: Node | None) -> Any:
    """What a file says as JSON has it, read by YAML 1.2's rules."""
    match node:
        case Table(entries=entries):
            return {key.text: plain(value) for key, value in entries}
        case Listing(items=items):
            return [plain(item) for item in items]
        case Scalar(value=value):
            return value
        case None:
            return None


def kind_of(path: Path) -> str:
    match path.parent.name, path.name:
        case "vocabulary", _:
            return "vocabulary"
        case "cases", _:
            return "case"
        case _, "policy.yaml":
            return "policy"
        case _, "source.yaml" | "questions.yaml" | "glossary.yaml":
            return path.stem
        case _ if path.parent.parent.name == "knowledge":
            return "section"
        case _:
            return "rules"


def policy_files() -> list[Path]:
    """Every file of every policy in the repository."""
    folders = ("rules", "knowledge", "examples", "tests/rejected/base", "assistant/authoring/starting")
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.yaml"))


def test_written_schemas_are_up_to_date() -> None:
    """`whyso schema --write docs/schema` brings them up to date."""
    assert sorted(path.name for path in SCHEMAS.iterdir()) == sorted(f"{kind}.json" for kind in KINDS)
    for kind in KINDS:
        assert (SCHEMAS / f"{kind}.json").read_text(encoding="utf-8") == schema_text(kind), kind


def test_every_policy_file_of_the_repository_is_valid() -> None:
    files = policy_files()
    assert len(files) > 60
    assert {kind_of(path) for path in files} == set(KINDS)
    for path in files:
        errors = [error.message for error in validator(kind_of(path)).iter_errors(plain(parse_file(path, path.name)))]
        assert errors == [], path


@pytest.mark.parametrize("folder", ["rules", "knowledge", "examples"])
def test_every_shipped_file_names_its_schema_in_its_first_line(folder: str) -> None:
    files = sorted((ROOT / folder).rglob("*.yaml"))
    assert files
    for path in files:
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        mark, _, named = first.partition("$schema=")
        assert mark == "# yaml-language-server: ", path
        assert (path.parent / named).resolve() == SCHEMAS / f"{kind_of(path)}.json", path


RULE_BEGIN = "- {rule: x, when: a, because: b, examples: [], then: {score: {a: 1}}"
FACT_BEGIN = "{fact: a, type: flag, label: b, question: c, help: d, basis: house"
MALFORMED = {
    "rules": [
        "a: b",
        "- {rule: x}",
        RULE_BEGIN + ", basis: ours}",
        RULE_BEGIN + ", whence: x}",
        RULE_BEGIN.replace("rule: x", "rule: Not An Id") + "}",
        RULE_BEGIN.replace("a: 1", "a: 1.5") + "}",
        RULE_BEGIN.replace("a: 1", "a: many") + "}",
        RULE_BEGIN.replace("score: {a: 1}", "advise: {kind: hint, text: x}") + "}",
        RULE_BEGIN.replace("because: b", "because: ' '") + "}",
        RULE_BEGIN.replace("examples: []", "examples: [{facts: {a: 1}}]") + "}",
        RULE_BEGIN.replace("examples: []", "examples: [{facts: {a: [1]}, fires: true}]") + "}",
        RULE_BEGIN.replace("examples: []", "examples: [{facts: {a: 1}, fires: yes}]") + "}",
    ],
    "vocabulary": [
        "- {type: flag}",
        "- {group: a}",
        "- {group: a, words: [b], more: c}",
        "- {fact: a, derived: true, type: flag}",
        f"- {FACT_BEGIN.replace('flag', 'bool')}}}",
        f"- {FACT_BEGIN}, prior: {{basis: house}}}}",
        f"- {FACT_BEGIN}, recognised: {{speaks_of: dreams}}}}",
        f"- {FACT_BEGIN.replace('fact: a', 'fact: A')}}}",
    ],
    "case": ["[]", "{answers: []}", "{answers: {a: 1.5}}", "{expect: {fires: x}}", "{name: x}"],
    "policy": [
        "[]",
        "{policy: a}",
        "{policy: a, version: 1.0.0, extends: b, rules: []}",
        "{policy: a, version: 1.0.0, extends: b, params: [{param: c}]}",
        "{policy: a, version: 1.0.0, extends: b, disable: [A B]}",
        "{policy: a, version: 1.0.0, title: x, source: b, capabilities: [], options: [], verdict: {}}",
        "{policy: a, version: 1.0.0, title: x, source: b, capabilities: [], verdict: {chosen: c}}",
    ],
}


def shape_faults(kind: str, node: Node) -> list[Finding]:
    """What the compiler's own shapes find, without all that depends on other files."""
    findings: list[Finding] = []
    head = POLICY if isinstance(node, Table) and node.get("extends") is None else LAYER
    if kind in ("rules", "vocabulary"):
        if not isinstance(node, Listing):
            return [Finding("wrong-type", node.span, "no list")]
        for item in node.items:
            group = isinstance(item, Table) and item.get("group") is not None
            check(item, RULE if kind == "rules" else GROUP if group else TOLD_FACT, findings)
    else:
        check(node, CASE if kind == "case" else head, findings)
    return findings


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in MALFORMED.items() for text in texts])
def test_malformed_file_fails_in_both(kind: str, text: str) -> None:
    node = parse(text.encode(), "file")
    assert node is not None
    assert not validator(kind).is_valid(plain(node))
    assert shape_faults(kind, node) != []


def test_schemas_admit_whatever_the_compiler_admits() -> None:
    """No file of a policy that is rejected for other reasons than its shape is rejected by its schema."""
    for entry in rejected():
        for name, content in entry.files.items():
            kind = kind_of(Path("policy") / name)
            if not isinstance(content, str) or kind not in ("rules", "policy", "case") or f"{name}:" in entry.gives:
                continue
            node = parse(content.encode(), name)
            assert validator(kind).is_valid(plain(node)), (entry.name, name)


def test_schema_on_the_command_line(tmp_path: Path) -> None:
    assert [line.split()[0] for line in run("schema").stdout.splitlines()] == list(KINDS)
    assert json.loads(run("schema", "rules").stdout) == schema("rules")
    assert run("schema", "rulse").stderr == "there is no kind of file `rulse`\nhelp: did you mean `rules`?\n"
    done = run("schema", "--write", tmp_path / "schema")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "schema").iterdir()) == sorted(f"{kind}.json" for kind in KINDS)
