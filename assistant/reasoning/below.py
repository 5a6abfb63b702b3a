"""What the upper layers of a policy make of the examples and cases below them, told as warnings.

An example or a case was written for the policy of its own layer, and holds there. That a layer above changes what comes
of it may be just what its owner wants; who is advised otherwise than before should still be known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.errors import Finding
from assistant.knowledge import counted
from assistant.policy.syntax import Policy
from assistant.reasoning.cases import differences, policy_cases
from assistant.reasoning.examples import failing_examples

EXAMPLE, CASE = "example-below", "case-below"


def changed_below(policy: Policy, engine: str | None = None) -> list[Finding]:
    """A warning for each example and case of a lower layer that comes out otherwise under the layers above it."""
    if len(policy.layers) == 1:
        return []
    return [*examples_below(policy), *_cases(policy, engine)]


def examples_below(policy: Policy) -> Iterator[Finding]:
    """A warning for each example of a lower layer that comes out otherwise."""
    below = [rule for rule in policy.rules if rule.layer != policy.id]
    layer_of = {example.span: rule.layer for rule in below for example in rule.examples}
    for finding in failing_examples(policy, below):
        assert finding.span is not None, "an example has its place"
        said = finding.message.replace("the example says", "the example here says", 1)
        yield _warning(EXAMPLE, finding, f"{_above(policy, layer_of[finding.span])} changes this: {said}")


def _cases(policy: Policy, engine: str | None) -> Iterator[Finding]:
    for layer, root in zip(policy.layers[:-1], policy.roots, strict=False):
        cases, unreadable = policy_cases(root, policy)
        for found in (*([finding] for finding in unreadable), *(differences(case, policy, engine) for case in cases)):
            if any(finding.severity == "error" for finding in found):
                yield case_below(policy, layer, found)


def case_below(policy: Policy, layer: str, found: Sequence[Finding]) -> Finding:
    """A warning that a case of a lower layer comes out otherwise, from all that was found of it."""
    first = found[0]
    more = "" if len(found) == 1 else f"; and {counted(len(found) - 1, 'more differences')}"
    said = _switched_off(policy, first) or first.message
    return _warning(CASE, first, f"{_above(policy, layer)} changes this: {said}{more}")


def _switched_off(policy: Policy, finding: Finding) -> str | None:
    """What to say of a rule that a case names and that some layer has switched off."""
    for origin in policy.origins:
        if origin.off is not None and finding.code == "unknown-rule" and f"`{origin.id}`" in finding.message:
            return f"the rule `{origin.id}` is switched off, at {origin.off.span}"
    return None


def _above(policy: Policy, layer: str) -> str:
    """The layers above one, as the subject of a sentence."""
    names = [f"`{name}`" for name in policy.layers[policy.layers.index(layer) + 1 :]]
    return f"the layer {names[0]}" if len(names) == 1 else f"one of the layers {', '.join(names)}"


def _warning(code: str, finding: Finding, message: str) -> Finding:
    help = None if finding.code == "unknown-rule" else finding.help
    return replace(finding, code=code, message=message, help=help, severity="warning")
