"""Whole conversations on the screen, by every way of answering."""

from pathlib import Path

import pytest

from assistant.dialogue.commands import COMMANDS
from assistant.errors import InputError, PolicyError
from assistant.policy.syntax import Policy
from assistant.reasoning.loading import load_policy
from assistant.tui.app import WhysoApp
from assistant.tui.key_names import KeyNames
from assistant.tui.keys import KEYS
from tests.tui.driving import (
    ANSWERS,
    answered,
    ask,
    asked,
    chat,
    conclude,
    highlighted,
    latest,
    notice,
    press,
    said,
    say,
    strip,
    told,
    typed,
)


async def test_greeting_and_first_question(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await answered(pilot)
        assert "Hello." in said(pilot)
        assert asked(pilot) in ANSWERS
        assert "Bicycle" in strip(pilot)


async def test_a_conversation_by_number_word_digit_and_arrow(app: WhysoApp) -> None:
    keys = {
        "distance": ("1", "2", "enter"),
        "hurry": (*"late", "enter"),
        "weather": ("2", "enter"),
        "luggage": ("down", "down", "enter"),
    }
    shown = {"distance": "12", "hurry": "late", "weather": "mostly wet", "luggage": "no"}
    async with app.run_test() as pilot:
        await answered(pilot)
        while (fact := asked(pilot)) in keys:
            await press(pilot, *keys[fact])
            assert latest(pilot).startswith(f"› {shown[fact]}\n")
        assert told(pilot) == {"distance": 12, "hurry": 9, "weather": "wet", "luggage": False}
        assert "◆ Recommendation: Folding bicycle" in latest(pilot)
        assert strip(pilot).startswith("Settled: Folding bicycle")
        await say(pilot, "/more")
        assert asked(pilot) == "company"


@pytest.mark.parametrize(
    ("text", "value"), [("3", 3), ("0", 0), ("brisk", 5), ("very late", 9), ("30 min", 5), ("purple", None)]
)
async def test_a_scale_takes_numbers_as_values_and_words_and_measures(
    app: WhysoApp, text: str, value: int | None
) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, "hurry")
        await say(pilot, text)
        assert told(pilot).get("hurry") == value


async def test_anchors_are_chosen_by_arrow_from_below_too(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, "hurry")
        await press(pilot, "up")
        assert highlighted(pilot) == 8, "up from nothing is the last: not sure"
        await press(pilot, "up", "up", "enter")
        assert told(pilot)["hurry"] == 9
        assert latest(pilot).startswith("› late: within five minutes\n")


async def test_tab_reaches_the_choices_and_typing_goes_back(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, "hurry")
        await press(pilot, "tab", "down", "b")
        assert typed(pilot) == "b"
        assert highlighted(pilot) is None, "whoever types does not mean what is highlighted"
        await press(pilot, *"risk", "enter")
        assert told(pilot)["hurry"] == 5


async def test_a_click_chooses_and_a_double_click_does_not_answer_twice(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, "weather")
        await pilot.click("#choices", offset=(5, 1), times=2)
        await answered(pilot)
        assert told(pilot) == {"weather": "wet"}
        assert chat(pilot).focused is chat(pilot).query_one("#prompt")


async def test_not_sure_leaves_a_question_open(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, "hurry")
        await say(pilot, "not sure")
        assert "Left open: hurry." in latest(pilot)
        assert asked(pilot) != "hurry"


