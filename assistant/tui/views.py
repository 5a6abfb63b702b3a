"""What each tab shows of a moment, worked out off the screen's thread."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.explanation.outline import Entry
    from assistant.tui.moment import Moment


def case_entries(moment: "Moment") -> "tuple[Entry, ...]":
    """The facts of the case; above them what changes, while something is supposed."""
    from assistant.explanation.outline import case_outline, supposing_outline

    facts = case_outline(moment.decision, moment.words, moment.state.skipped, moment.real)
    return (supposing_outline(moment.difference), *facts) if moment.difference else facts


def reason_entries(moment: "Moment") -> "tuple[Entry, ...]":
    """The proof of the recommendation."""
    from assistant.explanation.outline import reasons_outline

    return reasons_outline(moment.decision, moment.words)


def alternative_entries(moment: "Moment") -> "tuple[Entry, ...]":
    """What would change the recommendation, what settles it, and what the other options lack."""
    from assistant.explanation.outline import alternatives_outline
    from assistant.reasoning.contrast import why_not
    from assistant.reasoning.counterfactuals import flips_of, settling

    decision, policy = moment.decision, moment.policy
    answers = decision.inference.answers
    others = [option.id for option in policy.options if option.id != decision.recommended]
    return alternatives_outline(
        decision,
        flips_of(policy, answers),
        settling(policy, answers),
        [why_not(decision, option) for option in others],
        moment.words,
    )
