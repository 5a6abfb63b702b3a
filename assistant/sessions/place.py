"""Where conversations are kept: the folder for the user's data, by the platform's rules."""

import os
from pathlib import Path

from assistant.sessions.errors import StoreError

VARIABLE = "WHYSO_DATA"
FILE = "sessions.db"


def data_file() -> Path:
    """The file of conversations: in the folder that WHYSO_DATA names, else in the platform's own."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen).absolute() / FILE
    from platformdirs import user_data_path

    folder = user_data_path("whyso", appauthor=False)
    if not folder.is_absolute():
        raise StoreError("there is no home folder to keep conversations in", help=f"set {VARIABLE}", lasting=True)
    return folder / FILE
