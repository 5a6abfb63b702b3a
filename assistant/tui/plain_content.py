"""Text from users, policies and articles as Textual content: always plain, never markup, nothing a terminal obeys."""

import re
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

if TYPE_CHECKING:
    from assistant.explanation.document import Paragraph

ECHOED = 300
_MARKS = re.compile(r"(?: \[\d+\])+\Z")
_MARK = re.compile(r"\[\d+\]")


def plain(text: str) -> Content:
    """A text as it stands, with a sign in place of every control character."""
    from assistant.explanation.plain import printable

    return Content(printable(text))


def echo(text: str) -> Content:
    """What the user said, in one line and not endless."""
    said = " ".join(text[: 4 * ECHOED].split())
    if len(text) <= ECHOED:
        return plain(said)
    return plain(f"{said[:ECHOED]}… ({len(text):,} characters)")


def paragraph_content(paragraph: "Paragraph") -> Content:
    """A paragraph; what cites carries its passage as `style.meta["passage"]`, each number the one it stands for."""
    content = plain(paragraph.text)
    if not paragraph.cites:
        return content
    text = content.plain
    content = content.stylize(Style.from_meta({"passage": paragraph.cites[0]}))
    marks = _MARKS.search(text)
    numbers = _MARK.finditer(text, marks.start()) if marks else ()
    for number, passage in zip(numbers, paragraph.cites, strict=False):
        content = content.stylize("$accent", *number.span())
        content = content.stylize(Style.from_meta({"passage": passage}), *number.span())
    return content
