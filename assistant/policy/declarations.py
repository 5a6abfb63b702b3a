"""The shape of every file of a policy, as data: which keys, which are required, of which type."""

import re

from assistant.policy.syntax import ADVICE_KINDS
from assistant.policy.vocabulary import Kind
from assistant.reading.shapes import (
    NAME,
    SLUG,
    ByForm,
    Constant,
    Flag,
    Keyed,
    Many,
    Null,
    Number,
    OneOf,
    Record,
    Shape,
    Text,
    Whole,
    WordOr,
)

ID = Text(NAME, "a name of lower-case letters, digits and underscores", 100)
RULE_ID = Text(SLUG, "an id of lower-case letters, digits and hyphens", 100)
CITATION = Text(limit=200)
BASIS = OneOf(("article", "house"))
_CITED: dict[str, Shape] = {"basis": BASIS, "cites": Many(CITATION, single=True)}

ACCEPTANCE = Record("acceptance", {"code": Text(SLUG, "the code of a finding"), "because": Text()})
ACCEPT: dict[str, Shape] = {"accept": Many(ACCEPTANCE, single=True)}

PARAM = Record(
    "param",
    {"param": ID, "value": Constant()},
    {"label": Text(), "because": Text(), **_CITED, **ACCEPT},
)
CAPABILITY = Record("capability", {"capability": ID, "label": Text()})
OPTION = Record("option", {"option": ID, "label": Text(), "provides": Many(ID)}, ACCEPT)
VERDICT = Record("`verdict`", {"chosen": ID}, {"needs": Many(ID), "parts": Many(ID), "beside": Many(ID)})
POLICY = Record(
    "policy",
    {
        "policy": RULE_ID,
        "title": Text(),
        "version": Text(),
        "source": RULE_ID,
        "capabilities": Many(CAPABILITY),
        "options": Many(OPTION),
        "verdict": VERDICT,
    },
    {"params": Many(PARAM), **ACCEPT},
)
SET_OPTION = Record("option", {"option": ID}, {"label": Text(), "provides": Many(ID)})
"""An option in a layer: what it leaves out stays as it is below."""
LAYER = Record(
    "policy",
    {"policy": RULE_ID, "version": Text(), "extends": RULE_ID},
    {
        "title": Text(),
        "source": RULE_ID,
        "disable": Many(RULE_ID, single=True),
        "capabilities": Many(CAPABILITY),
        "options": Many(SET_OPTION),
        "verdict": VERDICT,
        "params": Many(PARAM),
        **ACCEPT,
    },
)

WORD = Record("word", {"word": Text(), "value": Whole()}, {"label": Text(), "also": Many(Text(), single=True)})
STEP = Record("step", {"value": Whole()}, {"up_to": Number()})
MEASURE = Record("`measure`", {"about": Text(), "example": Text(), "units": Keyed(Number()), "steps": Many(STEP)})
ANCHORS = Record("`anchors`", {"basis": BASIS, "because": Text()}, {"words": Many(WORD), "measure": MEASURE})
BAND = Record("weight", {"weight": Whole()}, {"up_to": Whole(), "value": Constant()})
PRIOR = Record("`prior`", {"basis": BASIS, "because": Text(), "weights": Many(BAND)})
EFFORT = Record("`effort`", {"basis": BASIS, "because": Text(), "counts_as": Whole()})
CHOICE_OPTION = Record("value", {"value": ID, "label": Text()})
KIND = OneOf(tuple(Kind))
PHRASES = Many(Text(limit=2000), single=True)
RECOGNISED = Record(
    "`recognised`",
    {},
    {
        "things": PHRASES,
        "perhaps": PHRASES,
        "about": PHRASES,
        "often": PHRASES,
        "alone": PHRASES,
        "limits": PHRASES,
        "needed": PHRASES,
        "had": PHRASES,
        "means": Keyed(PHRASES),
        "replies": Keyed(PHRASES),
        "unless": PHRASES,
        "speaks_of": OneOf(("state", "plan", "wish")),
    },
)
GROUP = Record("group", {"group": ID, "words": PHRASES})
_FACT: dict[str, Shape] = {"fact": ID, "type": KIND, "label": Text()}
TOLD_FACT = Record(
    "fact",
    {**_FACT, "question": Text(), "help": Text(), "basis": BASIS},
    {
        "range": Many(Whole()),
        "unit": Text(),
        "options": Many(CHOICE_OPTION),
        "phrases": Record("`phrases`", {"yes": Text(), "no": Text()}),
        "ends": Many(Text()),
        "anchors": ANCHORS,
        "recognised": RECOGNISED,
        "ask": Flag(),
        "prior": PRIOR,
        "effort": EFFORT,
        "because": Text(),
        "cites": Many(CITATION, single=True),
        **ACCEPT,
    },
)
DERIVED_FACT = Record(
    "fact",
    {**_FACT, "derived": Flag(), "default": Constant()},
    {
        "options": WordOr("options", Many(CHOICE_OPTION)),
        "range": Many(Whole()),
        "unit": Text(),
        "phrases": Record("`phrases`", {"yes": Text(), "no": Text()}),
        "help": Text(),
        "basis": BASIS,
        "because": Text(),
        "cites": Many(CITATION, single=True),
        **ACCEPT,
    },
)
ALTERED_FACT = Record(
    "change of a fact",
    {"fact": ID},
    {
        "label": Text(),
        "question": Text(),
        "help": Text(),
        "options": Many(CHOICE_OPTION),
        "phrases": Record("`phrases`", {}, {"yes": Text(), "no": Text()}),
        "ends": Many(Text()),
        "anchors": Record("`anchors`", {}, {**ANCHORS.required, **ANCHORS.optional}),
        "recognised": RECOGNISED,
        "ask": Flag(),
        "prior": PRIOR,
        "effort": EFFORT,
        "because": Text(),
        "basis": BASIS,
        "cites": Many(CITATION, single=True),
    },
)
"""A fact in a layer that says no type: what it says takes the place of what stands below, the rest stays."""

