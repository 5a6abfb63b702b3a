"""Whether a clause speaks of what is wanted, or of how things are today."""

from collections.abc import Sequence

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.scope import clause_before, clause_end
from assistant.policy.vocabulary import FactType

_SETTLED = english.GRANTED | english.words(
    "cut reduced raised increased trimmed slashed lowered fixed earmarked awarded"
)


def is_wish(fact: FactType) -> bool:
    """Whether a fact is about what is wanted."""
    return fact.recognised is not None and fact.recognised.speaks_of == "wish"


def wants(row: Row, first: int, last: int) -> bool:
    """Whether the clause of some pieces speaks of what is wanted."""
    words = clause_before(row, first).before
    inside = [piece.form for piece in row.pieces[first:last]]
    said = [*words, *inside]
    wished = any(word in english.WANTED and not _subject_needs(said, at) for at, word in enumerate(said))
    return wished or any(piece.amount is not None and piece.amount.limit == -1 for piece in row.pieces[first:last])


def _subject_needs(words: Sequence[str], at: int) -> bool:
    """Whether `need` says what a thing takes (`the response needs 3 seconds`), not what people want."""
    before = words[at - 1] if at else ""
    if words[at] == "needed":
        return any(word in words[:at] for word in ("old", "previous", "former", "legacy", "existing", "current"))
    return words[at] in ("need", "needs") and before not in (
        "",
        "we",
        "i",
        "you",
        "they",
        "users",
        "people",
        "really",
        "do",
        "also",
        "us",
        "agent",
    )


def _settled(words: Sequence[str], at: int) -> bool:
    """Whether `was` only tells that something has been settled (`the budget was cut to`, `I was told`)."""
    return words[at] in ("was", "were") and any(word in _SETTLED for word in words[at + 1 : at + 4])


def of_today(row: Row, fact: FactType, first: int, last: int) -> bool:
    """Whether a wish's clause speaks of how things are now."""
    if fact.recognised is None or fact.recognised.speaks_of != "wish":
        return False
    words = [*clause_before(row, first).before, *(piece.form for piece in row.pieces[first : clause_end(row, last)])]
    if "if" in words:
        return False
    return any(
        word in english.TODAY and not _settled(words, at) for at, word in enumerate(words)
    ) or "right now" in " ".join(words)
