"""Where a thing in a policy comes from: the layers and lines that say it, and where it is switched off. Plain data."""

from dataclasses import dataclass

from assistant.errors import Span

KINDS = ("param", "capability", "option", "fact", "rule")


@dataclass(frozen=True, slots=True)
class Setting:
    """One layer's word on a thing. `keys` are what it sets of it, none where it says the whole; `at` is `file:line`."""

    layer: str
    at: str
    span: Span
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """All that layers say of one thing, the lowest layer first, and what switched it off, if anything does."""

    kind: str
    id: str
    settings: tuple[Setting, ...]
    off: Setting | None = None

    @property
    def last(self) -> Setting:
        """The setting that holds."""
        return self.settings[-1]

    @property
    def replaced(self) -> tuple[Setting, ...]:
        """The settings that a whole one from a layer above took the place of."""
        wholes = [number for number, setting in enumerate(self.settings) if not setting.keys]
        return self.settings[: wholes[-1]] if wholes else ()
