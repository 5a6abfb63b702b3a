"""Text to tokens that know where they stand: words, numbers and marks, contractions taken apart, mistakes mended."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.dialogue.understanding.english import CONTRACTED, ENDINGS, TYPOS

MAX_READ = 6000
"""How much of a message is read. More is no way to answer a question, and the rest is left unread."""

_APOSTROPHES = str.maketrans({"\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{MODIFIER LETTER APOSTROPHE}": "'", "`": "'"})
_TOKEN = re.compile(
    r"(?P<card>(?<!\w)rtx ?[3-5]0[5-9]0(?: ?ti)?s?\b|(?<=\dx )[3-5]0[5-9]0(?:ti)?s?\b"
    r"|(?<=\d)x[3-5]0[5-9]0(?:ti)?s?\b|(?<!\w)[3-5]0[5-9]0(?: ?ti|s)\b)"
    r"|(?P<code>[^\W\d_]{1,12}\d[^\W_]{0,12}(?![.,]?\d)|\d+(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d{1,2}(?:,\d{2})+,\d{3}(?![\d,])"
    r"|\d{1,3}(?:[, _'\u00a0\u202f\u2009]\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?!\d)"
    r"|\d{1,15},\d{1,2}(?![\d,])|\d{1,18}(?:\.\d{1,9})?|(?<!\w)\.\d{1,9})"
    r"|(?P<word>n/a\b|w/o?(?!\S)|q ?& ?as?\b|[^\W\d_]{1,40}(?:['][^\W\d_]{1,12})*)"
    r"|(?P<mark>->|=>|→|>=|<=|//+|\.\.\.+|--+|\n+|[^\w\s])",
    re.IGNORECASE,
)
ENDS = frozenset((".", "!", "?", ";", "...", "\n", "//", "|", "…"))
BREAKS = ENDS | frozenset((",", ":", "(", ")", "-", "--", "–", "—", "/", "->", "=>", "→", "=", "+", "&"))


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text. `form` is its normal form, `start` and `end` count code points; `kind` is word, number,
    code (`A100`, `p95`, `12th`) or mark."""

    form: str
    start: int
    end: int
    kind: str
    raw: str


def tokens_of(text: str, mend: Callable[[str], str]) -> list[Token]:
    """The tokens of a text; `mend` gives a word as it should be spelt."""
    return list(_tokens(_plain(text[:MAX_READ]), mend))


def _plain(text: str) -> str:
    """The text with every code point in its place: apostrophes alike, wide digits narrow, controls blank."""
    text = text.translate(_APOSTROPHES)
    return text if text.isascii() and text.isprintable() else "".join(map(_narrow, text))


def _narrow(character: str) -> str:
    if character == "\n":
        return character
    if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Co", "Cn", "Cs"):
        return "\n" if character in "\r\v\f\x85\u2028\u2029" else " "
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if len(narrow) == 1 else character


def _tokens(text: str, mend: Callable[[str], str]) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        start, end, raw = found.start(), found.end(), found.group()
        kind = found.lastgroup or "mark"
        if kind == "card":
            yield Token("gpus", start, end, "word", raw)
            continue
        if kind == "word":
            yield from (Token(form, start, end, "word", raw) for form in _forms(raw.lower(), mend))
        elif kind == "mark":
            yield Token(_mark(text, raw, start, end), start, end, "mark", raw)
        else:
            yield Token(raw.lower(), start, end, kind, raw)


def _mark(text: str, raw: str, start: int, end: int) -> str:
    if raw.strip("\n") == "":
        return "\n"
    if raw.startswith("//"):
        return "//"
    return raw


def _forms(word: str, mend: Callable[[str], str]) -> tuple[str, ...]:
    """A word as one or more in normal form: `don't` is `do not`, `docs` is `document`."""
    if "'" in word:
        if word in CONTRACTED:
            return CONTRACTED[word]
        for ending, whole in ENDINGS.items():
            if word.endswith(ending) and len(word) > len(ending):
                stem = word.removesuffix(ending)
                return (stem if ending == "n't" else mend(stem), whole)
        word = word.replace("'", "")
    if word in TYPOS:
        return tuple(TYPOS[word].split())
    return (mend(word),)
