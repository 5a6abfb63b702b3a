"""Going on under a policy that was edited meanwhile: what was told holds as far as the policy takes it."""

from dataclasses import dataclass, replace

from assistant.dialogue.admitting import admitted, left_out
from assistant.dialogue.state import State
from assistant.explanation.document import Document
from assistant.explanation.edited import edited_document
from assistant.policy.syntax import Policy
from assistant.reasoning.decision import Decision, decide


@dataclass(frozen=True, slots=True)
class Adopted:
    """Where a conversation stands under another policy, and what is to be said of that."""

    state: State
    history: tuple[State, ...]
    decision: Decision
    document: Document


def adopted(
    before: Decision, policy: Policy, state: State, history: tuple[State, ...], engine: str | None = None
) -> Adopted:
    """A conversation's state and undo history under `policy`, inferred afresh.

    Nothing is said where the policy says the same: then only its places are others.
    """
    now, left = admitted(policy, state)
    decision = decide(policy, now.answers, engine)
    decision.outlook  # noqa: B018  # raises where the answers leave no possibility
    earlier = tuple(admitted(policy, one)[0] for one in history)
    if policy.digest == before.policy.digest:
        return Adopted(now, earlier, decision, Document())
    standing = [(one.outlook.settled, one.recommended) for one in (before, decision)]
    if standing[0] != standing[1]:
        now = replace(now, concluded=False)
    labels = {name: fact.label for name, fact in before.policy.facts.items()}
    document = edited_document(before, decision, state.answers) + left_out(policy, left, labels)
    return Adopted(now, earlier, decision, document)
