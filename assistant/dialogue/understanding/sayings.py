"""What stands before or after a thing to say that it is needed, there, or neither, as patterns over a row's line."""

import re
from collections.abc import Iterable

from assistant.dialogue.understanding import english
from assistant.policy.forms import forms_of


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
_ENDED = r"(?= (?:[,.;:)–—/]|$)|$| $)"
_COLONS = r"(?: (?:[:,?=(–—-]|->))*"
_NOT = r"(?P<not>(?: (?:not|never|no longer))?)"
AFTER_NEEDED = re.compile(rf"{_LINK}{_NOT}{_LINK} (?P<said>{_any(english.NECESSARY)})(?= )")
AFTER_OPTIONAL = re.compile(rf"{_LINK}{_NOT}{_LINK} (?P<said>{_any(english.UNNECESSARY)})(?= )")
AFTER_MUST = re.compile(
    r"(?: (?:always|also|all|then))* (?:must|have to|has to|need to|needs to|shall"
    r"|should)(?P<not>(?: not)?)(?: (?:always|all|also|at|times)){0,3} (?:be|appear"
    r"|accompany|come|show|exist)(?= )"
)
AFTER_TO_BE = re.compile(
    r"(?: :| are| is)? (?P<not>(?:not )?)to be (?:always )?(?:shown|displayed|cited|given|provided|included|listed"
    r"|indicated|named|quoted|disclosed|stated|mentioned|attached|added)(?= )"
)
AFTER_YES = re.compile(rf"{_COLONS} (?P<said>{_any(english.YES_OF)}){_ENDED}")
AFTER_NO = re.compile(rf"{_COLONS} (?P<said>{_any(english.NO_OF)}){_ENDED}")
BEFORE_NEED = re.compile(
    rf" (?P<verb>{_any(english.NEED_VERBS, bend=True)})(?: :)?(?: (?!but |and |or )[\w'-]+){{0,4}}? ?\Z"
)
NO_NEED = re.compile(
    r" (?:no (?:need|requirement|necessity|obligation|call|demand) (?:for|of|to)|not a need for"
    r"|(?:can |could )?do without|can live without|live without|may come without"
    r"|not (?:interested in|bothered about|care about|care for))(?: [\w-]+){0,3} ?\Z"
)
NEED_FOR = re.compile(
    r" (?:need for|requirement for|requirement of|demand for|a must is|must haves? :"
    r"|required :|mandatory :|mandatory)(?: [\w-]+){0,3} ?\Z"
)
NECESSARY_FOR = re.compile(
    rf"(?P<not> not)?(?: really| strictly| absolutely)? (?:{_any(english.NECESSARY)})(?: "
    rf"(?:for|that|to))(?: (?!but )[\w-]+){{0,7}}? ?\Z"
)
NEVER_WITHOUT = re.compile(r" (?:not|never|no|nothing|nobody)(?: [\w-]+){0,4} without(?: [\w-]+){0,2} ?\Z")
HAVE = re.compile(rf" (?P<verb>{_any(english.HAVE_VERBS)})(?: :)?(?: (?!but |and |or |no |not )[\w#=-]+){{0,4}}? ?\Z")
TO_MAKE = re.compile(
    r" (?:still|yet|first|(?:i|we) (?:do )?(?:have|need)|must|got) (?:have |has |need |needs |must )?"
    r"(?:yet |still |first )?(?:to )?(?:be )?(?:prepare|build|make|create|write|buy|get|set up|put together|assemble"
    r"|define|rent|order|purchase|procure|acquire|develop|design|establish|draft|arrange|organi[sz]e|agree on)"
    r"(?: (?!more |another |additional |extra |bigger |better |second |and |but )[\w-]+){0,3} ?\Z"
)
NONE = re.compile(
    r" (?:no|without(?: any)?|lack(?:s|ing)?(?: any)?|zero|neither|nor|not (?:a|any"
    r"|one)(?: single)?|not have(?: got)?(?: any| a| an)?|not got(?: any| a| an)?|(?:have"
    r"|has|got) (?:no|not)(?: any| a)?|#n\d+=zero)(?: (?!and |but |have )[\w-]+){0,2} ?\Z"
)
AFTER_PRESENT = re.compile(rf"(?P<link>{_LINK}){_NOT}{_LINK} (?P<said>{_any(english.PRESENT)})(?= )")
AFTER_ABSENT = re.compile(
    rf"{_LINK} (?P<said>{_any(english.ABSENT)})(?= (?:[,.;:)–—/]|yet|so|at|for|today|and|or|$)|$| $)"
    r"|(?: ,)? (?:we|i) (?:still |yet )?(?P<lacking>have not(?: got)?|do not have|have none|lack)(?: any| yet| at all)*"
    r"(?= (?:[,.;:)–—/]|and|or|but|$)|$| $)"
    rf"| but (?:we|i) (?:do not(?: have (?:one|any))?|have (?:not|none)){_ENDED}"
    rf"| (?:also |yet |still )(?P<denied>not){_ENDED}"
)
AFTER_OWNED = re.compile(
    r"(?: ,)? (?P<said>(?:we|i) (?:already |do )?(?:have|own|got|have got)"
    rf"(?: loads| plenty| lots| enough| some| a few| many| several| #n\d+(?:=\w+)?)?){_ENDED}"
)
AFTER_DENIED = re.compile(
    r"(?: (?:is|are|be|was|were|will|does|do|has|have|would|can|that|it|we|they|:|=|–|—|-|just|really|also))*"
    r"(?: (?:not|no|nope|never|unnecessary|optional|irrelevant|false)(?= (?:[,.;()–—]|$)|$| "
    r"$| (?:needed|required|necessary|important|essential|true|the case|a must|an issue"
    r"|relevant|really|yet|at all|so much|for us|part of|asked for|called for|in scope|on the list|in the requirements"
    r"|planned|foreseen|something))"
    r"| (?:unnecessary|optional|irrelevant|not needed|not required|not necessary|not "
    r"important|not essential|a nonissue|a no)(?= ))"
)
ONLY_IF = re.compile(r" (?:not|never|no|nobody|nothing) (?:[^ ]+ ){0,12}unless (?:[^ ]+ ){0,6}")

