"""What a rule may refer to while it is compiled, and where its faults are noted."""

from dataclasses import dataclass

from assistant.knowledge import Source
from assistant.policy.expressions import Symbols
from assistant.policy.folder import Layer
from assistant.policy.noted import Noted


@dataclass(frozen=True)
class Scope:
    """What a rule may refer to."""

    symbols: Symbols
    source: Source | None
    layer: Layer
    noted: Noted

    def has_figure(self, address: str) -> bool:
        """Whether the source has this figure; true while the source itself is missing."""
        return self.source is None or self.source.figure(address) is not None
