"""The chat on a Textual screen. It shows the conversation and decides nothing; only this package knows Textual."""

import os

# Textual paints at most so often a second, and reads this as it is imported. At its own 60, a reply that is ready
# waits up to 17 ms to be seen, which is as long as all the rest takes.
os.environ.setdefault("TEXTUAL_FPS", "120")
