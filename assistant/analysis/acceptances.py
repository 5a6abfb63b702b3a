"""Findings that the owner lets stand: each acceptance silences those of its code at its place, or is itself a finding.

Errors can't be accepted.
"""

from collections.abc import Iterable, Iterator

from assistant.errors import Finding, Span
from assistant.policy.compile_phrases import phrases_of
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Acceptance


def without_accepted(policy: Policy, findings: Iterable[Finding], unproved: Iterable[str]) -> list[Finding]:
    """The findings that are not accepted, and one for each acceptance that silences nothing.

    `unproved` are codes of which not everything could be shown in time: their acceptances may be needed after all.
    """
    accepted = list(_places(policy))
    used: set[Acceptance] = set()
    left = []
    for finding in findings:
        if finding.severity == "error":
            left.append(finding)
            continue
        silencing = {one for spans, one in accepted if one.code == finding.code and finding.span in spans}
        used |= silencing
        left += [] if silencing else [finding]
    doubtful = set(unproved)
    idle = [one for _, one in accepted if one not in used and one.code not in doubtful]
    return [*left, *(_idle(one) for one in idle)]


def still_told(policy: Policy, findings: Iterable[Finding]) -> list[Finding]:
    """The findings about a policy with errors, less what is accepted; none of it is said to be idle."""
    codes = {one.code for _, one in _places(policy)}
    return without_accepted(policy, findings, codes)


def _places(policy: Policy) -> Iterator[tuple[frozenset[Span | None], Acceptance]]:
    """Each acceptance, and the places at which it holds.

    That of its param or option, of its rule and the rule's examples, of its fact and the fact's phrases.
    """
    for rule in policy.rules:
        spans = frozenset([rule.span, *(example.span for example in rule.examples)])
        yield from ((spans, one) for one in rule.accepts)
    for param in policy.params.values():
        yield from ((frozenset([param.span]), one) for one in param.accepts)
    for fact in policy.facts.values():
        phrases = frozenset(phrase.span for phrase in phrases_of(fact)) if fact.accepts else frozenset()
        yield from ((phrases | {fact.span}, one) for one in fact.accepts)
    for option in policy.options:
        yield from ((frozenset([option.span]), one) for one in option.accepts)
    yield from ((frozenset([policy.span]), one) for one in policy.accepts)


def _idle(one: Acceptance) -> Finding:
    message = f"nothing of the code `{one.code}` is found here: this acceptance silences nothing"
    return Finding("idle-acceptance", one.span, message, "remove it; errors can't be accepted", "warning")
