"""YAML and JSON to nodes: what scalars stand for, where things stand, and that nothing in a file can do harm."""

import json
import os
import re
import time
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import Finding, InputError, PolicyError, Span
from assistant.reading.nodes import Listing, Node, Scalar, Table
from assistant.reading.parser import MAX_BYTES, parse, parse_file, read_bytes
from assistant.reading.scalars import place_in

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "150"))


def plain(node: Node | None) -> Any:
    match node:
        case None:
            return None
        case Scalar(value=value):
            return value
        case Listing(items=items):
            return [plain(item) for item in items]
        case Table(entries=entries):
            return {key.text: plain(value) for key, value in entries}


def read(text: str) -> Any:
    return plain(parse(text.encode(), "a.yaml"))


def fault(data: bytes) -> str:
    with pytest.raises(PolicyError) as caught:
        parse(data, "a.yaml")
    assert len(caught.value.findings) == 1
    return str(caught.value.findings[0])


SURPRISES = """no yes on off y n Yes NO On 1:30 01:30:00 010 0777 0o17 0x1F 0b11 1_000 1,000 .5 5. 1e 2020-01-01
2020-01-01T00:00:00Z = << tRue nULL ~~ None nil undefined +-5 1.2.3 ١٢ ² 1e5x"""


@pytest.mark.parametrize("written", SURPRISES.split())
def test_yaml_surprises_stay_the_texts_they_are(written: str) -> None:
    assert read(f"a: {written}") == {"a": written}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-0", 0),
        ("+7", 7),
        ("-12", -12),
        ("1000000000000000000", 10**18),
        ("1.5", 1.5),
        ("-0.25", -0.25),
        ("1e3", 1000.0),
        ("2.5E-3", 0.0025),
        ('"true"', "true"),
        ("'5'", "5"),
        ("'~'", "~"),
        ('""', ""),
        ("|\n  5\n", "5\n"),
        (">-\n  true\n", "true"),
    ],
)
def test_scalars_stand_for_what_yaml_1_2_says(written: str, value: object) -> None:
    found = read(f"a: {written}")["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("written", [".inf", "-.Inf", ".NaN", "inf", "nan", "Infinity", "1e400", "9" * 41])
def test_numbers_past_all_bounds_are_never_whole(written: str) -> None:
    assert isinstance(read(f"a: {written}")["a"], float)


def test_nothing_at_all_is_no_document() -> None:
    assert [read(text) for text in ("", "\n", "# only this\n", "---\n", "\ufeff")] == [None] * 5


def test_empty_text_and_empty_collections_are_documents() -> None:
    assert read('""') == ""
    assert read("[]") == []
    assert read("{}") == {}


def test_byte_order_mark_is_not_part_of_the_first_key() -> None:
    node = parse(b"\xef\xbb\xbfa: 1", "a.yaml")
    assert isinstance(node, Table)
    assert node.entries[0][0].span == Span("a.yaml", 1, 1)


def test_line_ends_of_windows_keep_places() -> None:
    node = parse(b"a: 1\r\nb: 2\r\n", "a.yaml")
    assert isinstance(node, Table)
    assert [value.span for _, value in node.entries] == [Span("a.yaml", 1, 4), Span("a.yaml", 2, 4)]


class TestJson:
    def test_tabs_between_tokens(self) -> None:
        assert read('{\n\t"a":\t[1,\t2]\n}') == {"a": [1, 2]}

    def test_surrogate_escapes_are_one_character(self) -> None:
        assert read('{"a": "\\ud83d\\ude00"}') == {"a": "\N{GRINNING FACE}"}

    def test_escaped_slash_and_line_separator(self) -> None:
        assert read('{"a": "x\\/y\u2028z"}') == {"a": "x/y\u2028z"}

    def test_keys_longer_than_yaml_admits(self) -> None:
        assert read(json.dumps({"k" * 3000: 1})) == {"k" * 3000: 1}

    def test_places_are_those_of_the_file(self) -> None:
        node = parse(b'{\n\t"a": 1,\n\t"b": {"c": \t"x"}}', "a.json")
        assert isinstance(node, Table)
        inner = node.entries[1][1]
        assert isinstance(inner, Table)
        assert node.entries[1][0].span == Span("a.json", 3, 2)
        assert inner.entries[0][1].span == Span("a.json", 3, 14)

    def test_key_twice(self) -> None:
        assert fault(b'{\n\t"a": 1,\n\t"a": 2}').startswith("a.yaml:3:2: the key `a` stands twice")

    def test_nested_too_deep_for_the_json_module(self) -> None:
        assert fault(b"[" * 100_000).startswith("a.yaml:1:51: nested deeper than 50 levels")
        assert fault(b"[" * 60 + b"]" * 60).startswith("a.yaml:1:51: nested deeper than 50 levels")

    def test_fifty_levels_are_allowed(self) -> None:
        assert read("[" * 50 + "]" * 50) is not None

    def test_numbers_that_json_alone_knows_are_no_whole_numbers(self) -> None:
        assert [type(value) for value in read("[NaN, Infinity, -Infinity, 1e999]")] == [float] * 4

    def test_json_of_one_line_and_yaml_give_the_same(self) -> None:
        value = {"a": [1, 2.5, True, None, "x y", ""], "b": {}, "ä": "\N{GRINNING FACE}"}
        assert read(json.dumps(value)) == read(json.dumps(value, ensure_ascii=False)) == value


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(-(10**18), 10**18), st.text(st.characters(codec="utf-8"))),
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text('abc é"\\\n'), inner, max_size=4)),
        max_leaves=12,
    ).filter(lambda value: isinstance(value, list | dict)),
    st.sampled_from((None, 1, "\t")),
    st.booleans(),
)
def test_any_json_is_read_as_json_means_it(value: Any, indent: int | str | None, ascii: bool) -> None:
    assert read(json.dumps(value, indent=indent, ensure_ascii=ascii)) == value


