"""Every error that a user may see: what is wrong, where, and what to do next.

One root, `WhysoError`, with a subclass per exit code. Nothing here prints; the command line and the screens do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text file: its path as shown to people, and line and column, both from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place. `code` is stable, for programs; `message` and `help` are for people.

    `severity` is `error`, `warning` or `note`. `case` holds answers that show it, where there are any.
    """

    code: str
    span: Span | None
    message: str
    help: str | None = None
    severity: str = "error"
    case: Mapping[str, int | str | bool] | None = field(default=None, compare=False)

    def __str__(self) -> str:
        said = self.message if self.severity == "error" else f"{self.severity}[{self.code}]: {self.message}"
        lines = [f"{self.span}: {said}" if self.span else said]
        if self.case is not None:
            answers = (f"{name}: {str(value).lower()}" for name, value in self.case.items())
            lines.append(f"case: {{{', '.join(answers)}}}")
        return "\n".join([*lines, f"help: {self.help}"] if self.help else lines)


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


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """Help that names the closest known name, or else the few there are."""
    names = sorted(set(known))
    close = get_close_matches(name[:200], names, n=1, cutoff=0.6)
    close = close or get_close_matches(name[:200].lower(), names, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    if 0 < len(names) <= 8:
        return "known here: " + ", ".join(f"`{name}`" for name in names)
    return None


def shown(text: str, limit: int = 60) -> str:
    """A text from outside as it may stand in a message: one line, no control characters, not endless."""
    safe = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"
