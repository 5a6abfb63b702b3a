"""`make bench`: measures everything side by side and writes docs/benchmarks.md."""

import os
import platform
from importlib import import_module
from pathlib import Path

PAGES = (
    *("deciding", "asking", "answers", "reading", "many", "others", "growth"),
    *("checking", "testing", "comparing", "chat", "keystrokes"),
)
TARGET = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def main() -> None:
    """Runs every page in order and writes what it says."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    parts = ["# Benchmarks", f"Written by `make bench`. Each table was measured in one run, side by side. {machine}."]
    for name in PAGES:
        print(f"measuring: {name}", flush=True)
        parts.append(import_module(f"benchmarks.{name}").report())
    TARGET.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print("\n\n".join(parts))


if __name__ == "__main__":
    main()
