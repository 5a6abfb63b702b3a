"""Watches the policy of a conversation: a saved edit is loaded once its files keep still; mistakes are told once.

It knows no screen and no thread: whoever holds a conversation looks now and then, one look at a time, and hands what
is new to it between two turns.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import time_ns

from assistant.errors import Finding, FindingsError, WhysoError, shown
from assistant.policy.fingerprint import fingerprint, newest, watched_folders
from assistant.policy.syntax import Policy

MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class News:
    """What a look found: another `policy` that is sound, or mistakes not told yet. `mended`: there were some."""

    policy: Policy | None = None
    mistakes: tuple[Finding, ...] = ()
    mended: bool = False

    @property
    def title(self) -> str:
        """That there are mistakes, and what holds instead."""
        count = len(self.mistakes)
        mistakes = "a mistake" if count == 1 else f"{count:,} mistakes"
        return f"The edited policy has {mistakes}; what was in force stays so."

    @property
    def lines(self) -> list[str]:
        """The first mistakes, each with its place and help, and how many more there are."""
        lines = [line for one in self.mistakes[:MOST_TOLD] for line in str(one).split("\n")]
        more = len(self.mistakes) - MOST_TOLD
        return [*lines, f"and {more:,} more, which whyso check lists"] if more > 0 else lines


class Watcher:
    """Looks after the files of a policy that `load` has given, and loads them again once they have changed.

    `mistakes` are those that the files have now. `begun` is when loading began, in nanoseconds: what was written since
    may not have been read.
    """

    def __init__(self, load: Callable[[], Policy], policy: Policy, begun: int) -> None:
        self.mistakes: tuple[Finding, ...] = ()
        self._load = load
        self._told: frozenset[tuple[str, ...]] = frozenset()
        self._folders: tuple[Path, ...] = ()
        self._follow(policy, begun)

    def _follow(self, policy: Policy, begun: int) -> None:
        """Looks after the folders of that policy from now on; where they are the same, what was read is known."""
        folders = watched_folders(policy)
        if folders != self._folders:
            self._folders = folders
            self._before = now = fingerprint(folders)
            self._read = now if newest(now) < begun else {}

    def look(self, *, settled: bool = False) -> News | None:
        """What is new since the last look; None where nothing is, or where something is still being written.

        That is over once two looks find the same; with `settled`, the caller knows that it is.
        """
        now = fingerprint(self._folders)
        still, self._before = settled or now == self._before, now
        if now == self._read or not still:
            return None
        self._read = now
        return self._loaded()

    @property
    def restless(self) -> bool:
        """Whether the last look found something that is still being written."""
        return self._before != self._read

    def _loaded(self) -> News | None:
        begun = time_ns()
        try:
            policy = self._load()
        except FindingsError as error:
            return self._faulty(error.findings)
        except WhysoError as error:
            return self._faulty((Finding("unreadable", error.span, error.message, error.help),))
        except OSError as error:
            reason = shown((error.strerror or str(error)).lower(), 200)
            return self._faulty((Finding("unreadable", None, f"the policy can't be read: {reason}"),))
        mended = bool(self.mistakes)
        self.mistakes, self._told = (), frozenset()
        self._follow(policy, begun)
        return News(policy, mended=mended)

    def _faulty(self, findings: tuple[Finding, ...]) -> News | None:
        """The mistakes, unless the same were told last, wherever in their files they stood."""
        self.mistakes = findings
        told = frozenset((one.span.file if one.span else "", one.code, one.message, one.help or "") for one in findings)
        if told == self._told:
            return None
        self._told = told
        return News(mistakes=findings)
