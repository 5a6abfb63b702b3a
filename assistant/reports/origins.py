"""Where everything in a policy comes from, as plain data for JSON."""

from typing import Any

from assistant.policy.origin import Origin, Setting
from assistant.policy.syntax import Policy


def origins_data(policy: Policy) -> list[dict[str, Any]]:
    """`whyso rules --origin`: an entry for each thing, kind by kind."""
    return [origin_data(origin) for origin in policy.origins]


def origin_data(origin: Origin) -> dict[str, Any]:
    """Where one thing comes from."""
    return {
        "kind": origin.kind,
        "id": origin.id,
        **_setting(origin.whole),
        "altered": [_setting(setting) for setting in origin.altered],
        "replaced": [_setting(setting) for setting in origin.replaced],
        "off": _setting(origin.off) if origin.off else None,
    }


def _setting(setting: Setting) -> dict[str, Any]:
    return {
        "layer": setting.layer,
        "at": setting.at,
        "keys": list(setting.keys),
        **({"value": setting.value} if setting.value else {}),
    }
