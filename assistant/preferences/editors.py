"""The user's editor: which command it is, and how each is told the line at which to open a file. Pure."""

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

FILE, LINE = "{file}", "{line}"
EDITOR_HELP = "write a command, such as `nano`, `code --wait` or `my-editor --at {line} {file}`"
NONE_SET = "set `editor:` in settings.yaml, or VISUAL or EDITOR in the environment"

_IN_TERMINAL = {
    "+": "vi vim nvim view ex vis nano pico rnano emacs emacsclient kak micro joe jmacs jed mg ne mcedit",
    ":": "hx helix",
}
_IN_WINDOWS = {
    "+": "gvim mvim gedit gnome-text-editor xed pluma geany bbedit leafpad mousepad",
    ":": "subl sublime_text zed zeditor zedit pulsar atom lapce",
    "-g": "code code-insiders codium vscodium cursor windsurf positron trae",
    "--line": "kate kwrite idea pycharm webstorm phpstorm clion goland rider rubymine rustrover datagrip fleet studio",
    "-l": "mate",
}


@dataclass(frozen=True, slots=True)
class Command:
    """What to run, as a list of arguments; `waits` where the terminal is the editor's until it ends."""

    arguments: tuple[str, ...]
    waits: bool = True

    @property
    def name(self) -> str:
        """The program."""
        return self.arguments[0]


def editor_chosen(setting: str | None, environment: Mapping[str, str] = os.environ) -> str | None:
    """The editor's command: the setting, else VISUAL, else EDITOR; None where nobody says."""
    chosen = (setting, environment.get("VISUAL"), environment.get("EDITOR"))
    return next((one.strip() for one in chosen if one and one.strip()), None)


def command_fault(written: str) -> str | None:
    """What is wrong with an editor's command as it is written; None where nothing is."""
    try:
        parts = shlex.split(written)
    except ValueError as error:
        return str(error).lower()
    return None if [part for part in parts if part != "&"] else "it names no program"


def command_for(written: str, file: str, line: int) -> Command:
    """The command that opens `file` at `line`.

    `{file}` and `{line}` in it are filled in; without them a known editor gets the line in its own way, any other one
    the file alone. One that opens a window of its own, or that ends in `&`, is not waited for. Raises `ValueError`
    where `command_fault` tells of one.
    """
    fault = command_fault(written)
    if fault is not None:
        raise ValueError(fault)
    parts = shlex.split(written)
    apart = parts[-1] == "&"
    parts = [part for part in parts if part != "&"]
    style, windowed = _style(parts[0])
    if any(FILE in part or LINE in part for part in parts):
        filled = [part.replace(FILE, file).replace(LINE, str(line)) for part in parts]
        named = filled if any(FILE in part for part in parts) else [*filled, file]
        return Command(tuple(named), not (apart or windowed))
    places: Mapping[str, tuple[str, ...]] = {
        "+": (f"+{line}", file),
        ":": (f"{file}:{line}",),
        "-g": ("-g", f"{file}:{line}"),
        "--line": ("--line", str(line), file),
        "-l": ("-l", str(line), file),
    }
    return Command((*parts, *places.get(style, (file,))), not (apart or windowed))


def _style(program: str) -> tuple[str, bool]:
    """How a program is told the line, empty where that is not known; and whether it opens a window of its own."""
    name = PurePath(program.replace("\\", "/")).name.lower()
    for ending in (".exe", ".cmd", ".bat", ".sh"):
        name = name.removesuffix(ending)
    for windowed, styles in ((False, _IN_TERMINAL), (True, _IN_WINDOWS)):
        for style, names in styles.items():
            if name in names.split():
                return style, windowed
    return "", False
