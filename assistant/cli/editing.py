"""The command that opens the policy in the user's editor: edit."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from assistant.cli.settings import Settings, anywhere, completing, own_settings, settings

if TYPE_CHECKING:
    from assistant.errors import Finding
    from assistant.explanation.document import Document
    from assistant.policy.places import Place
    from assistant.policy.syntax import Policy


@click.command()
@click.argument(
    "name", required=False, shell_complete=completing(lambda policy: sorted({o.id for o in policy.origins}))
)
@click.option("--print", "printed", is_flag=True, help="Print FILE:LINE instead of opening it.")
@anywhere
@settings
def edit(chosen: Settings, name: str | None, printed: bool) -> None:
    """Open a rule, param, fact, option or passage of the policy in your editor, at its line.

    NAME is its id, or `fact:distance` and the like where two things bear one name. Without NAME the first mistake in
    the policy is opened, or its policy.yaml. The editor is `editor:` in the settings, else VISUAL, else EDITOR.

    \b
    Examples:
      whyso edit volatile-sources-favour-rag
      whyso edit minimum_examples --policy our-policy
      whyso edit --policy our-policy
      whyso edit hybrid --print
    """
    from assistant.authoring.opening import opening_of, run

    place = _place(chosen, name)
    if printed:
        click.echo(str(place))
        return
    found = opening_of(place, own_settings().editor)
    if found.note:
        click.echo(found.note, err=True)
    run(found.command)


def _place(chosen: Settings, name: str | None) -> "Place":
    """The place that is meant; a policy with mistakes need not be sound for that."""
    from assistant.errors import PolicyError
    from assistant.policy.compiler import compile_policy
    from assistant.policy.folder import installed
    from assistant.policy.places import place_named
    from assistant.reasoning.loading import findings_in

    in_force = chosen.in_force
    folder = in_force.folder or installed("rules")
    with in_force.told():
        if name is None:
            policy, findings = findings_in(folder)
            return first_place(policy, findings)
        compiled = compile_policy(folder)
        if compiled.policy is None:
            raise PolicyError(compiled.findings)
    return place_named(compiled.policy, name)


def first_place(policy: "Policy | None", findings: "Iterable[Finding]") -> "Place":
    """Where the first mistake is; the beginning of `policy.yaml` where there is none."""
    from assistant.errors import InputError
    from assistant.policy.places import place_at

    spans = [finding.span for finding in findings if finding.span is not None]
    if spans:
        return place_at(spans[0], "the first mistake")
    if policy is None or policy.span is None:
        raise InputError("there is nothing to open", help="name a rule, param, fact or option")
    return place_at(policy.span, f"policy {policy.id}")


def edited_in_lines(policy: "Policy", mistakes: "Iterable[Finding]", name: str, *, terminal: bool) -> "Document":
    """`/edit` in plain lines: opens the editor where there is a terminal for it, else tells the place."""
    from assistant.authoring.opening import opening_of, run
    from assistant.errors import WhysoError
    from assistant.explanation.document import Style, said, told_wrong
    from assistant.policy.places import place_named

    try:
        place = place_named(policy, name) if name else first_place(policy, mistakes)
        if not terminal:
            return said(f"{place.what}: {place}", Style.NOTE)
        found = opening_of(place, own_settings().editor)
        run(found.command)
    except WhysoError as error:
        return told_wrong(error.message, error.help)
    return said(found.note or f"Opened: {place}", Style.NOTE)


COMMANDS = (edit,)
