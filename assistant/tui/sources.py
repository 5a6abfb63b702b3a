"""The sources: the passages cited last and all others, and one passage's page with the rules that rest on it.

Both are reached and left by keyboard; on a page, Left and Right go to the passage before and after.
"""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from assistant.tui.key_names import with_keys
from assistant.tui.outline import Outline
from assistant.tui.plain_content import plain

if TYPE_CHECKING:
    from assistant.explanation.document import NumberedSource
    from assistant.explanation.kin import Kin
    from assistant.knowledge import Source
    from assistant.tui.moment import Moment


HINT = "{previous-passage+next-passage} passages · {open} editor · {back}: back"


class PassageOutline(Outline):
    """One passage's claims and rules."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Previous", show=False, id="previous-passage"),
        Binding("right", "turn(1)", "Next", show=False, id="next-passage"),
        Binding("backspace,escape", "screen.back", "Back", key_display="Esc", id="back"),
    ]

    def action_turn(self, step: int) -> None:
        """To the passage before or after."""
        panel = self.query_ancestor(SourcesPanel)
        panel.turn(step)


class SourcesPanel(Vertical):
    """The list, or in its place the page of one passage."""

    class Turned(Message):
        """Somebody turned to another passage."""

        def __init__(self, passage: str) -> None:
            super().__init__()
            self.passage = passage

    def __init__(self) -> None:
        super().__init__(id="sources")
        self._cited: tuple[NumberedSource, ...] = ()
        self._moment: Moment | None = None
        self._passage: str | None = None
        self._listed: object = None

    def compose(self) -> ComposeResult:
        """A title over the list and the page, of which one shows."""
        yield Static(Content("Sources"), id="sources-title", markup=False)
        yield Outline(id="source-outline")
        yield PassageOutline(id="passage-outline")
        yield Static(Content(with_keys(self, HINT)), id="passage-hint", markup=False)

    def tell_focus(self, has_it: bool) -> None:
        """Its title tells whether the keyboard is here."""
        self.query_one("#sources-title").set_class(has_it, "-read")

    def offer(self, sources: "tuple[NumberedSource, ...]") -> None:
        """What was said last cites these. A page that is open stays open."""
        self._cited = sources
        self._list()

    def refresh_page(self, moment: "Moment") -> None:
        """Other rules may have fired now."""
        self._moment = moment
        self._list()
        if self._passage is not None:
            self._draw()

    def open_page(self, moment: "Moment", passage: str) -> None:
        """Shows a passage's page from its top."""
        if passage == self._passage and moment is self._moment:
            return
        self._moment, self._passage = moment, passage
        self.add_class("-page")
        self._draw()
        self.query_one(PassageOutline).scroll_home(animate=False)

    def take_source(self, source: "Source") -> None:
        """The policy was edited: what its source no longer has is gone here, too."""
        self._cited = tuple(one for one in self._cited if one.passage in source.by_id)
        if self._passage is not None and self._passage not in source.by_id:
            self.close_page()

    def turn(self, step: int) -> None:
        """To the passage before or after the one that shows, in the source's order."""
        if self._moment is None or self._passage is None:
            return
        passages = [passage.id for passage in self._moment.policy.source.passages]
        at = min(max(passages.index(self._passage) + step, 0), len(passages) - 1)
        self.open_page(self._moment, passages[at])
        self.post_message(self.Turned(passages[at]))

    @property
    def shows_page(self) -> bool:
        """Whether a passage's page is open."""
        return self._passage is not None

    @property
    def passage(self) -> str | None:
        """The passage whose page is open."""
        return self._passage

    def close_page(self) -> None:
        """Goes back to the list."""
        self._passage = None
        self.remove_class("-page")
        self.query_one("#sources-title", Static).update(Content("Sources"))

    def mark(self, kin: "Kin | None") -> None:
        """Marks what belongs to a topic."""
        for outline in self.query(Outline):
            outline.mark(kin)

    def focus_target(self) -> Widget:
        """Whichever of the two shows."""
        return self.query_one("#passage-outline" if self.shows_page else "#source-outline", Outline)

    def _list(self) -> None:
        from assistant.explanation.outline import sources_outline

        source = self._moment.policy.source if self._moment else None
        if source is not None and self._listed != (source, self._cited):
            self._listed = source, self._cited
            self.query_one("#source-outline", Outline).show(sources_outline(source, self._cited))

    def _draw(self) -> None:
        from assistant.explanation.outline import passage_outline

        assert self._moment is not None
        assert self._passage is not None
        policy = self._moment.policy
        passage = policy.source.by_id[self._passage]
        fired = {rule.id for rule in self._moment.decision.inference.fired}
        self.query_one("#sources-title", Static).update(plain(f"{passage.trail}\n{policy.source.link(passage.id)}"))
        self.query_one(PassageOutline).show(passage_outline(policy, passage, fired))
