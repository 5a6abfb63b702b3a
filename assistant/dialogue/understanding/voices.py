"""Whose system a clause speaks of: the writer's own, or that of a vendor, a rival, a former job or another team.

What somebody else has, or promises, tells nothing of the case at hand: `according to the vendor we'd reach 99%`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.dialogue.understanding.pieces import Row
from assistant.dialogue.understanding.scope import clause_starts

Place = tuple[int, int]

_ORGANISATIONS = (
    "company|companies|firm|firms|bank|banks|team|teams|department|departments|project|projects|division|divisions|"
    "organisation|organization|hospital|hospitals|startup|startups|agency|agencies|shop|business unit|business units|"
    "employer|employers|workplace|job|gig|client|clients|product|place|office"
)
_TEXTS = (
    "article|paper|blog|blog post|post|study|case study|white paper|whitepaper|brochure|website|leaderboard|benchmark|"
    "demo|talk|advert|ad|pitch|deck|datasheet|press release|internet|consultant|consultants|analyst|analysts|"
    "salesman|salesperson|salespeople|sales rep|sales guy|sales people|sales team|sales deck"
)
_SAYS = (
    "say|says|said|saying|claim|claims|claimed|claiming|promise|promises|promised|quote|quotes|quoted|advertise|"
    "advertises|advertised|guarantee|guarantees|guaranteed|reckon|reckons|boast|boasts|boasted|suggest|suggests|"
    "recommend|recommends|recommended|suggested|proposed|estimated|mention|mentions|mentioned|report|reports|reported|insist|insists|swear|swears|swore"
)
_FOREIGN = re.compile(
    rf" (?:competitors?|rivals?|vendors?|the competition"
    rf"|(?<! for )(?<! to )(?<! by )(?:an?other|other) (?:{_ORGANISATIONS})(?! (?:members?|leads?|mates?|and|or))"
    rf"|(?<! after the )(?<! since the )(?<! from the )(?:old|previous|former|last|ex|earlier) (?:{_ORGANISATIONS})"
    r"|(?<! and )(?<! with )(?<! plus )(?<! me )(?:a|my|one|some) (?:friend|cousin|brother|sister|neighbou?r|buddy|mate"
    r"|daughter|son|nephew|flatmate|landlord"
    r"|wife|husband|uncle|acquaintance|ex colleague)(?! (?:and|agrees?) )"
    r"|(?:client|customer|supplier|partner) (?:updates|changes|publishes|releases|revises) (?:its|their|his|her)"
    r"|(?:a|one|some) colleagues? (?:in|at|from|of mine)(?: \w+){1,3} (?:has|have|had|runs?|uses?|built|owns?|bought)"
    rf"|(?:a|some|this|that|one) (?:guy|bloke|woman|{_ORGANISATIONS}) (?:i know|we know|down the road|next door|nearby)"
    rf"|(?:google|openai|anthropic|microsoft|meta|amazon) (?:has|have|is|can|gets?|updates?|answers?|{_SAYS})"
    r"|(?:had|hired|met|got|paid) (?:a|an|the|some) (?:consultants?|analysts?|salesman|salesperson|sales rep|sales guy)"
    r"|(?:pitched|tried to sell|wanted to sell) (?:us|me)"
    r"|(?:he|she|they) (?:quoted us|claims?|claimed|promised?|promises|reckons?|reckoned|boasts?|boasted)"
    rf"|(?:{_TEXTS}) (?:that )?(?:{_SAYS})|according to (?:the |an? |our |one |some |that |this |their )?(?:{_TEXTS})"
    r"|(?:at|in|from) (?:the|a|an|that|this) (?:\w+ )?(?:conference|meetup|webinar|trade show|trade fair|keynote)"
    r")(?= )"
)
_ATTRIBUTES = re.compile(rf" (?:according to|per|{_SAYS}|tells? us|told (?:us|me)|thinks?|wants? us to believe) ")
_FORMERLY = re.compile(rf" (?:old|previous|former|last|ex|earlier) (?:{_ORGANISATIONS}) ")
_OURS = re.compile(r" (?:we|i|us|our|ours|my|(?<!of )mine|me|here) ")
_THEIRS = re.compile(r"^ (?:and |so |where |which |who |there )?(?:they|their|theirs|he|his|she|hers?|who|there) ")
_HEARD = re.compile(
    r" (?:i|we|they) (?:have |had |just |also |once |recently |were |was )*"
    r"(?:hear|heard|read|know|knew|saw|talk|talked|spoke|asked|met|chat|chatted|told|worked)"
)


def of_others(rows: Sequence[Row]) -> frozenset[Place]:
    """The pieces, each by its row and place, that speak of somebody else's system."""
    found: set[Place] = set()
    before = False
    for number, row in enumerate(rows):
        theirs, quoted = False, False
        for first, last in _clauses(row):
            said = _said(row, first, last)
            foreign = _FOREIGN.search(said)
            turned = first > 0 and row.pieces[first - 1].form in ("but", "however", "whereas", "while", ";")
            quoted = quoted and not turned
            if foreign is not None:
                start, end, quoted = _reach(said, foreign)
                theirs = end == len(said)
                places = [place for place in range(first, last) if start <= _column(row, first, place) < end]
            else:
                if _THEIRS.match(said) and (theirs or before):
                    theirs = True
                elif turned or (not quoted and _OURS.search(said)):
                    theirs = False
                places = list(range(first, last)) if theirs else []
            found.update((number, place) for place in places)
        before = theirs
    return frozenset(found)


def _clauses(row: Row) -> Iterator[tuple[int, int]]:
    starts = [*clause_starts(row), len(row.pieces)]
    yield from ((first, last) for first, last in pairwise(starts) if first < last)


def _said(row: Row, first: int, last: int) -> str:
    return "".join(f" {piece.form}" for piece in row.pieces[first:last]) + " "


def _column(row: Row, first: int, place: int) -> int:
    return sum(len(piece.form) + 1 for piece in row.pieces[first:place])


def _reach(said: str, foreign: re.Match[str]) -> tuple[int, int, bool]:
    """From where to where in a clause the others are spoken of, and whether it tells what they say."""
    ours_before = _OURS.search(said, 0, foreign.start() + 1)
    heard = _HEARD.search(said, 0, foreign.end())
    start = foreign.start() if ours_before and not heard else 0
    quoted = _ATTRIBUTES.search(said) is not None or _FORMERLY.search(said) is not None
    ours_after = _OURS.search(said, foreign.end())
    end = ours_after.start() if ours_after and not quoted else len(said)
    return start, end, quoted
