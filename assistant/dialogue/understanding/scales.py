"""Claims on scales: an amount of what the fact measures, how often something happens, or an anchor's word."""

import re
from collections.abc import Iterator, Sequence

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.amounts import Sort
from assistant.dialogue.understanding.claims import Claim
from assistant.dialogue.understanding.lexicon import Lexicon, Mention, Role
from assistant.dialogue.understanding.measured import measured_claims
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.rhythms import rhythm_claims
from assistant.dialogue.understanding.scope import clause_before, hedged
from assistant.dialogue.understanding.standing import alone_claims, standing_claims
from assistant.dialogue.understanding.taken_back import blocked
from assistant.dialogue.understanding.wishes import is_wish, of_today, wants
from assistant.policy.vocabulary import FactType, Kind

_LINK = re.compile(
    r"(?: (?:is|are|be|was|:|=|,|-|–|—|->|must|should|needs?|to|will|has|have|stays?"
    r"|remains?|pretty|quite|rather|fairly|just|a|bit|somewhat|"
    r"basically|really|totally|completely|always|still|all|the|very|only|ours|our|here|this"
    r"|year|it|looks?|seems?|rated|set|at|as|being|on|side|"
    r"should be|can|needed|required|for|us|me|#n\d+=one)){0,4}\Z"
)
_APPOSITION = re.compile(r"\A (?:, (?!but |and |while )[^,:(]{1,60} ,|\( [^()]{1,60} \))(?= )")
_DENIED = re.compile(r" (?:not|never|no|nobody|hardly|neither|nor|without) ")
_LIKED = re.compile(r"\b(?<!would )(?:like|love|enjoy|impressed) (?:that|how|the|it)\b")


def scale_claims(row: Row, number: int, mentions: Sequence[Mention], lexicon: Lexicon) -> Iterator[Claim]:
    """Every claim on a scale in a row; none on an amount that an anchor's word qualifies (`one part-time person`)."""
    anchored = {
        (m.fact.name, place): m.entry.value
        for m in mentions
        if m.role in (Role.WORD, Role.MEANS)
        for place in range(m.first - (2 if m.role is Role.WORD else 3), m.first if m.role is Role.WORD else m.last)
    }
    for claim in _scale_claims(row, number, mentions, lexicon):
        counted = lexicon.dimensions.get(claim.fact.name)
        people = counted is not None and counted.sort is Sort.NUMBER
        single = claim.amount >= 0 and _is_one(row, claim.amount)
        said = anchored.get((claim.fact.name, claim.amount), claim.value) if single else claim.value
        if people and claim.amount >= 0 and _only_partly(row, claim, mentions):
            continue
        if not people or claim.amount < 0 or said == claim.value:
            yield claim


def _only_partly(row: Row, claim: Claim, mentions: Sequence[Mention]) -> bool:
    """Whether the sentence goes on to say that a single person is there for part of the time."""
    less = (m.entry.value for m in mentions if m.fact is claim.fact and m.role is Role.MEANS and m.first > claim.amount)
    value = claim.value
    if not _is_one(row, claim.amount) or not isinstance(value, int):
        return False
    return any(isinstance(other, int) and 0 < other < value for other in less)


def _is_one(row: Row, index: int) -> bool:
    amount = row.pieces[index].amount
    return amount is not None and amount.low == amount.high == 1


def _scale_claims(row: Row, number: int, mentions: Sequence[Mention], lexicon: Lexicon) -> Iterator[Claim]:
    for mention in mentions:
        if mention.fact.kind is not Kind.SCALE:
            continue
        if mention.role is Role.OFTEN:
            yield from rhythm_claims(row, number, mention, lexicon)
        elif mention.role is Role.ABOUT:
            yield from measured_claims(row, number, mention, mentions, lexicon)
        elif mention.role is Role.MEANS:
            yield from _meant(row, number, mention)
    yield from _words(row, number, mentions)
    yield from alone_claims(row, number, lexicon)
    yield from standing_claims(row, number, lexicon)


