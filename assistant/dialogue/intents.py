"""What a message in plain words means for the conversation: a text to a command and its argument, or to nothing.

Pure functions over the table of `dialogue.wordings`. Words that the table uses are forgiven a typing mistake.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.dialogue.wordings import FILLERS, OPENINGS, QUESTION_WORDS, WORDINGS
from assistant.knowledge.english import says_little
from assistant.knowledge.spelling import corrected

MOST_WORDS = 40

_SPOKEN = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)*")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|\Z)")
_PIECE = re.compile(r"[()|\[\]*@#]|[^\s()|\[\]*@#]+")
_REGEX = {"(": "(?:", ")": ")", "|": "|", "[": "(?:", "]": ")?", "*": "(?P<rest>.+? )", "@": "(?P<option>.+? )"}
_NUMBER = "(?P<number>.+? )"
_ADDRESS = re.compile(r"\d{1,4}|[\w:-]*[.:][\w.:#-]+")
_ABOUT_TERM = "what (is|are|was) [a|an|the] *", "whats [a|an|the] *", "explain *", "tell me about *"


@dataclass(frozen=True, slots=True)
class Intent:
    """A command, and its argument as it stands in the text."""

    command: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text: as it is compared, and where it stands."""

    text: str
    start: int
    end: int


def intent_of(text: str, options: Collection[str] = ()) -> Intent | None:
    """The command that a message means in plain words; None where it means none.

    `options` are the words by which options go; where a wording speaks of an option, only these fit.
    """
    words = _inner(_words(text))
    if not words or len(words) > MOST_WORDS:
        return None
    named = {" ".join(word.text for word in _words(option)) for option in options}
    for tried in _unwrapped(words):
        for command, pattern in _patterns():
            found = pattern.fullmatch("".join(f"{word.text} " for word in tried))
            if found is not None and _fits(found, named):
                argument = _argument(text, tried, found)
                if found.groupdict().get("number") is None or _ADDRESS.fullmatch(argument):
                    return Intent(command, argument)
    return None


def asks(text: str) -> bool:
    """Whether a message is a question: it ends like one, or begins with a question word."""
    words = _inner(_words(text[:1000]))
    return text.rstrip().endswith("?") or (len(words) > 1 and words[0].text in QUESTION_WORDS)


def question_in(text: str) -> str:
    """The part of a message that asks: its last sentence that ends like a question, else all of it."""
    asking = [one.strip() for one in _SENTENCE.findall(text[:2000]) if one.rstrip().endswith("?")]
    return asking[-1] if asking else text


def asked_meaning(text: str) -> str | None:
    """The term whose meaning a question asks for, if it may be that."""
    intent = intent_of(text)
    if intent is not None and intent.command == "meaning":
        return intent.argument
    words = _inner(_words(text))
    if not words or len(words) > MOST_WORDS:
        return None
    for tried in _unwrapped(words):
        for pattern in _compiled(_ABOUT_TERM):
            found = pattern.fullmatch("".join(f"{word.text} " for word in tried))
            if found is not None:
                return _argument(text, tried, found)
    return None


def _words(text: str) -> list[_Word]:
    found = list(_SPOKEN.finditer(text, 0, 2000))[: MOST_WORDS + 1]
    return [_Word(_spelt(re.sub(r"\W", "", one[0]).lower()), one.start(), one.end()) for one in found]


def _inner(words: list[_Word]) -> list[_Word]:
    """Without the words at either end that change nothing, as long as others are left."""
    first, last = 0, len(words)
    while first < last and words[first].text in FILLERS:
        first += 1
    while last > first and words[last - 1].text in FILLERS:
        last -= 1
    return words[first:last]


def _unwrapped(words: list[_Word]) -> Iterator[list[_Word]]:
    """The words as they are, then without a beginning that only wraps a question."""
    yield words
    said = "".join(f"{word.text} " for word in words)
    for pattern in _compiled(OPENINGS):
        found = pattern.match(said)
        if found is not None and found.end() < len(said):
            yield words[found[0].count(" ") :]


def _fits(found: re.Match[str], options: Collection[str]) -> bool:
    """Whether what stands where an option's name is expected is one."""
    option = found.groupdict().get("option") or ""
    return not option or option.strip().removeprefix("the ").removeprefix("a ") in options


def _argument(text: str, words: list[_Word], found: re.Match[str]) -> str:
    """The part of the text that a pattern left open."""
    name = next((name for name in ("rest", "option", "number") if found.groupdict().get(name)), None)
    if name is None:
        return ""
    said = found.string
    first, last = said[: found.start(name)].count(" "), said[: found.end(name)].count(" ") - 1
    end = words[last].end if last + 1 < len(words) else len(text)
    return text[words[first].start : end].rstrip(" ?!.\t\r\n")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The table, wordings without an argument first, so that a bare one never loses to an open one."""
    pairs = [(command, wording) for command, wordings in WORDINGS.items() for wording in wordings]
    pairs.sort(key=lambda pair: (pair[0] == "change", "*" in pair[1]))
    return tuple((command, _pattern(wording)) for command, wording in pairs)


@lru_cache(maxsize=8)
def _compiled(wordings: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(_pattern, wordings))


def _pattern(wording: str) -> re.Pattern[str]:
    """A wording as a regular expression over words that are each followed by a space; later slots have no name."""
    named: set[str] = set()
    parts = []
    for piece in _PIECE.findall(wording):
        part = _NUMBER if piece == "#" else _REGEX.get(piece, f"{re.escape(piece)} ")
        if piece in "*@#":
            part = part if piece not in named else re.sub(r"\?P<\w+>", "?:", part)
            named.add(piece)
        parts.append(part)
    return re.compile("".join(parts))


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    wordings = [wording for group in WORDINGS.values() for wording in group]
    pieces = {piece for wording in (*wordings, *OPENINGS) for piece in _PIECE.findall(wording)}
    return frozenset(piece for piece in pieces if piece.isalpha())


@lru_cache(maxsize=4096)
def _spelt(word: str) -> str:
    """A word, or that of the table which it was meant to be."""
    known = _vocabulary()
    if word in known or says_little(word):
        return word
    return corrected(word, known) or word
