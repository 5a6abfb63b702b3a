"""Where a thing of a policy is written: the file and line of the layer that has the last word on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError, PolicyError, Span, did_you_mean, shown
from assistant.policy.folder import displayed, installed
from assistant.policy.origin import Origin
from assistant.policy.syntax import Policy
from assistant.reading.nodes import Listing, Node, Scalar, Table
from assistant.reading.parser import parse_file

KINDS = ("rule", "param", "fact", "option", "capability", "passage")
"""What has a place; of two that bear one name, the one of the earlier kind is meant."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file, the line in it, and what stands there."""

    what: str
    file: Path
    line: int

    def __str__(self) -> str:
        return f"{shown(displayed(self.file), 200)}:{self.line}"


def place_named(policy: Policy, name: str) -> Place:
    """The place of what is called `name`, or `kind:name` where two are called so; raises `InputError` for nothing."""
    kind, colon, rest = name.partition(":")
    wanted, kinds = (rest.strip(), (kind,)) if colon and kind in KINDS else (name.strip(), KINDS)
    for one in kinds:
        found = _passage(policy, wanted) if one == "passage" else _thing(policy, one, wanted)
        if found is not None:
            return found
    known = [*(origin.id for origin in policy.origins), *policy.source.by_id]
    help = did_you_mean(wanted, known) or "`whyso rules --origin` lists all that has a name"
    raise InputError(f"nothing in the policy is called `{shown(wanted)}`", help=help)


def place_at(span: Span, what: str) -> Place:
    """The place of something that a message tells of."""
    return Place(what, Path(span.file).absolute(), span.line)


def _thing(policy: Policy, kind: str, id: str) -> Place | None:
    origin = policy.origin(kind, id)
    return place_at(_last(origin), f"{kind} {id}") if origin is not None else None


def _last(origin: Origin) -> Span:
    """Where the layer stands that has the last word: what switches a thing off has it, too."""
    return (origin.off or origin.settings[-1]).span


def _passage(policy: Policy, name: str) -> Place | None:
    """A passage, or for `passage#claim` the claim in it, found in its section's file."""
    passage = name.partition("#")[0]
    if passage not in policy.source.by_id:
        return None
    id = policy.source.source_of(passage).id
    folders = [*(root / "knowledge" / id for root in reversed(policy.roots)), installed("knowledge") / id]
    file = next((path for path in (one / _section(passage) for one in folders) if path.is_file()), None)
    if file is None:
        return None
    line = next((node.span.line for node in _named(file, name)), 1)
    return Place(name, file.absolute(), line)


def _section(passage: str) -> str:
    return f"{passage.partition('.')[0]}.yaml"


def _named(file: Path, name: str) -> Iterator[Node]:
    """The claim of that name in a section's file, then its passage."""
    passage, _, claim = name.partition("#")
    try:
        root = parse_file(file, str(file))
    except (PolicyError, InputError):
        return
    found = [one for one in _items(root, "passages") if _text(one, "passage") == passage]
    yield from (one for whole in found for one in _items(whole, "claims") if claim and _text(one, "claim") == claim)
    yield from found


def _items(node: Node | None, key: str) -> Iterator[Node]:
    listing = node.get(key) if isinstance(node, Table) else None
    yield from listing.items if isinstance(listing, Listing) else ()


def _text(node: Node, key: str) -> str:
    found = node.get(key) if isinstance(node, Table) else None
    return found.text if isinstance(found, Scalar) else ""
