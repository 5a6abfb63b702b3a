"""What was altered between two states of a policy, thing by thing: what is new, gone, or says something else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.policy.digest import said_of
from assistant.policy.syntax import Policy

_KEYS = {"condition": "when", "words": "anchors", "measure": "anchors", "kind": "type", "phrase": "phrases"}
"""Fields that are called otherwise where they are written."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """A thing of some kind by its id, `before` and `now` as the policies have it, None where one has none.

    `keys` are what is otherwise in it, where both have it.
    """

    kind: str
    id: str
    before: Any
    now: Any
    keys: tuple[str, ...] = ()


def alterations(before: Policy, now: Policy) -> Iterator[Alteration]:
    """All that says something else, kind by kind."""
    for key in ("version", "title"):
        if getattr(before, key) != getattr(now, key):
            yield Alteration(key, now.id, getattr(before, key), getattr(now, key))
    if said_of(before.verdict) != said_of(now.verdict):
        yield Alteration("verdict", now.id, before.verdict, now.verdict, _otherwise(before.verdict, now.verdict))
    for kind, then, after in _things(before, now):
        for id in dict.fromkeys((*after, *then)):
            old, new = then.get(id), after.get(id)
            keys = _otherwise(old, new) if old is not None and new is not None else ()
            if keys or old is None or new is None:
                yield Alteration(kind, id, old, new, keys)


def _things(before: Policy, now: Policy) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    yield "param", before.params, now.params
    yield "rule", before.by_id, now.by_id
    yield "fact", before.facts, now.facts
    yield "capability", {one.id: one for one in before.capabilities}, {one.id: one for one in now.capabilities}
    yield "option", {one.id: one for one in before.options}, {one.id: one for one in now.options}
    yield "passage", before.source.by_id, now.source.by_id


def _otherwise(before: Any, now: Any) -> tuple[str, ...]:
    old, new = said_of(before), said_of(now)
    return tuple(dict.fromkeys(_KEYS.get(name, name) for name in new if old[name] != new[name]))
