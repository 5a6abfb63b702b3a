"""From the chosen option, the requirements and the exclusions to the final option: docs/semantics.md, "The verdict".

General: options and capabilities are the policy's, and nothing here knows any of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.policy.syntax import Option, Policy, Rule

Sources = Mapping[str, tuple[Rule, ...]]
"""For each capability or option: the fired rules that require it, or rule it out."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """A requirement that an exclusion defeats."""

    requirement: str
    rule: Rule
    excluded_by: Rule


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a policy makes of some answers.

    `chosen` is what the scores choose on what is known; `matrix` is the same, but None until all its facts are known.
    `adjustments` are the rules that moved `final` away from `chosen`; `blocked` those that left nothing.
    """

    final: str | None
    chosen: str | None
    matrix: str | None
    unmet: tuple[Unmet, ...] = ()
    blocked: tuple[Rule, ...] = ()
    adjustments: tuple[Rule, ...] = ()


def final_option(
    options: tuple[Option, ...], chosen: str | None, required: frozenset[str], excluded: frozenset[str]
) -> str | None:
    """The final option, None where none survives the exclusions.

    The chosen option stands if it survives and provides every requirement that is not excluded. Otherwise, in this
    order: fewest requirements missing, least of the chosen option lost, fewest capabilities added, first declared.
    """
    surviving = [option for option in options if option.id not in excluded and not option.provides & excluded]
    wanted = required - excluded
    kept = next((option.provides for option in options if option.id == chosen), frozenset()) - excluded
    for option in surviving:
        if option.id == chosen and wanted <= option.provides:
            return option.id
    target = kept | wanted

    def distance(option: Option) -> tuple[int, int, int]:
        has = option.provides
        return len(wanted - has), len(kept - has), len(has - target)

    return min(surviving, key=distance).id if surviving else None


def verdict_of(policy: Policy, chosen: str | None, complete: bool, required: Sources, ruled_out: Sources) -> Verdict:
    """The verdict and the rules behind it. `complete` tells whether all the facts of the matrix are known."""
    wanted, excluded = frozenset(required), frozenset(ruled_out)
    final = final_option(policy.options, chosen, wanted, excluded)
    matrix = chosen if complete else None
    if not wanted and not excluded:
        return Verdict(final, chosen, matrix)
    blocked = _ordered({rule for rules in ruled_out.values() for rule in rules}) if final is None else ()
    unmet = _unmet(policy, final, required, ruled_out)
    moved = _adjustments(policy, chosen, final, required, ruled_out)
    return Verdict(final, chosen, matrix, unmet, blocked, moved)


def _ordered(rules: set[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: (rule.stratum, rule.id)))


def _unmet(policy: Policy, final: str | None, required: Sources, ruled_out: Sources) -> tuple[Unmet, ...]:
    provided = policy.option(final).provides if final is not None else frozenset()
    found = []
    for capability in sorted(set(required) - provided):
        providers = {option.id for option in policy.options if capability in option.provides}
        names = [capability] if capability in ruled_out else sorted(_excluding(policy, providers, ruled_out))
        for rule in required[capability]:
            found += [Unmet(capability, rule, other) for name in names for other in ruled_out[name]]
    return tuple(found)


def _excluding(policy: Policy, options: set[str], ruled_out: Sources) -> set[str]:
    """The excluded names that take any of these options out of the running."""
    provided = {name for option in policy.options if option.id in options for name in (option.id, *option.provides)}
    return provided & set(ruled_out)


def _adjustments(
    policy: Policy, chosen: str | None, final: str | None, required: Sources, ruled_out: Sources
) -> tuple[Rule, ...]:
    """The rules that moved the verdict: what the chosen option lacks, and what kept it or its completion out."""
    if final == chosen:
        return ()
    has = policy.option(chosen).provides if chosen is not None else frozenset()
    asked = set(required) - has - set(ruled_out)
    moved = {rule for capability in asked for rule in required[capability]}
    ideal = final_option(policy.options, chosen, frozenset(required), frozenset())
    barred = _excluding(policy, {option for option in (chosen, ideal) if option is not None}, ruled_out)
    return _ordered(moved | {rule for name in barred for rule in ruled_out[name]})
