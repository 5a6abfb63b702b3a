"""Hints that name keys as they are in force: texts with the ids of keys in braces, filled in for whoever reads them.

`{find}` is the key as people read it, `{find*}` all that do the same, `{fold+unfold}` a pair in short: `←→`, `F9/F10`.
"""

from collections.abc import Iterator, Mapping

from textual.dom import DOMNode

from assistant.preferences.keyboard import spoken
from assistant.tui.bindings import known_bindings

ARROWS = {"left": "←", "right": "→", "up": "↑", "down": "↓"}


class KeyNames(Mapping[str, str]):
    """What each key is called, by its id; `chosen` are those of the settings."""

    def __init__(self, chosen: Mapping[str, tuple[str, ...]] | None = None) -> None:
        default = {id: bound.keys for id, bound in known_bindings().items()}
        self._keys: Mapping[str, tuple[str, ...]] = {**default, **(chosen or {})}

    def __getitem__(self, field: str) -> str:
        if field.endswith("*"):
            return " or ".join(map(spoken, self._keys[field[:-1]]))
        first, plus, second = field.partition("+")
        if not plus:
            return spoken(self._keys[first][0])
        pair = [self._keys[id][0] for id in (first, second)]
        if all(key in ARROWS for key in pair):
            return "".join(ARROWS[key] for key in pair)
        return "/".join(ARROWS.get(key) or spoken(key) for key in pair)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def with_keys(node: DOMNode, text: str) -> str:
    """A text with the keys in force where it names some."""
    return text.format_map(names_for(node))


def names_for(node: DOMNode) -> KeyNames:
    """The names of the keys of the app that something is part of."""
    names = getattr(node.app, "key_names", None)
    return names if isinstance(names, KeyNames) else KeyNames()
