"""English as the reader knows it whatever the policy: number words, units of time and money, negation, hedges, wishes.

Only the language stands here. What a policy's facts are called is declared in its vocabulary.
"""

from collections.abc import Mapping
from fractions import Fraction


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


UNITS: Mapping[str, int] = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS: Mapping[str, int] = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
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
    "million": 10**6,
    "millions": 10**6,
    "mio": 10**6,
    "mil": 10**6,
    "mln": 10**6,
    "billion": 10**9,
    "billions": 10**9,
    "bn": 10**9,
}
SUFFIXES: Mapping[str, int] = {"k": 1000, "m": 10**6, "mm": 10**6, "mio": 10**6, "mil": 10**6, "mln": 10**6, "bn": 10**9}

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
GLUED_TIMES = _words("ms msec s sec secs min mins h hr hrs d")
PERIODS: Mapping[str, Fraction] = {
    **{name: size for name, size in TIMES.items() if name not in ("ms", "s", "h", "d", "y")},
    "weekday": DAY,
    "workday": DAY,
    "morning": DAY,
    "evening": DAY,
    "night": DAY,
    "monday": WEEK,
    "tuesday": WEEK,
    "wednesday": WEEK,
    "thursday": WEEK,
    "friday": WEEK,
    "saturday": WEEK,
    "sunday": WEEK,
}
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
RATES: Mapping[str, Fraction] = {"qps": SECOND, "rps": SECOND, "tps": SECOND, "qpm": MINUTE, "rpm": MINUTE, "qpd": DAY}
MONEY_SIGNS = _words("$ € £ us$ usd eur gbp dollar dollars buck bucks euro euros pound pounds")
PERCENT = _words("% percent pct percents")
EVERY = _words("every each per a an one")

UNDER = (
    "no more than", "not more than", "no longer than", "not longer than", "not over", "not above", "not exceed",
    "no slower than", "at most", "at the most", "less than", "fewer than", "lower than", "smaller than", "under",
    "below", "up to", "within", "max", "maximum", "maximum of", "max of", "a maximum of", "a max of", "not exceeding",
    "capped at", "faster than", "quicker than", "<", "<=", "≤", "inside", "sub", "shy of", "just under", "well under",
    "not greater than", "not higher than", "no greater than",
)  # fmt: skip
OVER = (
    "at least", "at the least", "no less than", "not less than", "no fewer than", "not fewer than", "over", "above",
    "more than", "greater than", "upwards of", "minimum", "min of", "minimum of", "a minimum of", "just over", "well over",
    "north of", "exceeding", ">", ">=", "≥", "in excess of", "better than",
)  # fmt: skip
AROUND = (
    "about", "around", "roughly", "approximately", "approx", "approx.", "some", "circa", "ca", "ca.", "nearly", "almost",
    "close to", "in the region of", "in the order of", "on the order of", "somewhere around", "somewhere near",
    "something like", "somewhere in the region of", "like", "say", "more or less", "give or take", "~", "≈", "only",
    "just", "just about", "exactly", "precisely", "currently", "already", "a total of", "in total", "another", "still",
    "all of", "the", "our", "these", "those", "a mere", "a good", "good", "easily", "literally", "total", "more like",
    "closer to", "the best part of", "typically", "usually", "on average", "average", "an average of", "+",
)  # fmt: skip
HEDGES = (
    "maybe", "perhaps", "possibly", "probably", "i think", "i guess", "i believe", "i suppose", "i reckon", "i would say",
    "not sure", "might be", "may be", "could be", "should be", "i would guess", "my guess", "if i remember", "hopefully",
    "presumably", "supposedly", "apparently", "guess", "guessing", "from memory", "do not quote me", "think", "believe",
    "reckon", "seems", "seem", "likely", "estimate", "estimated", "iirc", "afaik", "kind of", "sort of", "or so",
)  # fmt: skip

