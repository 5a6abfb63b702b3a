"""The texts of a policy: sandboxed Jinja2 that may name facts, params and three filters, and nothing else.

A text is checked when the policy is loaded, so that rendering cannot fail, run code, loop or grow. What it renders is
plain text.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from assistant.errors import did_you_mean, shown
from assistant.knowledge import quantity
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import FactType, Value

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.nodes import Node
    from jinja2.sandbox import SandboxedEnvironment

FILTERS = ("figure", "label", "number")
_HELP = "a text may name facts, `params.…` and the filters " + ", ".join(f"`{name}`" for name in FILTERS)


class TextError(Exception):
    """A fault in a text; `line` counts from 0 within it."""

    def __init__(self, line: int, message: str, help: str | None = _HELP) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.help = help


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


def names_in(text: str) -> frozenset[str]:
    """The names of facts that a checked text shows."""
    from jinja2 import nodes

    if plain(text):
        return frozenset()
    return frozenset(name.name for name in _environment().parse(text).find_all(nodes.Name)) - {"params"}


def check_text(text: str, facts: Mapping[str, FactType], params: Mapping[str, Any], has_figure: Any) -> None:
    """Raises `TextError` unless a text keeps to what texts may name. `has_figure` tells whether an address has one."""
    if plain(text):
        return
    from jinja2 import TemplateError, TemplateSyntaxError, nodes

    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        raise TextError(error.lineno - 1, f"malformed text: {shown(error.message or '', 120)}", None) from None
    except (TemplateError, RecursionError) as error:
        raise TextError(0, f"malformed text: {shown(str(error), 120)}", None) from None
    for node in _walk(tree):
        line = getattr(node, "lineno", 1) - 1
        match node:
            case nodes.Template() | nodes.Output() | nodes.TemplateData() | nodes.Const():
                pass
            case nodes.Name(name=name) if name == "params" or name in facts:
                pass
            case nodes.Name(name=name):
                raise TextError(line, f"unknown name `{shown(name)}` in a text", did_you_mean(name, facts) or _HELP)
            case nodes.Getattr(node=nodes.Name(name="params"), attr=attr):
                if attr not in params:
                    raise TextError(line, f"unknown param `{shown(attr)}` in a text", did_you_mean(attr, params))
            case nodes.Getattr(attr=attr):
                raise TextError(line, f"the attribute `{shown(attr)}` in a text")
            case nodes.Filter(name=name) if name not in FILTERS:
                raise TextError(line, f"unknown filter `{shown(name)}` in a text", did_you_mean(name, FILTERS))
            case nodes.Filter(name=name, node=inner, args=[], kwargs=[], dyn_args=None, dyn_kwargs=None):
                _check_filter(name, inner, line, facts, has_figure)
            case nodes.Filter(name=name):
                raise TextError(line, f"the filter `{name}` takes nothing in parentheses")
            case nodes.Call():
                raise TextError(line, "a call in a text")
            case _:
                raise TextError(line, f"`{type(node).__name__.lower()}` in a text")
    _check_whole_params(tree)


def _walk(tree: "Node") -> list["Node"]:
    found: list[Node] = []
    waiting: list[Node] = [tree]
    while waiting:
        node = waiting.pop(0)
        found.append(node)
        waiting += node.iter_child_nodes()
    return found


def _check_filter(name: str, inner: Any, line: int, facts: Mapping[str, FactType], has_figure: Any) -> None:
    from jinja2 import nodes

    constant = inner.value if isinstance(inner, nodes.Const) else None
    if name == "figure" and not (isinstance(constant, str) and has_figure(constant)):
        raise TextError(line, f"there is no figure `{shown(str(constant))}`", "write `'passage/figure' | figure`")
    if name == "label" and not (isinstance(constant, str) and constant in facts):
        help = did_you_mean(constant, facts) if isinstance(constant, str) else "write `'fact' | label`"
        raise TextError(line, f"`label` takes the name of a fact, not `{shown(str(constant))}`", help)


def _check_whole_params(tree: "Node") -> None:
    from jinja2 import nodes

    owners = [node.node for node in tree.find_all(nodes.Getattr)]
    for name in tree.find_all(nodes.Name):
        if name.name == "params" and not any(name is owner for owner in owners):
            raise TextError(name.lineno - 1, "`params` alone in a text", "name one, as in `params.margin`")


@lru_cache(maxsize=4096)
def _template(text: str) -> "Template":
    return _environment().from_string(text)


class _Params:
    """The params of a policy as attributes."""

    def __init__(self, policy: Policy) -> None:
        for param in policy.params.values():
            value = param.value
            text = str(value) if isinstance(value, bool | str) else quantity(value)
            setattr(self, param.id, text)


def render(text: str, policy: Policy, memory: Mapping[str, Value | None]) -> str:
    """A checked text with the facts in `memory` filled in as people say them; what is unknown reads `not known`."""
    if plain(text):
        return text
    environment = _environment()
    environment.filters["figure"] = lambda address: str(policy.figure(address))
    environment.filters["label"] = lambda name: policy.facts[name].label
    environment.filters["number"] = str
    facts = {
        name: fact.say(memory[name]) if name in memory else "not known"
        for name, fact in policy.facts.items()
        if name in text
    }
    return _template(text).render(facts, params=_Params(policy))
