"""Parts of a comparison in words: outcomes, shares, cases, edits, and why a single case comes out otherwise."""

from assistant.comparison.edits import Edit, Part
from assistant.comparison.moves import Share
from assistant.comparison.single import UNASKED, Refused, Single, params_changed
from assistant.comparison.things import Place, effect_in_full
from assistant.errors import shown
from assistant.explanation.wording import counted, listed, option_label, quantity_said
from assistant.policy.syntax import Policy, Rule
from assistant.policy.vocabulary import Value
from assistant.reasoning.pair_rows import REFUSED
from assistant.reasoning.pairs import SIDES, Case, LeftOut, Pair, Side
from assistant.reasoning.trace import Inference

LONGEST = 300
LONGEST_ITEM = 120
MOST_ITEMS = 6
MOST_CAUSES = 4
MOST_ANSWERS = 12
NOUNS = {
    "policy": "the policy",
    "verdict": "the verdict's make-up",
    "term": "the term",
    "template": "the template",
}


def outcome_label(policy: Policy, option: str | None) -> str:
    """An option's name, that there is none, or that the answers are refused."""
    return "refused as contradictory" if option == REFUSED else option_label(policy, option)


def share_said(share: Share) -> str:
    """A share in percent, with its standard error where it was drawn."""
    return percent_said(share.value) + (f" (standard error {percent_said(share.error)})" if share.error else "")


def percent_said(value: float) -> str:
    """A share in percent to two or three digits; what is there is never shown as none, nor what is not all as all."""
    if value in (0.0, 1.0):
        return f"{value:.0%}"
    percent = value * 100
    if percent < 0.01:
        return "under 0.01%"
    said = f"{percent:.2g}" if percent < 10 else f"{percent:.3g}"
    return "over 99.9%" if float(said) >= 100 else f"{float(said):g}%"


def case_said(pair: Pair, case: Case) -> str:
    """A case's answers in words; those that only one side asks for say so."""
    parts = []
    for side in SIDES[::-1]:
        policy = pair.policy(side)
        for name, value in policy.in_order(case.after if side == "after" else case.before).items():
            if name in pair.shared and side == "before":
                continue
            alone = "" if name in pair.shared else f" (asked only {side})"
            parts.append(policy.facts[name].state(value) + alone)
    more = f"; and {len(parts) - MOST_ANSWERS} more" if len(parts) > MOST_ANSWERS else ""
    return "; ".join(parts[:MOST_ANSWERS]) + more if parts else "nothing answered"


def value_said(policy: Policy, name: str, value: Value | None) -> str:
    """A derived fact's value as it is shown."""
    return policy.facts[name].say(value)


def place_said(place: Place | None, layers: tuple[str, ...]) -> str:
    """A place; with its layer unless that is the lowest."""
    if place is None:
        return ""
    return f"{place.at} in {place.layer}" if place.layer != layers[0] else place.at


def edit_title(pair: Pair, edit: Edit) -> str:
    """What was edited, how, and where it stands."""
    noun = NOUNS.get(edit.kind, edit.kind)
    named = noun if edit.kind in ("policy", "verdict") else f"{noun} {shown(edit.id, 100)}"
    places = [place_said(edit.before, pair.before.layers), place_said(edit.after, pair.after.layers)]
    known = list(dict.fromkeys(place for place in places if place))
    where = f" ({' → '.join(known)})" if known else ""
    if edit.change == "changed":
        return f"{named}{where}"
    return f"{named} {edit.change}{where}"


def part_said(part: Part, *, new: bool = False) -> list[str]:
    """What is otherwise in one aspect, a line each; of a thing that is new or gone, what it says."""
    what = part.what
    if part.gone or part.come:
        several = [f"{number:,} {word}" for number, word in ((part.come, "added"), (part.gone, "removed")) if number]
        return [f"{what}: {listed(several)}"]
    if part.before is not None and part.after is not None:
        return [f"{what}: {_quoted(part.after)} instead of {_quoted(part.before)}"]
    if part.after is not None or part.before is not None:
        text = _cut(part.after if part.after is not None else part.before or "")
        return [f"{what}: {text}" if new else f"{what}, {'added' if part.after is not None else 'removed'}: {text}"]
    if new:
        return [f"{what}: {_items(part.added or part.removed)}"]
    pairs = ((part.added, "added"), (part.removed, "removed"))
    return [f"{what}, {word}: {_items(items)}" for items, word in pairs if items]


