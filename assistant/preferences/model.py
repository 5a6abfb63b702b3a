"""Settings as they hold, and what they may speak of. Light, since it is there before anything is painted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Bound:
    """What keys do by default. `place` is where they hold, empty for everywhere; `does` says it to people."""

    keys: tuple[str, ...]
    place: str = ""
    does: str = ""

    def meets(self, other: "Bound") -> bool:
        """Whether there is a place where both hold."""
        return not self.place or not other.place or self.place == other.place


@dataclass(frozen=True, slots=True)
class Known:
    """What settings may speak of: keys by what they do, and themes."""

    bindings: Mapping[str, Bound]
    themes: Collection[str]


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds. `keys` has only what differs from the defaults; `theme` is None where none is chosen.

    `watch`: whether an edit of the policy comes into force while the chat runs. `editor` is the command that opens
    files, None where the environment says it.
    """

    theme: str | None = None
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    watch: bool = True
    editor: str | None = None
