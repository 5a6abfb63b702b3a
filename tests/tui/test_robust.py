"""What may go wrong: slow loading, slow answers, odd and endless input, impatient users."""

import subprocess
import sys
import time
from threading import Event

import pytest
from textual import events

from assistant.dialogue import answering
from assistant.policy.syntax import Policy
from assistant.reasoning.patience import CancelledError, current
from assistant.tui.app import WhysoApp
from assistant.tui.talk import Talk, Turn
from tests.tui.driving import answered, ask, asked, chat, latest, notice, press, said, say, told, typed


class SlowTalk(Talk):
    """A conversation that answers only when it is let go."""

    go = Event()

    def say(self, text: str, stop: Event) -> Turn:
        assert self.go.wait(10)
        return super().say(text, stop)


@pytest.fixture
def slow(way: Policy) -> WhysoApp:
    app = WhysoApp(lambda: way, "reference")
    app.talk = SlowTalk(lambda: way, "reference")
    SlowTalk.go.clear()
    return app


async def test_what_is_typed_while_the_policy_loads_is_kept(way: Policy) -> None:
    loaded = Event()

    def load() -> Policy:
        assert loaded.wait(10)
        return way

    app = WhysoApp(load, "reference")
    async with app.run_test() as pilot:
        await pilot.press(*"/change hurry", "enter", *"late")
        assert "Hello." not in said(pilot)
        loaded.set()
        await answered(pilot)
        assert said(pilot).index("Hello.") < said(pilot).index("› /change hurry")
        assert asked(pilot) == "hurry"
        assert typed(pilot) == "late"


async def test_a_slow_answer_says_so_and_blocks_nothing(slow: WhysoApp) -> None:
    async with slow.run_test() as pilot:
        await pilot.pause()
        while chat(pilot).busy:
            await pilot.pause()
        await pilot.press(*"/change hurry", "enter", *"abc")
        await pilot.pause(0.4)
        assert notice(pilot) == "thinking … Escape stops it"
        assert latest(pilot) == "› /change hurry", "the message shows while it is being answered"
        await pilot.press("escape")
        assert typed(pilot) == "abc"
        SlowTalk.go.set()
        await answered(pilot)
        assert notice(pilot) == ""
        assert asked(pilot) == "hurry"


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_a_long_proof_is_stopped_and_nothing_is_changed(
    key: str, way: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: object) -> None:
        cancel = current().cancel
        assert isinstance(cancel, Event)
        assert cancel.wait(10)
        raise CancelledError

    app = WhysoApp(lambda: way, "reference")
    async with app.run_test() as pilot:
        await ask(pilot, "weather")
        before = told(pilot)
        monkeypatch.setattr(answering, "flips_of", endless)
        await pilot.press(*"/flip", "enter")
        await pilot.pause(0.4)
        assert chat(pilot).busy
        await press(pilot, key)
        assert latest(pilot) == "› /flip\n! Stopped; nothing was changed."
        assert (asked(pilot), told(pilot), app.is_running) == ("weather", before, True)


async def test_a_choice_answers_its_own_question_only(slow: WhysoApp) -> None:
    async with slow.run_test() as pilot:
        SlowTalk.go.set()
        await ask(pilot, "weather")
        SlowTalk.go.clear()
        await pilot.press("down", "enter", "down", "enter")
        SlowTalk.go.set()
        await answered(pilot)
        assert told(pilot) == {"weather": "dry"}


async def test_messages_are_answered_in_order(slow: WhysoApp) -> None:
    async with slow.run_test() as pilot:
        SlowTalk.go.set()
        await answered(pilot)
        SlowTalk.go.clear()
        for text in ("/change distance 12", "/change hurry 3", "/change distance 4", "/answers"):
            chat(pilot).say(text)
        SlowTalk.go.set()
        await answered(pilot)
        assert told(pilot) == {"distance": 4, "hurry": 3}
        assert "distance: 4 kilometres" in latest(pilot)


