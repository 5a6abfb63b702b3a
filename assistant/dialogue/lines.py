"""The conversation in plain lines on any pair of streams: for pipes, screen readers and terminals without a screen."""

from collections.abc import Callable
from dataclasses import replace
from time import sleep
from typing import TextIO, TypeAlias

from assistant.dialogue.conversation import Conversation, Reply
from assistant.dialogue.questions import Question
from assistant.dialogue.saving import Saving, Unsaved
from assistant.dialogue.watching import Watcher
from assistant.errors import Finding, WhysoError
from assistant.explanation.document import Document, told_wrong
from assistant.explanation.plain import lines_of, printable
from assistant.explanation.wording import counted, shares_in_words
from assistant.policy.syntax import Policy

WIDTH = 80
ANSWER_AGAIN = "What you typed was not taken, since the question is another one now."


Editing: TypeAlias = Callable[[Policy, tuple[Finding, ...], str], Document]
STILL_SECONDS = 0.05
MOST_LOOKS = 20


def converse(
    policy: Policy,
    engine: str | None,
    source: TextIO,
    sink: TextIO,
    saving: Saving | None = None,
    watcher: Watcher | None = None,
    edit: Editing | None = None,
) -> None:
    """Talks until `/quit` or the end of input. `watcher` looks after the policy before each answer, if there is one.

    `edit` does what `/edit` says; it is given the policy, what is wrong in its files and what is to be opened.
    """
    conversation = Conversation(policy, engine)
    saving = saving or Unsaved()
    _show(saving.begin(conversation), sink, "")
    while True:
        sink.write("> ")
        sink.flush()
        line = source.readline()
        if not line:
            sink.write("\n")
            return
        if not source.isatty():
            sink.write(printable(line.rstrip("\r\n")) + "\n")
        asked = conversation.question
        if watcher is not None and line.strip():
            _look(watcher, conversation, saving, sink)
        if conversation.question != asked and not line.lstrip().startswith("/"):
            sink.write(f"\n{ANSWER_AGAIN}\n")
            continue
        if edit is not None and line.split()[:1] == ["/edit"]:
            mistakes = watcher.mistakes if watcher is not None else ()
            done = edit(conversation.policy, mistakes, line.strip().removeprefix("/edit").strip())
            _show(Reply(done), sink, "")
            continue
        try:
            reply = conversation.say(line)
        except KeyboardInterrupt:
            sink.write("\nStopped; nothing was changed.\n")
            continue
        _show(saving.saved(conversation, line, reply), sink, standing_line(conversation))
        if reply.ended:
            return


def _look(watcher: Watcher, conversation: Conversation, saving: Saving, sink: TextIO) -> None:
    """Goes on under the policy as it was edited since the last answer; tells of mistakes in it."""
    news = watcher.look()
    for _ in range(MOST_LOOKS):
        if news is not None or not watcher.restless:
            break
        sleep(STILL_SECONDS)
        news = watcher.look()
    if news is None:
        return
    if news.policy is None:
        sink.write("\n" + printable("\n".join([news.title, *news.lines])) + "\n")
        return
    asked = conversation.question
    try:
        reply = saving.adopted(conversation, conversation.adopt(news.policy))
    except WhysoError as error:
        reply = Reply(told_wrong(f"the edited policy can't come into force: {error.message}", error.help))
    _show(reply if reply.question != asked else replace(reply, question=None), sink, "")


def standing_line(conversation: Conversation) -> str:
    """Each option's share and how many questions are left at most; nothing where it is settled."""
    left = conversation.upcoming.left_at_most
    shares = conversation.decision.outlook.shares
    if not left or len(shares) < 2:
        return ""
    return f"Possible: {shares_in_words(conversation.policy, shares)}. {counted(left, 'question')} left at most."


def _show(reply: Reply, sink: TextIO, standing: str) -> None:
    text = lines_of(reply.document, WIDTH)
    if text:
        sink.write(f"\n{text}\n")
    if standing and reply.question is not None and reply.question.fact:
        sink.write(f"\n{standing}\n")
    if reply.question is not None:
        sink.write(f"\n{question_lines(reply.question)}\n")
    sink.flush()


def question_lines(question: Question) -> str:
    """A question and the replies it offers."""
    optional = " (optional)" if question.optional else ""
    lines = [f"{question.text}{optional}", f"  {question.hint}"]
    for choice in question.choices:
        lines.append(f"  {choice.key}. {choice.label}" if choice.key else f"  - {choice.label}")
    return printable("\n".join(lines))
