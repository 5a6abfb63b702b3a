"""Where everything in a policy comes from: the layer and line of each thing, what it replaced, what is switched off."""

from itertools import groupby

from assistant.errors import shown
from assistant.explanation.document import Document, Style, Writer
from assistant.explanation.wording import listed
from assistant.policy.origin import Origin, Setting
from assistant.policy.syntax import Policy

_TITLES = {
    "param": "Params",
    "capability": "Capabilities",
    "option": "Options",
    "fact": "Facts",
    "rule": "Rules",
}


def origins_document(policy: Policy) -> Document:
    """Every param, capability, option, fact and rule, and the layers and lines that set it."""
    writer = Writer(policy.source)
    writer.add(Style.VERDICT, f"{policy.title}, version {policy.version}")
    upwards = " over ".join(reversed(policy.layers))
    roots = dict(zip(policy.layers, policy.roots, strict=False))
    writer.add(Style.NOTE, f"Layers: {upwards}. Places are relative to each layer's folder.")
    for name, root in reversed(roots.items()):
        writer.add(Style.POINT, f"{name}: {shown(str(root), 200)}")
    for kind, origins in groupby(policy.origins, lambda origin: origin.kind):
        writer.add(Style.HEADING, _TITLES[kind])
        for origin in origins:
            writer.add(Style.POINT, origin_line(origin), rule=origin.id if origin.id in policy.by_id else None)
    return writer.document()


def origin_line(origin: Origin) -> str:
    """A thing with the layer and line that hold, and what they took the place of."""
    value = f" = {origin.settings[-1].value}" if origin.settings[-1].value else ""
    return "; ".join((f"{origin.id}{value}: {_place(origin.whole)}", *origin_notes(origin)))


def origin_notes(origin: Origin) -> list[str]:
    """What beside its place is worth saying of where a thing comes from."""
    notes = [f"{listed(setting.keys)} set at {_place(setting)}" for setting in origin.altered]
    for setting in reversed(origin.replaced):
        value = f"{setting.value} at " if setting.value else ""
        notes.append(f"replaces {value}{_place(setting)}")
    return [*notes, f"switched off at {_place(origin.off)}"] if origin.off else notes


def _place(setting: Setting) -> str:
    return f"{setting.at} in {setting.layer}"
