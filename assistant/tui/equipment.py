"""What a screen with a conversation offers besides talking: completing, searching, jumping, copying, saving.

The screen that has it says how it talks; `jump_targets`, `read_passage` and `read_rule` may be made its own.
"""

import re
from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from assistant.errors import WhysoError
from assistant.tui.completion_list import CompletionList
from assistant.tui.jump import JumpScreen, Target, targets_of
from assistant.tui.key_names import with_keys
from assistant.tui.local_commands import local_command
from assistant.tui.prompt import Prompt
from assistant.tui.saving_text import save_new, text_of, transcript_text
from assistant.tui.search_line import SearchInput, SearchLine
from assistant.tui.talk import Talk
from assistant.tui.too_small import TooSmall
from assistant.tui.transcript import Transcript

if TYPE_CHECKING:
    from assistant.errors import Finding

SENT = "Sent to the terminal's clipboard; if it did not arrive, {save} saves it."


class EquippedScreen(Screen[None]):
    """A screen with a transcript and a prompt."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+f", "find", "Search the conversation", show=False, id="find", priority=True),
        Binding("ctrl+o", "jump", "Jump to any place by a letter", show=False, id="jump", priority=True),
        Binding("ctrl+y", "copy", "Copy what is selected, else the last reply", show=False, id="copy", priority=True),
        Binding("ctrl+s", "save", "Save the conversation as a text file", show=False, id="save", priority=True),
    ]

    focused = Reactive[Widget | None](None, repaint=False)
    """As every screen's, but for a painting of all of it each time that the keyboard goes elsewhere."""

    def __init__(self, talk: Talk) -> None:
        super().__init__()
        self.talk = talk
        self.changed_keys: tuple[str, ...] = ()
        self.editor: str | None = None
        self._pattern: re.Pattern[str] | None = None
        self._match = 0

    def compose_line_helps(self) -> ComposeResult:
        """What stands right above the line one types in, while it is wanted."""
        yield SearchLine()
        yield CompletionList()

    @abstractmethod
    def say(self, text: str, shown: str | None = None) -> None:
        """Says something in the conversation."""

    @abstractmethod
    def notice(self, text: str, seconds: float) -> None:
        """A passing notice."""

    def on_mount(self) -> None:
        """What is typed is watched, since a message would come after its painting."""
        self.watch(self.query_one(Prompt), "value", self._offer_completions, init=False)
        self.watch(self.query_one(SearchInput), "value", self._look_for, init=False)

    def on_resize(self, event: events.Resize) -> None:
        """Says so where there is too little room for anything."""
        self.query_one(TooSmall).fit(event.size.width, event.size.height)

    def done_here(self, text: str) -> bool:
        """Does what is a command of the screen's own; False where it is something to be said."""
        command = local_command(text)
        if command is None:
            return False
        name, argument = command
        match name:
            case "find":
                self.query_one(SearchLine).open(argument)
            case "copy":
                self.action_copy()
            case "save":
                self._save(argument)
            case "theme":
                self._wear(argument)
            case "jump":
                self.action_jump()
            case "edit":
                self.run_worker(self._open(argument), name="editor")
        return True

    def begin(self, text: str) -> None:
        """Puts a text into the prompt, to be gone on with."""
        self.query_one(Prompt).begin(text)

    def tell_faults(self, faults: "Iterable[Finding]") -> None:
        """Says what is wrong with the settings, each fault with its place, and that the chat goes on without them."""
        lines = [line for fault in faults for line in str(fault).split("\n")]
        self.query_one(Transcript).add_faults("What is not right in the settings does not hold:", lines)
        self.notice("There are mistakes in the settings; they are listed above.", 10)

    def read_passage(self, passage: str) -> None:
        """Opens a passage's page."""
        self.say(f"/sources {passage}")

    def read_rule(self, rule: str) -> None:
        """Shows a rule's page."""
        self.query_one(Transcript).add_page(f"Rule {rule}", self.talk.rule_page(rule))

    def place_of(self, kind: type[DOMNode]) -> Widget | None:
        """The widget of that class, with the keyboard, so that one of its keys can be pressed; None where it is not."""
        found = next((widget for widget in self.query(Widget) if isinstance(widget, kind) and widget.region), None)
        if found is None:
            return None
        found.focus()
        return found

    # Completing.

    def _offer_completions(self, typed: str) -> None:
        offered = self.talk.ways_on(typed) if typed.startswith("/") else ()
        self.query_one(CompletionList).offer(offered, typed)

    def on_completion_list_taken(self, event: CompletionList.Taken) -> None:
        """A click takes it into the prompt."""
        event.stop()
        self.begin(event.completion.text)

    # Jumping.

    def jump_targets(self) -> Iterable[Target]:
        """The places of the screen that a letter leads to."""
        return targets_of(self)

    def action_jump(self) -> None:
        """Shows the letters and goes where the one that is pressed stands."""
        screen = self.app.get_screen("jump", JumpScreen)
        screen.aim(list(self.jump_targets()), self.app.size)
        self.app.push_screen(screen, self._jumped)

    def _jumped(self, target: Target | None) -> None:
        if target is not None:
            target.go()

    # Copying and saving.

    def action_copy(self) -> None:
        """Sends what is selected, else the last reply, to the terminal's clipboard; no answer ever comes from there."""
        turns = self.query_one(Transcript).turns
        text = self._selected() or (text_of(turns[-1][1]) if turns else "")
        if not text:
            self.notice("There is nothing to copy yet.", 4)
            return
        self.app.copy_to_clipboard(text)
        self.notice(with_keys(self, SENT), 6)

    def _selected(self) -> str:
        """What is selected with the mouse, or in a line one types in."""
        focused = self.focused
        typed = focused.selected_text if isinstance(focused, Input) else ""
        return typed or self.get_selected_text() or ""

    def action_save(self) -> None:
        """Writes the conversation into a new file in the working directory."""
        self._save("")

    def _save(self, name: str) -> None:
        turns = self.query_one(Transcript).turns
        if not turns:
            self.notice("There is nothing to save yet.", 4)
            return
        try:
            path = save_new(transcript_text(turns), name)
        except WhysoError as error:
            self.notice(_told(error), 8)
        else:
            self.notice(f"Saved as {path}", 6)

    # Opening.

    async def _open(self, name: str) -> None:
        """Opens what is called so in the user's editor; what was saved there is looked for as soon as that ends."""
        from assistant.tui.opening import opened, opening

        if not self.talk.is_open:
            return
        try:
            found = opening(self.talk.conversation.policy, self.talk.mistakes, name, self.editor)
            self.notice(found.note or f"Opened: {found.place}", 8)
            await opened(self.app, found)
        except WhysoError as error:
            self.notice(_told(error), 10)
            return
        self.look_now()

    def look_now(self) -> None:
        """The policy's files may just have been saved."""

    # Searching.

    def action_find(self) -> None:
        """Opens the search."""
        self.query_one(SearchLine).open()

    def on_search_line_opened(self) -> None:
        """The text of the search before is looked for again."""
        self._look_for(self.query_one(SearchInput).value)

    def _look_for(self, text: str) -> None:
        """Goes to the first match that begins where the reader is, or below."""
        if self.query_one(SearchLine).display:
            self._mark(text)
            self._go_to(self._first_below())

    def on_search_line_moved(self, event: SearchLine.Moved) -> None:
        """To the next match or the one before, round the ends."""
        self._go_to(self._match + event.step)

    def on_search_line_closed(self) -> None:
        """Nothing is marked any more; the reader stays where he is."""
        for view in self.query_one(Transcript).views:
            view.mark(None)
        self.query_one(SearchLine).close()
        self.query_one(Prompt).focus()

    def _mark(self, text: str) -> None:
        self._pattern = re.compile(re.escape(text), re.IGNORECASE) if text.strip() else None
        self._match = 0

    def _counts(self) -> Sequence[int]:
        return [view.mark(self._pattern) for view in self.query_one(Transcript).views]

    def _first_below(self) -> int:
        """The number of the first match that is not above what is seen."""
        transcript = self.query_one(Transcript)
        number = 0
        for view, count in zip(transcript.views, self._counts(), strict=True):
            top = transcript.scroll_offset.y - view.virtual_region.y
            for line in view.match_lines() if count else ():
                if line >= top:
                    return number
                number += 1
        return max(number - 1, 0)

    def _go_to(self, number: int) -> None:
        """Marks a match, by its number from the top, and scrolls until it is seen."""
        counts, line = self._counts(), self.query_one(SearchLine)
        if not sum(counts):
            line.tell("nothing found" if self._pattern else "")
            return
        self._match = left = number % sum(counts)
        transcript = self.query_one(Transcript)
        for view, count in zip(transcript.views, counts, strict=True):
            if left < count:
                view.show_match(left)
                transcript.show_row(view.virtual_region.y + view.match_lines()[left])
                break
            left -= count
        line.tell(f"{self._match + 1} of {sum(counts)}")

    # Looks.

    def _wear(self, name: str) -> None:
        themes = sorted(self.app.available_themes)
        wanted = name if name in themes else f"whyso-{name}"
        if wanted in themes:
            self.app.theme = wanted
        elif name:
            self.notice("Themes: " + ", ".join(themes), 8)
        else:
            self.app.action_change_theme()


def _told(error: WhysoError) -> str:
    help = f"; {error.help}" if error.help else ""
    return f"{error.message[:1].upper()}{error.message[1:]}{help}"
