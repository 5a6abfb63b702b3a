"""`whyso check`: the shipped policy as a whole, and the analysis alone of generated policies and of a hostile one."""

import time
from collections import Counter
from collections.abc import Callable
from functools import partial

from assistant.analysis.checking import analysed, check_folder
from assistant.errors import Finding
from assistant.policy.folder import installed
from assistant.reasoning.loading import load_policy
from benchmarks.growth import SIZES, generated
from benchmarks.timing import duration, table
from tests.analysis.test_fuzz import hostile


def timed(name: str, run: Callable[[], list[Finding]]) -> list[str]:
    """A row: how long it took, how many findings there were, and of how many codes not all was proved."""
    started = time.perf_counter()
    found = run()
    taken = time.perf_counter() - started
    severities = Counter(finding.severity for finding in found)
    unproved = sum(finding.code == "unproved" for finding in found)
    return [name, duration(taken), str(severities["error"] + severities["warning"]), str(unproved)]


def report() -> str:
    """The table of this page."""
    shipped = load_policy()

    rows = [timed("shipped, with loading, examples and cases", lambda: list(check_folder(installed("rules")).findings))]
    rows.append(timed("shipped, the analysis alone", partial(analysed, shipped)))
    for size in SIZES:
        rows.append(timed(f"{size:,} generated rules, the analysis alone", partial(analysed, generated(size, shipped))))
    rows.append(timed("3,000 hostile rules, given 5 s", partial(analysed, hostile(3000), limit=5)))
    head = "## Checking a policy"
    text = (
        "In a process that has loaded the policy before, z3 included. What is not proved in time is said, code by code."
    )
    return "\n\n".join([head, text, table(["what", "time", "findings", "codes not proved in full"], rows)])
