"""Two phrases have a reading in common exactly where listing all of both finds one."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.policy.phrase_overlap import Walk, common_reading
from assistant.policy.phrases import OneOf, Part, Sequence, Spoken, parse_phrase

WORDS = st.sampled_from(("a", "b", "c", ","))
PHRASES = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda several: f"({' | '.join(several)})"),
        inner.map("[{}]".format),
    ),
    max_leaves=8,
).map(lambda phrase: f"{phrase} a")


def readings(sequence: Sequence) -> set[str]:
    found = product(*(part_readings(part) for part in sequence))
    return {" ".join(filter(None, words)) for words in found}


def part_readings(part: Part) -> set[str]:
    if isinstance(part, Spoken):
        return {part.word}
    if isinstance(part, OneOf):
        inner = {reading for sequence in part.sequences for reading in readings(sequence)}
        return inner | {""} if part.optional else inner
    return {""}


@settings(max_examples=200, deadline=None)
@given(PHRASES, PHRASES)
def test_what_two_phrases_share(one: str, other: str) -> None:
    (first, _), (second, _) = parse_phrase(one, {}), parse_phrase(other, {})
    shared = readings(first) & readings(second)
    found = common_reading(Walk(first), Walk(second))
    assert (found in shared) if shared else found is None
    lasts = {reading.rpartition(" ")[2] for reading in readings(first)}
    assert lasts <= Walk(first).lasts
    assert {reading.partition(" ")[0] for reading in readings(first)} == Walk(first).firsts
