"""A text as the terms that a search compares: stems, and the groups of synonyms that words and phrases belong to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.knowledge.english import STOP, stem, words_of
from assistant.knowledge.wording import Wording

UNSAID = "unsaid"
MOST_MADE = 10_000


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of a text: the stem that it is, the groups that it belongs to, the words as they stand.

    `subject`: it names what the source is about.
    """

    stem: str
    groups: tuple[str, ...]
    words: tuple[str, ...]
    subject: bool = False
    keys: tuple[str, ...] = field(init=False)
    """All that it can be found by."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", (self.stem, *self.groups))

    @property
    def unsaid(self) -> bool:
        """Whether it is a subject that the source leaves unsaid."""
        return self.groups == (UNSAID,)


class Thesaurus:
    """The groups of synonyms of a source. A phrase counts as one term, the longest first."""

    def __init__(self, wording: Wording) -> None:
        self.groups: dict[tuple[str, ...], list[str]] = {}
        for number, group in enumerate(wording.synonyms):
            for phrase in group:
                self._add(phrase, f"@{number}")
        for phrase in wording.unsaid:
            self.groups[_stems(words_of(phrase))] = [UNSAID]
        subject = {_stems(words_of(phrase)) for phrase in wording.subject}
        named = {group for stems in subject for group in self.groups.get(stems, ())}
        self.subject = subject | {stems for stems, groups in self.groups.items() if named & set(groups)}
        for stems in subject:
            self.groups.setdefault(stems, [])
        self.made: dict[tuple[str, ...], Term] = {}
        self.longest: dict[str, int] = {}
        for key in self.groups:
            self.longest[key[0]] = max(self.longest.get(key[0], 0), len(key))

    def _add(self, phrase: str, group: str) -> None:
        groups = self.groups.setdefault(_stems(words_of(phrase)), [])
        if group not in groups:
            groups.append(group)

    def terms(self, text: str) -> Iterator[Term]:
        """The terms of a text in their order, words that say nothing left out."""
        return self.terms_in(words_of(text))

    def terms_in(self, words: Sequence[str]) -> Iterator[Term]:
        """The terms of a text that has been cut into words."""
        stems = _stems(words)
        at = 0
        while at < len(words):
            length = self._phrase(stems, at) if stems[at] in self.longest else 0
            end = at + (length or 1)
            if length or words[at] not in STOP:
                yield self._term(tuple(words[at:end]), stems[at:end])
            at = end

    def _term(self, words: tuple[str, ...], stems: tuple[str, ...]) -> Term:
        """The term that some words are, made once."""
        term = self.made.get(words)
        if term is None:
            term = Term(" ".join(stems), tuple(self.groups.get(stems, ())), words, stems in self.subject)
            if len(self.made) < MOST_MADE:
                self.made[words] = term
        return term

    def _phrase(self, stems: tuple[str, ...], at: int) -> int:
        """How many words the longest known phrase takes that begins here; 0 where none does."""
        for length in range(min(self.longest[stems[at]], len(stems) - at), 0, -1):
            if stems[at : at + length] in self.groups:
                return length
        return 0


def _stems(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(stem, words))
