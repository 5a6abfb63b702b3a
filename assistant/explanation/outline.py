"""A case as outlines that can be folded: the facts, the reasons, the alternatives, a passage with what rests on it.

Plain data, as documents are; each entry may name the fact, rule or passage that it is about.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from assistant.errors import shown
from assistant.explanation.alternatives import failing_in_words, flip_line
from assistant.explanation.conclusion import concluded_by
from assistant.explanation.costs import cost_line, dollars_from_to, item_line, write_break_even
from assistant.explanation.document import NumberedSource, Writer
from assistant.explanation.kin import Kin, Subject, Topic, fact_topic, passage_topic, rule_topic
from assistant.explanation.pages import rules_citing
from assistant.explanation.proof import Step, proof, step_in_words
from assistant.explanation.wording import because, counted, one_line, option_label
from assistant.knowledge import Passage, Source
from assistant.policy.strata import supporting
from assistant.policy.syntax import FINAL, Policy, Rule
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.claims import Flips, Settling
from assistant.reasoning.contrast import Difference, WhyNot
from assistant.reasoning.costs import CostItem
from assistant.reasoning.decision import Decision
from assistant.reasoning.outlook import CostOutlook


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an outline, with a `note` below it in smaller print, and the entries that fold away under it.

    `heads` marks a heading, `open` what is unfolded to begin with. `changes` are answers that one may suppose, `act`
    is what choosing it does, where that is neither folding nor going to its topic. `part` tells it from others about
    the same topic.
    """

    text: str
    topic: Topic | None = None
    note: str = ""
    below: "tuple[Entry, ...]" = ()
    open: bool = False
    heads: bool = False
    changes: Mapping[str, Value] = field(default_factory=dict)
    act: str = ""
    part: str = ""


def heading(text: str, below: "tuple[Entry, ...]", *, open: bool = True) -> Entry:
    """A heading over some entries."""
    return Entry(text, below=below, open=open, heads=True)


def case_outline(
    decision: Decision, words: Mapping[str, str], skipped: Collection[str], real: Decision
) -> tuple[Entry, ...]:
    """The facts: those told with their words, those that could still change the result, the others, the derived.

    `real` is the decision on what was told; where a fact differs from it, it is merely supposed.
    """
    policy, memory = decision.policy, decision.inference.memory
    answers, open_facts = decision.inference.answers, decision.outlook.open
    lines = {name: _fact(policy, name, answers, real.inference.answers, words, skipped) for name in policy.told}
    told = tuple(lines[name] for name in policy.told if name in answers)
    deciding = tuple(lines[name] for name in open_facts)
    others = tuple(lines[name] for name in policy.told if name not in answers and name not in open_facts)
    derived = tuple(_derived(decision, name) for name in policy.facts if name not in policy.told and name in memory)
    parts = (
        heading(f"Told ({len(told)})", told),
        heading(f"Could still change the result ({len(deciding)})", deciding),
        heading(f"For plan and costs only ({len(others)})", others, open=False),
        heading(f"Derived ({len(derived)})", derived),
    )
    return tuple(part for part in parts if part.below)


def _fact(
    policy: Policy,
    name: str,
    answers: Answers,
    told: Answers,
    words: Mapping[str, str],
    skipped: Collection[str],
) -> Entry:
    """A fact that can be told: its value, and where that comes from."""
    fact, value = policy.facts[name], answers.get(name)
    text = fact.label if value is None else fact.state(value)
    if value != told.get(name):
        was = f"you said {fact.say(told[name])}" if name in told else "open so far"
        note = f"supposed; {was}"
    elif value is None:
        note = "you were not sure" if name in skipped else ""
    else:
        note = f"you said \u201c{shown(words[name], 200)}\u201d" if name in words else "you said so"
    return Entry(text, fact_topic(name), note)


def supposing_outline(found: Difference) -> Entry:
    """What changes once something is supposed: verdict, points and firings, and what to do with it."""
    policy = found.before.policy
    lines = [Entry("Keep these answers", act="keep"), Entry("Discard them", act="discard")]
    now, then = (option_label(policy, one.recommended) for one in (found.before, found.after))
    moves = [Entry(f"{then} instead of {now}" if now != then else f"the recommendation stays: {now}")]
    for option, (old, new) in found.scores.items():
        moves.append(Entry(f"{policy.label(option)}: {counted(new, 'point')} instead of {old}"))
    parts = (
        heading(f"Now fires ({len(found.fired_added)})", _moved(found.fired_added, found.after)),
        heading(f"No longer fires ({len(found.fired_removed)})", _moved(found.fired_removed, found.before)),
    )
    return heading("What if", (*lines, *moves, *(part for part in parts if part.below)))


