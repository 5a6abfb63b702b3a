"""Questions to z3 within a time limit, that can be interrupted: what every proof is made of.

The work runs in a thread of its own while the caller waits: Python hears Ctrl-C in a thread that waits, and not in one
that is inside z3. A KeyboardInterrupt, a cancellation or the end of the time interrupts z3, which returns at once.
"""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

import z3

from assistant.policy.vocabulary import Value
from assistant.reasoning.claims import Unknown
from assistant.reasoning.patience import CancelledError, Patience, current
from assistant.reasoning.smt_encoding import Encoding
from assistant.reasoning.smt_verdict import Choice

T = TypeVar("T")

POLL = 0.02
"""How often a waiting thread looks up, in seconds."""


class StoppedError(Exception):
    """The time is up, the proof was cancelled, or z3 gave up: `reason` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Prover:
    """A solver, and what is assumed in it for one proof; without one of its own, the one that holds the encoding."""

    def __init__(
        self, encoding: Encoding, stopped: threading.Event | None = None, solver: z3.Solver | None = None
    ) -> None:
        self.encoding = encoding
        self.stopped = stopped or threading.Event()
        self.solver = encoding.solver() if solver is None else solver
        self.logic = encoding.logic

    def beside(self) -> "Prover":
        """One that holds nothing yet, for a side question of the same proof."""
        return Prover(self.encoding, self.stopped, self.encoding.empty_solver())

    def assume(self, *propositions: z3.BoolRef) -> None:
        """Holds for the rest of the proof."""
        self.solver.add(*propositions)

    def at_most(self, several: Iterable[z3.BoolRef], most: int) -> z3.BoolRef:
        """Something to assume in a check where no more than so many may hold."""
        guard = self.logic.named(f"at most {most}")
        self.assume(z3.Implies(guard, self.logic.compared([(one, 1) for one in several], "<=", most)))
        return guard

    def check(self, *assumptions: z3.BoolRef) -> bool:
        """Whether all that is assumed can hold together; raises `StoppedError`."""
        if self.stopped.is_set():
            raise StoppedError("interrupted")
        if any(self.logic.is_false(one) for one in assumptions):
            return False
        found = self.solver.check(*(one for one in assumptions if not self.logic.is_true(one)))
        if found == z3.unknown:
            raise StoppedError(f"z3 gave up: {self.solver.reason_unknown()}")
        return bool(found == z3.sat)

    def first(self, choices: Iterable[Sequence[z3.BoolRef]], *assumptions: z3.BoolRef) -> list[int]:
        """For each choice, the first that can hold beside those made before. The assumptions can hold."""
        fixed, found = list(assumptions), []
        self.check(*fixed)
        model = self.solver.model()
        for choice in choices:
            for index, one in enumerate(choice):
                if not holds(model, one):
                    if not self.check(*fixed, one):
                        continue
                    model = self.solver.model()
                fixed.append(one)
                found.append(index)
                break
        return found


def holds(model: z3.ModelRef, proposition: z3.BoolRef) -> bool:
    """Whether a proposition is true in a model."""
    return bool(z3.is_true(model.eval(proposition, model_completion=True)))


def picked(model: z3.ModelRef, choice: Choice) -> Value | None:
    """Which of several values, of which one must hold, does in a model."""
    return next(value for value, one in choice.items() if holds(model, one))


class _Task(threading.Thread, Generic[T]):
    """One proof in a thread of its own."""

    def __init__(self, encoding: Encoding, work: Callable[[Prover], T]) -> None:
        super().__init__(daemon=True, name="whyso proof")
        self.encoding = encoding
        self.work = work
        self.stopped = threading.Event()
        self.done = threading.Event()
        self.gate = threading.Lock()
        self.at_work = False
        self.result: T | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        """Does the work once the encoding is free; what it raises is kept."""
        try:
            while not self.encoding.lock.acquire(timeout=POLL):
                if self.stopped.is_set():
                    raise StoppedError("interrupted")
            try:
                self.enter(True)
                self.result = _framed(self.encoding, self.stopped, self.work)
            finally:
                self.enter(False)
                self.encoding.lock.release()
        except BaseException as error:  # noqa: BLE001  # raised again where the caller waits
            self.error = error
        finally:
            self.done.set()

    def enter(self, at_work: bool) -> None:
        """Notes whether the context is this proof's to interrupt."""
        with self.gate:
            self.at_work = at_work

    def stop(self) -> None:
        """Interrupts the work until it has ended."""
        self.stopped.set()
        while self.is_alive() and not self.done.wait(POLL / 10):
            with self.gate, suppress(z3.Z3Exception):  # it may report what goes wrong in the other thread just then
                if self.at_work:
                    self.encoding.context.interrupt()


def _framed(encoding: Encoding, stopped: threading.Event, work: Callable[[Prover], T]) -> T:
    """The work in a frame of the encoding's solver; what is interrupted is not used again."""
    try:
        solver = encoding.solver()
        solver.push()
        try:
            return work(Prover(encoding, stopped))
        finally:
            if not stopped.is_set():
                solver.pop()
    except z3.Z3Exception:
        if stopped.is_set():
            raise StoppedError("interrupted") from None
        raise
    finally:
        if stopped.is_set():
            encoding.interrupted()


def prove(encoding: Encoding, work: Callable[[Prover], T]) -> T | Unknown:
    """What the work finds within the time that `patience` allows, unknown after that; raises `CancelledError`."""
    task = _Task(encoding, work)
    try:
        task.start()
        reason = _wait(task, current())
    finally:
        task.stop()
    if isinstance(task.error, StoppedError):
        return Unknown(reason or task.error.reason)
    if task.error is not None:
        raise task.error
    return task.result  # type: ignore[return-value]  # it ended without an error


def _wait(task: "_Task[T]", patience: Patience) -> str:
    """Waits until the task is done; the reason why not, where it is not."""
    end = time.monotonic() + patience.limit / 1000
    while not task.done.is_set():
        left = end - time.monotonic()
        if left <= 0:
            return f"no answer within {patience.limit:,} ms"
        if patience.cancel is not None and patience.cancel.is_set():
            raise CancelledError
        task.done.wait(min(left, POLL))
    return ""
