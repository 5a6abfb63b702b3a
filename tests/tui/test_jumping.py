"""Jump mode: letters over what can be gone to, and one key that goes there."""

from textual.pilot import Pilot

from assistant.tui.app import WhysoApp
from assistant.tui.jump import JumpScreen
from tests.tui.driving import answered, ask, chat, conclude, highlighted, press, told


def letters(pilot: Pilot[None]) -> list[str]:
    assert isinstance(pilot.app.screen, JumpScreen)
    return list(pilot.app.screen.targets)


async def test_a_letter_over_each_choice_goes_there_and_chooses_nothing(app: WhysoApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, "weather")
        await press(pilot, "ctrl+o")
        assert letters(pilot) == ["a", "s", "d", "f"], "three choices and the prompt"
        await press(pilot, "s")
        assert pilot.app.screen is chat(pilot)
        assert highlighted(pilot) == 1
        assert told(pilot) == {}
        await press(pilot, "enter")
        assert told(pilot) == {"weather": "wet"}


async def test_areas_beside_the_conversation_are_reached(app: WhysoApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await conclude(pilot)
        talk, prompt = chat(pilot).query_one("#talk").region, chat(pilot).query_one("#prompt")
        places = [target.at for target in chat(pilot).jump_targets()]
        beside = next(number for number, at in enumerate(places) if at.x >= talk.right)
        await press(pilot, "ctrl+o")
        await press(pilot, letters(pilot)[beside])
        focused = chat(pilot).focused
        assert focused is not None
        assert focused.region.x >= talk.right
        places = [target.at for target in chat(pilot).jump_targets()]
        line = next(number for number, at in enumerate(places) if prompt.region.contains_point(at))
        await press(pilot, "ctrl+o")
        await press(pilot, letters(pilot)[line])
        assert chat(pilot).focused is prompt


async def test_any_other_key_a_click_and_a_new_size_leave_everything_as_it_was(app: WhysoApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await answered(pilot)
        focused = chat(pilot).focused
        for leave in ("escape", "0", "f1"):
            await press(pilot, "ctrl+o")
            await press(pilot, leave)
            assert pilot.app.screen is chat(pilot), leave
        await press(pilot, "ctrl+o")
        await pilot.click(offset=(70, 3))
        await answered(pilot)
        assert pilot.app.screen is chat(pilot)
        await press(pilot, "ctrl+o")
        await pilot.resize_terminal(100, 30)
        await answered(pilot)
        assert pilot.app.screen is chat(pilot)
        assert chat(pilot).focused is focused


async def test_letters_stand_on_the_screen_at_any_size(app: WhysoApp) -> None:
    async with app.run_test(size=(200, 50)) as pilot:
        await conclude(pilot)
        for size in ((200, 50), (30, 8), (1, 1), (5, 60)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await press(pilot, "ctrl+o")
            assert isinstance(pilot.app.screen, JumpScreen)
            assert all(pilot.app.screen.region.contains_point(target.at) for target in chat(pilot).jump_targets())
            await press(pilot, "escape")
