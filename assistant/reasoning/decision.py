"""A decision: what follows from some answers, what it costs, and what the open questions could still change."""

from dataclasses import dataclass
from functools import cached_property

from assistant.errors import InputError
from assistant.policy.syntax import Impossible, Policy
from assistant.policy.texts import render
from assistant.policy.vocabulary import Answers
from assistant.reasoning.costs import OptionCost, OwnFigure, costs_of
from assistant.reasoning.engines import engine_for
from assistant.reasoning.outlook import MONTHS, CostOutlook, outlook_of
from assistant.reasoning.possibilities import Outlook, outlook
from assistant.reasoning.trace import Inference


class ContradictionError(InputError):
    """Answers that the policy declares impossible together."""


@dataclass(frozen=True)
class Decision:
    """An inference with its views; the costs and the outlook are worked out when first asked for."""

    inference: Inference
    engine: str
    own: tuple[OwnFigure, ...] = ()

    @property
    def policy(self) -> Policy:
        """The policy that decided."""
        return self.inference.policy

    @cached_property
    def costs(self) -> tuple[OptionCost, ...]:
        """The cost of each option, by the own figures where there are any."""
        return costs_of(self.inference, self.own)

    def costs_over(self, months: int = MONTHS) -> CostOutlook:
        """What the options cost over so many months."""
        return outlook_of(self.inference, months, self.own)

    @cached_property
    def outlook(self) -> Outlook:
        """What is settled and what is open."""
        return outlook(self.policy, self.inference.answers)

    @property
    def recommended(self) -> str | None:
        """The option to recommend: what every possibility gives, where they agree, else the verdict on what is known.

        The two differ only under rules that take an unanswered question for an answer.
        """
        return self.outlook.possible[0] if self.outlook.settled else self.inference.verdict.final


def decide(policy: Policy, answers: Answers, engine: str | None = None, own: tuple[OwnFigure, ...] = ()) -> Decision:
    """The decision on some answers, with own figures for the costs.

    Raises `ContradictionError` where the policy declares the answers impossible together.
    """
    chosen = engine_for(policy, engine)
    inference = chosen.infer(answers)
    for rule in inference.contradictions:
        reason = next(consequent.reason for consequent in rule.then if isinstance(consequent, Impossible))
        facts = ", ".join(f"`{name}`" for name in rule.reads if name in answers)
        said = " ".join(render(reason, policy, inference.memory).split())
        raise ContradictionError(f"these answers contradict each other: {said}", help=f"change one of {facts}")
    return Decision(inference, chosen.name, own)