class TestLimits:
    def test_large_file(self, tmp_path: Path) -> None:
        path = tmp_path / "large.yaml"
        path.write_bytes(b"#" * (MAX_BYTES + 1))
        with pytest.raises(
            InputError, match=r"^`large\.yaml` is larger than 2 MiB\nhelp: split it into smaller files$"
        ):
            parse_file(path, "large.yaml")

    def test_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"^there is no file `a\.yaml`\nhelp: check the path$"):
            read_bytes(tmp_path / "a.yaml", "a.yaml")

    def test_folder(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"^`a\.yaml` is not a file$"):
            read_bytes(tmp_path, "a.yaml")

    def test_pipe_among_a_policys_files_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.yaml")
        with pytest.raises(InputError, match=r"^`pipe\.yaml` is not a file$"):
            parse_file(tmp_path / "pipe.yaml", "pipe.yaml")

    def test_pipe_that_somebody_names_is_read(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        writer = Thread(target=(tmp_path / "pipe").write_bytes, args=(b"a: 1",))
        writer.start()
        assert read_bytes(tmp_path / "pipe", "pipe") == b"a: 1"
        writer.join()

    def test_names_that_no_file_can_have(self) -> None:
        for name in ("a\0b", "x" * 5000):
            with pytest.raises(InputError, match=r"^cannot read `"):
                read_bytes(Path(name), name)

    def test_control_characters_in_a_name_are_not_printed(self) -> None:
        with pytest.raises(InputError, match=re.escape("there is no file `a\N{REPLACEMENT CHARACTER}[31m`")):
            read_bytes(Path("a\x1b[31m"), "a\x1b[31m")


def refused(data: bytes) -> tuple[Finding, ...]:
    """Why `data` can't be read; nothing where it can."""
    try:
        parse(data, "a.yaml")
    except PolicyError as error:
        return error.findings
    return ()


@pytest.mark.parametrize(
    "data",
    [
        b"".join(b"k%d:\n" % number for number in range(60_000)),
        b"[" * MAX_BYTES,
        b"{" * MAX_BYTES,
        b"- " * (MAX_BYTES // 2),
        b"? " * (MAX_BYTES // 2),
        b"a: " * 100_000,
        b'"' + b"\\x41" * 100_000,
        b"&a " * 100_000,
        b"- !!str a\n" * 100_000,
        b"- x\n" * 60_000 + b"\t}",
        b"a: 'x\n" * 100_000,
        b"# " + "ä".encode() * 500_000 + b"\x07",
        b"%YAML 1.1\n" * 10_000,
        b"--- a\n" * 100_000,
        b"a: |1\n" + b" \n" * 400_000,
    ],
    ids=lambda data: repr(data[:8]),
)
def test_two_mebibytes_of_anything_take_seconds_at_most(data: bytes) -> None:
    begin = time.process_time()
    findings = refused(data[:MAX_BYTES])
    assert time.process_time() - begin < 10
    assert all(len(finding.message) < 500 for finding in findings)


@settings(max_examples=EXAMPLES)
@given(st.binary(max_size=200))
def test_bytes_are_read_or_refused_in_one_finding(data: bytes) -> None:
    assert len(refused(data)) <= 1


SIGNS = "-?:,[]{}#&*!|>'\"%@` \n\t\x85\ufeff\u2028\ud7ff"
PIECES = ("  ", "- ", ": ", "a", "b: c", "!!str", "&x ", "*x", "---\n", "...\n", "\\u12", "true", "1", "|2-\n", ">+\n")
YAML_ISH = st.lists(
    st.sampled_from((*SIGNS, *PIECES, "<<: ", "\r\n", "'x'", '"y"', "{a: 1}", "[1, 2]")), max_size=40
).map("".join)


@settings(max_examples=EXAMPLES * 2)
@given(YAML_ISH)
def test_text_like_yaml_is_read_or_refused_at_a_place_in_it(text: str) -> None:
    lines = sum(text.count(end) for end in "\n\r\x85\u2028") + 2
    for finding in refused(text.encode()):
        assert finding.span is not None
        assert 1 <= finding.span.line <= lines
        assert finding.span.column >= 1


@settings(max_examples=EXAMPLES * 2)
@given(YAML_ISH)
def test_what_is_read_is_what_the_pure_parser_reads(text: str) -> None:
    """libyaml and PyYAML agree on structure and texts, wherever both read a text at all."""
    try:
        node = parse(text.encode(), "a.yaml")
        events = list(yaml.parse(text.removeprefix("\ufeff"), Loader=yaml.SafeLoader))
    except (PolicyError, yaml.YAMLError):
        return
    texts = [event.value for event in events if isinstance(event, yaml.ScalarEvent)]
    if node is not None:
        assert texts == list(scalars(node))


def scalars(node: Node) -> list[str]:
    match node:
        case Scalar(text=text):
            return [text]
        case Listing(items=items):
            return [text for item in items for text in scalars(item)]
        case Table(entries=entries):
            return [text for key, value in entries for text in (key.text, *scalars(value))]


WORDS = st.lists(
    st.sampled_from(["hurry", ">", "5", "and", "(", ")", "'dry'", '"wet"', "a\\b", "é", "it's"]), min_size=1
)


@settings(max_examples=EXAMPLES * 2)
@given(WORDS.map(" ".join), st.sampled_from(["'", '"', ">", "|", None]), st.data())
def test_place_of_a_character_is_where_it_stands_in_the_file(text: str, style: str | None, data: st.DataObject) -> None:
    written = yaml.dump([{"when": text}], default_style=style, width=20, allow_unicode=True)
    node = parse(written.encode(), "a.yaml")
    assert isinstance(node, Listing)
    assert isinstance(node.items[0], Table)
    scalar = node.items[0].entries[0][1]
    assert isinstance(scalar, Scalar)
    offset = data.draw(st.integers(0, len(text) - 1).filter(lambda index: not text[index].isspace()))
    place = place_in(scalar, offset)
    found = written.splitlines()[place.line - 1][place.column - 1 :]
    assert found.startswith((scalar.text[offset], "\\" + scalar.text[offset]))


def test_place_past_the_end_is_just_after_the_last_character() -> None:
    for written, place in (
        ("a: x y", (1, 7)),
        ("a: 'x y'", (1, 8)),
        ('a: "x y" # z', (1, 8)),
        ("a: >-\n  x\n  y\n", (3, 4)),
    ):
        node = parse(written.encode(), "a.yaml")
        assert isinstance(node, Table)
        scalar = node.entries[0][1]
        assert isinstance(scalar, Scalar)
        found = place_in(scalar, len(scalar.text))
        assert (found.line, found.column) == place
