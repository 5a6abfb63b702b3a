"""`whyso test`: the shipped tests, their coverage, the mutants of its rules; case files in one process and in two."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from assistant.policy.folder import installed
from assistant.reasoning.loading import load_policy
from assistant.trials.running import cases_at, run_tests
from benchmarks.timing import duration, table

FILES = 1000


def timed(name: str, run: Callable[[], object], rounds: int = 3) -> list[str]:
    """A row: the least time of a few rounds."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return [name, duration(min(times))]


def command(*options: str) -> None:
    """The command as a user runs it."""
    subprocess.run([sys.executable, "-m", "assistant", "test", *options], capture_output=True, check=True)


def report() -> str:
    """The table of this page."""
    rows = [
        timed("`whyso test`", command),
        timed("`whyso test --coverage`", partial(command, "--coverage")),
        timed("`whyso test --mutate`", partial(command, "--mutate")),
    ]
    policy = load_policy()
    text = (installed("rules") / "cases" / "worked-example.yaml").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for number in range(FILES):
            (Path(folder) / f"case-{number:04}.yaml").write_text(text, encoding="utf-8")
        files = cases_at(Path(folder))
        for jobs in (1, 2):
            name = f"{FILES:,} more case files, --jobs {jobs}, within a process"
            rows.append(timed(name, partial(run_tests, policy, files, jobs=jobs)))
    head = "## Testing a policy"
    said = "The shipped policy, as a command with start-up and loading; of mutation, z3's proofs included."
    return "\n\n".join([head, said, table(["what", "time"], rows)])
