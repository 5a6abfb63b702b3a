"""The chat's one screen: where its parts stand, what keys do, and how a message becomes a turn that is shown.

Messages wait in a queue and are answered one at a time, off this thread; all that is shown is changed on it.
"""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Input, Static

from assistant.errors import WhysoError
from assistant.tui.keys import KEYS
from assistant.tui.paragraphs import ParagraphView
from assistant.tui.prompt import Prompt
from assistant.tui.question import ChoiceList, QuestionPanel
from assistant.tui.sources import PassagePage, SourcesPanel
from assistant.tui.standing import StandingStrip
from assistant.tui.talk import Talk, Turn, in_background
from assistant.tui.transcript import Transcript, opening_view

THINKING_AFTER_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Saying:
    """A message on its way, and how it is shown in the conversation."""

    text: str
    shown: str


class ChatScreen(Screen[None]):
    """The conversation, the question and the sources."""

    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-narrow"), (100, "-normal"), (160, "-wide")]
    VERTICAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-flat"), (16, "-low"), (24, "-high")]
    AUTO_FOCUS = "Prompt"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", tooltip="What can be said and pressed", id="help"),
        Binding("f2", "sources", "Sources", tooltip="The passages behind what was said", id="sources"),
        Binding("escape", "back", "Back", tooltip="Back to where you type", id="back"),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", "Scroll up", show=False, id="page-up"),
        Binding("pagedown", "page(1)", "Scroll down", show=False, id="page-down"),
    ]

    class Failed(Message):
        """The conversation cannot begin."""

        def __init__(self, error: WhysoError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, talk: Talk) -> None:
        super().__init__()
        self.talk = talk
        self._sayings: asyncio.Queue[Saying] = asyncio.Queue()
        self._busy = True
        self._notice_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Two columns; the stylesheet makes them one where there is no room."""
        with Horizontal(id="columns"):
            with Vertical(id="talk"):
                yield Transcript()
                yield StandingStrip()
                yield QuestionPanel()
                yield Static(id="notice", markup=False)
                with Horizontal(id="prompt-row"):
                    yield Static(Content("›"), id="prompt-mark", markup=False)
                    yield Prompt()
            yield SourcesPanel()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Paints first; then the conversation begins."""
        self.query_one(Transcript).mount(opening_view())
        self.call_after_refresh(self.run_worker, self._converse())
