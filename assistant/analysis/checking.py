"""Everything that `whyso check` tells of a policy: faults in its files first, then what can be proved about its rules.

The analysis has a time limit in all; what could not be shown within it is a note, never left out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.analysis.acceptances import still_told, without_accepted
from assistant.analysis.dead_rules import never_firing, pointless
from assistant.analysis.edits import with_edits
from assistant.analysis.examples import idle_examples
from assistant.analysis.margins import jumped
from assistant.analysis.opposites import conflicts, opposed
from assistant.analysis.search import PROOF, Deadline, Search
from assistant.analysis.unread import idle_questions, one_sided, unread_params
from assistant.analysis.verdicts import undecided, unreachable
from assistant.errors import Finding, PolicyError
from assistant.knowledge import counted
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.cases import Case, policy_cases
from assistant.reasoning.loading import all_findings
from assistant.reasoning.patience import CancelledError, patience

LIMIT = 25.0
"""Seconds for the whole analysis, without reading the files and running their examples."""
MOST = 50
"""How many findings of one code are told."""

Pass = tuple[tuple[str, ...], Callable[[Search], Iterator[Finding]]]
PASSES: tuple[Pass, ...] = (
    (("never-fires",), never_firing),
    (("one-sided",), one_sided),
    (("unread-param",), unread_params),
    (("idle-example", "repeated-example"), idle_examples),
    (("unreachable-option",), unreachable),
    (("no-verdict", "no-choice", "tie"), undecided),
    (("idle-question",), idle_questions),
    (("opposed",), opposed),
    (("jump",), jumped),
    (("subsumed", "duplicate-rule"), pointless),
)


@dataclass(frozen=True)
class Checked:
    """A policy, None where nothing sound is left of it, and all that was found, ordered by place."""

    policy: Policy | None
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether it may be used: there is no error."""
        return not any(finding.severity == "error" for finding in self.findings)


def summary(checked: Checked) -> str:
    """One line on a sound policy: how large it is, and how many findings there are short of errors."""
    policy = checked.policy
    assert policy is not None
    examples = sum(len(rule.examples) for rule in policy.rules)
    size = f"{len(policy.rules)} rules, {len(policy.facts)} facts, {examples} examples"
    severities = [finding.severity for finding in checked.findings]
    counts = [counted(severities.count(one), f"{one}s") for one in ("warning", "note") if one in severities]
    return f"{policy.id} {policy.version}: {size}: {', '.join(['no faults', *counts])}"


def check_folder(folder: Path, engine: str | None = None, limit: float = LIMIT) -> Checked:
    """All findings about the policy in `folder`. One with faults in its files is not analysed further."""
    policy, found = all_findings(folder, engine)
    if policy is not None and any(finding.severity == "error" for finding in found):
        found = tuple(still_told(policy, found))
    elif policy is not None:
        cases, _ = policy_cases(folder, policy)
        found = PolicyError(analysed(policy, [case.answers for case in cases], found, limit)).findings
        return Checked(policy, with_edits(found, folder, frozenset(_named_in(cases))))
    return Checked(policy, with_edits(found, folder))


def _named_in(cases: Sequence[Case]) -> Iterator[str]:
    """The rules that cases expect something of."""
    expectations = [case.expect for case in cases if case.expect is not None]
    for key in ("adjustments", "blocked", "fires", "silent"):
        yield from (node.text for expect in expectations for node in expect.many(key))


def analysed(
    policy: Policy, cases: Sequence[Answers] = (), known: Sequence[Finding] = (), limit: float = LIMIT
) -> list[Finding]:
    """What can be proved about a policy in `limit` seconds, beside the findings that are known, less what is accepted.

    `cases` are answers that happen, to look at first. Where rules conflict, only that is told: such a case has no
    result, and what else is said of a policy takes for granted that every case has one.
    """
    search, deadline = Search(policy, cases), Deadline(limit)
    found = list(known)
    with patience(int(min(PROOF, limit) * 1000), deadline):
        found += _run(search, ("conflict",), conflicts)
        if any(finding.severity == "error" for finding in found):
            return [*found, *_unproved(search, limit)]
        for codes, run in PASSES:
            found += _run(search, codes, run)
    left = without_accepted(policy, found, search.unproved)
    return [*_first_of(left), *_unproved(search, limit)]


def _run(search: Search, codes: Sequence[str], run: Callable[[Search], Iterator[Finding]]) -> list[Finding]:
    """The findings of one pass, as many as were made before the time ran out."""
    found = []
    try:
        for finding in run(search):
            found.append(finding)
    except CancelledError:
        for code in codes:
            search.unsure(code, "")
    return found


def _first_of(found: Sequence[Finding]) -> Iterator[Finding]:
    """As many findings as are told of one code."""
    told: dict[str, int] = {}
    for finding in found:
        told[finding.code] = told.get(finding.code, 0) + 1
        if told[finding.code] <= MOST:
            yield finding
        elif told[finding.code] == MOST + 1:
            message = f"more findings of the code `{finding.code}` than these {MOST}"
            yield Finding("more", finding.span, message, "mend these first", "note")


def _unproved(search: Search, limit: float) -> list[Finding]:
    """A note for each code on what the time did not suffice for."""
    return [_note(search.policy, code, subjects, limit) for code, subjects in search.unproved.items()]


def _note(policy: Policy, code: str, subjects: Sequence[str], limit: float) -> Finding:
    named = [f"`{subject}`" for subject in subjects if subject]
    where = f" for {', '.join(named[:3])}" if named else ""
    more = f" and {len(named) - 3} more" if len(named) > 3 else ""
    seconds = f"{limit if len(named) < len(subjects) else min(PROOF, limit):g}"
    message = f"not proved within {seconds} s whether there is a finding of the code `{code}`{where}{more}"
    return Finding("unproved", policy.span, message, "give it more time with `--limit SECONDS`", "note")
