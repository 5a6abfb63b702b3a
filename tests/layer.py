"""A layer over a small policy, in a folder of its own, to be edited while it is in force."""

import shutil
from pathlib import Path

HEAD = "policy: mine\nextends: {}\nversion: 0.1.0\nparams:\n  - {{param: far, value: 10, because: so it is}}\n"


def layer_over(policy: Path, name: str, folder: Path) -> Path:
    """A layer that sets one param, to the value that it has below; the policy below is copied into it."""
    shutil.copytree(policy, folder / name)
    (folder / "policy.yaml").write_text(HEAD.format(name), encoding="utf-8")
    return folder


def edit(path: Path, *changes: tuple[str, str]) -> None:
    """Replaces texts in a file, which are there."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
