"""The commands about the policy and its source: check, rules, knowledge."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.settings import Settings, anywhere, completing, echo, echo_json, formats, settings
from assistant.errors import InputError, did_you_mean, shown

if TYPE_CHECKING:
    from assistant.policy.syntax import Policy, Rule


@click.command()
@click.argument("folder", required=False, metavar="[POLICY]")
@formats("text", "json")
@anywhere
@settings
def check(chosen: Settings, folder: str | None, form: str) -> None:
    """Check a policy: every fault in its files, its examples and its cases.

    \b
    Examples:
      whyso check                  the policy in force
      whyso check my-policy
    """
    from assistant.cli.in_force import InForce
    from assistant.policy.folder import installed
    from assistant.reasoning.loading import all_findings
    from assistant.reports.data import finding_data
    from assistant.reports.templating import template_findings

    named = InForce(Path(folder)) if folder else chosen.in_force
    with named.told():
        checked, findings = all_findings(named.folder or installed("rules"), chosen.engine)
    if checked is not None:
        findings = (*findings, *template_findings(checked))
    if form == "json":
        echo_json([finding_data(finding) for finding in findings])
    sound = not any(finding.severity == "error" for finding in findings)
    for finding in (*findings, *(() if sound else named.note())) if form == "text" else ():
        click.echo(str(finding), err=True)
    if form == "text" and checked is not None and sound:
        examples = sum(len(rule.examples) for rule in checked.rules)
        rules, facts = len(checked.rules), len(checked.facts)
        warned = f", {len(findings)} warning{'s' * (len(findings) > 1)}" if findings else ""
        click.echo(
            f"{checked.id} {checked.version}: {rules} rules, {facts} facts, {examples} examples: no faults{warned}"
        )
    if not sound:
        raise SystemExit(1)


@click.command()
@click.argument("rule", required=False, shell_complete=completing(lambda policy: sorted(policy.by_id)))
@click.option("--origin", is_flag=True, help="Which layer and line set each rule, param, fact and option.")
@formats("text", "json")
@anywhere
@settings
def rules(chosen: Settings, rule: str | None, origin: bool, form: str) -> None:
    """List the rules of the policy, or show one: its condition, effects, ground and examples.

    \b
    Examples:
      whyso rules
      whyso rules volatile-sources-favour-rag
      whyso rules --origin --policy our-policy
    """
    from assistant.explanation.pages import rule_page, rules_index
    from assistant.reports.data import rule_data

    policy = chosen.load()
    if origin:
        _show_origins(policy, rule, form)
        return
    if rule is None:
        if form == "json":
            echo_json([rule_data(one, policy) for one in policy.rules])
        else:
            echo(rules_index(policy, policy.rules))
        return
    found = rule_named(policy, rule)
    if form == "json":
        echo_json(rule_data(found, policy))
    else:
        echo(rule_page(policy, found))


def rule_named(policy: "Policy", id: str) -> "Rule":
    """The rule of that id; where it is switched off, where that was done."""
    found = policy.by_id.get(id)
    if found is not None:
        return found
    origin = policy.origin("rule", id)
    if origin is not None and origin.off is not None:
        raise InputError(f"the rule `{shown(id)}` is switched off, at {origin.off.at} in {origin.off.layer}")
    raise InputError(f"there is no rule `{shown(id)}`", help=did_you_mean(id, policy.by_id))


def _show_origins(policy: "Policy", rule: str | None, form: str) -> None:
    from assistant.explanation.origins import origins_document
    from assistant.reports.origins import origins_data

    if rule is not None:
        raise click.UsageError("--origin lists everything; `whyso rule ID` shows where one rule comes from")
    if form == "json":
        echo_json(origins_data(policy))
    else:
        echo(origins_document(policy))


@click.command()
@click.argument("passage", required=False, shell_complete=completing(lambda policy: list(policy.source.by_id)))
@formats("text", "json")
@anywhere
@settings
def knowledge(chosen: Settings, passage: str | None, form: str) -> None:
    """List the passages of the source, or show one: its claims, figures and the rules that rest on it.

    \b
    Examples:
      whyso knowledge
      whyso knowledge cost.rag
      whyso knowledge whyso:cost.rag --format json
    """
    from assistant.explanation.pages import knowledge_index, passage_page
    from assistant.reports.data import citing, passage_data

    policy = chosen.load()
    if passage is None:
        if form == "json":
            resting = citing(policy)
            echo_json([passage_data(one, resting) for one in policy.source.passages])
        else:
            echo(knowledge_index(policy))
        return
    name = passage.removeprefix("whyso:").partition("#")[0]
    found = policy.source.by_id.get(name)
    if found is None:
        raise InputError(f"there is no passage `{shown(name)}`", help=did_you_mean(name, policy.source.by_id))
    if form == "json":
        echo_json([passage_data(found, citing(policy))])
    else:
        echo(passage_page(policy, found))


COMMANDS = (check, rules, knowledge)
