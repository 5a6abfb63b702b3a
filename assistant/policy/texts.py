"""The texts of a policy: sandboxed Jinja2 that may name facts, params and three filters, and nothing else.

A text is checked when the policy is loaded, so that rendering cannot fail, run code, loop or grow. What it renders is
plain text.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from assistant.errors import did_you_mean, shown
from assistant.knowledge import quantity
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import FactType, Value

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.nodes import Filter, Node
    from jinja2.sandbox import SandboxedEnvironment

FILTERS = ("figure", "label", "number")
MAX_FILTERS = 5
HasFigure: TypeAlias = Callable[[str], bool]

_USUAL = re.compile(
    r"\{\{ (?:(?P<fact>[a-z][a-z0-9_]*)|params\.(?P<param>[a-z][a-z0-9_]*)|'(?P<figure>[a-z0-9./_-]+)' \| figure) \}\}"
)
"""The usual forms, known without Jinja, which takes longer to import than all files of a policy to read."""

_HELP = "a text may name facts, `params.…` and the filters " + ", ".join(f"`{name}`" for name in FILTERS)


class TextError(Exception):
    """A fault in a text, at an offset in it."""

    def __init__(self, offset: int, message: str, help: str | None = _HELP, code: str = "text") -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.help = help
        self.code = code


@lru_cache(maxsize=1)
def _environment() -> "SandboxedEnvironment":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)
    environment.filters = dict.fromkeys(FILTERS, str)
    environment.globals = {}
    environment.tests = {}
    return environment


def plain(text: str) -> bool:
    """Whether a text has nothing to fill in."""
    return "{" not in text


def check_text(text: str, facts: Mapping[str, FactType], params: Mapping[str, Any], has_figure: HasFigure) -> None:
    """Raises `TextError` unless a text keeps to what texts may name. `has_figure` tells whether an address has one."""
    usual = {"fact": facts.__contains__, "param": params.__contains__, "figure": has_figure}
    rest = _USUAL.sub(lambda found: "" if usual[str(found.lastgroup)](found[str(found.lastgroup)]) else found[0], text)
    if plain(rest):
        return
    from jinja2 import TemplateError, TemplateSyntaxError, nodes

    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        place = _line(text, error.lineno)
        raise TextError(place, _malformed(error.message or ""), None) from None
    except (TemplateError, RecursionError) as error:
        raise TextError(0, _malformed(str(error)), None) from None
    for output in tree.body:
        if not isinstance(output, nodes.Output):
            raise _refused(output, text)
        for node in output.nodes:
            if not isinstance(node, nodes.TemplateData):
                _Check(text, facts, params, has_figure).expression(node)


def _malformed(said: str) -> str:
    said = re.sub(r"'([^']+)'", r"`\1`", shown(said, 120).rstrip("."))
    return f"malformed text: {said[:1].lower()}{said[1:]}"


def _line(text: str, number: int) -> int:
    """The offset at which a line begins."""
    return sum(len(line) + 1 for line in text.split("\n")[: number - 1])


def _place(text: str, node: "Node", near: str = "") -> int:
    """Where a node stands: Jinja knows its line only, so what stands in it is sought from there."""
    begin = max(text.find("{", _line(text, node.lineno)), 0)
    found = re.compile(rf"(?<!\w){re.escape(near)}(?!\w)").search(text, begin) if near else None
    return found.start() if found else begin


_IN_WORDS = {
    "Assign": "`set`",
    "AssignBlock": "`set`",
    "Call": "a call",
    "CondExpr": "`if`",
    "Getitem": "`[ ]`",
    "List": "a list",
    "Dict": "a mapping",
    "Tuple": "a list",
    "Test": "`is`",
    "Compare": "a comparison",
    "FromImport": "`import`",
    "CallBlock": "`call`",
    "FilterBlock": "`filter`",
    "ScopedEvalContextModifier": "`autoescape`",
    **dict.fromkeys(("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow", "Neg", "Pos", "Concat"), "a calculation"),
}


def _refused(node: "Node", text: str) -> TextError:
    kind = type(node).__name__
    said = _IN_WORDS.get(kind, f"`{kind.lower()}`")
    return TextError(_place(text, node), f"{said} is not allowed in a text")


@dataclass(frozen=True)
class _Check:
    """What one text may name; each method raises `TextError` where it names something else."""

    text: str
    facts: Mapping[str, FactType]
    params: Mapping[str, Any]
    has_figure: HasFigure

    def expression(self, node: "Node") -> None:
        """A fact, a param or a constant, by itself or through filters."""
        from jinja2 import nodes

        filters = 0
        while isinstance(node, nodes.Filter):
            filters += 1
            if filters > MAX_FILTERS or node.node is None:
                raise TextError(_place(self.text, node), f"more than {MAX_FILTERS} filters in a row")
            self.filter(node)
            node = node.node
        match node:
            case nodes.Const():
                return
            case nodes.Name(name="params"):
                raise TextError(self.at(node, "params"), "`params` alone in a text", "name one, as in `params.margin`")
            case nodes.Name(name=name) if name not in self.facts:
                message = f"unknown fact `{shown(name)}` in a text"
                help = did_you_mean(name, self.facts) or _HELP
                raise TextError(self.at(node, name), message, help, "unknown-fact")
            case nodes.Name():
                return
            case nodes.Getattr(node=nodes.Name(name="params"), attr=attr):
                if attr not in self.params:
                    message = f"unknown param `{shown(attr)}` in a text"
                    raise TextError(self.at(node, attr), message, did_you_mean(attr, self.params), "unknown-param")
            case nodes.Getattr(attr=attr):
                raise TextError(self.at(node, attr), f"the attribute `{shown(attr)}` is not allowed in a text")
            case _:
                raise _refused(node, self.text)

    def filter(self, node: "Filter") -> None:
        """One filter, and what it is applied to."""
        from jinja2 import nodes

        name, inner = node.name, node.node
        if name not in FILTERS:
            message = f"unknown filter `{shown(name)}` in a text"
            raise TextError(self.at(node, name), message, did_you_mean(name, FILTERS))
        if node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise TextError(self.at(node, name), f"the filter `{name}` takes nothing in parentheses", None)
        constant = inner.value if isinstance(inner, nodes.Const) else None
        said = shown(str(constant)) if constant is not None else "…"
        if name == "figure" and not (isinstance(constant, str) and self.has_figure(constant)):
            message = f"there is no figure `{said}`"
            raise TextError(self.at(node, said), message, "write `'passage/figure' | figure`")
        if name == "label" and not (isinstance(constant, str) and constant in self.facts):
            help = did_you_mean(constant, self.facts) if isinstance(constant, str) else "write `'fact' | label`"
            raise TextError(self.at(node, said), f"`label` takes the name of a fact, not `{said}`", help)

    def at(self, node: "Node", near: str) -> int:
        """Where a node stands."""
        return _place(self.text, node, near)


class _Params:
    """The params of a policy as attributes."""

    def __init__(self, policy: Policy) -> None:
        for param in policy.params.values():
            setattr(self, param.id, _said(param.value))


def _said(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else quantity(value)


@lru_cache(maxsize=8)
def _environment_of(policy: Policy) -> "SandboxedEnvironment":
    environment = _environment().overlay()
    environment.filters = {
        "figure": lambda address: str(policy.figure(address)),
        "label": lambda name: policy.facts[name].label,
        "number": str,
    }
    environment.globals = {"params": _Params(policy)}
    return environment


@lru_cache(maxsize=4096)
def _template(policy: Policy, text: str) -> "Template":
    return _environment_of(policy).from_string(text)


def render(text: str, policy: Policy, memory: Mapping[str, Value | None]) -> str:
    """A checked text with the facts in `memory` filled in as people say them; what is unknown reads `not known`."""
    if plain(text):
        return text
    facts = {
        name: fact.say(memory[name]) if name in memory else "not known"
        for name, fact in policy.facts.items()
        if name in text
    }
    return _template(policy, text).render(facts)
