"""Rules that do nothing: that can never fire, or say only what others say whenever they fire."""

from collections.abc import Iterator, Sequence

from assistant.analysis.search import Search
from assistant.errors import Finding
from assistant.policy.syntax import Advise, Certain, Conclude, Consequent, Cost, Narrow, Not, Policy, Rule, Score
from assistant.reasoning.claims import Refuted
from assistant.reasoning.goals import Goal
from assistant.reasoning.patience import check_wanted


def never_firing(search: Search) -> Iterator[Finding]:
    """A warning for each rule that fires in no case."""
    rules = search.policy.rules
    firing = search.happen([Goal((rule.id,)) for rule in rules])
    for rule, fires in zip(rules, firing, strict=True):
        if fires is False:
            message = f"`{rule.id}` can never fire: no answers make `{rule.condition}` true"
            yield Finding("never-fires", rule.span, message, "mend its condition, or remove the rule", "warning")
        elif fires is None:
            search.unsure("never-fires", rule.id)


def pointless(search: Search) -> Iterator[Finding]:
    """A warning for each rule without which every case would come out the same, the later of two alike."""
    left = dict.fromkeys(search.policy.rules)
    saying = _saying(search.policy)
    for rule in sorted(search.policy.rules, key=lambda rule: (rule.span, rule.id), reverse=True):
        check_wanted()
        effects = _effects(rule)
        rivals = [[o for o in _saying_one(saying, effect) if o is not rule and o in left] for effect in effects]
        if not rivals or not all(rivals):
            continue
        if _counts_up(rule):
            alike = [other for other in rivals[0] if frozenset(_effects(other)) == frozenset(effects)]
            found = _counted_twice(search, rule, alike)
        else:
            found = _subsumed(search, rule, rivals)
        if found is not None:
            del left[rule]
            yield found


def _effects(rule: Rule) -> tuple[Consequent, ...]:
    """What a rule does to a result: points that are none are left out."""
    return tuple(dict.fromkeys(c for c in rule.then if not (isinstance(c, Score) and c.points == 0)))


def _counts_up(rule: Rule) -> bool:
    """Whether saying it twice is more than saying it once."""
    return any(isinstance(effect, Score | Cost) for effect in _effects(rule))


Saying = dict[Consequent, list[Rule]]


def _saying(policy: Policy) -> Saying:
    """The rules that say each thing."""
    found: Saying = {}
    for rule in policy.rules:
        for effect in _effects(rule):
            found.setdefault(effect, []).append(rule)
    return found


def _saying_one(saying: Saying, effect: Consequent) -> list[Rule]:
    """The rules that say something, or something narrower."""
    if not isinstance(effect, Narrow):
        return saying[effect]
    return list(dict.fromkeys(rule for said, rules in saying.items() if _narrower(said, effect) for rule in rules))


def _narrower(one: Consequent, other: Narrow) -> bool:
    if not isinstance(one, Narrow) or one.item != other.item:
        return False
    covers = not one.options or (bool(other.options) and set(one.options) >= set(other.options))
    return covers and other.low <= one.low and one.high <= other.high


def _counted_twice(search: Search, rule: Rule, others: Sequence[Rule]) -> Finding | None:
    """A rule that another repeats in the very same cases."""
    for other in others:
        apart = [search.happens(Goal((rule.id,), (other.id,))), search.happens(Goal((other.id,), (rule.id,)))]
        if apart == [False, False]:
            return _twin(search, rule, other)
        if True not in apart:
            search.unsure("duplicate-rule", rule.id)
    return None


def _twin(search: Search, rule: Rule, other: Rule) -> Finding | None:
    shown = search.case(Goal((rule.id, other.id)))
    if not isinstance(shown, Refuted):
        return None
    message = f"`{rule.id}` fires in the same cases as `{other.id}` ({other.span}) and says the same"
    help = "remove one of the two: what they say counts twice" if _counts_up(rule) else "remove one of the two"
    return Finding("duplicate-rule", rule.span, message, help, "warning", shown.example)


def _subsumed(search: Search, rule: Rule, rivals: Sequence[Sequence[Rule]]) -> Finding | None:
    """A rule beside which, whenever it fires, others say all that it says."""
    goals = [Goal((rule.id,), tuple(o.id for o in several)) for several in rivals]
    goals += _left_open(rule, rivals)
    if any(search.sample.happens(goal) for goal in goals):
        return None
    alone = search.happen(goals)
    if True in alone:
        return None
    if None in alone:
        search.unsure("subsumed", rule.id)
        return None
    shown = search.case(Goal((rule.id,)))
    if not isinstance(shown, Refuted):
        return None
    shared = [other for other in rivals[0] if all(other in several for several in rivals)]
    for other in shared:
        if search.happens(Goal((rule.id,), (other.id,))) is False:
            alike = frozenset(_effects(rule)) == frozenset(_effects(other))
            if alike and search.happens(Goal((other.id,), (rule.id,))) is False:
                return _twin(search, rule, other)
            return _said(rule, [other], shown)
    return _said(rule, list(dict.fromkeys(other for several in rivals for other in several)), shown)


def _left_open(rule: Rule, rivals: Sequence[Sequence[Rule]]) -> list[Goal]:
    """Cases in which only this rule keeps what it concludes unknown."""
    goals = []
    for effect, several in zip(_effects(rule), rivals, strict=True):
        if isinstance(effect, Conclude):
            unknown = (Not(Certain(rule.when)), Not(Certain(Not(rule.when))))
            goals.append(Goal(when=(*unknown, *(Certain(Not(other.when)) for other in several))))
    return goals


def _said(rule: Rule, others: Sequence[Rule], shown: Refuted) -> Finding:
    names = " or ".join(f"`{other.id}` ({other.span})" for other in others[:3]) + (" or another" * (len(others) > 3))
    message = f"`{rule.id}` is pointless: whenever it fires, {names} fires too and says the same"
    what = "advice" if all(isinstance(c, Advise) for c in rule.then) else "rule"
    help = f"remove the {what}, or narrow the other's condition"
    return Finding("subsumed", rule.span, message, help, "warning", shown.example)