NEGATORS = _words("not no never none nobody nothing neither nor without hardly nowhere lack lacks lacking cannot zero")
PEOPLE = _words("i we you they he she it who one this that there everyone somebody someone nobody people users us our")
UNCERTAIN = _words("could can may might would hope hopes hoped hoping if unless whether wish suppose imagine")
PLANS = _words(
    "plan plans planned planning intend intends intending aim aims aiming will shall ll going gonna want wants wanting "
    "need needs needed expect expects expecting should target targets targeting try trying eventually soon someday "
    "later tomorrow require requires wanna must"
)
PAST = _words(
    "used previously formerly once earlier lost ago deleted was were had last former past until till before competitor "
    "competitors rival rivals vendor they them their colleague friend sister brother cousin neighbour neighbor"
)
OTHERS = _words(
    "competitor competitors rival rivals vendor vendors they their he she his her theirs friend sister brother cousin "
    "neighbour neighbor neighbours google openai anthropic microsoft meta amazon predecessor customer's other"
)
TODAY = _words("today currently now presently present moment takes took taking was were used existing yesterday old")
WANTED = _words(
    "want wants wanted need needs needed must should shall target goal aim limit max maximum sla slo require requires "
    "required requirement ought expect expects expected budgeted ceiling wish within under below desired hard promise "
    "promised ideally wanna -> => allowed tolerate accept acceptable fine ok okay"
)
NECESSARY = (
    "must", "must have", "a must", "must have", "mandatory", "required", "needed", "necessary", "obligatory", "essential", "compulsory",
    "vital", "crucial", "critical", "indispensable", "imperative", "non negotiable", "nonnegotiable", "a requirement", "prerequisite", "a necessity", "expected",
    "demanded", "wanted", "important", "a hard requirement", "a given", "a deal breaker", "mandated", "prescribed", "key", "very important",
)  # fmt: skip
UNNECESSARY = (
    "optional", "unnecessary", "irrelevant", "superfluous", "overkill", "a nice to have", "nice to have", "dispensable",
    "unneeded", "not a must", "voluntary",
)  # fmt: skip
NEED_VERBS = (
    "need", "require", "want", "demand", "insist on", "insist upon", "must have", "must show", "must include",
    "must provide", "must give", "must carry", "must contain", "must come with", "must display", "have to have", "have to show",
    "have to include", "have to provide", "have to give", "have to come with", "ask for", "expect", "call for", "can not do without",
    "wish for", "should show", "should have", "should include", "should give", "should come with", "shall include", "shall provide",
    "care about", "wants to see", "need to see", "want to see", "asks for", "needs to show", "needs to have", "need to show",
    "need to have", "has to show", "has to give", "depend on", "rely on",
)  # fmt: skip
PRESENT = (
    "available", "in place", "ready", "reserved", "set up", "here", "on hand", "at hand", "in house", "at our disposal", "there",
    "existing", "exists", "exist", "sorted", "done", "ok", "okay", "yes", "ordered", "rented", "secured", "booked", "bought", "agreed", "built",
    "established", "covered", "accessible", "provisioned", "allocated", "running", "defined", "prepared", "complete", "finished", "working",
)  # fmt: skip
ABSENT = (
    "missing", "unavailable", "lacking", "absent", "no", "nope", "none", "nil", "zero", "to be done", "tbd", "todo", "pending", "outstanding",
    "still to come", "to come", "nonexistent", "non existent", "nowhere",
)  # fmt: skip
HAVE_VERBS = (
    "have", "has", "got", "own", "rent", "possess", "lease", "run", "there is", "there are", "with", "access to", "bought", "ordered",
    "booked", "reserved", "secured", "built", "set up", "prepared", "established", "put together", "wrote", "written", "use", "using", "hold", "operate",
)  # fmt: skip
YES_OF = _words("yes y yeah yep yup yea ya aye si sure definitely absolutely certainly indeed correct true affirmative yess yesss")
NO_OF = _words("no n nope nah nay false negative never noo nooo nein non")
ASKING = _words("what which who whom whose where when why how")
AUXILIARIES = _words(
    "is are was were do does did can could should would will shall has have had may might must am isn't aren't doesn't"
)
FILLERS = _words(
    "well hmm hm um uh er ok okay so oh ah eh yeah yes hey hi hello please pls plz thanks thank you sir madam lol haha "
    "i we it is are am be would say think guess believe reckon suppose maybe perhaps probably have has got ve 's s the a an "
    "that this there they of in all total about around roughly approximately some currently now today so far right at "
    "moment present just only already up to like something somewhere or more less and our us to for be will "
    "expect expected estimate honestly frankly basically actually really quite pretty rather very i'd its they're not "
    "sure though but them those these ones each every per with answer number exactly precisely altogether "
    "mostly usually normally typically often sorry fairly somewhat as if from until hopefully "
    "seems seem should could can might afraid mean means"
)
TYPOS: Mapping[str, str] = {
    "teh": "the", "hte": "the", "adn": "and", "nad": "and", "hav": "have", "hve": "have", "haev": "have", "wil": "will",
    "wll": "will", "yett": "yet", "yest": "yes", "wnat": "want", "waht": "what", "taht": "that", "htat": "that",
    "wiht": "with", "wth": "with", "fro": "for", "form": "form", "abt": "about", "abuot": "about", "aobut": "about",
    "evry": "every", "evrey": "every", "ppl": "people", "w": "with", "ur": "your", "u": "you", "thru": "through",
    "cuz": "because", "bc": "because", "thats": "that is", "theres": "there is", "theyre": "they are", "were": "were",
    "srry": "sorry", "sory": "sorry", "ment": "meant", "wanna": "want to", "gonna": "going to", "gotta": "must",
    "alot": "a lot", "mor": "more", "thn": "than", "les": "less", "tho": "though", "lvoe": "love", "dosent": "does not",
    "doesnt": "does not", "dont": "do not", "isnt": "is not", "arent": "are not", "wont": "will not", "cant": "can not",
    "didnt": "did not", "havent": "have not", "hasnt": "has not", "wasnt": "was not", "werent": "were not",
    "shouldnt": "should not", "couldnt": "could not", "wouldnt": "would not", "neednt": "need not", "weve": "we have",
    "ive": "i have", "cannot": "can not", "im": "i am", "id": "id", "dunno": "dunno", "aint": "is not", "nto": "not",
    "ont": "not", "si": "is", "ti": "it", "fo": "of", "ot": "to", "uesrs": "users", "b4": "before", "yr": "year",
    "approx": "about", "realy": "really", "alredy": "already", "al": "all", "ther": "there", "acces": "access",
    "docs": "document", "doc": "document", "pls": "please", "plz": "please", "wo": "without", "cud": "could", "shud": "should",
    "w/o": "without", "w/": "with", "mnth": "month", "mnths": "months", "hrs": "hours", "aswell": "as well", "nuthing": "nothing", "noone": "nobody",
    "prod": "production", "evals": "evaluation", "eval": "evaluation", "persons": "people", "proto": "prototype", "reqs": "requests", "req": "request", "anyting": "anything",
}  # fmt: skip
CONTRACTED: Mapping[str, tuple[str, ...]] = {
    "can't": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"), "ain't": ("is", "not"),
    "let's": ("let", "us"), "y'all": ("you",),
}  # fmt: skip
ENDINGS: Mapping[str, str] = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am", "'s": "is"}
SAFE = _words(
    "about above after again against all along already also although always among an and another any anybody anyone "
    "anything anyway are around because been before being below between both but came can come could date dates day did "
    "different do does doing done down during each early either else end enough even ever every everybody everyone "
    "everything except few find first for from front full gave get give given go goes going gone good got great had half "
    "has have having he head hear heard help her here high him his hold home hour house how however i if in inside instead "
    "into is it its itself job just keep kept kind knew know known large last late later least leave left less let life "
    "like likely line list little live long look looked lose lost lot made main make many matter may maybe me mean means "
    "meet might mind mine minute moment money month more morning most mostly move much must my name near need never new next "
    "nice night no nobody none nor not note nothing now number of off often old on once one only onto open or order other "
    "others our out outside over own page paid part past pay people perhaps place plan play point present price put "
    "question quick quickly quite rate rather read real really reason right room run said same saw say second see seem "
    "seen send sense sent set several shall she short should show side simple since small so some somebody someone "
    "something sometimes soon sort sound stage start state still stop story such sure table take taken talk team tell than "
    "thank that the their them then there these they thing things think this those though thought three through time to "
    "today together told tomorrow too took top total toward true try turn two type under until up upon us use used usual "
    "usually very view wait want was way we week well went were what when where whether which while white who whole whose "
    "why wide will wish with within without word words work world would write wrong year yes yesterday yet you young your "
    "form forms cost costs cast most post host lose loose loss boss miss mess less lead load road read ready really "
    "coast toast roast test rest best west text next next cash cache case base phase phrase phases phrases bass pass path "
    "math match catch batch watch patch hatch reach teach beach each peach search march event even evening eleven seven "
    "weak weeks weeds seeds needs feeds leads loads fine line mine nine wine vine find kind mind wind wild mild child "
    "build built quilt guilt quiet quote quota quits suite suits fruit trial trail train brain drain grain rain ruin main "
    "chain chair charm chart cheat cheap sheet sheep sleep steep steel steal stall small smell spell shell shall shelf "
    "self sell sells cell cells call calls fall hall wall tall talk walk milk silk site sites side sides size wise rise "
    "risk disk desk task mask ask tasks basks bask taste waste paste haste state slate plate place plane plant plans "
    "clean clear close cloud could would mould should source sauce course coarse horse house mouse mouth month south youth "
    "serious series service serve served server servers seven several severe desert dessert effect affect accept except "
    "expect aspect inspect respect report repeat repair replay reply rely relay delay decay display deploy employ employee "
    "applied supplied suppliers supply apply reply imply simply sample simple example temple people purple couple double "
    "trouble table stable able cable fable vegetable comfortable portable capable countable accountable notable "
    "sensitive sentence sequence science silence violence residence evidence confidence conference difference reference "
    "preference interference inference diverse reverse universe adverse inverse traverse university diversity "
    "detail details retail retain remain contain certain curtain captain mountain fountain maintain obtain "
    "nation station ration action auction option motion notion portion position condition addition edition tradition "
    "translation transition transaction interaction intersection direction section selection election collection "
    "connection correction protection production reduction introduction instruction construction education "
    "quarter charter matter letter better butter bitter latter ladder later water waiter writer lighter fighter tighter "
    "right light night fight might sight tight eight weight height freight bright flight fright straight strict district "
    "string strong strange stranger stronger storage store stored story stories history factory victory "
    "sensors censors users uses loses noses roses closes doses poses hoses dozen doze "
    "changed charged chance change charge chances range orange ranges arrange strange exchange challenge "
    "updates dated rated fated hated gated mated trained drained strained staffed stuffed staff stuff stiff "
    "weekly weakly meekly daily dairy fairly family finally final finals financial finance fiance "
    "hardly handly handy hands hand band land sand stand standard brand grand grant great treat threat thread bread break "
    "static statics status statue statute statutes statistics tactic logic magic music basic basis basics topic tropic "
    "tight tights title titles battle bottle cattle settle settled little kettle "
    "audits edits credits visits limits hits bits fits units unity untie until "
    "printed painted pointed pained planted granted wanted wasted tested rested listed lasted dusted trusted "
    "labour labor neighbour layer lawyer layers lawyers player players prayer payer buyer buyers "
    "records rewards reports retorts resorts resources recourse records recorded regarded reward rewarded retarded "
    "articles particles vertical critical politics political clinical classical physical typical topical optical optional "
    "emotional national rational regional original marginal terminal criminal internal external eternal "
    "fast faster fasten last lasts cast past paste east feast least beast breast toasts "
    "pilot pilots pivot pilates plots spots slots shots shoots shirts sheets "
    "manual manuals annual annually manually mutual actual actually usually visually equally equal "
    "guide guided guides ride rides bride pride price prices prize prizes pieces places spaces traces faces races "
    "meals deals seals heals means beans teams team dreams streams steam steams stream terms term germ firm firms film films "
    "mails emails females males tails nails rails trails trials fails falls calls walls balls bells bills hills kills skills "
    "wage page pages cages sages stage stages wages image images manage damage message messages massage passage passages "
    "retrieved relieved received deceived believed belief relief chief thief brief "
    "learned leaned earned turned burned warned warmed armed farmed formed "
    "traffic tragic graphic graphics topics "
    "strict stricter structure lecture picture pictures figure future feature features nature mature "
    "drafts crafts grafts drafted crafted grafted drifted "
    "rental mental dental central general generals several generic genetic "
    "cloud clouds loud proud crowd crown brown grown known shown flown blown thrown "
    "lawsuit lawsuits bathroom classroom mushroom lunch launch branch bench french trench "
    "reserve reserves preserve deserve observe reverse rehearse "
    "contact contacts contrast contrasts contract content contents context contest contexts consent intent extent "
    "patents parents patients patience patent agents agent urgent gents "
    "quality equality qualify quantify quantity quantities qualities "
    "boring boarding coding loading leading reading heading feeding seeding needing bleeding breeding "
    "speaking seeking peeking sneaking breaking cracking tracking backing packing parking marking making taking baking waking "
    "hosting posting costing testing resting listing lasting casting wasting tasting hasting rating dating stating "
    "stars starts charts parts carts hearts hurts shorts sorts sports spots ports posts costs "
    "sentences essences absences absence presence pretence present presents prevents events "
    "offer offers other others order orders older elders holder folder folders border "
    "tester master masters matters faster fasting "
    "moving saving having giving living driving diving dining mining lining fining finding "
    "stock stocks stack stacks stick sticks rocks locks clocks blocks knocks docks socks shocks "
    "compare compared prepare prepared appeared appear appeal repeal reveal "
    "trait traits strait "
    "invoke invoked invoice invoices voices voice choice choices "
    "hundreds hundred tens thousands "
    "model models motel hotel novel noble module modules moderate modern mode modes node nodes note notes vote votes "
    "rule rules role roles roll rolls poll polls pool pools tool tools toll tolls fool fools food foods foot feet "
    "person persons reason reasons season seasons prison poison lesson lessons mason"
)
