"""Signs for output that cannot carry every character: each stands in as many columns as what it stands for.

Registered as an error handler of encodings, so that no part of the program needs to know what the terminal takes.
"""

import codecs
import unicodedata

NAME = "whyso.stand_ins"
"""The name under which streams know it."""

_SIGNS = {
    "‐‑‒–—―─━": "-",
    "│┃║▌▐▏▎▍▕": "|",
    "┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝": "+",
    "‘’‚‛′": "'",
    "“”„‟″": '"',
    "›»▶▸►→": ">",
    "‹«◀◂←": "<",
    "↑▲": "^",
    "↓▼": "v",
    "•·●∙": "*",
    "◆■█▀▁▂▃▄▅▆▇▉▊▋▔": "#",
    "░▒▓": ":",
    "…": "~",
    "×": "x",
    "≤": "<",
    "≥": ">",
    "≈": "~",
    "✓": "v",
    "✗": "x",
    "\u00a0\u2009\u202f": " ",
}
_BY_CHARACTER = {character: sign for characters, sign in _SIGNS.items() for character in characters}


def stand_in(character: str) -> str:
    """The sign for a character: its letter without accents, a mark that looks like it, else `?` in each column."""
    sign = _BY_CHARACTER.get(character)
    if sign is not None:
        return sign
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me", "Mn"):
        return ""
    bare = unicodedata.normalize("NFKD", character)[:1]
    if bare.isascii() and bare.isprintable():
        return bare
    return "??" if unicodedata.east_asian_width(character) in "WF" else "?"


def _handle(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(stand_in, error.object[error.start : error.end])), error.end


codecs.register_error(NAME, _handle)
