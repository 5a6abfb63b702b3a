"""YAML and JSON to raw nodes, in bounded time and space.

Scalars are read by YAML 1.2's core schema, so `no`, `on`, `1:30` and `010` stay texts. Anchors, aliases, tags and
further documents are refused, as is nesting past 50 levels: nothing in a file can expand or execute. Messages are
those of the pure Python parser, so they read the same with and without libyaml.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import Finding, InputError, PolicyError, Span, shown
from assistant.reading.nodes import Listing, Node, Plain, Scalar, Table

MAX_DEPTH = 50
MAX_BYTES = 2 << 20

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z", re.ASCII)
_FRACTION = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+([eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)\Z", re.ASCII)
_NOT_A_NUMBER = re.compile(r"[-+]?(\.inf|\.nan|nan|infinity|inf)\Z", re.IGNORECASE)
_WORDS: dict[str, Plain] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def read_bytes(path: Path, name: str, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; `InputError` says what stands in the way."""
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"`{shown(name)}` is not a file")
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        raise InputError(f"there is no file `{shown(name)}`", help="check the path") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"cannot read `{shown(name)}`: {reason.lower()}") from None
    if len(data) > limit:
        raise InputError(f"`{shown(name)}` is larger than {limit >> 20} MiB", help="split it into smaller files")
    return data


def parse_file(path: Path, name: str) -> Node | None:
    """The one document in a file, None if it is empty. Raises `PolicyError` with one finding."""
    return parse(read_bytes(path, name), name)


def parse(data: bytes, name: str) -> Node | None:
    """The one document in `data`; `name` is the file's in messages. Raises `PolicyError` with one finding."""
    text = _decoded(data, name)
    try:
        return _document(text, name)
    except PolicyError as fault:
        if text.lstrip()[:1] not in ("{", "["):
            raise
        return _document(_json_as_yaml(text, name, fault), name)


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise _fault(Span(name, line, column), "this file is not UTF-8", "save it as UTF-8") from None


def _fault(span: Span, message: str, help: str | None = None) -> PolicyError:
    return PolicyError([Finding("yaml", span, message, help)])


def _json_as_yaml(text: str, name: str, fault: PolicyError) -> str:
    """JSON that YAML cannot read (tabs, say), written so that it can; re-raises `fault` if it is no JSON either."""
    try:
        value = json.loads(text, object_pairs_hook=_once)
        return json.dumps(value, indent=1, ensure_ascii=False)
    except (ValueError, RecursionError):
        raise fault from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise ValueError("duplicate key")
    return keys


def _events(text: str, name: str) -> Iterator[yaml.Event]:
    """The YAML events of a text, with the fault of the pure Python parser where there is one."""
    try:
        loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
        yield from yaml.parse(text, Loader=loader)
    except yaml.YAMLError as error:
        raise _yaml_fault(_canonical(text, error), text, name) from None


def _canonical(text: str, error: yaml.YAMLError) -> yaml.YAMLError:
    try:
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                break
    except yaml.YAMLError as pure:
        return pure
    return error


def _yaml_fault(error: yaml.YAMLError, text: str, name: str) -> PolicyError:
    if isinstance(error, yaml.reader.ReaderError):
        before = text[: error.position]
        span = Span(name, before.count("\n") + 1, error.position - before.rfind("\n"))
        code = error.character if isinstance(error.character, int) else ord(error.character[:1] or "\0")
        return _fault(span, f"character U+{code:04X} may not stand in YAML", "remove it, or write it as an escape")
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        span = Span(name, mark.line + 1, mark.column + 1) if mark else Span(name, 1, 1)
        problem = shown(error.problem or "malformed", 200)
        context = f" {error.context}" if error.context else ""
        return _fault(span, f"malformed YAML{context}: {problem}", "check the indentation, the quotes and the brackets")
    return _fault(Span(name, 1, 1), "malformed YAML")


class _Builder:
    """Builds nodes from events on a stack of its own, so that depth is a number and not a crash."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.stack: list[tuple[Span, list[Node] | None, list[tuple[Scalar, Node]], Scalar | None]] = []
        self.root: Node | None = None
        self.documents = 0

    def span(self, event: yaml.Event) -> Span:
        mark = event.start_mark
        return Span(self.name, mark.line + 1, mark.column + 1) if mark else Span(self.name, 1, 1)

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _fault(self.span(event), "a second document in one file", "keep one document in a file")
        elif isinstance(event, yaml.AliasEvent):
            raise _fault(
                self.span(event), f"the alias `*{shown(event.anchor or '')}`", "write the value out: no aliases"
            )
        elif isinstance(event, yaml.NodeEvent):
            self.refuse_decorations(event)
            if isinstance(event, yaml.ScalarEvent):
                self.add(_scalar(event, self.span(event)))
            else:
                if len(self.stack) >= MAX_DEPTH:
                    raise _fault(self.span(event), f"nested deeper than {MAX_DEPTH} levels", "flatten it")
                self.stack.append(
                    (self.span(event), [] if isinstance(event, yaml.SequenceStartEvent) else None, [], None)
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            span, items, entries, _ = self.stack.pop()
            self.add(Table(tuple(entries), span) if items is None else Listing(tuple(items), span))

    def refuse_decorations(self, event: yaml.NodeEvent) -> None:
        if event.anchor:
            raise _fault(self.span(event), f"the anchor `&{shown(event.anchor)}`", "write the value out: no anchors")
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            raise _fault(self.span(event), f"the tag `{shown(tag)}`", "remove it: no tags")

    def add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        span, items, entries, key = self.stack[-1]
        if items is not None:
            items.append(node)
            return
        if key is None:
            if not isinstance(node, Scalar):
                raise _fault(node.span, "a key must be a text", "quote it, or check the brackets")
            if any(node.text == other.text for other, _ in entries):
                raise _fault(node.span, f"the key `{shown(node.text)}` stands twice", "keep one of the two")
            self.stack[-1] = (span, items, entries, node)
        else:
            entries.append((key, node))
            self.stack[-1] = (span, items, entries, None)


def _document(text: str, name: str) -> Node | None:
    builder = _Builder(name)
    for event in _events(text, name):
        builder.take(event)
    root = builder.root
    empty = isinstance(root, Scalar) and root.value is None and not root.text
    return None if empty else root


def _scalar(event: yaml.ScalarEvent, span: Span) -> Scalar:
    text = _whole_characters(event.value, span)
    quoted = event.style in ("'", '"', "|", ">")
    return Scalar(text if quoted else plain_value(text), text, span, quoted)


def _whole_characters(text: str, span: Span) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        try:
            return text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            raise _fault(span, "half of a character (a lone surrogate)", "write the whole character") from None
    return text


def plain_value(text: str) -> Plain:
    """What an unquoted text stands for, by YAML 1.2's core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.match(text):
        return int(text) if len(text) <= 40 else float(text)
    if _FRACTION.match(text):
        return float(text)
    if _NOT_A_NUMBER.match(text):
        return float(text.replace(".", ""))
    return text
