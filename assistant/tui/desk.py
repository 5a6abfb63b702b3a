"""Which parts beside the conversation show, by the tab and the width of the screen.

It is set on the parts themselves: with a class above them, Textual would work out the styles of all that is below it.
"""

from textual.widget import Widget

from assistant.tui.views import OUTLINES


def show_parts(side: Widget, tab: str, outline: str | None, *, wide: bool, kin: bool) -> None:
    """Shows the parts of a tab and hides the others; `outline` is the one that shows, `kin` whether there is any."""
    source = tab == "source"
    for name in OUTLINES:
        side.query_one(f"#{name}-outline").display = name == outline
    side.query_one("#costs-view").display = tab == "costs"
    side.query_one("#sources").display = wide or source
    side.query_one("#views").display = wide or not source
    side.query_one("#desk").styles.height = "1fr" if wide or not source else "auto"
    side.query_one("#kin").display = kin
    side.query_one("#side-hint").display = not source
