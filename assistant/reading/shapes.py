"""Shapes: which keys a file may have and of which type their values are, declared once and checked everywhere.

`check` never raises: it notes every fault in a list of findings and returns what is sound, so that one mistake does
not hide the next.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from assistant.errors import Finding, Span, did_you_mean, shown
from assistant.reading.nodes import Listing, Node, Scalar, Table
from assistant.reading.scalars import plain_value

LARGEST = 10**15
MOST_HELPED = 100

NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
SLUG = re.compile(r"[a-z0-9]+([-_.][a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Text:
    """A text. `pattern` and `like` (what the pattern allows, in words) narrow it; a bare number counts as its text.

    With `flags`, so do true and false.
    """

    pattern: re.Pattern[str] | None = None
    like: str = "a text"
    limit: int = 4096
    flags: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number or one with a fraction, neither endless nor past a thousand billions."""


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A whole number, true, false or a text: what a fact may hold."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Null:
    """Nothing, or else the shape inside."""

    inner: "Shape"


@dataclass(frozen=True, slots=True)
class WordOr:
    """One certain word, or else the shape inside."""

    word: str
    inner: "Shape"


@dataclass(frozen=True, slots=True)
class Many:
    """A list; with `single`, one item may stand without its list."""

    item: "Shape"
    single: bool = False


@dataclass(frozen=True, slots=True)
class ByForm:
    """A single value, a list or a mapping, each with its own shape."""

    single: "Shape"
    listing: "Shape"
    table: "Shape"


@dataclass(frozen=True, slots=True)
class Keyed:
    """A mapping with free keys and values of one shape."""

    value: "Shape"


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys. `what` names it in messages: a noun, or its own key in backticks."""

    what: str
    required: Mapping[str, "Shape"]
    optional: Mapping[str, "Shape"] = field(default_factory=dict)
    known: Mapping[str, "Shape"] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", {**self.required, **self.optional})


Shape: TypeAlias = Text | Whole | Number | Flag | Constant | OneOf | Null | WordOr | Many | ByForm | Keyed | Record


@dataclass(frozen=True, slots=True)
class Fields:
    """A checked record: only the keys whose values are sound. Scalars stay nodes, so that they know their place.

    `places` holds where the value of each known key stands, sound or not.
    """

    span: Span
    values: Mapping[str, Any]
    places: Mapping[str, Span] = field(default_factory=dict)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def get(self, key: str) -> Any:
        """The checked value: a Scalar, a list, a dict from Scalar, or Fields; None where it is missing or faulty."""
        return self.values.get(key)

    def text(self, key: str, default: str = "") -> str:
        """The text of a scalar."""
        node = self.values.get(key)
        return node.text if isinstance(node, Scalar) and node.value is not None else default

    def value(self, key: str, default: Any = None) -> Any:
        """The value of a scalar."""
        node = self.values.get(key)
        return node.value if isinstance(node, Scalar) and node.value is not None else default

    def span_of(self, key: str) -> Span:
        """Where a key's value stands, else where the record does."""
        return self.places.get(key, self.span)

    def faulty(self, key: str) -> bool:
        """Whether a key is there with a value that is not sound."""
        return key in self.places and key not in self.values

    def many(self, key: str) -> list[Any]:
        """The items of a list, none where it is missing."""
        return list(self.values.get(key) or ())


def check(node: Node, shape: Shape, findings: list[Finding]) -> Any:
    """What is sound in `node` by `shape`, None where nothing is; each fault is added to `findings`."""
    match shape:
        case Record():
            return _record(node, shape, findings)
        case Many(item=item, single=single):
            if not isinstance(node, Listing) and not single:
                _wrong(node, "a list", findings)
                return None
            entries = node.items if isinstance(node, Listing) else (node,)
            checked = [check(entry, item, findings) for entry in entries]
            return [entry for entry in checked if entry is not None]
        case ByForm():
            return check(node, _by_form(node, shape), findings)
        case Keyed(value=inner):
            return _keyed(node, inner, findings)
        case Null(inner=inner):
            nothing = isinstance(node, Scalar) and node.value is None
            return node if nothing else check(node, inner, findings)
        case WordOr(word=word, inner=inner):
            return node if isinstance(node, Scalar) and node.text == word else check(node, inner, findings)
        case _:
            return _scalar(node, shape, findings)


def _by_form(node: Node, shape: ByForm) -> Shape:
    match node:
        case Listing():
            return shape.listing
        case Table():
            return shape.table
        case _:
            return shape.single


def suggestion(name: str, known: Iterable[str], findings: list[Finding]) -> str | None:
    """The closest known name, while there are few enough faults for anybody to read on."""
    return did_you_mean(name, known) if len(findings) < MOST_HELPED else None


