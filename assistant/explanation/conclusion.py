"""A decision told to people: the recommendation first, the few reasons that carried it, then what else is worth saying.

Which rules carried a verdict is read off the dependency graph: those that fired and bear on it.
"""

from assistant.explanation.costs import write_costs
from assistant.explanation.document import Document, Style, Writer
from assistant.explanation.wording import (
    because,
    counted,
    one_line,
    option_label,
    points,
    recommendation,
    shares_in_words,
)
from assistant.policy.strata import supporting
from assistant.policy.syntax import FINAL, Advise, Require, Rule, RuleOut, Score
from assistant.policy.texts import render
from assistant.reasoning.decision import Decision
from assistant.reasoning.trace import Inference

ADVICE_TITLES = {
    "tension": "Where the guidance pulls both ways",
    "risk": "Risks to plan for",
    "step": "The way there, step by step",
    "stack": "Technology",
    "measure": "What to measure",
    "expectation": "What to expect",
    "cost-note": "About the costs",
}


def carrying(inference: Inference) -> tuple[Rule, ...]:
    """The fired rules that bear on the final verdict: those that moved it first, then by weight."""
    policy = inference.policy
    ids = supporting(policy.by_id, policy.verdict, [FINAL])
    moved = set(inference.verdict.adjustments)

    def weight(rule: Rule) -> tuple[bool, bool, int, int, str]:
        gates = any(isinstance(consequent, Require | RuleOut) for consequent in rule.then)
        gained = sum(abs(consequent.points) for consequent in rule.then if isinstance(consequent, Score))
        return rule not in moved, not gates, -gained, rule.stratum, rule.id

    return tuple(sorted((rule for rule in inference.fired if rule.id in ids), key=weight))


def advice(inference: Inference) -> list[tuple[Advise, Rule, str]]:
    """Every piece of advice with its rule and its text, in order of kind, then of the policy's own order."""
    kinds = list(ADVICE_TITLES)
    found = [(piece, rule) for rule in inference.fired for piece in rule.then if isinstance(piece, Advise)]
    found.sort(key=lambda pair: (kinds.index(pair[0].kind), pair[0].order, pair[1].id))
    return [(piece, rule, one_line(render(piece.text, inference.policy, inference.memory))) for piece, rule in found]


def standing(decision: Decision) -> str:
    """Whether the verdict can still change."""
    outlook, policy = decision.outlook, decision.policy
    if outlook.settled and decision.recommended == decision.inference.verdict.final:
        return "This is settled: none of the open questions can change it."
    if outlook.settled:
        alone = option_label(policy, decision.inference.verdict.final)
        return f"This is settled: every answer to the open questions leads to it. What is known alone gives {alone}."
    labels = [policy.facts[name].label for name in outlook.open]
    more = f"; and {len(labels) - 4} more" if len(labels) > 4 else ""
    open = f"{counted(len(labels), 'answer')} could still change it ({'; '.join(labels[:4])}{more})"
    if not decision.inference.answers:
        return f"Nothing has been answered yet, so this is only where the rules start. {open}."
    if not outlook.proven:
        return f"This goes by what is known so far. Whether it is settled could not be proved in time; {open}."
    if not outlook.shares:
        return f"This goes by what is known so far. {open}."
    shares = shares_in_words(policy, outlook.shares)
    return f"This goes by what is known so far. {open}. Of what is still possible: {shares}."


def scores_line(inference: Inference) -> str:
    """The scores, and what they alone would choose."""
    policy, verdict = inference.policy, inference.verdict
    scores = ", ".join(f"{policy.label(option)} {score}" for option, score in inference.scores.items())
    if verdict.matrix is None:
        return f"Scores so far: {scores}."
    if verdict.matrix == verdict.final:
        return f"Scores: {scores}."
    return f"Scores: {scores}. By scores alone it would be {option_label(policy, verdict.matrix)}."


