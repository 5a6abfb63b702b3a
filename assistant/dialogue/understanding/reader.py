"""`read`: a message to the facts it tells. Pure: the same policy, text and question give the same reading.

Rows of pieces are made of the text, phrases of the lexicon are sought in each, claims are made of what was found, and
claims that disagree are settled, put right by the writer, or left unclear.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.dialogue.understanding.carried import carried_claims
from assistant.dialogue.understanding.claims import Claim
from assistant.dialogue.understanding.corrections import corrected
from assistant.dialogue.understanding.counts import count_claims, rate_claims
from assistant.dialogue.understanding.elliptic import elliptic_claims
from assistant.dialogue.understanding.headed import headed_claims
from assistant.dialogue.understanding.lexicon import Lexicon, Mention, Role, lexicon_of
from assistant.dialogue.understanding.long_replies import answer_within
from assistant.dialogue.understanding.named import named_claims
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.replies import is_unsure, reply_claim
from assistant.dialogue.understanding.results import Candidate, Certainty, Correction, ReadFact, Reading, Unclear
from assistant.dialogue.understanding.scales import scale_claims
from assistant.dialogue.understanding.scope import clause_around, is_question
from assistant.dialogue.understanding.sentences import rows_of
from assistant.dialogue.understanding.sizes import billion_claims
from assistant.dialogue.understanding.statements import statement_claims
from assistant.dialogue.understanding.tokens import MAX_READ, tokens_of
from assistant.dialogue.understanding.voices import Place, of_others
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import FactType

MAX_ROWS = 200
NEAR = 60


def read(policy: Policy, text: str, asked: str | None = None) -> Reading:
    """What a message tells; `asked` is the fact that the question on the table is about."""
    lexicon = lexicon_of(policy)
    rows = rows_of(tokens_of(text, lexicon.speller.mend))[:MAX_ROWS]
    mentions = [lexicon.mentions(row) for row in rows]
    telling = [not is_question(row) for row in rows]
    claims = [
        claim
        for number, row in enumerate(rows)
        if telling[number]
        for claim in _claims(row, number, mentions[number], lexicon)
    ]
    fact = policy.told.get(asked) if asked else None
    for number, row in enumerate(rows):
        if telling[number]:
            claims.extend(headed_claims(row, number, mentions[number], claims, lexicon))
    claims.extend(carried_claims(rows, mentions, claims, lexicon))
    claims.extend(elliptic_claims(rows, mentions, claims, lexicon))
    others = of_others(rows)
    claims, unclear = _one_each([claim for claim in claims if not _of_any(claim, others)], fact)
    claims, corrections = corrected(claims, rows, mentions, text)
    answer = None
    if fact is not None and not any(claim.fact is fact for claim in claims):
        answer = reply_claim(
            fact, rows, [m if told else [] for m, told in zip(mentions, telling, strict=True)], lexicon
        )
        if answer is None:
            taken = {(claim.row, claim.amount) for claim in claims}
            answer = answer_within(fact, rows, mentions, lexicon, taken)
        if answer is not None and (not telling[answer.row] or _of_any(answer, others)):
            answer = None
    return _reading(text, rows, claims, answer, unclear, corrections, is_unsure(rows) if fact else False)


def _of_any(claim: Claim, places: Collection[Place]) -> bool:
    """Whether a claim rests on any of some pieces."""
    return any((claim.row, index) in places for index in range(claim.first, max(claim.last, claim.first + 1)))


def _claims(row: Row, number: int, mentions: Sequence[Mention], lexicon: Lexicon) -> list[Claim]:
    barred = {
        (mention.fact.name, index)
        for mention in mentions
        if mention.role is Role.UNLESS
        for index in clause_around(row, mention.first, mention.last)
    }
    heard = [m for m in mentions if not any((m.fact.name, index) in barred for index in range(m.first, m.last))]
    claims = (
        *count_claims(row, number, heard),
        *rate_claims(row, number, lexicon.rates),
        *billion_claims(row, number, lexicon.billions),
        *scale_claims(row, number, heard, lexicon),
        *named_claims(row, number, heard, lexicon),
        *statement_claims(row, number, heard),
    )
    return [c for c in claims if not any((c.fact.name, index) in barred for index in range(c.first, c.last))]


def _one_each(claims: Sequence[Claim], asked: FactType | None) -> tuple[list[Claim], list[list[Claim]]]:
    """The claims with one for each amount; and those of amounts that several facts could claim."""
    kept: list[Claim] = [claim for claim in claims if claim.amount < 0]
    unclear: list[list[Claim]] = []
    places = dict.fromkeys((claim.row, claim.amount) for claim in claims if claim.amount >= 0)
    for place in places:
        rivals = [claim for claim in claims if (claim.row, claim.amount) == place]
        top = max(claim.weight for claim in rivals)
        best = [claim for claim in rivals if claim.weight == top]
        facts = {claim.fact.name for claim in best}
        if len(facts) == 1 and top > -50:
            kept.append(best[0])
            continue
        possible = [claim for claim in rivals if claim.weight > -50] or rivals
        wanted = [claim for claim in possible if claim.fact is asked]
        if wanted:
            kept.append(wanted[0])
        else:
            unclear.append(list({claim.fact.name: claim for claim in possible}.values()))
    return sorted(kept, key=lambda claim: (claim.row, claim.first, claim.last)), unclear


def _reading(
    text: str,
    rows: Sequence[Row],
    claims: Sequence[Claim],
    answer: Claim | None,
    unclear: list[list[Claim]],
    corrections: list[tuple[Claim, Claim]],
    unsure: bool,
) -> Reading:
    facts: dict[str, ReadFact] = {}
    open_: list[Unclear] = [_unclear(group, rows, text) for group in unclear]
    for name in dict.fromkeys(claim.fact.name for claim in claims):
        chosen, rivals = _settled([claim for claim in claims if claim.fact.name == name])
        if chosen is not None:
            facts[name] = _told(_joined(chosen, rivals, rows), rows, text)
        elif rivals:
            open_.append(_unclear(rivals, rows, text))
    if answer is not None:
        facts[answer.fact.name] = _told(answer, rows, text)
        covered = facts[answer.fact.name]
        open_ = [one for one in open_ if one.end <= covered.start or covered.end <= one.start]
    put_right = tuple(
        Correction(now.fact.name, _told(was, rows, text), _told(now, rows, text)) for was, now in corrections
    )
    ordered = dict(sorted(facts.items(), key=lambda item: (item[1].start, item[0])))
    return Reading(ordered, tuple(open_), put_right, unsure and not facts, len(text) > MAX_READ)


def _settled(claims: list[Claim]) -> tuple[Claim | None, list[Claim]]:
    """The claim that holds of several on one fact; none where they disagree for good."""
    wanted = (
        [claim for claim in claims if not claim.today]
        if any(claim.wanted and not claim.today for claim in claims)
        else claims
    )
    wanted = [claim for claim in wanted if not (claim.today and not claim.wanted)]
    if not wanted:
        return (None, []) if any(claim.today for claim in claims) else (claims[0], claims)
    if len({claim.value for claim in wanted}) > 1:
        measured = [claim for claim in wanted if claim.amount >= 0]
        wanted = measured or wanted
    if len({claim.value for claim in wanted}) > 1:
        stronger = [claim for claim in wanted if claim.wanted]
        wanted = stronger if stronger and len({claim.value for claim in stronger}) == 1 else wanted
    if len({claim.value for claim in wanted}) > 1:
        top = max(claim.weight for claim in wanted)
        best = [claim for claim in wanted if claim.weight == top and claim.amount < 0]
        if len({claim.value for claim in best}) != 1 or any(isinstance(claim.value, bool) for claim in wanted):
            return None, wanted
        wanted = best
    return max(wanted, key=lambda claim: (claim.weight, -claim.row, -claim.first)), wanted


def _span(claim: Claim, rows: Sequence[Row]) -> tuple[int, int]:
    pieces = rows[claim.row].pieces[claim.first : max(claim.last, claim.first + 1)]
    return min(piece.start for piece in pieces), max(piece.end for piece in pieces)


def _joined(chosen: Claim, claims: Sequence[Claim], rows: Sequence[Row]) -> Claim:
    """The claim with those beside it that say the same."""
    for other in claims:
        near = abs(_span(other, rows)[0] - _span(chosen, rows)[1]), abs(_span(chosen, rows)[0] - _span(other, rows)[1])
        if other.row == chosen.row and other.value == chosen.value and min(near) <= NEAR:
            chosen = replace(chosen, first=min(chosen.first, other.first), last=max(chosen.last, other.last))
    return chosen


def _told(claim: Claim, rows: Sequence[Row], text: str) -> ReadFact:
    start, end = _span(claim, rows)
    certainty = Certainty.HEDGED if claim.hedged else Certainty.CLEAR
    return ReadFact(claim.fact.name, claim.value, claim.stated, text[start:end], start, end, certainty)


def _unclear(claims: Sequence[Claim], rows: Sequence[Row], text: str) -> Unclear:
    spans = [_span(claim, rows) for claim in claims]
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    candidates = dict.fromkeys(Candidate(claim.fact.name, claim.value, claim.stated) for claim in claims)
    return Unclear(text[start:end], start, end, tuple(candidates))
