"""The list of commands while one is typed: seen at 80x24, moved in, taken, closed."""

import pytest
from textual.pilot import Pilot

from assistant.dialogue.commands import COMMANDS
from assistant.tui.app import WhysoApp
from assistant.tui.completion_list import CompletionList
from assistant.tui.question import QuestionPanel
from tests.tui.driving import answered, ask, asked, chat, conclude, latest, press, told, typed


def offered(pilot: Pilot[None]) -> list[str]:
    listed = chat(pilot).query_one(CompletionList)
    return [str(option.prompt).split()[0] for option in listed.options] if listed.display else []


async def test_a_slash_lists_what_can_be_said(app: WhysoApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await answered(pilot)
        assert offered(pilot) == []
        await press(pilot, "/")
        assert set(offered(pilot)) > {f"/{command.name}" for command in COMMANDS}
        await press(pilot, *"und")
        assert offered(pilot) == ["/undo"]
        await press(pilot, "x")
        assert offered(pilot) == []
        await press(pilot, "backspace", "enter")
        assert latest(pilot).startswith("› /undo\n")
        assert offered(pilot) == []


async def test_moving_and_taking_by_keyboard(app: WhysoApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, "distance")
        await press(pilot, *"/cha", "enter")
        assert typed(pilot) == "/change ", "it needs an argument, so it is not said yet"
        assert offered(pilot) == ["distance", "hurry", "weather", "luggage", "company"]
        await press(pilot, "down", "down", "down", "tab")
        assert typed(pilot) == "/change weather"
        await press(pilot, "space")
        assert offered(pilot) == ["dry", "wet", "not"]
        await press(pilot, "up", "up", "enter")
        assert told(pilot) == {"weather": "wet"}
        assert typed(pilot) == ""


async def test_enter_says_what_is_typed_unless_something_is_highlighted(app: WhysoApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await conclude(pilot)
        await press(pilot, *"/flip ", "enter")
        assert latest(pilot).startswith("› /flip\n") or latest(pilot).startswith("› /flip \n")
        await press(pilot, *"/how", "enter")
        assert latest(pilot).startswith("› /how\n")
        await press(pilot, *"/answ", "enter")
        assert latest(pilot).startswith("› /answers\n"), "the rest of a name is taken"


async def test_escape_closes_the_list_and_keeps_what_is_typed(app: WhysoApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, "hurry")
        await press(pilot, *"/wh", "escape")
        assert (typed(pilot), offered(pilot)) == ("/wh", [])
        await press(pilot, "y")
        assert offered(pilot) == [], "it stays closed for this command"
        await press(pilot, "enter")
        assert "timetable" in latest(pilot)
        await press(pilot, "/")
        assert len(offered(pilot)) > 5


async def test_a_click_takes_one(app: WhysoApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await answered(pilot)
        await press(pilot, *"/wh")
        await pilot.click(CompletionList, offset=(5, 2))
        await answered(pilot)
        assert typed(pilot) == "/what-if "
        assert chat(pilot).focused is chat(pilot).query_one("#prompt")


@pytest.mark.parametrize("size", [(80, 24), (80, 20), (120, 40), (40, 12), (30, 8)])
async def test_what_is_being_read_stays_in_view(app: WhysoApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await ask(pilot, "hurry")
        screen = chat(pilot)
        transcript, prompt = screen.query_one("#transcript"), screen.query_one("#prompt")
        before = transcript.size.height
        await press(pilot, "/")
        listed = screen.query_one(CompletionList)
        assert screen.region.contains_region(listed.region)
        assert listed.region.bottom <= prompt.region.y
        assert transcript.size.height >= min(before, size[1] // 3)
        await press(pilot, "escape", "backspace")
        assert transcript.size.height == before
        assert screen.query_one(QuestionPanel).region
        assert asked(pilot) == "hurry"
