"""Which rules feed what a rule reads, and which read what it writes."""

from collections.abc import Mapping

from assistant.explanation.wording import option_label
from assistant.policy.strata import feeders
from assistant.policy.syntax import FINAL, Policy, Rule


def feeding(policy: Policy, rule: Rule) -> Mapping[str, tuple[str, ...]]:
    """For each quantity that a rule reads, the ids of the rules that feed it, sorted."""
    fed_by = feeders(policy.rules, policy.verdict)
    return {name: fed_by.get(name, ()) for name in rule.reads}


def reading(policy: Policy, rule: Rule) -> Mapping[str, tuple[str, ...]]:
    """For each quantity that a rule writes, the ids of the rules that read it, sorted."""
    return {name: tuple(sorted(other.id for other in policy.rules if name in other.reads)) for name in rule.writes}


def bearing(policy: Policy) -> frozenset[str]:
    """The quantities that the verdict is put together from without a further rule."""
    spec = policy.verdict
    kinds = {name for rule in policy.rules for name in rule.writes if name.startswith(("required.", "ruled_out."))}
    return frozenset((spec.chosen, *spec.parts, *spec.beside, *kinds))


def quantity_in_words(policy: Policy, name: str) -> str:
    """What a quantity is, in words."""
    if name in policy.facts:
        return policy.facts[name].label
    if name == FINAL:
        return "the recommendation"
    space, _, rest = name.partition(".")
    label = option_label(policy, rest)
    return {
        "scores": f"the points of {label}",
        "required": f"whether {label} is required",
    }.get(space, f"whether {label} is ruled out")
