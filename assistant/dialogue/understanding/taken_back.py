"""What takes back what a clause counts: it is denied, planned, long past, or somebody else's."""

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.amounts import Sort
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.scope import Clause, clause_before, clause_end
from assistant.policy.vocabulary import FactType

_LATER = frozenset(["soon", "eventually", "later", "someday", "tomorrow", "ago"])
_NO_PLAN = frozenset(
    (
        "thought",
        "considered",
        "discussed",
        "dropped",
        "could",
        "can",
        "wish",
        "tried",
        "tested",
        "compared",
        "benchmarked",
        "evaluated",
    )
)
_ORDERS = frozenset(("collect", "gather", "label", "annotate", "prepare", "create", "obtain"))
_TALKED = frozenset(("discussed", "considered", "debated", "proposed", "suggested", "recommended"))
_GIVING = frozenset(("left", "gave", "sent", "handed", "delivered", "provided", "passed", "sold", "gives", "sends"))
_PLEASED = frozenset(("nice", "good", "great", "ideal", "perfect", "lovely", "happy", "better", "best", "cool", "glad"))
_CONTENT = ("enough", "fine", "ok", "okay", "sufficient", "happy", "glad", "useless")
_LATER_PAIRS = re.compile(
    r" (?:by (?:the )?(?:end|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|jan|feb|mar|apr|jun|jul|"
    r"aug|sep|sept|oct|nov|dec|spring|summer|autumn|fall|winter|q\d|next|christmas|easter"
    r"|then|year)|next (?:week|month|quarter|year|spring|"
    r"summer|autumn|fall|winter)|in the future|once we|as soon as|if we|when we|last "
    r"(?:year|month|week)|@\d+=\w+ ago|#t\d+ ago|within the) "
)


_GONE = re.compile(
    r"(?: (?!but |now |today )[^ ]+){0,9} (?:(?:were|was|got|been|have been|has been) (?:all )?"
    r"(?:thrown away|thrown out|destroyed|deleted|shredded|binned|wiped|lost)|burnt|burned down|went up in smoke) "
)
_ELSEWHERE = re.compile(
    r" for (?:another|a different|some other|an earlier|a previous|an old|somebody else's) "
    r"(?:\w+ )?(?:project|client|customer|product|purpose|initiative|use case) "
)


def blocked(row: Row, fact: FactType, first: int, last: int, *, negated: bool = False, supposed: bool = False) -> bool:
    """Whether the clause takes back what is counted in it: denied, planned, past, or somebody else's.

    `negated` and `supposed` say that a denial, or an `if`, is part of what is said.
    """
    clause = clause_before(row, first)
    speaks_of = fact.recognised.speaks_of if fact.recognised else "state"
    if _denied(clause.before) and not negated:
        return True
    welcome = speaks_of == "wish" and _welcome(row, last)
    if _others((*clause.before, *(piece.form for piece in row.pieces[first : first + 1]))) or (
        _conditional(clause.before, _rest(row, last)) and not (supposed or welcome)
    ):
        return True
    if _far_off(row, first) or _no_more(clause.before, row, first, last):
        return True
    if speaks_of == "state":
        return _not_so_yet(clause, row, first, last)
    return speaks_of == "plan" and clause.has(_NO_PLAN)


def _no_more(before: Sequence[str], row: Row, first: int, last: int) -> bool:
    """Whether a clause tells of what was, is gone, or was for something else."""
    inside = [piece.form for piece in row.pieces[first:last]]
    return (
        "had" in before
        or past(before)
        or _USED_TO.search(" ".join(["", *inside, ""])) is not None
        or _GONE.match(row.line[_column(row, last) :]) is not None
        or _ELSEWHERE.search(" ".join(["", *_rest(row, last), ""])) is not None
    )


