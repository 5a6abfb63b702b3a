"""The rules fired by durable-rules: the one module that imports it, and only where it is needed and imports.

Gives what the reference gives, afresh from each set of answers, and leaves no state behind. Nothing reaches the C code
that it is not known to survive; whatever stops a run half way is raised, and the engine built anew.
"""

import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from assistant.errors import EngineError, shown
from assistant.policy.syntax import Policy, Rule
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.agenda import Memory, Plan, Run, plan_of
from assistant.reasoning.durable_program import GO, HELP, EngineRule, Plain, Program, fails, fits, plain, program_of
from assistant.reasoning.trace import Inference

_SID = "1"
_LOCK = Lock()
"""One run at a time: the C code is not re-entrant, and each rule set has one state."""


@cache
def _library() -> Any:
    from durable import engine

    return engine


def available() -> bool:
    """Whether durable-rules imports on this Python."""
    try:
        _library()
    except ImportError:
        return False
    return True


class _Log:
    """What the actions of a run noted. `parts` are noted parts that are still to be asserted."""

    def __init__(self, parts: frozenset[str]) -> None:
        self.known_parts = parts
        self.clear()

    def clear(self) -> None:
        self.noted: set[str] = set()
        self.parts: list[str] = []
        self.failure: BaseException | None = None

    def note(self, what: str) -> None:
        """Takes down a firing; a rule may fire more than once."""
        if what not in self.noted:
            self.noted.add(what)
            if what in self.known_parts:
                self.parts.append(what)


def _action(log: _Log, what: str) -> Callable[[Any], None]:
    """An action that notes something. It takes one parameter: with two, durable-rules would wait for a callback."""

    def act(context: Any) -> None:
        try:
            log.note(what)
        except BaseException as failure:  # noqa: BLE001 - durable-rules swallows all; `_Engine.tell` raises it again
            log.failure = failure

    return act


def _go(log: _Log, what: str) -> Callable[[Any], None]:
    """Notes that a rule set is at work, unless durable-rules has put an exception of its own into its state."""

    def act(context: Any) -> None:
        if context.s.exception is None:
            log.note(what)

    return act


def _delete(handles: Iterable[int]) -> None:
    for handle in handles:
        _library().durable_rules_engine.delete_ruleset(handle)


