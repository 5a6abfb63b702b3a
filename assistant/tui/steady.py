"""What a widget has that looks the same with the keyboard and without, or sees to the difference itself.

Textual would work out its styles and those of all in it each time the keyboard comes or goes, and paint its scrollbar
again in a frame of its own; both take longer than painting what has changed.
"""

from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Size

if TYPE_CHECKING:
    from textual.widget import Widget

    Mixin = Widget
else:
    Mixin = object
"""A second widget among a class's bases would hide from Textual what the first one inherits."""


class Steady(Mixin):
    """Mixed into a widget, before its own class."""

    _placed: "tuple[Size, Size] | None" = None
    _wrapped_at = -1

    def watch_has_focus(self, _has_focus: bool) -> None:
        """No style depends on it."""

    def on_resize(self, event: events.Resize) -> None:
        """What is wrapped to a width stays so while that is the same, as it is for a list that shows again."""
        width = self.scrollable_content_region.width
        if width == self._wrapped_at:
            event.prevent_default()
        self._wrapped_at = width

    def _scroll_update(self, virtual_size: Size) -> None:
        """A scrollbar stays as it is where nothing has changed for it, whatever else gets a new place."""
        placed = virtual_size, self.container_size
        if placed != self._placed:
            self._placed = placed
            super()._scroll_update(virtual_size)
