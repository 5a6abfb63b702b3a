"""What stands beside the conversation: the recommendation pinned, the tabs, and what is merely supposed.

It owns which tab shows and which topic is pointed at. What it shows is drawn from one moment; only what can be seen is
worked out, off this thread, and a result that comes too late is dropped.
"""

from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assistant.reasoning.patience import CancelledError
from assistant.tui import views
from assistant.tui.background import in_background
from assistant.tui.card import VerdictCard
from assistant.tui.costs import CostsOutline, CostsView
from assistant.tui.desk import show_parts
from assistant.tui.editor import FactEditor
from assistant.tui.key_names import with_keys
from assistant.tui.moment import Moment
from assistant.tui.outline import CaseOutline, Outline
from assistant.tui.plain_content import plain
from assistant.tui.sources import SourcesPanel
from assistant.tui.tabs import HINTS, TabRow
from assistant.tui.trying_out import TryingOut

if TYPE_CHECKING:
    from assistant.explanation.kin import Kin, Topic
    from assistant.explanation.outline import Entry


class Side(TryingOut):
    """The panel beside the conversation, or in its place."""

    def __init__(self) -> None:
        super().__init__(id="side")
        self.tab = "case"
        self._came_from = ""
        self._shown: dict[str, Moment] = {}
        self._filling: dict[str, Moment] = {}
        self._stop = Event()
        self._kin: Kin | None = None

    def compose(self) -> ComposeResult:
        """The card and the tabs' views; the sources stand below them or beside them."""
        with Vertical(id="desk"):
            yield VerdictCard()
            yield TabRow()
            with Vertical(id="views"):
                yield CaseOutline(id="case-outline")
                yield Outline(id="reasons-outline")
                yield Outline(id="alternatives-outline")
                yield CostsView()
                yield FactEditor()
            yield Static(id="kin", markup=False)
            yield Static(id="side-hint", markup=False)
        yield SourcesPanel()

    def on_mount(self) -> None:
        """The case comes first."""
        for outline in self.query(Outline):
            outline.pointed.subscribe(self, partial(self._pointed_at, outline), immediate=True)
        self.lay_out()
        self.write_hint()

    # The moment.

    def show(self, moment: Moment) -> None:
        """Shows another moment; what is supposed is supposed of it, or given up where it no longer can be."""
        if self._moment is not None and self._moment.policy is not moment.policy:
            self._take_policy(moment)
        self._moment = moment
        if not self.suppose(self._changes):
            self._changes = {}
            self.set_supposing(False)
            self.write_hint()
            self.refresh_views()

    def _take_policy(self, moment: Moment) -> None:
        """Lets go of whatever another policy does not know: what is supposed, pointed at, read and edited."""
        self._changes = views.taken(moment.policy, self._changes)
        topic = self._kin.topic if self._kin is not None else None
        known = views.knows(moment.policy, topic)
        self._kin, told_of = views.kin_at(moment, topic) if topic is not None and known else (None, "")
        self.query_one("#kin", Static).update(plain(told_of), layout=False)
        self.query_one("#kin").display = self._kin is not None and self.tab in views.POINTING
        self.query_one(SourcesPanel).take_source(moment.policy.source)
        editor = self.query_one(FactEditor)
        if editor.fact is not None and editor.fact not in moment.policy.told:
            self.leave_editor()
            self.take_focus()

    def refresh_views(self) -> None:
        """Works out what can be seen and is not of this moment."""
        moment = self._moment
        if moment is None or not self.display:
            return
        self.query_one(VerdictCard).show(moment)
        name = self.visible_outline
        if name is not None and moment is not self._shown.get(name):
            entries = views.at_once(name, moment)
            if entries is not None:
                self._put(name, moment, entries)
            elif moment is not self._filling.get(name):
                self._fill(name, moment)
        if self.tab == "costs":
            self.query_one(CostsView).show(moment)
        self.query_one(SourcesPanel).refresh_page(moment)

    @property
    def visible_outline(self) -> str | None:
        """The tab whose outline shows; None where another view does."""
        tab = "case" if self.tab == "source" and self.screen.has_class("-wide") else self.tab
        return tab if tab in views.OUTLINES else None

    @work(exclusive=True, group="outline")
    async def _fill(self, name: str, moment: Moment) -> None:
        """Works a tab out; whatever is being worked out for another moment, or another tab, is given up."""
        self._stop.set()
        self._stop = stop = Event()
        self._filling = {name: moment}
        slow = self.set_timer(views.WORKING_AFTER_SECONDS, partial(self._say_working, name, moment))
        try:
            entries = await in_background(partial(views.worked_out, name, moment, stop))
        except CancelledError:
            if moment is self._moment:
                self.query_one(f"#{name}-outline", Outline).show((views.note_entry(views.STOPPED),))
            return
        finally:
            slow.stop()
            self._filling.pop(name, None)
        if moment is self._moment:
            self._put(name, moment, entries)

    def _put(self, name: str, moment: Moment, entries: "tuple[Entry, ...]") -> None:
        self._shown[name] = moment
        outline = self.query_one(f"#{name}-outline", Outline)
        with self.app.batch_update():
            outline.show(entries)
            outline.mark(self._kin)
            self.point_at_first()

    def point_at_first(self) -> None:
        """While answers are tried out, the first fact is pointed at."""
        if self._supposing and "case" in self._shown:
            self.query_one(CaseOutline).point_at_first()

    def _say_working(self, name: str, moment: Moment) -> None:
        if self._filling.get(name) is moment:
            self.query_one(f"#{name}-outline", Outline).show((views.note_entry(with_keys(self, views.WORKING)),))

    def stop(self) -> None:
        """Gives up what is being worked out."""
        self._stop.set()

    # Tabs.

    def open_tab(self, name: str) -> None:
        """Shows a tab and gives it the keyboard."""
        self._came_from = ""
        self._turn_to(name)
        self.refresh_views()
        self.take_focus()

    def _turn_to(self, name: str) -> None:
        self.leave_editor()
        self.tab = name
        self.query_one(TabRow).show(name)
        self.lay_out()
        self.write_hint()
        self._mark()

    def lay_out(self) -> None:
        """Shows the parts that belong to the tab, at this width, and hides the others."""
        kin = self._kin is not None and self.tab in views.POINTING
        show_parts(self, self.tab, self.visible_outline, wide=self.screen.has_class("-wide"), kin=kin)

    def take_focus(self) -> None:
        """Gives the keyboard to the tab that shows."""
        self.focus_target().focus()

    def focus_target(self) -> Widget:
        """What takes the keyboard in the tab that shows."""
        if self.tab == "source":
            return self.query_one(SourcesPanel).focus_target()
        if self.tab == "costs":
            return self.query_one(CostsOutline)
        return self.query_one(f"#{self.tab}-outline", Outline)

    def on_tab_row_wanted(self, event: TabRow.Wanted) -> None:
        """A click on a tab."""
        event.stop()
        self.open_tab(event.name)

    def on_resize(self, event: events.Resize) -> None:
        """Other views may show now."""
        self.call_after_refresh(self.refresh_views)

    def write_hint(self) -> None:
        """What the keys do here."""
        hint = HINTS["supposing" if self._supposing and self.tab == "case" else self.tab]
        self.query_one("#side-hint", Static).update(Content(with_keys(self, hint)), layout=False)

    # What belongs together.

    def point_at(self, topic: "Topic | None", *, from_source: bool = False) -> None:
        """Marks what belongs to a topic wherever it stands, and tells of it."""
        moment = self._moment
        if topic is None or moment is None or not views.knows(moment.policy, topic):
            return
        self._kin, told_of = views.kin_at(moment, topic)
        line = self.query_one("#kin", Static)
        line.update(plain(told_of), layout=False)
        line.display = self.tab in views.POINTING
        self._mark()
        if not from_source and self._kin.passages and self.screen.has_class("-wide"):
            self.query_one(SourcesPanel).open_page(moment, self._kin.passages[0])

    def _mark(self) -> None:
        """Marks the kin in the tab that shows, and among the sources where they do."""
        if self.visible_outline is not None:
            self.query_one(f"#{self.visible_outline}-outline", Outline).mark(self._kin)
        if self.tab == "costs":
            self.query_one(CostsOutline).mark(self._kin)
        if self.tab == "source" or self.screen.has_class("-wide"):
            self.query_one(SourcesPanel).mark(self._kin)

    def _pointed_at(self, outline: Outline, entry: "Entry") -> None:
        if outline is self.screen.focused:
            self.point_at(entry.topic, from_source=outline.id in ("source-outline", "passage-outline"))

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """Does what an entry is for: edits a fact, tries a change out, goes to a passage or to a rule's reasons."""
        event.stop()
        self._choose(event.outline, event.entry)

    def on_outline_wanted(self, event: Outline.Wanted) -> None:
        """The place of an entry's topic, in the editor."""
        event.stop()
        topic = event.entry.topic if event.entry is not None else None
        if topic is None:
            self.post_message(self.Told("Move to a rule, a fact or a claim first."))
        else:
            self.post_message(self.Said(f"/edit {topic.subject}:{topic.name}"))

    def _choose(self, outline: Outline, entry: "Entry") -> None:
        from assistant.explanation.kin import Subject

        topic = entry.topic
        if entry.act:
            self.action_keep() if entry.act == "keep" else self.discard()
        elif entry.changes:
            self.start_supposing(dict(entry.changes))
        elif topic is None or self._moment is None or not views.knows(self._moment.policy, topic):
            return
        elif views.told_fact(self._moment, entry) is not None:
            self.edit(topic.name)
        elif topic.subject is Subject.RULE and outline.id == "passage-outline":
            self.point_at(topic, from_source=True)
            self.open_tab("reasons")
            self.query_one("#reasons-outline", Outline).point_at_kin()
        else:
            self.point_at(topic)
            if self._kin is not None and self._kin.passages:
                self.open_page(self._kin.passages[0])

    def open_page(self, passage: str, *, focus: bool = True) -> None:
        """Opens a passage among the sources, and marks what belongs to it."""
        from assistant.explanation.kin import passage_topic

        if self._moment is None:
            return
        if passage not in self._moment.policy.source.by_id:
            self.post_message(self.Told(views.GONE))
            return
        self.query_one(SourcesPanel).open_page(self._moment, passage)
        if self._kin is None or passage not in self._kin.passages:
            self.point_at(passage_topic(passage), from_source=True)
        if focus:
            within = self in getattr(self.screen.focused, "ancestors", ())
            came_from = self.tab if within and self.tab != "source" else self._came_from
            self.open_tab("source")
            self._came_from = came_from
        elif not self.screen.has_class("-wide"):
            self._turn_to("source")

    def leave_page(self) -> None:
        """From a passage's page back to the tab that led there; to the list where none did."""
        if self._came_from:
            self.open_tab(self._came_from)
        else:
            self.query_one(SourcesPanel).close_page()
            self.take_focus()

    def on_sources_panel_turned(self, event: SourcesPanel.Turned) -> None:
        """Another passage is what is pointed at now."""
        from assistant.explanation.kin import passage_topic

        event.stop()
        self.point_at(passage_topic(event.passage), from_source=True)
