"""Running the command line: within this process, which is quick, or as a process of its own."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import main

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "rules" / "cases"
WORKED = CASES / "worked-example.yaml"


def run(*arguments: str | Path, stdin: str | bytes = b"", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """What a command makes of its arguments and its standard input, within this process."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["whyso", *map(str, arguments)])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        patch.chdir(cwd)
        patch.setenv("COLUMNS", "100")
        with pytest.raises(SystemExit) as ended:
            main()
    for stream in (out, err):
        stream.flush()
    told = [stream.detach().getvalue().decode() for stream in (out, err)]
    return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), *told)


def process(*arguments: str | Path, stdin: str | bytes = b"", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The same as a process of its own, as other programs run it."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *map(str, arguments)],
        input=data,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"},
        timeout=60,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
