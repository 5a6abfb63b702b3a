"""From a folder to a policy that may be used: compiled, its examples executed, all faults in one go."""

from pathlib import Path

from assistant.errors import Finding, PolicyError
from assistant.policy.compile_phrases import doubly_claimed
from assistant.policy.compiler import compile_policy
from assistant.policy.folder import installed
from assistant.policy.syntax import Policy
from assistant.reasoning.below import changed_below
from assistant.reasoning.cases import differences, policy_cases
from assistant.reasoning.examples import failing_examples


def findings_in(folder: Path) -> tuple[Policy | None, tuple[Finding, ...]]:
    """The sound part of the policy in `folder`, and every fault in its files.

    The examples run are those of the uppermost layer: those below were written for the policy below, and what becomes
    of them is no fault (see `below`). With other faults about, only the examples of rules that read told facts alone
    are run: the rest might fail just because a faulty rule is missing.
    """
    compiled = compile_policy(folder)
    policy = compiled.policy
    if policy is None:
        return None, compiled.findings
    rules = [rule for rule in policy.rules if rule.layer == policy.id]
    if compiled.findings:
        rules = [rule for rule in rules if all(name in policy.told for name in rule.reads)]
    return policy, (*compiled.findings, *failing_examples(policy, rules))


def load_policy(folder: Path | None = None) -> Policy:
    """The policy in `folder`, else the shipped one; raises `PolicyError` with every fault in it."""
    policy, findings = findings_in(folder or installed("rules"))
    if findings or policy is None:
        raise PolicyError(findings)
    return policy


def all_findings(folder: Path, engine: str | None = None) -> tuple[Policy | None, tuple[Finding, ...]]:
    """What `findings_in` finds, phrases that two facts claim, and the faults of the policy's own cases; where the rest
    is sound, the cases that come out otherwise; and where nothing is at fault, as warnings, what the layers above make
    of the examples and cases below them.

    With other faults about, a fact that a case names may be unknown just because it can't be read.
    """
    policy, findings = findings_in(folder)
    if policy is None:
        return policy, PolicyError(findings).findings
    cases, unreadable = policy_cases(folder, policy)
    claimed = doubly_claimed(policy.facts)
    if any(finding.code != "example" for finding in findings):
        sure = [finding for finding in unreadable if finding.code != "unknown-fact"]
        return policy, PolicyError([*findings, *claimed, *sure]).findings
    failing = [finding for case in cases for finding in differences(case, policy, engine)]
    faults = [*findings, *claimed, *unreadable, *failing]
    sound = not any(finding.severity == "error" for finding in faults)
    return policy, PolicyError([*faults, *(changed_below(policy, engine) if sound else ())]).findings
