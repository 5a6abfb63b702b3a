"""Suggested edits: what a file would say with a finding's help followed, as whole lines, where that is one clear step.

A name that is close to a known one is put right; what does nothing is removed. Files are only read here. Only those of
the folder that is checked are edited, and none where the edited text would no longer be YAML.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from assistant.errors import Edit, Finding, FindingsError, InputError, Span, meant_in
from assistant.reading.parser import parse, read_regular, within

REMOVED = frozenset(
    ("never-fires", "subsumed", "duplicate-rule", "unread-param", "repeated-example", "idle-acceptance")
)
"""Codes of what can be taken out as it stands."""
_WORD = re.compile(r"[\w.-]+")
_KEY = re.compile(r" *(- )?[\w-]+: *")
_ITEM = re.compile(r" *- +")
_RULE = re.compile(r" *- *\{? *rule: *([\w-]+)")
_ACCEPT = re.compile(r" +accept: +")


def with_edits(findings: Iterable[Finding], folder: Path, named: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """The findings, with an edit of a file in `folder` where there is one to suggest; no rule goes that is `named`."""
    texts: dict[str, list[str] | None] = {}
    found = []
    for finding in findings:
        span = finding.span
        if span is not None and span.file not in texts:
            texts[span.file] = _lines(span.file, folder)
        lines = texts[span.file] if span is not None else None
        edit = _edit(finding, lines) if lines is not None else None
        found.append(finding if edit is None or _removes_one_of(edit, named) else replace(finding, edit=edit))
    return tuple(found)


def edited(lines: list[str], edit: Edit) -> list[str]:
    """The lines of a file with an edit of it made."""
    start = edit.line - 1
    return [*lines[:start], *edit.new, *lines[start + len(edit.old) :]]


def _removes_one_of(edit: Edit, named: frozenset[str]) -> bool:
    begun = _RULE.match(edit.old[0]) if not edit.new else None
    return begun is not None and begun[1] in named


def _lines(file: str, folder: Path) -> list[str] | None:
    if not within(Path(file), folder):
        return None
    try:
        return read_regular(Path(file), file).decode().split("\n")
    except (InputError, UnicodeDecodeError):
        return None


def _edit(finding: Finding, lines: list[str]) -> Edit | None:
    span = finding.span
    if span is None or span.line > len(lines):
        return None
    meant = meant_in(finding.help)
    if meant is not None:
        edit = _renamed(span, lines, finding.message, meant)
    else:
        edit = _removed(finding, span, lines) if finding.code in REMOVED else None
    return edit if edit is not None and _parses(edited(lines, edit), span.file) else None


def _renamed(span: Span, lines: list[str], message: str, meant: str) -> Edit | None:
    """The line with the known name in place of the word that stands at the span, which the message names."""
    line = lines[span.line - 1]
    start = span.column - 1
    start += line[start : start + 1] in ("'", '"')
    word = _WORD.match(line, start)
    if word is None or f"`{word.group()}`" not in message:
        return None
    return Edit(span.file, span.line, (line,), (line[:start] + meant + line[word.end() :],))


def _removed(finding: Finding, span: Span, lines: list[str]) -> Edit | None:
    """The lines without what the span begins; None where it shares its lines with something else."""
    start = span.line - 1
    before = lines[start][: span.column - 1]
    if finding.code == "unread-param":
        start = _item_around(lines, start, span.column)
    elif not (_ITEM.fullmatch(before) or (finding.code == "idle-acceptance" and _ACCEPT.fullmatch(before))):
        return None
    end = _end_of(lines, start)
    while _alone(lines, start, end):
        start -= 1
    return Edit(span.file, start + 1, tuple(lines[start:end]), ())


def _item_around(lines: list[str], start: int, column: int) -> int:
    """The line on which the item of a list begins that holds a place."""
    while start and not (lines[start].lstrip().startswith("- ") and _depth(lines[start]) < column):
        start -= 1
    return start


def _end_of(lines: list[str], start: int) -> int:
    """The line after a block: the next that is no deeper, without blank lines and comments that stand before it."""
    depth = _depth(lines[start])
    end = start + 1
    for number in range(start + 1, len(lines)):
        if _silent(lines[number]):
            continue
        if _depth(lines[number]) <= depth:
            break
        end = number + 1
    return end


def _alone(lines: list[str], start: int, end: int) -> bool:
    """Whether the line above is a key that would have nothing left below it."""
    if start == 0 or not _KEY.fullmatch(lines[start - 1]):
        return False
    following = next((line for line in lines[end:] if not _silent(line)), "")
    above = _depth(lines[start - 1])
    return not (_depth(following) > above or (_depth(following) == above and following.lstrip().startswith("- ")))


def _silent(line: str) -> bool:
    """Whether a line is blank or a comment."""
    return not line.strip() or line.lstrip().startswith("#")


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _parses(lines: Iterable[str], file: str) -> bool:
    try:
        parse("\n".join(lines).encode(), file)
    except (FindingsError, InputError):
        return False
    return True
