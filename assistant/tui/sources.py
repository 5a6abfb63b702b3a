"""The sources: a list of passages by number, and one passage's page. Both are reached and left by keyboard."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.tui.document_view import DocumentView, paragraph_blocks
from assistant.tui.hanging import Hanging
from assistant.tui.plain_content import plain

if TYPE_CHECKING:
    from assistant.explanation.document import Document, NumberedSource

_NOTHING = "The passages behind what I say are listed here."


class SourceList(OptionList):
    """The numbered passages."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Read", key_display="Enter", tooltip="Read the source", id="read-source"),
        Binding("escape", "screen.back", "Back", key_display="Esc", id="back"),
    ]


class PassagePage(VerticalScroll):
    """One passage's page; the arrow and page keys scroll it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace,escape,left", "screen.back", "Back", key_display="Esc", id="back"),
    ]


class SourcesPanel(Vertical):
    """The list, or over it the page of one passage."""

    class Wanted(Message):
        """A passage was chosen from the list."""

        def __init__(self, passage: str) -> None:
            super().__init__()
            self.passage = passage

    def __init__(self) -> None:
        super().__init__(id="sources")
        self._sources: tuple[NumberedSource, ...] = ()

    def compose(self) -> ComposeResult:
        """A title over the list and the page, of which one shows."""
        yield Static(Content("Sources"), id="sources-title", markup=False)
        yield Static(Content(_NOTHING), id="sources-none", markup=False)
        yield SourceList(id="source-list", markup=False, compact=True)
        with PassagePage(id="passage"):
            yield DocumentView(id="passage-page", spacious=True)

    def on_mount(self) -> None:
        """Nothing is cited yet."""
        self.offer(())

    def offer(self, sources: "tuple[NumberedSource, ...]") -> None:
        """Lists the sources of what was said last. A page that is open stays open."""
        self._sources = sources
        self.set_class(not sources, "-none")
        found = self.query_one(SourceList)
        found.set_options([Option(_source_line(source)) for source in sources])
        found.disabled = not sources

    def open_page(self, page: "Document") -> None:
        """Shows a passage's page from its top."""
        self.query_one("#passage-page", DocumentView).replace(paragraph_blocks(page.paragraphs))
        self.query_one(PassagePage).scroll_home(animate=False)
        self.add_class("-page")
        self.query_one("#sources-title", Static).update(Content("Source"))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to go to."""
        return not self._sources and not self.shows_page

    @property
    def shows_page(self) -> bool:
        """Whether a passage's page is open."""
        return self.has_class("-page")

    def close_page(self) -> None:
        """Goes back to the list."""
        self.remove_class("-page")
        self.query_one("#sources-title", Static).update(Content("Sources"))

    def take_focus(self) -> None:
        """Gives the keyboard to whichever of the two shows."""
        if self.shows_page:
            self.query_one(PassagePage).focus()
        else:
            found = self.query_one(SourceList)
            found.focus()
            if found.highlighted is None:
                found.action_first()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click on a source."""
        event.stop()
        self.post_message(self.Wanted(self._sources[event.option_index].passage))


def _source_line(source: "NumberedSource") -> Hanging:
    section, _, title = source.title.rpartition(" › ")
    text = plain(title)
    if section:
        text = Content.assemble(text, "\n", plain(section).stylize("dim"))
    return Hanging(Content.styled(f"{f'[{source.number}]':<5}", "bold $accent"), text)
