"""Keys by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.preferences.keyboard import MODIFIERS, NAMES, BadKeyError, key_of, spoken


@pytest.mark.parametrize(
    ("written", "key", "shown"),
    [
        ("ctrl+s", "ctrl+s", "Ctrl+S"),
        ("Ctrl+S", "ctrl+s", "Ctrl+S"),
        (" shift + ctrl+Up ", "ctrl+shift+up", "Ctrl+Shift+Up"),
        ("F9", "f9", "F9"),
        ("Esc", "escape", "Escape"),
        ("PgDn", "pagedown", "PageDown"),
        ("alt+x", "alt+x", "Alt+X"),
        ("ctrl+@", "ctrl+at", "Ctrl+@"),
        ("ctrl++", "ctrl+plus", "Ctrl++"),
    ],
)
def test_a_key_has_one_name_however_it_is_written(written: str, key: str, shown: str) -> None:
    assert key_of(written) == key
    assert spoken(key) == shown


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "there is no such key"),
        ("ctrl+", "there is no such key"),
        ("hyperspace+x", "there is no such key"),
        ("f25", "there is no such key"),
        ("f0", "there is no such key"),
        ("ctrl+\x1b", "there is no such key"),
        ("x", "this key types a character"),
        ("+", "this key types a character"),
        ("shift+x", "this key types a character"),
        ("ctrl+m", "a terminal sends it as `enter`"),
        ("Ctrl+I", "a terminal sends it as `tab`"),
        ("ctrl+[", "a terminal sends it as `escape`"),
    ],
)
def test_what_is_no_key_is_refused(written: str, message: str) -> None:
    with pytest.raises(BadKeyError) as raised:
        key_of(written)
    assert raised.value.message == message
    assert raised.value.help


@given(st.text(max_size=12))
def test_any_text_is_a_key_or_refused(text: str) -> None:
    try:
        key = key_of(text)
    except BadKeyError:
        return
    assert key_of(key) == key


def test_the_names_are_those_of_the_screens() -> None:
    from textual.keys import Keys

    known = {key.value for key in Keys}
    assert {name for name in NAMES if name != "space"} <= known | {"escape", "enter", "tab", "backspace"}
    assert {f"{modifier}+up" for modifier in MODIFIERS[:1]} <= known
