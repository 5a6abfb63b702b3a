"""What happens when the terminal goes away, as with a lost SSH connection: the process ends, and nothing is lost.

Every turn is saved once it is over, so there is nothing to be done but to end. Without a terminal Textual can no longer
end by itself: what it writes waits for a terminal that never reads again.
"""

import os
from threading import Thread
from time import sleep

LOOKS_EVERY_SECONDS = 1.0
GONE = 129
"""The exit code of a process that SIGHUP ended."""


def end_with_terminal(descriptor: int) -> None:
    """Ends the process once the terminal behind an open file is gone."""
    if os.isatty(descriptor):
        Thread(target=_watch, args=(descriptor,), name="whyso-terminal", daemon=True).start()


def _watch(descriptor: int) -> None:
    while os.isatty(descriptor):
        sleep(LOOKS_EVERY_SECONDS)
    os._exit(GONE)