def _moved(rules: tuple[Rule, ...], decision: Decision) -> tuple[Entry, ...]:
    return tuple(_rule_entry(rule, because(rule, decision.inference)) for rule in rules)


def _derived(decision: Decision, name: str) -> Entry:
    policy, inference = decision.policy, decision.inference
    rule = concluded_by(inference, name)
    below = (_rule_entry(rule, because(rule, inference)),) if rule else ()
    by = f"by {rule.id} ({rule.place})" if rule else "its default; no rule says otherwise"
    return Entry(policy.facts[name].state(inference.derived(name)), fact_topic(name), by, below)


def _rule_entry(rule: Rule, text: str, note: str = "") -> Entry:
    return Entry(text, rule_topic(rule.id), note or f"{rule.id} ({rule.place})")


def reasons_outline(decision: Decision, words: Mapping[str, str]) -> tuple[Entry, ...]:
    """The proof, from the verdict down to what was told; the first two levels are unfolded."""
    root = proof(decision.inference, words)
    made: dict[Step, Entry] = {}
    weighty = tuple(_step(decision, step, made, 0) for step in root.origins)
    bearing = supporting(decision.policy.by_id, decision.policy.verdict, [FINAL])
    others = tuple(
        _rule_entry(rule, because(rule, decision.inference))
        for rule in decision.inference.fired
        if rule.id not in bearing
    )
    verdict = heading(option_label(decision.policy, decision.recommended), weighty)
    rest = heading(f"Also fired, for plan, costs and advice ({len(others)})", others, open=False)
    return (verdict, rest) if others else (verdict,)


def _step(decision: Decision, step: Step, made: dict[Step, Entry], level: int) -> Entry:
    """A step's entry. Steps that are shared have one entry, so an outline is no larger than its proof."""
    if step not in made:
        topic = rule_topic(step.rule.id) if step.rule else None
        if topic is None and step.conclusion in decision.policy.facts:
            topic = fact_topic(step.conclusion)
        note = f"{step.rule.id} ({step.rule.place})" if step.rule else ""
        below = tuple(_step(decision, origin, made, level + 1) for origin in step.origins)
        made[step] = Entry(step_in_words(decision.inference, step), topic, note, below, level < 1)
    return made[step]


def alternatives_outline(
    decision: Decision,
    flips: Flips,
    settling: Settling,
    contrasts: Collection[WhyNot],
    words: Mapping[str, str],
) -> tuple[Entry, ...]:
    """What would flip the verdict, what settles it, and what each other option lacks."""
    policy = decision.policy
    return (
        _flips_entry(policy, flips, words),
        _settling_entry(policy, settling),
        *(_contrast(decision, one, words) for one in contrasts),
    )


def _flips_entry(policy: Policy, found: Flips, words: Mapping[str, str]) -> Entry:
    if found.smallest is None:
        proved = "Proved: no change of answers leads elsewhere" if found.proven else "Nothing was found in time"
        return heading("What would change it", (Entry(proved),))
    size = "one answer" if found.smallest == 1 else f"{found.smallest} answers together"
    lines = tuple(
        Entry(
            flip_line(policy, flip, words),
            fact_topic(flip.changes[0].fact),
            changes={change.fact: change.to for change in flip.changes},
        )
        for flip in found.flips
    )
    return heading(f"What would change it: {size}", lines)


def _settling_entry(policy: Policy, found: Settling) -> Entry:
    if found.settled:
        facts = tuple(Entry(policy.facts[name].state(value), fact_topic(name)) for name, value in found.facts.items())
        answers = counted(len(facts), "answer")
        return heading(
            f"What settles it: {answers}, whatever the others may be", facts or (Entry("nothing need be known"),)
        )
    hangs = tuple(Entry(policy.facts[name].label, fact_topic(name)) for name in found.open)
    return heading("Not settled; it still hangs on", hangs)


def _contrast(decision: Decision, found: WhyNot, words: Mapping[str, str]) -> Entry:
    policy, inference = decision.policy, decision.inference
    barring = [*found.excluded_by, *found.required_by]
    lines = [_rule_entry(rule, because(rule, inference)) for rule in barring]
    for lacking in found.lacking:
        needs = failing_in_words(policy, lacking.failing, words)
        rule = lacking.rule
        gain = f" ({counted(lacking.points, 'point')})" if lacking.points else ""
        lines.append(_rule_entry(rule, f"would need: {needs}{gain}"))
    title = f"Why not {policy.label(found.option)}"
    if found.short is not None and found.short.points:
        title += f": {counted(abs(found.short.points), 'point')} short"
    return heading(title, tuple(lines) or (Entry("nothing speaks against it but the others' points"),), open=False)


