"""The digest of a policy: SHA-256 of what it says, wherever and in whatever order its files say it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from fractions import Fraction
from functools import lru_cache
from typing import Any

from assistant.knowledge import Source
from assistant.policy.phrases import Phrase
from assistant.policy.syntax import Policy

_NOT_SAID = frozenset(
    ("span", "at", "layer", "upper", "stratum", "when", "reads", "writes", "by_id", "written", "accepts")
)
"""Places, what only `whyso check` reads, and what follows from the rest: `when` from a rule's `condition`."""


def digest_of(policy: Policy) -> str:
    """The digest of a merged policy with its source."""
    source = policy.source
    content = {
        "policy": [policy.id, policy.title, policy.version],
        "source": [*_head(source), _plain(source.passages), *map(_head, source.joined)],
        "options": _plain(policy.options),
        "capabilities": _plain(policy.capabilities),
        "verdict": _plain(policy.verdict),
        "params": _plain(policy.params),
        "facts": _plain(tuple(policy.facts.values())),
        "rules": {rule.id: _plain(rule) for rule in policy.rules},
    }
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def said_of(thing: Any) -> dict[str, Any]:
    """What a thing of a policy says, field by field and as JSON can hold it: what its digest is made of."""
    kind: Any = type(thing)
    return {name: _plain(getattr(thing, name)) for name in _said(kind)}


def _head(source: Source) -> list[str | None]:
    return [source.id, source.title, source.author, source.published, source.url]


def _plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Phrase):
        return value.spelt
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Fraction):
        return str(value)
    kind: Any = type(value)
    return [kind.__name__, {name: _plain(getattr(value, name)) for name in _said(kind)}]


@lru_cache(maxsize=64)
def _said(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in _NOT_SAID)
