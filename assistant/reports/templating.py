"""The templates of records: the policy's own where it has them, uppermost layer first, else the built-in ones.

A template of the policy with a mistake is a finding with its file and line, and the built-in one is used instead.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import Finding, InputError, Span, shown
from assistant.policy.folder import displayed
from assistant.policy.syntax import Policy
from assistant.reading.parser import read_regular, within
from assistant.reports.budget import Budget, BudgetError
from assistant.reports.escaping import HTML, MARKDOWN

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment

NAMES = {"adr": "adr.md.j2", "md": "report.md.j2", "html": "report.html.j2"}
FOLDER = "templates"
BUILT_IN = "whyso/"
"""Before a name it means the built-in template of that name, so that one's own can extend it."""

MOST_BYTES = 256 << 10
MOST_FILES = 100
_BUILT_IN = Path(__file__).resolve().parent / "templates"
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}\Z")
_EMPTY_LINES = re.compile(r"\n{3,}")
_HELP = "the built-in template is used instead"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text, the layer whose template it was rendered by, None for the built-in one, and what was wrong with others.

    `digest` is that of every template that took part.
    """

    text: str
    layer: str | None
    digest: str
    findings: tuple[Finding, ...] = ()


class _FaultError(Exception):
    """What is wrong with a template."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def render(form: str, data: Mapping[str, Any], policy: Policy) -> Rendered:
    """The data as a text in that form."""
    findings: list[Finding] = []
    own = next(_own(policy, NAMES[form]), None)
    if own is not None:
        layer, folders = own
        try:
            return _render(form, data, folders, layer)
        except _FaultError as fault:
            findings.append(fault.finding)
    done = _render(form, data, (), None)
    return Rendered(done.text, None, done.digest, tuple(findings))


def template_findings(policy: Policy) -> tuple[Finding, ...]:
    """The mistakes in a policy's own templates that can be seen without a record."""
    findings = []
    for root in policy.roots:
        for path in sorted((root / FOLDER).glob("*"))[:MOST_FILES]:
            try:
                _parsed(path, root)
            except _FaultError as fault:
                findings.append(replace(fault.finding, help=None))
    return tuple(findings)


def _parsed(path: Path, root: Path) -> None:
    from jinja2 import TemplateSyntaxError

    from assistant.reports.template_language import Sandbox

    name = displayed(path)
    environment = Sandbox(MARKDOWN, _loader((root,), {}), Budget())
    try:
        environment.compile(_text(path, root), path.name, name)
    except TemplateSyntaxError as error:
        raise _FaultError(_finding(name, error.lineno, error.message or "malformed")) from None
    except (ValueError, RecursionError, SyntaxError, MemoryError) as error:
        raise _FaultError(_finding(name, 1, _said(error))) from None


def _own(policy: Policy, name: str) -> Iterator[tuple[str, tuple[Path, ...]]]:
    """The layers that have a template of that name, each with the folders that its inclusions are sought in."""
    layers = list(zip(policy.layers, policy.roots, strict=False))[::-1]
    folders = [root for _, root in layers]
    for place, (layer, root) in enumerate(layers):
        if (root / FOLDER / name).exists():
            yield layer, tuple(folders[place:])


def _render(form: str, data: Mapping[str, Any], folders: tuple[Path, ...], layer: str | None) -> Rendered:
    from jinja2 import TemplateError, TemplateSyntaxError

    from assistant.reports.template_language import Sandbox

    read: dict[str, str] = {}
    environment = Sandbox(MARKDOWN if form != "html" else HTML, _loader(folders, read), Budget())
    name = NAMES[form]
    known = (TemplateError, BudgetError, TypeError, ValueError, LookupError, RecursionError, SyntaxError, MemoryError)
    try:
        text = environment.get_template(name).render(data)
    except TemplateSyntaxError as error:
        raise _FaultError(_finding(error.filename or name, error.lineno, error.message or "malformed")) from None
    except _FaultError:
        raise
    except known as error:
        if layer is None:
            raise
        file, line = _where(error, environment) or (displayed(folders[0] / FOLDER / name), 1)
        raise _FaultError(_finding(file, line, _said(error))) from None
    return Rendered(_tidy(text), layer, _digest(read))


def _tidy(text: str) -> str:
    """Lines that end in a line feed and nothing else, one at the end, and no two empty ones in a row."""
    return _EMPTY_LINES.sub("\n\n", "\n".join(text.splitlines())).strip("\n") + "\n"


def _digest(read: Mapping[str, str]) -> str:
    canonical = json.dumps(dict(read), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _finding(file: str, line: int, message: str) -> Finding:
    said = re.sub(r"(?<!\w)'([^']+)'", r"`\1`", shown(message, 200).rstrip("."))
    return Finding("template", Span(file, line, 1), said[:1].lower() + said[1:], _HELP)


def _said(error: BaseException) -> str:
    match error:
        case RecursionError():
            return "this template calls itself too deeply"
        case SyntaxError() | MemoryError():
            return "this template is nested too deeply"
        case _:
            return str(error) or type(error).__name__


def _where(error: BaseException, environment: "Environment") -> tuple[str, int] | None:
    """The file and line of a template in which something went wrong: the innermost that it passed through."""
    found = None
    trace = error.__traceback__
    while trace is not None:
        if "__jinja_template__" in trace.tb_frame.f_globals or trace.tb_frame.f_code.co_filename.endswith(".j2"):
            found = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _loader(folders: tuple[Path, ...], read: dict[str, str]) -> "BaseLoader":
    """Finds templates in the folders of the layers, then among the built-in ones; what was `read` is kept."""
    from jinja2 import FunctionLoader

    def load(name: str) -> tuple[str, str, None] | None:
        found = _found(name, folders)
        if found is None:
            return None
        path, root, shown_name = found
        read[name] = _text(path, root)
        return read[name], shown_name, None

    return FunctionLoader(load)


def _found(name: str, folders: tuple[Path, ...]) -> tuple[Path, Path, str] | None:
    """Where a template is, in which root, and how messages name it."""
    own, plain = not name.startswith(BUILT_IN), name.removeprefix(BUILT_IN)
    if not _NAME.match(plain):
        return None
    for root in folders if own else ():
        path = root / FOLDER / plain
        if path.exists():
            return path, root, displayed(path)
    path = _BUILT_IN / plain
    return (path, _BUILT_IN, f"{BUILT_IN}{plain}") if path.is_file() else None


def _text(path: Path, root: Path) -> str:
    """The text of a template in a folder; raises `_FaultError`."""
    name = displayed(path)
    if not within(path, root):
        raise _FaultError(_finding(name, 1, "this link leads out of the policy's folder"))
    try:
        data = read_regular(path, name)
    except InputError as error:
        raise _FaultError(_finding(name, 1, error.message)) from None
    if len(data) > MOST_BYTES:
        raise _FaultError(_finding(name, 1, f"this template is larger than {MOST_BYTES >> 10} KiB"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _FaultError(_finding(name, line, "this template is not UTF-8")) from None
