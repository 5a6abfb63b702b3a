"""Words of English for searching: how a text falls into words, their stems, and which words say little by themselves.

Nothing here knows any source. `STOP` words are left out of every search; `EVERYDAY` words that a source does not use
say little about what a question is about, and are never taken for misspellings; nor are `PLAIN` words, which say much.
"""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\d+(?=(?:ms|[xkhs]|secs?|mins?|hrs?|[gmt]b|usd|eur)\b)|[^\W_]+")
"""A word, or a number that its unit is written to: `300ms` is two words."""

_SIGNS = str.maketrans(
    {"$": " usd ", "€": " euro ", "£": " pound ", "%": " percent ", "'": "", "\N{RIGHT SINGLE QUOTATION MARK}": ""}
)
_SUFFIXES = (
    *("abilities", "ability", "ibility", "ations", "ation", "ments", "ment", "ness", "ities", "ity", "ably", "able"),
    *("ible", "ive", "ency", "ance", "ence", "ings", "ing", "edly", "ed", "ers", "er", "ors", "or", "est", "ions"),
    *("ion", "ally", "als", "al", "ly", "ent", "ant", "acy", "ates", "ate", "ies", "es", "s", "ise", "ize", "at", "y"),
    "e",
)
_SHORTEST = 4
_ENDING_IN = {last: tuple(end for end in _SUFFIXES if end[-1] == last) for last in {end[-1] for end in _SUFFIXES}}
_DESCRIBING, _DESCRIBES = ("able", "ible", "ful", "less", "ous", "tive", "istic", "etric", "wise", "wards"), 6
"""Endings of words that describe, and how many letters a longer word must exceed to have one."""
_PREFIXES = ("un", "in", "im", "ir", "dis", "non", "re", "mis", "over", "under")
_VOWELS = frozenset("aeiou")

