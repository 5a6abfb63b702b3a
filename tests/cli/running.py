"""Running the command line as a process, as other programs do."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "rules" / "cases"
WORKED = CASES / "worked-example.yaml"


def run(*arguments: str | Path, stdin: str | bytes = b"", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """What a command makes of its arguments and its standard input."""
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
