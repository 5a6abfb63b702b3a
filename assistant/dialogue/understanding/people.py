"""Rates of each of several people: `200 staff, maybe 3 questions each a day` are 600 a day."""

from fractions import Fraction
from itertools import pairwise

from assistant.dialogue.understanding.amounts import Sort
from assistant.dialogue.understanding.english import EVERY, PERSONS, words
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.scope import clause_before, clause_end

_BEFORE = 3
_NO_OWNERS = words("se default cent second minute hour day week month quarter year annum night se capita")
_AFTER = 6


def of_each(row: Row, index: int) -> bool:
    """Whether an amount is said of each of some people (`5 a day each`, `per user`), not of all of them together."""
    start = index - len(clause_before(row, index).before)
    after = [piece.form for piece in row.pieces[index + 1 : min(clause_end(row, index + 1), index + 1 + _AFTER)]]
    before = [piece.form for piece in row.pieces[max(0, start) : index]]
    if "apiece" in after or any(_each_person(forms, at) for forms in (before, after) for at in range(len(forms))):
        return True
    if any(form == "per" and word.isalpha() and word not in _NO_OWNERS for form, word in pairwise(after)):
        return True
    near = before[-_BEFORE:]
    return "each" in near or any(form == "each" and _ends_each(after, at) for at, form in enumerate(after))


def apiece(row: Row, first: int, last: int) -> bool:
    """Whether a count is what each of some people has (`each customer has 10 documents`), so that it is no total."""
    start = first - len(clause_before(row, first).before)
    forms = [piece.form for piece in row.pieces[max(0, start) : clause_end(row, last)]]
    return any(form in ("each", "every", "per") and after in PERSONS for form, after in pairwise(forms))


def _each_person(forms: list[str], at: int) -> bool:
    """Whether `per user`, or `each of our agents`, stands somewhere."""
    following = forms[at + 1 : at + 4]
    if forms[at] == "each" and following[:1] == ["of"]:
        return True
    return forms[at] in EVERY - {"one"} and bool(following) and following[0] in PERSONS


def _ends_each(after: list[str], at: int) -> bool:
    """Whether `each` closes what is said of an amount, rather than going with what follows (`each ticket`)."""
    return at + 1 == len(after) or after[at + 1] in ("@", "a", "per", "of", "and", "day", "on")


def _owners(row: Row, index: int) -> list[str]:
    """What a rate is per (`60 questions per ward per day`), where that is said."""
    after = [piece.form for piece in row.pieces[index + 1 : min(clause_end(row, index + 1), index + 1 + _AFTER)]]
    return [word for form, word in pairwise(after) if form == "per" and word.isalpha() and word not in _NO_OWNERS]


def number_of_people(row: Row, index: int) -> tuple[int, Fraction] | None:
    """Where else in the sentence those are counted of whom each does it, and how many they are."""
    owners = {word.rstrip("s") for word in _owners(row, index)}
    for place, piece in enumerate(row.pieces):
        amount = piece.amount
        if place == index or amount is None or amount.sort is not Sort.NUMBER or amount.loose:
            continue
        following = [other.form for other in row.pieces[place + 1 : place + 4]]
        headed = [other.form for other in row.pieces[max(0, place - 2) : place]]
        if len(headed) == 2 and headed[0] in PERSONS and headed[1] in (":", "=") and not owners:
            return place, amount.middle
        counted = any(form.rstrip("s") in owners if owners else form in PERSONS for form in following)
        if counted or "of us" in " ".join(following):
            return place, amount.middle
    return None
