"""Loads how people speak of a source: `questions.yaml` and `glossary.yaml` in its folder, which may be missing."""

from collections.abc import Collection, Iterator

from assistant.errors import shown
from assistant.knowledge.english import words_of
from assistant.knowledge.loading import Loading
from assistant.knowledge.wording import Meaning, Wording
from assistant.reading.nodes import Scalar
from assistant.reading.shapes import Fields, Many, OneOf, Record, Text, suggestion

QUESTIONS, GLOSSARY = "questions.yaml", "glossary.yaml"
_PHRASE = Text(limit=200)
_LIST = Text(limit=65_536)
ASKED = Record("passage", {"passage": Text(), "asked": _LIST})
WORDING = Record(
    "wording",
    {"basis": OneOf(("house",)), "because": Text()},
    {
        **{"synonyms": Many(Text()), "unsaid": _LIST, "subject": Text()},
        **{"passages": Many(ASKED), "elsewhere": _LIST},
    },
)
MEANING = Record(
    "term",
    {"term": _PHRASE, "means": Text(), "basis": OneOf(("article", "house"))},
    {"also": Many(_PHRASE), "cites": Many(Text())},
)
TERMS = Record("glossary", {"terms": Many(MEANING)})


def load_wording(loading: Loading, passages: Collection[str]) -> Wording:
    """The synonyms, unsaid phrases and typical questions of a source with these passages."""
    fields = loading.optional(QUESTIONS, WORDING)
    if fields is None:
        return Wording()
    synonyms = tuple(_group(loading, node) for node in fields.many("synonyms"))
    unsaid = tuple(_parts(loading, fields.get("unsaid"), ","))
    subject = tuple(_parts(loading, fields.get("subject"), ","))
    asked = tuple(_asked(loading, fields.many("passages"), passages))
    elsewhere = tuple(_parts(loading, fields.get("elsewhere"), "\n"))
    return Wording(synonyms, unsaid, subject, asked, elsewhere)


def _group(loading: Loading, node: Scalar) -> tuple[str, ...]:
    """Words and phrases of one meaning, between commas."""
    group = tuple(_parts(loading, node, ","))
    if len(group) < 2:
        help = "name another of the same meaning after a comma, or remove it"
        loading.fault(node.span, f"`{shown(node.text)}` is alone in its group of synonyms", help)
    return group


def _parts(loading: Loading, node: Scalar | None, mark: str) -> Iterator[str]:
    """What stands between the marks of a text; a fault where that is no word."""
    if node is None:
        return
    for part in node.text.rstrip("\n").split(mark):
        if not part.strip():
            loading.fault(node.span, "an empty entry", "remove it")
        elif not words_of(part):
            loading.fault(node.span, f"there is no word in `{shown(part.strip())}`", "write it in letters or digits")
        yield part.strip()


def _asked(loading: Loading, records: list[Fields], passages: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for record in records:
        passage = record.text("passage")
        _known(loading, record.get("passage"), passages)
        loading.once("list of questions for", passage, record.span_of("passage"))
        yield passage, tuple(_parts(loading, record.get("asked"), "\n"))


def _known(loading: Loading, named: Scalar | None, passages: Collection[str]) -> None:
    if named is not None and named.text not in passages:
        help = suggestion(named.text, passages, loading.findings)
        loading.fault(named.span, f"no passage `{shown(named.text)}` in this source", help)


def load_glossary(loading: Loading, passages: Collection[str]) -> tuple[Meaning, ...]:
    """The glossary of a source with these passages, in the order of its file."""
    fields = loading.optional(GLOSSARY, TERMS)
    return tuple(_meaning(loading, record, passages) for record in fields.many("terms")) if fields else ()


def _meaning(loading: Loading, fields: Fields, passages: Collection[str]) -> Meaning:
    nodes = [node for node in (fields.get("term"), *fields.many("also")) if isinstance(node, Scalar)]
    for node in nodes:
        loading.once("term", " ".join(words_of(node.text)), node.span)
        if not words_of(node.text):
            loading.fault(node.span, f"there is no word in `{shown(node.text)}`", "write it in letters or digits")
    cites = fields.many("cites")
    for named in cites:
        _known(loading, named, passages)
    if fields.text("basis") == "article" and not cites:
        help = "add `cites:` with a passage, or say `basis: house`"
        loading.fault(fields.span_of("basis"), "what the article says needs a passage that says it", help)
    cited = tuple(node.text for node in cites)
    also = tuple(node.text for node in fields.many("also"))
    return Meaning(fields.text("term"), also, fields.text("means"), fields.text("basis"), cited)
