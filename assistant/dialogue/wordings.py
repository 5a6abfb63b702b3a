"""In which words people ask about the reasoning, or say what the conversation is to do: one table, by command.

A wording is a row of words in small letters without punctuation. `(a|b c)` is one of several, `[a|b]` one of them or
nothing, `*` the rest, `@` the name of an option, `#` a number or an address of a passage.
"""

_IT = "(it|that|this|[the|your|this|that] (recommendation|result|verdict|decision|outcome|answer|conclusion))"
_SAY = "(recommend|suggest|say|choose|pick|prefer|propose|think|advise|conclude|favour|decide on|go for)"
_USE = "(recommend|suggest|choose|pick|prefer|propose|advise|use|take|do|have|build|want|go with|go for)"

WORDINGS: dict[str, tuple[str, ...]] = {
    "why": (
        "[but] why [though|that|this|that question|this question|that one|this one]",
        "what for",
        "[why|how come] [do|did|would|are|must|you] you [even|always|now] (ask|asking|want|need|care|wonder|request"
        "|inquire)"
        " [to know|to ask|to hear] [me] [for|about] [that|this|it|these|them] [question|questions|information|now]",
        "(why|how come) (do|did|would) you [need|want] [to know|to ask|this|that]",
        "why [is|are|does|should] (that|this|it|the|these) [question|information|fact|answer] [so]"
        " (important|relevant|needed|necessary|matter|interesting|required|useful|asked) [to|for] [you|me|know|us]",
        "(what is|whats) the (point|purpose|use|reason) [of|for|behind] [this|that|asking|the] [question|this|that]",
        "what do you (need|want) (this|that|it|that information|this information) for",
        "what (does|has) (this|that|my answer|it) [have|got] to do with (it|anything|that|this)",
        "why should i (tell|answer|say|know) [you|that|this|it] [that|this]",
        "(is|why is) (this|that|it) [question] [really] (relevant|needed|necessary|important)",
        "what difference (does|would|will) (it|that|this|my answer) make",
        "[whats|what is] the reason (for|of) (this|that|the|your) question",
        "how does (this|that|my answer|it) [question] (matter|help|bear on it)",
        "[what] (reason|grounds) [do you have] for asking [this|that|me this|me that]",
    ),
    "how": (
        "how",
        "how (so|come)",
        "[show|give] [me] (the|your) (proof|reasoning|working|steps|derivation|logic|trace)",
        "how (did you|do you|have you|you|you have|youve) (get|got|arrive|arrived|come|came|reach|reached|conclude"
        "|decide|decided|work|derive|calculate"
        "|figure|make|determine|find|compute|settle) [it|that|this] [to|at|up with|up|out|on|there|with|here]"
        f" [there|here|that|this|to {_IT}|{_IT}|your mind]",
        "how do you know [that|this|it]",
        f"why (do|did|would|are|have) you [now] ({_SAY}|recommending|suggesting|recommended|chosen) [that|this|it|so"
        "|for me] [@]",
        "why @",
        f"why (is|was) {_IT} [the|your] [recommendation|result|verdict|answer|conclusion|so|like that|@]",
        "why [is|was] @ (recommended|best|better|the best|right|the right one|the recommendation|chosen|your choice)",
        "(explain|justify) [me|to me] (yourself|your [own] (reasoning|thinking|logic|reasons)"
        "|[the|your|this|that] (recommendation|result|verdict|decision|conclusion))",
        f"(walk|take|talk|lead) me through {_IT}",
        "(walk|take|talk|lead) me through [the|your] (reasoning|steps|proof|logic)",
        f"what (is|was) {_IT} (based|founded|resting) on",
        "whats (that|it|this) based on",
        "on what (grounds|basis) [do you say that|is that so|do you recommend it]",
        f"(what|which way) (led|brought|made) you [to] [say|think|conclude] {_IT}",
        "(which|what) rules [have] (fired|fire|spoke|apply|applied|did you use|were used)",
        f"how (does|did) {_IT} (follow|come about|come out)",
        f"(what are|give me|whats) [the|your] (reasons|reason|reasoning) [for|behind] [{_IT}]",
    ),
    "why-not": (
        f"[but|and|so] why not [just|simply] [{_USE}] @",
        f"why (dont|didnt|wouldnt|cant|shouldnt) (you|i|we) [just|simply] {_USE} @",
        f"why (do|did|would) (you|i|we) not [just|simply] {_USE} @",
        "why (is|was|would|could|should|isnt|wasnt|couldnt|cant|shouldnt|wouldnt) (it|that) [not] [be] @",
        "why (is|was) it not @",
        "why (is|was) @ [not] [a|an|any|no] (out|excluded|impossible|recommended|possible|option|good|ruled out"
        "|better|the"
        " better choice|chosen|on the table|in the running|enough|suitable|the right one|rejected)",
        "why (isnt|wasnt) @ [a|an|any] (recommended|possible|option|good|better|chosen|enough|suitable|the"
        " recommendation)",
        "(what|whats) [speaks|is|do you have|have you got] against @",
        "(what is|whats) (wrong|bad|the problem|the matter|the trouble) with @",
        "what (does|is|would) @ (lack|missing|need|miss)",
        "(what is|whats) (missing|lacking) for @",
        "[and|but|so] (what|how) about @",
        "@ why not",
        "what (keeps|stops|prevents|hinders) @ [from] [being|winning] [recommended]",
        "what rules out @",
    ),
    "what-if": (
        "[and|but|so] what if *",
        "and if *",
        "(suppose|supposing|imagine|assume|assuming) [that] *",
        "lets (say|suppose|assume|imagine) [that] *",
        "what (would|will|could) (happen|change|differ|be different|you say|you recommend|it be) if *",
        "what (happens|changes|is different) if *",
        f"how (would|will|does) ({_IT}|things) (change|differ|look|be) [like] if *",
        f"(would|will|does) ({_IT}|anything) (change|differ|be different|be the same|matter) if *",
        f"would you (still|then) {_SAY} [{_IT}|the same|@] if *",
    ),
    "flip": (
        f"what (would|could|might|can|will|should|does) [have to|need to|it take to] [make you]"
        f" (change|flip|alter|reverse|turn|sway|shift|overturn) (your (mind|view|opinion)|things|{_IT})",
        "what (would|could|needs|need|has|must|should|will) [to] [have to] [be] (change|different|differ|happen"
        "|changed) [for|so that|to get]"
        f" [another|a different|{_IT}] [result|recommendation|outcome|to change|changes]",
        "what (would|will|could|does) it take [for|to get] [a|another] [different|other] [result|recommendation"
        "|answer|outcome]",
        "what (would|does|will|could) it take (for|to get|to reach|to have|to make it|to be|to make) @ [to] [win|be"
        " (recommended|chosen|better|right|the recommendation)|the recommendation]",
        "what (would|could) (convince|persuade|sway|move) you [otherwise|of something else|of @]",
        "what (would|could|does|will) make you (change your mind|think again|reconsider|say something else|think"
        " otherwise)",
        "(what|which) (change|changes|answer|answers|facts|fact) (would|could|can|will) (change|flip|alter|reverse)"
        f" {_IT}",
        f"(what|when) (would|could|will) [make] you {_SAY} (something else|otherwise|differently|another one)",
        f"(what|when) (would|could|makes|will|might) [make] you {_USE} @",
        "when (would|could|will|does) (it|you) (be|become) @",
        "how (can|could|do|would) (i|we|it|you) (get|reach|have|be|become|end up with|arrive at) [to] @",
        f"under (which|what) (conditions|circumstances) (would|could|does|will) (you change your mind|{_IT} change|it"
        " be @"
        f"|you {_USE} @)",
        "how (far|close|near) (is|am|are|was) (it|i|we|that) [from|to] [@|changing|flipping]",
        "can your mind be changed",
        "what [answers] (would|could|will) (lead|get|bring) [me|us] to @",
    ),
    "settle": (
        "(what|which answers|which facts|which answer) (settles|decides|decided|settled|determines|determined|forces"
        "|settle|decide)"
        f" {_IT}",
        "(what|which answers) (was|is|were|are) [the] (decisive|deciding factor|deciding factors|deciding)",
        "which (answers|facts) (matter|mattered|count|counted) [most|in the end]",
    ),
    "assumptions": (
        "what (are you|were you|you are|you were|youre) (assuming|presuming|presupposing|guessing|taking for granted)",
        "what [do|did|have] you [do|did|have] (assume|assumed|presume|presuppose|suppose|guess|guessed|take for"
        " granted|take as given) [about me|here]",
        "(what|which) [are|is|were] [the|your|any|other|all] [hidden|tacit|unspoken]"
        " (assumptions|assumption|defaults|premises|presumptions) [are there|do you make|did you make|are you making"
        "|have you made|behind it|behind this|behind that|do you use|went into it|here]",
        "[list|show|tell|name|give] [me] [your|the|all|any] [your] (assumptions|premises|defaults)",
        "(are|is) (you|there|this) [making] (assuming|any|an|assumptions) [anything|assumptions|assumption|things]"
        " [in this|here|behind this]",
        "(do|did|have) you (assume|guess|presume|guessed|assumed|make|made) (anything|something|things|any"
        " assumptions|assumptions)",
        "(what is|whats|what was) [just] (assumed|guessed|a guess|taken for granted) [here]",
        "(what|which) (default|house) (values|readings|value) [do you use|are there|are in force]",
    ),
    "sure": (
        "how (sure|certain|confident|firm|definite|reliable|convinced|solid|safe|positive|settled|open) (are you|you"
        f" are|is {_IT}|{_IT} is)"
        f" [about|of|in] [{_IT}|yourself]",
        "how (sure|certain|confident)",
        f"(are|r) you [really|quite|absolutely|very|so] (sure|certain|confident|positive) [about|of] [{_IT}]",
        f"[so] (is|was) {_IT} [already|really|now] (settled|final|certain|definite|fixed|firm|decided|sure|for sure"
        "|your final word|safe)",
        f"(could|can|might|may|will) ({_IT}|you) (still|yet|ever) (change|turn|be different|flip) [your mind]",
        f"how (likely|probable) is ({_IT}|@)",
        "(what are|what is|whats) (the|your) (chances|chance|odds|probability|likelihood|confidence|certainty"
        "|shares) [of|for|in|level]"
        f" [@|{_IT}]",
        "do you know (that|it|this) for (sure|certain)",
        "[really|you] sure",
        f"how much (do you|can i|should i) (trust|believe|rely on) {_IT}",
        f"(would|could) you bet on {_IT}",
    ),
    "meaning": (
        "what (does|do|did) [the] [word|term|phrase|abbreviation|acronym] * (mean|stand for|refer to|signify) [here"
        "|exactly]",
        "what (is|was) [actually] (meant|understood) by [the] [word|term] *",
        "what (do|did) you mean (by|with) [the] [word|term] *",
        "(define|definition of|meaning of|the meaning of|whats the meaning of|what is the meaning of|the definition"
        " of) *",
        "explain the (term|word|phrase|expression) *",
        "* (meaning|definition|mean|means what)",
        "i dont (know|understand) [what] [the] [word|term] * [means|is]",
        "[ive] no (idea|clue) what * (is|means)",
    ),
    "answers": (
        "what (have i|had i|did i|do i|i|i have|ive) [already|just] [so far] (told|tell|said|say|answered|answer"
        "|given|give|entered|enter) [to] [you]"
        " [so far|already|until now|before|earlier|exactly]",
        "what [do|did|have] you [already|have] (know|understand|understood|got|get|noted|note|remember|remembered"
        "|heard|recorded|have)"
        " [about|of|from|on|down] [me|us|my|our] [own] [system|project|case|answers|situation|needs] [so far|already]",
        "[all|show|list|repeat|recap|review|read back|read|print] [me] [all] my (answers|facts|inputs|replies"
        "|details|entries)"
        " [so far|again|back]",
        "(summary|summarise|summarize) [of] (my answers|what (i|you) [have] (said|told|know|told you)) [so far]",
        "(recap|repeat) what (i|you) [have] (told|said|know) [you] [so far]",
        "(recap|what do you have so far)",
        "where (are|were) we",
        "where do we stand",
        "remind me [of] what i [have] (said|told|answered) [you]",
    ),
    "undo": (
        "(go|step|take|move|jump|get) [me] [one|a] [step|question] (back|backwards|backward) [one|a] [step|question]",
        "[one|a] (step|question) back",
        "(back|undo|revert|back up)",
        "(undo|revert|cancel|retract|withdraw|delete|forget|ignore|scratch|strike) (that|it|this|[the|my] (last|last"
        " one|last answer|previous answer))",
        "[go to] [the] previous (question|step|one)",
        "take (that|it|this|[my|the] (last|last answer|last one)|what i said) (back|away)",
        "take back (that|it|[my|the] (last answer|last one|last)|what i said)",
        "(i|that) (was|made|is|made a|was a|am) [my] (wrong|mistake|incorrect|error)",
        "(oops|whoops|i misspoke)",
    ),
    "restart": (
        "[let me|lets|can we|can i|i want to|i would like to] (start|begin|restart|do) [all|everything|it] [this]"
        " (over|again|afresh|anew|from scratch|from the beginning|from zero|fresh|all over|from the start) [again]",
        "(restart|reset|from scratch|from the beginning)",
        "(reset|clear|forget|wipe|delete|discard|erase) (everything|all|it all|my answers|all answers|all of it|all"
        " my answers)",
        "[a] new (conversation|case|project|start|session)",
    ),
    "costs": (
        "how (much|expensive|pricey|costly) [money|is that]",
        "[the] (costs|cost|price|prices)",
        "[and] (how much|what) (does|do|will|would|is|are|did) (it|that|this|everything|all [of] (this|that)|[the"
        "|this|that] whole thing|we|i|each"
        "|[the|my|our|this|that] (recommendation|options|option|system|plan|project)) [all] (cost|costs|pay|have to"
        " pay|need to pay|be"
        "|come to|amount to|set me back|set us back) [me|us] [in total|altogether|all in|per month|a month|overall"
        "|then]",
        "how (much|expensive|pricey|costly|dear) (is|will|would) (it|that|this|everything) [all] [be|get] [for] [us"
        "|me] [in total|altogether]",
        "(what are|what is|whats|what will be|what would be) (the|my|our) [total|expected|overall|estimated] (cost"
        "|costs|price|bill|damage|expenses)"
        " [then|for us|for me|be|in my case|for this|of it|of this|of that]",
        "(show|tell|give|list) [me] (the|all|what) [it] (costs|cost|prices|price)",
        "how much (money|budget) (do|will|would) (i|we) (need|spend) [for this|for it|for that]",
        "what (will|would|do) (i|we) (pay|spend|have to pay|need to spend) [for this|for it]",
    ),
    "plan": (
        "[and|so] (what|whats|what is|what comes) (next|now|then|next up)",
        "[and] (now|then) what",
        "[the|show|show me|show me the|what are|give me] [the|my] (next step|next steps|plan|roadmap)",
        "(what is|whats) the (plan|next step|roadmap)",
        "what (do|should|must|can|shall|would) (i|we) [have to|need to] (do|tackle|begin with|start with) (next|now"
        "|first|then|after that|after this)",
        "how (do|should|can|shall) (i|we) (proceed|go on|continue|get going|move on|go about it|go from here) [now"
        "|from here|with this|then]",
        "where (do|should) (i|we) go [on] (from here|now|then)",
        "(what is|whats) to (be done|do) [now|next|first]",
        "what (are|would be) the steps [now]",
    ),
    "result": (
        "[the|your|and the|so the] (result|results|conclusion|recommendation|verdict|conclude|advice)",
        "what (do|would|did|are|can) you [now|finally] (recommend|suggest|advise|propose|conclude|recommending) [now"
        "|then|so far|me|us]",
        "(what is|whats|what was) (the|your) [final|current|present] (result|recommendation|verdict|conclusion"
        "|advice|decision|opinion) [now|then|so far]",
        "[so] (which|what) [one|option] (is it|should (i|we) [use|take|choose|pick]|do (i|we) (use|take|choose|pick)"
        "|would you (take|use|choose|pick)) [then|now]",
        "(give|tell|show) [me] (the|your) [current|final] (recommendation|verdict|result|conclusion|advice)",
    ),
    "sources": (
        "[the|your|show|list|show me|show the] [the|your] (sources|source|references)",
        "(who says|who said) (so|that|this)",
        "(says who|according to whom)",
        "where (does|did|do) (that|this|it|these numbers|those numbers|you|the numbers) (come|get|have|take) [that"
        "|this|it] from",
        "where did you (get|read|find) (that|this|it)",
        "(what is|whats|what are|which is|which are) (the|your) (source|sources|reference|references) [for|of] [that"
        "|this|it]",
        "(source|sources|passage) #",
    ),
    "change": (
        "(change|correct|edit|modify|revise) [my|the] (answer|answers|reply) (to|for|about|on) [the] *",
        "change *",
    ),
    "more": (
        "(more|more questions|go on|continue|carry on|further questions|ask me more|ask more|keep going|keep asking)",
        "(any|other) [more|other] questions",
        "what else (do you want|would you like) to know",
        "ask me something else",
    ),
    "help": (
        "(help|help me|i need help|commands|the commands|list commands|show commands|im lost|im stuck|im confused)",
        "what can (i|you) (say|ask|do|type|answer|tell) [you] [here|now]",
        "how does (this|it|the chat|this tool|this program|this thing) work",
        "how do i (use|talk to) (this|it|you)",
        "(what|who) are you",
    ),
    "quit": (
        "(quit|exit|bye|goodbye|stop|good bye|bye bye|see you|enough|thats all|that is all|im done|i am done|we are"
        " done|were done"
        "|thats it|that is it|ciao|nothing else)",
    ),
}

FILLERS = frozenset(
    """
    please pls plz ok okay hey hi hello well um uh hmm hm err alright thanks thx sorry kindly whyso
    """.split()  # noqa: SIM905  # as text it can be read
)
"""Words at either end of a message that change nothing."""

OPENINGS = (
    "(can|could|would|will) (you|u|i|we) [please|kindly|maybe] (tell|show|explain|remind|give|let|see|ask|know"
    "|hear|have) [to] [me|us] [know|about]",
    "i (would like|d like|want|wanna|need|was wondering|am wondering|wonder) [to] [know|ask|hear|see|understand]",
    "(id like|im curious|im wondering|do you know|may i ask|any idea|tell me|show me|let me know|let me ask) [to"
    " know|to ask|to see]",
)
"""Beginnings that only wrap a question."""

QUESTION_WORDS = frozenset(
    """
    what whats which who whos whose how hows why when where is are does do did can could should would will may was
    were isnt arent doesnt dont has have define explain compare
    """.split()  # noqa: SIM905  # as text it can be read
)
