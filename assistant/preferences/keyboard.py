"""Keys by name: how they are written in settings, which there are, and which a terminal cannot tell apart."""

MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta")
NAMES = (
    *("escape", "enter", "tab", "space", "backspace", "insert", "delete", "home", "end", "pageup", "pagedown"),
    *("up", "down", "left", "right"),
    *(f"f{number}" for number in range(1, 25)),
)
PUNCTUATION = {
    "at": "@",
    "backslash": "\\",
    "apostrophe": "'",
    "asterisk": "*",
    "circumflex_accent": "^",
    "colon": ":",
    "comma": ",",
    "equals_sign": "=",
    "full_stop": ".",
    "grave_accent": "`",
    "greater_than_sign": ">",
    "left_square_bracket": "[",
    "less_than_sign": "<",
    "minus": "-",
    "number_sign": "#",
    "plus": "+",
    "question_mark": "?",
    "right_square_bracket": "]",
    "semicolon": ";",
    "slash": "/",
    "tilde": "~",
    "underscore": "_",
}
SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape", "ctrl+h": "backspace"}
"""What a terminal sends alike."""
FOR_TYPING = frozenset(("enter", "tab", "shift+tab", "space", "backspace", "delete", "left", "right", "home", "end"))
"""Keys that the line one types in cannot do without."""
_ALIASES = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "pgdown": "pagedown"}
_SIGNS = {sign: name for name, sign in PUNCTUATION.items()}


class BadKeyError(Exception):
    """What is wrong with a key as it is written, and what to write instead."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def key_of(written: str) -> str:
    """The one name of a key that may be written in many ways (`Ctrl+S`, `shift+ctrl+S`); raises `BadKeyError`."""
    *before, last = _parts(written.strip())
    modifiers = {part.lower() for part in before}
    name = _SIGNS.get(last, _ALIASES.get(last.lower(), last if len(last) == 1 and not before else last.lower()))
    single = len(name) == 1 and name.isprintable() and not name.isspace()
    if modifiers - set(MODIFIERS) or not (single or name in NAMES or name in _SIGNS.values()):
        raise BadKeyError("there is no such key", "write it like `ctrl+s`, `alt+up` or `f9`")
    if name not in NAMES and not modifiers & {"ctrl", "alt", "super", "hyper", "meta"}:
        raise BadKeyError("this key types a character", f"add a modifier, such as `alt+{name.lower()}`, or take `f9`")
    key = "+".join([*sorted(modifiers), name])
    if key in SAME:
        raise BadKeyError(f"a terminal sends it as `{SAME[key]}`", "take another key")
    return key


def _parts(written: str) -> list[str]:
    """A key's modifiers and its name; a plus sign at the end is the key of that name."""
    if written.endswith("++"):
        return [*written[:-2].split("+"), "+"]
    return [part.strip() for part in written.split("+")] if written != "+" else ["+"]


def spoken(key: str) -> str:
    """A key as people read it: `Ctrl+S`, `F9`, `PageUp`."""
    *before, name = key.split("+")
    shown = {"pageup": "PageUp", "pagedown": "PageDown"}.get(name) or PUNCTUATION.get(name) or name.capitalize()
    return "+".join([*(part.capitalize() for part in before), shown])
