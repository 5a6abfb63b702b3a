"""The commands for owners of a policy: init, new, rule, schema."""

from pathlib import Path

import click

from assistant.cli.policies import rule_named
from assistant.cli.settings import Settings, anywhere, completing, echo, echo_json, formats, settings
from assistant.errors import InputError, did_you_mean, shown


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--from-nothing", is_flag=True, help="A whole policy on a subject of its own, over no other.")
@settings
def init(chosen: Settings, folder: Path, from_nothing: bool) -> None:
    """Write a policy of your own into DIR, a new or empty folder: a layer over the shipped one, ready to be edited.

    \b
    Examples:
      whyso init our-policy
      whyso init build-or-buy --from-nothing
    """
    from assistant.authoring.from_nothing import starting_files
    from assistant.authoring.layer import id_for, layer_files
    from assistant.authoring.new_folder import check_free, write_folder
    from assistant.authoring.schemas import KINDS, schema_text
    from assistant.policy.folder import displayed
    from assistant.reasoning.loading import load_policy

    if chosen.policy:
        help = "copy the other policy into the layer's folder afterwards, and name it under `extends`"
        raise InputError("`whyso init` writes a layer over the shipped policy, and takes no --policy", help=help)
    check_free(folder)
    named = Path(folder.absolute()).name
    if from_nothing:
        files = starting_files(id_for(named))
    else:
        base = load_policy()
        files = layer_files(base, id_for(named, base.id))
    write_folder(folder, {**files, **{f"schema/{kind}.json": schema_text(kind) for kind in KINDS}})
    name = shown(displayed(folder), 200)
    click.echo(f"wrote {name}: {', '.join(sorted(files))}, and schemas for your editor")
    click.echo(f"next: edit, `whyso check {name}`, `whyso --policy {name}`")


@click.group()
def new() -> None:
    """Write something new into the policy in force."""


@new.command("rule")
@click.argument("id")
@click.option("--file", metavar="FILE", help="The file that gets it; rules.yaml without.")
@anywhere
@settings
def new_rule(chosen: Settings, id: str, file: str | None) -> None:
    """Write a rule with examples to fill in into the policy in force, unless that is the shipped one.

    \b
    Examples:
      whyso new rule own-machines-only --policy our-policy
      whyso new rule own-machines-only --policy our-policy --file hosting.yaml
    """
    from assistant.authoring.adding import add_rule
    from assistant.policy.folder import displayed

    path, line = add_rule(chosen.load(), chosen.in_force.folder, id, file)
    click.echo(f"{shown(displayed(path), 200)}:{line}: the rule `{id}`, to be filled in")


@click.command()
@click.argument("id", shell_complete=completing(lambda policy: sorted(policy.by_id)))
@formats("text", "json")
@anywhere
@settings
def rule(chosen: Settings, id: str, form: str) -> None:
    """Show the page of one rule: condition, effects, ground, who feeds it and who reads it, examples, when it fired.

    \b
    Examples:
      whyso rule volatile-sources-favour-rag
      whyso rule own-machines-only --policy our-policy --format json
    """
    from assistant.explanation.document import said
    from assistant.explanation.pages import rule_page
    from assistant.reports.rules import rule_page_data
    from assistant.sessions.errors import StoreError
    from assistant.sessions.firings import firings_document, firings_of
    from assistant.sessions.place import data_file
    from assistant.sessions.store import Store

    policy = chosen.load()
    found = rule_named(policy, id)
    fired, note = None, ""
    try:
        fired = firings_of(Store(data_file()).summaries(), policy, found)
    except StoreError as error:
        note = f"Saved conversations can't be read: {error.message}."
    if form == "json":
        echo_json(rule_page_data(policy, found, fired))
    else:
        echo(rule_page(policy, found) + (firings_document(fired, found) if fired else said(note)))


@click.command()
@click.argument("kind", required=False)
@click.option("--write", metavar="DIR", type=click.Path(path_type=Path), help="Write every schema into this folder.")
def schema(kind: str | None, write: Path | None) -> None:
    """Print the JSON Schema of one kind of file in a policy, or list the kinds; an editor checks by it as one types.

    \b
    Examples:
      whyso schema
      whyso schema rules > rules.json
      whyso schema --write our-policy/schema
    """
    from assistant.authoring.schemas import KINDS, about, schema_text

    if kind is not None and kind not in KINDS:
        raise InputError(f"there is no kind of file `{shown(kind)}`", help=did_you_mean(kind, KINDS))
    if write is not None:
        _write_schemas(write, (kind,) if kind else KINDS)
    elif kind is not None:
        click.echo(schema_text(kind), nl=False)
    else:
        for name in KINDS:
            click.echo(f"{name:<11} {about(name)}")


def _write_schemas(folder: Path, kinds: tuple[str, ...]) -> None:
    from assistant.authoring.schemas import schema_text
    from assistant.policy.folder import displayed
    from assistant.preferences.editing import replace_file

    for kind in kinds:
        replace_file(folder / f"{kind}.json", schema_text(kind).encode())
    click.echo(f"wrote {', '.join(f'{kind}.json' for kind in kinds)} into {shown(displayed(folder), 200)}")


COMMANDS = (init, new, rule, schema)
