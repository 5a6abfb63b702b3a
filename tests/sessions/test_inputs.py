"""What was typed in earlier sittings."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.sessions import inputs
from assistant.sessions.inputs import MOST, MOST_CHARACTERS, Inputs


@given(st.lists(st.text(min_size=1, max_size=30), max_size=10))
def test_what_was_typed_comes_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("inputs") / "history.jsonl"
    for text in texts:
        Inputs(path).add(text)
    assert Inputs(path).read() == tuple(text for text in texts if text.strip())


def test_two_windows_add_to_one_file_and_nobody_else_reads_it(tmp_path: Path) -> None:
    one, other = Inputs(tmp_path / "new" / "h.jsonl"), Inputs(tmp_path / "new" / "h.jsonl")
    one.add("a")
    other.add("b")
    one.add("c")
    assert other.read() == ("a", "b", "c")
    assert one.path.stat().st_mode & 0o077 == 0


def test_it_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "h.jsonl"
    monkeypatch.setattr(inputs, "MOST_BYTES", 20_000)
    for number in range(2_000):
        Inputs(path).add(f"message number {number}")
    found = Inputs(path).read()
    assert found[-1] == "message number 1999"
    assert 0 < len(found) <= MOST
    assert path.stat().st_size <= 20_100
    Inputs(path).add("x" * (MOST_CHARACTERS + 1))
    assert Inputs(path).read() == found, "a very long message is not kept"
    assert [one.name for one in tmp_path.iterdir()] == ["h.jsonl"]


@pytest.mark.parametrize("data", [b"\xff\xfe\n1\nnull\n[]\n{\n", b'"ok"\n"half', b"\0" * 100])
def test_damage_costs_only_what_is_damaged(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "h.jsonl"
    path.write_bytes(data)
    assert set(Inputs(path).read()) <= {"ok"}
    Inputs(path).add("after")
    assert Inputs(path).read()[-1:] in (("after",), ("ok",), ())


def test_no_place_is_said_and_nothing_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = Inputs(tmp_path / "file" / "h.jsonl")
    assert kept.read() == ()
    with pytest.raises(InputError, match="not kept for later sittings"):
        kept.add("x")
