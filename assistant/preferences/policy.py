"""The one setting that is no matter of looks: which policy is in force where nothing else names one."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError, PolicyError, Span
from assistant.reading.nodes import Scalar, Table

_NAMES_ONE = re.compile(rb"\bpolicy['\"]?\s*:")


@dataclass(frozen=True, slots=True)
class PolicySetting:
    """A policy's folder and where the settings file names it."""

    folder: Path
    span: Span


def policy_setting(path: Path) -> PolicySetting | None:
    """The `policy:` of a settings file, relative to that file; None where there is no file, or nothing in it.

    Raises `InputError` where the file can't be read and may name one: to go by another policy would be worse.
    """
    if not os.path.lexists(path):
        return None
    from assistant.reading.parser import parse, read_regular

    data = read_regular(path, str(path))
    try:
        node = parse(data, str(path))
    except PolicyError as error:
        if not _NAMES_ONE.search(data):
            return None
        first = error.findings[0]
        raise InputError(first.message, span=first.span, help=first.help) from None
    found = node.get("policy") if isinstance(node, Table) else None
    if found is None:
        return None
    if not isinstance(found, Scalar) or not found.text.strip():
        raise InputError("`policy` must name a folder", span=found.span, help="--policy DIR goes before settings")
    return PolicySetting(path.parent / Path(found.text).expanduser(), found.span)
