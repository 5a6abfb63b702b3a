"""The codes of findings, each with its page: what it is, why it matters, what to avoid and what to prefer.

The pages are data, in `codes.yaml` beside this file; docs/findings.md is written from them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.errors import Finding, PolicyError
from assistant.reading.parser import parse_file
from assistant.reading.shapes import SLUG, Fields, Many, OneOf, Record, Text, check

PAGE = Record(
    "page",
    {
        "code": Text(SLUG, "a code"),
        "severity": OneOf(("error", "warning", "note")),
        "what": Text(),
        "why": Text(),
        "avoid": Text(),
        "prefer": Text(),
    },
)
PAGES = Record("pages", {"pages": Many(PAGE)})


@dataclass(frozen=True, slots=True)
class Code:
    """The page of one code."""

    code: str
    severity: str
    what: str
    why: str
    avoid: str
    prefer: str


@lru_cache(maxsize=1)
def codes() -> Mapping[str, Code]:
    """Every code by name, in the order of its page."""
    findings: list[Finding] = []
    node = parse_file(Path(__file__).with_name("codes.yaml"), "codes.yaml")
    fields = check(node, PAGES, findings) if node is not None else None
    if findings or not isinstance(fields, Fields):
        raise PolicyError(findings)
    read = (Code(*(record.text(key) for key in PAGE.required)) for record in fields.many("pages"))
    return {code.code: code for code in read}


def page(code: Code) -> str:
    """One page as lines of text."""
    return "\n".join(
        [
            f"{code.code} ({code.severity})",
            "",
            code.what.rstrip(),
            "",
            f"Why it matters: {code.why.rstrip()}",
            "",
            "Avoid:",
            *_indented(code.avoid),
            "",
            "Prefer:",
            *_indented(code.prefer),
        ]
    )


def _indented(text: str) -> list[str]:
    return [f"    {line}".rstrip() for line in text.rstrip().splitlines()]


def index(several: Iterable[Code]) -> str:
    """Every code on a line of its own, with the first sentence of what it is."""
    return "\n".join(f"{one.code:20} {one.severity:8} {one.what.partition('. ')[0].rstrip('. ')}" for one in several)


def page_data(code: Code) -> dict[str, str]:
    """One page for programs."""
    return {key: getattr(code, key) for key in PAGE.required}


def document(several: Iterable[Code]) -> str:
    """All pages as docs/findings.md holds them."""
    parts = [_HEAD]
    for one in several:
        parts.append(
            f"## {one.code}\n\n*{one.severity}*: {one.what.rstrip()}\n\n{one.why.rstrip()}\n\n"
            f"Avoid:\n\n```yaml\n{one.avoid.rstrip()}\n```\n\nPrefer:\n\n```yaml\n{one.prefer.rstrip()}\n```"
        )
    return "\n\n".join(parts) + "\n"


_HEAD = """# Findings of `whyso check`

Written from the pages that `whyso explain-code CODE` shows. An error makes a policy unusable and the exit code 1; a
warning is something that the owner should know; a note says what could not be told.

Faults in the files come first. Only a policy without errors is analysed further, and what is said of it then is proved
or shown by a case, within a time limit (`--limit SECONDS`, 25 in all and 2 for one proof). Where the time did not
suffice a note `unproved` says for what.

Where following the help is one clear step, an edit is suggested: a misspelt name put right, a rule or line that does
nothing taken out. It is never made for you; as JSON (`edit`) a program can make it.

A warning can be accepted in place, with the reason, on the rule, param, fact or option that it is about; one about the
policy as a whole at the top of `policy.yaml`:

```yaml
- rule: some-rule
  accept: {code: opposed, because: The exclusion is meant to win here.}
```

An acceptance that silences nothing is itself a finding. The names below are those of a made-up policy
on how to travel."""
