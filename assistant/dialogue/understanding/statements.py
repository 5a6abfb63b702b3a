"""Claims on flags and choices: what is needed, what is there, and phrases that say it outright, each denied or not."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.dialogue.understanding import english, sayings
from assistant.dialogue.understanding.claims import Claim
from assistant.dialogue.understanding.english import words
from assistant.dialogue.understanding.lexicon import Mention, Role
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.scope import Clause, clause_before, hedged
from assistant.dialogue.understanding.taken_back import past
from assistant.policy.vocabulary import FactType, Kind, Value

_UNSURE = words(
    "if unless whether hope hopes hoping hopefully wonder wondering might suppose imagine assuming assume supposing "
    "provided hypothetically theoretically "
    "wish consider considering thinking discussing debating unclear undecided"
)
_SUPPOSED = words("if wish hope hoped wanted want like love")
_UNSAID = re.compile(
    r" (?:no one|nobody|not|never|none|hardly)(?: [a-z]+)? (?:say|said|says|claim|claimed|claims|suggest|suggested"
    r"|mean|meant|told|heard|know|knows) "
)
_NEAR = 9
_OPEN = words("maybe perhaps possibly")
_MIGHT = words("might could may")
_WILLED = words(
    "plan plans planning planned intend will shall going wish want wants hope could might "
    "would should may need needs must looking try trying"
)


def statement_claims(row: Row, number: int, mentions: Sequence[Mention]) -> Iterator[Claim]:
    """Every claim on a flag or a choice in a row."""
    for mention in mentions:
        kind = mention.fact.kind
        if kind is Kind.FLAG and mention.role is Role.MEANS:
            yield from _flag(row, number, mention, mentions)
        elif kind is Kind.FLAG and mention.role is Role.NEEDED:
            yield from _needed(row, number, mention)
        elif kind is Kind.FLAG and mention.role is Role.HAD:
            yield from _had(row, number, mention)
        elif kind is Kind.FLAG and mention.role is Role.TOPIC:
            yield from _answered(row, number, mention)
        elif kind is Kind.CHOICE and mention.role is Role.MEANS:
            yield from _choice(row, number, mention)
        elif kind is Kind.CHOICE and mention.role is Role.WORD:
            yield from _labelled(row, number, mention, mentions)


def _claim(row: Row, number: int, mention: Mention, value: Value, span: tuple[int, int], weight: int = 5) -> Claim:
    fact = mention.fact
    return Claim(fact, value, stated(fact, value), number, *span, -1, weight, hedged(row, *span))


def stated(fact: FactType, value: Value) -> str:
    """A flag or choice as people read it."""
    return fact.say(value)


def _doubted(clause: Clause, row: Row, mention: Mention) -> bool:
    begins = row.pieces[mention.first].form
    return (
        clause.has(_UNSURE)
        or _UNSAID.search(" ".join(["", *clause.before, ""])) is not None
        or _perhaps((*clause.before, begins))
        or clause.has(english.STRANGERS)
        or past(clause.before)
    )


def _perhaps(before: Sequence[str]) -> bool:
    """Whether a clause leaves open whether something is so (`maybe we need sources`, `we may need them`)."""
    for word, after in pairwise(before[-_NEAR:]):
        if word in _OPEN or (word in _MIGHT and after != "be" and (word == "might" or after not in english.NEGATORS)):
            return True
    return False


def _flag(row: Row, number: int, mention: Mention, mentions: Sequence[Mention]) -> Iterator[Claim]:
    clause = clause_before(row, mention.first)
    value = bool(mention.entry.value)
    span = (mention.first, mention.last)
    if _doubted(clause, row, mention) or clause.far:
        return
    bound = row.pieces[mention.first].form in ("unless", "until")
    denials = 0 if bound else clause.negations - _spoken_for(row, mention, mentions)
    after = row.line[mention.ends :]
    denied = sayings.AFTER_DENIED.match(after)
    if denied and not _is_answered_yes(after):
        denials += 1
        span = (mention.first, row.places[min(mention.ends + denied.end(), len(row.line) - 1)] or mention.last)
        span = (span[0], max(span[1], mention.last))
    if denials % 2 and not value:
        return
    yield _claim(row, number, mention, value is not bool(denials % 2), span)


def _spoken_for(row: Row, mention: Mention, mentions: Sequence[Mention]) -> int:
    """How many denials before a phrase belong to another one of the same fact and value, and so deny nothing more."""
    within = {
        index
        for other in mentions
        if other.fact is mention.fact and other.role is mention.role and other.entry.value == mention.entry.value
        for index in range(other.first, min(other.last, mention.first))
        if other.first < mention.first
    }
    start = mention.first - len(clause_before(row, mention.first).before)
    return sum(row.pieces[index].form in english.NEGATORS for index in within if index >= start)


def _is_answered_yes(after: str) -> bool:
    return sayings.AFTER_YES.match(after) is not None


def _span_to(row: Row, mention: Mention, found: re.Match[str]) -> tuple[int, int]:
    end = min(mention.ends + found.end() - 1, len(row.line) - 1)
    return mention.first, max(mention.last, row.places[end] + 1)


def _span_from(row: Row, mention: Mention, found: re.Match[str]) -> tuple[int, int]:
    return row.places[found.start() + 1], mention.last


def _needed(row: Row, number: int, mention: Mention) -> Iterator[Claim]:
    """Whether something is needed: `sources are a must`, `nobody needs footnotes`, `citations aren't optional`."""
    clause = clause_before(row, mention.first)
    if sayings.ONLY_IF.search(row.line[: mention.starts]):
        clause = Clause(
            clause.before[clause.before.index("unless") + 1 :] if "unless" in clause.before else clause.before
        )
    if _doubted(clause, row, mention):
        return
    before, after = row.line[: mention.starts], row.line[mention.ends :]
    outer = bool(clause.negations % 2)
    outright = _outright(row, number, mention, before)
    if outright is not None:
        yield outright
        return
    for pattern, value in sayings.AFTER_NEEDED_THING:
        if found := pattern.match(after):
            denied = bool(found.groupdict().get("not", "").strip()) ^ (outer and not clause.far)
            if not clause.far:
                yield _claim(row, number, mention, value is not denied, _span_to(row, mention, found))
            return
    if (found := sayings.NECESSARY_FOR.search(before)) and _same_clause(row, found.start(), mention):
        yield _claim(row, number, mention, not found["not"], _span_from(row, mention, found))
        return
    found = next(filter(None, (pattern.search(before) for pattern in (sayings.NEED_FOR, sayings.BEFORE_NEED))), None)
    if found is not None and _same_clause(row, found.start(), mention):
        if not clause.far:
            yield _claim(row, number, mention, not outer, _span_from(row, mention, found))
        return
    if clause.before and clause.before[-1] in ("no", "without") and _ended(after):
        yield _claim(row, number, mention, False, (mention.first - 1, mention.last), 2)
    elif (found := sayings.YES_TO.search(before)) and _stops(after):
        yield _claim(row, number, mention, True, _span_from(row, mention, found), 2)


def _outright(row: Row, number: int, mention: Mention, before: str) -> Claim | None:
    """What `never without` and `can do without` say of what is mentioned."""
    for pattern, value in ((sayings.NEVER_WITHOUT, True), (sayings.NO_NEED, False)):
        if found := pattern.search(before):
            return _claim(row, number, mention, value, _span_from(row, mention, found))
    return None


def _ended(after: str) -> bool:
    return (
        re.match(
            r" (?:\Z|[,.;:)–—/]|and |or |but |at all|please|needed|required|necessary|whatsoever|is fine|are fine)",
            after,
        )
        is not None
    )


def _stops(after: str) -> bool:
    """Whether a clause says no more."""
    return re.match(r" (?:\Z|[,.;)]|#)", after) is not None


def _same_clause(row: Row, start: int, mention: Mention) -> bool:
    first = row.places[start + 1]
    return not any(piece.breaks and piece.form not in (":", "-") for piece in row.pieces[first : mention.first])


def _had(row: Row, number: int, mention: Mention) -> Iterator[Claim]:
    """Whether something is there: `we have GPUs`, `no test set yet`, `evaluation: in place`."""
    clause = clause_before(row, mention.first)
    before, after = row.line[: mention.starts], row.line[mention.ends :]
    if clause.has(_SUPPOSED) and (found := sayings.BUT_NOT.match(after)):
        yield _claim(row, number, mention, False, _span_to(row, mention, found))
    elif not _doubted(clause, row, mention):
        yield from _owned(row, number, mention, clause, before, after)


def _owned(row: Row, number: int, mention: Mention, clause: Clause, before: str, after: str) -> Iterator[Claim]:
    """Whether a thing of which nothing is supposed is there."""
    if (found := sayings.TO_MAKE.search(before)) and not clause.negations:
        yield _claim(row, number, mention, False, _span_from(row, mention, found))
        return
    if found := sayings.NONE.search(before):
        if (
            not sayings.WITHOUT_IT.match(row.line)
            and _same_clause(row, found.start(), mention)
            and clause.negations == 1
            and "may" not in clause.before
            and not sayings.AFTER_ABSENT.match(after)
        ):
            yield _claim(row, number, mention, False, _span_from(row, mention, found))
        return
    if found := sayings.AFTER_ABSENT.match(after):
        if not clause.negations:
            yield _claim(row, number, mention, False, _span_to(row, mention, found))
        return
    for pattern, value in sayings.AFTER_OWN_THING:
        found = pattern.match(after)
        if found:
            later = pattern is sayings.AFTER_PRESENT and re.search(
                r" (?:will|should|would|to be|must|shall) ", found[0] + " "
            )
            if not later and not clause.negations:
                denied = bool(found.groupdict().get("not", "").strip())
                yield _claim(row, number, mention, value is not denied, _span_to(row, mention, found))
            return
    found = sayings.HAVE.search(before)
    if found and _same_clause(row, found.start(), mention) and not clause.far:
        if clause.has(_WILLED):
            return
        yield _claim(row, number, mention, not clause.negations % 2, _span_from(row, mention, found))


def _answered(row: Row, number: int, mention: Mention) -> Iterator[Claim]:
    """A flag's label with yes or no after it."""
    after = row.line[mention.ends :]
    for pattern, value in ((sayings.AFTER_YES, True), (sayings.AFTER_NO, False)):
        if found := pattern.match(after):
            yield _claim(row, number, mention, value, _span_to(row, mention, found), 8)
            return


def _choice(row: Row, number: int, mention: Mention) -> Iterator[Claim]:
    clause = clause_before(row, mention.first)
    denied = sayings.AFTER_DENIED.match(row.line[mention.ends :])
    if not clause.negations and not _doubted(clause, row, mention) and not denied and mention.entry.value is not None:
        yield _claim(
            row, number, mention, mention.entry.value, (mention.first, mention.last), 5 + mention.last - mention.first
        )


def _labelled(row: Row, number: int, word: Mention, mentions: Sequence[Mention]) -> Iterator[Claim]:
    """A choice's value after its label: `data quality: mixed`."""
    for mention in mentions:
        if (
            mention.fact is word.fact
            and mention.role is Role.TOPIC
            and mention.last <= word.first
            and word.entry.value is not None
        ):
            between = row.line[mention.ends : word.starts]
            if re.fullmatch(r"(?: (?:is|are|:|=|,|-|rather|quite|pretty|still|only|currently|just))*", between):
                yield _claim(row, number, word, word.entry.value, (mention.first, word.last), 8)
