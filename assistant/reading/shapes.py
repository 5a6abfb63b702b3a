"""Shapes: which keys a file may have and of which type their values are, declared once and checked everywhere.

`check` never raises: it notes every fault in a list of findings and returns what is sound, so that one mistake does
not hide the next.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from assistant.errors import Finding, Span, did_you_mean, shown
from assistant.reading.nodes import Listing, Node, Scalar, Table, kind_of

NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
SLUG = re.compile(r"[a-z0-9]+([-_.][a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Text:
    """A text. `pattern` and `like` (what the pattern allows, in words) narrow it; a bare number counts as its text."""

    pattern: re.Pattern[str] | None = None
    like: str = "a text"
    limit: int = 4096


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number or one with a fraction."""


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
class Keyed:
    """A mapping with free keys and values of one shape."""

    value: "Shape"


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys. `what` names it in messages."""

    what: str
    required: Mapping[str, "Shape"]
    optional: Mapping[str, "Shape"] = field(default_factory=dict)


Shape: TypeAlias = Text | Whole | Number | Flag | Constant | OneOf | Null | WordOr | Many | Keyed | Record


@dataclass(frozen=True, slots=True)
class Fields:
    """A checked record: only the keys whose values are sound. Scalars stay nodes, so that they know their place."""

    span: Span
    values: Mapping[str, Any]

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
        node = self.values.get(key)
        return node.span if isinstance(node, (Scalar, Fields)) else self.span

    def many(self, key: str) -> list[Any]:
        """The items of a list, none where it is missing."""
        return list(self.values.get(key) or ())


def check(node: Node, shape: Shape, findings: list[Finding]) -> Any:
    """What is sound in `node` by `shape`, None where nothing is; each fault is added to `findings`."""
    match shape:
        case Record():
            return _record(node, shape, findings)
        case Many(item=item, single=single):
            if single and not isinstance(node, Listing):
                found = check(node, item, findings)
                return [] if found is None else [found]
            if not isinstance(node, Listing):
                _wrong(node, "a list", findings)
                return None
            checked = [check(entry, item, findings) for entry in node.items]
            return [entry for entry in checked if entry is not None]
        case Keyed(value=inner):
            if not isinstance(node, Table):
                _wrong(node, "a mapping", findings)
                return None
            pairs = [(key, check(value, inner, findings)) for key, value in node.entries]
            return {key: value for key, value in pairs if value is not None}
        case Null(inner=inner):
            if isinstance(node, Scalar) and node.value is None:
                return node
            return check(node, inner, findings)
        case WordOr(word=word, inner=inner):
            return node if isinstance(node, Scalar) and node.text == word else check(node, inner, findings)
        case _:
            return _checked_scalar(node, shape, findings)


def _wrong(node: Node, wanted: str, findings: list[Finding], help: str | None = None) -> None:
    found = kind_of(node)
    if isinstance(node, Scalar) and node.value is not None:
        found = f"`{shown(node.text)}`"
    findings.append(Finding("wrong-type", node.span, f"expected {wanted}, found {found}", help))


def _checked_scalar(node: Node, shape: Shape, findings: list[Finding]) -> Scalar | None:
    wanted, sound, help = _scalar_rule(node, shape)
    if sound:
        assert isinstance(node, Scalar)
        return node
    _wrong(node, wanted, findings, help)
    return None


def _scalar_rule(node: Node, shape: Shape) -> tuple[str, bool, str | None]:
    value = node.value if isinstance(node, Scalar) else None
    match shape:
        case Text(pattern=pattern, like=like, limit=limit):
            text = node.text if isinstance(node, Scalar) and value is not None and not isinstance(value, bool) else None
            if text is not None and len(text) > limit:
                return f"at most {limit:,} characters", False, None
            return like, bool(text is not None and text.strip() and (pattern is None or pattern.match(text))), None
        case Whole():
            return "a whole number", isinstance(value, int) and not isinstance(value, bool), None
        case Number():
            return "a number", isinstance(value, (int, float)) and not isinstance(value, bool), None
        case Flag():
            yes = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(str(value).lower())
            return "true or false", isinstance(value, bool), f"write `{yes}`" if yes else None
        case Constant():
            sound = isinstance(value, (str, bool, int))
            return "a whole number, true, false or a word", sound, None
        case OneOf(words=words):
            text = node.text if isinstance(node, Scalar) else ""
            wanted = "one of " + ", ".join(f"`{word}`" for word in words)
            return wanted, text in words, did_you_mean(text, words) if text else None
        case _:
            raise AssertionError(f"not a scalar shape: {shape}")


def _record(node: Node, shape: Record, findings: list[Finding]) -> Fields | None:
    if not isinstance(node, Table):
        keys = ", ".join(f"`{key}`" for key in shape.required)
        _wrong(node, f"a {shape.what}, a mapping", findings, f"it has the keys {keys}" if keys else None)
        return None
    known = {**shape.required, **shape.optional}
    values: dict[str, Any] = {}
    for key, value in node.entries:
        if key.text not in known:
            message = f"unknown key `{shown(key.text)}` in a {shape.what}"
            findings.append(Finding("unknown-key", key.span, message, did_you_mean(key.text, known)))
            continue
        checked = check(value, known[key.text], findings)
        if checked is not None:
            values[key.text] = checked
    present = {key.text for key, _ in node.entries}
    name = _name_of(node, shape)
    for key_name in _absent(shape.required, present):
        findings.append(
            Finding("missing-key", node.span, f"the {shape.what}{name} lacks `{key_name}`", f"add `{key_name}:`")
        )
    return Fields(node.span, values)


def _absent(required: Iterable[str], present: set[str]) -> list[str]:
    return [key for key in required if key not in present]


def _name_of(node: Table, shape: Record) -> str:
    named = node.get(shape.what.split()[-1])
    return f" `{shown(named.text)}`" if isinstance(named, Scalar) and named.text else ""
