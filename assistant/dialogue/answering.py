"""Questions about the case and the reasoning, each answered by the function that its command on the line uses.

Nothing here changes anything: an answer is drawn from what is decided and remembered at the moment.
"""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.dialogue.asking import answer_if_said, answer_to, meaning_of, option_meant
from assistant.dialogue.horizons import months_said
from assistant.dialogue.naming import supposed
from assistant.dialogue.saying import costs_page, help_page, plan_page, told_so_far
from assistant.dialogue.state import State
from assistant.errors import InputError, did_you_mean, shown
from assistant.explanation.alternatives import flips_document, settling_document, what_if_document, why_not_document
from assistant.explanation.conclusion import conclusion
from assistant.explanation.document import Document, Style, said, told_wrong
from assistant.explanation.proof import proof_document
from assistant.explanation.questions import why_asked
from assistant.explanation.standing import assumptions_document, sureness_document
from assistant.policy.syntax import Policy
from assistant.reasoning.contrast import what_if, why_not
from assistant.reasoning.counterfactuals import flips_of, settling
from assistant.reasoning.decision import Decision

SHORT_PROOF = 2


@dataclass(frozen=True, slots=True)
class Answering:
    """What is decided and remembered; `asked` is the fact of the question on the table, empty where there is none."""

    decision: Decision
    state: State
    engine: str | None
    asked: str

    @property
    def policy(self) -> Policy:
        """The policy that decided."""
        return self.decision.policy

    def answer(self, name: str, argument: str) -> Document | None:
        """What a command answers; None where it is no question."""
        questions: dict[str, Callable[[], Document]] = {
            "how": lambda: self._proof(argument),
            "why": self._why,
            "why-not": lambda: self._why_not(argument),
            "what-if": lambda: self._what_if(argument),
            "flip": lambda: self._flip(argument),
            "settle": self._settling,
            "answers": lambda: told_so_far(self.policy, self.state.answers, self.state.words, self.state.skipped),
            "result": lambda: conclusion(self.decision),
            "plan": lambda: plan_page(self.decision),
            "costs": lambda: costs_page(self.decision, months_said(argument)),
            "help": lambda: help_page(self.policy),
            "sure": lambda: sureness_document(self.decision),
            "assumptions": lambda: assumptions_document(self.decision, self.state.words),
            "ask": lambda: answer_to(self.policy, argument),
            "meaning": lambda: meaning_of(self.policy, argument),
        }
        return questions[name]() if name in questions else None

    def _proof(self, argument: str) -> Document:
        """The proof, short; all of it where more was asked for."""
        depth = None if argument else SHORT_PROOF
        return proof_document(self.decision, depth, self.state.words, deeper="/how all shows all of it")

    def _why(self) -> Document:
        if not self.asked:
            told = said("Nothing is being asked; this is why I recommend what I do.", Style.NOTE)
            return told + conclusion(self.decision)
        return why_asked(self.policy, self.state.answers, self.asked)

    def _why_not(self, argument: str) -> Document:
        option = option_meant(self.policy, argument)
        if option is None:
            return self._which_option(argument, "why-not")
        return why_not_document(self.decision, why_not(self.decision, option), self.state.words)

    def _flip(self, argument: str) -> Document:
        option = option_meant(self.policy, argument)
        if argument and option is None:
            return self._which_option(argument, "flip")
        found = flips_of(self.policy, self.state.answers, option)
        return flips_document(self.decision, found, option, words=self.state.words)

    def _settling(self) -> Document:
        return settling_document(self.policy, settling(self.policy, self.state.answers), self.state.words)

    def _which_option(self, argument: str, command: str) -> Document:
        names = [option.id for option in self.policy.options]
        example = f"say /{command} {names[0]}"
        if not argument:
            return told_wrong("which option do you mean?", example)
        return told_wrong(f"there is no option `{shown(argument)}`", did_you_mean(argument, names) or example)

    def _what_if(self, argument: str) -> Document:
        try:
            changes = supposed(self.policy, argument, self.asked)
        except InputError:
            answer = answer_if_said(self.policy, f"what if {argument}")
            if answer is None:
                raise
            return answer
        if not changes:
            example = next((f", such as /what-if {name}=…" for name in self.policy.told), "")
            return told_wrong("what is to be different?", f"say /what-if and a change{example}")
        return what_if_document(what_if(self.policy, self.state.answers, changes, self.engine), self.state.words)
