"""The commands that question a result: why-not, what-if, flip, settle, ask-next."""

import click

from assistant.cli.settings import CASE, Settings, anywhere, completing, echo, echo_json, formats, settings


@click.command("why-not")
@click.argument("option", shell_complete=completing(lambda policy: [option.id for option in policy.options]))
@CASE
@formats("text", "json")
@anywhere
@settings
def why_not(chosen: Settings, option: str, case: str, form: str) -> None:
    """Show why CASE does not get OPTION: what rules it out, the points short, the rules that did not speak for it.

    \b
    Examples:
      whyso why-not rag case.yaml
      whyso why-not hybrid - --format json < case.yaml
    """
    from assistant.explanation.alternatives import why_not_document
    from assistant.reasoning.changes import check_names
    from assistant.reasoning.contrast import why_not as lacking
    from assistant.reasoning.decision import decide
    from assistant.reports.contrasts import why_not_data

    policy, read = chosen.case(case)
    check_names(policy, option)
    decision = decide(policy, read.answers, chosen.engine, read.own)
    found = lacking(decision, option)
    if form == "json":
        echo_json(why_not_data(found, policy))
    else:
        echo(why_not_document(decision, found, read.words))


@click.command("what-if")
@CASE
@click.argument("changes", metavar="FACT=VALUE...", nargs=-1, required=True)
@formats("text", "json")
@anywhere
@settings
def what_if(chosen: Settings, case: str, changes: tuple[str, ...], form: str) -> None:
    """Show what would differ in CASE if some facts had other values; an empty value makes a fact unknown.

    \b
    Examples:
      whyso what-if case.yaml update_frequency=daily
      whyso what-if case.yaml citations_required=true labelled_examples=500
    """
    from assistant.explanation.alternatives import what_if_document
    from assistant.reasoning.changes import read_changes
    from assistant.reasoning.contrast import what_if as contrast
    from assistant.reports.contrasts import what_if_data

    policy, read = chosen.case(case)
    supposed = read_changes(changes, policy)
    found = contrast(policy, read.answers, {name: change.value for name, change in supposed.items()}, chosen.engine)
    if form == "json":
        echo_json(what_if_data(found))
    else:
        echo(what_if_document(found, read.words, {name: change.words for name, change in supposed.items()}))


@click.command()
@CASE
@click.option("--to", metavar="OPTION", help="Only flips that lead to this option.")
@click.option("--all", "every", is_flag=True, help="Every smallest set of changes, however many.")
@click.option("--keep", metavar="FACT", multiple=True, help="A fact that cannot change; may be repeated.")
@formats("text", "json")
@anywhere
@settings
def flip(chosen: Settings, case: str, to: str | None, every: bool, keep: tuple[str, ...], form: str) -> None:
    """Show the smallest changes of answers that would give CASE another recommendation, proved to be smallest.

    \b
    Examples:
      whyso flip case.yaml
      whyso flip case.yaml --to rag --all
      whyso flip case.yaml --keep labelled_examples --keep budget_constraints
    """
    from assistant.explanation.alternatives import flips_document
    from assistant.reasoning.counterfactuals import flips_of
    from assistant.reasoning.decision import decide
    from assistant.reports.contrasts import flips_data

    policy, read = chosen.case(case)
    decision = decide(policy, read.answers, chosen.engine, read.own)
    found = flips_of(policy, read.answers, to, keep)
    if form == "json":
        echo_json(flips_data(found, policy, every=every))
    else:
        echo(flips_document(decision, found, to, keep, read.words, every=every))


@click.command()
@CASE
@formats("text", "json")
@anywhere
@settings
def settle(chosen: Settings, case: str, form: str) -> None:
    """Show the fewest answers of CASE that force its recommendation, whatever all others may be.

    \b
    Examples:
      whyso settle case.yaml
      whyso settle case.yaml --format json
    """
    from assistant.explanation.alternatives import settling_document
    from assistant.reasoning.counterfactuals import settling
    from assistant.reports.contrasts import settling_data

    policy, read = chosen.possible_case(case)
    found = settling(policy, read.answers)
    if form == "json":
        echo_json(settling_data(found))
    else:
        echo(settling_document(policy, found, read.words))


@click.command("ask-next")
@CASE
@formats("text", "json")
@anywhere
@settings
def ask_next(chosen: Settings, case: str, form: str) -> None:
    """Show the question to ask next, why, and what each answer would lead to.

    \b
    Examples:
      whyso ask-next case.yaml
      echo '' | whyso ask-next -
    """
    from assistant.explanation.questions import next_question_document
    from assistant.reasoning.elicitation import next_question
    from assistant.reports.contrasts import next_question_data

    policy, read = chosen.possible_case(case)
    found = next_question(policy, read.answers)
    if form == "json":
        echo_json(next_question_data(found, policy, read.answers))
    else:
        echo(next_question_document(policy, read.answers, found))


COMMANDS = (why_not, what_if, flip, settle, ask_next)