def passage_outline(policy: Policy, passage: Passage, fired: Collection[str]) -> tuple[Entry, ...]:
    """A passage: its claims, and under each the rules that rest on it, those that fired among `fired` said so."""
    rules = rules_citing(policy, passage.id)
    entries = []
    for claim in passage.claims:
        own = [rule for rule in rules if any(citation.claim == claim.id for citation in rule.cites)]
        note = "background; no rule rests on it" if claim.background else "" if own else "no rule of its own"
        below = tuple(_resting(rule, fired) for rule in own)
        entries.append(Entry(claim.text, passage_topic(claim.id), note, below, open=True))
    whole = [rule for rule in rules if any(str(citation) == passage.id for citation in rule.cites)]
    if whole:
        entries.append(
            heading("Rules that cite the passage as a whole", tuple(_resting(rule, fired) for rule in whole))
        )
    return tuple(entries)


def _resting(rule: Rule, fired: Collection[str]) -> Entry:
    state = "fired" if rule.id in fired else "did not fire"
    return Entry(rule.id, rule_topic(rule.id), f"{state} ({rule.place})")


def kin_lines(policy: Policy, kin: Kin, fired: Collection[str]) -> Iterator[str]:
    """What belongs to a topic, in a few lines: what it is, then its rules, facts and passages."""
    topic = kin.topic
    match topic.subject:
        case Subject.RULE:
            rule = policy.by_id[topic.name]
            yield f"{rule.id} ({rule.place}), {'fired' if rule.id in fired else 'did not fire'}"
            yield f"when {one_line(rule.condition)}"
        case Subject.FACT:
            fact = policy.facts[topic.name]
            yield f"{fact.name} ({fact.at})"
        case Subject.PASSAGE:
            yield policy.source.by_id[kin.passages[0]].trail
    if topic.subject is not Subject.RULE and kin.rules:
        active = [name for name in kin.rules if name in fired]
        rules = ", ".join(dict.fromkeys((*active, *kin.rules)))
        yield f"{counted(len(kin.rules), 'rule')}, {len(active)} fired: {rules}"
    if topic.subject is not Subject.FACT and kin.facts:
        yield "facts: " + ", ".join(policy.facts[name].label for name in kin.facts)
    if topic.subject is not Subject.PASSAGE and kin.passages:
        yield "source: " + "; ".join(policy.source.by_id[name].trail for name in kin.passages)


def costs_outline(decision: Decision, outlook: CostOutlook, months: int) -> tuple[Entry, ...]:
    """When one option passes another within so many months; then each option's items, with the rules behind them."""
    policy, writer = decision.policy, Writer(decision.policy.source)
    write_break_even(writer, policy, outlook, months)
    title, *lines = writer.document().paragraphs or (None,)
    passings = (heading(title.text, tuple(Entry(line.text) for line in lines)),) if title is not None else ()
    options = (
        heading(cost_line(policy, cost), tuple(_cost(decision, item) for item in cost.items)) for cost in decision.costs
    )
    return (*passings, *options)


def _cost(decision: Decision, item: CostItem) -> Entry:
    """An item, and the rules that narrow it."""
    narrowed = (
        _rule_entry(rule, f"narrowed from {dollars_from_to(item.whole)}: {because(rule, decision.inference)}")
        for rule in item.narrowed
    )
    return replace(_rule_entry(item.rule, item_line(item)), below=tuple(narrowed), open=True, part=item.item)


def sources_outline(source: Source, cited: Collection[NumberedSource]) -> tuple[Entry, ...]:
    """The passages cited last, by number, and all of them, section by section."""
    last = tuple(_passage(one.title, one.passage, f"[{one.number}] ") for one in cited)
    sections = [passage for passage in source.passages if "." not in passage.id]
    below = {
        passage.id: [one for one in source.passages if one.id.startswith(f"{passage.id}.")] for passage in sections
    }
    every = tuple(
        Entry(
            section.title,
            passage_topic(section.id),
            below=tuple(Entry(one.title, passage_topic(one.id)) for one in below[section.id]),
        )
        for section in sections
    )
    whole = heading(source.title, every, open=not last)
    return (heading(f"Cited by what was said last ({len(last)})", last), whole) if last else (whole,)


def _passage(trail: str, name: str, before: str) -> Entry:
    section, _, title = trail.rpartition(" › ")
    return Entry(before + title, passage_topic(name), section)
