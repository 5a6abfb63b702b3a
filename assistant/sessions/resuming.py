"""Taking a conversation up again: as it was left under the same policy, and under a changed one as far as it holds."""

from dataclasses import replace

from assistant.dialogue.admitting import admitted, left_out
from assistant.dialogue.conversation import Conversation, Reply
from assistant.dialogue.saying import told_so_far
from assistant.dialogue.state import State
from assistant.errors import shown
from assistant.explanation.document import Document, said
from assistant.explanation.wording import recommendation
from assistant.reasoning.decision import decide
from assistant.sessions.changed import what_changed
from assistant.sessions.record import Past, Saved


def resume(conversation: Conversation, saved: Saved, past: Past) -> Reply:
    """Takes a conversation up where it was left, and says what a changed policy makes of it."""
    policy, summary = conversation.policy, saved.summary
    name = f" \u201c{shown(summary.name)}\u201d" if summary.name else ""
    document = said(f"Welcome back to conversation {summary.id}{name}.")
    state, history, sources, question = past.state, past.history, past.sources, past.question
    if summary.policy.digest != policy.digest:
        state, left = admitted(policy, state)
        decision = decide(policy, state.answers, conversation.engine)
        document += what_changed(summary.policy, summary.verdict, decision) + left_out(
            policy, left, summary.policy.facts
        )
        if decision.inference.verdict.final != summary.verdict.final:
            state = replace(state, concluded=False)
        history = tuple(admitted(policy, earlier)[0] for earlier in history)
        question = None
        sources = tuple(source for source in sources if source.passage in policy.source.by_id)
    document += told_so_far(policy, state.answers, state.words, state.skipped)
    if state.concluded == past.state.concluded:
        document += _so_far(conversation, state)
    return conversation.resume(state, history, sources, document, question)


def _so_far(conversation: Conversation, state: State) -> Document:
    decision = decide(conversation.policy, state.answers, conversation.engine)
    settled = "This is settled." if decision.outlook.settled else "Open answers can still change it."
    return said(f"{recommendation(decision)}. {settled}")
