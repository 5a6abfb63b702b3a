"""The chat application: its themes, its keys for quitting, and the failure that ended it.

It paints before anything is loaded; the policy arrives afterwards, from a thread of its own.
"""

import os
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.content import Content
from textual.screen import Screen

from assistant.errors import WhysoError
from assistant.preferences.model import Known, Settings
from assistant.tui.bindings import changed_keys, known_bindings
from assistant.tui.chat import ChatScreen
from assistant.tui.jump import JumpScreen
from assistant.tui.key_names import KeyNames, with_keys
from assistant.tui.palette import PaletteProvider
from assistant.tui.prompt import Prompt
from assistant.tui.talk import Talk
from assistant.tui.themes import DARK, THEMES

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from assistant.dialogue.saving import Saving
    from assistant.policy.syntax import Policy
    from assistant.preferences.file import SettingsFile
    from assistant.sessions.inputs import Inputs

PALETTE_HINT = "A command, fact, passage, rule, theme or key"
QUIT_AGAIN = "Press {stop} again to quit; nothing you typed is lost."
QUIT_AGAIN_SECONDS = 3.0
LOOK_EVERY_SECONDS = 0.5
WIDTHS = ((0, "-narrow"), (100, "-normal"), (160, "-wide"))
HEIGHTS = ((0, "-tiny"), (8, "-flat"), (16, "-low"), (24, "-high"), (32, "-tall"))


class WhysoApp(App[None]):
    """The chat under one policy. `failure` says why it could not begin; the caller raises it once the app has ended.

    `settings` is the user's file of looks and keys; `inputs` keeps what is typed for later sittings. The policy's files
    are looked at every so many seconds, unless the settings say not to.
    """

    CSS_PATH = "whyso.tcss"
    TITLE = "whyso"
    HORIZONTAL_BREAKPOINTS = list(WIDTHS)  # noqa: RUF012  # Textual's own attribute is no ClassVar
    VERTICAL_BREAKPOINTS = list(HEIGHTS)  # noqa: RUF012  # nor is this one
    SCREENS: ClassVar[dict[str, Callable[[], Screen[Any]]]] = {"jump": JumpScreen}
    """Made once and kept: making and removing it would take longer than showing it."""
    COMMANDS = {PaletteProvider}  # noqa: RUF012  # nor is this one
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", tooltip="Leave the chat", priority=True, id="quit"),
        Binding("ctrl+c", "help_quit", "Stop a long proof; twice: leave", show=False, system=True, id="stop"),
        Binding("ctrl+p", "command_palette", "Find anything that can be done", show=False, priority=True, id="palette"),
    ]

    def __init__(
        self,
        load: "Callable[[], Policy]",
        engine: str | None = None,
        saving: "Callable[[], Saving] | None" = None,
        settings: "SettingsFile | None" = None,
        inputs: "Inputs | None" = None,
        look_every: float = LOOK_EVERY_SECONDS,
    ) -> None:
        super().__init__()
        self.failure: WhysoError | None = None
        self.talk = Talk(load, engine, saving)
        self._warned_at: float | None = None
        self._inputs = inputs
        self._look_every = look_every
        self._remembers: SettingsFile | None = None
        for theme in THEMES:
            self.register_theme(theme)
        known = Known(known_bindings(), self.available_themes)
        self._settings, self._faults = settings.read(known) if settings else (Settings(), ())
        self.key_names = KeyNames(self._settings.keys)
        self.set_keymap({id: ",".join(keys) for id, keys in self._settings.keys.items()})
        if "TEXTUAL_THEME" not in os.environ:
            self.theme = self._settings.theme or DARK.name
        self._remembers = settings

    def get_default_screen(self) -> ChatScreen:
        """The chat is the first screen, so that nothing is pushed before it can be seen."""
        screen = ChatScreen(self.talk, self._look_every if self._settings.watch else None)
        screen.editor = self._settings.editor
        screen.changed_keys = tuple(changed_keys(self._settings.keys))
        return screen

    def on_ready(self) -> None:
        """What was typed in earlier sittings can be gone back to; what is wrong with the settings is said."""
        screen = self.screen_stack[0]
        if self._inputs is not None:
            screen.query_one(Prompt).remember(self._inputs.read(), self._keep_typed)
        if self._faults and isinstance(screen, ChatScreen):
            screen.tell_faults(self._faults)

    def _keep_typed(self, text: str) -> None:
        """Keeps what was typed for later sittings; where that cannot be, says so once."""
        if self._inputs is None:
            return
        try:
            self._inputs.add(text)
        except WhysoError as error:
            self._inputs = None
            self.notify(error.message, markup=False)

    def watch_theme(self, theme: str) -> None:
        """A theme that is chosen is that of later sittings, too."""
        if self._remembers is None:
            return
        try:
            self._remembers.remember_theme(theme)
        except WhysoError as error:
            self.notify(f"{theme} for this sitting only: {error}", markup=False)

    def on_conversing_screen_failed(self, event: ChatScreen.Failed) -> None:
        """Ends the app; the command line tells why."""
        self.failure = event.error
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C: stops thinking; else a notice, since it is easily hit by mistake; again soon after, the end."""
        if isinstance(self.screen, ChatScreen) and self.screen.busy and self.screen.talk.is_open:
            self.screen.stop()
            return
        now = monotonic()
        if self._warned_at is not None and now - self._warned_at < QUIT_AGAIN_SECONDS:
            self.exit()
            return
        self._warned_at = now
        self.notify(with_keys(self, QUIT_AGAIN), markup=False, timeout=QUIT_AGAIN_SECONDS)

    def action_command_palette(self) -> None:
        """Everything that can be done, to be found by its words."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=PALETTE_HINT, id="--command-palette"))

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
