"""Copying and saving: plain text, a new file each time, and nothing claimed that is not known."""

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.tui.app import WhysoApp
from assistant.tui.saving_text import save_new
from tests.tui.driving import answered, chat, conclude, notice, press, said, say


async def test_the_last_reply_is_sent_as_plain_text(app: WhysoApp) -> None:
    async with app.run_test() as pilot:
        await answered(pilot)
        await conclude(pilot)
        await press(pilot, "ctrl+y")
        assert app.clipboard.startswith("Noted: ")
        assert "Recommendation: Folding bicycle" in app.clipboard
        assert "Sources\n  [1] " in app.clipboard
        assert "copied" not in notice(pilot).lower()
        assert "if it did not arrive, Ctrl+S saves it" in notice(pilot)
        await say(pilot, "/answers", "/copy")
        assert "distance: 12 kilometres" in app.clipboard
        assert "/copy" not in said(pilot), "it is no part of the conversation"


async def test_what_is_selected_goes_first(app: WhysoApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await conclude(pilot)
        transcript = chat(pilot).query_one("#transcript")
        await pilot.mouse_down(transcript, offset=(3, 3))
        await pilot.hover(transcript, offset=(18, 3))
        await pilot.mouse_up(transcript, offset=(18, 3))
        await press(pilot, "ctrl+y")
        assert app.clipboard
        assert "\n" not in app.clipboard
        await press(pilot, "escape", *"abc", "ctrl+shift+a", "ctrl+y")
        assert app.clipboard == "abc"


async def test_the_conversation_goes_into_a_new_file_each_time(
    app: WhysoApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with app.run_test() as pilot:
        await conclude(pilot)
        await press(pilot, "ctrl+s")
        assert notice(pilot) == "Saved as whyso-conversation.txt"
        await press(pilot, "ctrl+s")
        assert notice(pilot) == "Saved as whyso-conversation-2.txt"
        await say(pilot, "/save talk.txt", "/save talk.txt")
        assert "is there already" in notice(pilot)
        await say(pilot, "/save no/such/folder.txt")
        assert "Cannot write `no/such/folder.txt`: no such file or directory" in notice(pilot)
    text = (tmp_path / "talk.txt").read_text(encoding="utf-8")
    assert text.startswith("Hello.")
    assert "\n\n> 12\nNoted: distance: 12 kilometres.\n" in text
    assert "[1] " in text
    assert not any(character < " " and character != "\n" for character in text)


def test_nothing_is_ever_written_over(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "nowhere")
    for name in ("a", "."):
        with pytest.raises(InputError):
            save_new("x", name, tmp_path)
    assert not (tmp_path / "nowhere").exists()
    with pytest.raises(InputError, match="cannot write"):
        save_new("x", "a\0b", tmp_path)
