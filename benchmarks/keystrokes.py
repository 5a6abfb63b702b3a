"""From a key to the last byte of what it paints, in a real pseudo-terminal: the chat beside other Textual apps."""

import importlib.metadata
import shutil
import sys
from pathlib import Path

from benchmarks.terminal import Terminal
from benchmarks.timing import duration, median, quantile, table

ROUNDS = 15
KEYS = {
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "escape": "\x1b",
    "ctrl+f": "\x06",
    "ctrl+o": "\x0f",
    "ctrl+p": "\x10",
    "down": "\x1b[B",
    "left": "\x1b[D",
    "right": "\x1b[C",
    "up": "\x1b[A",
    "backspace": "\x7f",
}
"""What a terminal sends. A lone escape is never timed, since a terminal waits a while to see whether more follows."""
MEASURED: tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    ("a letter in the prompt", (), ("x", "backspace"), ()),
    ("a slash: all commands", (), ("/", "backspace"), ()),
    ("in the list of commands", ("/",), ("down", "up"), ("escape", "backspace")),
    ("among the choices", (), ("down", "up"), ("escape",)),
    ("a letter in a search", ("ctrl+f",), ("e", "backspace"), ("escape",)),
    ("F2 and again", (), ("f2", "f2"), ("escape",)),
    ("F3 and again", (), ("f3", "f3"), ("escape",)),
    ("F4 and again", (), ("f4", "f4"), ("escape",)),
    ("F5 and again", (), ("f5", "f5"), ("escape",)),
    ("F6 and again", (), ("f6", "f6"), ("escape",)),
    ("F7 and again", (), ("f7", "f7"), ("escape",)),
    ("moving in the case", ("f2",), ("down", "up"), ("f2",)),
    ("moving in the reasons", ("f3",), ("down", "up"), ("f3",)),
    ("moving in the sources", ("f4",), ("down", "up"), ("f4",)),
    ("scrubbing the costs", ("f5",), ("right", "left"), ("f5",)),
    ("moving in the alternatives", ("f6",), ("down", "up"), ("f6",)),
    ("trying a value out", ("f7", "down"), ("right", "left"), ("f7",)),
    ("jump mode and back", (), ("ctrl+o", "0"), ()),
)
"""What is measured, the keys that lead there, those that are measured in turn, and those that lead back."""
ANSWERS = ("5000", "300", "no", "no", "no", "no", "7", "yes", "3", "2", "no")


def code(key: str) -> str:
    """The characters of a key."""
    return KEYS.get(key, key)


def strokes(terminal: Terminal, before: tuple[str, ...], keys: tuple[str, ...], after: tuple[str, ...]) -> list[float]:
    """Seconds from each key to the last byte that it brings; keys that paint nothing count for nothing."""
    taken = []
    for key in before:
        terminal.stroke(code(key))
    for _ in range(ROUNDS):
        taken += [terminal.stroke(code(key)) for key in keys]
    for key in after:
        terminal.stroke(code(key))
    return [seconds for seconds in taken if seconds > 0]


def row(name: str, taken: list[float]) -> list[str]:
    """A line of the table."""
    if not taken:
        return [name, "paints nothing", ""]
    return [name, duration(median(taken)), duration(quantile(taken, 0.95))]


def chat_rows() -> list[list[str]]:
    """The chat after a whole conversation, place by place."""
    with Terminal("assistant") as terminal:
        terminal.until(" to ask")
        terminal.settle(0.3)
        for answer in ANSWERS:
            terminal.type(f"{answer}\r")
            terminal.settle(0.3)
        return [row(f"whyso, {name}", strokes(terminal, *keys)) for name, *keys in MEASURED]


def bare_row() -> list[str]:
    """A letter in the line of a bare app."""
    with Terminal("benchmarks.bare_app") as terminal:
        terminal.until("Bare and ready")
        terminal.settle(0.3)
        return row("a bare Textual app, a letter", strokes(terminal, (), ("x", "backspace"), ()))


def harlequin_row() -> list[str]:
    """A letter in the editor of harlequin, a well-known Textual app."""
    version = importlib.metadata.version("harlequin")
    program = shutil.which("harlequin") or str(Path(sys.executable).with_name("harlequin"))
    with Terminal(program, ("--no-download-tzdata", ":memory:")) as terminal:
        terminal.until("Query Editor")
        terminal.settle(0.4)
        return row(f"harlequin {version}, a letter", strokes(terminal, (), ("x", "backspace"), ()))


def report() -> str:
    """The table of this page."""
    rows = [bare_row(), *chat_rows(), harlequin_row()]
    return "\n\n".join(
        [
            "## A key to the painted screen, in a terminal of 120x40",
            f"To the last byte that a key brings, {2 * ROUNDS} keys each, after a conversation up to its end:",
            table(["where", "median", "95th percentile"], rows),
        ]
    )
