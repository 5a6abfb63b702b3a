"""How people speak of a source: synonyms, what it leaves unsaid, typical questions, a glossary. Never cited.

Plain frozen data, read from `questions.yaml` and `glossary.yaml` beside the source; a source may do without either.
"""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Meaning:
    """An entry of the glossary: a term, other forms of it, what it means in our words, the passages that speak of it.

    `basis` is `article` where the source says so, `house` where the meaning is ours.
    """

    term: str
    also: tuple[str, ...]
    means: str
    basis: str
    passages: tuple[str, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """The term in all its forms."""
        return (self.term, *self.also)


@dataclass(frozen=True, slots=True)
class Wording:
    """What helps to find a passage.

    Each of `synonyms` is a group of words and phrases of one meaning; a question with one of `subject`, or a synonym of
    it, is taken to be about the source's subject; `unsaid` are phrases whose words are the source's
    and whose subject is not; `asked` are typical questions, passage by passage; `elsewhere` are typical questions that
    people ask and the source does not answer.
    """

    synonyms: tuple[tuple[str, ...], ...] = ()
    unsaid: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    asked: tuple[tuple[str, tuple[str, ...]], ...] = ()
    elsewhere: tuple[str, ...] = ()

    def joined(self, above: "Wording") -> "Wording":
        """What helps to find a passage in either of two sources."""
        parts = (getattr(self, one.name) + getattr(above, one.name) for one in fields(self))
        return Wording(*parts)


NO_WORDING = Wording()
