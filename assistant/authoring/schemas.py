"""JSON Schemas of every kind of file in a policy, made of the shapes that the compiler checks by.

A schema admits all that the compiler admits. What depends on other files or on other keys is the compiler's to say.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from assistant.knowledge.loader import SECTION, SOURCE
from assistant.knowledge.wording_loader import TERMS, WORDING
from assistant.policy.declarations import (
    ALTERED_FACT,
    CASE,
    DERIVED_FACT,
    GROUP,
    LAYER,
    POLICY,
    RULE,
    TOLD_FACT,
)
from assistant.reading.shapes import (
    LARGEST,
    ByForm,
    Constant,
    Flag,
    Keyed,
    Many,
    Null,
    Number,
    OneOf,
    Record,
    Shape,
    Text,
    Whole,
    WordOr,
)

Schema: TypeAlias = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that editors understand."""


def schema_of(shape: Shape) -> Schema:
    """The schema of a shape."""
    match shape:
        case Record(what=what, required=required, known=known):
            return {
                "title": what.strip("`"),
                "type": "object",
                "properties": {key: schema_of(inner) for key, inner in known.items()},
                "required": list(required),
                "additionalProperties": False,
            }
        case Many(item=item, single=single):
            listing = {"type": "array", "items": schema_of(item)}
            return {"anyOf": [listing, schema_of(item)]} if single else listing
        case ByForm(single=single_value, listing=listing_shape, table=table):
            return {"anyOf": [schema_of(part) for part in (single_value, listing_shape, table)]}
        case Keyed(value=value):
            return {"type": "object", "additionalProperties": schema_of(value)}
        case Null(inner=inner):
            return {"anyOf": [{"type": "null"}, schema_of(inner)]}
        case WordOr(word=word, inner=inner):
            return {"anyOf": [{"const": word}, schema_of(inner)]}
        case _:
            return _scalar(shape)


def _scalar(shape: Shape) -> Schema:
    match shape:
        case Text():
            return _text(shape)
        case OneOf(words=words):
            return {"enum": list(words)}
        case Flag():
            return {"type": "boolean"}
        case Whole():
            return {"type": "integer"}
        case Number():
            return {"type": "number", "minimum": -LARGEST, "maximum": LARGEST}
        case Constant():
            return {"type": ["integer", "boolean", "string"]}
        case _:
            raise AssertionError(f"not a scalar shape: {shape}")


def _text(shape: Text) -> Schema:
    """A text; a bare number stands for its digits where the pattern admits those."""
    pattern = shape.pattern
    types = ["string"]
    if pattern is None or pattern.match("1"):
        types.append("number")
    if shape.flags:
        types.append("boolean")
    found: Schema = {"type": types if len(types) > 1 else "string", "maxLength": shape.limit}
    found["pattern"] = r"\S" if pattern is None else f"^(?:{pattern.pattern.removesuffix(chr(92) + 'Z')})$"
    return found if pattern is None else {**found, "description": shape.like}


def _either(key: str, then: Schema, otherwise: Schema) -> Schema:
    return {"if": {"type": "object", "required": [key]}, "then": then, "else": otherwise}


def _listed(item: Schema) -> Schema:
    """A file that is a list; one with nothing in it is empty."""
    return {"anyOf": [{"type": "array", "items": item}, {"type": "null"}]}


def _vocabulary() -> Schema:
    told = _either("type", schema_of(TOLD_FACT), schema_of(ALTERED_FACT))
    return _listed(_either("group", schema_of(GROUP), _either("derived", schema_of(DERIVED_FACT), told)))


_KINDS: Mapping[str, tuple[str, Callable[[], Schema]]] = {
    "policy": ("policy.yaml, of a policy or a layer", lambda: _either("extends", schema_of(LAYER), schema_of(POLICY))),
    "vocabulary": ("vocabulary/*.yaml", _vocabulary),
    "rules": ("every other .yaml file directly in a policy's folder", lambda: _listed(schema_of(RULE))),
    "case": ("cases/*.yaml, and what `whyso decide` reads", lambda: {"anyOf": [schema_of(CASE), {"type": "null"}]}),
    "source": ("knowledge/SOURCE/source.yaml", lambda: schema_of(SOURCE)),
    "section": ("the sections of a source", lambda: schema_of(SECTION)),
    "questions": ("questions.yaml of a source", lambda: schema_of(WORDING)),
    "glossary": ("glossary.yaml of a source", lambda: schema_of(TERMS)),
}
KINDS = tuple(_KINDS)


def about(kind: str) -> str:
    """Which files a schema is for."""
    return _KINDS[kind][0]


def schema(kind: str) -> Schema:
    """The whole schema of one of `KINDS`."""
    described, make = _KINDS[kind]
    return {"$schema": DRAFT, "title": f"whyso: {kind}", "description": described, **make()}


def schema_text(kind: str) -> str:
    """A schema as its file's text."""
    return json.dumps(schema(kind), indent=1, ensure_ascii=False) + "\n"
