"""The parts that need no screen: the strip's wording, echoes, hanging indents, numbers that lead to passages."""

import pytest

from assistant.explanation.document import Paragraph, Style
from assistant.tui.document_view import paragraph_blocks, said_block
from assistant.tui.hanging import hanging_lines
from assistant.tui.moment import Chance, Standing
from assistant.tui.plain_content import ECHOED, echo, paragraph_content, plain
from assistant.tui.standing import standing_line

OPEN = Standing("RAG", (Chance("Fine-tuning", None, 2), Chance("RAG", None, 5)), settled=False, open=3)


@pytest.mark.parametrize(
    ("standing", "width", "line"),
    [
        (OPEN, 76, "Leaning: RAG   Fine-tuning 2 · RAG 5   3 answers could still change it"),
        (OPEN, 69, "Leaning: RAG  Fine-tuning 2 · RAG 5  3 answers could still change it"),
        (OPEN, 60, "Leaning: RAG  Fine-tuning 2 · RAG 5  3 answers still open"),
        (OPEN, 50, "Leaning: RAG  Fine-tuning 2 · RAG 5  3 open"),
        (OPEN, 36, "RAG  Fine-tuning 2 · RAG 5  3 open"),
        (OPEN, 20, "RAG  3 open"),
        (OPEN, 1, "RAG  3 open"),
        (Standing("A", (Chance("A", None, 1),), False, 1), 80, "Leaning: A   A 1   1 answer could still change it"),
        (Standing("A", (Chance("A", 1.0, 1),), True, 0), 80, "Settled: A   A 1   no open answer can change it"),
        (
            Standing(None, (Chance("A", None, 0),), True, 0),
            80,
            "Settled: no option left   A 0   no open answer can change it",
        ),
    ],
)
def test_the_strip_says_as_much_as_fits(standing: Standing, width: int, line: str) -> None:
    assert standing_line(standing, width).plain == line


def test_an_echo_is_one_line_and_not_endless() -> None:
    assert echo(" a\n b\t c ").plain == "a b c"
    long = echo("x" * 1_000_000).plain
    assert long.startswith("x" * ECHOED)
    assert long.endswith("… (1,000,000 characters)")


def test_text_is_never_markup() -> None:
    assert plain("[bold]x[/bold]").plain == "[bold]x[/bold]"
    assert not plain("[bold]x[/bold]").spans


def test_each_number_leads_to_its_passage_and_the_text_to_the_first() -> None:
    content = paragraph_content(Paragraph(Style.POINT, "As [7] says. [1] [2]", ("one", "two")))
    spans = [(span, span.style.meta["passage"]) for span in content.spans if not isinstance(span.style, str)]
    passages = [[passage for span, passage in spans if span.start <= at < span.end][-1] for at in (0, 14, 18)]
    assert passages == ["one", "one", "two"]


def test_a_hanging_indent_holds_at_any_width() -> None:
    for width in (80, 20, 9, 1):
        lines = [line.plain for line in hanging_lines(plain("  • "), plain("some words to be wrapped"), width)]
        assert lines[0].startswith("  • ")
        assert all(line.startswith("    ") for line in lines[1:])
        assert " ".join(line[4:] for line in lines).split() == ["some", "words", "to", "be", "wrapped"] or width < 12


def test_empty_lines_stand_where_something_begins() -> None:
    styles = [Style.NOTE, Style.VERDICT, Style.TEXT, Style.HEADING, Style.POINT, Style.POINT, Style.TEXT]
    blocks = [said_block("x"), *paragraph_blocks(Paragraph(style, "x") for style in styles)]
    assert [block.apart for block in blocks] == [False, False, True, False, True, False, False, True]
