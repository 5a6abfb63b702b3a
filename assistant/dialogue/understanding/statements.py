"""Claims on flags and choices: what is needed, what is there, and phrases that say it outright, each denied or not."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.dialogue.understanding import english
from assistant.dialogue.understanding.claims import Claim
from assistant.dialogue.understanding.english import words
from assistant.dialogue.understanding.lexicon import Mention, Role
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.scope import Clause, clause_before, hedged
from assistant.dialogue.understanding.taken_back import past
from assistant.policy.forms import forms_of
from assistant.policy.vocabulary import FactType, Kind, Value


def _any(phrases: Iterable[str], *, bend: bool = False) -> str:
    """A pattern for any of some phrases; with `bend`, each word in any of its forms."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    if not bend:
        return "(?:" + "|".join(re.escape(phrase) for phrase in ordered) + ")"
    bent = (
        " ".join("(?:" + "|".join(map(re.escape, sorted(forms_of(w)))) + ")" for w in phrase.split())
        for phrase in ordered
    )
    return "(?:" + "|".join(bent) + ")"


_LINK = (
    r"(?: (?:is|are|be|its|their|used|given|absolute|strict|legal|source|document|reply"
    r"|response|was|will|would|should|shall|has|have|had|been|being|to|it|they|that"
    r"|which|we|a|an|the|absolutely|always|definitely|strictly|"
    r"really|very|already|also|all|still|of|for|us|me|our|in|every|each|answer|case|from|:"
    r"|=|,|-|–|—|\(|both|simply|just|now|currently|as|with|quite|"
    r"legally|contractually|by|law|everything|top|considered|there|here|ours|must|on|at"
    r"|hard|fully|any|response|reply|cases|so|far|sort|rather|totally)){0,8}?"
)
_NOT = r"(?P<not>(?: (?:not|never|no longer))?)"
_AFTER_NEEDED = re.compile(rf"{_LINK}{_NOT}{_LINK} (?P<said>{_any(english.NECESSARY)})(?= )")
_AFTER_OPTIONAL = re.compile(rf"{_LINK}{_NOT}{_LINK} (?P<said>{_any(english.UNNECESSARY)})(?= )")
_AFTER_MUST = re.compile(
    r"(?: (?:always|also|all|then))* (?:must|have to|has to|need to|needs to|shall"
    r"|should)(?P<not>(?: not)?)(?: (?:always|all|also|at|times)){0,3} (?:be|appear"
    r"|accompany|come|show|exist)(?= )"
)
_AFTER_YES = re.compile(rf"(?: (?:[:,?=(–—-]|->))* (?P<said>{_any(english.YES_OF)})(?= (?:[,.;)–—]|$)|$| $)")
_AFTER_NO = re.compile(rf"(?: (?:[:,?=(–—-]|->))* (?P<said>{_any(english.NO_OF)})(?= (?:[,.;)–—]|$)|$| $)")
_BEFORE_NEED = re.compile(
    rf" (?P<verb>{_any(english.NEED_VERBS, bend=True)})(?: :)?(?: (?!but |and |or )[\w'-]+){{0,4}}? ?\Z"
)
_NO_NEED = re.compile(
    r" (?:no (?:need|requirement|necessity|obligation|call|demand) (?:for|of|to)|not a need for"
    r"|(?:can |could )?do without|can live without|live without|may come without"
    r"|not (?:interested in|bothered about|care about|care for))(?: [\w-]+){0,3} ?\Z"
)
_NEED_FOR = re.compile(
    r" (?:need for|requirement for|requirement of|demand for|a must is|must haves? :"
    r"|required :|mandatory :|mandatory)(?: [\w-]+){0,3} ?\Z"
)
_NECESSARY_FOR = re.compile(
    rf"(?P<not> not)?(?: really| strictly| absolutely)? (?:{_any(english.NECESSARY)})(?: "
    rf"(?:for|that|to))(?: (?!but )[\w-]+){{0,7}}? ?\Z"
)
_NEVER_WITHOUT = re.compile(r" (?:not|never|no|nothing|nobody)(?: [\w-]+){0,4} without(?: [\w-]+){0,2} ?\Z")
_HAVE = re.compile(rf" (?P<verb>{_any(english.HAVE_VERBS)})(?: :)?(?: (?!but |and |or |no |not )[\w#=-]+){{0,4}}? ?\Z")
_TO_MAKE = re.compile(
    r" (?:still|yet|first|(?:i|we) (?:do )?(?:have|need)|must|got) (?:have |has |need |needs |must )?"
    r"(?:yet |still |first )?(?:to )?(?:be )?(?:prepare|build|make|create|write|buy|get|set up|put together|assemble"
    r"|define|rent|order|purchase|procure|acquire|develop|design|establish|draft|arrange|organi[sz]e|agree on)"
    r"(?: (?!more |another |additional |extra |bigger |better |second |and |but )[\w-]+){0,3} ?\Z"
)
_NONE = re.compile(
    r" (?:no|without(?: any)?|lack(?:s|ing)?(?: any)?|zero|neither|nor|not (?:a|any"
    r"|one)(?: single)?|not have(?: got)?(?: any| a| an)?|not got(?: any| a| an)?|(?:have"
    r"|has|got) (?:no|not)(?: any| a)?|#n\d+=zero)(?: (?!and |but |have )[\w-]+){0,2} ?\Z"
)
_AFTER_PRESENT = re.compile(rf"(?P<link>{_LINK}){_NOT}{_LINK} (?P<said>{_any(english.PRESENT)})(?= )")
_AFTER_ABSENT = re.compile(
    rf"{_LINK} (?P<said>{_any(english.ABSENT)})(?= (?:[,.;:)–—/]|yet|so|at|for|today|and|or|$)|$| $)"
    r"|(?: ,)? (?:we|i) (?:still |yet )?(?P<lacking>have not(?: got)?|do not have|have none|lack)(?: any| yet| at all)*"
    r"(?= (?:[,.;:)–—/]|and|or|but|$)|$| $)"
    r"| but (?:we|i) (?:do not(?: have (?:one|any))?|have (?:not|none))(?= (?:[,.;:)–—/]|$)|$| $)"
    r"| (?:also |yet |still )(?P<denied>not)(?= (?:[,.;:)–—/]|$)|$| $)"
)
_AFTER_OWNED = re.compile(
    r"(?: ,)? (?P<said>(?:we|i) (?:already |do )?(?:have|own|got|have got))(?= (?:[,.;:)–—/]|$)|$| $)"
)
_AFTER_DENIED = re.compile(
    r"(?: (?:is|are|be|was|were|will|does|do|has|have|would|can|that|it|we|they|:|=|–|—|-|just|really|also))*"
    r"(?: (?:not|no|nope|never|unnecessary|optional|irrelevant|false)(?= (?:[,.;)–—]|$)|$| "
    r"$| (?:needed|required|necessary|important|essential|true|the case|a must|an issue"
    r"|relevant|really|yet|at all|so much|for us))"
    r"| (?:unnecessary|optional|irrelevant|not needed|not required|not necessary|not "
    r"important|not essential|a nonissue|a no)(?= ))"
)
_ONLY_IF = re.compile(r" (?:not|never|no|nobody|nothing) (?:[^ ]+ ){0,12}unless (?:[^ ]+ ){0,6}")
_UNSURE = words(
    "if unless whether hope hopes hoping hopefully wonder wondering might suppose imagine assuming assume supposing "
    "provided hypothetically theoretically "
    "wish consider considering thinking discussing debating unclear undecided"
)
_WILLED = words(
    "plan plans planning planned intend will shall going wish want wants hope could might "
    "would should may need needs must looking try trying"
)
_OTHERS = english.OTHERS - {"they", "their", "he", "she", "his", "other"}


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


