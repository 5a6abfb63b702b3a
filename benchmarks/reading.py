"""Reading facts out of free text: time for each utterance of the tests, and for a message of the most that is read."""

import time

from assistant.dialogue.understanding import read
from assistant.dialogue.understanding.tokens import MAX_READ
from assistant.policy.syntax import Policy
from assistant.reasoning.loading import load_policy
from benchmarks.timing import duration, median, quantile, table
from tests.dialogue.utterances import score, utterances

FILES = ("development.yaml", "development_more.yaml")
ROUNDS = 5


def times(policy: Policy, name: str) -> list[float]:
    """Seconds for each utterance of a file, the least of several rounds."""
    found = []
    for utterance in utterances(name):
        taken = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            read(policy, utterance["says"], utterance.get("asked"))
            taken.append(time.perf_counter() - started)
        found.append(min(taken))
    return found


def report() -> str:
    """The table of this page."""
    policy = load_policy()
    started = time.perf_counter()
    read(policy, "")
    compiled = time.perf_counter() - started
    rows = []
    for name in FILES:
        taken, reached = times(policy, name), score(policy, name)
        rows.append(
            [
                f"{name}, {len(taken)}",
                duration(median(taken)),
                duration(quantile(taken, 0.95)),
                duration(max(taken)),
                f"{reached.precision:.3f}",
                f"{reached.recall:.3f}",
            ]
        )
    longest = " ".join(utterance["says"] for utterance in utterances(FILES[0]))[:MAX_READ]
    started = time.perf_counter()
    read(policy, longest)
    return "\n\n".join(
        [
            "## Reading facts out of free text",
            table(["utterances", "median", "95th percentile", "slowest", "precision", "recall"], rows),
            f"Compiling the vocabulary, once for a policy: {duration(compiled)}. A message of {MAX_READ:,} characters, "
            f"the most that is read: {duration(time.perf_counter() - started)}.",
        ]
    )
