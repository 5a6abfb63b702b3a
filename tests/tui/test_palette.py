"""The palette: everything is in it, and texts from a policy are text."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event

from textual.command import CommandInput, CommandList, CommandPalette
from textual.pilot import Pilot

from assistant.dialogue.commands import COMMANDS
from assistant.policy.syntax import Policy
from assistant.tui.app import WhysoApp
from assistant.tui.bindings import known_bindings
from assistant.tui.costs import CostsView
from assistant.tui.palette import entries, match
from assistant.tui.side import Side
from tests.tui.driving import answered, ask, asked, chat, latest, notice, press, told, typed

NOT_IN_IT: set[str] = set()


async def open_with(pilot: Pilot[None], text: str) -> None:
    await press(pilot, "ctrl+p")
    line = pilot.app.screen.query_one(CommandInput)
    line.value, line.cursor_position = text[:-1], len(text) - 1
    await pilot.press(text[-1])
    await pilot.pause(0.3)


async def choose(pilot: Pilot[None], text: str) -> None:
    """Finds the first of what is looked for, and takes it."""
    await open_with(pilot, text)
    await pilot.press("enter")
    await pilot.pause()
    await answered(pilot)
    assert pilot.app.screen is chat(pilot) or not isinstance(pilot.app.screen, CommandPalette)


async def test_everything_is_in_it(app: WhysoApp, way: Policy) -> None:
    async with app.run_test() as pilot:
        await answered(pilot)
        found = [entry.name for entry in entries(chat(pilot))]
        assert all(f"/{command.name} {command.takes}".rstrip() in found for command in COMMANDS)
        assert all(f"Change: {fact.label}" in found for fact in way.told.values())
        assert all(f"Read: {passage.trail}" in found for passage in way.source.passages)
        assert all(f"Rule: {rule.id}" in found for rule in way.rules)
        assert all(f"Theme: {name}" in found for name in app.available_themes)
        keys = {bound.does for bound in known_bindings().values() if bound.does}
        assert {"Save the conversation as a text file", "Search the conversation", "Leave the chat"} <= keys
        assert {"Save the conversation as a text file", "Search the conversation", "Leave the chat"} <= set(found)
        assert keys - set(found) == NOT_IN_IT


async def test_a_command_is_said_and_one_that_needs_more_is_begun(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, "hurry")
        await choose(pilot, "told me")
        assert "Nothing yet." in latest(pilot)
        await choose(pilot, "would differ")
        assert typed(pilot) == "/what-if "
        assert chat(pilot).focused is chat(pilot).query_one("#prompt")


async def test_a_fact_a_passage_a_rule_a_theme_and_a_key(app: WhysoApp, way: Policy) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await answered(pilot)
        await choose(pilot, "change: weather")
        assert asked(pilot) == "weather"
        await choose(pilot, "rule: rain-asks")
        assert latest(pilot).startswith("› Rule rain-asks-for-shelter\n")
        assert "Because" in latest(pilot)
        await choose(pilot, "read: timetable")
        assert "Opened among the sources" in latest(pilot)
        await choose(pilot, "theme: whyso-light")
        assert app.theme == "whyso-light"
        await choose(pilot, "jump to any place")
        assert type(app.screen).__name__ == "JumpScreen"
        await press(pilot, "escape")
        assert told(pilot) == {}


async def test_policy_text_is_text(way: Policy, app_for: Callable[[Policy], WhysoApp]) -> None:
    odd = "[link=https://e.com]x [bold]y[/] \x1b[31m"
    name = next(iter(way.told))
    facts = {**way.facts, name: replace(way.facts[name], label=odd)}
    async with app_for(replace(way, facts=facts)).run_test() as pilot:
        await answered(pilot)
        await open_with(pilot, "bold")
        shown = [str(option.prompt) for option in pilot.app.screen.query_one(CommandList).options]
        assert any("[link=https://e.com]x [bold]y[/] \ufffd[31m" in line for line in shown)
        await press(pilot, "escape")


async def test_the_palette_before_the_policy_is_there(way: Policy) -> None:
    loaded = Event()

    def load() -> Policy:
        assert loaded.wait(10)
        return way

    app = WhysoApp(load, "reference")
    async with app.run_test() as pilot:
        await pilot.pause()
        names = [entry.name for entry in entries(chat(pilot))]
        assert "/help" in names
        assert not any(name.startswith("Rule: ") for name in names)
        await pilot.press("ctrl+p")
        loaded.set()
        await answered(pilot)
        await pilot.press(*"rule: rain-asks")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause()
        await answered(pilot)
        assert latest(pilot).startswith("› Rule rain-asks-for-shelter\n"), "it has come while the palette was open"


async def test_better_matches_come_first(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await answered(pilot)
        found = {entry.name: entry for entry in entries(chat(pilot))}
        weather = found["Change: weather"]
        assert match(weather, ["weather"]) > match(weather, ["eather"]) > 0
        assert match(weather, ["change", "weather"]) > 0
        assert match(weather, ["weather", "xyzzy"]) == 0


async def test_what_a_key_does_beside_the_conversation_is_found_and_done_there(app: WhysoApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await answered(pilot)
        found = {entry.name: entry for entry in entries(chat(pilot))}
        assert found["Keep"].help == "F8, while answers are tried out"
        assert found["Wider horizon"].help == "+ or = or ], in the costs"
        assert all(match(found[name], [key]) for name, key in (("Keep", "f8"), ("Month before", "left")))
        await choose(pilot, "keep while answers")
        assert notice(pilot) == "That can be done only while answers are tried out."
        await choose(pilot, "month after")
        costs = chat(pilot).query_one(CostsView)
        assert costs.month == 13
        focused = chat(pilot).focused
        assert focused is not None
        assert costs in focused.ancestors_with_self
        await press(pilot, "f7", "escape")
        chat(pilot).query_one(Side).start_supposing({"distance": 12})
        await answered(pilot)
        await choose(pilot, "keep while answers")
        assert told(pilot) == {"distance": 12}
        await choose(pilot, "leave the answer as it is")
        assert notice(pilot) == "That can be done only while a fact is edited."
