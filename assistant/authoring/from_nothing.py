"""The files of a policy from nothing: small, whole, on a subject of no importance, and ready to be made another's."""

from collections.abc import Mapping
from pathlib import Path

STARTING = Path(__file__).resolve().parent / "starting"
_ID = "my-policy"


def starting_files(id: str) -> Mapping[str, str]:
    """The files of a policy of that id, by path."""
    found = sorted(path for path in STARTING.rglob("*.yaml"))
    return {path.relative_to(STARTING).as_posix(): path.read_text(encoding="utf-8").replace(_ID, id) for path in found}
