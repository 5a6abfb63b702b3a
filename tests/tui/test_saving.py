"""The chat on the screen is saved as it goes, and shows what was said before when it is taken up again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.policy.syntax import Policy
from assistant.sessions.keeper import Keeper
from assistant.tui.app import WhysoApp
from tests.sessions.keeping import left, store
from tests.tui.driving import answered, asked, latest, said, say, strip, told

Chat = Callable[[Keeper], WhysoApp]


@pytest.fixture
def saving(way: Policy, data: Path) -> Chat:
    return lambda keeper: WhysoApp(lambda: way, "reference", lambda: keeper)


async def test_each_turn_is_there_as_soon_as_it_is_answered(saving: Chat) -> None:
    async with saving(Keeper()).run_test() as pilot:
        await answered(pilot)
        assert "whyso resume takes it up again" in said(pilot)
        assert store().summaries() == ()
        await say(pilot, "/change hurry late")
        assert [turn.said for turn in left().turns] == [None, "/change hurry late"]
        await say(pilot, "/why")
        assert [turn.said for turn in left().turns] == [None, "/change hurry late", "/why"]


async def test_a_resumed_chat_shows_what_was_said_and_goes_on(saving: Chat) -> None:
    async with saving(Keeper()).run_test() as pilot:
        await answered(pilot)
        await say(pilot, "/change hurry late", "[bold]\u202ex", "/change weather")
        before, answers = strip(pilot), told(pilot)
    async with saving(Keeper(None, left())).run_test() as pilot:
        await answered(pilot)
        text = said(pilot)
        assert text.index("› /change hurry late") < text.index("› [bold]") < text.index("Welcome back")
        assert text.count("Hello.") == 1
        assert latest(pilot).startswith("  Welcome back to conversation 1.")
        assert (strip(pilot), told(pilot), asked(pilot)) == (before, answers, "weather")
        await say(pilot, "/undo", "/undo")
        assert told(pilot) == {}
    assert len(store().summaries()) == 1


async def test_what_cannot_be_saved_is_said_and_the_chat_goes_on(saving: Chat, data: Path) -> None:
    data.mkdir()
    (data / "sessions.db").write_bytes(b"nonsense" * 1000)
    async with saving(Keeper()).run_test() as pilot:
        await answered(pilot)
        assert "This conversation is not being saved" in said(pilot)
        await say(pilot, "/change hurry late")
        assert said(pilot).count("not being saved") == 1
        assert told(pilot) == {"hurry": 9}
    assert (data / "sessions.db").read_bytes() == b"nonsense" * 1000
