"""How every figure grows with the policy: generated policies of 100, 300 and 1,000 rules beside the shipped one.

Where an exact answer is out of reach, the table says what there is instead.
"""

import random
import re
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from math import log2, prod
from typing import TypeAlias

from assistant.errors import WhysoError
from assistant.policy.strata import stratify
from assistant.policy.syntax import (
    FINAL,
    Advise,
    And,
    Compare,
    Conclude,
    Condition,
    Consequent,
    Operator,
    Policy,
    Require,
    RuleOut,
    Score,
    ScoreCompare,
)
from assistant.policy.vocabulary import Answers, FactType, Kind
from assistant.reasoning import smt
from assistant.reasoning.claims import Flips, Unknown
from assistant.reasoning.classes import spans
from assistant.reasoning.counterfactuals import flips_of, settling
from assistant.reasoning.elicitation import next_question
from assistant.reasoning.engines import durable_available, engine_for
from assistant.reasoning.loading import load_policy
from assistant.reasoning.patience import LIMIT
from assistant.reasoning.possibilities import MOST, outlook, space_of
from assistant.reasoning.priors import prior
from assistant.reasoning.vectorised import infer_batch
from benchmarks.many import drawn
from benchmarks.timing import duration, seconds, table

SIZES = (100, 300, 1000)
SHARES = {"score": 12, "require": 4, "exclude": 3, "conclude": 6}
"""Rules of each sort in a hundred; three more choose by the scores, and the rest gives advice. The shipped policy has
fewer that score, more that conclude, and about as many of the others."""
BEARING = 14
"""Facts in a hundred rules that scores, requirements and exclusions read; half as many again are for advice alone."""

OPEN = 12
"""Facts that bear on the verdict and are open where all others are known."""
CASES = 5
COLUMNS = 100_000
ABSENT = "not available here"
SOME = "what was found in time, not proven to be all"
INTRODUCTION = (
    f"The median and the worst of {CASES} cases drawn by the priors, fewer where they take long. Of a hundred "
    f"generated rules {SHARES['score']} score, {SHARES['require']} require, {SHARES['exclude']} rule out and "
    f"{SHARES['conclude']} conclude. Past {MOST:,} possibilities the solver answers what it can, each proof within "
    f"{LIMIT / 1000:.0f} s; the numbers in parentheses say below the table what it gives then."
)

Drawn: TypeAlias = tuple[Condition, tuple[Consequent, ...]]


def generated(size: int, shipped: Policy) -> Policy:
    """A policy of so many rules, always the same one, with the options and capabilities of the shipped policy."""
    made = _Generator(size, shipped)
    model = replace(shipped.rules[0], examples=(), cites=(), at="made-up.yaml:1")
    rules = [
        replace(model, id=f"rule-{number:04}", when=when, then=then)
        for number, (when, then) in enumerate(made.rules(), start=1)
    ]
    verdict = replace(shipped.verdict, needs=tuple(made.bearing), parts=(), beside=())
    strata = stratify(rules, verdict)
    placed = (replace(rule, stratum=strata[rule.id]) for rule in rules)
    ordered = tuple(sorted(placed, key=lambda rule: (rule.stratum, rule.id)))
    facts = {**made.told, **made.derived, verdict.chosen: shipped.facts[verdict.chosen]}
    return replace(shipped, id=f"generated-{size}", rules=ordered, facts=facts, verdict=verdict, params={})


