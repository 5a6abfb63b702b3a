"""Driving the chat as its user does, and reading what is on the screen."""

import asyncio

from textual.pilot import Pilot
from textual.widgets import Static

from assistant.tui.app import WhysoApp
from assistant.tui.chat import ChatScreen
from assistant.tui.document_view import DocumentView
from assistant.tui.prompt import Prompt
from assistant.tui.question import ChoiceList, QuestionPanel
from assistant.tui.standing import StandingStrip
from assistant.tui.transcript import Transcript

PATIENCE_SECONDS = 15.0


def chat(pilot: Pilot[None]) -> ChatScreen:
    assert isinstance(pilot.app, WhysoApp)
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, ChatScreen)
    return screen


async def answered(pilot: Pilot[None]) -> None:
    """Waits until all that was said is answered and painted."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        await pilot.pause()
        while pilot.app.is_running and chat(pilot).busy:
            await asyncio.sleep(0.005)
    if pilot.app.is_running:
        await pilot.pause()
        await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await answered(pilot)


async def say(pilot: Pilot[None], *texts: str) -> None:
    """Puts each text into the prompt and sends it."""
    for text in texts:
        chat(pilot).query_one(Prompt).write(text)
        await press(pilot, "enter")


ANSWERS = {"distance": "12", "hurry": "late", "weather": "wet", "luggage": "no"}


async def ask(pilot: Pilot[None], fact: str) -> None:
    """Has a question put, whichever the interview would ask."""
    await answered(pilot)
    if asked(pilot) != fact:
        await say(pilot, f"/change {fact}")


async def conclude(pilot: Pilot[None]) -> None:
    """Answers the small policy's questions, in the order in which they come, up to the conclusion."""
    await answered(pilot)
    while asked(pilot) in ANSWERS:
        await say(pilot, ANSWERS[asked(pilot)])


def said(pilot: Pilot[None]) -> str:
    """The whole conversation, a line for each paragraph."""
    views = chat(pilot).query_one(Transcript).query(DocumentView)
    return "\n".join(view.text for view in views)


def latest(pilot: Pilot[None]) -> str:
    """The last message with its reply."""
    return chat(pilot).query_one(Transcript).query(DocumentView).last().text


def strip(pilot: Pilot[None]) -> str:
    return str(chat(pilot).query_one(StandingStrip).content)


def asked(pilot: Pilot[None]) -> str:
    question = chat(pilot).query_one(QuestionPanel).question
    return question.fact or question.text if question else ""


def told(pilot: Pilot[None]) -> dict[str, object]:
    return dict(chat(pilot).talk.conversation.state.answers)


def highlighted(pilot: Pilot[None]) -> int | None:
    return chat(pilot).query_one(ChoiceList).highlighted


def typed(pilot: Pilot[None]) -> str:
    return chat(pilot).query_one(Prompt).value


def notice(pilot: Pilot[None]) -> str:
    line = chat(pilot).query_one("#notice", Static)
    return str(line.content) if line.display else ""