class _Engine:
    """A program's rule sets in the C code, for one run at a time."""

    def __init__(self, program: Program) -> None:
        library = _library()
        self.unhandled = library.MessageNotHandledException
        self.errors = (library.durable_rules_engine.error, library.MessageObservedException)
        self.program = program
        self.log = _Log(program.parts)
        self.sets = [f"rules {i}" for i in range(len(program.rule_sets))]
        self.begun: list[str] = []
        host_type: Any = type("Host", (library.Host,), {"_run": lambda host: None})  # its own starts two timer threads
        self.host = host_type()
        try:
            for name, rules in zip(self.sets, program.rule_sets, strict=True):
                self.host.set_rulesets({name: self.definitions(name, rules)})
        except self.errors as error:
            raise EngineError(f"durable-rules failed: {error}", help=HELP) from error
        handles = [self.host.get_ruleset(name)._handle for name in self.sets]
        weakref.finalize(self, _delete, handles).atexit = False

    def definitions(self, name: str, rules: Sequence[EngineRule]) -> dict[str, dict[str, Any]]:
        """One rule set, with the rule for `GO` first."""
        go = {"all": [{"m0": {"n": GO}}], "run": _go(self.log, name)}
        written = {str(i): {**rule.definition(), "run": _action(self.log, rule.notes)} for i, rule in enumerate(rules)}
        return {GO: go, **written}

    def begin(self) -> None:
        """Makes a state in each rule set. To delete one in which nothing has fired yet would be a crash."""
        self.log.clear()
        for name in self.sets:
            self.go(name, 1)
            self.begun.append(name)

    def finish(self) -> None:
        """Raises unless every rule set is still at work: what durable-rules loses half way, it does not say."""
        for name in self.sets:
            self.log.noted.discard(name)
            self.go(name, 2)

    def go(self, rule_set: str, id: int) -> None:
        """Has a rule set say that it is at work."""
        self.tell(rule_set, id, GO, True)
        if rule_set not in self.log.noted:
            raise EngineError("durable-rules was interrupted while it ran", help="try again")

    def end(self) -> bool:
        """Deletes the states. Whether that was all: otherwise the engine is not to be used again."""
        begun, self.begun = self.begun, []
        for name in begun:
            self.host.delete_state(name, _SID)
        return len(begun) == len(self.sets)

    def say(self, name: str, value: Value | None) -> None:
        """Asserts a value to the rule sets that test it, often none; then the parts of conditions that it completed."""
        self.assert_everywhere(name, value)
        while self.log.parts:
            self.assert_everywhere(self.log.parts.pop(), True)

    def assert_everywhere(self, name: str, value: Value | None) -> None:
        """Asserts one value; nothing that the C code would misread."""
        slot = self.program.slots.get(name)
        if slot is None:
            return
        if not fits(value):
            raise EngineError(f"`{name}` is `{shown(str(value))}`, which durable-rules can't hold", help=HELP)
        for index in slot.rule_sets:
            self.tell(self.sets[index], slot.id, name, plain(value))

    def tell(self, rule_set: str, id: int, name: str, value: Plain) -> None:
        """Asserts one fact; its rules fire before this returns."""
        try:
            self.host.assert_fact(rule_set, {"sid": _SID, "id": id, "n": name, "v": value})
        except self.unhandled:
            pass  # no rule has a pattern for it
        except self.errors as error:
            raise EngineError(f"durable-rules failed: {error}", help=HELP) from error
        if self.log.failure is not None:
            raise self.log.failure


class _Matcher:
    """One run's firings, stratum by stratum. A rule may fire before its stratum; it is then held back."""

    def __init__(self, engine: _Engine, plan: Plan) -> None:
        self.engine = engine
        self.plan = plan

    def match(self, stratum: int, memory: Memory, news: Sequence[str]) -> tuple[list[Rule], list[Rule]]:
        """The rules of a stratum that fire, and its concluding rules that are unknown."""
        engine, program = self.engine, self.engine.program
        noted = engine.log.noted
        for name in news:
            engine.say(name, memory[name])
        for sum in program.sums[stratum]:
            engine.say(sum.name, total(sum.terms, memory))
        for part in program.closing[stratum]:
            if part not in noted:
                engine.say(part, False)
        rules, concluding = self.plan.strata[stratum], self.plan.concluding
        fired = [rule for rule in rules if rule.id in noted]
        silent = [rule for rule in rules if rule.id in concluding and rule.id not in noted]
        return fired, [rule for rule in silent if fails(rule.id) not in noted]


def total(terms: Sequence[tuple[str, int]], memory: Mapping[str, Value | None]) -> int:
    """A sum of scores."""
    return sum(coefficient * int(memory[name] or 0) for name, coefficient in terms)


class Durable:
    """The durable-rules engine for one policy. What it cannot hold is refused at once; the C code waits for a run."""

    name = "durable"

    def __init__(self, policy: Policy) -> None:
        self.plan: Plan = plan_of(policy)
        self.program = program_of(self.plan)
        self._engine: _Engine | None = None

    def infer(self, answers: Answers) -> Inference:
        """Everything that follows from the answers."""
        with _LOCK:
            engine = self._engine or _Engine(self.program)
            self._engine = None
            try:
                engine.begin()
                inference = Run(self.plan, answers).infer(_Matcher(engine, self.plan))
                engine.finish()
            finally:
                if engine.end():
                    self._engine = engine
        return inference


@lru_cache(maxsize=8)
def durable_for(policy: Policy) -> Durable:
    """The durable-rules engine of a policy, made once."""
    return Durable(policy)
