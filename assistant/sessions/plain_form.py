"""Frozen data as JSON and back, by its own type annotations: what comes back equals what went in.

Takes dataclasses, mappings by name, tuples, enumerations, fractions of 0 or more, and texts, whole numbers, flags and
None. A field that is not
in the JSON has its default, so that a field can be added later.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_FRACTION = re.compile(r"\d{1,40}(?:/[1-9]\d{0,39})?\Z", re.ASCII)


def to_json(value: object) -> str:
    """The JSON text of a value: ASCII only, so that any text at all survives."""
    return json.dumps(plain_form(value), ensure_ascii=True, separators=(",", ":"), allow_nan=False)


def from_json(kind: type[T], text: str) -> T:
    """The value of that kind; raises `ValueError` where the text holds none."""
    try:
        return _typed(kind, json.loads(text))  # type: ignore[no-any-return]  # of the kind that was asked for
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"no {kind}: {error}") from None


def plain_form(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {field.name: plain_form(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain_form(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain_form(item) for item in value]
    return str(value) if isinstance(value, Fraction) else value


def _typed(kind: Any, plain: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _one_of(arguments, plain)
    if isinstance(kind, type) and is_dataclass(kind):
        _must_be(dict, plain)
        return kind(**{name: _typed(hint, plain[name]) for name, hint in _hints(kind).items() if name in plain})
    if origin is tuple:
        _must_be(list, plain)
        kinds = [arguments[0]] * len(plain) if arguments[-1] is ... else list(arguments)
        return tuple(_typed(one, item) for one, item in zip(kinds, plain, strict=True))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: _typed(arguments[1], item) for key, item in plain.items()}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(plain)
    if kind is Fraction:
        return _fraction(plain)
    _must_be(kind, plain)
    return plain


def _fraction(plain: Any) -> Fraction:
    if not isinstance(plain, str) or not _FRACTION.match(plain):
        raise TypeError(f"{type(plain).__name__} where a fraction belongs")
    return Fraction(plain)


def _must_be(kind: Any, plain: Any) -> None:
    if type(plain) is not kind:
        raise TypeError(f"{type(plain).__name__} where {kind} belongs")


def _one_of(kinds: tuple[Any, ...], plain: Any) -> Any:
    """A value of the first kind that takes it."""
    if plain is None and NoneType in kinds:
        return None
    for kind in kinds:
        try:
            return _typed(kind, plain)
        except (TypeError, KeyError, ValueError, AttributeError):
            continue
    raise TypeError(f"{type(plain).__name__} where one of {kinds} belongs")


@lru_cache(maxsize=64)
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind) if field.init}
