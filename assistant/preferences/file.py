"""The settings file: read once at the beginning, and changed where a theme is chosen."""

import os
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import Finding, InputError, WhysoError
from assistant.preferences.model import Known, Settings


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A user's settings file, which need not be there. `path` is None where there is no place for one."""

    path: Path | None

    def read(self, known: Known) -> tuple[Settings, tuple[Finding, ...]]:
        """What holds, and what is wrong; never raises. A file that is not there sets nothing."""
        if self.path is None or not os.path.lexists(self.path):
            return Settings(), ()
        from assistant.preferences.reader import settings_in
        from assistant.reading.parser import read_regular

        try:
            return settings_in(read_regular(self.path, str(self.path)), str(self.path), known)
        except WhysoError as error:
            return Settings(), (Finding("unreadable", error.span, error.message, error.help),)

    def remember_theme(self, theme: str) -> None:
        """Makes `theme` the one of later sittings; raises `WhysoError` where that cannot be."""
        if self.path is None:
            raise InputError("there is no home folder to keep settings in", help="set WHYSO_CONFIG")
        from assistant.preferences.editing import replace_file, with_theme
        from assistant.reading.parser import read_regular

        before = read_regular(self.path, str(self.path)) if os.path.lexists(self.path) else b""
        after = with_theme(before, theme, str(self.path))
        if after != before:
            replace_file(self.path, after)
