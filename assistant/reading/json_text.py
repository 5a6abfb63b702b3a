"""JSON to raw nodes with their places. YAML cannot read all JSON: tabs, say, or surrogate escapes."""

import json
import re

from assistant.errors import Span
from assistant.reading.builder import Builder, whole_characters
from assistant.reading.nodes import Node, Scalar
from assistant.reading.scalars import plain_value

_TOKEN = re.compile(r'(?P<text>"(?:[^"\\]|\\.)*")|(?P<sign>[{}\[\]:,])|(?P<word>[^\s{}\[\]:,"]+)|(?P<line>\n)')


def looks_like_json(text: str) -> bool:
    """Whether a text is one JSON object or list."""
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def json_node(text: str, name: str) -> Node | None:
    """The node that a sound JSON text holds; `name` is the file's in messages."""
    builder = Builder()
    line, begin = 1, 0
    for token in _TOKEN.finditer(text):
        span = Span(name, line, token.start() - begin + 1)
        written = token[0]
        match token.lastgroup:
            case "line":
                line, begin = line + 1, token.end()
            case "text":
                said = whole_characters(json.loads(written), span)
                builder.add(Scalar(said, said, span, True, written))
            case "word":
                builder.add(Scalar(plain_value(written), written, span))
            case _ if written in "{[":
                builder.open(span, listing=written == "[")
            case _ if written in "}]":
                builder.close()
    return builder.root
