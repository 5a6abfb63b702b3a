"""Which keys the screens have, by the names that settings use: gathered from the widgets themselves."""

from collections.abc import Iterator, Mapping

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from assistant.preferences.keyboard import spoken
from assistant.preferences.model import Bound

OURS = "assistant.tui"
PLACES = {
    "CaseOutline": "in the case",
    "CostsOutline": "in the costs",
    "FactEditor": "while a fact is edited",
    "JumpScreen": "in jump mode",
    "Outline": "in the lists beside",
    "PassageOutline": "on a source's page",
    "Prompt": "in the line one types in",
    "SearchInput": "in the search",
    "TryingOut": "while answers are tried out",
}
"""Where the keys of each class hold, in words."""


def own_classes(root: type[DOMNode] = DOMNode) -> Iterator[type[DOMNode]]:
    """The app, screens and widgets of this package that have been imported."""
    for kind in root.__subclasses__():
        if kind.__module__.startswith(OURS):
            yield kind
        yield from own_classes(kind)


def own_bindings(kind: type[DOMNode]) -> list[Binding]:
    """The keys that a class declares itself."""
    return [binding for binding in kind.__dict__.get("BINDINGS", ()) if isinstance(binding, Binding)]


def known_bindings() -> dict[str, Bound]:
    """What every named key does, and where. A name may stand in several places for one thing: then it holds in all."""
    found: dict[str, Bound] = {}
    for kind in dict.fromkeys(own_classes()):
        place = "" if issubclass(kind, App) or _is_main(kind) else kind.__name__
        for binding in own_bindings(kind):
            if binding.id is not None:
                bound = Bound(tuple(binding.key.split(",")), place, binding.tooltip or binding.description)
                found[binding.id] = _both(found.get(binding.id), bound)
    return found


def _is_main(kind: type[DOMNode]) -> bool:
    """Whether a class is a screen that stays, not one that lies over another for a moment."""
    from textual.screen import ModalScreen

    return issubclass(kind, Screen) and not issubclass(kind, ModalScreen)


def _both(first: Bound | None, second: Bound) -> Bound:
    if first is None:
        return second
    keys = tuple(dict.fromkeys(first.keys + second.keys))
    does = max(first.does, second.does, key=len)
    return Bound(keys, first.place if first.place == second.place else "", does)


def changed_keys(keys: Mapping[str, tuple[str, ...]]) -> list[str]:
    """A line for each key that differs from the default: what it does and where it is now."""
    known = known_bindings()
    return [f"{', '.join(map(spoken, now))}: {_does(id, known)}" for id, now in sorted(keys.items())]


def _does(id: str, known: Mapping[str, Bound]) -> str:
    bound = known[id]
    return f"{bound.does or id} (otherwise {', '.join(map(spoken, bound.keys))})"
