"""Writing a record to a file: whole or not at all, and never over what is there unless that was asked for."""

import errno
import os
import stat
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.reports.files import write_file, write_new


def refused(path: Path, write: object = write_file) -> str:
    assert callable(write)
    with pytest.raises(InputError) as caught:
        write(path, b"x")
    assert caught.value.exit_code == 2
    return caught.value.message.replace(str(path), "FILE")


def test_it_is_written_and_written_over(tmp_path: Path) -> None:
    path = tmp_path / "record.md"
    write_file(path, b"one\n")
    path.chmod(0o640)
    write_file(path, b"two\n")
    assert path.read_bytes() == b"two\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["record.md"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"old")
    (tmp_path / "link").symlink_to("there")
    write_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there").read_bytes() == b"new"


def test_a_new_one_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "record.md"
    write_new(path, b"one")
    with pytest.raises(FileExistsError):
        write_new(path, b"two")
    assert path.read_bytes() == b"one"
    assert os.listdir(tmp_path) == ["record.md"]


@pytest.mark.parametrize("write", [write_file, write_new])
def test_no_such_folder(write: object, tmp_path: Path) -> None:
    assert refused(tmp_path / "no" / "x.md", write) == "cannot write `FILE`: there is no such folder"


def test_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path) == "cannot write `FILE`: it is a folder"


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
@pytest.mark.parametrize("write", [write_file, write_new])
def test_a_name_that_cannot_be(write: object, name: str, tmp_path: Path) -> None:
    assert refused(tmp_path / name, write).startswith("cannot write `")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("write", [write_file, write_new])
def test_a_full_disk_leaves_what_was_there(write: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "record.md"
    if write is write_file:
        path.write_bytes(b"before")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert refused(path, write) == "cannot write `FILE`: no space left on device"
    assert os.listdir(tmp_path) == (["record.md"] if write is write_file else [])
    assert write is write_new or path.read_bytes() == b"before"


def test_a_device_is_written_to() -> None:
    write_file(Path("/dev/null"), b"x")
    assert refused(Path("/dev/full")) == "cannot write `FILE`: no space left on device"
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)
