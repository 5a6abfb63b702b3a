"""Who is counted together with those at a number: the writer (`me plus two`), others (`two scientists and a lead`)."""

from assistant.dialogue.understanding.amounts import Sort
from assistant.dialogue.understanding.english import words
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.units import Dimension

MOST_ALONE = 12
"""More people than that do not stand alone for those who look after a system."""
_ME = words("me myself")
_DOING = words("look will would who to for keep maintain run on support operate")
_PLUS = words("and plus + & with")


def with_me(row: Row, index: int) -> int | None:
    """Where the writer is counted too (`me plus two developers`, `one developer and me`)."""
    forms = [piece.form for piece in row.pieces]
    if index > 1 and forms[index - 2] in _ME and forms[index - 1] in _PLUS:
        return index - 2
    after = range(index + 2, min(index + 5, len(forms)))
    return next((place for place in after if forms[place] in _ME and forms[place - 1] in _PLUS), None)


def and_others(row: Row, index: int, dimension: Dimension) -> tuple[int, int] | None:
    """Others counted beside those at an amount, and where they end: `two scientists and a backend person` are 3."""
    noun = next((at for at in range(index + 1, min(index + 4, len(row.pieces))) if _unit(row, at, dimension)), None)
    if noun is None or noun + 2 >= len(row.pieces) or row.pieces[noun + 1].form not in _PLUS:
        return None
    amount = row.pieces[noun + 2].amount
    single = row.pieces[noun + 2].form in ("a", "an")
    if not single and (amount is None or amount.sort is not Sort.NUMBER or amount.middle > MOST_ALONE):
        return None
    near = range(noun + 3, min(noun + 6, len(row.pieces)))
    other = next((at for at in near if _unit(row, at, dimension) or _does(row, at)), None)
    if other is None or any(row.pieces[at].breaks for at in range(noun + 3, other)):
        return None
    return other + 1, 1 if amount is None else int(amount.middle)


def _does(row: Row, index: int) -> bool:
    """Whether a word that ends what is said of somebody names one by what they do (`a product owner`)."""
    ends = index + 1 == len(row.pieces) or row.pieces[index + 1].breaks or row.pieces[index + 1].form in _DOING
    return ends and row.pieces[index].form.endswith(("er", "or", "ist", "ian", "ant"))


def _unit(row: Row, index: int, dimension: Dimension) -> bool:
    return row.pieces[index].form in dimension.units
