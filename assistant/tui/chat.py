"""The chat's one screen: where its parts stand, how a turn is shown, and what keys do.

How a message becomes a turn is in `conversing`; all that is shown is changed on the screen's thread.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Input, Static

from assistant.tui.conversing import ConversingScreen
from assistant.tui.costs import CostsOutline
from assistant.tui.document_view import DocumentView
from assistant.tui.jump import Target
from assistant.tui.key_footer import KeyFooter
from assistant.tui.key_names import names_for, with_keys
from assistant.tui.keys import key_paragraphs, opened_paragraph
from assistant.tui.moment import standing_of
from assistant.tui.notice import NoticeLine
from assistant.tui.outline import CaseOutline, Outline
from assistant.tui.prompt import Prompt
from assistant.tui.question import ChoiceList, QuestionPanel
from assistant.tui.search_line import SearchInput
from assistant.tui.side import Side
from assistant.tui.sources import PassageOutline, SourcesPanel
from assistant.tui.standing import StandingStrip
from assistant.tui.tabs import TABS, TabRow
from assistant.tui.talk import Talk, Turn
from assistant.tui.too_small import TooSmall
from assistant.tui.transcript import Transcript
from assistant.tui.trying_out import TryingOut

if TYPE_CHECKING:
    pass

TABS_OF: Mapping[type[DOMNode], str] = {
    CaseOutline: "case",
    CostsOutline: "costs",
    PassageOutline: "source",
    Outline: "",
}
"""Where widgets that have keys of their own are; those of every outline hold in the tab that shows."""
FURTHER_DOWN = "The answer is further down; {page-down} goes there."


class ChatScreen(ConversingScreen):
    """The conversation, the question and the sources.

    The policy's files are looked at every so many seconds; never where that is None.
    """

    AUTO_FOCUS = "Prompt"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", key_display="F1", tooltip="What can be said and pressed", id="help"),
        *(
            Binding(
                tab.key.lower(), f"tab('{tab.name}')", tab.label, key_display=tab.key, show=tab is TABS[0], id=tab.name
            )
            for tab in TABS
        ),
        Binding("f7", "suppose", "What if", key_display="F7", tooltip="Try answers out", id="suppose"),
        Binding("ctrl+z", "undo", "Undo the last turn", id="undo", priority=True, show=False),
        Binding("escape", "back", "Back", show=False, id="back"),
        Binding("up", "move(-1)", show=False, id="up"),
        Binding("down", "move(1)", show=False, id="down"),
        Binding("pageup", "page(-1)", show=False, id="page-up"),
        Binding("pagedown", "page(1)", show=False, id="page-down"),
    ]

    def __init__(self, talk: Talk, look_every: float | None = None) -> None:
        super().__init__(talk, look_every)
        self._reads_beside = False

    def compose(self) -> ComposeResult:
        """Two columns; the stylesheet makes them one where there is no room."""
        with Horizontal(id="columns"):
            with Vertical(id="talk"):
                yield Transcript()
                yield StandingStrip()
                yield QuestionPanel()
                yield from self.compose_line_helps()
                with Horizontal(id="prompt-row"):
                    yield Static(Content("›"), id="prompt-mark", markup=False)
                    yield Prompt()
            yield Side()
        yield NoticeLine()
        yield KeyFooter()
        yield TooSmall()

    def on_mount(self) -> None:
        """Paints first; then the conversation begins."""
        self.call_after_refresh(self.begin_conversation)

    def on_resize(self, event: events.Resize) -> None:
        """There may be other columns, once the screen has the classes of its new size."""
        self.call_next(self._lay_out)

    def show(self, turn: Turn) -> None:
        """Puts a turn on the screen, in one painting."""
        reply = turn.reply
        paragraphs = reply.document.paragraphs
        with self.app.batch_update():
            if turn.help:
                paragraphs += key_paragraphs(names_for(self), self.changed_keys)
            if reply.passage is not None:
                paragraphs = (*paragraphs[:1], opened_paragraph(names_for(self)))
            self.query_one(Transcript).add_earlier(turn.earlier)
            if paragraphs:
                self.query_one(Transcript).add_reply(replace(reply.document, paragraphs=paragraphs))
            moment = turn.moment
            self.query_one(StandingStrip).show(standing_of(moment.decision, moment.left))
            self.query_one(QuestionPanel).show(reply.question)
            if reply.document.sources:
                self.query_one(SourcesPanel).offer(reply.document.sources)
            self.query_one(Side).show(moment)
            if reply.passage is not None:
                self._open_page(reply.passage, focus=self.has_class("-narrow"))
        if not self.query_one(Transcript).follows:
            self.notice(with_keys(self, FURTHER_DOWN), 4)

    def notice(self, text: str, seconds: float) -> None:
        """A passing notice, in a line of its own."""
        self.query_one(NoticeLine).tell(text, seconds)

    # What is typed and chosen.

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter says what was typed; with nothing typed, it chooses what is highlighted."""
        if event.value.strip():
            self.say(self.query_one(Prompt).take())
        elif not self.query_one(ChoiceList).choose():
            self.notice("Type an answer, or move to one with the arrow keys.", 3)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Whoever types does not mean what is highlighted."""
        if event.value:
            self.query_one(ChoiceList).highlighted = None

    def on_prompt_too_long(self, event: Prompt.TooLong) -> None:
        """A paste past all bounds is refused in the conversation; what was typed stays."""
        self.say(event.text)

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """A choice answers the question it was offered with, and no other."""
        if not self.busy and event.question is self.query_one(QuestionPanel).question:
            self.say(event.choice.said, event.choice.label)
        self.query_one(Prompt).focus()

    def on_key(self, event: events.Key) -> None:
        """Typing anywhere is typing in the prompt, but for keys that mean something where one is."""
        prompt = self.query_one(Prompt)
        typed = event.is_printable and event.character and self.focused is not prompt
        if typed and event.character and event.key not in self.active_bindings:
            event.stop()
            self._to_prompt()
            prompt.write(event.character)

    def action_move(self, step: int) -> None:
        """Moves in the choices; through what was said before where there are none."""
        choices = self.query_one(ChoiceList)
        if choices.option_count:
            choices.move(step)
        else:
            self.query_one(Prompt).action_recall(step)

    def action_page(self, step: int) -> None:
        """Scrolls the conversation."""
        self.query_one(Transcript).page(step)

    def action_help(self) -> None:
        """Says /help."""
        self._to_prompt()
        self.say("/help")

    def action_undo(self) -> None:
        """Says /undo: whatever was read wrongly is gone."""
        self._to_prompt()
        self.say("/undo")

    # Beside the conversation.

    def action_tab(self, name: str) -> None:
        """Goes to a tab; from it, back to the conversation."""
        side = self.query_one(Side)
        if side.tab == name and side in getattr(self.focused, "ancestors", ()):
            self._to_prompt()
        else:
            self._read_beside(True)
            side.open_tab(name)

    def action_suppose(self) -> None:
        """Tries answers out beside the real case; again, and they are discarded."""
        side = self.query_one(Side)
        if side.supposing:
            side.discard()
        elif side.moment is not None:
            self._read_beside(True)
            side.start_supposing({})

    def action_back(self) -> None:
        """One step back: out of a long proof, from a passage to where it was opened, else to where one types."""
        self.stop()
        side, panel = self.query_one(Side), self.query_one(SourcesPanel)
        self.clear_selection()
        self.query_one(ChoiceList).highlighted = None
        if self.focused is not None and panel in self.focused.ancestors and panel.shows_page:
            side.leave_page()
            return
        self._to_prompt()

    def place_of(self, kind: type[DOMNode]) -> Widget | None:
        """As everywhere; the search and tabs are opened first."""
        side, tab = self.query_one(Side), TABS_OF.get(kind)
        if kind is TryingOut:
            return side if side.supposing else None
        if kind is SearchInput:
            self.action_find()
            return self.query_one(SearchInput)
        if tab is None or side.moment is None:
            return super().place_of(kind)
        self._read_beside(True)
        side.open_tab(tab or side.tab)
        found = side.focus_target()
        return found if isinstance(found, kind) and isinstance(found, Widget) else None

    def jump_targets(self) -> Iterable[Target]:
        """Every place, the tabs among them."""
        row, side = self.query_one(TabRow), self.query_one(Side)
        tabs = [Target(at, partial(side.open_tab, name)) for at, name in row.places()]
        return sorted((*super().jump_targets(), *tabs), key=lambda target: (target.at.y, target.at.x))

    def on_trying_out_said(self, event: Side.Said) -> None:
        """Something was done beside the conversation that is said in it."""
        self.say(event.text, event.shown)

    def on_trying_out_told(self, event: Side.Told) -> None:
        """A notice from beside the conversation."""
        self.notice(event.text, 5)

    def on_document_view_cited(self, event: DocumentView.Cited) -> None:
        """A source was clicked in the conversation."""
        self._open_page(event.passage, focus=self.has_class("-narrow"))

    def watch_focused(self, focused: Widget | None) -> None:
        """Whoever reads beside the conversation stays there when the screen becomes narrow."""
        if self.is_mounted:
            side, panel = self.query_one(Side), self.query_one(SourcesPanel)
            panel.tell_focus(focused is not None and panel in focused.ancestors)
            if focused is not None:
                self._read_beside(side in focused.ancestors)
                side.refresh_views()

    def _open_page(self, passage: str, *, focus: bool) -> None:
        if focus:
            self._read_beside(True)
        self.query_one(Side).open_page(passage, focus=focus)

    def _read_beside(self, reading: bool) -> None:
        """In one column, whoever reads beside the conversation sees that in its place."""
        self._reads_beside, narrow = reading, self.has_class("-narrow")
        self.query_one("#talk").display = not (narrow and reading)
        self.query_one(Side).display = reading or not narrow

    def _lay_out(self) -> None:
        self._read_beside(self._reads_beside)
        self.query_one(Side).lay_out()

    def _to_prompt(self) -> None:
        self._read_beside(False)
        self.query_one(Prompt).focus()
