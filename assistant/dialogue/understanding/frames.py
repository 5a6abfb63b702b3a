"""Subjects named before they are spoken of, read as `GPUs: …`: `As for GPUs, …`, `GPU-wise …`, `on the GPU side …`."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.dialogue.understanding.english import ASKING, AUXILIARIES, phrases
from assistant.dialogue.understanding.pieces import Piece

_OPENINGS = tuple(
    tuple(opening.split())
    for opening in phrases(
        "as for | as to | as regards | as far as | regarding | concerning | with regard to | with regards to | "
        "in terms of | when it comes to | speaking of | with respect to | in regard to | on the topic of | "
        "on the subject of"
    )
)
_CLOSINGS = frozenset(("side", "front", "wise"))
_THEN = frozenset(("we", "it", "there", "they", "i", "that", "nothing", "none"))
_CONCERNED = ("is", "are", "goes", "go", "concerned")
_LONGEST = 4


def unframed(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """A sentence with its subject before a colon, where it opens by naming that."""
    opening = next((len(one) for one in _OPENINGS if _forms(pieces[: len(one)]) == one), 0)
    if opening:
        return _headed(pieces, opening)
    start = 2 if _forms(pieces[:2]) == ("on", "the") else 0
    for index in range(start + 1, min(len(pieces), start + 1 + _LONGEST)):
        if pieces[index].form in _CLOSINGS and (start or pieces[index].form == "wise"):
            after = index + 1 + (index + 1 < len(pieces) and pieces[index + 1].form == ",")
            return (*pieces[start:index], replace(pieces[index], form=":"), *pieces[after:])
    return tuple(pieces)


def _headed(pieces: Sequence[Piece], opening: int) -> tuple[Piece, ...]:
    for index in range(opening, min(len(pieces), opening + 1 + _LONGEST)):
        piece = pieces[index]
        if piece.form in ASKING | AUXILIARIES:
            break
        if piece.form == ",":
            subject = [one for one in pieces[opening:index] if one.form not in _CONCERNED]
            return (*subject, replace(piece, form=":"), *pieces[index + 1 :])
        if piece.form in _THEN and index > opening:
            before = pieces[index - 1]
            return (*pieces[opening:index], Piece(":", before.end, before.end), *pieces[index:])
    return tuple(pieces)


def _forms(pieces: Sequence[Piece]) -> tuple[str, ...]:
    return tuple(piece.form for piece in pieces)