SHORT = dict(
    pair.split("=")
    for pair in """
    abt=about acc=accuracy b4=before bc=because bcoz=because coz=because cuz=because dat=that gud=good hav=have
    meny=many teh=the thier=their wich=which becuz=because wether=whether whit=with wiht=with aks=ask ar=are
    bettr=better shoud=should woud=would coud=could hw=how shud=should thx=thanks wat=what wen=when wer=where
    wht=what wot=what wud=would cud=could approx=approximately avg=average config=configuration db=database
    dbs=databases dev=development diff=difference docs=documents doc=document eval=evaluation
    infra=infrastructure max=maximum min=minimum ops=operations perf=performance prep=preparation
    prod=production pts=points req=requirement reqs=requirements specs=specifications stats=statistics
    """.split()  # noqa: SIM905  # as text it can be read
)
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
    whatll wholl therell howll whered thatd thisll
    ourselves wanted wants wish meant anyones whatsoever etc whether cos cause
    non heck arent aint hadnt mustnt neednt shant whod whatd whatre howd wheres theyve youve itd mightnt mustve im weve
    gonna wanna gotta lemme gimme with within without wont would wouldnt yes yet you your yours yourself u ur r pls
    plz actually simply basically exactly generally typically usually normally overall talk talking article author
    authors according
    """.split()  # noqa: SIM905  # as text it can be read
)

EVERYDAY = frozenset(
    """
    biggest smallest largest greatest latest newest easiest hardest simplest slowest highest lowest closest strongest
    weakest richest smartest cleverest wary alive forever digest merely default grand blasted chatty exact sum reserve
    fellow
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
    abroad absent abundance accident accompany accomplish achieve acknowledge active actor additional adequate
    adjacent admire admit adult adventure affair affect afternoon aggressive agency agenda allocate alright alter
    amid anger angry announce annoy anticipate anxious apologise approve argue array arrival ashamed assign
    associate assure attach attain attend attitude awesome awkward balance ballpark ban band bargain barrier
    beforehand beg behalf bend beware bias bigwig bite blank bless blow board boast borrow bound branch brave breach
    breed brilliant bro brother bump buy buyer bypass campaign candidate category cease central chair champion chaos
    chap charm chase cheat cheer chief civil clarify clarity classic clerk client clinician clue coach coincidence
    cold collapse communicate community competition complain compose compromise concrete confess confirm conflict
    conform connect conscious consensus consult consume contact contemplate contractor controversial convenient
    conventional coordinate corner corporate council counsel couldve country courage court craft critique crowd
    crush cry cultural curiosity customary cute damn deadline deaf debate decline decrease dedicated defeat defend
    delicate delta dense depart deputy descend description desire desperate destroy detect devote differentiate
    dilemma diligent disappear disappoint disaster discipline discourage discrete disguise dislike dismiss display
    dispute disregard distance distribute district disturb dive divide doctor double doubtful dozen drag dramatic
    dread dream dude due dull dunno duration duty eager earn easygoing educate elaborate elect elegant elementary
    eliminate embarrass embrace emerge emotion emphasis emphasise enable encourage endless endure engage enjoy
    enquire enterprise entertain enthusiasm entity entry envisage equip equivalent era escape estimate ethic
    everlasting examine excited executive exhaust exotic explode exploit expose express extraordinary fade faith
    fake fame family fascinate fate favourite fellow fierce fifteen fight fill finger fired flat flavour float floor
    flow foremost forgive fraction fragile freak freelance frighten frustrate fulfil fuss gamble generous genius
    gentleman gesture giant gig girl global glorious gosh gotta govern graceful grade grave greet grind grip guest
    guideline gut hail halt hammer hang harness haste headache headline heck height helpful hero highlight hinder
    historic hobby horizon hot household humble hype hypothetical illustrate immense imperfect implication imprecise
    inclined incorporate indicate indirect induce inferior influence ingredient inherent inherit inquire inspect
    inspire install instinct institute instruct intact intelligent intermediate interpret interrupt intervene
    interview intrinsic intuition investigate invite irrelevant isolate joke journalist journey joy jump jury knock
    ladder lady landscape leap lecture legend leisure lend length librarian lieu lightweight likewise limp liner
    listen locus lonely longterm loud loyal luckily lucid luxury magical mainstream mandate mandatory manifest march
    marvellous mate mechanism medium member methodology midst mighty mindset minister ministry miracle misguided
    mislead misunderstand moderate modify mom mood moreover mount murky mystery myth nail narrate needless neglect
    negotiate neighbour nerd nerve nod nonetheless notably notion notorious nuance numerous obey oblige obstacle
    occupy offend office omit onboard oneself opponent optimal optimistic oral outlook outweigh overcome overkill
    overlap overwhelm owe pack panic paradigm parent participate pause peace peak peer pend penalty permission
    persist persuade pertain pessimistic phenomenon philosophy pile pitch pitfall pleasure pledge portion portray
    possess postpone pour powerful praise precaution preclude predecessor prejudice premise premium prescribe
    preserve prevail pride primarily princip privilege proceed profound prominent pronounce proponent prospect
    prosper protest provoke punch punish pupil pursue puzzle qualify quota radical rage readily reap rear reassure
    rebuild reckon recognition recover reduce reduction redundant refine refuge regime reinforce relax release
    reluctant remedy render renew repetition reputation rescue resemble resent reserve resist resolution resolve
    resort restrict retire revenue reverse review revise revolution reward rival rock role root rotten ruin rush
    sacred sad salesman salesperson salvage scatter scientist scrap scratch scream screw scrutiny seize selfish
    seminar sensitive sequel session settle shake shallow shelf ship shorten shortage shortcut shout shrink shut
    sibling silent sincere sir skeptical sceptical sketch slap slide slip smile soak society sole soften sophomore
    sore soul sour spare spectrum speech spin spirit sponsor spoil sporadic spouse squad square squeeze stakeholder
    stare startup steal steep stem stereotype stern stimulate stir strain strand strategic stretch strip strive
    stroke stumble stunning subordinate subsequent substance substantial substitute subtle suck sue supervisor
    supplement suppress supreme surface surpass surrender surround suspend suspicion suspicious swap swear sweep
    sweet swift sympathy symptom talent tandem tap target tease teenager temporary tempt tentative terrific
    territory testify thankful theme theoretical thesis thorough threaten thrill thrive tide till timeline toe
    tolerate tragedy trait transparent trap treat trend tribe trigger trillion triple troublesome twelve twist ugly
    unacceptable unaware uncertain uncertainty undergo undermine undertake unfair unfamiliar unhappy unify unity
    universal unknown unlock unrealistic unrelated unstable unwilling upset urge usable utter vacant vain vanish
    venture verbal verdict vibe viable vice victory village violate viral virtual vivid vocal volunteer vulnerable
    wake warm warrant wealth wear whatsoever whenever wherever whichever whoop wider wipe wisdom wit withdraw
    withstand witness workplace wrap yell yield youth hiya tbh imo imho asap lol haha omg thx ta ppl gimme lemme
    bonjour hola hallo bluntly ourself someday sometime meantime heya ugh hmm hm um uh err erm oh ah wow whoa yay
    darn crap hell nurse lawyer researchers designer analysts executives ceo cto cfo coo vp shareholders salespeople
    marketer grandma granny grandmother grandfather child children daughter son wife husband buddy pal layperson
    adverse adopt retained leak cake eaten drift post ridden abide abrupt acute adhere administer aforementioned
    aggregate aimless alarming alleged ambiguous ambitious ample analogous anonymous apt arbitrary arduous
    articulate aspire assert astonishing audible authentic automatic automated autonomous backward beautiful
    beneficial blatant bogus brutal bulky burdensome careless cautious celebrate cheerful circulate clumsy coarse
    colossal combat commonplace compact compel compensate compile complement complementary comprehend comprehensive
    comprise compulsory concentrate conclusive condense confer confidential confine confront congruent consolidate
    conspire constitute contemporary contend contradict contrary cooperate correspond crude cumbersome cynical
    dangerous deceive declare deduce deem defective defer deficient denote depict derive despite deteriorate devise
    diagnose diminish disastrous discard disclose disconnect discontinue disproportionate disrupt dissatisfied
    distort diverge dominant downright dreadful dubious durable dwell eligible eloquent embody emit empirical enact
    encompass endorse enforce enrich entail enthusiastic entitled enumerate envision erode erroneous evade
    everchanging evoke exaggerate exceed exempt exert exhibit expedite extensive extract exuberant fabulous
    facilitate faint faithful fantastic fatal feeble feverish finite fitting fluent focal foresee formulate
    forthcoming foster fragmented furious fuzzy gigantic glorify grateful grim gross hamper handful hazy heed hectic
    heterogeneous hideous hilarious hollow homogenous hopeless horrific humongous hypothesise idle illegal imminent
    impair impartial impending imperative implausible impose impractical improper impulsive inaccurate inadequate
    inappropriate incapable incidental incompatible incomplete inconsistent inconvenient incur indefinite
    independent indispensable ineffective inefficient inexpensive inexperienced inflexible inhibit injure innocent
    innovate insane insecure insert insignificant insufficient intangible interact interfere interim intricate
    intrigue intrude invaluable invariable invoke isolated jeopardise joyful lame laughable lavish lawful lenient
    linger ludicrous magnify magnificent maximise meaningful meaningless mediocre merciful meticulous misuse
    mitigate mobile monstrous multitude mundane mysterious naughty nearby negligible nimble nominal nonsensical
    noteworthy nurture obsess offset oldschool ominous onerous outdo outperform outrageous outstanding overdue
    overhaul oversized painful pale paramount pathetic penetrate perform periodic perplexed pertinent petty
    phenomenal pinpoint plausible playful plentiful pose potent practise precarious precious predominant preliminary
    premature proactive problematic proficient prohibitive prolific prolong prone provisional prudent quantitative
    qualitative quantum quirky rational rebel receptive reckless reconcile reconsider regain regardless reinvent
    rejoice relentless relieve reminiscent replicate residual resilient resourceful retrospective rigid rigorous
    rudimentary ruthless sarcastic scant scarce seamless seasoned secondary secure shabby shady sheer shrewd
    simplistic simulate sizable slack sloppy sly smash sober solitary spacious specify spectacular speculate
    splendid spontaneous stagnant startling static strenuous stressful stubborn stupendous sturdy succinct
    superficial superfluous surge susceptible swamp symbolic tactical tangible tedious terrified tiresome torn
    torture toxic transient traumatic trim unanimous unbelievable uncomfortable uncommon underway uneasy
    unreasonable unreliable unsatisfied utilise vibrant vicious vigorous vile voluntary whopping wicked wholesome
    wistful worrisome worthless wretched zealous panel mgmt exec weekend fortnight whereby thereof herein hereby
    upper friday monday tuesday wednesday thursday sunday saturday january february april june july august september
    october november december elevator protocol t'other
    citizens patrons subscribers tenants recipients beneficiaries inhabitants taxpayers voters passengers commuters
    recruits veterans babysit commercial transcribed operator practitioners accent daunting hurdle hunch milestone
    yardstick snag bottleneck newbies leadership
    conceptual prerequisite slang
    circulars thumb
    """.split()  # noqa: SIM905  # as text it can be read
)


PLAIN = frozenset(
    """
    font fonts bank banks offline online unit units savings wifi browser cookies calendar clinic patient patients
    tourist tourism stadium theater statistics negotiate ant ants apple arm army art aunt autumn axe baby bacon bag
    bake ball banana barn bath beach bean beans beard beds bed bedroom bee beef beer bell belt bike bikes bird birds
    birth blood blue boat boats body bone bones book books boots bottle bowl box boy boys bread breakfast brick
    bridge brown bucket bug bull bus buses bush cabin cable cage cake camel camera camp candle candy car card cards
    carpet cars castle cat cats cattle cave ceiling chain chair cheese cheetah cherry chess chest chicken chin
    church cigar cinema circus city clock cloth clothes clouds coal coast coat cocoa coffee coin colour color comb
    comet cookie corn cottage cotton couch cough cow cows crab crime crown cup curtain dance dancer dawn dead death
    deer den dentist desert dinner dinosaur dish dog dogs doll dollar dolphin donkey door doors dragon dress drill
    drink drinks drum duck dust eagle ear ears earth east egg eggs elbow elephant engine envelope farm farmer
    feather fence fever fire fish fishing flag flame flat flight flights flour flower flowers flu fog food foot
    football fork fox frog fruit fuel fur furniture garage garden garlic gate ghost giraffe glass glasses glove goat
    gold golf goose grandma grape grass gravity green grey guitar gun hair ham hat hats hawk hay heel hen herb hill
    hip hockey hole honey hood horse horses hospital hotel hotels house houses ice ink iron island ivory jacket jam
    jar jeans jet jewel juice jungle kettle kidney king kings kitchen kite knee knife knight lake lamb lamp lasagne
    lawn leaf leather leg legs lemon lentil lettuce library lion lip lips litre liver lizard loan lorry lunch lung
    man map maple marble meal meals meat medal medicine melon men metal mice milk mirror money monk monkey moon
    moose mosque mother motor mountain mouse mouth movie mud muscle museum mushroom music nail neck needle nest
    night north nose novel nut nuts oak oat ocean oil olive onion orange oven owl oxygen paint palace pan pants
    parcel park pasta pasture peach pear pen pencil pension pepper pet pets phone photo piano pie pig pigs pill
    pillow pilot pin pine pipe pirate pizza plane planet planets plant plants plate pocket poem pond pony pool pork
    port potato powder prison puppy purse queen rabbit race radio rain rat rats recipe red refund rent rice ring
    river road robot rocket rod roof room rooms rope rose rug rugby sail salad salary salmon salt sand sandwich
    sauce sausage scarf school scissors sea seed shark sheep sheet shelf ship ships shirt shoe shoes shop shops
    shower sink skin skirt sky snail snake snow soap soccer sock socks sofa soil song songs south spider spine spoon
    spring square squash stain stairs stamp star stars station steak steel stock stocks stone stool storm stove
    street sugar suit summer sun sunset swan sweater swim sword tail tap tea tear teeth tennis tent theatre tiger
    tile tin toast toe toilet tomato tomb tooth torch towel tower town toy tree trees trip trout truck tuna tunnel
    tyre tyres uncle vaccine van vase vegan veil violin virus visa volcano wall wallet wardrobe wash water wax
    weather wedding well west whale wheat wheel wife wind window windows wine wing winter wire wolf woman women wood
    wool worm wrist yacht yard yoga yogurt zebra zoo won wrote written ate eat eaten drank drove driven flew flown
    swam sang sung wore worn sold bought slept woke taught fought caught rode ridden boil fry cook sew knit hike ski
    surf sing ounce ounces pound pounds gram grams mile miles inch inches acre leeds paris rome berlin london madrid
    china india japan spain italy france brazil canada mexico kenya ghana chile peru nepal egypt iran iraq wales
    insurance universe universes restaurant restaurants computer computers password passwords university holiday
    holidays mortgage marriage election elections president language languages mathematics maths geography chemistry
    physics biology history electricity religion christmas easter birthday family engineering laptop laptops
    keyboard screen printer battery passport vegetable vegetables muscles headache english german french spanish
    italian chinese pregnant lease leases tax taxes reset agent agents letter letters poems poetry joke jokes
    cartoon concert actor actress singer album
    """.split()  # noqa: SIM905  # as text it can be read
)
"""Words of daily life that are near others in spelling: never taken for misspellings, nor for words that say little."""


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, signs of money and percent as words."""
    folded = unicodedata.normalize("NFKC", text).lower().translate(_SIGNS)
    return [SHORT.get(word, word) for word in _WORD.findall(folded)]


def says_little(word: str) -> bool:
    """Whether a word that a source does not use says little of what a question is about."""
    return (
        len(word) == 1
        or word in STOP
        or (_is_everyday(word) and word not in PLAIN)
        or word.isdecimal()
        or (word.endswith("ly") and len(word) > _SHORTEST)
        or (word.endswith(_DESCRIBING) and len(word) > _DESCRIBES)
    )


def _is_everyday(word: str) -> bool:
    """Whether a word, or what it denies or repeats, is one of every day: `unhappy`, `inappropriate`, `rethink`."""
    rests = (word.removeprefix(first) for first in _PREFIXES if word.startswith(first))
    return stem(word) in _everyday() or any(len(rest) > _SHORTEST and stem(rest) in _everyday() for rest in rests)


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
