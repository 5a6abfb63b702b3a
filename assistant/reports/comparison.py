"""A comparison of two policies as plain data for JSON: the keys of docs/contract.md, and no others."""

from typing import Any

from assistant.comparison.comparing import Comparison, MovedCase, Sessions
from assistant.comparison.document import headline
from assistant.comparison.edits import Edit, Part
from assistant.comparison.effects import Effect
from assistant.comparison.moves import Move, Share
from assistant.comparison.sameness import suspects_of
from assistant.comparison.single import Refused, Single
from assistant.comparison.things import Place
from assistant.comparison.wording import reasons
from assistant.policy.syntax import Policy
from assistant.reasoning.pair_rows import REFUSED
from assistant.reasoning.pairs import SIDES, Case, LeftOut


def comparison_data(found: Comparison, names: tuple[str, str]) -> dict[str, Any]:
    """`whyso diff`."""
    moves, effects, pair = found.moves, found.effects, found.pair
    edited = set(suspects_of(pair).edited)
    return {
        "before": _policy(pair.before, names[0]),
        "after": _policy(pair.after, names[1]),
        "differs": found.differs,
        "summary": headline(found),
        "edits": [_edit(edit) for edit in found.edits],
        "verdict": {
            "moves": [_move(way) for way in moves.ways],
            "proven": moves.proven,
            "share": _share(moves.share),
            "exact": moves.exact,
            "looked_at": moves.looked_at,
        },
        "effects": [_effect(effect, edited) for effect in effects.found],
        "effects_unproved": [{"kind": kind, "subject": subject} for kind, subject in effects.unproved],
        "make_up": list(found.make_up),
        "same_in_everything": found.proven and not found.differs,
        "cases": {"looked_at": found.cases_looked_at, "moved": [_case(one) for one in found.cases]},
        "examples": [
            {
                "rule": one.rule,
                "facts": dict(one.example.facts),
                "says": one.example.fires,
                "before": one.before,
                "after": one.after,
            }
            for one in found.examples
        ],
        "conversations": None if found.sessions is None else _sessions(found.sessions),
        "asked_only": {side: list(pair.alone(side)) for side in SIDES},
        "left_out": [_left_out(one) for one in pair.left_out],
    }


def _policy(policy: Policy, name: str) -> dict[str, Any]:
    return {"from": name, "name": policy.id, "version": policy.version, "digest": policy.digest}


def _place(place: Place | None) -> dict[str, str] | None:
    return None if place is None else {"at": place.at, "layer": place.layer}


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "kind": edit.kind,
        "id": edit.id,
        "change": edit.change,
        "before": _place(edit.before),
        "after": _place(edit.after),
        "because": edit.why or None,
        "through": list(edit.through),
        "parts": [_part(part) for part in edit.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "what": part.what,
        "before": part.before,
        "after": part.after,
        "added": list(part.added),
        "removed": list(part.removed),
        "counted": {"added": part.come, "removed": part.gone} if part.come or part.gone else None,
    }


def _verdict(option: str | None) -> str:
    """An option by its id, `none`, or `refused`."""
    return "none" if option is None else "refused" if option == REFUSED else option


def _share(share: Share) -> dict[str, float]:
    return {"value": round(share.value, 9), "error": round(share.error, 9)}


def _answers(case: Case) -> dict[str, Any]:
    return {"before": dict(case.before), "after": dict(case.after)}


def _move(way: Move) -> dict[str, Any]:
    return {
        "before": _verdict(way.before),
        "after": _verdict(way.after),
        "share": None if way.share is None else _share(way.share),
        "case": _answers(way.case),
        "fewest": way.fewest,
    }


def _effect(effect: Effect, edited: set[str]) -> dict[str, Any]:
    data = {"kind": effect.kind, "subject": effect.subject, "case": _answers(effect.case)}
    if effect.kind == "value":
        return {**data, "before": effect.before, "after": effect.after}
    return {**data, "edited": effect.subject in edited}


def _single(found: Single) -> dict[str, Any]:
    before, after = (
        {"final": None, "refused": one.why}
        if isinstance(one, Refused)
        else {"final": one.verdict.final, "refused": None}
        for one in (found.before, found.after)
    )
    return {
        "before": before,
        "after": after,
        "verdict_changed": found.moved,
        "fired_added": [rule.id for rule in found.added],
        "fired_removed": [rule.id for rule in found.removed],
        "fired_otherwise": [rule.id for rule in found.altered],
        "score_changes": {option: {"before": one, "after": other} for option, (one, other) in found.scores.items()},
        "value_changes": {name: {"before": one, "after": other} for name, (one, other) in found.values.items()},
        "not_taken": [{"fact": one.fact, "value": one.value, "why": one.why} for one in found.not_taken],
        "why": reasons(found),
    }


def _case(one: MovedCase) -> dict[str, Any]:
    return {"case": one.name, "at": one.place.at, "layer": one.place.layer, "only": one.side, **_single(one.found)}


def _sessions(found: Sessions) -> dict[str, Any]:
    return {
        "looked_at": found.looked_at,
        "note": found.note or None,
        "moved": [{"id": one.id, "name": one.name, **_single(one.found)} for one in found.moved],
    }


def _left_out(one: LeftOut) -> dict[str, Any]:
    return {"fact": one.fact, "only": one.side, "low": one.low, "high": one.high, "values": list(one.values)}
