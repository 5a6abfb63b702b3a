"""What the verdict can come to: options out of reach, cases that end in none, and scores that do not choose."""

from collections.abc import Iterator
from itertools import combinations

from assistant.analysis.search import Search
from assistant.analysis.sums import Form, around, form_of, sums_in, true_at
from assistant.errors import Finding
from assistant.policy.syntax import (
    FINAL,
    Among,
    And,
    Certain,
    Compare,
    Conclude,
    Condition,
    Not,
    Or,
    Policy,
    ScoreCompare,
)
from assistant.reasoning.claims import Refuted, Unknown
from assistant.reasoning.goals import Goal


def unreachable(search: Search) -> Iterator[Finding]:
    """A warning for each option that is the final verdict in no case."""
    options = search.policy.options
    reached = search.happen([Goal(when=(Compare(FINAL, "==", option.id),)) for option in options])
    for option, happens in zip(options, reached, strict=True):
        if happens is False:
            message = f"the option `{option.id}` is never the verdict, whatever the answers"
            help = "add a rule that leads to it, or remove the option"
            yield Finding("unreachable-option", option.span, message, help, "warning")
        elif happens is None:
            search.unsure("unreachable-option", option.id)


def undecided(search: Search) -> Iterator[Finding]:
    """A warning where some case leaves no option, and where scores tie or choose nothing with all that they need."""
    policy = search.policy
    nothing = Goal(when=(Compare(FINAL, "==", None),))
    message = "some answers leave no option: all of them are ruled out"
    yield from _found(search, "no-verdict", nothing, message, "narrow what rules them out, or accept it")
    needs = policy.verdict.needs
    if needs and not _always_chosen(policy):
        yield from _unchosen_cases(search)


def _unchosen_cases(search: Search) -> Iterator[Finding]:
    policy = search.policy
    needs = policy.verdict.needs
    chosen = f"`{policy.verdict.chosen}`"
    unchosen, tied = _unchosen(policy), _tied(policy)
    if tied is not None:
        message = f"two options lead with equal scores and no rule concludes {chosen}: their order decides"
        help = f"add a rule that concludes {chosen} where scores are equal"
        yield from _found(search, "tie", Goal(known=needs, when=(unchosen, tied)), message, help)
    clear = (unchosen,) if tied is None else (unchosen, Not(tied))
    message = f"all that the matrix needs is known, and no rule concludes {chosen}"
    help = f"add a rule that concludes {chosen} there"
    yield from _found(search, "no-choice", Goal(known=needs, when=clear), message, help)


def _found(search: Search, code: str, goal: Goal, message: str, help: str) -> Iterator[Finding]:
    proof = search.case(goal)
    if isinstance(proof, Refuted):
        yield Finding(code, search.policy.span, message, help, "warning", proof.example)
    elif isinstance(proof, Unknown):
        search.unsure(code, "the policy")


def _always_chosen(policy: Policy) -> bool:
    """Whether rules that read one sum of scores alone conclude an option for every total: plain to see, if so."""
    options = {option.id for option in policy.options}
    choosing: dict[Form, list[Condition]] = {}
    points: dict[Form, set[int]] = {}
    for rule in policy.rules:
        said = {c.value for c in rule.then if isinstance(c, Conclude) and c.fact == policy.verdict.chosen}
        sums = sums_in(rule.when) if said & options else None
        forms = {form_of(one.terms)[0] for one in sums or ()}
        if sums and len(forms) == 1:
            form = forms.pop()
            choosing.setdefault(form, []).append(rule.when)
            points.setdefault(form, set()).update(point for one in sums for point in around(one))
    return any(
        all(any(true_at(condition, point) for condition in choosing[form]) for point in totals)
        for form, totals in points.items()
    )


def _unchosen(policy: Policy) -> Condition:
    """That the chosen option is none of them, or unknown."""
    return Not(Certain(Among(policy.verdict.chosen, tuple(option.id for option in policy.options))))


def _tied(policy: Policy) -> Condition | None:
    """That two options share the highest score; None where fewer than two have any."""
    pairs = []
    for one, other in combinations(policy.scored, 2):
        rest = [option for option in policy.scored if option not in (one, other)]
        ahead = [ScoreCompare(((one, 1), (third, -1)), ">=", 0) for third in rest]
        pairs.append(And((ScoreCompare(((one, 1), (other, -1)), "==", 0), *ahead)))
    return Or(tuple(pairs)) if pairs else None
