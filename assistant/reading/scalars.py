"""What an unquoted scalar stands for, and where a character of a scalar stands in its file.

Scalars are read by YAML 1.2's core schema, so `no`, `on`, `1:30` and `010` stay texts.
"""

import re
from dataclasses import replace

from assistant.errors import Span
from assistant.reading.nodes import Plain, Scalar

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z", re.ASCII)
_FRACTION = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+([eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)\Z", re.ASCII)
_NOT_A_NUMBER = re.compile(r"[-+]?(\.inf|\.nan|nan|infinity|inf)\Z", re.IGNORECASE)
_WORDS: dict[str, Plain] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MAY_BE_NUMBER = frozenset("0123456789+-.nNiI")


def plain_value(text: str) -> Plain:
    """What an unquoted text stands for."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _MAY_BE_NUMBER:
        return text
    if _WHOLE.match(text):
        return int(text) if len(text) <= 40 else float(text)
    if _FRACTION.match(text):
        return float(text)
    if _NOT_A_NUMBER.match(text):
        return float(text.replace(".", ""))
    return text


def place_in(scalar: Scalar, offset: int) -> Span:
    """Where the character at `offset` of a scalar's text stands in its file; at its end, where the text ends.

    What is quoted, escaped or folded is followed through the text as written.
    """
    start = scalar.span
    if not scalar.raw:
        return replace(start, column=start.column + offset)
    before = scalar.raw[: _raw_index(scalar.raw, scalar.text, offset)]
    lines = before.count("\n")
    if not lines:
        return replace(start, column=start.column + len(before))
    return Span(start.file, start.line + lines, len(before) - before.rfind("\n"))


def _raw_index(raw: str, text: str, offset: int) -> int:
    """The index in `raw` of the character at `offset` of `text`; white space may differ between the two."""
    at = raw.find("\n") + 1 if raw[0] in "|>" else int(raw[0] in "'\"")
    for position, character in enumerate(text[: offset + 1]):
        if character.isspace():
            continue
        while at < len(raw) and (raw[at].isspace() or _escaped_space(raw, at)):
            at += 2 if raw[at] == "\\" else 1
        if position == offset:
            break
        at += _width(raw, at)
    return min(at, len(raw))


def _escaped_space(raw: str, at: int) -> bool:
    return raw[0] == '"' and raw[at] == "\\" and raw[at + 1 : at + 2] in ("n", "r", "t", " ", "\n", "\t")


def _width(raw: str, at: int) -> int:
    """How many characters write the one that stands at `at`."""
    if raw[0] == '"' and raw[at : at + 1] == "\\":
        return {"x": 4, "u": 6, "U": 10}.get(raw[at + 1 : at + 2], 2)
    return 2 if raw[0] == "'" and raw[at : at + 2] == "''" else 1
