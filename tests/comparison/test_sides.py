"""The two sides of a comparison: folders, installed policies, git revisions, and what is said where there are none."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from assistant.comparison import revisions
from assistant.comparison.sides import Loaded, loaded
from assistant.errors import InputError, PolicyError
from tests.rejected import BASE

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")


def git(*arguments: str, cwd: Path = Path()) -> str:
    """What git says, without anybody's own settings."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", *who, *arguments]
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **own}, check=True, capture_output=True, text=True
    ).stdout


def committed(message: str = "x") -> None:
    git("add", "-A")
    git("commit", "-q", "--allow-empty", "-m", message)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small policy under `our/policy` in a repository, which is the working directory, with an edit on top."""
    root = tmp_path / "repository"
    shutil.copytree(BASE, root / "our" / "policy")
    monkeypatch.chdir(root)
    git("init", "-q", "-b", "main")
    committed("first")
    far(12)
    committed("second")
    return root


def far(value: int) -> None:
    head = Path("our/policy/policy.yaml")
    text = head.read_text(encoding="utf-8")
    begin = text.index("param: far, value: ") + len("param: far, value: ")
    head.write_text(f"{text[:begin]}{value}{text[text.index(',', begin) :]}", encoding="utf-8")


def values(sides: Loaded) -> tuple[object, object]:
    return sides.before.params["far"].value, sides.after.params["far"].value


def compared(
    old: str, new: str | None = None, force: Path | None = None
) -> tuple[tuple[object, object], tuple[str, str]]:
    with loaded(old, new, force) as sides:
        assert all(root.is_dir() for root in (*sides.before.roots, *sides.after.roots))
        return values(sides), sides.names


def refused(old: str, new: str | None = None, force: Path | None = None) -> str:
    with pytest.raises((InputError, PolicyError)) as caught, loaded(old, new, force):
        pass
    return str(caught.value)


def test_revision_means_the_folder_of_the_other_side(repository: Path) -> None:
    far(14)
    assert compared("HEAD", "our/policy") == ((12, 14), ("HEAD:our/policy", "our/policy"))
    assert compared("HEAD~1", "our/policy")[0] == (10, 14)
    assert compared("our/policy", "main~1") == ((14, 10), ("our/policy", "main~1:our/policy"))


def test_revisions_alone_mean_the_policy_in_force(repository: Path) -> None:
    force = Path("our/policy")
    assert compared("HEAD~1", "HEAD", force) == ((10, 12), ("HEAD~1:our/policy", "HEAD:our/policy"))
    assert compared("HEAD~1", None, force) == ((10, 12), ("HEAD~1:our/policy", "our/policy"))


def test_revision_with_a_path(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("mv", "our/policy", "theirs")
    committed("moved")
    assert compared("HEAD~2:our/policy", "theirs") == ((10, 12), ("HEAD~2:our/policy", "theirs"))
    monkeypatch.chdir("theirs")
    assert compared("HEAD:./", ".")[1] == ("HEAD:theirs", ".")
    assert compared("HEAD:theirs", ".")[0] == (12, 12)


def test_policy_at_the_top_of_a_repository(folder: Path) -> None:
    git("init", "-q")
    committed()
    with loaded("HEAD", ".", None) as sides:
        assert sides.names == ("HEAD:", ".")
        assert sides.before.digest == sides.after.digest
        assert sides.before.by_id["long-way"].at == "rules.yaml:1"


def test_layer_against_an_installed_policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy.yaml").write_text("policy: ours\nversion: 1\nextends: fine-tuning-or-rag\n", encoding="utf-8")
    with loaded("fine-tuning-or-rag", ".", None) as sides:
        assert (sides.before.id, sides.after.id) == ("fine-tuning-or-rag", "ours")
        assert sides.after.layers == ("fine-tuning-or-rag", "ours")
        assert sides.after.by_id.keys() == sides.before.by_id.keys()


def test_what_is_written_out_is_gone_afterwards(repository: Path) -> None:
    with loaded("HEAD", "our/policy", None) as sides:
        root = sides.before.roots[0]
        assert root.is_dir()
    assert not root.exists()


def test_links_and_other_files_are_left_out(repository: Path) -> None:
    secret = repository / "secret.yaml"
    secret.write_text("- rule: x\n", encoding="utf-8")
    (repository / "our" / "policy" / "linked.yaml").symlink_to(secret)
    (repository / "our" / "policy" / "run.sh").write_text("touch /tmp/hacked\n", encoding="utf-8")
    committed()
    with loaded("HEAD", "HEAD~1", repository / "our" / "policy") as sides:
        assert sorted(path.name for path in sides.before.roots[0].iterdir()) == sorted(
            path.name for path in BASE.iterdir()
        )


def test_a_repository_runs_nothing_of_its_own(repository: Path, tmp_path: Path) -> None:
    trap = tmp_path / "sprung"
    script = tmp_path / "trap.sh"
    script.write_text(f"#!/bin/sh\ntouch {trap}\n", encoding="utf-8")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "core.hooksPath", "diff.external", "filter.x.smudge", "alias.ls-tree"):
        git("config", key, str(script))
    (repository / ".gitattributes").write_text("*.yaml filter=x diff=x\n", encoding="utf-8")
    assert compared("HEAD~1", "our/policy")[0] == (10, 12)
    assert not trap.exists()


@pytest.mark.parametrize(
    ("old", "said"),
    [
        (
            "nowhere",
            "there is no revision `nowhere` in the git repository of `our/policy`\nhelp: `git log` lists the revisions",
        ),
        (
            "--output=x",
            "there is no revision `--output=x` in the git repository of `our/policy`\n"
            "help: `git log` lists the revisions",
        ),
        (
            "HEAD:nowhere",
            "there is no policy.yaml in `nowhere` at the revision `HEAD`\n"
            "help: write REVISION:PATH, the path being from the top of the repository",
        ),
        (
            "HEAD:",
            "there is no policy.yaml in the top folder at the revision `HEAD`\n"
            "help: write REVISION:PATH, the path being from the top of the repository",
        ),
        ("our", "there is no policy.yaml in `our`\nhelp: name a policy's folder"),
    ],
)
def test_sides_that_are_not_there(repository: Path, old: str, said: str) -> None:
    assert refused(old, "our/policy") == said


def test_no_repository(folder: Path) -> None:
    assert refused("HEAD", ".") == (
        "`HEAD` is no folder and no installed policy, and `.` is in no git repository\n"
        "help: name a folder with a policy.yaml, an installed policy, or a revision in a git repository"
    )


def test_no_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert refused("HEAD", "our/policy") == (
        "`HEAD` is no folder and no installed policy, and git, to look for a revision, is missing\n"
        "help: name a folder with a policy.yaml, or install git"
    )


def test_policy_too_large(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "MOST_FILES", 3)
    assert refused("HEAD", "our/policy") == (
        "the policy at `HEAD:our/policy` is larger than 3 files or 32 MiB\nhelp: leave out what is not needed"
    )


def test_faults_are_told_with_their_side(repository: Path) -> None:
    rules = Path("our/policy/rules.yaml")
    sound = rules.read_text(encoding="utf-8")
    rules.write_text(sound.replace("distance > params.far", "distanc > 3"), encoding="utf-8")
    committed("broken")
    rules.write_text(sound, encoding="utf-8")
    assert refused("HEAD", "our/policy") == (
        "HEAD:our/policy/rules.yaml:2:9: unknown fact `distanc`\n"
        "help: did you mean `distance`?\n"
        "the policy before, `HEAD:our/policy`, has faults\n"
        "help: compare with a sound revision"
    )
    assert refused("HEAD~1", "HEAD:our/policy").endswith(
        "the policy after, `HEAD:our/policy`, has faults\nhelp: compare with a sound revision"
    )


def test_examples_that_fail_are_no_faults_here(repository: Path) -> None:
    far(2)
    assert compared("HEAD", "our/policy")[0] == (12, 2)


def test_objects_that_are_not_here(repository: Path) -> None:
    blob = git("rev-parse", "HEAD~1:our/policy/policy.yaml").strip()
    (Path(".git") / "objects" / blob[:2] / blob[2:]).unlink()
    assert refused("HEAD~1", "our/policy").startswith("objects of this revision are not here: `HEAD~1:our/policy`")


def test_folder_without_a_policy_hides_no_revision(repository: Path) -> None:
    git("branch", "drafts", "HEAD~1")
    Path("drafts").mkdir()
    assert compared("drafts", "our/policy")[1] == ("drafts:our/policy", "our/policy")
