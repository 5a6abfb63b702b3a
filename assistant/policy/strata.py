"""The dependency graph of a policy and its strata: a rule stands above every rule that feeds what it reads.

A cycle is refused: the verdict would then depend on the order of firing.
"""

from collections.abc import Iterable, Mapping, Sequence

from assistant.policy.syntax import FINAL, Rule, VerdictSpec


class CycleError(Exception):
    """Rules and quantities that lead back to where they began: `path` alternates rule ids and quantities."""

    def __init__(self, path: Sequence[str]) -> None:
        super().__init__(" -> ".join(path))
        self.path = tuple(path)


def feeders(rules: Iterable[Rule], verdict: VerdictSpec) -> Mapping[str, tuple[str, ...]]:
    """For each quantity that rules make, the ids of the rules that feed it, sorted.

    The final verdict is fed by whatever feeds the chosen option, a requirement or an exclusion.
    """
    found: dict[str, set[str]] = {}
    for rule in rules:
        for quantity in rule.writes:
            found.setdefault(quantity, set()).add(rule.id)
            if quantity == verdict.chosen or quantity.startswith(("required.", "ruled_out.")):
                found.setdefault(FINAL, set()).add(rule.id)
    return {quantity: tuple(sorted(ids)) for quantity, ids in found.items()}


def stratify(rules: Iterable[Rule], verdict: VerdictSpec) -> Mapping[str, int]:
    """The stratum of each rule, from 0; raises `CycleError`."""
    by_id = {rule.id: rule for rule in rules}
    fed_by = feeders(by_id.values(), verdict)
    strata: dict[str, int] = {}
    for start in sorted(by_id):
        _visit(start, by_id, fed_by, strata)
    return strata


def _visit(
    start: str, by_id: Mapping[str, Rule], fed_by: Mapping[str, tuple[str, ...]], strata: dict[str, int]
) -> None:
    """Depth first on a stack of its own: a chain of a thousand rules is no deeper than Python's limit."""
    path: list[tuple[str, list[tuple[str, str]]]] = []
    on_path: dict[str, str] = {}

    def enter(rule: str, through: str) -> None:
        below = [(quantity, feeder) for quantity in by_id[rule].reads for feeder in fed_by.get(quantity, ())]
        path.append((rule, below))
        on_path[rule] = through

    if start not in strata:
        enter(start, "")
    while path:
        rule, below = path[-1]
        while below and below[-1][1] in strata:
            below.pop()
        if not below:
            feeding = (feeder for quantity in by_id[rule].reads for feeder in fed_by.get(quantity, ()))
            strata[rule] = max((strata[feeder] + 1 for feeder in feeding), default=0)
            path.pop()
            del on_path[rule]
            continue
        quantity, feeder = below[-1]
        if feeder in on_path:
            raise CycleError(_cycle(path, on_path, feeder, quantity))
        enter(feeder, quantity)


def _cycle(
    path: list[tuple[str, list[tuple[str, str]]]], on_path: Mapping[str, str], back: str, closing: str
) -> list[str]:
    rules = [rule for rule, _ in path]
    loop = rules[rules.index(back) :]
    steps = [loop[0]]
    for rule in loop[1:]:
        steps += [on_path[rule], rule]
    return [*steps, closing, loop[0]]


def supporting(
    rules: Mapping[str, Rule],
    verdict: VerdictSpec,
    wanted: Iterable[str],
    fed_by: Mapping[str, tuple[str, ...]] | None = None,
) -> frozenset[str]:
    """The ids of all rules that bear on the wanted quantities, directly or through others.

    `fed_by` spares who asks often the search for what feeds what.
    """
    fed_by = feeders(rules.values(), verdict) if fed_by is None else fed_by
    found: set[str] = set()
    waiting = [feeder for quantity in wanted for feeder in fed_by.get(quantity, ())]
    while waiting:
        id = waiting.pop()
        if id not in found:
            found.add(id)
            waiting += [feeder for quantity in rules[id].reads for feeder in fed_by.get(quantity, ())]
    return frozenset(found)
