"""YAML and JSON to raw nodes, in bounded time and space.

Anchors, aliases, tags and further documents are refused, as is nesting past 50 levels: nothing in a file can expand or
execute. Messages are those of the pure Python parser, so they read the same with and without libyaml.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from os.path import exists, isfile, realpath
from pathlib import Path
from typing import Any, TypeVar

import yaml

from assistant.errors import InputError, PolicyError, Span, shown
from assistant.reading.builder import MAX_DEPTH, Builder, fault, whole_characters
from assistant.reading.json_text import json_node, looks_like_json
from assistant.reading.kept import Kept
from assistant.reading.nodes import Node, Scalar
from assistant.reading.scalars import plain_value

T = TypeVar("T")
MAX_BYTES = 2 << 20
MOST_KEPT = 2 << 20
_RETOLD = 1 << 16  # longer texts keep libyaml's own message: the pure Python parser would take seconds

_QUOTED = re.compile(r"'([^']+)'")
_QUOTES = frozenset(("'", '"', "|", ">"))
_MARK = "\ufeff"  # libyaml skips a byte order mark wherever one stands
_UNREADABLE = yaml.reader.Reader.NON_PRINTABLE
_FILES: Kept[Any] = Kept(MOST_KEPT)
_LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


def read_bytes(path: Path, name: str, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; `InputError` says what stands in the way."""
    try:
        if path.is_dir():
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


def within(path: Path, root: Path) -> bool:
    """Whether a path, its links followed, stays below a folder."""
    return Path(realpath(path)).is_relative_to(realpath(root))


def read_regular(path: Path, name: str) -> bytes:
    """The bytes of a file that is no pipe and no device: nothing in a policy's folder is waited for."""
    if exists(path) and not isfile(path):
        raise InputError(f"`{shown(name)}` is not a file")
    return read_bytes(path, name)


def parse_file(path: Path, name: str) -> Node | None:
    """The one document in a file, None if it is empty. Raises `PolicyError` with one finding.

    A file that says what it said before is not parsed again.
    """
    return made_of_file(path, name, "node", lambda data: parse(data, name))


def made_of_file(path: Path, name: str, what: str, make: Callable[[bytes], T]) -> T:
    """What is made of a file's bytes, kept under the file's name in messages and `what` it is."""
    data = read_regular(path, name)
    found: T = _FILES.get((what, name, data), len(data), lambda: make(data))
    return found


def parse(data: bytes, name: str) -> Node | None:
    """The one document in `data`; `name` is the file's in messages. Raises `PolicyError` with one finding."""
    text = _decoded(data, name)
    if looks_like_json(text):
        return json_node(text, name)
    root = _yaml_node(text, name)
    empty = isinstance(root, Scalar) and root.value is None and not root.text
    return None if empty else root


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        span = Span(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise fault(span, "this file is not UTF-8", "save it as UTF-8") from None


def _unreadable(text: str, offset: int, name: str) -> PolicyError:
    before = text[:offset]
    span = Span(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return fault(span, f"character U+{ord(text[offset]):04X} may not stand in YAML", "remove it")


def _yaml_node(text: str, name: str) -> Node | None:
    if _MARK in text:
        raise _unreadable(text, text.index(_MARK), name)
    try:
        return _taken(text, name)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if mark is not None and "nesting depth" in str(getattr(error, "problem", "")):
            with suppress(yaml.YAMLError):  # libyaml reads ahead: what came before is nested too deep for us already
                _taken(text[: mark.index], name)
        raise _yaml_fault(_retold(text, error), text, name) from None


def _taken(text: str, name: str) -> Node | None:
    reader = _Reader(text, name)
    loader = _LOADER(text)
    while (event := loader.get_event()) is not None:
        reader.take(event)
    return reader.builder.root


class _Reader:
    """Turns the events of one text into nodes."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.builder = Builder()
        self.documents = 0

    def take(self, event: Any) -> None:
        """Takes the next event."""
        kind = type(event)
        if kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            self.builder.close()
            return
        mark = event.start_mark
        span = Span(self.name, mark.line + 1, mark.column + 1)
        if kind is yaml.ScalarEvent:
            if event.anchor or event.tag:
                raise _decorated(event, span)
            self.builder.add(self.scalar(event, span))
        elif kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
            if event.anchor or event.tag:
                raise _decorated(event, span)
            self.builder.open(span, listing=kind is yaml.SequenceStartEvent)
        elif kind is yaml.AliasEvent:
            raise _decorated(event, span)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                raise fault(span, "a second document begins here", "keep one document in a file")

    def scalar(self, event: Any, span: Span) -> Scalar:
        """The scalar of an event, with how it is written where that differs."""
        text = whole_characters(event.value, span)
        start, end = event.start_mark, event.end_mark
        quoted = event.style in _QUOTES
        raw = self.text[start.index : end.index] if quoted or end.line > start.line else ""
        return Scalar(text if quoted else plain_value(text), text, span, quoted, raw)


def _decorated(event: Any, span: Span) -> PolicyError:
    """What is wrong with an event that has an anchor or a tag, or is an alias."""
    if isinstance(event, yaml.AliasEvent):
        return fault(span, f"the alias `*{shown(str(event.anchor))}` is not allowed", "write the value out")
    if event.anchor:
        return fault(span, f"the anchor `&{shown(event.anchor)}` is not allowed", "write each value out")
    return fault(span, f"the tag `{shown(event.tag)}` is not allowed", "remove it")


def _retold(text: str, error: yaml.YAMLError) -> yaml.YAMLError:
    """The same fault as the pure Python parser tells it, if that is quick to have."""
    if len(text) > _RETOLD:
        return error
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
    found = _UNREADABLE.search(text) if isinstance(error, yaml.reader.ReaderError) else None
    if found:
        return _unreadable(text, found.start(), name)
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        span = Span(name, mark.line + 1, mark.column + 1) if mark else Span(name, 1, 1)
        problem = _QUOTED.sub(r"`\1`", shown(error.problem or "malformed", 200))
        context = f" {error.context}" if error.context else ""
        return fault(span, f"malformed YAML{context}: {problem}", "check the indentation, the quotes and the brackets")
    return fault(Span(name, 1, 1), "malformed YAML")
