"""What is saved comes back equal, whatever its texts are; what is no such thing is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.state import State
from assistant.explanation.document import Document
from assistant.sessions.plain_form import from_json, to_json
from assistant.sessions.record import TurnRecord

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
VALUES = st.one_of(st.booleans(), st.integers(-(10**18), 10**18), ANY_TEXT)
STATES = st.builds(
    State,
    st.dictionaries(ANY_TEXT, VALUES, max_size=5),
    st.dictionaries(ANY_TEXT, ANY_TEXT, max_size=5),
    st.lists(ANY_TEXT, max_size=4).map(tuple),
    st.none() | ANY_TEXT,
    st.booleans(),
    st.booleans(),
)


@given(STATES)
def test_a_state_comes_back_equal_and_of_the_same_types(state: State) -> None:
    found = from_json(State, to_json(state))
    assert found == state
    assert [type(value) for value in found.answers.values()] == [type(value) for value in state.answers.values()]
    assert list(found.answers) == list(state.answers)


@given(st.from_type(Document))
def test_a_document_comes_back_equal(document: Document) -> None:
    assert from_json(Document, to_json(document)) == document


@given(st.lists(STATES, max_size=3).map(tuple))
def test_a_history_comes_back_equal(history: tuple[State, ...]) -> None:
    assert from_json(tuple[State, ...], to_json(history)) == history


def test_a_field_that_is_not_there_has_its_default() -> None:
    assert from_json(State, '{"answers": {"distance": 1}}') == State({"distance": 1})


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "[]", "3", '{"answers": []}', '{"answers": {"a": 1.5}}', '{"skipped": [1]}', '{"refine": 1}'],
)
def test_what_is_no_state_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_json(State, text)


def test_a_turn_that_lacks_something_is_refused() -> None:
    with pytest.raises(ValueError, match="TurnRecord"):
        from_json(TurnRecord, '{"number": 1}')
