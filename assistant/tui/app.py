"""The chat application: its themes, its keys for quitting, and the failure that ended it.

It paints before anything is loaded; the policy arrives afterwards, from a thread of its own.
"""

import os
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.content import Content

from assistant.errors import WhysoError
from assistant.tui.chat import ChatScreen
from assistant.tui.talk import Talk
from assistant.tui.themes import DARK, LIGHT

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from assistant.dialogue.saving import Saving
    from assistant.policy.syntax import Policy

QUIT_AGAIN_SECONDS = 3.0
WIDTHS = ((0, "-narrow"), (100, "-normal"), (160, "-wide"))
HEIGHTS = ((0, "-tiny"), (8, "-flat"), (16, "-low"), (24, "-high"), (32, "-tall"))


class WhysoApp(App[None]):
    """The chat under one policy. `failure` says why it could not begin; the caller raises it once the app has ended."""

    CSS_PATH = "whyso.tcss"
    TITLE = "whyso"
    HORIZONTAL_BREAKPOINTS = list(WIDTHS)  # noqa: RUF012  # Textual's own attribute is no ClassVar
    VERTICAL_BREAKPOINTS = list(HEIGHTS)  # noqa: RUF012  # nor is this one
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", tooltip="Leave the chat", priority=True, id="quit"),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    def __init__(
        self,
        load: "Callable[[], Policy]",
        engine: str | None = None,
        saving: "Callable[[], Saving] | None" = None,
    ) -> None:
        super().__init__()
        self.failure: WhysoError | None = None
        self.talk = Talk(load, engine, saving)
        self._warned_at: float | None = None
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        if "TEXTUAL_THEME" not in os.environ:
            self.theme = DARK.name

    def get_default_screen(self) -> ChatScreen:
        """The chat is the first screen, so that nothing is pushed before it can be seen."""
        return ChatScreen(self.talk)

    def on_chat_screen_failed(self, event: ChatScreen.Failed) -> None:
        """Ends the app; the command line tells why."""
        self.failure = event.error
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C: stops thinking; else a notice, since it is easily hit by mistake; again soon after, the end."""
        if isinstance(self.screen, ChatScreen) and self.screen.busy:
            self.screen.stop()
            return
        now = monotonic()
        if self._warned_at is not None and now - self._warned_at < QUIT_AGAIN_SECONDS:
            self.exit()
            return
        self._warned_at = now
        self.notify("Press Ctrl+C again to quit; nothing you typed is lost.", timeout=QUIT_AGAIN_SECONDS)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: "SeverityLevel" = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Notices get a line of their own in the chat, where they cover no text; elsewhere they pop up as usual."""
        if isinstance(self.screen, ChatScreen):
            text = Content.from_markup(message).plain if markup else message
            self.screen.notice(f"{title}: {text}" if title else text, timeout or self.NOTIFICATION_TIMEOUT)
        else:
            super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)
