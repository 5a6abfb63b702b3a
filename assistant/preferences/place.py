"""Where the settings file is: the folder for the user's configuration, by the platform's rules."""

import os
from pathlib import Path

VARIABLE = "WHYSO_CONFIG"
FILE = "settings.yaml"


def settings_path() -> Path | None:
    """The settings file, in the folder that WHYSO_CONFIG names, else in the platform's own; None without a home."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen).absolute() / FILE
    from platformdirs import user_config_path

    folder = user_config_path("whyso", appauthor=False)
    return folder / FILE if folder.is_absolute() else None
