"""Text that would be markup, a command or template code somewhere: it is shown as text in every format."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.policy.syntax import Policy
from assistant.reports.escaping import (
    LONGEST,
    comment,
    markdown,
    markdown_block,
    markdown_code,
    visible,
)
from assistant.reports.escaping import (
    yaml as quoted,
)
from assistant.reports.subject import Subject
from assistant.reports.verifying import Outcome, verify
from tests.reports.records import FORMATS, layer, small_policy, text_of, written
from tests.reports.test_formats import page_of

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><b onmouseover="x">',
    "</title></style></svg><h1>gone</h1>",
    "[a link](javascript:alert(1)) ![](http://e.com/x.png)",
    "http://evil.example www.evil.example me@evil.example",
    "**bold** _it_ `code` ~~no~~ | a | b | \\ $x$ :tada: <!-- no -->",
    "- not a list",
    "# not a heading",
    "1. not a list",
    "---",
    "```",
    "{{ 7 * 7 }} {% for x in y %} {# no #}",
    "]]> --> --!> *//* &lt; &#x41;",
    "--- status: accepted",
    "\u202eright to left\u202c and \x1b[31mred\x1b[0m and \x07",
    "sha256:" + "0" * 64,
    "<!-- whyso record {} -->",
)
MARKDOWN = MarkdownIt("gfm-like")


def about(text: str) -> Subject:
    """A subject with a text in each of its places."""
    return Subject({"distance": 12, "hurry": 9}, {"hurry": text}, {}, name=text, about=text)


def tokens(text: str) -> Iterator[Token]:
    """Every token of a text of Markdown, the seal at its end aside."""
    body = text.partition("---\n\n")[2] if text.startswith("---\n") else text
    for token in MARKDOWN.parse(body[: body.rindex("<!-- whyso record\n")]):
        yield token
        yield from token.children or ()


def shown_in_markdown(text: str) -> str:
    return " ".join(token.content for token in tokens(text) if token.type in ("text", "code_inline", "text_special"))


@pytest.mark.parametrize("text", HOSTILE)
class TestMarkdown:
    @pytest.mark.parametrize("form", ["md", "adr"])
    def test_nothing_is_markup(self, form: str, text: str, small: Policy) -> None:
        found = list(tokens(text_of(small, about(text), form)))
        plain = list(tokens(text_of(small, about("nothing of the kind"), form)))
        kinds = [token.type for token in found if token.type not in ("text", "text_special")]
        assert kinds == [token.type for token in plain if token.type not in ("text", "text_special")]
        assert not {"html_block", "html_inline", "link_open", "image"} & {token.type for token in found}

    @pytest.mark.parametrize("form", ["md", "adr"])
    def test_it_is_there_to_read(self, form: str, text: str, small: Policy) -> None:
        parts = [
            "".join(child.content for child in token.children or ())
            for token in tokens(text_of(small, about(text), form))
            if token.type == "inline"
        ]
        assert any(visible(text) in part for part in parts)


@pytest.mark.parametrize("text", HOSTILE)
class TestHtml:
    def test_nothing_is_markup(self, text: str, small: Policy) -> None:
        found = page_of(text_of(small, about(text), "html"))
        plain = page_of(text_of(small, about("nothing of the kind"), "html"))
        assert [tag for tag, _ in found.seen] == [tag for tag, _ in plain.seen]
        assert [sorted(attrs) for _, attrs in found.seen] == [sorted(attrs) for _, attrs in plain.seen]

    def test_it_is_there_to_read(self, text: str, small: Policy) -> None:
        page = page_of(text_of(small, about(text), "html"))
        assert sum(visible(text) in part for part in page.text) >= 3, "title, heading, about, words"


@pytest.mark.parametrize("text", HOSTILE)
def test_json_holds_it_as_it_is(text: str, small: Policy) -> None:
    written = text_of(small, about(text), "json")
    assert json.loads(written)["evidence"]["subject"]["words"] == {"hurry": text}
    assert all(character.isprintable() or character == "\n" for character in written)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", [*HOSTILE, "x" * 30_000, "\ud800 alone", "\n\n---\n\nstatus: accepted\r\n"])
def test_a_record_of_it_can_be_verified(form: str, text: str, small: Policy) -> None:
    data = written(small, about(text), form).data
    assert verify(data, "record", small, "reference").outcome is Outcome.REPRODUCED


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_acts_on_a_terminal(form: str, small: Policy) -> None:
    text = text_of(small, about("\x1b]0;title\x07\u202e\u2066\u0085\u2028"), form)
    assert all(character.isprintable() or character == "\n" for character in text)


def test_what_is_endless_is_cut_with_its_length(small: Policy) -> None:
    text = text_of(small, about("word " * 10_000), "md")
    assert "… (50,000 characters)" in text
    assert max(map(len, text[: text.rindex("<!-- whyso record")].splitlines())) < LONGEST + 500


@pytest.mark.parametrize("form", FORMATS)
def test_texts_of_a_policy_are_text_too(form: str, tmp_path: Path) -> None:
    nasty = "<b>[x](http://e.com)</b> | `--> ]]>"
    rules = [
        {
            "rule": "rain",
            "when": "weather == wet",
            "then": {"score": {"train": 5}, "advise": [{"kind": "risk", "text": nasty}]},
            "because": nasty,
            "basis": "house",
            "reason": nasty,
            "examples": [
                {"facts": {"weather": "wet"}, "fires": True},
                {"facts": {"weather": "dry"}, "fires": False},
            ],
        }
    ]
    options = [
        {"option": "bike", "label": nasty, "provides": ["exercise"]},
        {"option": "train", "label": nasty + "2", "provides": ["shelter"]},
        {"option": "both", "label": "Both", "provides": ["exercise", "shelter"]},
    ]
    head = {"policy": "acme", "version": "<i>2", "extends": "bike-or-train", "title": nasty, "options": options}
    policy = layer(tmp_path, {"policy.yaml": yaml.safe_dump(head), "rules.yaml": yaml.safe_dump(rules)})
    text = text_of(policy, Subject({"distance": 3, "weather": "wet"}), form)
    if form == "html":
        page = page_of(text)
        assert "b" not in {tag for tag, _ in page.seen}
        assert html.escape(nasty) in text
    elif form == "json":
        assert json.loads(text)["options"][0]["label"] == nasty
    else:
        found = list(tokens(text))
        assert not {"html_block", "html_inline", "link_open"} & {token.type for token in found}
        assert nasty in " ".join("".join(c.content for c in token.children or ()) for token in found)
    assert verify(text.encode(), "record", policy, "reference").outcome is Outcome.REPRODUCED


anything = st.text(st.characters(codec="utf-8"), max_size=80) | st.text(
    "<>&[]()*_`#+-.!|~\\$:@{}=1 \n\"'/aw", max_size=40
)


class TestEscapes:
    @given(anything)
    def test_markdown_reads_back_as_the_text(self, text: str) -> None:
        [paragraph, inline, _] = MARKDOWN.parse(f"x {markdown(text)} y")
        assert paragraph.type == "paragraph_open"
        children = inline.children or []
        assert {child.type for child in children} <= {"text", "text_special"}
        assert "".join(child.content for child in children) == f"x {visible(text)} y"

    @given(anything)
    def test_markdown_begins_no_block(self, text: str) -> None:
        written = markdown(text)
        if written:
            kinds = [token.type for token in MARKDOWN.parse(written)]
            assert kinds == ["paragraph_open", "inline", "paragraph_close"]

    @given(anything)
    def test_code_reads_back_as_the_text(self, text: str) -> None:
        if visible(text):
            [_, inline, _] = MARKDOWN.parse(f"x {markdown_code(text)} y")
            [code] = [child for child in inline.children or [] if child.type == "code_inline"]
            assert code.content == visible(text)

    @given(anything)
    def test_a_block_ends_where_it_should(self, text: str) -> None:
        kinds = [token.type for token in MARKDOWN.parse(f"{markdown_block(text)}\n\nafter")]
        assert kinds == ["fence", "paragraph_open", "inline", "paragraph_close"]

    @given(anything)
    def test_yaml_reads_back_as_the_text(self, text: str) -> None:
        written = quoted(text)
        assert yaml.safe_load(f"a: {written}\nb: 1") == {"a": visible(text), "b": 1}

    @given(st.dictionaries(anything, anything, max_size=3))
    def test_a_comment_ends_where_it_should(self, data: dict[str, str]) -> None:
        text = comment(data)
        assert json.loads(text) == data
        assert text.isascii()
        assert not re.search(r"--|[<>&]", text)


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=60), st.sampled_from(FORMATS))
def test_any_words_at_all(words: str, form: str) -> None:
    policy = small_policy()
    data = written(policy, about(words), form).data
    data.decode()
    assert verify(data, "record", policy, "reference").outcome is Outcome.REPRODUCED
