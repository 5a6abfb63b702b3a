"""The commands about the policy and its source: check, rules, knowledge."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.settings import Settings, anywhere, completing, echo, echo_json, formats, not_empty, settings
from assistant.errors import InputError, did_you_mean, shown

if TYPE_CHECKING:
    from assistant.policy.syntax import Policy, Rule


@click.command()
@click.argument("folder", required=False, metavar="[POLICY]", callback=not_empty)
@formats("text", "json")
@click.option("--limit", type=click.FloatRange(0, 3600), help="Seconds for the proofs in all; 25 without it.")
@anywhere
@settings
def check(chosen: Settings, folder: str | None, form: str, limit: float | None) -> None:
    """Check a policy: every fault in its files, its examples and its cases, and what can be proved about its rules.

    \b
    Examples:
      whyso check                  the policy in force
      whyso check my-policy
      whyso explain-code subsumed  what a finding means
    """
    from assistant.analysis.checking import LIMIT, check_folder, summary
    from assistant.cli.in_force import InForce
    from assistant.policy.folder import installed
    from assistant.reports.data import finding_data
    from assistant.reports.templating import template_findings

    named = chosen.in_force if folder is None else InForce(Path(folder))
    with named.told():
        root = named.folder or installed("rules")
        checked = check_folder(root, chosen.engine, LIMIT if limit is None else limit)
    if checked.policy is not None:
        checked = replace(checked, findings=(*checked.findings, *template_findings(checked.policy)))
    if form == "json":
        echo_json([finding_data(finding) for finding in checked.findings])
    else:
        for finding in (*checked.findings, *(() if checked.sound else named.note())):
            click.echo(str(finding), err=True)
        if checked.sound:
            click.echo(summary(checked))
    if not checked.sound:
        raise SystemExit(1)


@click.command()
@click.argument("code", required=False)
@formats("text", "json")
def explain_code(code: str | None, form: str) -> None:
    """Explain what a code of `whyso check` means: why it matters, what to avoid and what to prefer; or list them all.

    \b
    Examples:
      whyso explain-code
      whyso explain-code never-fires
    """
    from assistant.analysis.codes import codes, index, page, page_data

    known = codes()
    if code is None:
        click.echo(index(known.values())) if form == "text" else echo_json([page_data(one) for one in known.values()])
        return
    if code not in known:
        raise InputError(f"there is no code `{shown(code)}`", help=did_you_mean(code, known))
    click.echo(page(known[code])) if form == "text" else echo_json(page_data(known[code]))


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


COMMANDS = (check, explain_code, rules, knowledge)
