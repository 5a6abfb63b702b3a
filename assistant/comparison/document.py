"""A comparison told to a policy's owner, and what an edit changes for the answers of one conversation."""

from collections.abc import Iterable

from assistant.comparison.comparing import CHOOSER, Comparison, MovedCase, MovedExample, Sessions
from assistant.comparison.edits import Edit
from assistant.comparison.effects import Effect
from assistant.comparison.moves import Move, Moves
from assistant.comparison.sameness import suspects_of
from assistant.comparison.single import Single, single
from assistant.comparison.things import IN_WORDS
from assistant.comparison.wording import (
    alone_said,
    case_said,
    edit_title,
    effects_edited,
    how_edited,
    left_out_said,
    outcome_label,
    part_said,
    percent_said,
    place_said,
    reasons,
    share_said,
    value_said,
    verdict_said,
)
from assistant.errors import shown
from assistant.explanation.document import Document, Style, Writer
from assistant.explanation.wording import counted, option_label
from assistant.knowledge import quantity
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.pairs import SIDES, Pair

MOST_EDITS = 30
MOST_EFFECTS = 10
MOST_CASES = 12
_SAID = ("condition", "effects", "value", "type", "range", "options", "question", "provides", "text", "means")
_BRIEF = frozenset((*_SAID, IN_WORDS))
"""What is told of a thing that is new or gone."""


def comparison_document(found: Comparison, before: str, after: str) -> Document:
    """All of a comparison; `before` and `after` say where the two policies are from."""
    writer = Writer(found.pair.after.source)
    writer.add(Style.VERDICT, headline(found))
    writer.add(Style.NOTE, f"Before: {_policy(found.pair.before, before)}. After: {_policy(found.pair.after, after)}.")
    _write_edits(writer, found)
    _write_moves(writer, found)
    _write_effects(writer, found)
    _write_cases(writer, found)
    if found.sessions is not None:
        _write_sessions(writer, found.sessions)
    _write_left_out(writer, found)
    return writer.document()


def _policy(policy: Policy, where: str) -> str:
    return f"{shown(where, 200)}, {policy.id} {shown(policy.version)} (digest {policy.digest[:12]})"


def headline(found: Comparison) -> str:
    """The one sentence: what moves, or what is proved to stay."""
    if found.moves.ways:
        share = found.moves.share
        if not share.value and not found.moves.exact:
            return f"The recommendation moves, though in {none_drawn(found.moves)}"
        if not share.value:
            return "The recommendation moves, though for no complete answers"
        return f"The recommendation moves: for {share_said(share)} of all possible answers"
    if not found.moves.proven:
        return f"No answers were found whose recommendation moves; {found.moves.reason} that there are none"
    if found.differs:
        return "Proved: the same answers give the same recommendation. Something else differs"
    if not found.proven:
        return "Proved: the same answers give the same recommendation. No other difference was found"
    if found.edits:
        return "Proved: the same answers give the same result in everything"
    return "The two policies say the same"


def _write_edits(writer: Writer, found: Comparison) -> None:
    edits = [edit for edit in found.edits if not edit.by_params]
    through: dict[str, list[Edit]] = {}
    for edit in found.edits:
        for param in edit.through:
            through.setdefault(param, []).append(edit)
    if edits:
        writer.add(Style.HEADING, f"What was edited: {counted(len(edits), 'thing')}")
    for edit in edits[:MOST_EDITS]:
        _write_edit(writer, found.pair, edit, through.get(edit.id, []) if edit.kind == "param" else [])
    if len(edits) > MOST_EDITS:
        writer.add(Style.NOTE, f"and {counted(len(edits) - MOST_EDITS, 'more edit')}; --format json lists all")


def _write_edit(writer: Writer, pair: Pair, edit: Edit, through: list[Edit]) -> None:
    new = edit.change != "changed"
    lines = [line for part in edit.parts if not new or part.what in _BRIEF for line in part_said(part, new=new)]
    title = edit_title(pair, edit)
    if len(lines) == 1:
        writer.add(Style.POINT, f"{title}: {lines[0]}", rule=_rule(edit))
    else:
        writer.add(Style.POINT, title, rule=_rule(edit))
        for line in lines:
            writer.add(Style.NOTE, line, indent=1)
    for line in _why(edit, new=new):
        writer.add(Style.NOTE, line, indent=1)
    if through:
        named = ", ".join(one.id for one in through[:MOST_EFFECTS])
        more = f" and {len(through) - MOST_EFFECTS} more" if len(through) > MOST_EFFECTS else ""
        depend = "rule depends" if len(through) == 1 else "rules depend"
        writer.add(Style.NOTE, f"{len(through)} {depend} on it: {named}{more}", indent=1)


