"""Words of English for searching: how a text falls into words, their stems, and which words say little by themselves.

Nothing here knows any source. `STOP` words are left out of every search; `EVERYDAY` words that a source does not use
say little about what a question is about, and are never taken for misspellings.
"""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_SIGNS = {"$": " usd ", "€": " euro ", "£": " pound ", "%": " percent ", "'": "", "\N{RIGHT SINGLE QUOTATION MARK}": ""}
_SUFFIXES = (
    *("abilities", "ability", "ibility", "ations", "ation", "ments", "ment", "ness", "ities", "ity", "ably", "able"),
    *("ible", "ive", "ency", "ance", "ence", "ings", "ing", "edly", "ed", "ers", "er", "ors", "or", "est", "ions"),
    *("ion", "ally", "als", "al", "ly", "ent", "ant", "acy", "ates", "ate", "ies", "es", "s", "ise", "ize", "at", "y"),
    "e",
)
_SHORTEST = 4
_ENDING_IN = {last: tuple(end for end in _SUFFIXES if end[-1] == last) for last in {end[-1] for end in _SUFFIXES}}
_VOWELS = frozenset("aeiou")

SHORT = {
    "approx": "approximately",
    "avg": "average",
    "config": "configuration",
    "db": "database",
    "dbs": "databases",
    "dev": "development",
    "docs": "documents",
    "doc": "document",
    "eval": "evaluation",
    "infra": "infrastructure",
    "max": "maximum",
    "min": "minimum",
    "ops": "operations",
    "perf": "performance",
    "prep": "preparation",
    "prod": "production",
    "pts": "points",
    "specs": "specifications",
    "stats": "statistics",
}
"""What short forms stand for."""

STOP = frozenset(
    """
    a whos wheres hows whens whys theres heres itll youll theyll well wed theyd youd id shes hes thatll shouldve
    about above after again all also although always am among an and any anybody anyone anything are as ask asked
    at be because been before being below between but by can cannot cant come could couldnt did didnt do does
    doesnt doing done dont each either else even ever every everyone everything for from get gets getting give
    gives go goes going got had has hasnt have havent having he hello help her here hers hey hi him his how
    however i if ill im in into is isnt it its itself ive just kind know let lets like many may maybe me might
    mine more most much must my myself neither new no nor not now of off ok okay on once one ones only or other
    others our ours out outline over own particularly per perhaps please put rather really said same say says see
    shall she should shouldnt since so some somebody someone something sort still such take takes tell text than
    thank thanks that thats the their theirs them themselves then there these they theyre thing things this those
    though through to too try two typical under until up upon us use used using usual very via want wants was
    wasnt way ways we were werent weve what whatever whats when where whether which while who whom whose why will
    with within without wont would wouldnt yes yet you your yours yourself u ur r pls plz actually simply
    basically exactly generally typically usually normally overall talk talking article author authors according
    """.split()  # noqa: SIM905  # as text it can be read
)