ADVICE = Record("piece of advice", {"kind": OneOf(ADVICE_KINDS), "text": Text()}, {"order": Whole()})
TIMES = Record("`times`", {"fact": ID, "otherwise": Whole()})
COST = Record(
    "cost",
    {"item": Text(), "options": Many(ID, single=True)},
    {
        "figure": Text(),
        "low": Number(),
        "high": Number(),
        "per": OneOf(("once", "month", "quarter", "year")),
        "times": TIMES,
    },
)
NARROWING = Record("narrowing", {"item": Text(), "from": Whole(), "to": Whole()}, {"options": Many(ID, single=True)})
THEN = Record(
    "`then`",
    {},
    {
        "score": Keyed(Whole()),
        "conclude": Keyed(Constant()),
        "require": Many(ID, single=True),
        "rule_out": Many(ID, single=True),
        "impossible": Text(),
        "advise": Many(ADVICE, single=True),
        "cost": Many(COST, single=True),
        "narrow": Many(NARROWING, single=True),
    },
)
EXAMPLE = Record("example", {"facts": Keyed(Null(Constant())), "fires": Flag()})
CONDITION = Text(limit=10**6, flags=True)
RULE = Record(
    "rule",
    {"rule": RULE_ID, "when": CONDITION, "then": THEN, "because": Text(), "examples": Many(EXAMPLE)},
    {**_CITED, "reason": Text(), **ACCEPT},
)

EXPECT = Record(
    "`expect`",
    {},
    {
        "final": ID,
        "matrix": Null(ID),
        "settled": Flag(),
        "scores": Keyed(Whole()),
        "facts": Keyed(Null(Constant())),
        "adjustments": Many(RULE_ID),
        "unmet": Many(ID),
        "blocked": Many(RULE_ID),
        "open": Many(ID),
        "fires": Many(RULE_ID),
        "silent": Many(RULE_ID),
    },
)
FIGURE = ByForm(Null(Number()), Many(Number()), Record("range", {"low": Number(), "high": Number()}))
"""An amount, `[low, high]`, or `low` and `high` by name."""
OWN_FIGURE = ByForm(Null(Number()), Many(Number()), Keyed(FIGURE))
DATE = Text(re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z"), "a date such as 2026-01-31", 10)
CASE = Record(
    "case",
    {},
    {
        "case": Text(),
        "about": Text(),
        "date": DATE,
        "answers": Null(Keyed(Null(Constant()))),
        "costs": Null(Keyed(OWN_FIGURE)),
        "expect": EXPECT,
    },
)
