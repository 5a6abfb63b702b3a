"""Finds policies and sources, and reads a policy's folders: the raw, checked records of each layer, lowest first.

`extends` and `source` name an id that is sought in the policy's own folder, then among the installed ones. Nothing
else outside the folder is read, and links that lead out of it are refused.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import Finding, InputError, PolicyError, Span, shown
from assistant.knowledge import Source, load_source
from assistant.policy.declarations import DERIVED_FACT, LAYER, POLICY, RULE, TOLD_FACT
from assistant.reading.nodes import Listing, Node, Scalar, Table
from assistant.reading.parser import parse_file
from assistant.reading.shapes import Fields, Record, check

MAX_FILES = 1000
_PACKAGE = Path(__file__).resolve().parent.parent


def installed(what: str) -> Path:
    """The folder of shipped `rules` or `knowledge`, in the wheel or beside the package."""
    inside = _PACKAGE / "shipped" / what
    return inside if inside.is_dir() else _PACKAGE.parent / what


@dataclass
class Layer:
    """One folder's records as they were written."""

    name: str
    root: Path
    head: Fields
    facts: list[Fields] = field(default_factory=list)
    rules: list[Fields] = field(default_factory=list)

    def at(self, span: Span) -> str:
        """A place as `file:line`, the file relative to the layer's root."""
        return f"{_relative(Path(span.file), self.root)}:{span.line}"


def _relative(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.name


def displayed(path: Path) -> str:
    """A path as messages show it: relative to the working directory where it is below that."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return str(path)


def read_layers(folder: Path, findings: list[Finding]) -> list[Layer]:
    """The layers of the policy in `folder`, lowest first; faults are added to `findings`.

    Raises `InputError` if there is no such folder or no `policy.yaml` in it.
    """
    if not folder.is_dir():
        raise InputError(f"there is no policy folder `{shown(str(folder))}`", help="name a folder with a policy.yaml")
    layers: list[Layer] = []
    seen: set[str] = set()
    current: Path | None = folder
    while current is not None:
        layer = _read_layer(current, findings)
        if layer is None:
            return []
        layers.append(layer)
        seen.add(layer.name)
        current = _extended(layer, seen, findings)
    return layers[::-1]


def _extended(layer: Layer, seen: set[str], findings: list[Finding]) -> Path | None:
    name = layer.head.text("extends")
    if not name:
        return None
    span = layer.head.span_of("extends")
    if name in seen:
        findings.append(Finding("extends", span, f"`{name}` extends itself", "name another policy"))
        return None
    for place in (layer.root, installed("rules"), installed("rules").parent):
        for candidate in (place / name, place):
            head = candidate / "policy.yaml"
            if candidate != layer.root and head.is_file() and _id_of(head) == name:
                return candidate
    findings.append(
        Finding("extends", span, f"there is no policy `{name}`", "it is sought here, then among the installed")
    )
    return None


def _id_of(head: Path) -> str | None:
    try:
        node = parse_file(head, str(head))
    except PolicyError:
        return None
    named = node.get("policy") if isinstance(node, Table) else None
    return named.text if isinstance(named, Scalar) else None


def find_source(layer: Layer, findings: list[Finding]) -> Source | None:
    """The source that a layer names; its faults are added to `findings`."""
    name = layer.head.text("source")
    for place in (layer.root / "knowledge", installed("knowledge")):
        if (place / name / "source.yaml").is_file():
            try:
                return load_source(place / name, displayed)
            except PolicyError as error:
                findings.extend(error.findings)
                return None
    message = f"there is no source `{name}`"
    findings.append(
        Finding("unknown-source", layer.head.span_of("source"), message, "put it into knowledge/ of the policy")
    )
    return None


def _read_layer(root: Path, findings: list[Finding]) -> Layer | None:
    path = root / "policy.yaml"
    if not path.exists():
        raise InputError(f"there is no policy.yaml in `{shown(displayed(root))}`", help="name a policy's folder")
    node = _node(path, findings)
    if node is None:
        return None
    shape = LAYER if isinstance(node, Table) and node.get("extends") is not None else POLICY
    head = check(node, shape, findings)
    if not isinstance(head, Fields):
        return None
    layer = Layer(head.text("policy"), root, head)
    for file in _files(root / "vocabulary", root, findings):
        layer.facts += _records(file, _fact_shape, findings)
    for file in _files(root, root, findings):
        if file.name != "policy.yaml":
            layer.rules += _records(file, lambda _: RULE, findings)
    return layer


def _files(folder: Path, root: Path, findings: list[Finding]) -> Iterator[Path]:
    files = sorted(path for path in folder.glob("*.y*ml") if path.suffix in (".yaml", ".yml"))
    if len(files) > MAX_FILES:
        message = f"{len(files):,} files in one folder, at most {MAX_FILES:,}"
        findings.append(Finding("too-large", Span(displayed(folder), 1, 1), message))
        files = []
    for file in files:
        if file.resolve().is_relative_to(root.resolve()):
            yield file
        else:
            message = "this link leads out of the policy's folder"
            findings.append(Finding("outside", Span(displayed(file), 1, 1), message, "copy the file here"))


def _node(path: Path, findings: list[Finding]) -> Node | None:
    name = displayed(path)
    try:
        node = parse_file(path, name)
    except PolicyError as error:
        findings.extend(error.findings)
        return None
    except InputError as error:
        findings.append(Finding("unreadable", Span(name, 1, 1), error.message, error.help))
        return None
    if node is None and path.name == "policy.yaml":
        findings.append(Finding("yaml", Span(name, 1, 1), "this file is empty", "it needs at least `policy:`"))
    return node


def _fact_shape(node: Node) -> Record:
    derived = node.get("derived") if isinstance(node, Table) else None
    return DERIVED_FACT if isinstance(derived, Scalar) and derived.value is not False else TOLD_FACT


def _records(path: Path, shape_of: Callable[[Node], Record], findings: list[Finding]) -> list[Fields]:
    node = _node(path, findings)
    if node is None:
        return []
    if not isinstance(node, Listing):
        what = shape_of(node).what
        message = f"this file must be a list of {what}s"
        findings.append(Finding("wrong-type", node.span, message, f"begin each with `- {what}: …`"))
        return []
    checked = [check(item, shape_of(item), findings) for item in node.items]
    return [record for record in checked if isinstance(record, Fields)]