def _not_so_yet(clause: Clause, row: Row, first: int, last: int) -> bool:
    """Whether what is counted is not there, but read, planned, possible, talked of or to come."""
    if any(word in english.HANDLED for word in clause.before[-6:]):
        return True
    clause = Clause(_without_opinion(clause.before))
    if clause.has(english.UNCERTAIN - {"may", "might", "could"}) or clause.has(english.PLANS):
        return True
    if any(word in ("may", "might", "could") for word in clause.before) and "be" not in clause.before[-2:]:
        return True
    if (clause.before and clause.before[0] in _ORDERS) or clause.has(_TALKED, 4):
        return True
    if any(piece.form == "counted" for piece in row.pieces[first:last]):
        return False
    later = row.line[max(0, _column(row, last) - 1) : _column(row, clause_end(row, last)) + 1]
    return any(word in _LATER for word in _rest(row, last)) or _LATER_PAIRS.search(later) is not None


def _far_off(row: Row, first: int) -> bool:
    """Whether a clause begins by telling of a year to come (`in two years we'll have …`)."""
    start = first - len(clause_before(row, first).before)
    ahead = row.pieces[start + 1].amount if start + 1 < first and row.pieces[start].form == "in" else None
    return ahead is not None and ahead.unit.startswith("year") and ahead.sort is Sort.TIME


def _without_opinion(before: Sequence[str]) -> tuple[str, ...]:
    """The words without those that only say that it is somebody's guess (`I would say`)."""
    pairs = (*pairwise(before), (before[-1], "")) if before else ()
    return tuple(word for word, after in pairs if not (word == "would" and after in english.OPINING))


def _denied(before: Sequence[str]) -> bool:
    """Whether a clause denies what follows in it; `not with 3 million questions a month` denies something else."""
    return any(
        word in english.NEGATORS and not (word == "not" and after in ("with", "at", "for", "given", "when"))
        for word, after in pairwise((*before, ""))
    )


def _column(row: Row, index: int) -> int:
    return row.places.index(index) if index < len(row.pieces) else len(row.line)


def _rest(row: Row, last: int) -> list[str]:
    return [piece.form for piece in row.pieces[last : clause_end(row, last)]]


def _welcome(row: Row, last: int) -> bool:
    """Whether what is supposed is then called good (`if it answers in a second, great`)."""
    end = clause_end(row, last)
    return any(piece.form in _PLEASED for piece in row.pieces[end : end + 5])


def _conditional(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a clause only supposes something; `it is enough if` supposes nothing."""
    content = any(word in (*before, *after) for word in _CONTENT)
    pleased = any(word in _PLEASED and after == "if" for word, after in pairwise(before))
    supposed = ("unless", "whether", "until", "till", *(() if content else ("once",)))
    return not pleased and any(word in before for word in (*supposed, *(() if content else english.SUPPOSING)))


def _others(before: Sequence[str]) -> bool:
    """Whether the clause is about somebody else."""
    named = any(word in english.STRANGERS for word in before)
    given = any(a in _GIVING and b in ("me", "us") for a, b in pairwise(before))
    following = (*before[2:], "")
    return (named and not given) or any(
        a in ("they", "he", "she") and b in ("have", "has", "got", "had") and c not in english.GRANTED
        for (a, b), c in zip(pairwise(before), following, strict=False)
    )


_STILL = re.compile(r" (?:(?:have|has|having|never|always) had|had to|had better|would had) ")


_USED_TO = re.compile(r"(?<! am)(?<! is)(?<! are)(?<! get)(?<! be)(?<! become) used to (?!\w+ing )")


def past(before: Sequence[str]) -> bool:
    """Whether a clause speaks of what is no more."""
    text = " " + " ".join(before) + " "
    text = _STILL.sub(" ", text)
    return _USED_TO.search(text) is not None or any(
        f" {said} " in text
        for said in (
            "there were",
            "had",
            "previously",
            "formerly",
            "lost",
            "deleted",
            "in the past",
            "last year",
            "threw",
            "once",
        )
    )
