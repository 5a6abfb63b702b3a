"""English as the reader knows it whatever the policy: number words, units of time and money, negation, hedges, wishes.

Only the language stands here. What a policy's facts are called is declared in its vocabulary.
"""

from collections.abc import Mapping
from fractions import Fraction

from assistant.policy.forms import words as words


def phrases(text: str) -> tuple[str, ...]:
    """Phrases with bars between."""
    return tuple(text.split(" | "))


def pairs(text: str) -> dict[str, str]:
    """What stands for what: each pair a word, a space and the rest, with bars between."""
    return {wrong: right for wrong, _, right in (pair.partition(" ") for pair in text.split(" | "))}


UNITS: Mapping[str, int] = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS: Mapping[str, int] = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
SCALES: Mapping[str, int] = {
    "dozen": 12,
    "dozens": 12,
    "hundred": 100,
    "hundreds": 100,
    "thousand": 1000,
    "thousands": 1000,
    "grand": 1000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "crore": 10**7,
    "crores": 10**7,
    "million": 10**6,
    "millions": 10**6,
    "mio": 10**6,
    "mil": 10**6,
    "mln": 10**6,
    "billion": 10**9,
    "billions": 10**9,
    "bn": 10**9,
}
SUFFIXES: Mapping[str, int] = {
    "k": 1000,
    "m": 10**6,
    "mm": 10**6,
    "mio": 10**6,
    "mil": 10**6,
    "mln": 10**6,
    "bn": 10**9,
}

SECOND, MINUTE, HOUR, DAY = Fraction(1), Fraction(60), Fraction(3600), Fraction(86400)
WEEK, MONTH, QUARTER, YEAR = 7 * DAY, 30 * DAY, 90 * DAY, 365 * DAY
_TIMES: tuple[tuple[Fraction, str], ...] = (
    (Fraction(1, 1000), "ms msec msecs millis milli millisec millisecs millisecond milliseconds"),
    (SECOND, "s sec secs second seconds"),
    (MINUTE, "min mins minute minutes"),
    (HOUR, "h hr hrs hour hours"),
    (DAY, "d day days"),
    (WEEK, "wk wks week weeks"),
    (2 * WEEK, "fortnight fortnights"),
    (MONTH, "mo mos mth month months"),
    (QUARTER, "quarter quarters qtr"),
    (YEAR, "y yr yrs year years"),
)
TIMES: Mapping[str, Fraction] = {name: size for size, names in _TIMES for name in names.split()}
GLUED_TIMES = words("ms msec s sec secs min mins h hr hrs d")
PERIODS: Mapping[str, Fraction] = {
    **{name: size for name, size in TIMES.items() if name not in ("ms", "s", "h", "d", "y")},
    "weekday": DAY,
    "workday": DAY,
    "morning": DAY,
    "evening": DAY,
    "night": DAY,
    "mornings": DAY,
    "evenings": DAY,
    "nights": DAY,
    "midnight": DAY,
    "noon": DAY,
    "monday": WEEK,
    "tuesday": WEEK,
    "wednesday": WEEK,
    "thursday": WEEK,
    "friday": WEEK,
    "saturday": WEEK,
    "sunday": WEEK,
    "mondays": WEEK,
    "tuesdays": WEEK,
    "wednesdays": WEEK,
    "thursdays": WEEK,
    "fridays": WEEK,
    "saturdays": WEEK,
    "sundays": WEEK,
    "weekdays": DAY,
    "annum": YEAR,
    "semester": YEAR / 2,
    **dict.fromkeys(
        words(
            "spring summer autumn winter season january february march april june july august september october "
            "november december christmas easter"
        ),
        YEAR,
    ),
}
PERIOD_KINDS = words(
    "single working business new calendar model "
    "tax financial fiscal academic school trading passing given budget damn bloody"
)
ADVERBS: Mapping[str, Fraction] = {
    "hourly": HOUR,
    "daily": DAY,
    "nightly": DAY,
    "weekly": WEEK,
    "biweekly": 2 * WEEK,
    "fortnightly": 2 * WEEK,
    "monthly": MONTH,
    "bimonthly": 2 * MONTH,
    "quarterly": QUARTER,
    "yearly": YEAR,
    "annually": YEAR,
    "annual": YEAR,
    "biannually": YEAR / 2,
    "semiannually": YEAR / 2,
}
_RHYTHMS = (
    (HOUR * 12, "hourly"),
    (DAY * 3, "daily"),
    (DAY * 20, "weekly"),
    (DAY * 60, "monthly"),
    (DAY * 150, "quarterly"),
)


