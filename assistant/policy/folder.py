"""Finds policies and sources, and reads a policy's folders: the raw, checked records of each layer, lowest first.

`extends` and `source` name an id that is sought in the policy's own folder, then among the installed ones. Nothing
else outside the folder is read, and links that lead out of it are refused.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from os.path import abspath, exists, getsize, isdir, isfile, lexists
from pathlib import Path
from types import MappingProxyType

from assistant.errors import LONGEST_PATH, Finding, InputError, PolicyError, Span, shown
from assistant.policy.declarations import ALTERED_FACT, DERIVED_FACT, GROUP, LAYER, POLICY, RULE, TOLD_FACT
from assistant.reading.nodes import Listing, Node, Scalar, Table
from assistant.reading.parser import made_of_file, parse, parse_file, within
from assistant.reading.shapes import Fields, Record, check

HEAD = "policy.yaml"
MAX_FILES = 1000
MAX_LAYERS = 20
MAX_TOTAL = 32 << 20
"""The most bytes of YAML that one folder of a policy may hold: what a stranger sends is read in bounded time."""
_PACKAGE = Path(__file__).resolve().parent.parent


def installed(what: str) -> Path:
    """The folder of shipped `rules` or `knowledge`, in the wheel or beside the package."""
    inside = _PACKAGE / "shipped" / what
    return inside if isdir(inside) else _PACKAGE.parent / what


@dataclass
class Layer:
    """One folder's records as they were written. `torn`: some of its vocabulary can't be read."""

    name: str
    root: Path
    head: Fields
    facts: list[Fields] = field(default_factory=list)
    groups: list[Fields] = field(default_factory=list)
    rules: list[Fields] = field(default_factory=list)
    torn: bool = False
    files: dict[str, str] = field(default_factory=dict)

    @property
    def upper(self) -> bool:
        """Whether it extends another."""
        return "extends" in self.head.places

    def at(self, span: Span) -> str:
        """A place as `file:line`, the file relative to the layer's root."""
        return f"{self.files[span.file]}:{span.line}"


_shown_as: ContextVar[Mapping[Path, str]] = ContextVar("shown_as", default=MappingProxyType({}))


@contextmanager
def shown_as(names: Mapping[Path, str]) -> Iterator[None]:
    """In this block messages name what is below these folders by another name: that of a revision, say."""
    token = _shown_as.set({Path(abspath(folder)): name for folder, name in names.items()})
    try:
        yield
    finally:
        _shown_as.reset(token)


def displayed(path: Path) -> str:
    """A path as messages show it: relative to the working directory where it is below that."""
    for folder, name in _shown_as.get().items():
        if Path(abspath(path)).is_relative_to(folder):
            inside = Path(abspath(path)).relative_to(folder).as_posix()
            return name if inside == "." else f"{name}{'' if name[-1:] in ('', ':') else '/'}{inside}"
    try:
        return Path(abspath(path)).relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return str(path)


def read_layers(folder: Path, findings: list[Finding]) -> list[Layer]:
    """The layers of the policy in `folder`, lowest first; faults are added to `findings`.

    Raises `InputError` if there is no such folder or no `policy.yaml` in it.
    """
    if not isdir(folder):
        raise InputError(f"there is no policy folder `{shown(str(folder))}`", help="name a folder with a policy.yaml")
    layers: list[Layer] = []
    current: Path | None = folder
    while current is not None:
        layer = _read_layer(current, findings)
        if layer is None:
            return []
        layers.append(layer)
        if not layer.head.text("extends"):
            return layers[::-1]
        if len(layers) == MAX_LAYERS:
            message = f"more than {MAX_LAYERS} layers"
            findings.append(Finding("too-large", layer.head.span_of("extends"), message, "put some of them together"))
            return []
        current = _extended(layers, findings)
    return []


def _extended(layers: list[Layer], findings: list[Finding]) -> Path | None:
    """The folder of the policy that the last layer extends; None, and a finding, where there is none."""
    layer = layers[-1]
    name, span = layer.head.text("extends"), layer.head.span_of("extends")
    if name in {below.name for below in layers}:
        findings.append(Finding("extends", span, f"`{name}` extends itself", "name another policy"))
        return None
    own = layer.root / name
    if lexists(own) and not (within(own, layer.root) and within(own / HEAD, layer.root)):
        findings.append(outside(own))
        return None
    for candidate in (own, installed("rules"), installed("rules").parent / name):
        if isfile(candidate / HEAD) and id_of(candidate / HEAD) == name:
            return candidate
    findings.append(
        Finding("extends", span, f"there is no policy `{name}`", "it is sought here, then among the installed")
    )
    return None


def id_of(head: Path) -> str | None:
    """The id that a `policy.yaml` gives its policy; None where it can't be read."""
    try:
        node = parse_file(head, str(head))
    except (PolicyError, InputError):
        return None
    named = node.get("policy") if isinstance(node, Table) else None
    return named.text if isinstance(named, Scalar) else None