class _Generator:
    """Draws conditions and consequents of each sort."""

    def __init__(self, size: int, shipped: Policy) -> None:
        self.size = size
        self.dice = random.Random(size)
        self.shipped = shipped
        self.model = next(iter(shipped.told.values()))
        bearing = BEARING * size // 100
        kinds = cycle((Kind.SCALE, Kind.SCALE, Kind.FLAG, Kind.COUNT, Kind.FLAG))
        told = [self.fact(f"fact_{number:03}", next(kinds)) for number in range(bearing * 3 // 2)]
        self.told = {fact.name: fact for fact in told}
        self.bearing = list(self.told)[:bearing]
        self.cuts = {fact.name: self.cut(fact) for fact in told}
        flags = [f"derived_{number:03}" for number in range(self.number("conclude"))]
        self.derived = {name: replace(self.fact(name, Kind.FLAG), derived=True, default=False) for name in flags}

    def fact(self, name: str, kind: Kind) -> FactType:
        """A fact with nothing but a kind."""
        high = 10 if kind is Kind.SCALE else None
        return replace(self.model, name=name, kind=kind, low=0, high=high, options=(), words=(), measure=None)

    def number(self, sort: str) -> int:
        """How many rules of a sort there are."""
        return max(1, SHARES[sort] * self.size // 100)

    def cut(self, fact: FactType) -> int:
        """The threshold of a fact."""
        return self.dice.randint(2, 8) if fact.kind is Kind.SCALE else self.dice.choice((100, 1000, 10000))

    def test(self, name: str) -> Condition:
        """One comparison; most rules that read a fact compare it with the same threshold, give or take its side."""
        if self.told[name].kind is Kind.FLAG:
            return Compare(name, "==", True)
        sign: Operator = self.dice.choice((">", "<"))
        return Compare(name, sign, self.cuts[name] + (1 if self.dice.random() < 0.2 else 0))

    def tests(self, names: list[str], least: int, most: int) -> Condition:
        """A few comparisons that must all hold."""
        picked = self.dice.sample(names, self.dice.randint(least, most))
        return And(tuple(map(self.test, picked))) if len(picked) > 1 else self.test(picked[0])

    def rules(self) -> Iterator[Drawn]:
        """All the rules."""
        made = [*self.scoring(), *self.gates(), *self.concluding(), *self.choosing()]
        yield from made
        for number in range(self.size - len(made)):
            yield self.advice(), (Advise("step", "do it", number),)

    def scoring(self) -> Iterator[Drawn]:
        """Matrix-like rules; the facts take turns, so that each is read."""
        names = cycle(self.bearing)
        for number in range(self.number("score")):
            option = ("fine_tuning", "rag")[number % 2]
            yield self.test(next(names)), (Score(option, self.dice.randint(1, 3)),)

    def gates(self) -> Iterator[Drawn]:
        """Requirements and exclusions: rarer where there are more of them, for each decides alone."""
        parts = round(log2(self.size / 25))
        for kind, sort in ((Require, "require"), (RuleOut, "exclude")):
            for number in range(self.number(sort)):
                capability = self.shipped.capabilities[number % len(self.shipped.capabilities)].id
                yield self.tests(self.bearing, parts, parts), (kind(capability),)

    def concluding(self) -> Iterator[Drawn]:
        """Flags that advice reads."""
        for name in self.derived:
            yield self.tests(list(self.told), 1, 3), (Conclude(name, True),)

    def choosing(self) -> Iterator[Drawn]:
        """The option with a clear lead, else the one between."""
        chosen = self.shipped.verdict.chosen
        margin = round(2 * (self.size / 100) ** 0.5)
        lead = (("fine_tuning", 1), ("rag", -1))
        between = And((ScoreCompare(lead, "<=", margin), ScoreCompare(lead, ">=", -margin)))
        yield ScoreCompare(lead, ">", margin), (Conclude(chosen, "fine_tuning"),)
        yield ScoreCompare(lead, "<", -margin), (Conclude(chosen, "rag"),)
        yield between, (Conclude(chosen, "hybrid"),)

    def advice(self) -> Condition:
        """On the verdict, or on a derived fact, and on what was told."""
        told = self.tests(list(self.told), 1, 2)
        if self.dice.random() < 0.5:
            option = self.dice.choice(self.shipped.options).id
            return And((Compare(FINAL, "==", option), told))
        return And((Compare(self.dice.choice(list(self.derived)), "==", True), told))


def _infer(engine: str) -> Callable[[Policy, Answers], str | None]:
    def run(policy: Policy, answers: Answers) -> None:
        assert engine_for(policy, engine).infer(answers).firings

    return run


def _outlook(policy: Policy, answers: Answers) -> str | None:
    return None if outlook(policy, answers).exact else "whether the verdict is settled, without shares"


def _next(policy: Policy, answers: Answers) -> str | None:
    found = next_question(policy, answers)
    weighed = found.fact is None or found.prospects
    return None if weighed else "the first question that may still bear on the verdict, without shares"


def _flip(policy: Policy, answers: Answers) -> str | None:
    return None if flips_of(policy, answers).proven else SOME


def _settle(policy: Policy, answers: Answers) -> str | None:
    return None if settling(policy, answers).proven else "answers that settle it, not proven to be the fewest"


def _solved_settled(policy: Policy, answers: Answers) -> str | None:
    return "not proven" if isinstance(smt.prove_settled(policy, answers), Unknown) else None


def _solved_flip(policy: Policy, answers: Answers) -> str | None:
    found = smt.smallest_flips(policy, answers)
    return None if isinstance(found, Flips) and found.complete else SOME


class Subject:
    """A policy to measure, with answers drawn by the priors."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.space = space_of(policy)
        self.sizes = [len(classes) for classes in self.space.classes.values()]
        self.dice = random.Random(1)
        classes = spans(policy.facts, policy.rules)
        self.classes = {name: classes[name] for name in policy.told if name in classes}

    def answers(self, open: Iterable[str] = ()) -> Answers:
        """Answers to all other questions that some rule reads."""
        return {
            name: self.dice.choices(classes, prior(self.policy.facts[name], classes))[0].low
            for name, classes in self.classes.items()
            if name not in open
        }

    def some_open(self, number: int) -> Answers:
        """Answers to all but so many of the questions that bear on the verdict."""
        return self.answers(self.dice.sample(list(self.space.classes), number))

    @property
    def needed(self) -> int:
        """How many questions are answered, in the vocabulary's order, before all possibilities are told apart."""
        return next(known for known in range(len(self.sizes) + 1) if prod(self.sizes[known:]) <= MOST)

    def described(self) -> list[str]:
        """How large it is: what bears on the verdict."""
        possibilities = prod(self.sizes)
        return [
            f"{len(self.space.rules)} of {len(self.policy.rules):,}",
            f"{len(self.sizes)} of {len(self.policy.told)}",
            f"{possibilities:,}" if possibilities < 10**9 else f"{possibilities:.1e}",
            f"{self.needed}",
        ]

    def columns(self) -> str:
        """A decision among many, over columns."""
        columns = drawn(self.policy, COLUMNS)
        taken = seconds(lambda: infer_batch(self.policy, None, columns, COLUMNS).bits())
        return duration(taken / COLUMNS)


def _nothing_known(subject: Subject) -> Answers:
    return {}


def _just_told_apart(subject: Subject) -> Answers:
    return subject.answers(list(subject.space.classes)[subject.needed :])


def _some_open(subject: Subject) -> Answers:
    return subject.some_open(OPEN)


def _half_known(subject: Subject) -> Answers:
    return subject.some_open(len(subject.sizes) // 2)


@dataclass(frozen=True)
class Figure:
    """Something to time on a policy and answers to it. `run` says what its result falls short of, if anything.

    With `fresh`, nothing is remembered of the policy; otherwise, with `warm`, it has been asked the same before.
    """

    name: str
    run: Callable[[Policy, Answers], str | None]
    answers: Callable[[Subject], Answers] = Subject.answers
    fresh: bool = False
    cases: int = CASES
    warm: bool = True

    def taken(self, subject: Subject) -> tuple[float, str | None]:
        """The seconds it takes on some answers, and what it falls short of."""
        policy, answers = subject.policy, self.answers(subject)
        if self.fresh:
            policy = replace(policy)
            space_of(policy)
        started = time.perf_counter()
        short = self.run(policy, answers)
        return time.perf_counter() - started, short

    def cell(self, subject: Subject, notes: dict[str, int]) -> str:
        """As text: the median and the worst of some cases, and the number of the note on what they fall short of."""
        try:
            if self.warm and not self.fresh:
                self.taken(subject)
            found = [self.taken(subject) for _ in range(self.cases)]
        except WhysoError as error:
            return f"refused ({_number(_said(error), notes)})"
        times = [taken for taken, _ in found]
        short = [reason for _, reason in found if reason]
        text = duration(statistics.median(times))
        text += f", at most {duration(max(times))}" if self.cases > 1 else ""
        if not short:
            return text
        often = "" if len(short) == self.cases else f" in {len(short)} of {self.cases}"
        return f"{text} ({_number(short[0], notes)}{often})"


def _number(note: str, notes: dict[str, int]) -> int:
    return notes.setdefault(note, len(notes) + 1)


def _said(error: WhysoError) -> str:
    """The first line of a message; a number that would fill it is cut short."""
    return re.sub(r"(\d+,\d{3})(,\d{3}){5,}", r"\1,…", str(error).partition("\n")[0])


REFERENCE = (Figure("a decision, reference, with trace", _infer("reference")),)
DURABLE = (
    Figure("a decision, durable, with trace", _infer("durable")),
    Figure("the first by durable, its rule sets made", _infer("durable"), fresh=True),
)
ANSWERING = (
    Figure("outlook, nothing known", _outlook, _nothing_known, fresh=True),
    Figure("next question, nothing known", _next, _nothing_known, fresh=True),
    Figure("outlook, as soon as all are told apart", _outlook, _just_told_apart, fresh=True, cases=1),
    Figure(f"outlook, {OPEN} open", _outlook, _some_open, fresh=True),
    Figure(f"next question, {OPEN} open", _next, _some_open, fresh=True),
    Figure("settled or not, by the solver alone, half known", _solved_settled, _half_known),
    Figure("flip, by the solver alone, all known", _solved_flip),
    Figure("flip, all known", _flip),
    Figure("settle, all known", _settle, cases=3, warm=False),
)
SIZED = ("rules that bear on the verdict", "facts that do", "possibilities", "answers before all are told apart")


def report() -> str:
    """The table of this page."""
    shipped = load_policy()
    subjects = [Subject(shipped), *(Subject(generated(size, shipped)) for size in SIZES)]
    notes: dict[str, int] = {}

    def figures(several: Sequence[Figure], available: bool = True) -> list[list[str]]:
        return [[one.name, *(one.cell(each, notes) if available else ABSENT for each in subjects)] for one in several]

    described = zip(*(subject.described() for subject in subjects), strict=True)
    rows = [
        *([name, *cells] for name, cells in zip(SIZED, described, strict=True)),
        *figures(REFERENCE),
        *figures(DURABLE, durable_available()),
        [f"a decision over columns, {COLUMNS:,} at once", *(subject.columns() for subject in subjects)],
        *figures(ANSWERING),
    ]
    heads = ["what", f"shipped, {len(shipped.rules)} rules", *(f"{size:,} rules" for size in SIZES)]
    said = "\n".join(f"{number}. {words}" for words, number in notes.items())
    return "\n\n".join(filter(None, ["## Growth with the number of rules", INTRODUCTION, table(heads, rows), said]))