def _items(items: tuple[str, ...]) -> str:
    said = [shown(item, LONGEST_ITEM) for item in items[:MOST_ITEMS]]
    more = len(items) - len(said)
    return "; ".join(said) + (f"; and {more:,} more" if more else "")


def _quoted(text: str) -> str:
    """A text that is more than a word or two stands in quotes."""
    return f"“{_cut(text)}”" if len(text.split()) > 2 else _cut(text)


def _cut(text: str) -> str:
    return shown(text, LONGEST)


def left_out_said(pair: Pair, one: LeftOut) -> str:
    """Answers that only one side takes."""
    fact = pair.policy(one.side).told[one.fact]
    if one.values:
        said = listed(fact.say(value) for value in one.values)
    elif one.high is None:
        said = f"{one.low or 0:,} and more"
    else:
        said = f"{one.low or 0:,}" if one.low == one.high else f"{one.low or 0:,} to {one.high:,}"
    return f"{fact.label}: {said} can be answered only {one.side}"


def alone_said(pair: Pair, side: Side) -> str:
    """The facts that only one side asks for."""
    policy = pair.policy(side)
    names = [f"{policy.facts[name].label} ({name})" for name in pair.alone(side)]
    return f"Asked only {side}: {listed(names)}."


def verdict_said(found: Single) -> str:
    """What becomes of the verdict of one case."""
    before, after = _verdict(found.pair.before, found.before), _verdict(found.pair.after, found.after)
    return f"{before} becomes {after}" if found.moved else f"still {after}"


def _verdict(policy: Policy, found: Inference | Refused) -> str:
    return f"refused ({found.why})" if isinstance(found, Refused) else option_label(policy, found.verdict.final)


def reasons(found: Single) -> list[str]:
    """Why a case comes out otherwise: the edited rules behind it, then how much follows from them."""
    causes = found.causes
    lines = [cause_said(found, rule) for rule in causes[:MOST_CAUSES]]
    more = len(causes) - len(lines)
    if more > 0:
        lines.append(f"and {counted(more, 'more edited rule')}")
    following = len(found.added) + len(found.removed) + len(found.altered) - len(causes)
    if following:
        lines.append(f"{counted(following, 'other rule')} follow{'s' if following == 1 else ''} from that")
    unasked = [one for one in found.not_taken if one.why == UNASKED]
    if len(unasked) > MOST_CAUSES:
        lines.append(f"{len(unasked)} answers are left out: it does not ask for them")
    else:
        lines += [f"{one.fact} is left out: {one.why}" for one in unasked]
    return lines + [f"{one.fact} is left out: {one.why}" for one in found.not_taken if one.why != UNASKED]


def cause_said(found: Single, rule: Rule) -> str:
    """An edited rule that fires otherwise in a case, and what the edit was."""
    pair = found.pair
    if rule not in found.added and rule not in found.removed:
        return f"{rule.id} does something else ({effects_edited(pair, rule.id)})"
    return f"{rule.id} {'fires now' if rule in found.added else 'no longer fires'} ({how_edited(pair, rule.id)})"


def effects_edited(pair: Pair, id: str) -> str:
    """What a rule that both have does after and did not before."""
    before, after = (
        [effect_in_full(policy, one) for one in policy.by_id[id].then] for policy in (pair.before, pair.after)
    )
    new, gone = ([one for one in some if one not in other] for some, other in ((after, before), (before, after)))
    if not new and not gone:
        return how_edited(pair, id)
    now = "; ".join(shown(one, LONGEST_ITEM) for one in new) or "nothing"
    return now + (f" instead of {'; '.join(shown(one, LONGEST_ITEM) for one in gone)}" if gone else "")


def how_edited(pair: Pair, id: str) -> str:
    """In a few words what was edited of a rule."""
    before, after = pair.before.by_id.get(id), pair.after.by_id.get(id)
    if before is None:
        return "a new rule"
    if after is None:
        origin = pair.after.origin("rule", id)
        off = origin.off if origin is not None else None
        return f"switched off at {off.at} in {off.layer}" if off else "the rule is gone"
    if before.condition != after.condition:
        return f"its condition is now `{shown(after.condition, 120)}`"
    values = [
        f"{name} is {quantity_said(pair.after.params[name].value)} instead of "
        f"{quantity_said(pair.before.params[name].value)}"
        for name in params_changed(pair, after)
    ]
    return listed(values) if values else "its effects are others"
