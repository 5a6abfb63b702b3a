"""Words as single characters, so that a phrase is a short pattern over a row with a character for each piece.

Every form of every word that a vocabulary speaks has a character of its own; an amount, a rhythm, a mark and a word
that nobody knows have one of their kind. Patterns so written compile and match many times faster than words spelt out.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import takewhile

from assistant.dialogue.understanding.english import KINDS_OF_RHYTHM, RHYTHM_OF, TYPOS, rhythm, words
from assistant.dialogue.understanding.pieces import Piece, Row
from assistant.policy.forms import forms_of
from assistant.policy.phrases import Mark, OneOf, Sequence, Spoken

_UNKNOWN, _AMOUNT, _WORDED = map(chr, (0x1F000, 0x1F001, 0x1F002))
_FIRST_WORD, _FIRST_KIND = 0x20000, 0x1F010
_RHYTHMS = {kind: chr(_FIRST_KIND + number) for number, kind in enumerate(KINDS_OF_RHYTHM)}
_NUMBERED = {
    word: chr(_FIRST_KIND + 20 + number)
    for number, word in enumerate(("zero", "one", "two", "three", "four", "five", "once"))
}
"""Numbers that a phrase may name as words."""
_STRAY = "|"
_AS_MARK = {"–": "~", "—": "~", "->": ">", "=>": ">", "→": ">", **{mark: mark for mark in ",:;()=?/-$%'"}}
_DENIALS = ("but", "because", "so", "not", "no", "never", "without", "nobody", "none", "hardly", "little", "nothing")
_JOINTS = ("and", "but", "so", "because")
_VERY = words("very really extremely super incredibly awfully terribly so too extraordinarily exceptionally razor")
_ANY_AMOUNT = f"[{_AMOUNT}{_WORDED}{''.join(_NUMBERED.values())}]"
_SHORT = 5


class Alphabet:
    """The characters of one vocabulary's words. All words are learnt before any pattern is written."""

    def __init__(self) -> None:
        self._of_form: dict[str, str] = {}
        self._of_head: dict[str, str] = {}
        self._closed: dict[str, frozenset[str]] = {}
        self._open: dict[str, frozenset[str]] = {}
        self._written: dict[tuple[int, bool], str] = {}
        self._trigger: dict[int, frozenset[str]] = {}
        self._split: set[str] = set()
        self._learnt: set[int] = set()
        self._kept: list[OneOf] = []
        self.learn(tuple(Spoken(word) for word in (*_DENIALS, *_JOINTS, *_VERY)))
        self._closed["very"] = frozenset(self._of_form[word] for word in _VERY)

    def learn(self, sequence: Sequence) -> None:
        """Give every form of every word of a phrase its character."""
        for part in sequence:
            match part:
                case Spoken(word=word, open=True):
                    self._of_head.setdefault(word, chr(_FIRST_KIND + 100 + len(self._of_head)))
                case Spoken(word=word) if word not in self._closed:
                    self._closed[word] = self._new(word)
                case OneOf(sequences=sequences) if id(sequences) not in self._learnt:
                    self._learnt.add(id(sequences))
                    self._kept.append(part)
                    for one in sequences:
                        self.learn(one)

    def _new(self, word: str) -> frozenset[str]:
        """The characters of all forms of a word, those not met before newly given."""
        forms = [*_said(word, exact=False)]
        for form in (single for heard in (word, *forms) for single in heard.split()):
            self._of_form.setdefault(form, chr(_FIRST_WORD + len(self._of_form)))
        found = {self._of_form[form] for form in forms if " " not in form}
        if len(found) < len(forms):
            self._split.add(word)
        found.update(_NUMBERED[word] for word in (word,) if word in _NUMBERED)
        return frozenset(found | ({_RHYTHMS[RHYTHM_OF[word]]} if word in RHYTHM_OF else set()))

    def line(self, row: Row) -> str:
        """A row with a character for each piece."""
        return "".join(map(self._of, row.pieces))

    def _of(self, piece: Piece) -> str:
        if piece.amount is not None:
            word = piece.amount.word
            return _NUMBERED.get(word, _WORDED) if word else _AMOUNT
        if piece.period is not None:
            return _RHYTHMS[rhythm(piece.period.between)]
        known = self._of_form.get(piece.form) or _AS_MARK.get(piece.form)
        if known is not None:
            return known
        if not piece.form[:1].isalnum():
            return _STRAY
        heads = [head for head in self._of_head if piece.form.startswith(head)]
        return self._of_head[max(heads, key=len)] if heads else _UNKNOWN

    def pattern(self, sequence: Sequence, *, exact: bool = False) -> re.Pattern[str]:
        """The pattern of a phrase; with `exact`, of its words in no other form."""
        return re.compile(self._sequence(sequence, exact))

    @cached_property
    def between(self) -> re.Pattern[str]:
        """What may stand between the sides of a phrase: little, no denial and no other thought."""
        equals = self._of_form.get("=", "=")
        return re.compile(f"(?:{self._inner}|[,?~:>{equals}-]|{_ANY_AMOUNT}){{0,16}}")

    @cached_property
    def _inner(self) -> str:
        denials = "".join(self._of_form[word] for word in _DENIALS)
        return f"[^,:;()=?~>{_STRAY}{_AMOUNT}{denials}{self._of_form.get('=', '')}]"

    @cached_property
    def _marks(self) -> dict[str, str]:
        joints = "".join(self._of_form[word] for word in _JOINTS)
        end = rf"(?:\A|\Z|(?<=[,:;()~/-])|(?<=[{joints[:2]}])|(?=[,:;()~/{joints}-]))"
        return {
            "..": f"{self._inner}{{0,6}}?",
            "...": f"(?:{self._inner}|,|{_AMOUNT}){{0,9}}?",
            ",": f"[,:(~=/>{self._of_form.get('=', '')}-]?",
            "#": _ANY_AMOUNT,
            "@": f"[{''.join(_RHYTHMS.values())}]",
            "^": end,
        }

    def _sequence(self, sequence: Sequence, exact: bool) -> str:
        written, at = [], 0
        while at < len(sequence):
            kind = None if exact else _rhythm_at(sequence, at)
            written.append(_RHYTHMS[kind] if kind else self._part(sequence[at], exact))
            at += 2 if kind else 1
        return "".join(written)

    def _part(self, part: object, exact: bool) -> str:
        match part:
            case Mark(sign=sign):
                return self._marks[sign]
            case Spoken() as spoken:
                return self._word(spoken, exact)
            case OneOf(sequences=sequences, optional=optional):
                key = id(sequences), exact
                if key not in self._written:
                    self._written[key] = self._one_of(sequences, exact)
                return self._written[key] + "?" * optional
        raise AssertionError(f"not a part of a phrase: {part}")

    def _one_of(self, sequences: tuple[Sequence, ...], exact: bool) -> str:
        """One of several phrases, the longest first; all that are single words in one set of characters."""
        singles: set[str] = set()
        longer: list[tuple[int, str]] = []
        for one in sequences:
            written = self._sequence(one, exact)
            single = len(one) == 1 and isinstance(one[0], Spoken) and "(" not in written
            singles.update(written.strip("[]")) if single else longer.append((_length(one), written))
        ordered = [written for _, written in sorted(longer, key=lambda entry: -entry[0])]
        return "(?:" + "|".join([*ordered, *([_set(singles)] if singles else [])]) + ")"

    def _word(self, spoken: Spoken, exact: bool) -> str:
        """Any form of a word: a set of characters, and forms of several words beside it."""
        longer = [form for form in _said(spoken.word, exact) if " " in form] if not spoken.open else []
        singles = _set(self._exactly(spoken.word) if exact and spoken.word != "very" else self.characters(spoken))
        together = ["".join(map(self._of_form.__getitem__, form.split())) for form in longer]
        return f"(?:{'|'.join([*together, singles])})" if together else singles

    def characters(self, spoken: Spoken) -> frozenset[str]:
        """The characters that a word may stand as."""
        if not spoken.open:
            return self._closed[spoken.word]
        if spoken.word not in self._open:
            beginning = self._sorted[bisect_left(self._sorted, spoken.word) :]
            forms = takewhile(lambda form: form.startswith(spoken.word), beginning)
            heads = (code for head, code in self._of_head.items() if head.startswith(spoken.word))
            self._open[spoken.word] = frozenset((*map(self._of_form.__getitem__, forms), *heads))
        return self._open[spoken.word]

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._of_form)

    def _exactly(self, word: str) -> frozenset[str]:
        forms = frozenset(self._of_form[form] for form in _said(word, exact=True) if " " not in form)
        return forms | {_NUMBERED[word]} if word in _NUMBERED else forms

    def triggers(self, sequence: Sequence) -> frozenset[str]:
        """Characters of which one must be there for a phrase to match: of all such sets, the most telling."""
        if len(sequence) == 1:
            return self._needed(sequence[0])
        return min(self.mandatory(sequence), key=self._telling, default=frozenset())

    def _telling(self, characters: frozenset[str]) -> tuple[float, int]:
        return len(characters & self._short) / len(characters), len(characters)

    @cached_property
    def _short(self) -> frozenset[str]:
        return frozenset(code for form, code in self._of_form.items() if len(form) < _SHORT)

    def mandatory(self, sequence: Sequence) -> list[frozenset[str]]:
        """Sets of characters of which each must have a member there for a phrase to match."""
        return [needed for part in _without_rhythms(sequence) if (needed := self._needed(part))]

    def _needed(self, part: object) -> frozenset[str]:
        if isinstance(part, Spoken):
            return frozenset() if part.word in self._split or part.word == "very" else self.characters(part)
        if not isinstance(part, OneOf) or part.optional:
            return frozenset()
        if id(part.sequences) not in self._trigger:
            inner = [self.triggers(one) for one in part.sequences]
            self._trigger[id(part.sequences)] = frozenset().union(*inner) if all(inner) else frozenset()
        return self._trigger[id(part.sequences)]


