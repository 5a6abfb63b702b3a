"""Where a thing in a policy comes from: the layers and lines that say it, and where it is switched off. Plain data."""

from dataclasses import dataclass

from assistant.errors import Span

KINDS = ("param", "capability", "option", "fact", "rule")


@dataclass(frozen=True, slots=True)
class Setting:
    """One layer's word on a thing. `keys` are what it sets of it, none where it says the whole; `at` is `file:line`.

    `value` is what a param is set to, as it is written.
    """

    layer: str
    at: str
    span: Span
    keys: tuple[str, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """All that layers say of one thing, the lowest layer first, and what switched it off, if anything does."""

    kind: str
    id: str
    settings: tuple[Setting, ...]
    off: Setting | None = None

    @property
    def whole(self) -> Setting:
        """The setting that last said the whole of it."""
        return next((setting for setting in reversed(self.settings) if not setting.keys), self.settings[0])

    @property
    def altered(self) -> tuple[Setting, ...]:
        """The settings above that one, which alter it."""
        return self.settings[self.settings.index(self.whole) + 1 :]

    @property
    def replaced(self) -> tuple[Setting, ...]:
        """The settings that a whole one from a layer above took the place of."""
        return self.settings[: self.settings.index(self.whole)]