async def test_quitting_does_not_wait_for_an_answer(slow: WhysoApp) -> None:
    async with slow.run_test() as pilot:
        await pilot.pause()
        while chat(pilot).busy:
            await pilot.pause()
        await pilot.press(*"abc", "enter", "ctrl+q")
        await pilot.pause(0.1)
        assert not slow.is_running
    SlowTalk.go.set()


async def test_a_reader_who_scrolled_up_is_not_dragged(slow: WhysoApp) -> None:
    async with slow.run_test(size=(80, 24)) as pilot:
        SlowTalk.go.set()
        await answered(pilot)
        await say(pilot, "/help", "/help")
        SlowTalk.go.clear()
        chat(pilot).say("/help")
        await pilot.pause(0.2)
        transcript = chat(pilot).query_one("#transcript")
        await pilot.press("pageup")
        await pilot.pause()
        where = transcript.scroll_offset.y
        SlowTalk.go.set()
        await answered(pilot)
        assert transcript.scroll_offset.y == where
        assert "further down" in notice(pilot)
        await say(pilot, "/answers")
        assert transcript.children[-1].region.bottom <= transcript.region.bottom, "who speaks is taken along"
        assert transcript.scroll_offset.y > where


async def test_a_reader_at_the_end_of_a_reply_stays_there(app: WhysoApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await answered(pilot)
        await say(pilot, "/help")
        transcript = chat(pilot).query_one("#transcript")
        await press(pilot, *["pagedown"] * 5)
        where = transcript.scroll_offset.y
        assert where == transcript.max_scroll_y > 0
        await press(pilot, "x", "ctrl+c", "y")
        assert transcript.scroll_offset.y == where


async def test_all_of_a_paste_in_one_line(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await answered(pilot)
        await pilot.press("x")
        pilot.app.post_message(events.Paste("one\r\ntwo\tthree\x1b[31m\x07\n"))
        await answered(pilot)
        assert typed(pilot) == "xone two three\ufffd[31m\ufffd"


async def test_pasted_megabytes_are_refused_at_once_and_what_was_typed_stays(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, "distance")
        await pilot.press("1", "2")
        begun = time.perf_counter()
        pilot.app.post_message(events.Paste("x" * 5_000_000))
        await answered(pilot)
        assert time.perf_counter() - begun < 2
        assert "5,000,000 characters" in latest(pilot)
        assert len(latest(pilot)) < 1_000
        assert typed(pilot) == "12"
        await press(pilot, "enter")
        assert told(pilot) == {"distance": 12}


async def test_a_paste_that_is_too_long_only_with_what_was_typed_is_refused_too(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await answered(pilot)
        pilot.app.post_message(events.Paste("x" * 9_000))
        await answered(pilot)
        pilot.app.post_message(events.Paste("1" * 2_000))
        await answered(pilot)
        assert "11,000 characters" in latest(pilot)
        assert typed(pilot) == "x" * 9_000


@pytest.mark.parametrize(
    "text",
    [
        "[link=https://e.com]x",
        "[bold]x[/]",
        "[/",
        "$primary [@click=app.quit]x[/]",
        "שלום \u202e 👨‍👩‍👧 e\u0301 한국어",
        "\x1b]0;x\x07 \x9b31m",
    ],
)
async def test_odd_text_is_shown_as_text(app: WhysoApp, text: str) -> None:
    async with app.run_test() as pilot:
        await answered(pilot)
        chat(pilot).say(text)
        await answered(pilot)
        shown = latest(pilot).split("\n")[0]
        assert shown == "› " + "".join(c if c.isprintable() else "\ufffd" for c in text)
        assert "! " in latest(pilot)


async def test_sizes_change_wildly(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await answered(pilot)
        await say(pilot, "/result", "/help")
        for size in ((40, 10), (240, 70), (1, 1), (80, 24)):
            await pilot.resize_terminal(*size)
            await press(pilot, "pageup", "f2", "escape")
        await say(pilot, "/answers")
        assert "Nothing yet." in latest(pilot)


def test_nothing_heavy_is_imported_for_the_first_painting() -> None:
    heavy = {"yaml", "jinja2", "numpy", "durable", "assistant.policy", "assistant.dialogue", "assistant.knowledge"}
    code = f"import sys, assistant.tui.app; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
