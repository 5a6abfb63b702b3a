"""A policy from a stranger is data: nothing outside its folder is read, nothing loops or waits, all is bounded."""

import builtins
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from assistant.policy import folder as folders
from assistant.reasoning.loading import all_findings
from tests.cli.running import run
from tests.rejected import BASE

SECRET = "a_secret_that_no_message_may_show"


@pytest.fixture
def elsewhere(folder: Path) -> Path:
    """A policy's folder and files beside it that are none of its business."""
    place = folder.parent / "elsewhere"
    shutil.copytree(BASE, place)
    for name in ("policy.yaml", "rules.yaml", "vocabulary/facts.yaml", "knowledge/handbook/travel.yaml"):
        (place / name).write_text(SECRET, encoding="utf-8")
    return place


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The real paths of all files that are opened meanwhile."""
    paths: list[str] = []
    path_open, plain_open = Path.open, builtins.open

    def noted(self: Path, *arguments: Any, **options: Any) -> Any:
        paths.append(os.path.realpath(self))
        return path_open(self, *arguments, **options)

    def noted_plainly(file: Any, *arguments: Any, **options: Any) -> Any:
        paths.append(os.path.realpath(file) if isinstance(file, str | Path) else str(file))
        return plain_open(file, *arguments, **options)

    monkeypatch.setattr(Path, "open", noted)
    monkeypatch.setattr(builtins, "open", noted_plainly)
    return paths


def messages(folder: Path) -> list[str]:
    return [str(finding).partition("\n")[0] for finding in all_findings(folder)[1]]


OUT = "1:1: this link leads out of the policy's folder"


@pytest.mark.parametrize(
    ("link", "to", "told"),
    [
        ("policy.yaml", "policy.yaml", f"policy.yaml:{OUT}"),
        ("rules.yaml", "rules.yaml", f"rules.yaml:{OUT}"),
        ("vocabulary", "vocabulary", f"vocabulary:{OUT}"),
        ("vocabulary/facts.yaml", "vocabulary/facts.yaml", f"vocabulary/facts.yaml:{OUT}"),
        ("cases", "cases", f"cases:{OUT}"),
        ("cases/short-hop.yaml", "cases/short-hop.yaml", f"cases/short-hop.yaml:{OUT}"),
        ("knowledge", "knowledge", f"knowledge/handbook:{OUT}"),
        ("knowledge/handbook", "knowledge/handbook", f"knowledge/handbook:{OUT}"),
        (
            "knowledge/handbook/travel.yaml",
            "knowledge/handbook/travel.yaml",
            "knowledge/handbook/travel.yaml:1:1: this link leads out of the source's folder",
        ),
    ],
)
@pytest.mark.parametrize("absolute", [True, False], ids=["absolute", "dots"])
def test_links_that_lead_out_are_not_followed(
    folder: Path, elsewhere: Path, opened: list[str], link: str, to: str, told: str, absolute: bool
) -> None:
    path = folder / link
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    target = elsewhere / to
    path.symlink_to(target if absolute else os.path.relpath(target, path.parent))
    found = messages(folder)
    assert told in found
    assert SECRET not in "".join(found)
    assert [name for name in opened if name.startswith(f"{elsewhere}/")] == []


def layer_over(root: Path, name: str) -> None:
    (root / "policy.yaml").write_text(f"policy: ours\nversion: 1.0.0\nextends: {name}\n", encoding="utf-8")


@pytest.mark.parametrize("name", ["../elsewhere", "/etc", "..", "a/b", "'~'"])
def test_extends_and_source_are_names_and_no_paths(folder: Path, elsewhere: Path, opened: list[str], name: str) -> None:
    (folder / "policy.yaml").write_text(
        f"policy: ours\nversion: 1.0.0\nextends: {name}\nsource: {name}\n", encoding="utf-8"
    )
    found = messages(folder)
    assert len([line for line in found if "expected an id of lower-case letters" in line]) == 2
    assert [path for path in opened if path.startswith((f"{elsewhere}/", "/etc/passwd"))] == []


def test_layer_below_is_not_even_looked_at_through_a_link(folder: Path, elsewhere: Path, opened: list[str]) -> None:
    layer_over(folder, "other")
    (folder / "other").mkdir()
    (folder / "other" / "policy.yaml").symlink_to(elsewhere / "policy.yaml")
    assert f"other:{OUT}" in messages(folder)
    assert [path for path in opened if path.startswith(f"{elsewhere}/")] == []


def test_links_in_a_circle_are_told(folder: Path) -> None:
    (folder / "one.yaml").symlink_to("two.yaml")
    (folder / "two.yaml").symlink_to("one.yaml")
    assert all("1:1: " in line for line in messages(folder))
    assert len(messages(folder)) == 2


def test_layer_within_itself_through_a_link_is_a_loop_and_told(folder: Path) -> None:
    layer_over(folder, "ours")
    (folder / "ours").symlink_to(".")
    assert messages(folder) == ["policy.yaml:3:10: `ours` extends itself"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_pipes_are_never_waited_for(folder: Path) -> None:
    pipes = ["cases/pipe.yaml", "pipe.yaml", "vocabulary/pipe.yaml"]
    for name in pipes:
        os.mkfifo(folder / name)
    done = run("check", ".", cwd=folder)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [f"{name}:1:1: `{name}` is not a file" for name in pipes]
    (folder / "knowledge" / "handbook" / "travel.yaml").unlink()
    os.mkfifo(folder / "knowledge" / "handbook" / "travel.yaml")
    assert "travel.yaml` is not a file" in run("check", ".", cwd=folder).stderr
    (folder / "policy.yaml").unlink()
    os.mkfifo(folder / "policy.yaml")
    assert run("check", ".", cwd=folder).stderr == "policy.yaml:1:1: `policy.yaml` is not a file\n"


def test_devices_and_folders_are_no_files(folder: Path) -> None:
    (folder / "zero.yaml").symlink_to("/dev/zero")
    (folder / "folder.yaml").mkdir()
    assert messages(folder) == [
        "folder.yaml:1:1: `folder.yaml` is not a file",
        f"zero.yaml:{OUT}",
    ]


def test_all_files_of_a_folder_together_are_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MAX_TOTAL", 1 << 20)
    for number in range(3):
        (folder / f"x{number}.yaml").write_text("# " + "x" * (400 << 10), encoding="utf-8")
    assert messages(folder) == ["x2.yaml:1:1: more than 1 MiB in the files of one folder"]


def test_layers_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    place = tmp_path
    for number in range(22):
        (place / "policy.yaml").write_text(
            f"policy: l{number}\nversion: 1.0.0\nextends: l{number + 1}\n", encoding="utf-8"
        )
        place = place / f"l{number + 1}"
        place.mkdir()
    deepest = "/".join(f"l{number}" for number in range(1, 20))
    assert messages(tmp_path) == [f"{deepest}/policy.yaml:3:10: more than 20 layers"]


def test_names_of_files_are_shown_without_their_control_characters(folder: Path) -> None:
    (folder / "a\x1b]0;b\nc.yaml").write_text("- rule: a\n", encoding="utf-8")
    done = run("check", folder, cwd=folder)
    assert done.returncode == 1
    assert done.stderr.startswith("a\ufffd]0;b\ufffdc.yaml:1:3: the rule `a` lacks")
    assert "\x1b" not in done.stderr
