"""Faults as they are found: a list of findings, and the usual ways to add to it. Nothing here raises."""

from collections.abc import Iterable

from assistant.errors import Finding, Span, shown
from assistant.reading.nodes import Scalar
from assistant.reading.shapes import Fields, suggestion


class Noted:
    """A list of findings and the usual ways to add to it.

    `gaps` holds, for each kind of name, those whose declaration can't be read ("" for any), so that not knowing them
    is no fault of whoever uses them.
    """

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        self.gaps: dict[str, set[str]] = {}

    def gap(self, kind: str, name: str = "") -> None:
        """Notes that a name, or some name, of a kind can't be known."""
        self.gaps.setdefault(kind, set()).add(name)

    def fault(self, code: str, span: Span, message: str, help: str | None = None) -> None:
        """Adds one fault."""
        self.findings.append(Finding(code, span, message, help))

    def unknown(self, kind: str, node: Scalar, known: Iterable[str]) -> None:
        """Adds `unknown KIND` with a suggestion; its code ends in the last word of the kind."""
        help = suggestion(node.text, known, self.findings)
        self.fault(f"unknown-{kind.split()[-1]}", node.span, f"unknown {kind} `{shown(node.text)}`", help)

    def once(self, kind: str, records: Iterable[tuple[str, Span]]) -> None:
        """Adds a fault for each id that stands twice; an empty one stands for none."""
        first: dict[str, Span] = {}
        for name, span in records:
            if name and name in first:
                message = f"the {kind} `{shown(name)}` stands twice"
                self.fault("duplicate", span, message, f"it is also at {first[name]}: rename or remove one")
            first.setdefault(name, span)

    def ids_once(self, kind: str, records: Iterable[Fields]) -> None:
        """Adds a fault for each record whose id, under the key `kind`, stands twice."""
        self.once(kind, [(record.text(kind), record.span_of(kind)) for record in records])

    def sound(self) -> tuple[Finding, ...]:
        """The findings without those that may be there only because something else can't be read."""
        return tuple(finding for finding in dict.fromkeys(self.findings) if not self._doubtful(finding))

    def _doubtful(self, finding: Finding) -> bool:
        names = self.gaps.get(finding.code.removeprefix("unknown-"), ())
        said = finding.message.replace("`params.", "`")
        return any(not name or f"`{name}`" in said for name in names)
