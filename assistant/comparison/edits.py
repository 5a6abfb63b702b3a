"""What is written otherwise in two policies, thing by thing, in words: nothing here asks what follows from it.

A thing is known by its id, so one that was renamed is one that went and one that came. What stands elsewhere and says
the same is no edit.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.comparison.sameness import bare
from assistant.comparison.things import (
    IN_WORDS,
    KINDS,
    Aspect,
    Counted,
    Place,
    Thing,
    Things,
    things_of,
    written_alike,
)
from assistant.policy.compile_rules import house_reason
from assistant.policy.syntax import params_named
from assistant.reasoning.pairs import Pair

Change = Literal["added", "removed", "changed", "switched off", "switched on"]
ORDER: tuple[Change, ...] = ("changed", "added", "removed", "switched off", "switched on")


@dataclass(frozen=True, slots=True)
class Part:
    """One aspect that is said otherwise: a text before and after or, of a list, what went and what came.

    Of what is only counted, `gone` and `come` are the numbers.
    """

    what: str
    before: str | None = None
    after: str | None = None
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    gone: int = 0
    come: int = 0


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that is otherwise. `before` and `after` are where it stands on each side; `why` is its reason after.

    `through` are the params whose values make a rule's condition another one.
    """

    kind: str
    id: str
    change: Change
    parts: tuple[Part, ...]
    before: Place | None
    after: Place | None
    why: str = ""
    through: tuple[str, ...] = ()

    @property
    def by_params(self) -> bool:
        """Whether it is a rule that only params make another one: by their values, and by being the house's."""
        by_house = any(part.what == "reason" and self._of_param(part) for part in self.parts)
        following = {IN_WORDS, *(("basis", "reason") if by_house else ())}
        return bool(self.through) and all(part.what in following for part in self.parts)

    def _of_param(self, part: Part) -> bool:
        """Whether the reasons on both sides, where there are any, are those of params."""
        said = [text for text in (part.before, part.after) if text is not None]
        return all(text.startswith(tuple(house_reason(name, "") for name in self.through)) for text in said)

    @property
    def key(self) -> tuple[str, str]:
        """What it is an edit of."""
        return self.kind, self.id


def edits_of(pair: Pair, before: Things, after: Things) -> tuple[Edit, ...]:
    """Every edit, by kind, then by what it does, then by id; `before` and `after` are the cases of the two."""
    alike = written_alike(pair)
    one, other = things_of(pair.before, before, alike), things_of(pair.after, after, alike)
    found = [_edit(pair, key, one.get(key), other.get(key)) for key in {**other, **one}]
    kept = [edit for edit in found if edit is not None]
    return tuple(sorted(kept, key=lambda edit: (KINDS.index(edit.kind), ORDER.index(edit.change), edit.id)))


def _edit(pair: Pair, key: tuple[str, str], before: Thing | None, after: Thing | None) -> Edit | None:
    kind, id = key
    why = after.why if after else ""
    if before is not None and after is not None:
        parts = tuple(_parts(before.aspects, after.aspects))
        through = tuple(_through(pair, id)) if kind == "rule" else ()
        if kind == "rule" and not through and bare(pair.before.by_id[id].when) == bare(pair.after.by_id[id].when):
            parts = tuple(part for part in parts if part.what != IN_WORDS)
        return Edit(kind, id, "changed", parts, before.place, after.place, why, through) if parts else None
    if after is not None:
        off = _off(pair, key, after=False)
        change: Change = "switched on" if off else "added"
        return Edit(kind, id, change, tuple(_parts({}, after.aspects)), off, after.place, why)
    assert before is not None, "one of both has it"
    off = _off(pair, key, after=True)
    return Edit(kind, id, "switched off" if off else "removed", tuple(_parts(before.aspects, {})), before.place, off)


def _through(pair: Pair, id: str) -> Iterator[str]:
    """The params with another value that make a rule's condition another one, though it is written alike."""
    before, after = pair.before.by_id[id], pair.after.by_id[id]
    if before.condition == after.condition and bare(before.when) != bare(after.when):
        for name in params_named(after.condition):
            if name in pair.before.params and pair.before.params[name].value != pair.after.params[name].value:
                yield name


def _off(pair: Pair, key: tuple[str, str], *, after: bool) -> Place | None:
    """Where a rule is switched off on one side."""
    origin = (pair.after if after else pair.before).origin(*key)
    return Place(origin.off.at, origin.off.layer) if origin is not None and origin.off is not None else None


def _parts(before: Mapping[str, Aspect], after: Mapping[str, Aspect]) -> Iterator[Part]:
    for what in dict.fromkeys((*after, *before)):
        one, other = before.get(what), after.get(what)
        if one == other:
            continue
        if isinstance(one, Counted) or isinstance(other, Counted):
            part = _counted(what, one, other)
            if part is not None:
                yield part
        elif isinstance(one, tuple) or isinstance(other, tuple):
            part = _listed(what, one, other)
            if part is not None:
                yield part
        else:
            yield Part(what, one, other)


def _counted(what: str, one: Aspect | None, other: Aspect | None) -> Part | None:
    before, after = (Counter(side.items if isinstance(side, Counted) else ()) for side in (one, other))
    gone, come = (before - after).total(), (after - before).total()
    return Part(what, gone=gone, come=come) if gone or come else None


def _listed(what: str, one: Aspect | None, other: Aspect | None) -> Part | None:
    before, after = (tuple(side) if isinstance(side, tuple) else () for side in (one, other))
    removed, added = tuple(_less(before, after)), tuple(_less(after, before))
    if removed or added:
        return Part(what, removed=removed, added=added)
    return Part(what, ", ".join(before), ", ".join(after)) if before and after else None


def _less(one: Iterable[str], other: Iterable[str]) -> Iterator[str]:
    """What one list has beyond another, in its order."""
    left = Counter(other)
    for item in one:
        if left[item]:
            left[item] -= 1
        else:
            yield item
