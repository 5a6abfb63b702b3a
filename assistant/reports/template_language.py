"""What a template may say: values, loops, conditions, macros, blocks and a few filters; no calculation, no method.

Templates are rendered in Jinja2's sandbox over plain data. What they put out is escaped for their format, unless it is
`Written` for it already; loops, calls, inclusions and output are counted by a `Budget`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, Template, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import SandboxedEnvironment

from assistant.errors import shown
from assistant.reports.budget import Budget
from assistant.reports.escaping import Escapes, Written

TESTS = ("defined", "none")
_TAKES = {"join": 1}
_LOOP = frozenset(("index", "index0", "first", "last", "length", "depth"))
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const),
    *(nodes.For, nodes.If, nodes.Macro, nodes.Call, nodes.CallBlock, nodes.Block, nodes.Extends, nodes.Include),
    *(nodes.FromImport, nodes.Assign, nodes.AssignBlock, nodes.With, nodes.FilterBlock, nodes.Filter),
    *(nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Keyword),
    *(nodes.Tuple, nodes.List),
)
_SAID = {"Scope": "`autoescape`", "Dict": "a mapping", "Slice": "a slice", "Concat": "`~`"}
_SUMS = ("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow", "Neg", "Pos")


class Sandbox(SandboxedEnvironment):
    """Renders the templates of one format, on one budget."""

    concat = staticmethod(lambda parts: Written("".join(parts)))

    def __init__(self, escapes: Escapes, loader: BaseLoader, budget: Budget) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            finalize=self._written,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            cache_size=0,
        )
        self._escapes = escapes
        self._budget = budget
        self.globals = {}
        self.filters = self._filters(escapes)
        self.tests = {name: self.tests[name] for name in TESTS}

    def _filters(self, escapes: Escapes) -> dict[str, Callable[..., Any]]:
        def written(escape: Callable[[str], Written]) -> Callable[[object], Written]:
            return lambda value: escape(_text(value))

        def joined(items: Iterable[object], between: str = "") -> str:
            text = _text(between).join(_text(item) for item in self._budget.over(items))
            self._budget.write(text)
            return text

        plain: dict[str, Callable[..., Any]] = {
            "join": joined,
            "length": len,
            "upper": lambda value: _text(value).upper(),
            "lower": lambda value: _text(value).lower(),
            "first": lambda items: items[0],
            "last": lambda items: items[-1],
            "margin": lambda level: Written("  " * max(0, min(int(level), 50))),
            "counted": self._budget.over,
        }
        return plain | {name: written(escape) for name, escape in escapes.named.items()}

    def _written(self, value: object) -> Written:
        """What is put out for a value, escaped unless it is written for the format already."""
        text = value if isinstance(value, Written) else self._escapes.text(_text(value))
        self._budget.write(text)
        return text

    def compile(self, source: Any, name: str | None = None, filename: str | None = None, *_: Any) -> Any:
        """The code of a template, worked out once."""
        return _compiled(self._escapes, source, name, filename)

    def compiled(self, source: str, name: str | None, filename: str | None) -> CodeType:
        """The code of a template, worked out anew."""
        code: CodeType = super().compile(source, name, filename)
        return code

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _check(tree, name, filename, self.filters)
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, "counted", [], [], None, None, lineno=loop.lineno)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A key of a mapping, or what a loop tells of itself; nothing else has attributes."""
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """What stands in a mapping under a key, or in a list at a place."""
        if isinstance(obj, Mapping) and argument in obj:
            return obj[argument]
        if isinstance(obj, tuple | list) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return obj if isinstance(obj, Undefined) else self.undefined(hint=f"there is no `{shown(str(argument))}` here")

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  # as Jinja calls it
        """Calls a macro or a block of the template; nothing else can be called."""
        __self._budget.step()
        if not isinstance(__obj, Macro | BlockReference | Undefined):
            raise SecurityError("only macros can be called")
        return super().call(__context, __obj, *args, **kwargs)

    def _load_template(self, name: str, globals: Any) -> Template:
        self._budget.step()
        return super()._load_template(name, globals)


@lru_cache(maxsize=32)
def _compiled(escapes: Escapes, source: str, name: str | None, filename: str | None) -> CodeType:
    return Sandbox(escapes, BaseLoader(), Budget()).compiled(source, name, filename)


def _text(value: object) -> str:
    """A value as text; nothing for None. What is no plain value is a mistake of the template."""
    if isinstance(value, Undefined):
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return str.__str__(value) if isinstance(value, str) else str(value)
    raise TypeError("a list or mapping cannot be put out whole")


def _check(tree: nodes.Template, name: str | None, filename: str | None, filters: Iterable[str]) -> None:
    """Raises `TemplateSyntaxError` where a template goes beyond what templates may say."""
    for node in _all(tree):
        said = _refused(node, filters)
        if said:
            line = next((one.lineno for one in (node, *node.find_all(nodes.Node)) if one.lineno), 1)
            raise TemplateSyntaxError(f"{said} is not allowed in a template", line, name, filename)


def _all(tree: nodes.Node) -> Sequence[nodes.Node]:
    found, waiting = [], [tree]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += list(node.iter_child_nodes())[::-1]
    return found


def _given(node: nodes.Filter) -> int:
    """How much is given to a filter besides what it is applied to."""
    return len(node.args) + len(node.kwargs) + (node.dyn_args is not None) + (node.dyn_kwargs is not None)


def _refused(node: nodes.Node, filters: Iterable[str]) -> str | None:
    """What is wrong with a node, in words; None where nothing is."""
    kind = type(node).__name__
    match node:
        case nodes.For(recursive=True):
            return "`recursive`"
        case nodes.Call() if not isinstance(node.node, nodes.Name) or node.dyn_args or node.dyn_kwargs:
            return "calling anything but a macro"
        case nodes.Getitem() if not isinstance(node.arg, nodes.Const | nodes.Name | nodes.Getattr):
            return "this index"
        case nodes.Extends() | nodes.Include() | nodes.FromImport():
            return None if isinstance(node.template, nodes.Const) else f"`{kind.lower()}` of a name that is worked out"
        case nodes.Filter() if node.name not in filters or node.name == "counted":
            return f"the filter `{node.name}`"
        case nodes.Filter() if (
            node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) > _TAKES.get(node.name, 0)
        ):
            return f"what the filter `{node.name}` is given"
        case nodes.Test() if node.name not in TESTS:
            return f"the test `{node.name}`"
    if isinstance(node, _ALLOWED):
        return None
    return "a calculation" if kind in _SUMS else _SAID.get(kind, f"`{kind.lower()}`")