WITHOUT_IT = re.compile(r" (?:\w+ )?without (?:\S+ ){1,6}(?:can not|could|would|will not|it is|there is no) ")
AFTER_NONE = re.compile(rf"{_COLONS} (?P<said>none|nil|not applicable|na){_ENDED}")
_NOT_OURS = (
    r"(?:something|anything|part of|asked for|called for|on the list|on our list|in the requirements?|in scope|among"
    r"|a topic|the point|planned|foreseen|our thing|worth)"
)
AFTER_NOT_OURS = re.compile(rf" (?:is|are|was|were|would be) not (?:really |exactly )?(?P<said>{_NOT_OURS})(?= )")
YES_TO = re.compile(r"(?:\A|[:;)(,]) (?:yes|yep|yeah|sure) (?:, )?(?:to |on |for )?(?:the |all )?\Z")
BUT_NOT = re.compile(
    r"\A(?: (?!but |if )[^ ]+){0,14} but "
    r"(?:(?:we|i) (?:do not|have not|have none)|(?:there|it) (?:is|are) (?:not|none))"
    rf"(?: have)?(?: any| one)?(?: yet| so far| at the moment| right now)*{_ENDED}"
)

AFTER_NEEDED_THING = (
    (AFTER_NOT_OURS, False),
    (AFTER_OPTIONAL, False),
    (AFTER_NEEDED, True),
    (AFTER_MUST, True),
    (AFTER_TO_BE, True),
    (AFTER_YES, True),
    (AFTER_NO, False),
    (AFTER_NONE, False),
)
"""What may follow a thing that is needed or not, each with what it says."""
AFTER_OWN_THING = ((AFTER_YES, True), (AFTER_NO, False), (AFTER_PRESENT, True), (AFTER_OWNED, True))
"""What may follow a thing that is there or not."""