def rhythm(between: Fraction) -> str:
    """The adverb nearest to a time from one to the next: `weekly` for every ten days."""
    return next((name for longest, name in _RHYTHMS if between < longest), "yearly")


RHYTHM_OF: Mapping[str, str] = {
    **{adverb: rhythm(size) for adverb, size in ADVERBS.items()},
    **{f"every {name}": rhythm(size) for name, size in TIMES.items() if len(name) > 3 and size >= HOUR},
    "every day": "daily",
}
"""What says how often, in one or two words, as the adverb for it."""
KINDS_OF_RHYTHM = ("hourly", "daily", "weekly", "monthly", "quarterly", "yearly")
RATES: Mapping[str, Fraction] = {"qps": SECOND, "rps": SECOND, "tps": SECOND, "qpm": MINUTE, "rpm": MINUTE, "qpd": DAY}
MONEY_SIGNS = words(
    "$ € £ us$ usd eur gbp dollar dollars buck bucks quid euro euros pound pounds franc francs chf aud cad sgd nzd"
)
PERCENT = words("% percent pct percents")
EVERY = words("every each per a an one")

UNDER = phrases(
    "not go over | not to go over | not go above | not to exceed | not be over | not be above | not surpass | not go "
    "beyond | not take longer than | not cost more than | not be more than | not be longer than | not take more than "
    "| maximal | maximally | max. | at maximum | at max | no more than | not more than | no longer than | not longer "
    "than | not over | not above | not exceed | no slower than | at most | at the most | less than | fewer than | "
    "lower than | smaller than | under | below | up to | within | max | maximum | maximum of | max of | a maximum of "
    "| a max of | not exceeding | capped at | faster than | quicker than | < | <= | ≤ | inside | sub | shy of | just "
    "under | well under | not greater than | not higher than | no greater than"
)
OVER = phrases(
    "not be lower than | not be below | not be under | not go below | not to go below | not drop below | not fall "
    "below | not lower than | not lower of | not be lower of | not be less than | not inferior to | at least | at the "
    "least | no less than | not less than | no fewer than | not fewer than | over | above | more than | greater than "
    "| upwards of | minimum | min of | minimum of | a minimum of | longer than | any longer than | slower than | just "
    "over | well over | north of | exceeding | > | >= | ≥ | in excess of | better than"
)
AROUND = phrases(
    "about | around | near | roughly | approximately | approx | approx. | some | circa | ca | ca. | nearly | almost | "
    "close to | in the region of | in the order of | on the order of | somewhere around | somewhere near | "
    "something like | somewhere in the region of | like | say | more or less | give or take | ~ | ≈ | only | just | "
    "just about | exactly | precisely | currently | already | a total of | in total | another | still | all of | "
    "the | our | these | those | a mere | a good | good | easily | literally | total | more like | closer to | the "
    "best part of | typically | usually | on average | average | an average of | +"
)
HEDGES = phrases(
    "maybe | perhaps | possibly | probably | i think | i guess | i believe | i suppose | i reckon | i would say | "
    "not sure | might be | may be | could be | should be | i would guess | my guess | if i remember | hopefully | "
    "presumably | supposedly | apparently | guess | guessing | from memory | do not quote me | think | believe | "
    "reckon | seems | seem | likely | estimate | estimated | iirc | afaik | kind of | sort of | or so"
)

