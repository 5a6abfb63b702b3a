"""Whether a word is English: the ordinary words of the language, so that none of them is taken for a typing mistake.

`english_words.txt` holds about 19,700 words (see english_words.LICENSE), of regular forms only the word itself.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

_ENDINGS = (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"))


def is_english(word: str) -> bool:
    """Whether a word in small letters is an ordinary English word, or a regular form of one."""
    return word in _words() or any(stem in _words() for stem in _stems(word))


def stems_of(word: str) -> tuple[str, ...]:
    """The words that an English word can be the plural, past or `-ing` of; itself where it is none of them."""
    return tuple(stem for stem in (word, *_stems(word)) if stem in _words()) or (word,)


@cache
def _words() -> frozenset[str]:
    return frozenset((files(__package__) / "english_words.txt").read_text(encoding="ascii").split())


def _stems(word: str) -> Iterator[str]:
    """What a word would be without an ending: `plann`, `planne` and `plan` of `planned`."""
    for ending, instead in _ENDINGS:
        stem = word.removesuffix(ending) + instead
        if word.endswith(ending) and len(stem) > 2:
            yield stem
            if ending in ("ed", "ing") and not instead and len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]
