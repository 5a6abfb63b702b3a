"""The conversation as the screen needs it: each turn is frozen data, with all that is shown of it.

Nothing here knows the screen, or what thread it runs on. Whoever holds a Talk asks it one thing at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from time import sleep, time_ns
from typing import TYPE_CHECKING

from assistant.tui.moment import Moment, moment_of

if TYPE_CHECKING:
    from assistant.dialogue.completing import Completion
    from assistant.dialogue.conversation import Conversation, Reply
    from assistant.dialogue.saving import Saving
    from assistant.dialogue.watching import News, Watcher
    from assistant.errors import Finding
    from assistant.explanation.document import Document
    from assistant.policy.syntax import Policy


BREATH_SECONDS = 0.003
"""A pause between small pieces of work done ahead of time, in which a reply goes first."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What came back for one message. `help` where that was what was asked for; `earlier` is what to show above it.

    `short` says it in a line, where nobody said anything.
    """

    reply: "Reply"
    moment: Moment
    help: bool = False
    earlier: "tuple[tuple[str | None, Document], ...]" = ()
    short: str = ""


class Talk:
    """A conversation that begins with `open`, kept by what `saving` makes, if anything, once the policy is loaded.

    A proof that takes long ends once the `stop` handed in is set.
    """

    def __init__(
        self, load: "Callable[[], Policy]", engine: str | None, saving: "Callable[[], Saving] | None" = None
    ) -> None:
        self._load = load
        self._engine = engine
        self._make_saving = saving
        self._saving: Saving | None = None
        self._conversation: Conversation | None = None
        self._watcher: Watcher | None = None

    @property
    def conversation(self) -> "Conversation":
        """The conversation, once it is open."""
        assert self._conversation is not None, "open() comes first"
        return self._conversation

    def open(self, stop: Event) -> Turn:
        """Loads the policy and greets; raises `WhysoError` where that cannot be."""
        from assistant.dialogue.conversation import Conversation
        from assistant.dialogue.saving import Unsaved
        from assistant.dialogue.watching import Watcher
        from assistant.reasoning.patience import patience

        begun = time_ns()
        conversation = Conversation(self._load(), self._engine)
        self._watcher = Watcher(self._load, conversation.policy, begun)
        self._saving = (self._make_saving or Unsaved)()
        with patience(cancel=stop):
            reply = self._saving.begin(conversation)
        self._conversation = conversation
        return Turn(reply, moment_of(conversation), earlier=self._saving.earlier)

    def warm_up(self) -> None:
        """Does ahead of time what the first message in free text, question and conclusion take."""
        from assistant.dialogue.understanding.lexicon import lexicon_of
        from assistant.explanation.conclusion import conclusion
        from assistant.knowledge import index_of

        policy = self.conversation.policy
        conclusion(self.conversation.decision)
        index_of(policy.source)
        for _ in lexicon_of(policy).made_ready():
            sleep(BREATH_SECONDS)

    def say(self, text: str, stop: Event) -> Turn:
        """The turn that answers one message."""
        from assistant.dialogue.commands import parse_command
        from assistant.reasoning.patience import patience

        conversation = self.conversation
        assert self._saving is not None, "open() made it"
        with patience(cancel=stop):
            reply = conversation.say(text)
        reply = self._saving.saved(conversation, text, reply)
        command = parse_command(text[:100])
        return Turn(reply, moment_of(conversation), command is not None and command[0] == "help")

    def look(self, *, settled: bool = False) -> "News | None":
        """What has become of the policy's files since the last look; changes nothing in the conversation."""
        return self._watcher.look(settled=settled) if self._watcher is not None else None

    @property
    def restless(self) -> bool:
        """Whether the last look found something that is still being written."""
        return self._watcher is not None and self._watcher.restless

    @property
    def mistakes(self) -> "tuple[Finding, ...]":
        """What is wrong in the policy's files as they are now."""
        return self._watcher.mistakes if self._watcher is not None else ()

    def adopt(self, news: "News") -> Turn:
        """The turn in which an edited policy comes into force."""
        from assistant.dialogue.conversation import Reply
        from assistant.errors import WhysoError
        from assistant.explanation.document import told_wrong
        from assistant.explanation.edited import edited_in_short
        from assistant.reasoning.patience import patience

        conversation = self.conversation
        assert self._saving is not None, "open() made it"
        assert news.policy is not None, "there is a policy to adopt"
        before = conversation.decision
        try:
            with patience(cancel=Event()):
                reply = conversation.adopt(news.policy)
        except WhysoError as error:
            wrong = told_wrong(f"the edited policy can't come into force: {error.message}", error.help)
            return Turn(Reply(wrong, conversation.question), moment_of(conversation), short="The last policy stays.")
        if reply.document.paragraphs:
            short = edited_in_short(before, conversation.decision)
        else:
            short = "The mistakes are mended." if news.mended else "The policy was read again."
            short += " It says what it said before."
        reply = self._saving.adopted(conversation, reply)
        return Turn(reply, moment_of(conversation), short=short)

    def rule_page(self, rule: str) -> "Document":
        """What a rule says, does and rests on; that it is gone, where it is."""
        from assistant.explanation.document import told_wrong
        from assistant.explanation.pages import rule_page

        policy = self.conversation.policy
        found = policy.by_id.get(rule)
        return rule_page(policy, found) if found is not None else told_wrong(f"the policy has no rule `{rule}` now")

    def ways_on(self, text: str) -> "tuple[Completion, ...]":
        """The ways to go on with a command that is being typed; none before the conversation is open."""
        if self._conversation is None:
            return ()
        from assistant.dialogue.completing import completions
        from assistant.tui.local_commands import local_commands

        numbered = [(str(source.number), source.title) for source in self._conversation.sources]
        return completions(self._conversation.policy, text, numbered, local_commands())

    @property
    def is_open(self) -> bool:
        """Whether the conversation has begun."""
        return self._conversation is not None

    def completions(self) -> list[str]:
        """The commands, and every fact that can be changed."""
        from assistant.dialogue.commands import COMMANDS

        told = self.conversation.policy.told
        return [f"/{command.name}" for command in COMMANDS] + [f"/change {name}" for name in told]
