"""The chat in a real pseudo-terminal: first paint against a bare Textual app, and Enter to painted reply."""

from benchmarks.terminal import Terminal
from benchmarks.timing import duration, median, quantile, table

ROUNDS = 7
CONVERSATIONS = 3
FIRST_WORDS = "Reading the rules"
PAINTED = ("Noted", "takes", "Left open", "understand", "Costs", "step by step", "What you")
REPLIES = ("5000", "300", "no", "no", "no", "no", "7", "yes", "3", "2", "no")


def first_paints(module: str, marker: str) -> list[float]:
    """Seconds until a program's first frame, each in a process of its own."""
    taken = []
    for _ in range(ROUNDS):
        with Terminal(module) as terminal:
            taken.append(terminal.until(marker))
    return taken


def questions_paints() -> list[float]:
    """Seconds until the chat has loaded its policy and asks its first question."""
    taken = []
    for _ in range(ROUNDS):
        with Terminal("assistant") as terminal:
            taken.append(terminal.until(" to ask"))
    return taken


def turns() -> list[float]:
    """Seconds from Enter until the reply is painted, over whole conversations up to the conclusion."""
    taken = []
    for _ in range(CONVERSATIONS):
        with Terminal("assistant") as terminal:
            terminal.until(" to ask")
            terminal.settle()
            for reply in REPLIES:
                terminal.type(reply)
                terminal.settle()
                pressed = terminal.type("\r")
                taken.append(terminal.until(*PAINTED, since=pressed))
                terminal.settle()
    return taken


def report() -> str:
    """The tables of this page."""
    bare, chat = first_paints("benchmarks.bare_app", "Bare and ready"), first_paints("assistant", FIRST_WORDS)
    asked, replied = questions_paints(), turns()
    rows = [
        ["a bare Textual app with the same widgets", duration(median(bare)), "1"],
        ["whyso, first frame", duration(median(chat)), f"{median(chat) / median(bare):.2f}"],
        ["whyso, policy loaded and first question", duration(median(asked)), f"{median(asked) / median(bare):.2f}"],
    ]
    return "\n\n".join(
        [
            "## The chat, in a terminal of 120x40",
            f"From the start of the process, median of {ROUNDS}:",
            table(["first paint", "time", "times the bare app"], rows),
            f"Enter to the painted reply, {len(replied)} turns: {duration(median(replied))} "
            f"at the median, {duration(quantile(replied, 0.95))} at the 95th percentile.",
        ]
    )
