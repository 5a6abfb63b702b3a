"""How a result follows: a tree from the verdict through firings to told facts, each step with its rule and citations.

The tree is a view of one inference; it fires nothing and checks nothing itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.errors import shown
from assistant.explanation.conclusion import standing
from assistant.explanation.document import Document, Style, Writer
from assistant.explanation.wording import because, counted, recommendation, statement
from assistant.policy.strata import feeders
from assistant.policy.syntax import FINAL, Rule, Score
from assistant.policy.vocabulary import Value
from assistant.reasoning.decision import Decision
from assistant.reasoning.trace import Inference

DEEPEST = 50
"""Levels that are ever written; no proof that a person could follow is deeper."""


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A conclusion and what it rests on. Steps that are shared are one and the same.

    `rule` is the firing that concluded it; None for a told fact, a default, a sum or the verdict itself, and
    `provenance` then says which: told, default, unknown, sum or verdict. A firing's provenance is `derived`.
    """

    conclusion: str
    value: Value | None
    provenance: str
    because: str
    rule: Rule | None = None
    origins: "tuple[Step, ...]" = ()


def proof(inference: Inference, words: Mapping[str, str] | None = None) -> Step:
    """The proof of the final verdict; `words` are those in which facts were told, where they are not the value."""
    return _Prover(inference, words or {}).quantity(FINAL)


class _Prover:
    """Builds each step once, from the lowest stratum up, so that what is shared is shared and nothing nests deep."""

    def __init__(self, inference: Inference, words: Mapping[str, str]) -> None:
        self.inference = inference
        self.words = words
        self.policy = inference.policy
        self.fed_by = feeders(self.policy.rules, self.policy.verdict)
        self.fired = {rule.id: rule for rule in inference.fired}
        self.steps: dict[str, Step] = {}
        for rule in self.policy.rules:
            for name in rule.reads:
                self.quantity(name)

    def verdict(self) -> Step:
        """The verdict rests on the chosen option and on every requirement and exclusion that fired."""
        constraints = [
            self.quantity(name)
            for name, value in self.inference.memory.items()
            if name.startswith(("required.", "ruled_out.")) and value is True
        ]
        chosen = self.quantity(self.policy.verdict.chosen)
        final = self.inference.verdict.final
        said = " ".join(f"{step.because.rstrip('.')}." for step in (chosen, *constraints))
        return Step(FINAL, final, "verdict", said, None, (chosen, *constraints))

    def quantity(self, name: str) -> Step:
        """What a quantity's value rests on."""
        if name not in self.steps:
            self.steps[name] = self._quantity(name)
        return self.steps[name]

    def _quantity(self, name: str) -> Step:
        memory, policy = self.inference.memory, self.policy
        value = memory.get(name)
        said = statement(policy, name, value)
        if name in policy.told:
            return self._told(name, value, said)
        if name == FINAL:
            return self.verdict()
        feeding = [policy.by_id[id] for id in self.fed_by.get(name, ())]
        rules = [rule for rule in feeding if rule.id in self.fired]
        if name.startswith("scores."):
            return Step(name, value, "sum", said, None, tuple(self.firing(name, rule) for rule in rules))
        if not rules:
            provenance = "default" if name in memory else "unknown"
            read = dict.fromkeys(other for rule in feeding for other in rule.reads)
            origins = tuple(self.quantity(other) for other in read)
            return Step(name, value, provenance, f"{said} (no rule says otherwise)", None, origins)
        steps = [self.firing(name, rule) for rule in rules]
        if len(steps) == 1:
            return steps[0]
        return Step(name, value, "derived", said, None, tuple(steps))

    def _told(self, name: str, value: Value | None, said: str) -> Step:
        if name not in self.inference.memory:
            return Step(name, None, "unknown", f"not answered: {self.policy.told[name].label}")
        quoted = f" \u201c{shown(self.words[name])}\u201d, taken as" if name in self.words else ""
        return Step(name, value, "told", f"you said{quoted or ':'} {said}")

    def firing(self, name: str, rule: Rule) -> Step:
        """One rule's contribution to a quantity."""
        value = self.inference.memory.get(name)
        if name.startswith("scores."):
            option = name.partition(".")[2]
            value = sum(c.points for c in rule.then if isinstance(c, Score) and c.option == option)
        origins = tuple(self.quantity(read) for read in rule.reads)
        return Step(name, value, "derived", because(rule, self.inference), rule, origins)


def step_in_words(inference: Inference, step: Step) -> str:
    """A step in a sentence or two."""
    policy = inference.policy
    if step.rule is None:
        text = step.because
    elif step.conclusion.startswith("scores."):
        label = policy.label(step.conclusion.partition(".")[2])
        text = f"{step.value:+d} for {label}: {step.because}"
    else:
        text = f"{statement(policy, step.conclusion, step.value)}. {step.because}"
    return text[:1].upper() + text[1:]


def proof_document(
    decision: Decision, depth: int | None = None, words: Mapping[str, str] | None = None, deeper: str = ""
) -> Document:
    """The proof as an indented tree, down to `depth` levels; where more lies below, `deeper` says how to see it."""
    inference = decision.inference
    writer = Writer(inference.policy.source)
    root = proof(inference, words)
    writer.add(Style.VERDICT, recommendation(decision))
    if not decision.outlook.settled or decision.recommended != inference.verdict.final:
        writer.add(Style.NOTE, standing(decision))
    writer.add(Style.NOTE, "What it rests on, down to your answers:")
    tree = _Tree(writer, inference, depth)
    for step in root.origins:
        tree.write(step, 0)
    if tree.folded:
        more = f": {deeper}" if deeper else ""
        writer.add(Style.NOTE, f"{counted(tree.folded, 'step')} further down{more}.")
    return writer.document()


class _Tree:
    """Writes steps below each other; one that stands there already is not written again."""

    def __init__(self, writer: Writer, inference: Inference, depth: int | None) -> None:
        self.writer = writer
        self.inference = inference
        self.depth = DEEPEST if depth is None else min(depth, DEEPEST)
        self.seen: set[Step] = set()
        self.below: dict[Step, None] = {}

    @property
    def folded(self) -> int:
        """How many different steps lie deeper than was written, and stand nowhere else."""
        return sum(1 for step in self.below if step not in self.seen)

    def write(self, step: Step, level: int) -> None:
        """One step, and what it rests on."""
        rule = step.rule
        text = step_in_words(self.inference, step)
        if rule is None:
            self.writer.add(Style.POINT, text, indent=level)
        else:
            self.writer.add(Style.POINT, f"{text}  ({rule.id}, {rule.place})", rule.cites, rule.id, level)
        if step in self.seen and step.origins:
            self.writer.add(Style.NOTE, "as shown above", indent=level + 1)
            return
        self.seen.add(step)
        if level + 1 < self.depth:
            for origin in step.origins:
                self.write(origin, level + 1)
        else:
            self._fold(step)

    def _fold(self, step: Step) -> None:
        waiting = list(step.origins)
        while waiting:
            one = waiting.pop()
            if one not in self.below:
                self.below[one] = None
                waiting += one.origins
