"""What a comparison says of all answers is what trying them one by one comes to, on random edits of random policies."""

import os
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from assistant.comparison import moves as looking
from assistant.comparison.allowance import Allowance
from assistant.comparison.comparing import compare
from assistant.comparison.document import headline, way_said
from assistant.comparison.effects import effects_of, shown_by, suspected
from assistant.comparison.moves import Moves, Share, rules_behind, unmoved, verdict_moves
from assistant.comparison.sameness import Suspects
from assistant.policy.vocabulary import Kind
from assistant.reasoning.classes import ValueClass
from assistant.reasoning.pair_rows import REFUSED, drawn_cases, every_case
from assistant.reasoning.pairs import SIDES, Pair
from assistant.reasoning.reference import Reference
from tests.comparison.editing import Brute, edited, fires, inferred

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "40"))
MOST = 1500


@settings(max_examples=EXAMPLES)
@given(edited())
def test_a_comparison_is_what_every_case_comes_to(pair: Pair) -> None:
    brute = Brute(pair)
    assume(brute.size <= MOST)
    suspects = Suspects(pair)
    found = verdict_moves(pair, Allowance()) if suspects.verdict or suspects.forbidding else unmoved()
    _check_moves(brute, found)
    _check_shares(brute, found)
    _check_effects(brute, Suspects(pair, same_verdict=not found.ways), found)


def _check_moves(brute: Brute, found: Moves) -> None:
    assert found.proven
    by_hand = {one.verdicts for one in brute.tried if one.moved}
    assert {(way.before, way.after) for way in found.ways} == by_hand
    finals = [tuple(REFUSED if side is None else side.verdict.final for side in one.whole) for one in brute.tried]
    assert {ends for ends in finals if ends[0] != ends[1]} <= by_hand
    for way in found.ways:
        ends = (way.before, way.after)
        fewest = min(len(one.case.both) for one in brute.tried if one.verdicts == ends)
        assert brute.verdicts(way.case) == ends
        assert len(way.case.both) == fewest or not way.fewest


def _check_shares(brute: Brute, found: Moves) -> None:
    """Not where there are counts: their classes are of the rules behind the verdict there, and of all rules here."""
    if any(axis.fact.kind is Kind.COUNT for axis in brute.axes):
        return
    complete = [one for one in brute.tried if one.weight is not None and one.verdicts != (REFUSED, REFUSED)]
    total = sum(one.weight or 0 for one in complete)
    assert found.exact
    for way in found.ways:
        share = sum(one.weight or 0 for one in complete if one.verdicts == (way.before, way.after))
        assert (way.share.value if way.share else 0) == pytest.approx(share / total if total else 0)
    moved = sum(one.weight or 0 for one in complete if one.moved)
    assert found.share.value == pytest.approx(moved / total if total else 0)


def _check_effects(brute: Brute, suspects: Suspects, moves: Moves) -> None:
    pair = brute.pair
    effects = effects_of(suspects, Allowance(), (way.case for way in moves.ways))
    assert effects.unproved == ()
    engines = {side: Reference(pair.policy(side)) for side in SIDES}
    for effect in effects.found:
        shown = shown_by(effect.kind, effect.subject, effect.case, engines)
        refused = None in (
            inferred(engines["before"], effect.case.before),
            inferred(engines["after"], effect.case.after),
        )
        assert refused or (shown is not None and (shown.before, shown.after) == (effect.before, effect.after))
    listed = {effect.subject for effect in effects.found}
    for before, after in (one.whole for one in brute.tried):
        if before is not None and after is not None:
            ids = {*pair.before.by_id, *pair.after.by_id}
            assert {id for id in ids if fires(before, id) != fires(after, id)} <= listed
            assert suspected(suspects) or before.memory == after.memory


def test_drawn_shares_are_near_the_exact_ones(monkeypatch: pytest.MonkeyPatch, far_apart: Pair) -> None:
    exact = verdict_moves(far_apart, Allowance())
    monkeypatch.setattr(looking, "MOST_EXACT", 1)
    drawn = verdict_moves(far_apart, Allowance())
    assert exact.exact
    assert not drawn.exact
    assert 0 < drawn.share.error < 0.01
    assert abs(drawn.share.value - exact.share.value) < 5 * drawn.share.error
    assert {(way.before, way.after) for way in drawn.ways} == {(way.before, way.after) for way in exact.ways}


def test_without_time_what_is_found_stays_and_nothing_is_claimed(far_apart: Pair) -> None:
    found = verdict_moves(far_apart, Allowance(0))
    assert not found.proven
    assert found.reason == "not proved within 0 s"
    assert [(way.before, way.after) for way in found.ways] == [("bike", "train")]


def test_fewer_are_drawn_under_many_rules(monkeypatch: pytest.MonkeyPatch, far_apart: Pair) -> None:
    monkeypatch.setattr(looking, "MOST_EXACT", 1)
    monkeypatch.setattr(looking, "MOST_FIRINGS", 0)
    drawn = verdict_moves(far_apart, Allowance())
    assert (drawn.exact, drawn.looked_at) == (False, looking.LEAST_DRAWS)


def test_none_of_those_drawn_is_not_none_at_all(far_apart: Pair) -> None:
    found = compare(far_apart.before, far_apart.after, 20)
    (way,) = found.moves.ways
    moves = replace(
        found.moves, ways=(replace(way, share=None),), share=Share(0.0, 1e-5), looked_at=100_000, exact=False
    )
    said = "in none of 100,000 complete answers drawn (standard error under 0.01%)"
    assert headline(replace(found, moves=moves)) == f"The recommendation moves, though {said}"
    assert way_said(found.pair, moves.ways[0], moves) == f"Bike becomes Train: {said}"


def test_more_classes_than_16_bits_tell_apart(far_apart: Pair) -> None:
    (axis,) = (one for one in far_apart.axes(rules_behind(far_apart)) if one.name == "distance")
    number = 40_000
    classes = tuple(ValueClass(n, n) for n in range(number))
    many = replace(axis, classes=classes, weights=(1 / number,) * number)
    rows, _ = every_case(far_apart, (many,))
    assert rows.indices(number - 1) == [number - 1]
    assert min(drawn_cases(far_apart, (many,), 1_000).columns[0]) >= 0