async def test_a_wrong_entry_is_explained_and_asked_again(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await say(pilot, "/change distance 12")
        await ask(pilot, "hurry")
        await say(pilot, "eleventy")
        assert "! " in latest(pilot)
        assert "from 0 to 10" in latest(pilot)
        assert asked(pilot) == "hurry"
        assert told(pilot) == {"distance": 12}


async def test_commands_by_slash_and_in_plain_words(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, "hurry")
        await say(pilot, "why do you ask?")
        assert "A train leaves when its timetable says" in latest(pilot)
        await say(pilot, "8", "/undo")
        assert asked(pilot) == "hurry"
        assert told(pilot) == {}
        await say(pilot, "/change distance 12")
        assert told(pilot) == {"distance": 12}
        await say(pilot, "what have I told you?")
        assert "distance: 12 kilometres" in latest(pilot)
        await say(pilot, "/restart")
        assert told(pilot) == {}


async def test_help_by_key_tells_commands_and_keys(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await answered(pilot)
        await press(pilot, "f1")
        assert all(f"/{command.name}" in latest(pilot) for command in COMMANDS)
        assert all(line.format_map(KeyNames()) in latest(pilot) for line in KEYS)


async def test_the_conclusion_is_read_from_its_top(app: WhysoApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await conclude(pilot)
        transcript = chat(pilot).query_one("#transcript")
        view = transcript.children[-1]
        assert view.size.height > transcript.size.height
        assert view.region.y == transcript.region.y


async def test_enter_alone_says_nothing(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await answered(pilot)
        before = said(pilot)
        await press(pilot, "enter")
        assert said(pilot) == before
        assert "arrow keys" in notice(pilot)


async def test_said_before_is_recalled_and_what_was_being_typed_kept(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await answered(pilot)
        await say(pilot, "/answers", "/result")
        await press(pilot, "x", "ctrl+up")
        assert typed(pilot) == "/result"
        await press(pilot, "ctrl+up", "ctrl+up")
        assert typed(pilot) == "/answers"
        await press(pilot, "ctrl+down", "ctrl+down")
        assert typed(pilot) == "x"


async def test_tab_completes_commands(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await answered(pilot)
        await press(pilot, *"/ch")
        await press(pilot, "tab")
        assert typed(pilot) == "/change "
        await press(pilot, *"hu")
        await press(pilot, "tab")
        assert typed(pilot) == "/change hurry"


@pytest.mark.parametrize("ending", [("/", "q", "u", "i", "t", "enter"), ("ctrl+q",), ("ctrl+c", "ctrl+c")])
async def test_ways_to_end(app: WhysoApp, ending: tuple[str, ...]) -> None:
    async with app.run_test() as pilot:
        await answered(pilot)
        await pilot.press(*ending)
        await answered(pilot)
        assert not app.is_running
    assert app.return_code == 0
    assert app.failure is None


async def test_escape_and_one_ctrl_c_lose_nothing(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await answered(pilot)
        await press(pilot, "1", "2", "escape", "escape")
        await press(pilot, "ctrl+c")
        assert typed(pilot) == "12"
        assert "Ctrl+C again" in notice(pilot)


async def test_a_policy_that_fails_to_load_ends_the_app_with_its_failure(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text("policy: [", encoding="utf-8")
    app = WhysoApp(lambda: load_policy(tmp_path), "reference")
    async with app.run_test() as pilot:
        await pilot.pause(0.5)
        assert not app.is_running
    assert isinstance(app.failure, PolicyError | InputError)


async def test_the_shipped_policy_to_its_end_and_a_source(shipped: Policy) -> None:
    app = WhysoApp(lambda: shipped, "reference")
    async with app.run_test(size=(80, 24)) as pilot:
        await answered(pilot)
        await say(pilot, "40k manuals that change daily, answers under 200 ms, legal wants sources")
        for _ in range(len(shipped.told)):
            question = chat(pilot).talk.conversation.question
            if question is None or not question.fact:
                break
            await say(pilot, "not sure")
        assert "Recommendation" in latest(pilot)
        await press(pilot, "f4", "down", "down", "enter")
        assert chat(pilot).query_one("#sources").has_class("-page")


async def test_one_key_takes_back_what_was_noted_last(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, "distance")
        await say(pilot, "about 12, I think")
        assert told(pilot) == {"distance": 12}
        await press(pilot, "ctrl+z")
        assert told(pilot) == {}
        assert "Taken back" in latest(pilot)
