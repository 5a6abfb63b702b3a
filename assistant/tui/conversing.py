"""How a message becomes a turn: messages, and news of the policy, wait in a queue and are taken one at a time.

They are answered off the screen's thread; what comes of it is shown on it.
"""

import asyncio
from abc import abstractmethod
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from textual.message import Message

from assistant.errors import WhysoError
from assistant.tui.background import in_background, spare_the_collector
from assistant.tui.equipment import EquippedScreen
from assistant.tui.notice import NoticeLine
from assistant.tui.prompt import Prompt
from assistant.tui.question import QuestionPanel
from assistant.tui.side import Side
from assistant.tui.talk import Talk, Turn
from assistant.tui.transcript import Transcript

if TYPE_CHECKING:
    from assistant.dialogue.watching import News

STILL_SECONDS = 0.1
"""What has kept still for so long after a change is no longer being written."""
ECHO_AFTER_SECONDS = 0.05
"""Most answers are there sooner; then question and answer are painted at once, which halves the work."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A message on its way, and how it is shown in the conversation, if not as it is."""

    text: str
    shown: str | None = None
    stop: Event = field(default_factory=Event)


class ConversingScreen(EquippedScreen):
    """A screen that holds one conversation.

    The policy's files are looked at every `look_every` seconds; never where that is None.
    """

    class Failed(Message):
        """The conversation cannot begin."""

        def __init__(self, error: WhysoError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, talk: Talk, look_every: float | None = None) -> None:
        super().__init__(talk)
        self._look_every = look_every
        self._edited = asyncio.Event()
        self._waiting: asyncio.Queue[Saying | News] = asyncio.Queue()
        self._saying = Saying("")
        self._unanswered = 1

    @abstractmethod
    def show(self, turn: Turn) -> None:
        """Puts a turn on the screen."""

    def begin_conversation(self) -> None:
        """Opens the conversation; then what is said is answered."""
        self.run_worker(self._converse(), name="conversation")

    async def _converse(self) -> None:
        """Opens the conversation and answers what is said, one message after the other, until it has ended."""
        try:
            turn = await in_background(partial(self.talk.open, self._saying.stop))
        except WhysoError as error:
            self.post_message(self.Failed(error))
            return
        spare_the_collector()
        self._make_ready()
        if self._look_every is not None:
            self.run_worker(self._watch(self._look_every), name="watch", exit_on_error=False)
        while True:
            self._unanswered -= 1
            self.show(turn)
            if turn.reply.ended:
                self.app.exit()
                return
            turn = await self._next_turn()

    def _make_ready(self) -> None:
        """What goes by the policy in force: completions, and what can be done ahead of time."""
        self.query_one(Prompt).suggest(self.talk.completions())
        self.run_worker(in_background(self.talk.warm_up), name="warm-up", exit_on_error=False)

    async def _next_turn(self) -> Turn:
        """The turn for whatever comes next: something said, or an edited policy."""
        while True:
            found = await self._waiting.get()
            if isinstance(found, Saying):
                return await self._answer(found)
            if found.policy is not None:
                return await self._adopt(found)
            self._tell_mistakes(found)
            self._unanswered -= 1

    async def _answer(self, saying: Saying) -> Turn:
        self._saying = saying
        shown = saying.shown or self.query_one(QuestionPanel).label_of(saying.text) or saying.text
        answer = asyncio.ensure_future(in_background(partial(self.talk.say, saying.text, saying.stop)))
        await asyncio.wait([answer], timeout=ECHO_AFTER_SECONDS)
        self.query_one(Transcript).add_said(shown)
        with self.query_one(NoticeLine).thinking():
            return await answer

    # The policy, edited while it is in force.

    async def _watch(self, seconds: float) -> None:
        """Looks after the policy's files, off this thread, and puts what is new behind whatever is being said."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._edited.wait(), STILL_SECONDS if self.talk.restless else seconds)
            settled = self._edited.is_set()
            self._edited.clear()
            news = await in_background(partial(self.talk.look, settled=settled))
            if news is not None:
                self._unanswered += 1
                self._waiting.put_nowait(news)

    def look_now(self) -> None:
        """Whoever saved something just now wants to see what it does."""
        self._edited.set()

    async def _adopt(self, news: "News") -> Turn:
        turn = await in_background(partial(self.talk.adopt, news))
        self.query_one(NoticeLine).keep("")
        if turn.reply.document.paragraphs:
            self.query_one(Transcript).begin_apart()
        self.notice(turn.short, 8)
        self._make_ready()
        return turn

    def _tell_mistakes(self, news: "News") -> None:
        self.query_one(Transcript).add_faults_latest(news.title, news.lines)
        self.query_one(NoticeLine).keep(news.title)
        self.notice(news.title, 1)

    @property
    def busy(self) -> bool:
        """Whether something that was said has not been answered yet."""
        return self._unanswered > 0

    def say(self, text: str, shown: str | None = None) -> None:
        """Says something; it is answered after whatever was said before."""
        if self.done_here(text):
            return
        self._unanswered += 1
        self._waiting.put_nowait(Saying(text, shown))

    def stop(self) -> None:
        """Stops thinking about what is being answered, or worked out beside it; the opening is not to be stopped."""
        if self.talk.is_open:
            self._saying.stop.set()
        self.query_one(Side).stop()
