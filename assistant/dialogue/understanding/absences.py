"""None of what is counted: `no labelled data at all`, `we don't have any documents`, `documents: none`."""

import re
from collections.abc import Iterator

from assistant.dialogue.understanding.claims import Claim, period_in
from assistant.dialogue.understanding.lexicon import Mention, Role
from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.scope import hedged
from assistant.dialogue.understanding.taken_back import blocked

_NONE_BEFORE = re.compile(
    r" (?:(?:do|does) not exist (?:any )?"
    r"|(?:do|does) not (?:currently |yet |really |actually )?(?:have|possess|own) (?:any |a single )?"
    r"|(?:have|has|got|there is|there are|with) (?:no|zero|not any|not) "
    r"|(?<= are )without (?:any )?|\A without any "
    r"|lack (?:any )?|no |zero |neither |nor |not (?:a single|any|one) |(?:have|has) "
    r"not (?:got |any )*|not (?:got|have) any |#n\d+=zero )"
    r"(?:(?!in |of |for |to |on |from |with |by |at |about |through )[a-z]+ ){0,2}\Z"
)
_NONE_FOLLOWS = re.compile(
    r" (?:\Z|[,.:;()–—/-]|at all|yet|so far|available|whatsoever|to (?:train|learn|search"
    r"|speak|work|start|be)|for|in|and|or|nor|but|exist|right|today|"
    r"here|whatever|now|currently|on|anywhere|i|we|ready|unfortunately|sadly|at the|from"
    r"|because|since|of|as|only|just|with)"
)
_NONE_AFTER = re.compile(
    r"(?: ?[:=(–—,-]| is| are| we have| currently| so far| at the moment| right now)* "
    r"(?:none|zero|nil|nothing|no|nope|#n\d+=zero)(?: yet| so far| at all| at the moment| i think)? "
    r"(?:\Z|[,.;)/–—-])"
    r"|(?: ,)? (?:we|i) (?:still |yet )?(?:have not(?: got)?|do not have|have none|lack|have no)(?: any| yet| at all)*"
    r" (?:\Z|[,.;)/–—-])"
)


def none_of(row: Row, number: int, mention: Mention) -> Iterator[Claim]:
    """None of what is mentioned: `no labelled data at all`, `we don't have any documents`, `documents: none`."""
    if mention.role is not Role.THING or period_in(mention.fact) is not None:
        return
    before = row.line[: mention.starts + 1]
    after = row.line[mention.ends :]
    first = mention.first
    denied = _NONE_BEFORE.search(before)
    if denied and _NONE_FOLLOWS.match(after):
        first = row.places[denied.start() + 1]
    elif not _NONE_AFTER.match(after):
        return
    if blocked(row, mention.fact, first, mention.last, negated=True):
        return
    yield Claim(mention.fact, 0, "none", number, first, mention.last, -1, 5, hedged(row, first, mention.last))