EVERYDAY = frozenset(
    """
    applied component components element elements besides ability able absolute abstract accept acceptable access
    across act add afford afraid ago agree ahead aim allow almost alone along already alternative amazing another
    answer anyhow anyway apart apparent appear apply approach approaches appropriate arise around arrange aspect
    assume assumption attempt attention attractive average avoid aware away awful back bad bare basic basis bear
    became become begin behave behind belief believe belong benefit best bet better beyond big bigger bit blame
    blind bloody bold boring bother bottom brief bring broke broken build bunch busy call called calm capable care
    careful carry case catch cause caution certain challenge chance choice circumstance claim class clean clear
    clever close colleague combine comfort comment commit common company compare compete complete concept concern
    concise conclude condition confuse confused confusing consider consist constant contain context continue
    contrast contribute convince cool cope copy core correct count couple course cover crazy create crucial
    curious current cut danger dare deal dear decade decent decide decision deep default define definite degree
    deliver demand depend describe deserve detail determine develop difference different difficult dig dirty
    disagree discover discuss distinct doubt down drastic draw drop dumb dummies dummy early ease easier easiest
    easily easy effect effective efficient effort eight elsewhere employee encounter end enormous enough ensure
    enter entire equal especial essence essential etc evaluate event eventual everybody everywhere evidence
    evident exact example excellent except exceptional excess exclude excuse exist expect experience explain
    explicit explore extend extent extra extreme face fact fail failure fair fall familiar famous fancy far
    fashion fast fault favour fear feasible feature feel felt few fewer field fifty figure final find fine finish
    firm first fit five fix fixed flaw focus folk folks follow fond foolish force forever forget form former
    fortunate forward found four fourth frank free friend front full fully fun function fundamental funny further
    future gain gap gather general gentle genuine gist given glad glance goal gone good gradual grand grasp great
    ground group guarantee guess guide guy guys habit half hand handle handy happen happy hard hardly harm hate
    head healthy hear heart heavy hence hesitate high hint hire hit hold holistic honest hope horrible hours huge
    human hundred hurry hurt idea ideal identical identify ignore imagine immediate impact implicit imply
    importance important impossible impress impression include incredible indeed individual inevitable inform
    initial insight insist instance instead intend intense intent interest interested interesting introduce invest
    involve issue item job join judge junior justify keen keep key kill kinda kinds knew known label lack large
    last late later latter layman laymans lazy lead leader lean learner least leave led left legit lesser lesson
    level lie life light likely limit line link list little live loads logical long longer look loose lose loss
    lot lots love low lower luck lucky mad main mainly major make management manage manager manner mark massive
    master match matter mature mean meaning meant meanwhile means measure mention mere merely merit mess messy
    method middle mild mind mine minimal minor minute miss mistake modern modest moment morning motivation mostly
    move multiple mutual naive name namely nasty natural nature near neat necessary need negative nervous neutral
    never newbie newcomer next nice nine nobody noise noob normal notable note nothing notice novice nowadays
    nowhere number obscure observe obtain obvious occasion occur odd offer often old older open operate opinion
    opportunity oppose opposite option order ordinary organisation organization origin otherwise ought outcome
    outright outside owner pace pain pair part partial particular party pass passage past path patient pay
    peculiar people percent perfect period permanent permit person personal perspective phase phrase pick picky
    picture piece pity place plain plan platform play pleasant plenty point pointless polite poor popular position
    positive possibility possible potential practical practice precise prefer prepare present press pressure
    presume pretend pretty prevent previous primary principle prior private probable problem procedure process
    produce productive professional profit progress project promise proof proper property propose protect proud
    prove provide public pull pure purpose push quality quarter question quick quiet quit quite quote raise random
    range rapid rare rarely raw reach react read reader ready real realise realistic reality reason reasonable
    recall receive recognise refer reflect refuse regard regards regular reject relate relation relative relevant
    relief rely remain remark remember remind remove repeat replace report represent require respect respective
    respond response rest result reveal rich rid ridiculous right risk risky rough round routine rude rule run
    safe sake satisfy save scared scary scenario scope second secret section seek seem seldom select sense
    sensible sentence separate serious serve set setting setup seven several shame shape share sharp shock short
    shortly shot show shows sick side sight sign significant silly similar simple simplify single sit situation
    six size skill skip slight slow small smart smooth solid solve somehow somewhat somewhere soon sorry sound
    speak special specialist specific spend spot spread stand standard start state statement stay step stick stop
    story straight strange strategy strength stress strict strike strong struggle stuck student stuff stupid
    subject succeed success sudden suffer sufficient suggest suit suitable sum summary super superb superior
    support suppose sure surprise survive suspect sustain switch system tackle task tackles team tech technical
    technique ten tend terms terrible terribly test theory therefore thereby thick thin think third thirty thought
    thousand threat three throw thus tidy tight time times tiny tip tired title together told tomorrow tonight
    took tool top topic total touch tough toward towards track traditional tremendous trick tricky trouble true
    trust truth turn twenty twice type ultimate unable unclear underneath understand unfortunate unique unless
    unlike unlikely unnecessary unsure unusual urgent useful useless user usual vague valid valuable value variety
    various vast version view visible vital wait walk wanna gonna warn waste watch weak week weeks weigh weird
    welcome whereas whole wide wild willing win wise wish wonder wonderful word words work worked working works
    world worried worry worse worst worth worthwhile write wrong yeah year years yesterday young zero wondering
    tried truly obviously ie eg vs plus minus tag yep nope tl dr tldr ps fyi btw aka etcetera afterwards onwards
    anymore anywhere application applications app apps architect architects engineer engineers business companies
    businesses senior director boss laymen beginner beginners expert experts practically comes came gave taken
    makes making made keeps kept saw seen sees went lets says doing does sits sitting sat stands stood lies lay
    moving goes runs ran running wins winning lost loses choose chose finance nearly roughly currently presently
    possibly certainly definitely honestly seriously literally hopefully
    """.split()  # noqa: SIM905  # as text it can be read
)


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, signs of money and percent as words."""
    folded = unicodedata.normalize("NFKC", text).lower()
    for sign, word in _SIGNS.items():
        folded = folded.replace(sign, word)
    return [SHORT.get(word, word) for word in _WORD.findall(folded)]


def says_little(word: str) -> bool:
    """Whether a word that a source does not use says little of what a question is about."""
    return (
        len(word) == 1
        or word in STOP
        or stem(word) in _everyday()
        or word.isdecimal()
        or (word.endswith("ly") and len(word) > _SHORTEST)
    )


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    return frozenset(map(stem, EVERYDAY))


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """What the forms of a word have in common: `evalu` to `evaluates`, `evaluation` and `evaluating`.

    Rough on purpose: it need not be a word, only the same for most forms of one.
    """
    if not word.isascii():
        return word
    for _ in range(3):
        end = next((end for end in _ENDING_IN.get(word[-1], ()) if word.endswith(end) and _comes_off(word, end)), None)
        if end is None:
            break
        word = _finished(word[: -len(end)], end)
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in _VOWELS else word


def _comes_off(word: str, suffix: str) -> bool:
    room = len(word) - len(suffix)
    match suffix:
        case "s" | "ies":
            return room >= 3 and not word.endswith(("ss", "sis", "atus"))
        case "y":
            return room >= 3
        case "ing" | "ed":
            return room >= 3
        case "at":
            return room > _SHORTEST
        case _:
            return room >= _SHORTEST


def _finished(word: str, suffix: str) -> str:
    """A short word gets back the e that it lost to an ending: `tune` for `tuning`."""
    short = len(word) == 3 and suffix in ("ing", "ed")
    closed = word[0] not in _VOWELS and word[1] in _VOWELS and word[2] not in _VOWELS and word[2] not in "wxy"
    return f"{word}e" if short and closed else word