def _meant(row: Row, number: int, mention: Mention) -> Iterator[Claim]:
    value = mention.entry.value
    clause = clause_before(row, mention.first)
    after = row.line[mention.ends :]
    if (
        isinstance(value, int)
        and not clause.negations
        and not after.startswith(" not ")
        and not _doubted(clause.before)
        and not _bygone(clause.before)
        and not (is_wish(mention.fact) and _LIKED.search(" ".join(clause.before)))
    ):
        doubt = hedged(row, mention.first, mention.last)
        yield Claim(
            mention.fact,
            value,
            _word_for(mention.fact, value),
            number,
            mention.first,
            mention.last,
            -1,
            5,
            doubt,
            wanted=wants(row, mention.first, mention.last),
            today=of_today(row, mention.fact, mention.first, mention.last),
        )


def _word_for(fact: FactType, value: int) -> str:
    return next((word.word for word in fact.words if word.value == value), fact.say(value))


def _doubted(before: Sequence[str]) -> bool:
    return any(word in ("if", "unless", "whether", "competitor", "vendor") for word in before)


def _bygone(before: Sequence[str]) -> bool:
    """Whether a clause tells of what was, or of somebody else (`my previous employer had`)."""
    said = " ".join(before)
    return re.search(r"\b(?:used to|had(?! to)|previous|former|last (?:job|year|company|employer))\b", said) is not None


def _words(row: Row, number: int, mentions: Sequence[Mention]) -> Iterator[Claim]:
    """An anchor's word beside what the scale is said of: `tight budget`, `latency: relaxed`."""
    for word in mentions:
        if word.role is not Role.WORD or word.fact.kind is not Kind.SCALE or not isinstance(word.entry.value, int):
            continue
        for mention in mentions:
            if mention.fact is word.fact and mention.role in (Role.ABOUT, Role.OFTEN) and not mention.marked:
                yield from _worded(row, number, word, mention)


def _worded(row: Row, number: int, word: Mention, mention: Mention) -> Iterator[Claim]:
    if word.last <= mention.first:
        first, last = word.first, mention.last
        between = row.line[word.ends : mention.starts]
        sound = between == "" or (
            mention.role is Role.ABOUT
            and re.fullmatch(r"(?: (?:the|on|in|with|of|our|and|for|\w+ing|\w+ed)){1,2}", between)
        )
    elif mention.last <= word.first:
        first, last = mention.first, word.last
        between = _APPOSITION.sub("", row.line[mention.ends : word.starts])
        sound = _LINK.fullmatch(between) is not None
        sound = sound and not row.line.startswith(" enough ", word.ends)
    else:
        return
    value = word.entry.value
    if word.last <= mention.first and _remarked(row, word):
        return
    if not sound or not isinstance(value, int) or _denied(row, first, last, word):
        return
    if blocked(row, word.fact, first, last):
        return
    yield Claim(
        word.fact,
        value,
        _word_for(word.fact, value),
        number,
        first,
        last,
        -1,
        10 + word.last - word.first,
        hedged(row, first, last),
        wants(row, first, last),
        of_today(row, word.fact, first, last),
    )


def _remarked(row: Row, word: Mention) -> bool:
    """Whether somebody remarks on a wish's subject rather than wishing: `I like the fast answers`."""
    if word.fact.recognised is None or word.fact.recognised.speaks_of != "wish":
        return False
    before = clause_before(row, word.first).before
    people = any(form in ("i", "you", "they", "he", "she") for form in before)
    return people and not any(form in english.WANTED for form in before)


def _denied(row: Row, first: int, last: int, word: Mention) -> bool:
    inside = (
        " "
        + " ".join(
            piece.form for i, piece in enumerate(row.pieces[first:last], first) if not word.first <= i < word.last
        )
        + " "
    )
    return _DENIED.search(inside) is not None or clause_before(row, first).negations > 0