def _doubted(clause: Clause) -> bool:
    return clause.has(_UNSURE) or clause.has(_OTHERS) or past(clause.before)


def _flag(row: Row, number: int, mention: Mention, mentions: Sequence[Mention]) -> Iterator[Claim]:
    clause = clause_before(row, mention.first)
    value = bool(mention.entry.value)
    span = (mention.first, mention.last)
    if _doubted(clause) or clause.far:
        return
    denials = clause.negations - _spoken_for(row, mention, mentions)
    after = row.line[mention.ends :]
    denied = _AFTER_DENIED.match(after)
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
    return _AFTER_YES.match(after) is not None


def _span_to(row: Row, mention: Mention, found: re.Match[str]) -> tuple[int, int]:
    end = min(mention.ends + found.end() - 1, len(row.line) - 1)
    return mention.first, max(mention.last, row.places[end] + 1)


def _span_from(row: Row, mention: Mention, found: re.Match[str]) -> tuple[int, int]:
    return row.places[found.start() + 1], mention.last


def _needed(row: Row, number: int, mention: Mention) -> Iterator[Claim]:
    """Whether something is needed: `sources are a must`, `nobody needs footnotes`, `citations aren't optional`."""
    clause = clause_before(row, mention.first)
    if _ONLY_IF.search(row.line[: mention.starts]):
        clause = Clause(
            clause.before[clause.before.index("unless") + 1 :] if "unless" in clause.before else clause.before
        )
    if _doubted(clause):
        return
    before, after = row.line[: mention.starts], row.line[mention.ends :]
    outer = bool(clause.negations % 2)
    outright = _outright(row, number, mention, before)
    if outright is not None:
        yield outright
        return
    for pattern, value in (
        (_AFTER_OPTIONAL, False),
        (_AFTER_NEEDED, True),
        (_AFTER_MUST, True),
        (_AFTER_YES, True),
        (_AFTER_NO, False),
    ):
        if found := pattern.match(after):
            denied = bool(found.groupdict().get("not", "").strip()) ^ (outer and not clause.far)
            if not clause.far:
                yield _claim(row, number, mention, value is not denied, _span_to(row, mention, found))
            return
    if (found := _NECESSARY_FOR.search(before)) and _same_clause(row, found.start(), mention):
        yield _claim(row, number, mention, not found["not"], _span_from(row, mention, found))
        return
    found = next(filter(None, (pattern.search(before) for pattern in (_NEED_FOR, _BEFORE_NEED))), None)
    if found is not None and _same_clause(row, found.start(), mention):
        if not clause.far:
            yield _claim(row, number, mention, not outer, _span_from(row, mention, found))
        return
    if clause.before and clause.before[-1] in ("no", "without") and _ended(after):
        yield _claim(row, number, mention, False, (mention.first - 1, mention.last), 2)


