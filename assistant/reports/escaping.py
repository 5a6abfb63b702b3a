"""Text as each format can hold it: never markup, never a command to a terminal, whatever stands in it.

`Written` marks what is written for its format already. Everything else that a template puts out goes through the
format's `text`, so that forgetting to escape is not possible.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

LONGEST = 4_096
"""Characters of one text that are shown; the facts of a record hold each answer's words whole."""

_MARKDOWN = re.compile(
    r"""[\\`*\[\]<>|~{}$@]                        # always
    |(?<![^\W_])_|_(?![^\W_])                     # not between letters
    |&(?=[#\w]{1,40};)                            # what would be an entity
    |:(?=//)|:(?=[-+\w]{1,40}:)                   # addresses, and shortcodes of emoji
    |(?<=www)\.""",
    re.VERBOSE | re.IGNORECASE,
)
_AT_BEGINNING = re.compile(r"(?:[-+#=:]|\d{1,9}[.)])")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_NOT_IN_ADDRESS = re.compile(r"[^A-Za-z0-9._~:/?#@!$&*+,;=%-]")
_RUN = re.compile(r"`+")


class Written(str):
    """Text that is written for its format already. What is made of it otherwise is plain text again."""

    __slots__ = ()


def visible(text: str) -> str:
    """A text in one line, without anything that could act on a terminal or turn the reading direction, not endless."""
    line = " ".join(text[: LONGEST * 2].split())
    cut = len(line) > LONGEST or len(text) > LONGEST * 2
    safe = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in line[:LONGEST])
    return f"{safe}… ({len(text):,} characters)" if cut else safe


def markdown(text: str) -> Written:
    """A text that Markdown shows as it is, wherever in a paragraph, a list or a table it stands."""
    safe = _MARKDOWN.sub(r"\\\g<0>", visible(text))
    first = _AT_BEGINNING.match(safe)
    return Written(safe[: first.end() - 1] + "\\" + safe[first.end() - 1 :] if first else safe)


def markdown_code(text: str) -> Written:
    """A text as code within a line."""
    safe = visible(text)
    if not safe:
        return Written("")
    fence = "`" * (1 + max((len(run) for run in _RUN.findall(safe)), default=0))
    space = " " if "`" in (safe[0], safe[-1]) else ""
    return Written(f"{fence}{space}{safe}{space}{fence}")


def markdown_block(text: str) -> Written:
    """Lines of code between fences."""
    lines = [visible(line) if line.strip() else "" for line in text.split("\n")]
    kept = [_indent(line) + shown for line, shown in zip(text.split("\n"), lines, strict=True)]
    longest = max((len(run) for line in kept for run in _RUN.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return Written("\n".join((fence, *kept, fence)))


def _indent(line: str) -> str:
    return " " * min(len(line) - len(line.lstrip(" ")), 40) if line.strip() else ""


def html(text: str) -> Written:
    """A text that HTML shows as it is, also within an attribute."""
    return Written(visible(text).translate(_HTML))


def html_code(text: str) -> Written:
    """A text as code within a line."""
    return Written(f"<code>{html(text)}</code>") if text else Written("")


def html_block(text: str) -> Written:
    """Lines of code."""
    lines = (_indent(line) + html(line) for line in text.split("\n"))
    return Written("<pre><code>" + "\n".join(lines) + "</code></pre>")


def address(text: str) -> str:
    """An address on the web with everything percent-encoded that could end it; nothing where it is of another kind."""
    if not text.startswith(("https://", "http://")):
        return ""
    return _NOT_IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in _utf8(found[0])), text[:LONGEST])


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def html_address(text: str) -> Written:
    """An address as an attribute holds it."""
    return Written(address(text).translate(_HTML))


def yaml(text: str) -> Written:
    """A text as a quoted scalar that begins and ends on its line."""
    quoted = "".join(c if " " <= c < "\x7f" and c not in '"\\' else _escaped(c) for c in visible(text))
    return Written(f'"{quoted}"')


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    return f"\\U{ord(character):08X}" if ord(character) > 0xFFFF else f"\\u{ord(character):04X}"


def anchor(text: str) -> Written:
    """A name that can be linked to: lower case, digits and hyphens."""
    return Written(re.sub(r"[^a-z0-9]+", "-", text.lower()[:200]).strip("-") or "x")


def comment(data: Any) -> str:
    """Plain data as JSON that may stand in a comment of Markdown and HTML: ASCII, and nothing that could end it."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=True, indent=1, allow_nan=False)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.replace("--", "-\\u002d")


@dataclass(frozen=True, slots=True, eq=False)
class Escapes:
    """How one format takes texts: `text` by default, the others where a template asks for them by name."""

    text: Callable[[str], Written]
    named: Mapping[str, Callable[[str], Written]]


MARKDOWN = Escapes(
    markdown,
    MappingProxyType(
        {
            "code": markdown_code,
            "block": markdown_block,
            "address": lambda text: Written(address(text)),
            "yaml": yaml,
            "anchor": anchor,
        }
    ),
)
HTML = Escapes(
    html,
    MappingProxyType({"code": html_code, "block": html_block, "address": html_address, "yaml": yaml, "anchor": anchor}),
)
