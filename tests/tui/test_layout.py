"""Room on the screen: nothing cut off at 80x24, three layouts by width, the footer's few keys."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from assistant.dialogue.questions import question_for
from assistant.policy.syntax import Policy
from assistant.tui.app import WhysoApp
from assistant.tui.key_footer import KeyFooter
from assistant.tui.question import ChoiceList, QuestionPanel
from tests.tui.driving import answered, ask, chat, conclude, press

SMALLEST = 8


def fits(widget: Static) -> bool:
    """Whether all lines of a text show."""
    needed = widget.get_content_height(widget.size, widget.app.size, widget.content_size.width)
    return widget.content_size.height >= needed


async def test_every_shipped_question_fits_80x24(shipped: Policy) -> None:
    app = WhysoApp(lambda: shipped, "reference")
    async with app.run_test(size=(80, 24)) as pilot:
        await answered(pilot)
        screen = chat(pilot)
        panel, transcript = screen.query_one(QuestionPanel), screen.query_one("#transcript")
        for fact in shipped.told.values():
            panel.show(question_for(fact, optional=True))
            await pilot.pause()
            choices = screen.query_one(ChoiceList)
            assert transcript.size.height >= SMALLEST, fact.name
            assert fits(screen.query_one("#question-text", Static)), fact.name
            assert fits(screen.query_one("#question-hint", Static)), fact.name
            assert choices.size.height == min(6, choices.virtual_size.height), fact.name
            assert choices.region.bottom <= panel.region.bottom, fact.name


@pytest.mark.parametrize(
    ("size", "talk", "desk", "sources"),
    [
        ((80, 24), 80, 0, 0),
        ((99, 30), 99, 0, 0),
        ((100, 30), 54, 45, 0),
        ((120, 40), 70, 49, 0),
        ((160, 45), 64, 47, 48),
        ((300, 60), 98, 100, 101),
    ],
)
async def test_columns_by_width(app: WhysoApp, size: tuple[int, int], talk: int, desk: int, sources: int) -> None:
    async with app.run_test(size=size) as pilot:
        await answered(pilot)
        assert chat(pilot).query_one("#talk").outer_size.width == talk
        assert chat(pilot).query_one("#desk").region.width == desk
        assert chat(pilot).query_one("#sources").region.width == sources


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (40, 10), (30, 8), (200, 50)])
async def test_all_parts_are_on_the_screen(app: WhysoApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await ask(pilot, "hurry")
        standing = "#standing" if size[0] < 100 else "#card"
        for name in ("#transcript", standing, "#choices", "#prompt"):
            region = chat(pilot).query_one(name).region
            assert region.height > 0, name
            assert chat(pilot).region.contains_region(region), name


async def test_a_long_list_of_choices_scrolls_with_the_highlight(app: WhysoApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, "hurry")
        choices = chat(pilot).query_one(ChoiceList)
        assert choices.size.height == 6
        await press(pilot, *["down"] * 9)
        assert choices.highlighted == 8
        assert choices.scroll_offset.y == 3


async def shown_keys(pilot: Pilot[None]) -> list[str]:
    return [key.description for key in chat(pilot).query_one(KeyFooter).keys]


async def test_five_keys_at_most(app: WhysoApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await conclude(pilot)
        assert await shown_keys(pilot) == ["Scroll", "Help", "Case", "What if", "Quit"]
        await press(pilot, "f2")
        assert await shown_keys(pilot) == ["Back", "Help", "Case", "What if", "Quit"]
