"""`decide` in process: each engine against a function written by hand."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.explanation.conclusion import conclusion
from assistant.explanation.plain import lines_of
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning import possibilities
from assistant.reasoning.decision import decide
from assistant.reasoning.engines import durable_available, engine_for
from assistant.reasoning.loading import load_policy
from benchmarks.timing import duration, seconds, table

WORKED: Answers = {
    "data_volume": 5000,
    "update_frequency": 3,
    "latency_requirements": 9,
    "accuracy_needs": 8,
    "budget_constraints": 4,
    "maintenance_capacity": 7,
}


def by_hand(criteria: Mapping[str, Any]) -> tuple[str, int, int]:
    """The article's matrix as anyone would write it."""
    tuned = rag = 0
    if criteria["data_volume"] > 1000:
        tuned += 2
    if criteria["update_frequency"] < 2:
        tuned += 3
    if criteria["latency_requirements"] > 8:
        tuned += 2
    if criteria["accuracy_needs"] > 8:
        tuned += 2
    if criteria["data_volume"] > 10000:
        rag += 2
    if criteria["update_frequency"] > 7:
        rag += 3
    if criteria["budget_constraints"] > 6:
        rag += 2
    if criteria["maintenance_capacity"] < 5:
        rag += 1
    if tuned > rag + 2:
        return "fine_tuning", tuned, rag
    return ("rag" if rag > tuned + 2 else "hybrid"), tuned, rag


def matrix_only(policy: Policy) -> Policy:
    """The policy cut down to the rules of the article's listing."""
    kept = tuple(rule for rule in policy.rules if rule.at.startswith("matrix.yaml:"))
    return replace(policy, rules=kept)


def report() -> str:
    """The tables of this page."""
    policy = load_policy()
    small = matrix_only(policy)
    engines = ["reference", *(["durable"] if durable_available() else [])]
    hand = seconds(lambda: by_hand(WORKED))
    rows = [["hand-written function", "8", duration(hand), "1"]]
    for engine in engines:
        for named, cut in (("matrix rules", small), ("whole policy", policy)):
            run = engine_for(cut, engine)
            assert run.infer(WORKED).verdict.matrix == by_hand(WORKED)[0]
            taken = seconds(lambda run=run: run.infer(WORKED).firings)  # type: ignore[misc]
            rows.append([f"{engine}, {named}, with trace", str(len(cut.rules)), duration(taken), f"{taken / hand:.0f}"])
    decided = decide(policy, WORKED)
    return "\n\n".join(
        [
            "## Deciding, in process",
            table(["what", "rules", "a decision", "times the hand-written"], rows),
            "What is worked out only when it is shown:",
            table(
                ["what", "time"],
                [
                    ["`settled` and `open`, nothing known", duration(seconds(lambda: _outlook(policy, {})))],
                    [
                        "`settled` and `open`, the matrix's six known",
                        duration(seconds(lambda: _outlook(policy, WORKED))),
                    ],
                    [
                        "the texts of a conclusion, 80 columns",
                        duration(seconds(lambda: lines_of(conclusion(decided), 80))),
                    ],
                    ["loading the policy, examples executed", duration(seconds(load_policy, rounds=3))],
                ],
            ),
        ]
    )


def _outlook(policy: Policy, answers: Answers) -> None:
    possibilities._KEPT.clear()
    possibilities.outlook(policy, answers)