def _why(edit: Edit, *, new: bool) -> list[str]:
    """The reasons given for what is after, each under its name, where they were not told as edits."""
    if not edit.why:
        return []
    if new and edit.kind == "rule":
        given = ((part.what, part.after) for part in edit.parts if part.what in ("because", "reason"))
        return [f"{what}: {shown(text, 300)}" for what, text in given if text]
    told = any(part.what in ("because", "reason") for part in edit.parts if not new)
    return [f"because: {shown(edit.why, 300)}"] if edit.kind == "param" and not told else []


def _rule(edit: Edit) -> str | None:
    return edit.id if edit.kind == "rule" else None


def _write_moves(writer: Writer, found: Comparison) -> None:
    moves, pair = found.moves, found.pair
    if not moves.ways:
        return
    writer.add(Style.HEADING, "Whose recommendation moves")
    for way in moves.ways:
        writer.add(Style.POINT, f"{way_said(pair, way, moves)}. For example: {case_said(pair, way.case)}")
    writer.add(Style.NOTE, f"{_shares_note(moves)} {_proof_note(moves)}")


def none_drawn(moves: Moves) -> str:
    """That no complete answers that were drawn are such, with what that leaves open."""
    error = f" (standard error {percent_said(1 / max(moves.looked_at, 1))})"
    return f"none of {quantity(moves.looked_at)} complete answers drawn{error}"


def way_said(pair: Pair, way: Move, moves: Moves) -> str:
    """From which recommendation to which, and for what share."""
    ends = f"{outcome_label(pair.before, way.before)} becomes {outcome_label(pair.after, way.after)}"
    if way.share is None and not moves.exact:
        return f"{ends}: in {none_drawn(moves)}"
    if way.share is None:
        return f"{ends}: only while answers are open"
    return f"{ends}: {share_said(way.share)}"


def _shares_note(moves: Moves) -> str:
    looked = quantity(moves.looked_at)
    how = (
        f"exact: each of the {looked} kinds of complete answers was looked at"
        if moves.exact
        else f"from {looked} complete answers, drawn by these priors"
    )
    return f"Shares are of complete answers by the priors of the policy after, {how}."


def _proof_note(moves: Moves) -> str:
    if moves.proven:
        return "Proved: no answers, complete or not, move in any other way."
    return f"Whether answers move in other ways is {moves.reason}."


def _write_effects(writer: Writer, found: Comparison) -> None:
    effects, pair = found.effects, found.pair
    if not (effects.found or effects.unproved or found.make_up):
        return
    writer.add(Style.HEADING, "What else differs")
    for what in found.make_up:
        writer.add(Style.POINT, f"{what} {'is another' if what == CHOOSER else 'are others'}")
    edited = set(suspects_of(pair).edited)
    first = [one for one in effects.found if one.kind == "value" or one.subject in edited]
    rest = list(dict.fromkeys(one.subject for one in effects.found if one not in first))
    for one in first[:MOST_EFFECTS]:
        rule = one.subject if one.kind != "value" else None
        writer.add(Style.POINT, f"{effect_said(pair, one)}, as with: {case_said(pair, one.case)}", rule=rule)
    if len(first) > MOST_EFFECTS:
        writer.add(Style.NOTE, f"and {len(first) - MOST_EFFECTS} more; --format json lists all")
    if rest:
        more = f" and {len(rest) - MOST_EFFECTS} more" if len(rest) > MOST_EFFECTS else ""
        named = ", ".join(rest[:MOST_EFFECTS]) + more
        follow = "rule that was not edited fires" if len(rest) == 1 else "rules that were not edited fire"
        writer.add(Style.POINT, f"{len(rest)} {follow} otherwise in consequence: {named}")
    if effects.unproved:
        names = list(dict.fromkeys(subject for _, subject in effects.unproved))
        said = ", ".join(names[:MOST_EFFECTS]) + (" …" if len(names) > MOST_EFFECTS else "")
        writer.add(Style.NOTE, f"Not proved within {found.seconds:g} s whether these differ: {said}.")
    elif effects.found:
        writer.add(Style.NOTE, "Proved: every other rule fires and does as before, whatever the answers.")


def effect_said(pair: Pair, effect: Effect) -> str:
    """One effect in a few words."""
    subject = effect.subject
    if effect.kind == "value":
        before, after = value_said(pair.before, subject, effect.before), value_said(pair.after, subject, effect.after)
        return f"{pair.after.facts[subject].label}: {after} instead of {before}"
    if effect.kind == "otherwise":
        return f"{subject} does something else ({effects_edited(pair, subject)})"
    said = "fires where it did not" if effect.kind == "starts" else "no longer fires"
    return f"{subject} {said} ({how_edited(pair, subject)})"


