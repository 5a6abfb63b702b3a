"""Saved conversations as plain data for JSON: the keys of docs/contract.md, and no others."""

import re
from dataclasses import asdict
from typing import Any

from assistant.explanation.document import Document
from assistant.reports.data import dumps
from assistant.sessions.record import PolicyRecord, Saved, Summary, TurnRecord, VerdictRecord

_UNSEEN = re.compile(r"[^\n -~]")


def summary_data(summary: Summary) -> dict[str, Any]:
    """`whyso sessions`: one conversation."""
    return {
        "id": summary.id,
        "name": summary.name,
        "begun": summary.begun,
        "last": summary.last,
        "messages": summary.turns,
        "policy": _policy(summary.policy),
        "policy_folder": summary.folder,
        "verdict": _verdict(summary.verdict),
        "branched_from": summary.branched_from,
    }


def session_data(saved: Saved) -> dict[str, Any]:
    """`whyso show`."""
    state = saved.turns[-1].state
    return {
        **summary_data(saved.summary),
        "answers": dict(state.answers),
        "words": dict(state.words),
        "skipped": list(state.skipped),
        "facts": [asdict(fact) for fact in saved.facts],
        "turns": [_turn(turn) for turn in saved.turns],
    }


def _policy(policy: PolicyRecord) -> dict[str, str]:
    return {"name": policy.name, "version": policy.version, "digest": policy.digest}


def _verdict(verdict: VerdictRecord) -> dict[str, Any]:
    return {
        "final": verdict.final,
        "matrix": verdict.matrix,
        "settled": verdict.settled,
        "scores": dict(verdict.scores),
        "fired": list(verdict.fired),
    }


def _turn(turn: TurnRecord) -> dict[str, Any]:
    return {
        "turn": turn.number,
        "at": turn.at,
        "said": turn.said,
        "reply": _document(turn.reply),
        "question": turn.question.text if turn.question and turn.put else None,
        "answers": dict(turn.state.answers),
        "verdict": _verdict(turn.verdict),
        "policy_digest": turn.policy,
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "paragraphs": [
            {"style": one.style.value, "text": one.text, "cites": list(one.cites), "rule": one.rule}
            for one in document.paragraphs
        ],
        "sources": [asdict(source) for source in document.sources],
    }


def exact_dumps(data: Any) -> str:
    """JSON that shows text as it is and escapes what a terminal would act on or could not print."""
    return _UNSEEN.sub(lambda found: _escaped(found[0]), dumps(data))


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
