"""Coverage and mutation in lines for people: the sum first, then what is missing, each with a test to paste."""

from collections.abc import Iterator, Mapping, Sequence
from math import floor as rounded_down

from assistant.knowledge import counted, quantity
from assistant.trials.coverage import Coverage, Gap
from assistant.trials.mutants import OPERATORS
from assistant.trials.mutation import MOST, Mutation, Outcome, Tried
from assistant.trials.ready import Ready
from assistant.trials.running import Ran

OTHERWISE: Mapping[Outcome, str] = {
    "equivalent": "proved to change nothing",
    "unnoticed": "unnoticed",
    "undecided": "undecided",
}
TOLD = 50
"""How many gaps, or unnoticed mutants, are told."""


def coverage_lines(ran: Ran, coverage: Coverage) -> Iterator[str]:
    """How much is covered, then each gap."""
    covered = coverage.covered
    yield (
        f"coverage{_whose(ran)}: {quantity(covered('rule'))} of {counted(coverage.rules, 'rules')} fired, "
        f"{quantity(covered('condition'))} of {counted(coverage.conditions, 'conditions')} seen true and false, "
        f"{quantity(covered('option'))} of {counted(coverage.options, 'options')} reached by a case"
    )
    for gap in coverage.gaps[:TOLD]:
        yield from _gap(gap)
    yield from _more(len(coverage.gaps), "gaps")
    yield from _late(coverage.limit, any(gap.ready is None for gap in coverage.open))


def _gap(gap: Gap) -> Iterator[str]:
    if gap.kind == "rule":
        missing, never = f"`{gap.name}` never fires", "no answers make it fire"
    elif gap.kind == "option":
        missing, never = f"the option `{gap.name}` is never reached", "no answers lead to it"
    else:
        way = "true" if gap.wanted else "false"
        missing, never = f"`{gap.text}` in `{gap.name}` is never seen {way}", f"no answers make it {way}"
    place = f"{gap.span}: " if gap.span else ""
    if gap.ready is not None:
        yield f"{place}{missing}; {_offered(gap.ready, gap.name, 'covers it')}"
        yield from _indented(gap.ready)
    else:
        yield f"{place}{missing}: " + (
            f"{never}, as is proved" if gap.proved else "undecided whether any answers do it"
        )


def mutation_lines(ran: Ran, mutation: Mutation, floor: float) -> Iterator[str]:
    """The score, what was done to the policy, then each mutant that no test notices."""
    others = ((mutation.count(outcome), what) for outcome, what in OTHERWISE.items())
    counts = [(mutation.count("noticed"), "noticed"), *((number, what) for number, what in others if number)]
    parts = ", ".join(f"{quantity(number)} {what}" for number, what in counts)
    verdict = "" if mutation.score >= floor else ", which is too low"
    yield (
        f"mutation{_whose(ran)}: {counted(len(mutation.tried), 'mutants')}: {parts}; "
        f"score {shown_share(mutation.score)}, floor {floor:g}{verdict}"
    )
    if mutation.capped:
        yield f"only the first {MOST:,} mutants were tried"
    for operator in mutation.operators:
        all_of = sum(one.mutant.operator == operator and one.outcome != "equivalent" for one in mutation.tried)
        yield f"  {OPERATORS[operator]}: {quantity(mutation.count('noticed', operator))} of {quantity(all_of)} noticed"
    for several in _alike(mutation.left[:TOLD]):
        yield from _unnoticed(several)
    yield from _more(len(mutation.left), "mutants")
    yield from _late(mutation.limit, mutation.count("undecided") > 0)


def _alike(left: Sequence[Tried]) -> list[list[Tried]]:
    """The mutants that one and the same test would notice, together."""
    found: dict[object, list[Tried]] = {}
    for one in left:
        test = one.ready and (one.ready.rule, one.ready.text)
        found.setdefault(test or id(one), []).append(one)
    return list(found.values())


def _whose(ran: Ran) -> str:
    """Of what, where other layers stand below."""
    return f" of what `{ran.policy.id}` says itself" if len(ran.policy.layers) > 1 else ""


def shown_share(share: float) -> str:
    """A share with three decimals, never rounded up past a floor."""
    return f"{rounded_down(share * 1000 + 1e-9) / 1000:.3f}"


def _unnoticed(several: Sequence[Tried]) -> Iterator[str]:
    for number, one in enumerate(several, 1):
        mutant = one.mutant
        known = "undecided" if one.ready is None else "no test notices"
        said = f"{mutant.span}: {known} in `{mutant.rule.id}`: {mutant.change}"
        if one.ready is None or number < len(several):
            yield said
        else:
            rules = {other.mutant.rule.id for other in several}
            yield f"{said}; {_offered(one.ready, rules.pop() if len(rules) == 1 else '', 'would')}"
            yield from _indented(one.ready)


def _offered(ready: Ready, rule: str, does: str) -> str:
    if ready.expect is not None:
        return f"a case that {does}:"
    return f"an example that {does}:" if ready.rule == rule else f"an example of `{ready.rule}` that {does}:"


def _indented(ready: Ready) -> Iterator[str]:
    yield from (f"    {line}" for line in ready.text.splitlines())


def _late(limit: float, undecided: bool) -> Iterator[str]:
    if undecided:
        yield f"help: not all could be decided within {limit:g} s; give it more time with `--limit SECONDS`"


def _more(number: int, what: str) -> Iterator[str]:
    if number > TOLD:
        yield f"and {quantity(number - TOLD)} more {what}; --format json tells all"
