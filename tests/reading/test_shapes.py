"""Shapes: every fault is noted and what is sound is kept, in time that grows with the file and no faster."""

import time

from assistant.errors import Finding
from assistant.reading.nodes import Scalar
from assistant.reading.parser import parse
from assistant.reading.shapes import (
    MOST_HELPED,
    Constant,
    Fields,
    Flag,
    Keyed,
    Many,
    Null,
    Number,
    OneOf,
    Record,
    Shape,
    Text,
    Whole,
    WordOr,
    check,
)


def checked(text: str, shape: Shape) -> tuple[object, list[str]]:
    node = parse(text.encode(), "a.yaml")
    assert node is not None
    findings: list[Finding] = []
    found = check(node, shape, findings)
    return found, [str(finding) for finding in findings]


def sound(text: str, shape: Shape) -> bool:
    found, faults = checked(text, shape)
    assert (found is None) is bool(faults)
    return not faults


def test_texts_may_be_numbers_but_not_nothing_blank_or_flags() -> None:
    assert sound("a text", Text())
    assert sound("1.0", Text())
    assert sound("010", Text())
    assert sound("|\n  two\n  lines\n", Text())
    assert not sound('" "', Text())
    assert not sound("true", Text())
    assert not sound("~", Text())
    assert not sound("[a]", Text())


def test_texts_hold_no_control_characters() -> None:
    assert checked('"a\\e[31m"', Text())[1] == [
        "a.yaml:1:1: expected a text without control characters, found `a\N{REPLACEMENT CHARACTER}[31m`"
    ]
    assert not sound('"a\\x7f"', Text())
    assert not sound('"a\\x9b"', Text())
    assert sound('"a\\u200db\\tc"', Text())


def test_texts_have_a_length() -> None:
    assert sound("x" * 10, Text(limit=10))
    assert checked("x" * 11, Text(limit=10))[1] == ["a.yaml:1:1: expected at most 10 characters, found `xxxxxxxxxxx`"]


def test_numbers_are_finite_and_flags_are_no_numbers() -> None:
    assert sound("3", Whole())
    assert not sound("3.0", Whole())
    assert not sound("true", Whole())
    assert sound("3.5", Number())
    assert not sound("true", Number())
    assert not any(sound(text, Number()) for text in (".inf", "-.inf", ".nan", "1e400", "1e16", '"3"'))
    assert sound("true", Flag())
    assert not sound("1", Flag())
    assert sound("word", Constant())
    assert not sound("1.5", Constant())


def test_help_for_words_that_yaml_1_1_took_for_flags() -> None:
    assert checked("no", Flag())[1] == ["a.yaml:1:1: expected true or false, found `no`\nhelp: write `false`"]
    assert checked("ON", Flag())[1] == ["a.yaml:1:1: expected true or false, found `ON`\nhelp: write `true`"]


def test_a_number_in_quotes_is_told_from_the_number() -> None:
    assert checked('"5"', Whole())[1] == [
        "a.yaml:1:1: expected a whole number, found the text `5`\nhelp: remove the quotes"
    ]


def test_shapes_within_shapes() -> None:
    assert sound("~", Null(Whole()))
    assert sound("options", WordOr("options", Many(Whole())))
    assert sound("[1]", WordOr("options", Many(Whole())))
    assert sound("1", Many(Whole(), single=True))
    assert not sound("1", Many(Whole()))
    assert sound("b", OneOf(("a", "b")))


RECORD = Record("thing", {"thing": Text(), "size": Whole()}, {"parts": Many(Keyed(Flag()))})


def test_one_fault_does_not_hide_the_next_nor_what_is_sound() -> None:
    found, faults = checked("{thing: x, size: big, parts: [{a: true, b: maybe}, c], extra: 1}", RECORD)
    assert isinstance(found, Fields)
    assert found.text("thing") == "x"
    assert found.faulty("size")
    assert "size" not in found
    [part] = found.many("parts")
    assert [(key.text, value.value) for key, value in part.items()] == [("a", True)]
    assert [fault.partition("\n")[0] for fault in faults] == [
        "a.yaml:1:18: expected a whole number, found `big`",
        "a.yaml:1:44: expected true or false, found `maybe`",
        "a.yaml:1:52: expected a mapping, found `c`",
        "a.yaml:1:56: unknown key `extra` in a thing",
    ]


def test_what_is_missing_is_named_with_the_record() -> None:
    assert checked("{thing: x}", RECORD)[1] == ["a.yaml:1:1: the thing `x` lacks `size`\nhelp: add `size:`"]
    assert checked("{size: 1}", RECORD)[1] == ["a.yaml:1:1: the thing lacks `thing`\nhelp: add `thing:`"]


def test_keys_know_where_their_values_stand() -> None:
    found, _ = checked("{thing: x, size: big}", RECORD)
    assert isinstance(found, Fields)
    assert isinstance(found.get("thing"), Scalar)
    assert found.span_of("size").column == 18
    assert found.span_of("parts") == found.span


def test_ten_thousands_of_faults_are_all_noted_in_seconds_and_only_the_first_are_helped() -> None:
    text = "".join(f"k{number}: 1\n" for number in range(30_000))
    begin = time.process_time()
    _, faults = checked(text, Record("thing", {}, {f"key_{number}": Whole() for number in range(30)}))
    assert time.process_time() - begin < 10
    assert len(faults) == 30_000
    assert sum("help:" in fault for fault in faults) <= MOST_HELPED
