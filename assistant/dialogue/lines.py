"""The conversation in plain lines on any pair of streams: for pipes, screen readers and terminals without a screen."""

from typing import TextIO

from assistant.dialogue.conversation import Conversation, Reply
from assistant.dialogue.questions import Question
from assistant.dialogue.saving import Saving, Unsaved
from assistant.explanation.plain import lines_of, printable
from assistant.explanation.wording import counted, shares_in_words
from assistant.policy.syntax import Policy

WIDTH = 80


def converse(policy: Policy, engine: str | None, source: TextIO, sink: TextIO, saving: Saving | None = None) -> None:
    """Talks until `/quit` or the end of input."""
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
        try:
            reply = conversation.say(line)
        except KeyboardInterrupt:
            sink.write("\nStopped; nothing was changed.\n")
            continue
        _show(saving.saved(conversation, line, reply), sink, standing_line(conversation))
        if reply.ended:
            return


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
