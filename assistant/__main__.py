"""`python -m assistant` is `whyso`."""

from assistant.cli import main

main()
