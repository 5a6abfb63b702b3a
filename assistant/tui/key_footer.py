"""The keys that matter where one is, in the last line: one widget, since one for each key is seen to be slow.

It is written anew when the keyboard goes elsewhere, in the same painting as that, and only if the keys are others.
"""

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class FooterKey:
    """A key as it is shown: its name for the app, its name for the reader, what it does in a word and in more."""

    key: str
    shown: str
    description: str
    tooltip: str
    enabled: bool


class KeyFooter(Widget):
    """A line of keys. A click on one is as good as the key."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__(id="footer")
        self.keys: tuple[FooterKey, ...] = ()
        self._under_pointer: str | None = None

    def on_mount(self) -> None:
        """Whatever changes what keys do is told by the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._on_bindings_updated, immediate=True)

    def write(self) -> None:
        """Shows the keys that hold now."""
        keys = tuple(_keys(self.screen))
        if keys != self.keys:
            self.keys = keys
            self.refresh()

    def render(self) -> Content:
        """The keys one after the other."""
        return Content.assemble(*(_drawn(key, key.key == self._under_pointer) for key in self.keys))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Presses the key under the pointer."""
        pressed = self._at(event)
        if pressed is not None and pressed.enabled:
            self.app.simulate_key(pressed.key)
        elif pressed is not None:
            self.app.bell()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tells more of the key under the pointer."""
        self._point(self._at(event))

    def on_leave(self) -> None:
        """The pointer is elsewhere."""
        self._point(None)

    def _on_bindings_updated(self, screen: "Screen[object]") -> None:
        if screen is self.screen and screen.app.app_focus:
            self.write()

    def _at(self, event: events.MouseEvent) -> FooterKey | None:
        name = event.style.meta.get("key")
        return next((key for key in self.keys if key.key == name), None)

    def _point(self, key: FooterKey | None) -> None:
        name = key.key if key else None
        if name != self._under_pointer:
            self._under_pointer = name
            self.tooltip = key.tooltip or None if key else None
            self.refresh()


def _keys(screen: "Screen[object]") -> "list[FooterKey]":
    """The keys that a screen shows, one for each action."""
    found: dict[str, FooterKey] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.show and binding.action not in found:
            shown = screen.app.get_key_display(binding)
            found[binding.action] = FooterKey(binding.key, shown, binding.description, active.tooltip, active.enabled)
    return list(found.values())


def _drawn(key: FooterKey, pointed_at: bool) -> Content:
    line = Content.assemble(
        (f" {key.shown} ", "bold $footer-key-foreground"), (f"{key.description} ", "$footer-description-foreground")
    )
    if pointed_at:
        line = line.stylize("on $block-hover-background")
    if not key.enabled:
        line = line.stylize("dim")
    return line.stylize(Style.from_meta({"key": key.key}))
