"""The commands that decide: decide, how and costs."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from assistant.cli.settings import CASE, MAX_CASE_BYTES, Settings, anywhere, echo, echo_json, formats, settings
from assistant.errors import InputError, WhysoError, shown


@click.command()
@CASE
@formats("text", "json", "jsonl")
@click.option("--full", is_flag=True, help="With the plan, the costs and all advice.")
@anywhere
@settings
def decide(chosen: Settings, case: str, form: str, full: bool) -> None:
    """Decide on the answers in CASE.

    CASE is a YAML or JSON file, or - for standard input: {case: name, answers: {fact: value}}. It may be partial.
    With --format jsonl, CASE holds one case a line, and so does the output.

    \b
    Examples:
      whyso decide case.yaml
      whyso decide case.yaml --full
      whyso decide cases.jsonl --format jsonl
    """
    from assistant.explanation.conclusion import conclusion
    from assistant.reasoning.decision import decide as decide_case
    from assistant.reports.data import decision_data

    if form == "jsonl":
        _decide_lines(chosen, case)
        return
    policy, read = chosen.case(case)
    decision = decide_case(policy, read.answers, chosen.engine, read.own)
    if form == "json":
        echo_json(decision_data(decision))
    else:
        echo(conclusion(decision, full=full))


def _decide_lines(chosen: Settings, name: str) -> None:
    """A result a line, in order; a bad line gives its error, and the others go on."""
    from assistant.reasoning.cases import read_case
    from assistant.reasoning.decision import decide as decide_case
    from assistant.reports.data import decision_data, dumps

    policy = chosen.load()
    failed = False
    label = "<stdin>" if name == "-" else name
    with _lines_of(name) as stream:
        for number, line in _numbered(stream):
            try:
                if len(line) > MAX_CASE_BYTES:
                    raise InputError(f"line {number} is longer than {MAX_CASE_BYTES >> 20} MiB")
                case = read_case(b"\n" * (number - 1) + line if number < 10_000 else line, label, policy)
                click.echo(
                    dumps(decision_data(decide_case(policy, case.answers, chosen.engine, case.own)), compact=True)
                )
            except WhysoError as error:
                failed = True
                click.echo(dumps({"line": number, "error": str(error)}, compact=True))
    if failed:
        raise SystemExit(1)


def _numbered(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := stream.readline(MAX_CASE_BYTES + 2):
        number += 1
        whole = line
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_CASE_BYTES)
        if whole.strip():
            yield number, whole


def _lines_of(name: str) -> BinaryIO:
    if name == "-":
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except FileNotFoundError:
        raise InputError(f"there is no file `{shown(name)}`", help="check the path") from None
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read `{shown(name)}`: {error}") from None


@click.command()
@CASE
@formats("text", "json")
@click.option("--depth", type=click.IntRange(1, 50), default=2, show_default=True, help="How many levels to show.")
@click.option("--full", is_flag=True, help="All levels, down to each answer.")
@anywhere
@settings
def how(chosen: Settings, case: str, form: str, depth: int, full: bool) -> None:
    """Show how the recommendation follows: the proof, short first; with --full down to each answer in CASE.

    \b
    Examples:
      whyso how case.yaml
      whyso how case.yaml --full
      whyso how - --format json < case.yaml
    """
    from assistant.explanation.proof import proof, proof_document
    from assistant.reasoning.decision import decide as decide_case
    from assistant.reports.data import proof_data

    policy, read = chosen.case(case)
    decision = decide_case(policy, read.answers, chosen.engine, read.own)
    if form == "json":
        echo_json(proof_data(proof(decision.inference, read.words), policy))
    else:
        echo(proof_document(decision, None if full else depth, read.words, deeper="--full shows all of it"))


@click.command()
@CASE
@click.option("--months", type=click.IntRange(1, 600), default=12, show_default=True, help="How many months to look.")
@formats("text", "json")
@anywhere
@settings
def costs(chosen: Settings, case: str, months: int, form: str) -> None:
    """Show what each option costs over the months, when one passes another, and where each figure comes from.

    CASE may hold figures of your own under `costs`, for an item or for an item of one option:
    {answers: {...}, costs: {Model hosting: 350, rag: {Vector storage: [40, 60]}}}.

    \b
    Examples:
      whyso costs case.yaml
      whyso costs case.yaml --months 36
      whyso costs case.yaml --format json
    """
    from assistant.explanation.costs import costs_document
    from assistant.reasoning.decision import decide as decide_case
    from assistant.reports.costs import costs_data

    policy, read = chosen.case(case)
    decision = decide_case(policy, read.answers, chosen.engine, read.own)
    if form == "json":
        echo_json(costs_data(decision, months))
    else:
        echo(costs_document(decision, months))


COMMANDS = (decide, how, costs)
