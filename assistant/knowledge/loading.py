"""One pass over a source's folder: reads its files into checked records and notes every fault."""

from collections.abc import Callable
from os.path import exists, getsize, isfile
from pathlib import Path

from assistant.errors import Finding, InputError, PolicyError, Span, shown
from assistant.reading.parser import parse_file, within
from assistant.reading.shapes import Fields, Record, check

MAX_TOTAL = 32 << 20
"""The most bytes that one source may hold, so that what a stranger sends is read in bounded time."""


class Loading:
    """The folder, and what is wrong in it; `fault` and `once` note faults."""

    def __init__(self, folder: Path, name_of: Callable[[Path], str]) -> None:
        self.folder = folder
        self.name_of = name_of
        self.findings: list[Finding] = []
        self.seen: dict[str, Span] = {}
        self.left = MAX_TOTAL

    def fault(self, span: Span, message: str, help: str | None = None) -> None:
        """Adds one fault."""
        self.findings.append(Finding("knowledge", span, message, help))

    def once(self, kind: str, name: str, span: Span) -> bool:
        """Whether a name is new; a fault where it is not."""
        key = f"{kind} {name}"
        if not name or key not in self.seen:
            self.seen[key] = span
            return True
        help = f"it is also at {self.seen[key]}: rename or remove one"
        self.fault(span, f"the {kind} `{shown(name)}` stands twice", help)
        return False

    def record(self, path: Path, shape: Record) -> Fields | None:
        """The checked record in a file."""
        name = self.name_of(path)
        start = Span(name, 1, 1)
        if not within(path, self.folder):
            self.fault(start, "this link leads out of the source's folder", "put a copy here instead")
            return None
        self.left -= getsize(path) if isfile(path) else 0
        if self.left < 0:
            self.fault(start, f"more than {MAX_TOTAL >> 20} MiB in the files of one source", "leave some of it out")
            return None
        try:
            node = parse_file(path, name)
        except PolicyError as error:
            self.findings.extend(error.findings)
            return None
        except InputError as error:
            self.fault(start, error.message, error.help)
            return None
        if node is None:
            self.fault(start, "this file is empty", "remove it, or fill it in")
            return None
        found = check(node, shape, self.findings)
        return found if isinstance(found, Fields) else None

    def optional(self, name: str, shape: Record) -> Fields | None:
        """The checked record in a file that need not be there."""
        path = self.folder / name
        return self.record(path, shape) if exists(path) else None