def conclusion(decision: Decision, *, full: bool = False) -> Document:
    """The conclusion; with `full`, the plan, the costs and all advice. Where nothing survives, the way out is in it."""
    inference = decision.inference
    writer = Writer(inference.policy.source)
    writer.add(Style.VERDICT, recommendation(decision))
    writer.add(Style.TEXT, standing(decision))
    writer.add(Style.TEXT, scores_line(inference))
    write_reasons(writer, inference)
    write_parts(writer, inference)
    write_obstacles(writer, inference)
    brief = ["tension", "risk"] if inference.verdict.final is not None else ["step", "tension"]
    kinds = list(ADVICE_TITLES) if full else brief
    write_advice(writer, inference, kinds)
    if full:
        write_costs(writer, decision)
    return writer.document()


def write_reasons(writer: Writer, inference: Inference) -> None:
    """The rules that carried the verdict, the weightiest first."""
    rules = carrying(inference)
    if not rules:
        writer.add(Style.NOTE, "No answer speaks for either side yet.")
        return
    writer.add(Style.HEADING, "Why")
    overruled = inference.verdict.final != inference.verdict.chosen
    chosen = inference.policy.verdict.chosen
    for rule in sorted(rules, key=lambda rule: overruled and chosen in rule.writes):
        gained = [c for c in rule.then if isinstance(c, Score)]
        tag = "".join(f" ({points(c.points)} for {option_label(inference.policy, c.option)})" for c in gained)
        head = "Overruled: " if overruled and chosen in rule.writes else ""
        writer.add(Style.POINT, head + because(rule, inference) + tag, rule.cites, rule.id)


def write_parts(writer: Writer, inference: Inference) -> None:
    """The derived facts that the policy names as part of its verdict, each with the rule that concluded it."""
    policy = inference.policy
    names = (*policy.verdict.parts, *policy.verdict.beside)
    known = [name for name in names if inference.derived(name) is not None]
    if known:
        writer.add(Style.HEADING, "How to take it")
    for name in known:
        fact = policy.facts[name]
        said = f"{fact.label[:1].upper()}{fact.label[1:]}: {fact.say(inference.derived(name))}."
        rule = concluded_by(inference, name)
        reason = f" {because(rule, inference)}" if rule else ""
        writer.add(Style.POINT, said + reason, rule.cites if rule else (), rule.id if rule else None)


def concluded_by(inference: Inference, fact: str) -> Rule | None:
    """The first fired rule that concluded a derived fact."""
    return next((rule for rule in inference.fired if fact in rule.writes), None)


def write_obstacles(writer: Writer, inference: Inference) -> None:
    """Requirements that cannot be met, and what left nothing to recommend."""
    policy, verdict = inference.policy, inference.verdict
    if not verdict.unmet and not verdict.blocked:
        return
    writer.add(Style.HEADING, "What stands in the way")
    for unmet in verdict.unmet:
        text = (
            f"Asked for but not to be had: {policy.label(unmet.requirement)}. {because(unmet.excluded_by, inference)}"
        )
        writer.add(Style.POINT, text, unmet.excluded_by.cites, unmet.excluded_by.id)
    told = {unmet.excluded_by for unmet in verdict.unmet}
    for rule in verdict.blocked:
        if rule not in told:
            writer.add(Style.POINT, because(rule, inference), rule.cites, rule.id)


def write_advice(writer: Writer, inference: Inference, kinds: list[str]) -> None:
    """The advice of some kinds, each kind under its title; steps are numbered."""
    pieces = advice(inference)
    for kind in kinds:
        chosen = [(rule, text) for piece, rule, text in pieces if piece.kind == kind]
        if chosen:
            writer.add(Style.HEADING, ADVICE_TITLES[kind])
        for number, (rule, text) in enumerate(chosen, 1):
            numbered = f"{number}. {text}" if kind == "step" else text
            writer.add(Style.TEXT if kind == "step" else Style.POINT, numbered, rule.cites, rule.id)
