"""The command line: reads the arguments, calls one function, prints. Exit codes are those of docs/contract.md.

Nothing heavy is imported until a command needs it, so that `--version` and `--help` answer at once.
"""

import atexit
import gc
import os
import sys

import click

from assistant import __version__
from assistant.cli import (
    asking,
    authoring,
    comparing,
    contrasts,
    conversations,
    deciding,
    editing,
    policies,
    records,
    stand_ins,
    telling,
    testing,
)
from assistant.cli.settings import Settings, anywhere, talking
from assistant.errors import WhysoError


def _version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        from assistant.reasoning.engines import described

        click.echo(f"whyso {__version__} ({described()}, Python {sys.version.split()[0]})")
        context.exit()


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and engine."
)
@talking
@anywhere
@click.pass_context
def whyso(context: click.Context) -> None:
    """Fine-tuning, RAG or both? whyso asks, decides by rules, and shows why.

    Without a command it opens the chat.

    \b
    Examples:
      whyso                                  talk it through
      whyso resume                           take up the latest conversation again
      whyso decide case.yaml                 decide on answers in a file
      echo '{answers: {data_volume: 5000}}' | whyso decide -
      whyso how case.yaml                    the proof, down to the answers
      whyso ask "what does RAG cost?"        an answer from the article
      whyso knowledge cost.rag               a passage and the rules resting on it
      whyso init my-policy                   a layer of your own over the shipped policy
      whyso report case.yaml --format adr    a decision record to hand over
      whyso verify record.md                 whether a record still follows from its facts
      whyso check my-policy                  every fault in a policy, with its place
      whyso test my-policy --mutate          which changes of its rules no test would notice
      whyso diff HEAD my-policy              what an edit changes, and for whom
    """
    if context.invoked_subcommand is None:
        conversations.chat(context.find_root().ensure_object(Settings))


GROUPS = (
    *(deciding, telling, contrasts, asking, policies),
    *(testing, comparing, authoring, editing, records, conversations),
)
for module in GROUPS:
    for command in module.COMMANDS:
        whyso.add_command(command)


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


def _silence_stdout() -> None:
    """Points standard output at nothing, so that closing it at exit cannot fail."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # open until the process ends


def _unsaid(unraisable: object) -> None:
    """Says nothing of what goes wrong while things are taken apart."""


def main() -> None:
    """The console script: every outcome becomes a message and an exit code."""
    atexit.register(gc.freeze)  # to look through all there is for cycles, at the end, takes longer than some commands
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=stand_ins.NAME)
    try:
        code = whyso.main(standalone_mode=False, prog_name="whyso")
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = 2
    except WhysoError as error:
        click.echo(str(error), err=True)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        sys.unraisablehook = _unsaid  # what was interrupted while it was made may not end well either
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