def _write_cases(writer: Writer, found: Comparison) -> None:
    if found.cases_looked_at:
        of = f"{len(found.cases)} of {counted(found.cases_looked_at, 'case')}" if found.cases else "none"
        writer.add(Style.HEADING, f"Test cases that come out otherwise: {of}")
    _write_some(writer, (_case_lines(found.pair, one) for one in _ordered(found.cases)), len(found.cases))
    if found.examples:
        writer.add(Style.HEADING, f"Examples on which their rule fires otherwise: {len(found.examples)}")
    _write_some(writer, (_example_line(found.pair, one) for one in found.examples), len(found.examples))


def _write_some(writer: Writer, lines: Iterable[str], number: int) -> None:
    for place, line in enumerate(lines):
        if place == MOST_CASES:
            writer.add(Style.NOTE, f"and {number - MOST_CASES} more; --format json lists all")
            return
        writer.add(Style.POINT, line)


def _ordered(cases: Iterable[MovedCase]) -> list[MovedCase]:
    """Those whose verdict moves first."""
    return sorted(cases, key=lambda one: not one.found.moved)


def _case_lines(pair: Pair, one: MovedCase) -> str:
    layers = pair.before.layers if one.side == "before" else pair.after.layers
    only = f", only {one.side}" if one.side else ""
    where = f"{shown(one.name, 100)} ({place_said(one.place, layers)}{only})"
    return f"{where}: {single_said(one.found)}"


def single_said(found: Single) -> str:
    """What becomes of one case, and why."""
    return "; ".join([verdict_said(found), *reasons(found)])


def _example_line(pair: Pair, one: MovedExample) -> str:
    policy = pair.after if one.rule in pair.after.by_id else pair.before
    facts = "; ".join(policy.facts[name].state(value) for name, value in one.example.facts.items()) or "no answers"
    now = "fires now" if one.after else "no longer fires"
    wanted = "" if one.example.fires == one.after else ", against what it says"
    return f"{one.rule} {now}{wanted}: {facts}"


def _write_sessions(writer: Writer, found: Sessions) -> None:
    if found.looked_at or found.note:
        of = f" that come out otherwise: {len(found.moved) or 'none'} of {found.looked_at}" if found.looked_at else ""
        writer.add(Style.HEADING, f"Saved conversations{of}")
    moved = sorted(found.moved, key=lambda one: not one.found.moved)
    lines = (f"{one.id}{f' “{one.name}”' if one.name else ''}: {single_said(one.found)}" for one in moved)
    _write_some(writer, lines, len(moved))
    if found.note:
        writer.add(Style.NOTE, found.note[:1].upper() + found.note[1:] + ".")


def _write_left_out(writer: Writer, found: Comparison) -> None:
    pair = found.pair
    lines = [alone_said(pair, side) for side in SIDES if pair.alone(side)]
    lines += [f"{left_out_said(pair, one)}." for one in pair.left_out]
    if lines:
        writer.add(Style.HEADING, "Not the same questions")
    for line in lines:
        writer.add(Style.POINT, line)
    if lines:
        note = (
            "A question of one side alone counts with all its answers; answers that only one side takes are left out."
        )
        writer.add(Style.NOTE, note)


def edit_for_case(before: Policy, after: Policy, answers: Answers, engine: str | None = "reference") -> Document:
    """What an edit changes for one set of answers, in a few lines without sources."""
    return single_document(single(Pair(before, after), answers, engine))


def single_document(found: Single) -> Document:
    """The same of what was found already."""
    pair = found.pair
    writer = Writer(pair.after.source)
    if not found.differs and not found.not_taken:
        writer.add(Style.TEXT, "The edit changes nothing for these answers.")
        return writer.document()
    said = verdict_said(found)
    stays = f"The recommendation stays: {said.removeprefix('still ')}"
    writer.add(Style.VERDICT, f"The recommendation changes: {said}" if found.moved else stays)
    for option, (was, score) in found.scores.items():
        label = option_label(pair.after if option in pair.after.scored else pair.before, option)
        writer.add(Style.TEXT, f"{label}: {counted(score, 'point')} instead of {was}")
    for name, (earlier, now) in found.values.items():
        after, prior = value_said(pair.after, name, now), value_said(pair.before, name, earlier)
        writer.add(Style.TEXT, f"{pair.after.facts[name].label}: {after} instead of {prior}")
    for line in reasons(found):
        writer.add(Style.POINT, line)
    return writer.document()
