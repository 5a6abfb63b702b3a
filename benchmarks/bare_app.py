"""A Textual app with the chat's widgets and nothing behind them: what the framework itself takes to paint."""

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Footer, Input, OptionList, Static


class BareApp(App[None]):
    """Replies to each line with the same line."""

    def compose(self) -> ComposeResult:
        """The same kinds of widgets as the chat's."""
        with VerticalScroll(id="log"):
            yield Static("Bare and ready.")
        yield Static("nothing pinned")
        yield OptionList("yes", "no", "not sure")
        yield Input(id="reply")
        yield Footer()

    def on_mount(self) -> None:
        """The cursor stands in the input, as in the chat."""
        self.query_one("#reply", Input).focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Echoes what was said."""
        event.input.value = ""
        await self.query_one("#log").mount(Static(f"Noted: {event.value}", markup=False))


if __name__ == "__main__":
    BareApp().run()