def outside(path: Path) -> Finding:
    """The fault of a link that leads out of a policy's folder."""
    message = "this link leads out of the policy's folder"
    return Finding("outside", Span(displayed(path), 1, 1), message, "put a copy here instead")


def _read_layer(root: Path, findings: list[Finding]) -> Layer | None:
    path = root / HEAD
    if not exists(path):
        raise InputError(f"there is no {HEAD} in `{shown(displayed(root))}`", help="name a policy's folder")
    if not within(path, root):
        findings.append(outside(path))
        return None
    node = _head_node(path, findings)
    if node is None:
        return None
    shape = LAYER if isinstance(node, Table) and node.get("extends") is not None else POLICY
    head = check(node, shape, findings)
    if not isinstance(head, Fields):
        return None
    layer = Layer(head.text("policy"), root, head, files={displayed(path): HEAD})
    for file in files_in(root / "vocabulary", root, findings):
        layer.files[displayed(file)] = f"vocabulary/{shown(file.name, LONGEST_PATH)}"
        upper = shape is LAYER
        records = _records(file, partial(_fact_shape, layer=upper), findings, "altering facts" if upper else "facts")
        layer.torn = layer.torn or records is None
        layer.facts += [record for record in records or () if "group" not in record.places]
        layer.groups += [record for record in records or () if "group" in record.places]
    for file in files_in(root, root, findings):
        if file.name != HEAD:
            layer.files[displayed(file)] = shown(file.name, LONGEST_PATH)
            layer.rules += _records(file, lambda _: RULE, findings, "rules") or []
    return layer


def files_in(folder: Path, root: Path, findings: list[Finding]) -> Iterator[Path]:
    """The YAML files directly in a folder, by name; links that lead out of `root` are findings instead.

    Files whose names begin with a dot are no part of it: editors put such beside a file while it is edited.
    """
    if lexists(folder) and not within(folder, root):
        findings.append(outside(folder))
        return
    files = sorted(path for path in folder.glob("[!.]*.y*ml") if path.suffix in (".yaml", ".yml"))
    if len(files) > MAX_FILES:
        message = f"{len(files):,} files in one folder, at most {MAX_FILES:,}"
        findings.append(Finding("too-large", Span(displayed(folder), 1, 1), message))
        files = []
    left = MAX_TOTAL
    for file in files:
        if not within(file, root):
            findings.append(outside(file))
            continue
        left -= getsize(file) if isfile(file) else 0
        if left < 0:
            message = f"more than {MAX_TOTAL >> 20} MiB in the files of one folder"
            findings.append(Finding("too-large", Span(displayed(file), 1, 1), message, "leave out what is not needed"))
            return
        yield file


def _head_node(path: Path, findings: list[Finding]) -> Node | None:
    name = displayed(path)
    try:
        node = parse_file(path, name)
    except (PolicyError, InputError) as error:
        findings.extend(_unreadable(error, name))
        return None
    if node is None:
        findings.append(Finding("yaml", Span(name, 1, 1), "this file is empty", "it needs at least `policy:`"))
    return node


def _unreadable(error: PolicyError | InputError, name: str) -> tuple[Finding, ...]:
    if isinstance(error, PolicyError):
        return error.findings
    return (Finding("unreadable", Span(name, 1, 1), error.message, error.help),)


def _fact_shape(node: Node, *, layer: bool) -> Record:
    if isinstance(node, Table) and node.get("group") is not None:
        return GROUP
    derived = node.get("derived") if isinstance(node, Table) else None
    if layer and isinstance(node, Table) and node.get("type") is None and derived is None:
        return ALTERED_FACT
    return DERIVED_FACT if isinstance(derived, Scalar) and derived.value is not False else TOLD_FACT


def _records(
    path: Path, shape_of: Callable[[Node], Record], findings: list[Finding], kept_as: str
) -> list[Fields] | None:
    """The sound records of a file, None where it can't be read as a list."""
    name = displayed(path)
    try:
        records, found = made_of_file(path, name, kept_as, lambda data: _checked(parse(data, name), shape_of))
    except (PolicyError, InputError) as error:
        findings.extend(_unreadable(error, name))
        return None
    findings.extend(found)
    return None if records is None else list(records)


def _checked(node: Node | None, shape_of: Callable[[Node], Record]) -> tuple[tuple[Fields, ...] | None, list[Finding]]:
    """The sound records of a list, None where it is none, and what is wrong with the others."""
    findings: list[Finding] = []
    if node is None:
        return (), findings
    if not isinstance(node, Listing):
        what = shape_of(node).what
        message = f"this file must be a list of {what}s"
        return None, [Finding("wrong-type", node.span, message, f"begin each with `- {what}: …`")]
    checked = [check(item, shape_of(item), findings) for item in node.items]
    return tuple(record for record in checked if isinstance(record, Fields)), findings
