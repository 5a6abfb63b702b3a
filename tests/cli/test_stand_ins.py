"""Output that cannot carry every character."""

import os
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli.stand_ins import NAME, stand_in
from tests.cli.running import ROOT, WORKED


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("› 5 … “x” • ◆", '> 5 ~ "x" * #'),
        ("│─┐▁", "|-+#"),
        ("café naïve", "cafe naive"),
        ("数字", "????"),
        ("e\u0301", "e"),
    ],
)
def test_marks_have_signs_of_the_same_width(text: str, shown: str) -> None:
    assert text.encode("ascii", NAME).decode() == shown


@given(st.characters(exclude_categories=("Cs", "Cc")))
def test_every_character_has_a_printable_stand_in(character: str) -> None:
    shown = stand_in(character)
    assert shown.isascii()
    assert shown.isprintable()
    wide = unicodedata.east_asian_width(character) in "WF"
    assert len(shown) <= (2 if wide else 1)


def test_a_command_in_an_encoding_without_our_signs() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "how", str(WORKED)], capture_output=True, env=environment, check=False
    )
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert b"?" not in done.stdout.split(b"Sources")[1]
