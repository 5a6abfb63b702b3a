"""The command that tests a policy: test."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.settings import Settings, anywhere, echo_json, formats, read_input, settings
from assistant.errors import PolicyError

FLOOR = 0.95
"""The share of the mutants that tests should notice."""

if TYPE_CHECKING:
    from assistant.cli.in_force import InForce
    from assistant.trials.coverage import Coverage
    from assistant.trials.mutation import Mutation
    from assistant.trials.running import NamedCase, Ran


@click.command()
@click.argument("paths", nargs=-1, metavar="[POLICY] [CASE]...")
@click.option("--coverage", is_flag=True, help="What no test runs into, each with a test that would.")
@click.option("--mutate", is_flag=True, help="Which changes of the rules no test notices, each with a test that would.")
@click.option("--floor", type=click.FloatRange(0, 1), help="The least mutation score, 0.95 without it; and coverage.")
@click.option("--limit", type=click.FloatRange(0, 3600), help="Seconds: 25 for coverage, 60 for mutation without it.")
@click.option("--jobs", type=click.IntRange(1, 64), help="How many processes; without it as many as pay.")
@formats("text", "json")
@anywhere
@settings
def test(
    chosen: Settings,
    paths: tuple[str, ...],
    coverage: bool,
    mutate: bool,
    floor: float | None,
    limit: float | None,
    jobs: int | None,
    form: str,
) -> None:
    """Test a policy: the examples of its rules and its cases, and CASE files or folders of them beside.

    Tests run on the reference; with --engine durable on durable-rules too.

    \b
    Examples:
      whyso test                            the policy in force
      whyso test my-policy --coverage       what no test runs into
      whyso test my-policy --mutate         what could change unnoticed
      whyso test regression/ --policy my-policy
    """
    named, extra = _asked(chosen, paths)
    ran = _ran(named, extra, chosen.engine, jobs)
    covered = _covered(ran, limit) if coverage else None
    mutated = _mutated(ran, limit, jobs) if mutate else None
    least = FLOOR if floor is None else floor
    if form == "json":
        from assistant.reports.testing import tests_data

        echo_json(tests_data(ran, covered, mutated, least))
    else:
        _tell(ran, covered, mutated, least)
    low = mutated is not None and mutated.score < least
    bare = covered is not None and floor is not None and covered.share < floor
    if not ran.holds or low or bare:
        raise SystemExit(1)


def _asked(chosen: Settings, paths: tuple[str, ...]) -> "tuple[InForce, list[NamedCase]]":
    """The policy that is named among the paths, else the one in force; and the cases that are."""
    from assistant.cli.in_force import InForce
    from assistant.policy.folder import HEAD
    from assistant.trials.running import NamedCase, cases_at

    folders = [path for path in paths if (Path(path) / HEAD).exists()]
    if len(folders) > 1:
        raise click.UsageError(f"one policy at a time: {folders[0]} and {folders[1]} are two")
    extra: list[NamedCase] = []
    for path in paths:
        if path == "-":
            data, name = read_input(path)
            extra.append(NamedCase(Path(name), data=data))
        elif path not in folders:
            extra += cases_at(Path(path))
    return (InForce(Path(folders[0])) if folders else chosen.in_force), extra


def _ran(named: "InForce", extra: "list[NamedCase]", engine: str | None, jobs: int | None) -> "Ran":
    """The tests of a policy without faults, run."""
    from assistant.policy.compiler import compile_policy
    from assistant.policy.folder import installed
    from assistant.trials.running import run_tests

    with named.told():
        compiled = compile_policy(named.folder or installed("rules"))
        if compiled.policy is None or compiled.findings:
            raise PolicyError(compiled.findings)
    return run_tests(compiled.policy, extra, engine, jobs)


def _covered(ran: "Ran", limit: float | None) -> "Coverage":
    from assistant.trials.coverage import LIMIT, cover

    return cover(ran, LIMIT if limit is None else limit)


def _mutated(ran: "Ran", limit: float | None, jobs: int | None) -> "Mutation":
    from assistant.trials.mutation import LIMIT, mutate

    return mutate(ran, LIMIT if limit is None else limit, jobs)


def _tell(ran: "Ran", covered: "Coverage | None", mutated: "Mutation | None", floor: float) -> None:
    from assistant.trials.running import summary

    for finding in ran.findings:
        click.echo(str(finding), err=True)
    click.echo(summary(ran))
    if covered is None and mutated is None:
        return
    from assistant.trials.wording import coverage_lines, mutation_lines

    for line in coverage_lines(ran, covered) if covered else ():
        click.echo(line)
    for line in mutation_lines(ran, mutated, floor) if mutated else ():
        click.echo(line)


COMMANDS = (test,)
