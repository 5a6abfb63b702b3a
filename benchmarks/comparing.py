"""`whyso diff` on the shipped policy with one threshold changed: as a command, and step by step in one process."""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assistant.comparison.comparing import compare
from assistant.comparison.document import comparison_document, headline
from assistant.comparison.sides import loaded
from assistant.policy.folder import installed
from benchmarks.timing import duration, seconds, table

ROUNDS = 5
PARAM, BEFORE, AFTER = "high_update_frequency", "value: 7", "value: 6"


def changed(folder: Path) -> Path:
    """A copy of the shipped policy with one threshold changed."""
    copy = folder / "rules"
    shutil.copytree(installed("rules"), copy)
    head = copy / "policy.yaml"
    first, _, rest = head.read_text(encoding="utf-8").partition(f"param: {PARAM}")
    head.write_text(f"{first}param: {PARAM}{rest.replace(BEFORE, AFTER, 1)}", encoding="utf-8")
    return copy


def command(*arguments: str) -> float:
    """The least time that the command takes, from start to end, of several."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "assistant", *arguments], capture_output=True, check=False)
        best = min(best, time.perf_counter() - started)
        assert done.returncode == 1, done.stderr
    return best


def report() -> str:
    """The table of this page."""
    shipped = str(installed("rules"))
    with tempfile.TemporaryDirectory() as place:
        copy = str(changed(Path(place)))
        rows = [["`whyso diff`, the whole command", duration(command("diff", shipped, copy, "--no-sessions"))]]
        with loaded(shipped, copy, None) as sides:

            def anew() -> None:
                with loaded(shipped, copy, None):
                    pass

            found = compare(sides.before, sides.after, 10)
            rows.append(["loading both policies again", duration(seconds(anew))])
            rows.append(["comparing them", duration(seconds(lambda: compare(sides.before, sides.after, 10)))])
            rows.append(["telling it", duration(seconds(lambda: comparison_document(found, "a", "b")))])
    head = "## Comparing two policies"
    looked_at, shown = found.moves.looked_at, len(found.effects.found)
    text = (
        f"The shipped policy with `{PARAM}` at 6 instead of 7. {headline(found)}; {looked_at:,} kinds of complete "
        f"answers are looked at, {shown} other differences shown, and all else is proved to be the same."
    )
    return "\n\n".join([head, text, table(["what", "time"], rows)])
