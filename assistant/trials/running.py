"""The tests of a policy, run: the examples of its rules, its cases, and cases that are named beside them.

What fails is told as `whyso check` tells it. Examples and cases of the layers below must not hold under the layers
above: there, another result is a warning.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import (
    CaseError,
    EngineError,
    Finding,
    FindingsError,
    InputError,
    PolicyError,
    Span,
    WhysoError,
    shown,
)
from assistant.knowledge import counted, quantity
from assistant.policy.folder import displayed, files_in
from assistant.policy.syntax import Example, Policy, Rule
from assistant.policy.vocabulary import Answers
from assistant.reasoning.below import case_below, examples_below
from assistant.reasoning.cases import Case, differences, load_case, read_case
from assistant.reasoning.engines import engine_for
from assistant.reasoning.examples import failing_examples
from assistant.trials.pool import jobs_for, spread

REFERENCE = "reference"
MANY = 500
"""So many case files are worth a process of their own."""


@dataclass(frozen=True, eq=False)
class Trial:
    """One test: an example of `rule`, or a `case` with the results that it must have.

    `layer` is the one that it belongs to, none where it was named on its own. `holds`: it came out as it says.
    """

    span: Span
    layer: str
    answers: Answers
    holds: bool
    rule: str = ""
    fires: bool = False
    case: Case | None = None


@dataclass(frozen=True, eq=False)
class Ran:
    """What the tests of a policy came to: examples by rule, then cases by layer and file.

    `findings` are errors where a test of the uppermost layer fails, warnings below; ordered by place. `silent` cases
    expect nothing and test nothing.
    """

    policy: Policy
    trials: tuple[Trial, ...]
    findings: tuple[Finding, ...]
    silent: int = 0

    @property
    def holds(self) -> bool:
        """Whether no test that must hold fails."""
        return not any(finding.severity == "error" for finding in self.findings)

    @property
    def examples(self) -> tuple[Trial, ...]:
        """The tests that are examples of rules."""
        return tuple(trial for trial in self.trials if trial.case is None)

    @property
    def cases(self) -> tuple[Trial, ...]:
        """The tests that are cases."""
        return tuple(trial for trial in self.trials if trial.case is not None)


def summary(ran: Ran) -> str:
    """One line: what was run, and what of it fails."""
    policy = ran.policy
    run = f"{counted(len(ran.examples), 'examples')} and {counted(len(ran.cases), 'cases')}"
    failing = len({_test(ran, finding) for finding in ran.findings if finding.severity == "error"})
    warnings = sum(finding.severity == "warning" for finding in ran.findings)
    parts = [f"{quantity(failing)} {'fails' if failing == 1 else 'fail'}" if failing else "all hold"]
    parts += [f"below, {counted(warnings, 'tests')} {'comes' if warnings == 1 else 'come'} out otherwise"] * (
        warnings > 0
    )
    parts += [f"{counted(ran.silent, 'cases')} more without `expect`"] * (ran.silent > 0)
    return f"{policy.id} {shown(policy.version)}: {run}: {', '.join(parts)}"


def _test(ran: Ran, finding: Finding) -> object:
    """Which test a finding is of: a case may differ in several places."""
    place = finding.span
    return (place.file if place and finding.code == "case" else place) or finding


@dataclass(frozen=True, slots=True)
class NamedCase:
    """A case file: of a layer, or named on its own; `data` is what it holds where that was not in a file."""

    path: Path
    layer: str = ""
    data: bytes | None = None


def run_tests(
    policy: Policy, extra: Sequence[NamedCase] = (), engine: str | None = None, jobs: int | None = None
) -> Ran:
    """Runs all tests of a policy, and `extra` cases; raises `WhysoError` where one can't be read.

    On the reference, which defines what is right and is quick. With another `engine` named, cases run on that and
    examples on both.
    """
    findings: list[Finding] = []
    files = [*_own_cases(policy, findings), *extra]
    results = spread(_case, (policy, engine or REFERENCE), files, jobs_for(len(files), jobs, MANY))
    trials = list(_examples(policy, findings, engine))
    silent = 0
    for file, (case, found) in zip(files, results, strict=True):
        if file.layer in ("", policy.id):
            if case is None and not file.layer:
                raise _unreadable(found)
            findings += found
        elif any(finding.severity == "error" for finding in found):
            findings.append(case_below(policy, file.layer, found))
        if case is not None and case.expect is not None:
            trials.append(Trial(case.span, file.layer, case.answers, not found, case=case))
        silent += case is not None and case.expect is None
    return Ran(policy, tuple(trials), PolicyError(findings).findings, silent)


def _unreadable(found: Sequence[Finding]) -> WhysoError:
    """What is told of a case that was named and cannot be read."""
    first = found[0]
    return InputError(first.message, help=first.help) if first.code == "unreadable" else CaseError(found)


def cases_at(path: Path) -> list[NamedCase]:
    """The case in a file, or those directly in a folder; raises `InputError` where there is neither."""
    if path.is_dir():
        findings: list[Finding] = []
        files = list(files_in(path, path, findings))
        if findings:
            raise CaseError(findings)
        if not files:
            raise InputError(f"there are no cases in `{shown(displayed(path))}`", help="name a folder of .yaml files")
        return [NamedCase(file) for file in files]
    return [NamedCase(path)]


def _examples(policy: Policy, findings: list[Finding], engine: str | None) -> Iterator[Trial]:
    own = [rule for rule in policy.rules if rule.layer == policy.id]
    found = [*failing_examples(policy, own), *(examples_below(policy) if len(policy.layers) > 1 else ())]
    failing = {finding.span for finding in found}
    if engine not in (None, REFERENCE):
        other = [one for one in _otherwise(policy, own, engine) if one.span not in failing]
        found += other
        failing |= {finding.span for finding in other}
    findings += found
    for rule in policy.rules:
        for example in rule.examples:
            holds = example.span not in failing
            yield Trial(example.span, rule.layer, example.facts, holds, rule.id, example.fires)


def _otherwise(policy: Policy, rules: Sequence[Rule], name: str | None) -> Iterator[Finding]:
    """The examples that hold by the reference and not on an engine; where answers end in an error, it says nothing."""
    engine = engine_for(policy, name)
    fired: dict[frozenset[tuple[str, object]], frozenset[str] | None] = {}
    for rule in rules:
        for example in rule.examples:
            key = frozenset(example.facts.items())
            if key not in fired:
                try:
                    fired[key] = frozenset(one.id for one in engine.infer(example.facts).fired)
                except EngineError:
                    fired[key] = None
            ids = fired[key]
            if ids is not None and (rule.id in ids) is not example.fires:
                yield _on_engine(rule, example, name)


def _on_engine(rule: Rule, example: Example, name: str | None) -> Finding:
    wanted, got = ("fires", "does not fire") if example.fires else ("does not fire", "fires")
    message = f"the example says that `{rule.id}` {wanted}, and on the engine `{name}` it {got}"
    return Finding("example", example.span, message, "by the reference it holds: this is a fault of whyso")


def _own_cases(policy: Policy, findings: list[Finding]) -> Iterator[NamedCase]:
    """The case files of each layer, the lowest first; faults of the uppermost folder are findings."""
    for layer, root in zip(policy.layers, policy.roots, strict=False):
        faults: list[Finding] = findings if layer == policy.id else []
        for path in files_in(root / "cases", root, faults):
            yield NamedCase(path, layer)


def _case(shared: tuple[Policy, str], file: NamedCase) -> tuple[Case | None, tuple[Finding, ...]]:
    """A case, None where it cannot be read, and its faults or what of it comes out otherwise."""
    policy, engine = shared
    name = displayed(file.path)
    try:
        case = load_case(file.path, policy) if file.data is None else read_case(file.data, str(file.path), policy)
    except FindingsError as error:
        return None, error.findings
    except InputError as error:
        return None, (Finding("unreadable", Span(name, 1, 1), error.message, error.help),)
    return case, tuple(differences(case, policy, engine))
