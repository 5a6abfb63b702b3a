"""What a sentence tells only together with the one before it.

The writer's own question and its answer (`Do answers need sources? Yes.`), and a number or none that stands for one
just supposed or denied (`Assuming we get 10k labelled examples … Right now it's 150.`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.amounts import Sort
from assistant.dialogue.understanding.claims import Claim, period_in, said_amount, whole
from assistant.dialogue.understanding.counts import number_before
from assistant.dialogue.understanding.lexicon import Lexicon, Mention, Role
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.replies import reply_claim
from assistant.dialogue.understanding.scope import hedged, is_question
from assistant.dialogue.understanding.taken_back import blocked
from assistant.policy.vocabulary import FactType, Kind

_OWN = english.words(
    "right now today currently here so far at present the moment it is we have got i there are in fact reality really "
    "actually only just but for us as of and yet still ours all of them those though should be so must around"
)
_NEEDING = english.words("need needed needs necessary required require")
_LEAST_SUM = 1000
_NONE = frozenset(("none", "zero", "nothing", "nil"))
_TOPICS = frozenset((Role.THING, Role.ABOUT, Role.OFTEN, Role.NEEDED, Role.HAD, Role.TOPIC))


def carried_claims(
    rows: Sequence[Row], mentions: Sequence[Sequence[Mention]], claims: Sequence[Claim], lexicon: Lexicon
) -> Iterator[Claim]:
    """Claims of sentences that lean on the one before them."""
    telling = {claim.row for claim in claims}
    for number in range(1, len(rows)):
        before, row = rows[number - 1], rows[number]
        if is_question(row):
            continue
        yield from _of_them(row, number, mentions, claims)
        if number in telling:
            continue
        yield from _specified(row, number, mentions, claims, lexicon)
        if is_question(before):
            yield from _answered(row, number, rows, mentions, lexicon)
        if number - 1 not in telling:
            yield from _instead(row, number, mentions[number - 1], before)


def _owned(fact: FactType, mentions: Sequence[Mention]) -> bool:
    """Whether a question speaks of a fact only as something that one has or has not."""
    roles = {m.role for m in mentions if m.fact is fact and m.role in (*_TOPICS, Role.MEANS)}
    return roles == {Role.HAD}


def _answered(
    row: Row, number: int, rows: Sequence[Row], mentions: Sequence[Sequence[Mention]], lexicon: Lexicon
) -> Iterator[Claim]:
    """The answer that a writer gives to a question of their own, where the question is about one fact."""
    asked = {m.fact.name: m.fact for m in mentions[number - 1] if m.role in _TOPICS or _says_yes(m)}
    if any(piece.form in _NEEDING for piece in rows[number - 1].pieces):
        asked = {name: fact for name, fact in asked.items() if not _owned(fact, mentions[number - 1])}
    if len(asked) > 1:
        asked = {name: fact for name, fact in asked.items() if fact.kind is Kind.FLAG}
    if len(asked) == 1:
        (fact,) = asked.values()
        claim = reply_claim(fact, [row], [mentions[number]], lexicon)
        if claim is not None:
            yield replace(claim, row=number)


def _specified(
    row: Row, number: int, mentions: Sequence[Sequence[Mention]], claims: Sequence[Claim], lexicon: Lexicon
) -> Iterator[Claim]:
    """The amount behind words just said of one scale: `Budget: not much. Maybe 6k.`"""
    facts = {claim.fact.name: claim.fact for claim in claims if claim.row == number - 1}
    if len(facts) != 1:
        return
    (fact,) = facts.values()
    worded = all(claim.amount < 0 for claim in claims if claim.row == number - 1)
    if not worded or fact.kind is not Kind.SCALE or fact.name not in lexicon.dimensions:
        return
    claim = reply_claim(fact, [row], [mentions[number]], lexicon)
    amount = row.pieces[claim.amount].amount if claim is not None and claim.amount >= 0 else None
    dimension = lexicon.dimensions[fact.name]
    money = dimension.sort is Sort.MONEY and amount is not None and amount.high >= _LEAST_SUM
    if claim is not None and amount is not None and (amount.sort is dimension.sort or money):
        yield replace(claim, row=number)


def _says_yes(mention: Mention) -> bool:
    return mention.role is Role.MEANS and mention.entry.value is True


def _instead(row: Row, number: int, things: Sequence[Mention], before: Row) -> Iterator[Claim]:
    """A number, or none, in place of one that the sentence before supposed, denied or told of others."""
    counted = [m for m in _counted(things) if m.marked or number_before(before, m) is not None]
    if not counted:
        return
    fact = counted[-1].fact
    amounts = [index for index, piece in enumerate(row.pieces) if piece.amount is not None]
    others = [piece.form for index, piece in enumerate(row.pieces) if index not in amounts and piece.form.isalpha()]
    own = [word for word in others if word in _OWN]
    rest = [word for word in others if word not in _OWN]
    if not own:
        return
    if not amounts and len(rest) == 1 and rest[0] in _NONE:
        yield Claim(fact, 0, "none", number, 0, len(row.pieces), -1, 5)
    elif len(amounts) == 1 and not rest:
        yield from _number(fact, row, number, amounts[0])


def _of_them(row: Row, number: int, mentions: Sequence[Sequence[Mention]], claims: Sequence[Claim]) -> Iterator[Claim]:
    """How many there are of what only the sentence before names: `There's about 400 of them.`"""
    things = {mention.fact.name: mention.fact for mention in _counted(mentions[number - 1])}
    if len(things) != 1 or _counted(mentions[number]):
        return
    (fact,) = things.values()
    taken = {claim.amount for claim in claims if claim.row == number}
    if any(claim.fact is fact and claim.row == number - 1 for claim in claims):
        return
    for index in range(len(row.pieces) - 2):
        them = [piece.form for piece in row.pieces[index + 1 : index + 3]]
        partial = them[0] == "of" and them[1] in ("them", "those", "these")
        counts = row.pieces[index].amount is not None and index not in taken
        alone = all(piece.form in _OWN or not piece.form.isalpha() for piece in row.pieces[:index])
        if partial and counts and alone and not blocked(row, fact, index, index + 1):
            yield from _number(fact, row, number, index)


def _counted(mentions: Sequence[Mention]) -> list[Mention]:
    return [m for m in mentions if m.role is Role.THING and m.fact.kind is Kind.COUNT and period_in(m.fact) is None]


def _number(fact: FactType, row: Row, number: int, index: int) -> Iterator[Claim]:
    amount = row.pieces[index].amount
    assert amount is not None
    value = whole(amount.middle) if amount.sort is Sort.NUMBER and not amount.loose else None
    if value is not None:
        doubt = amount.hedged or hedged(row, index, index + 1)
        yield Claim(fact, value, said_amount(amount), number, index, index + 1, index, 10, doubt)