def _outright(row: Row, number: int, mention: Mention, before: str) -> Claim | None:
    """What `never without` and `can do without` say of what is mentioned."""
    for pattern, value in ((_NEVER_WITHOUT, True), (_NO_NEED, False)):
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


def _same_clause(row: Row, start: int, mention: Mention) -> bool:
    first = row.places[start + 1]
    return not any(piece.breaks and piece.form not in (":", "-") for piece in row.pieces[first : mention.first])


def _had(row: Row, number: int, mention: Mention) -> Iterator[Claim]:
    """Whether something is there: `we have GPUs`, `no test set yet`, `evaluation: in place`."""
    clause = clause_before(row, mention.first)
    before, after = row.line[: mention.starts], row.line[mention.ends :]
    if _doubted(clause):
        return
    if (found := _TO_MAKE.search(before)) and not clause.negations:
        yield _claim(row, number, mention, False, _span_from(row, mention, found))
        return
    if found := _NONE.search(before):
        if _same_clause(row, found.start(), mention) and clause.negations == 1 and not _AFTER_ABSENT.match(after):
            yield _claim(row, number, mention, False, _span_from(row, mention, found))
        return
    if found := _AFTER_ABSENT.match(after):
        if not clause.negations:
            yield _claim(row, number, mention, False, _span_to(row, mention, found))
        return
    for pattern, value in ((_AFTER_YES, True), (_AFTER_NO, False), (_AFTER_PRESENT, True), (_AFTER_OWNED, True)):
        found = pattern.match(after)
        if found:
            later = pattern is _AFTER_PRESENT and re.search(r" (?:will|should|would|to be|must|shall) ", found[0] + " ")
            if not later and not clause.negations:
                denied = bool(found.groupdict().get("not", "").strip())
                yield _claim(row, number, mention, value is not denied, _span_to(row, mention, found))
            return
    found = _HAVE.search(before)
    if found and _same_clause(row, found.start(), mention) and not clause.far:
        if clause.has(_WILLED):
            return
        yield _claim(row, number, mention, not clause.negations % 2, _span_from(row, mention, found))


def _answered(row: Row, number: int, mention: Mention) -> Iterator[Claim]:
    """A flag's label with yes or no after it."""
    after = row.line[mention.ends :]
    for pattern, value in ((_AFTER_YES, True), (_AFTER_NO, False)):
        if found := pattern.match(after):
            yield _claim(row, number, mention, value, _span_to(row, mention, found), 8)
            return


def _choice(row: Row, number: int, mention: Mention) -> Iterator[Claim]:
    clause = clause_before(row, mention.first)
    denied = _AFTER_DENIED.match(row.line[mention.ends :])
    if not clause.negations and not _doubted(clause) and not denied and mention.entry.value is not None:
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
