"""Every error that a user may see: what is wrong, where, and what to do next.

One root, `WhysoError`, with a subclass per exit code. Nothing here prints; the command line and the screens do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

LONGEST_PATH = 4096
"""Characters of a path that are shown."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text file: its path as shown to people, and line and column, both from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{shown(self.file, LONGEST_PATH)}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Edit:
    """A suggestion: in `file`, the lines `old`, which begin at `line`, from 1, become the lines `new`."""

    file: str
    line: int
    old: tuple[str, ...]
    new: tuple[str, ...]

    def __str__(self) -> str:
        if not self.new:
            last = self.line + len(self.old) - 1
            return f"edit: remove {shown(self.file, LONGEST_PATH)}:{self.line}" + (
                f"-{last}" if last > self.line else ""
            )
        signed = [f"{sign} {shown(line, 200)}" for sign, lines in (("-", self.old), ("+", self.new)) for line in lines]
        return "\n".join([f"edit: {shown(self.file, LONGEST_PATH)}:{self.line}", *signed])


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place. `code` is stable, for programs; `message` and `help` are for people.

    `severity` is `error`, `warning` or `note`. `case` holds answers that show it, where there are any, and `edit`
    what would follow the help.
    """

    code: str
    span: Span | None
    message: str
    help: str | None = None
    severity: str = "error"
    case: Mapping[str, int | str | bool] | None = field(default=None, compare=False)
    edit: Edit | None = field(default=None, compare=False)

    def __str__(self) -> str:
        said = self.message if self.severity == "error" else f"{self.severity}[{self.code}]: {self.message}"
        lines = [f"{self.span}: {said}" if self.span else said]
        if self.case is not None:
            answers = (f"{name}: {str(value).lower()}" for name, value in self.case.items())
            lines.append(f"case: {{{', '.join(answers)}}}")
        if self.help:
            lines.append(f"help: {self.help}")
        return "\n".join([*lines, str(self.edit)] if self.edit else lines)


class WhysoError(Exception):
    """The root: anything that whyso tells instead of going on."""

    exit_code = 2

    def __init__(self, message: str, *, span: Span | None = None, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.help = help

    def __str__(self) -> str:
        return str(Finding("error", self.span, self.message, self.help))


class InputError(WhysoError):
    """An input that cannot be read or is not valid: a case, an answer, a path."""


class FindingsError(WhysoError):
    """Several faults at once, ordered by place."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda f: (f.span is None, f.span or Span("", 0, 0), f.message)))
        super().__init__("\n".join(str(finding) for finding in self.findings))

    def __str__(self) -> str:
        return self.message


class PolicyError(FindingsError):
    """A policy with faults."""

    exit_code = 1


class CaseError(FindingsError):
    """A case with faults."""


class EngineError(WhysoError):
    """The rule engine cannot take this policy, or failed while it ran."""

    exit_code = 1


_MEANT = "did you mean `{}`?"


def meant(name: str) -> str:
    """Help that names what was probably meant."""
    return _MEANT.format(name)


def meant_in(help: str | None) -> str | None:
    """The name that such help says was meant; None for any other help."""
    before, after = _MEANT.split("{}")
    said = help or ""
    return said[len(before) : -len(after)] if said.startswith(before) and said.endswith(after) else None


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """Help that names the closest known name, or else the few there are."""
    names = sorted(set(known))
    close = get_close_matches(name[:200], names, n=1, cutoff=0.6)
    close = close or get_close_matches(name[:200].lower(), names, n=1, cutoff=0.6)
    if close:
        return meant(close[0])
    if 0 < len(names) <= 8:
        return "known here: " + ", ".join(f"`{name}`" for name in names)
    return None


def shown(text: str, limit: int = 60) -> str:
    """A text from outside as it may stand in a message: one line, no control characters, not endless."""
    safe = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"
