"""Bad policies and the exact messages they must give, by topic, in `*.yaml` beside this file.

Each entry names its `case` and, under `files`, what differs from the sound policy in `base/`: a path and its text
(binary where it is no text, null where the file is missing, `{link: path}` for a link). `under` puts `base/` into a
folder of that name, for the layers on top of it. `gives` is what `whyso check` prints.
`WHYSO_UPDATE_GOLDEN=1 pytest` writes that anew.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.analysis.checking import check_folder
from assistant.analysis.edits import edited
from assistant.errors import Finding

FOLDER = Path(__file__).parent
BASE = FOLDER / "base"


@dataclass(frozen=True)
class Rejected:
    """One bad policy."""

    topic: Path
    name: str
    files: dict[str, Any]
    under: str
    gives: str

    def build(self, root: Path, base: Path = BASE) -> None:
        """Writes the policy into an empty folder."""
        shutil.copytree(base, root / self.under, dirs_exist_ok=True)
        for name, content in self.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            match content:
                case bytes():
                    path.write_bytes(content)
                case str():
                    path.write_text(content, encoding="utf-8")
                case {"link": target}:
                    path.symlink_to(target)

    def update(self, found: str) -> None:
        """Writes what was found into the topic's file."""
        lines = "".join(f"    {line}\n" for line in found.splitlines())
        entry = rf"(?ms)^(- case: {re.escape(self.name)}\n.*?^  gives:)[^\n]*\n.*?(?=^- case:|^#|\Z)"
        text = self.topic.read_text(encoding="utf-8")
        written = re.sub(entry, lambda match: f"{match[1]} |\n{lines}", text, count=1)
        self.topic.write_text(written, encoding="utf-8")


def rejected(folder: Path = FOLDER) -> Iterator[Rejected]:
    """Every bad policy there is."""
    for topic in sorted(folder.glob("*.yaml")):
        for entry in yaml.safe_load(topic.read_text(encoding="utf-8")):
            files, gives = entry["files"], entry["gives"]
            yield Rejected(topic, entry["case"], files, entry.get("under", ""), gives)


def mended_by_its_edit(finding: Finding, findings: Sequence[Finding]) -> bool:
    """Whether fewer of these findings about the policy in the working directory are made with the edit followed."""
    assert finding.edit is not None
    file = Path(finding.edit.file)
    before = file.read_text(encoding="utf-8")
    lines = before.split("\n")
    start = finding.edit.line - 1
    assert tuple(lines[start : start + len(finding.edit.old)]) == finding.edit.old
    file.write_text("\n".join(edited(lines, finding.edit)), encoding="utf-8")
    again = check_folder(Path("."), "reference").findings
    file.write_text(before, encoding="utf-8")
    alike = [
        [(one.code, one.message) for one in told].count((finding.code, finding.message)) for told in (findings, again)
    ]
    return alike[1] < alike[0]
