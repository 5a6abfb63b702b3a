"""The regular forms of an English word: plural, past, -ing, and the British and American spelling of each."""

import re
from functools import lru_cache


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


_IRREGULAR = {
    "be": "is are was were been being am",
    "have": "has had having",
    "do": "does did done doing",
    "go": "goes went gone going",
    "keep": "kept keeps keeping",
    "find": "found finds finding",
    "tell": "told tells telling",
    "run": "ran runs running",
    "rewrite": "rewrote rewritten rewrites rewriting",
    "forecast": "forecasts forecasting forecasted",
    "foresee": "foresees foreseen foresaw",
    "write": "wrote written writes writing",
    "take": "took taken takes taking",
    "give": "gave given gives giving",
    "learn": "learnt learned learns learning",
    "say": "said says saying",
    "speak": "spoke spoken speaks speaking",
    "know": "knew known knows knowing",
    "show": "showed shown shows showing",
    "see": "saw seen sees seeing",
    "get": "got gets getting gotten",
    "grow": "grew grown grows growing",
    "buy": "bought buys buying",
    "build": "built builds building",
    "rent": "rented rents renting",
    "come": "came comes coming",
    "think": "thought thinks thinking",
    "make": "made makes making",
    "cost": "costs costing",
    "set": "sets setting",
    "put": "puts putting",
    "fall": "fell fallen falls falling",
    "person": "persons people",
    "datum": "data",
    "query": "queries queried querying",
    "index": "indices indexes indexed indexing",
    "criterion": "criteria criterions",
    "gpu": "gpus",
    "spread": "spreads spreading",
    "pay": "paid pays paying",
    "hold": "held holds holding",
    "die": "died dies dying",
    "mean": "means meant meaning",
    "stay": "stays stayed staying",
    "drift": "drifts drifted drifting",
    "lose": "lost loses losing",
    "meet": "met meets meeting",
    "begin": "began begun begins beginning",
    "hurt": "hurts hurting",
    "break": "broke broken breaks breaking",
    "drive": "drove driven drives driving",
    "choose": "chose chosen chooses choosing",
    "bring": "brought brings bringing",
    "teach": "taught teaches teaching",
    "lie": "lies lay lying",
    "sue": "sues sued suing",
    "shift": "shifts shifted shifting",
    "leave": "left leaves leaving",
    "sell": "sold sells selling",
    "vary": "varies varied varying",
}
_UNBENT = words(
    "a an the of to in on at by for from with as or and but nor not no is are was be it its we i you they he "
    "she us me my our your their them him her his this that these those there here every each all any some "
    "must can could will would shall should may might if so than then too very what which who whom whose when "
    "where why how out up down off over under into onto upon after before without within during about against "
    "between among through throughout because while until unless since though although also just only even "
    "still yet now soon always never often ever again once twice almost already quite rather really more most "
    "less least many much few several both either neither none nothing nobody anything anybody anyone "
    "something somebody someone everything everybody everyone nowhere anywhere everywhere somewhere one two "
    "three four five six seven eight nine ten hundred thousand million today tomorrow yesterday tonight daily "
    "hourly nightly weekly monthly quarterly yearly per via etc else ourselves themselves itself myself "
    "yourself ours theirs yours mine instead perhaps maybe however therefore enough such same whatever "
    "whenever wherever whoever whether towards toward besides except despite like"
)
_SPELT = {
    "our": "or",
    "ise": "ize",
    "isi": "izi",
    "isa": "iza",
    "yse": "yze",
    "ogue": "og",
    "lled": "led",
    "lling": "ling",
}
_AMERICAN = re.compile(
    r"(?<=[vlibm])our(?=s?\Z|ed|ing)|(?<=[an]l)is[ei](?=[ds]?\Z|ng)|(?<=gn)is[ei](?=[ds]?\Z"
    r"|ng)|(?<=an)is[ei](?=[ds]?\Z|ng)"
    r"|isa(?=tion)|(?<=al)yse|(?<=al)ogue|(?<=[ae])lled\Z|(?<=[ae])lling\Z"
)


@lru_cache(maxsize=8192)
def forms_of(word: str) -> frozenset[str]:
    """Every form of a word, itself among them."""
    forms = {word, *_IRREGULAR.get(word, "").split()}
    if word[-1:].isdigit():
        forms.add(word + "s")
    if (
        word not in _UNBENT
        and word.isalpha()
        and len(word) > 2
        and not (len(word) > 5 and word.endswith(("ed", "ing", "ly", "ness")))
    ):
        if word not in _IRREGULAR:
            forms |= _bent(word)
        elif word.endswith("y"):
            forms.add(word[:-1] + "ies")
    return frozenset(forms | {_AMERICAN.sub(lambda found: _SPELT[found[0]], form) for form in forms})


def _bent(word: str) -> set[str]:
    if word.endswith("s") and not word.endswith("ss"):
        return set()
    if word.endswith("y") and word[-2] not in "aeiou":
        return {word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    if word.endswith("e"):
        return {word + "s", word + "d", word[:-1] + "ing"}
    plural = word + ("es" if word.endswith(("s", "x", "ch", "sh", "z")) else "s")
    forms = {plural, word + "ed", word + "ing"}
    if word[-1] in "bdglmnprt" and word[-2] in "aeiou" and word[-3] not in "aeiou":
        forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return forms