def _without_rhythms(sequence: Sequence) -> Iterator[object]:
    """The parts of a phrase but for `every week` and its like, which a row has as one piece."""
    at = 0
    while at < len(sequence):
        rhythmic = _rhythm_at(sequence, at) is not None
        if not rhythmic:
            yield sequence[at]
        at += 2 if rhythmic else 1


def _rhythm_at(sequence: Sequence, at: int) -> str | None:
    """The rhythm that two parts of a phrase name together, as `every week` does."""
    first = sequence[at]
    if not isinstance(first, Spoken) or first.word != "every" or at + 1 == len(sequence):
        return None
    second = sequence[at + 1]
    return RHYTHM_OF.get(f"every {second.word}") if isinstance(second, Spoken) else None


@lru_cache(maxsize=20_000)
def _said(word: str, exact: bool) -> frozenset[str]:
    """The forms that a word stands in once a text has been read: `docs` as `document`."""
    forms = frozenset((word,)) if exact else forms_of(word)
    return forms.union(TYPOS[form] for form in forms if form in TYPOS)


def _set(characters: Iterable[str]) -> str:
    ordered = sorted(characters)
    return ordered[0] if len(ordered) == 1 else f"[{''.join(ordered)}]"


def _length(sequence: Sequence) -> int:
    """How many words a phrase can have at most."""
    return sum(max(map(_length, part.sequences)) if isinstance(part, OneOf) else 1 for part in sequence)