NEGATORS = words(
    "not no never none nobody nothing neither nor without hardly nowhere lack lacks lacking cannot zero"
    " rarely seldom scarcely barely"
)
PEOPLE = words("i we you they he she it who one this that there everyone somebody someone nobody people users us our")
UNCERTAIN = words("could can may might would hope hopes hoped hoping if unless whether wish suppose imagine")
SUPPOSING = words(
    "if assuming assume suppose supposing imagine provided providing hypothetically theoretically whether unless"
)
"""What makes a sentence suppose something rather than tell it."""
PLANS = words(
    "plan plans planned planning intend intends intending aim aims aiming will shall ll going gonna want wants "
    "wanting need needs needed expect expects expecting should target targets targeting try trying eventually soon "
    "someday later tomorrow require requires wanna must"
)
OTHERS = words(
    "competitor competitors rival rivals vendor vendors they their he she his her theirs friend sister brother "
    "cousin neighbour neighbor neighbours google openai anthropic microsoft meta amazon predecessor "
    "other"
)
STRANGERS = OTHERS - {"they", "their", "he", "his", "she", "other"}
"""Those of whom a mention alone shows that somebody else is spoken of."""
PERSONS = words(
    "user users customer customers staff employee employees people person persons client clients agent agents "
    "colleague colleagues member members student students pupil pupils doctor doctors nurse nurses lawyer lawyers "
    "engineer engineers developer developers teacher teachers technician technicians patient patients citizen "
    "citizens operator operators analyst analysts rep reps head heads seat seats player players subscriber "
    "subscribers tenant tenants"
)
"""Those of whom each may do something so many times."""
TODAY = words("today currently now presently present moment takes took taking was were used existing yesterday old")
WANTED = words(
    "want wants wanted need needs needed must should shall target goal aim limit max maximum sla slo require "
    "requires required requirement ought expect expects expected budgeted ceiling wish within under below desired "
    "hard promise promised ideally wanna -> => allowed tolerate tolerated tolerable accept acceptable "
    "fine ok okay bearable"
)
GRANTED = words(
    "given promised granted allotted approved set capped signed let put told allocated offered agreed asked"
)
OPINING = words("guess say think reckon estimate put call suppose imagine bet assume")
HALVED = words("fte person head post position job")
HANDLED = words("sent read printed showed shown attached delivered skimmed browsed opened emailed forwarded presented")
FAILURES = words("wrong error errors mistake mistakes incorrect false failure failures miss misses mistaken slip slips")
ANYONE = words("people person persons colleagues colleague")
NECESSARY = phrases(
    "of the utmost importance | of great importance | of paramount importance | please | paramount "
    "| requirement | necessity | precondition | obligation | must | must have | a must | "
    "mandatory | required | needed | necessary | obligatory | essential | compulsory | "
    "vital | crucial | critical | indispensable | imperative | non negotiable | nonnegotiable | a requirement | "
    "prerequisite | a necessity | expected | demanded | wanted | important | a hard requirement | a given | a deal "
    "breaker | mandated | prescribed | key | very important"
)
UNNECESSARY = phrases(
    "optional | unnecessary | irrelevant | superfluous | overkill | a nice to have | nice "
    "to have | dispensable | unneeded | not a must | voluntary"
)
NEED_VERBS = phrases(
    "need | require | want | demand | insist on | insist upon | must have | must show | must include | must provide "
    "| must give | must carry | must contain | must come with | must display | have to have | have to show | have "
    "to include | have to provide | have to give | have to come with | ask for | expect | call for | can not do "
    "without | wish for | should show | should have | should include | should give | should come with | shall "
    "include | shall provide | care about | wants to see | need to see | want to see | asks for | needs to show | "
    "needs to have | need to show | need to have | has to show | has to give | depend on | rely on"
)
PRESENT = phrases(
    "available | in place | ready | reserved | set up | here | on hand | at hand | in house | at our disposal | "
    "there | existing | exists | exist | sorted | done | ok | okay | yes | ordered | rented | secured | booked | "
    "bought | agreed | built | established | covered | accessible | provisioned | allocated | running | defined | "
    "prepared | complete | finished | working"
)
ABSENT = phrases(
    "missing | unavailable | lacking | absent | no | nope | none | nil | zero | to be done | tbd | todo | pending | "
    "outstanding | still to come | to come | nonexistent | non existent | nowhere"
)
HAVE_VERBS = phrases(
    "have | has | got | own | rent | possess | lease | run | there is | there are | with | access to | bought | "
    "ordered | booked | reserved | secured | built | set up | prepared | established | put together | wrote | "
    "written | use | using | hold | operate"
)
YES_OF = words(
    "yes y yeah yep yup yea ya aye si sure definitely absolutely certainly indeed correct true affirmative yess yesss"
)
NO_OF = words("no n nope nah nay false negative never noo nooo nein non")
ASKING = words("what which who whom whose where when why how")
AUXILIARIES = words("is are was were do does did can could should would will shall has have had may might must am ")
FILLERS = words(
    "well hmm hm um uh uhh umm erm er ok okay so oh ah eh yeah yes hey hi hello please pls plz thanks "
    "thank you sir madam lol "
    "haha i we it is are am be would say think guess believe reckon suppose maybe perhaps probably have has got ve "
    "s the a an that this there they of in all total about around roughly approximately some currently now today "
    "far right at moment present just only already up to like something somewhere or more less and our us for will "
    "expect expected estimate honestly frankly basically actually really quite pretty rather very its "
    "not sure though but them those these ones each every per with answer number exactly precisely altogether "
    "mostly usually normally typically often sorry fairly somewhat as if from until hopefully seems seem should "
    "could can might afraid mean means"
)
TYPOS: Mapping[str, str] = pairs(
    "n/a none | evr ever | gav gave | develeper developer | develepers developers | "
    "partime part time | yeh yes | deffo definitely | convo conversation | convos conversations | lable "
    "label | lables label | dosnt does not | dosn't does not | peple people | teem team | thosand thousand | thosands "
    "thousand | q&a q a | q&as q a | upd update | ned need | th the | com come | shoud should | shld should | wich "
    "which | becuase because | doc document | teh the | hte the | adn and | nad and | hav have | hve have | haev have "
    "| wil will | wll will | yett yet | yest yes | wnat want | waht what | taht that | htat that | wiht with | wth "
    "with | fro for | abt about | abuot about | aobut about | evry every | evrey every | ppl people | w with | ur "
    "your | u you | thru through | cuz because | bc because | thats that is | theres there is | theyre they are | "
    "srry sorry | sory sorry | ment meant | wanna want to | gonna going to | gotta must | alot a lot | mor more | thn "
    "than | les less | tho though | lvoe love | dosent does not | doesnt does not | dont do not | isnt is not | arent "
    "are not | wont will not | cant can not | didnt did not | havent have not | hasnt has not | wasnt was not | "
    "werent were not | shouldnt should not | couldnt could not | wouldnt would not | neednt need not | weve we have | "
    "ive i have | cannot can not | im i am | aint is not | nto not | ont not | si is | ti it | fo of | ot to | uesrs "
    "users | b4 before | yr year | approx about | realy really | alredy already | al all | ther there | acces access "
    "| docs document | doc document | pls please | plz please | wo without | cud could | shud should | w/o without | "
    "w/ with | mnth month | mnths months | hrs hours | aswell as well | nuthing nothing | noone nobody | prod "
    "production | evals evaluation | eval evaluation | persons people | proto prototype | reqs requests | req request "
    "| anyting anything | resp response | err error | kno know | r are | giv give | givs gives | coud could | "
    "kil kill | laff laugh | jus just | poeple people | hav have | tite tight | recored recorded | worng wrong | "
    "wrog wrong | anwser answer | alnoe alone | tiem time | budjet budget | budgit budget | curent current | "
    "rite right | nobdy nobody | becos because | wether whether | enuf enough | thier their | recieve receive | "
    "wen when | wat what | mabey maybe | mabe maybe | chnge change | chaned changed | wud would | "
    "afaict as far as i know | arnt are not | cit citation | cits citations | em them"
)
CONTRACTED: Mapping[str, tuple[str, ...]] = {
    "can't": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "let's": ("let", "us"),
    "y'all": ("you",),
}
ENDINGS: Mapping[str, str] = {
    "n't": "not",
    "'re": "are",
    "'ve": "have",
    "'ll": "will",
    "'d": "would",
    "'m": "am",
    "'s": "is",
}
