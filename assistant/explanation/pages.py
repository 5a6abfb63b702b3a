"""Pages about the policy and its source: a passage with its claims and the rules resting on them, a rule, an index."""

from collections.abc import Iterable

from assistant.explanation.document import Document, Style, Writer
from assistant.explanation.feeding import bearing, feeding, quantity_in_words, reading
from assistant.explanation.origins import origin_notes
from assistant.explanation.wording import because, condition_in_words, counted, effect, listed, one_line
from assistant.knowledge import Passage
from assistant.policy.syntax import Policy, Rule
from assistant.policy.texts import plain
from assistant.reasoning.reference import reference_for

MOST_RULES = 6


def rules_citing(policy: Policy, passage: str) -> list[Rule]:
    """The rules that cite a passage or a claim in it, in order of id."""
    citing = (rule for rule in policy.rules if any(citation.passage == passage for citation in rule.cites))
    return sorted(citing, key=lambda rule: rule.id)


def passage_page(policy: Policy, passage: Passage) -> Document:
    """A passage: where it stands, what it says in our words, and the rules that rest on each claim."""
    source = policy.source.source_of(passage.id)
    writer = Writer(policy.source)
    writer.add(Style.VERDICT, passage.trail)
    writer.add(Style.NOTE, f"{source.title}, {source.author}, {source.published}. {source.link(passage.id)}")
    rules = rules_citing(policy, passage.id)
    for claim in passage.claims:
        writer.add(Style.POINT, claim.text)
        own = [rule.id for rule in rules if any(citation.claim == claim.id for citation in rule.cites)]
        note = "background" if claim.background else "rules: " + (", ".join(own) or "none of its own")
        writer.add(Style.NOTE, note, indent=1)
    whole = [rule.id for rule in rules if any(str(citation) == passage.id for citation in rule.cites)]
    if whole:
        writer.add(Style.TEXT, "Rules that cite the passage as a whole: " + ", ".join(whole))
    return writer.document()


def knowledge_index(policy: Policy) -> Document:
    """All passages of the source, with how much each says and carries."""
    writer = Writer(policy.source)
    for source in policy.source.parts:
        writer.add(Style.VERDICT, source.title)
        writer.add(Style.NOTE, f"{source.author}, {source.published}. {counted(len(source.passages), 'passage')}.")
        for passage in source.passages:
            claims = counted(len(passage.claims), "claim")
            rules = counted(len(rules_citing(policy, passage.id)), "rule")
            depth = 0 if "." not in passage.id else 1
            writer.add(Style.POINT, f"{passage.id}: {passage.title} ({claims}, {rules})", indent=depth)
    return writer.document()


def rule_page(policy: Policy, rule: Rule) -> Document:
    """A rule: its condition in words and as written, what it does and why, its ground and its examples."""
    writer = Writer(policy.source)
    writer.add(Style.VERDICT, rule.id)
    writer.add(Style.NOTE, f"{rule.at}, layer {rule.layer}, stratum {rule.stratum}")
    origin = policy.origin("rule", rule.id)
    if origin is not None and origin.replaced:
        writer.add(Style.NOTE, "; ".join(origin_notes(origin)))
    writer.add(Style.TEXT, f"When {condition_in_words(policy, rule.when)}:")
    for consequent in rule.then:
        writer.add(Style.POINT, effect(policy, consequent))
    fires = next(example for example in rule.examples if example.fires)
    shown = because(rule, reference_for(policy).infer(fires.facts))
    where = "" if plain(rule.because) else " (with the values of its first example)"
    writer.add(Style.TEXT, f"Because{where}: {shown}", rule.cites)
    ground = "the article's" if rule.basis == "article" else f"the house's: {one_line(rule.reason)}"
    writer.add(Style.TEXT, f"Basis: {ground}")
    writer.add(Style.NOTE, f"as written: {rule.condition}")
    _write_feeding(writer, policy, rule)
    writer.add(Style.HEADING, "Examples")
    for example in rule.examples:
        facts = ", ".join(policy.facts[name].state(value) for name, value in example.facts.items()) or "no answers"
        writer.add(Style.POINT, f"{'fires' if example.fires else 'does not fire'} on {facts}")
    return writer.document()


def _write_feeding(writer: Writer, policy: Policy, rule: Rule) -> None:
    """What a rule reads and who feeds it, what it writes and who reads that."""
    fed, read = feeding(policy, rule), reading(policy, rule)
    writer.add(Style.HEADING, "What it reads and feeds")
    for name in rule.reads:
        by = "an answer" if name in policy.told else f"from {_some(fed[name])}" if fed[name] else "no rule feeds it"
        writer.add(Style.POINT, f"reads {quantity_in_words(policy, name)}: {by}")
    if not rule.reads:
        writer.add(Style.POINT, "reads nothing")
    for name in rule.writes:
        readers = [_some(read[name])] if read[name] else []
        verdict = ["the verdict"] if name in bearing(policy) else []
        to = listed([*verdict, *readers]) if verdict or readers else "no rule reads it"
        writer.add(Style.POINT, f"feeds {quantity_in_words(policy, name)}: {to}")


def _some(rules: tuple[str, ...]) -> str:
    shown, more = rules[:MOST_RULES], len(rules) - MOST_RULES
    return ", ".join(shown) + (f" and {counted(more, 'more rule')}" if more > 0 else "")


def rules_index(policy: Policy, rules: Iterable[Rule]) -> Document:
    """Rules by file, each with what it does."""
    writer = Writer(policy.source)
    writer.add(Style.VERDICT, f"{policy.title}, version {policy.version}")
    shown = sorted(rules, key=lambda rule: _place(rule.at))
    file = ""
    for rule in shown:
        if rule.at.partition(":")[0] != file:
            file = rule.at.partition(":")[0]
            writer.add(Style.HEADING, file)
        effects = ", ".join(dict.fromkeys(effect(policy, consequent) for consequent in rule.then))
        writer.add(Style.POINT, f"{rule.id}: {effects}")
    return writer.document()


def _place(at: str) -> tuple[str, int]:
    file, _, line = at.rpartition(":")
    return file, int(line)