def _wrong(node: Node, wanted: str, findings: list[Finding], help: str | None = None) -> None:
    match node:
        case Table():
            found = "a mapping"
        case Listing():
            found = "a list"
        case Scalar(value=None):
            found = "nothing"
        case Scalar(text=""):
            found = "an empty text"
        case Scalar(quoted=True, text=text) if not isinstance(plain_value(text), str):
            found, help = f"the text `{shown(text)}`", help or "remove the quotes"
        case Scalar(text=text):
            found = f"`{shown(text)}`"
    findings.append(Finding("wrong-type", node.span, f"expected {wanted}, found {found}", help))


def _scalar(node: Node, shape: Shape, findings: list[Finding]) -> Scalar | None:
    if isinstance(node, Scalar) and _admits(shape, node):
        return node
    text = node.text if isinstance(node, Scalar) else ""
    help = None
    match shape:
        case Text(limit=limit) if len(text) > limit:
            wanted = f"at most {limit:,} characters"
        case Text() if not _printable(text):
            wanted = "a text without control characters"
        case Text(like=like):
            wanted = like
        case Whole():
            wanted = "a whole number"
        case Number():
            wanted = f"a number up to {LARGEST:,}" if _too_large(node) else "a number"
        case Flag():
            wanted = "true or false"
            yes = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(text.lower())
            help = f"write `{yes}`" if yes else None
        case Constant():
            wanted = "a whole number, true, false or a word"
        case OneOf(words=words):
            wanted = "one of " + ", ".join(f"`{word}`" for word in words)
        case _:
            raise AssertionError(f"not a scalar shape: {shape}")
    _wrong(node, wanted, findings, help)
    return None


def _admits(shape: Shape, node: Scalar) -> bool:
    value, text = node.value, node.text
    match shape:
        case Text(pattern=pattern):
            if value is None or (isinstance(value, bool) and not shape.flags) or len(text) > shape.limit:
                return False
            fits = not text.isspace() if pattern is None else pattern.match(text) is not None
            return fits and text != "" and _printable(text)
        case OneOf(words=words):
            return text in words
        case Flag():
            return isinstance(value, bool)
        case Whole():
            return isinstance(value, int) and not isinstance(value, bool)
        case Number():
            return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST
        case Constant():
            return isinstance(value, str | bool | int)
        case _:
            return False


def _too_large(node: Node) -> bool:
    value = node.value if isinstance(node, Scalar) else None
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) > LARGEST


def _printable(text: str) -> bool:
    """Whether a text is free of control characters, line ends and tabs aside."""
    return text.isprintable() or not any(character < " " or "\x7f" <= character <= "\x9f" for character in _bare(text))


def _bare(text: str) -> str:
    return text.replace("\n", "").replace("\t", "")


def _keyed(node: Node, inner: Shape, findings: list[Finding]) -> dict[Scalar, Any] | None:
    if not isinstance(node, Table):
        _wrong(node, "a mapping", findings)
        return None
    found = {}
    for key, value in node.entries:
        if not key.text.strip():
            findings.append(Finding("unknown-key", key.span, "an empty key", "name it, or remove it"))
            continue
        checked = check(value, inner, findings)
        if checked is not None:
            found[key] = checked
    return found


def _record(node: Node, shape: Record, findings: list[Finding]) -> Fields | None:
    if not isinstance(node, Table):
        keys = ", ".join(f"`{key}`" for key in shape.required)
        wanted = "a mapping" if shape.what.startswith("`") else f"{_a(shape.what)}, a mapping"
        _wrong(node, wanted, findings, f"it has the keys {keys}" if keys else None)
        return None
    values: dict[str, Any] = {}
    places: dict[str, Span] = {}
    missing = dict.fromkeys(shape.required)
    for key, value in node.entries:
        inner = shape.known.get(key.text)
        missing.pop(key.text, None)
        if inner is None:
            message = f"unknown key `{shown(key.text)}` in {_a(shape.what)}"
            findings.append(Finding("unknown-key", key.span, message, suggestion(key.text, shape.known, findings)))
            continue
        places[key.text] = value.span
        checked = check(value, inner, findings)
        if checked is not None:
            values[key.text] = checked
    for name in missing:
        message = f"{_the(node, shape.what)} lacks `{name}`"
        findings.append(Finding("missing-key", node.span, message, f"add `{name}:`"))
    return Fields(node.span, values, places)


def _a(what: str) -> str:
    if what.startswith("`"):
        return what
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


def _the(node: Table, what: str) -> str:
    if what.startswith("`"):
        return what
    named = node.get(what.split()[-1])
    return f"the {what} `{shown(named.text)}`" if isinstance(named, Scalar) and named.text else f"the {what}"
