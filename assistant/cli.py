"""The command line: reads the arguments, calls one function, prints. Exit codes are those of docs/contract.md.

Nothing heavy is imported until a command needs it, so that `--version` and `--help` answer at once.
"""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

from assistant import __version__
from assistant.errors import InputError, WhysoError, did_you_mean, shown

if TYPE_CHECKING:
    from assistant.explanation.document import Document
    from assistant.policy.syntax import Policy
    from assistant.reasoning.cases import Case

F = TypeVar("F", bound=Callable[..., Any])
MAX_CASE_BYTES = 1 << 20


class Settings:
    """What `--policy` and `--engine` say, wherever on the line they stand."""

    policy: str | None = None
    engine: str | None = None

    def load(self) -> "Policy":
        """The policy in force."""
        from assistant.reasoning.loading import load_policy

        return load_policy(Path(self.policy) if self.policy else None)


settings = click.make_pass_decorator(Settings, ensure=True)


def _remember(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        setattr(context.find_root().ensure_object(Settings), str(parameter.name), value)


def anywhere(function: F) -> F:
    """The options that may stand before or after the command."""
    policy = click.option(
        "--policy",
        metavar="DIR",
        type=click.Path(),
        expose_value=False,
        callback=_remember,
        help="The policy's folder; the shipped one without it.",
    )
    engine = click.option(
        "--engine",
        type=click.Choice(["durable", "reference"]),
        expose_value=False,
        callback=_remember,
        help="The rule engine; durable where it imports.",
    )
    return policy(engine(function))


def formats(*names: str) -> Callable[[F], F]:
    """`--format`, the first name being the default."""
    return click.option("--format", "form", type=click.Choice(names), default=names[0], help="How to print the result.")


def _version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        from assistant.reasoning.engines import described

        click.echo(f"whyso {__version__} ({described()}, Python {sys.version.split()[0]})")
        context.exit()


def echo(document: "Document") -> None:
    """Prints a document for people: as wide as the terminal, in colour only where that is wanted."""
    from assistant.explanation.plain import lines_of

    terminal = sys.stdout.isatty()
    width = min(os.get_terminal_size().columns, 100) if terminal else 100
    colour = terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    click.echo(lines_of(document, width, colour=colour), color=colour or None)


def echo_json(data: Any) -> None:
    """Prints data for programs."""
    from assistant.reports.data import dumps

    click.echo(dumps(data))


def _completing(names: "Callable[[Policy], list[str]]") -> Callable[..., list[str]]:
    """Shell completion from what the policy in force holds."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        try:
            known = names(context.find_root().ensure_object(Settings).load())
        except WhysoError:
            return []
        return [name for name in known if name.startswith(incomplete)]

    return complete


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and engine."
)
@click.option("--plain", is_flag=True, help="Chat in plain lines on standard input and output.")
@anywhere
@click.pass_context
def whyso(context: click.Context, plain: bool) -> None:
    """Fine-tuning, RAG or both? whyso asks, decides by rules, and shows why.

    Without a command it opens the chat.

    \b
    Examples:
      whyso                                  talk it through
      whyso decide case.yaml                 decide on answers in a file
      echo '{answers: {data_volume: 5000}}' | whyso decide -
      whyso how case.yaml                    the proof, down to the answers
      whyso knowledge cost.rag               a passage and the rules resting on it
      whyso check my-policy                  every fault in a policy, with its place
    """
    if context.invoked_subcommand is None:
        _chat(context.find_root().ensure_object(Settings), plain)


def _chat(chosen: Settings, plain: bool) -> None:
    if plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
        from assistant.dialogue.lines import converse

        converse(chosen.load(), chosen.engine, sys.stdin, sys.stdout)
        return
    from assistant.tui.app import WhysoApp

    app = WhysoApp(chosen.load, chosen.engine)
    app.run()
    if app.failure is not None:
        raise app.failure


def read_input(name: str, limit: int = MAX_CASE_BYTES) -> tuple[bytes, str]:
    """The bytes of a file, or of standard input for `-`, and how messages name them."""
    from assistant.policy.folder import displayed
    from assistant.reading.parser import read_bytes

    if name != "-":
        path = Path(name)
        return read_bytes(path, displayed(path), limit), displayed(path)
    data = sys.stdin.buffer.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"standard input is larger than {limit >> 20} MiB")
    return data, "<stdin>"


def _case(chosen: Settings, name: str) -> "tuple[Policy, Case]":
    from assistant.reasoning.cases import read_case

    policy = chosen.load()
    data, shown_name = read_input(name)
    return policy, read_case(data, shown_name, policy)


CASE = click.argument("case", metavar="CASE")


@whyso.command()
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
    policy, read = _case(chosen, case)
    decision = decide_case(policy, read.answers, chosen.engine)
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
                click.echo(dumps(decision_data(decide_case(policy, case.answers, chosen.engine)), compact=True))
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


@whyso.command()
@CASE
@formats("text", "json")
@click.option("--depth", type=click.IntRange(1, 50), default=20, help="How many levels to show.")
@anywhere
@settings
def how(chosen: Settings, case: str, form: str, depth: int) -> None:
    """Show how the recommendation follows: the proof, down to the answers in CASE.

    \b
    Examples:
      whyso how case.yaml
      whyso how case.yaml --depth 2
      whyso how - --format json < case.yaml
    """
    from assistant.explanation.proof import proof, proof_document
    from assistant.reasoning.decision import decide as decide_case
    from assistant.reports.data import step_data

    policy, read = _case(chosen, case)
    inference = decide_case(policy, read.answers, chosen.engine).inference
    if form == "json":
        echo_json(step_data(proof(inference), policy))
    else:
        echo(proof_document(inference, depth))


@whyso.command()
@click.argument("folder", required=False, metavar="[POLICY]")
@formats("text", "json")
@anywhere
@settings
def check(chosen: Settings, folder: str | None, form: str) -> None:
    """Check a policy: every fault in its files, its examples and its cases.

    \b
    Examples:
      whyso check                  the shipped policy
      whyso check my-policy
    """
    from assistant.policy.folder import installed
    from assistant.reasoning.loading import all_findings
    from assistant.reports.data import finding_data

    named = folder or chosen.policy
    checked, findings = all_findings(Path(named) if named else installed("rules"), chosen.engine)
    if form == "json":
        echo_json([finding_data(finding) for finding in findings])
    elif findings:
        for finding in findings:
            click.echo(str(finding), err=True)
    elif checked is not None:
        examples = sum(len(rule.examples) for rule in checked.rules)
        rules, facts = len(checked.rules), len(checked.facts)
        click.echo(f"{checked.id} {checked.version}: {rules} rules, {facts} facts, {examples} examples: no faults")
    if findings:
        raise SystemExit(1)


@whyso.command()
@click.argument("rule", required=False, shell_complete=_completing(lambda policy: sorted(policy.by_id)))
@formats("text", "json")
@anywhere
@settings
def rules(chosen: Settings, rule: str | None, form: str) -> None:
    """List the rules of the policy, or show one: its condition, effects, ground and examples.

    \b
    Examples:
      whyso rules
      whyso rules volatile-sources-favour-rag
    """
    from assistant.explanation.pages import rule_page, rules_index
    from assistant.reports.data import rule_data

    policy = chosen.load()
    if rule is None:
        if form == "json":
            echo_json([rule_data(one, policy) for one in policy.rules])
        else:
            echo(rules_index(policy, policy.rules))
        return
    found = policy.by_id.get(rule)
    if found is None:
        raise InputError(f"there is no rule `{shown(rule)}`", help=did_you_mean(rule, policy.by_id))
    if form == "json":
        echo_json(rule_data(found, policy))
    else:
        echo(rule_page(policy, found))


@whyso.command()
@click.argument("passage", required=False, shell_complete=_completing(lambda policy: list(policy.source.by_id)))
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


@whyso.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the shell's completion script.

    \b
    Examples:
      eval "$(whyso completion bash)"
      whyso completion fish > ~/.config/fish/completions/whyso.fish
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(whyso, {}, "whyso", "_WHYSO_COMPLETE").source())


def _explain(error: WhysoError) -> None:
    click.echo(str(error), err=True)


def _silence_stdout() -> None:
    """Points standard output at nothing, so that closing it at exit cannot fail."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # open until the process ends


def main() -> None:
    """The console script: every outcome becomes a message and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = whyso.main(standalone_mode=False, prog_name="whyso")
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = 2
    except WhysoError as error:
        _explain(error)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        code = 130
    except BrokenPipeError:
        _silence_stdout()
        code = 0
    except OSError as error:
        _silence_stdout()
        click.echo(f"cannot write the output: {(error.strerror or str(error)).lower()}", err=True)
        code = 2
    raise SystemExit(code if isinstance(code, int) else 0)
