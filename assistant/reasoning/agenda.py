"""The run that every rule engine shares: stratum by stratum, firings are applied and what they settle is written down.

An engine decides which rules of a stratum fire, and which that could conclude a derived fact are still unknown; it is
given each new value as working memory grows. Applying consequents, closing scores and constraints, and forming the
verdict happen here, once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.errors import EngineError
from assistant.policy.strata import feeders
from assistant.policy.syntax import FINAL, Conclude, Impossible, Policy, Require, Rule, RuleOut, Score
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.trace import Inference
from assistant.reasoning.verdict import Verdict, verdict_of

Memory = dict[str, Value | None]


class Matcher(Protocol):
    """The part of a run that is an engine's own."""

    def match(self, stratum: int, memory: Memory, news: Sequence[str]) -> tuple[list[Rule], list[Rule]]:
        """The rules of a stratum that fire, and its concluding rules that are unknown; both in order of id.

        `news` are the names that memory has gained since the last stratum.
        """


@dataclass(frozen=True)
class Plan:
    """What is settled when: computed once for a policy, or for some of its rules.

    `strata` holds the rules by stratum; `settled[k]` the quantities known once the first `k` strata have fired, which
    the strata before had not yet fixed: `constant` where no rule feeds them, `growing[k]` otherwise. The final verdict
    is formed after `final_after` strata.
    """

    policy: Policy
    strata: tuple[tuple[Rule, ...], ...]
    settled: tuple[tuple[str, ...], ...]
    defaults: Mapping[str, Value | None]
    concluding: frozenset[str]
    needs: frozenset[str]
    constant: Memory
    growing: tuple[tuple[str, ...], ...]
    final_after: int


def plan_of(policy: Policy, rules: Iterable[Rule] | None = None) -> Plan:
    """The plan of a run over all of a policy's rules, or over some that are complete in themselves."""
    chosen = list(policy.rules if rules is None else rules)
    height = max((rule.stratum + 1 for rule in chosen), default=0)
    strata = tuple(tuple(rule for rule in chosen if rule.stratum == k) for k in range(height))
    fed_by = feeders(chosen, policy.verdict)
    stratum_of = {rule.id: rule.stratum for rule in chosen}
    settled: list[list[str]] = [[] for _ in range(height + 1)]
    capabilities = [capability.id for capability in policy.capabilities]
    options = [option.id for option in policy.options]
    defaults: Memory = {
        **{name: fact.default for name, fact in policy.derived.items()},
        **{f"scores.{option}": 0 for option in options},
        **{f"required.{capability}": False for capability in capabilities},
        **{f"ruled_out.{name}": False for name in (*capabilities, *options)},
        FINAL: None,
    }
    for name in defaults:
        settled[max((stratum_of[id] + 1 for id in fed_by.get(name, ())), default=0)].append(name)
    constant = {name: default for name, default in defaults.items() if name not in fed_by and name != FINAL}
    growing = tuple(tuple(name for name in names if name in fed_by and name != FINAL) for names in settled)
    final_after = next(k for k, names in enumerate(settled) if FINAL in names)
    concluding = frozenset(rule.id for rule in chosen if any(isinstance(c, Conclude) for c in rule.then))
    known = tuple(tuple(names) for names in settled)
    needs = frozenset(policy.verdict.needs)
    return Plan(policy, strata, known, defaults, concluding, needs, constant, growing, final_after)


class Run:
    """One pass over the strata: the one place where working memory changes."""

    def __init__(self, plan: Plan, answers: Answers) -> None:
        self.plan = plan
        self.answers = answers
        self.memory: Memory = dict(answers)
        self.fired: list[Rule] = []
        self.scores: dict[str, int] = {}
        self.required: dict[str, list[Rule]] = {}
        self.ruled_out: dict[str, list[Rule]] = {}
        self.concluded: dict[str, tuple[Value | None, Rule]] = {}
        self.unknown: set[str] = set()
        self.contradictions: list[Rule] = []
        self.formed = Verdict(None, None, None)

    def infer(self, matcher: Matcher) -> Inference:
        """Fires every stratum and forms the verdict."""
        news: Sequence[str] = [*self.memory, *self.settle(0)]
        for stratum in range(len(self.plan.strata)):
            fired, unknown = matcher.match(stratum, self.memory, news)
            for rule in fired:
                self.apply(rule)
            for rule in unknown:
                self.unknown.update(c.fact for c in rule.then if isinstance(c, Conclude))
            news = self.settle(stratum + 1)
        return self.result()

    def apply(self, rule: Rule) -> None:
        """Notes what a fired rule says."""
        self.fired.append(rule)
        for consequent in rule.then:
            match consequent:
                case Score(option=option, points=points):
                    self.scores[option] = self.scores.get(option, 0) + points
                case Conclude():
                    self.conclude(consequent, rule)
                case Require(capability=capability):
                    self.required.setdefault(capability, []).append(rule)
                case RuleOut(name=name):
                    self.ruled_out.setdefault(name, []).append(rule)
                case Impossible():
                    self.contradictions.append(rule)

    def conclude(self, consequent: Conclude, rule: Rule) -> None:
        """Gives a derived fact its value; raises `EngineError` where another rule gave it another."""
        earlier = self.concluded.setdefault(consequent.fact, (consequent.value, rule))
        if earlier[0] != consequent.value:
            message = f"`{earlier[1].id}` and `{rule.id}` conclude different values of `{consequent.fact}` here"
            raise EngineError(message, span=rule.span, help="make their conditions exclude each other")

    def settle(self, stratum: int) -> Sequence[str]:
        """Writes down what is known once the first `stratum` strata have fired; returns its names."""
        plan, memory, unknown = self.plan, self.memory, []
        if stratum == 0:
            memory.update(plan.constant)
        for name in plan.growing[stratum]:
            space, _, rest = name.partition(".")
            if space == "scores":
                memory[name] = self.scores.get(rest, 0)
            elif space == "required":
                memory[name] = rest in self.required
            elif space == "ruled_out":
                memory[name] = rest in self.ruled_out
            elif name in self.concluded:
                memory[name] = self.concluded[name][0]
            elif name in self.unknown:
                unknown.append(name)
            else:
                memory[name] = plan.defaults[name]
        if stratum == plan.final_after:
            self.formed = self.verdict()
            memory[FINAL] = self.formed.final
        names = plan.settled[stratum]
        return [name for name in names if name not in unknown] if unknown else names

    def verdict(self) -> Verdict:
        """The verdict on what has fired so far."""
        policy = self.plan.policy
        chosen = self.memory.get(policy.verdict.chosen)
        complete = self.answers.keys() >= self.plan.needs
        required = {name: tuple(rules) for name, rules in self.required.items()}
        ruled_out = {name: tuple(rules) for name, rules in self.ruled_out.items()}
        return verdict_of(policy, chosen if isinstance(chosen, str) else None, complete, required, ruled_out)

    def result(self) -> Inference:
        """The finished inference."""
        return Inference(
            self.plan.policy,
            self.answers,
            self.memory,
            tuple(self.fired),
            self.formed,
            tuple(self.contradictions),
        )
