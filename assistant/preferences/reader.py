"""Settings as they are written: every fault is told with its place, and every sound part holds."""

from collections.abc import Iterator, Mapping

from assistant.errors import Finding, PolicyError, did_you_mean, shown
from assistant.preferences.editors import EDITOR_HELP, command_fault
from assistant.preferences.keyboard import FOR_TYPING, BadKeyError, key_of
from assistant.preferences.model import Bound, Known, Settings
from assistant.reading.nodes import Scalar
from assistant.reading.parser import parse
from assistant.reading.shapes import Fields, Flag, Keyed, Many, Record, Text, check

SHAPE = Record(
    "settings file",
    {},
    {
        "theme": Text(),
        "policy": Text(),
        "watch": Flag(),
        "editor": Text(),
        "keys": Keyed(Many(Text(), single=True)),
    },
)


def settings_in(data: bytes, name: str, known: Known) -> tuple[Settings, tuple[Finding, ...]]:
    """The settings in a file's bytes, and all that is wrong with them; what is wrong does not hold."""
    findings: list[Finding] = []
    try:
        root = parse(data, name)
    except PolicyError as error:
        return Settings(), error.findings
    if root is None:
        return Settings(), ()
    fields = check(root, SHAPE, findings)
    if not isinstance(fields, Fields):
        return Settings(), tuple(findings)
    theme = _theme(fields, known, findings)
    chosen = _chosen(fields.get("keys") or {}, known, findings)
    keys = {id.text: tuple(key for _, key in pairs) for id, pairs in _without_clashes(chosen, known, findings).items()}
    watch = fields.value("watch") is not False
    return Settings(theme, keys, watch, _editor(fields, findings)), tuple(
        sorted(findings, key=lambda finding: (finding.span is None, finding.span))
    )


def _editor(fields: Fields, findings: list[Finding]) -> str | None:
    written = fields.text("editor").strip()
    wrong = command_fault(written) if written else None
    if wrong is not None:
        findings.append(
            Finding("bad-editor", fields.span_of("editor"), f"`editor` is no command: {wrong}", EDITOR_HELP)
        )
    return written if written and wrong is None else None


def _theme(fields: Fields, known: Known, findings: list[Finding]) -> str | None:
    theme = fields.text("theme")
    if not theme or theme in known.themes:
        return theme or None
    span, own = fields.span_of("theme"), [name for name in known.themes if name.startswith("whyso")]
    help = did_you_mean(theme, known.themes) or did_you_mean(theme, own)
    findings.append(Finding("unknown-theme", span, f"there is no theme `{shown(theme)}`", help))
    return None


Chosen = dict[Scalar, list[tuple[Scalar, str]]]
"""For each id as it is written, its keys as they are written and by name."""


def _chosen(written: Mapping[Scalar, list[Scalar]], known: Known, findings: list[Finding]) -> Chosen:
    """The sound keys of known ids."""
    found: Chosen = {}
    for id, keys in written.items():
        if id.text not in known.bindings:
            help = did_you_mean(id.text, known.bindings) or "docs/terminal.md lists the keys by name"
            findings.append(Finding("unknown-binding", id.span, f"no key is called `{shown(id.text)}`", help))
            continue
        pairs = list(_sound(keys, known.bindings[id.text], findings))
        if pairs and len(pairs) == len(keys):
            found[id] = pairs
    return found


def _sound(keys: list[Scalar], bound: Bound, findings: list[Finding]) -> Iterator[tuple[Scalar, str]]:
    for written in keys:
        try:
            key = key_of(written.text)
            if key in FOR_TYPING and key not in bound.keys:
                raise BadKeyError("this key is needed for typing", "take another key")
        except BadKeyError as error:
            message = f"`{shown(written.text)}` cannot be a key here: {error.message}"
            findings.append(Finding("bad-key", written.span, message, error.help))
        else:
            yield written, key


def _without_clashes(chosen: Chosen, known: Known, findings: list[Finding]) -> Chosen:
    """What is left once no key stands for two things; what is taken out goes back to its default."""
    while True:
        clash = _clash(chosen, known)
        if clash is None:
            return chosen
        id, written, other = clash
        message = f"`{shown(written.text)}` is the key of `{other}` already"
        findings.append(Finding("key-taken", written.span, message, f"take another key, or give `{other}` another"))
        chosen = {name: keys for name, keys in chosen.items() if name is not id}


def _clash(chosen: Chosen, known: Known) -> tuple[Scalar, Scalar, str] | None:
    """The last id as written one of whose keys is another's too, where both hold."""
    mine = {id.text: tuple(key for _, key in pairs) for id, pairs in chosen.items()}
    for id, pairs in reversed(chosen.items()):
        for written, key in pairs:
            for other, bound in known.bindings.items():
                taken = key in mine.get(other, bound.keys)
                if other != id.text and taken and bound.meets(known.bindings[id.text]):
                    return id, written, other
    return None
