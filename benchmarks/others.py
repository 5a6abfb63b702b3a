"""The matrix in other engines, each held to the same verdicts, in one run.

Every engine gets the numbers of the policy's own rules, in the form that one would write in it: rules in CLIPS, a
decision table in zen, an expression in JSONLogic, a query in DuckDB. Packages are looked up when the page is made, so
that one that is not installed leaves a line that says so.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.metadata import version
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assistant.policy.syntax import Compare, Policy, Score
from assistant.policy.vocabulary import Answers, FactType, Value
from assistant.reasoning.engines import durable_available, engine_for
from assistant.reasoning.loading import load_policy
from assistant.reasoning.possibilities import space_of
from benchmarks.deciding import by_hand, matrix_only
from benchmarks.many import CASES, MOST, Columns, decided, drawn, rows_of
from benchmarks.timing import duration, seconds, table

ABSENT = "not available here"
HELD = 3000
TIMED = 300
ROWS = 100_000

Decide: TypeAlias = Callable[[Answers], str | None]
Run: TypeAlias = Callable[[], tuple[NDArray[Any], NDArray[Any] | None]]
"""Decides many cases: the position of each one's option and, where it says so, its fired rules as a bit set."""


class Points(NamedTuple):
    """One of the matrix's rules: points for an option where a fact is above or below a bound."""

    fact: str
    sign: str
    bound: int
    option: str
    points: int


class Matrix(NamedTuple):
    """The article's matrix, taken from the policy's rules."""

    points: tuple[Points, ...]
    margin: int

    @property
    def facts(self) -> list[str]:
        """The facts it reads."""
        return list(dict.fromkeys(one.fact for one in self.points))

    def sum(self, option: str, term: Callable[[Points], str]) -> str:
        """An option's points as a sum of terms, in some language."""
        return " + ".join(term(one) for one in self.points if one.option == option)


def matrix_of(policy: Policy) -> Matrix:
    """The rules that give points, in the policy's order, and the margin."""
    found = [
        Points(rule.when.name, rule.when.operator, int(rule.when.value), score.option, score.points)
        for rule in policy.rules
        for score in rule.then
        if isinstance(rule.when, Compare) and isinstance(score, Score) and rule.when.value is not None
    ]
    return Matrix(tuple(found), int(policy.params["margin"].value))


@dataclass(frozen=True)
class Engine:
    """An engine that decides a case at a time; `make` raises `ImportError` where its package is not installed."""

    name: str
    gives: str
    make: Callable[[Matrix, Policy], Decide]
    package: str | None = None

    @property
    def title(self) -> str:
        """Its name with its version."""
        return f"{self.name} {version(self.package)}" if self.package else self.name


def _plain(matrix: Matrix, policy: Policy) -> Decide:
    return lambda answers: by_hand(answers)[0]


def _whyso(name: str, matrix: Matrix, policy: Policy) -> Decide:
    if name == "durable" and not durable_available():
        raise ImportError("durable")
    engine = engine_for(policy, name)

    def decide(answers: Answers) -> str | None:
        inference = engine.infer(answers)
        assert inference.firings
        return inference.verdict.final

    return decide


def _clips(matrix: Matrix, policy: Policy) -> Decide:
    """Rules that add to globals, and one of lower salience that chooses."""
    clips: Any = import_module("clips")
    system = clips.Environment()
    system.build("(defglobal ?*fine_tuning* = 0 ?*rag* = 0 ?*choice* = none)")
    system.build(f"(deftemplate case {' '.join(f'(slot {fact})' for fact in matrix.facts)})")
    for number, (fact, sign, bound, option, points) in enumerate(matrix.points):
        pattern = f"(case ({fact} ?value&:({sign} ?value {bound})))"
        system.build(f"(defrule points-{number} {pattern} => (bind ?*{option}* (+ ?*{option}* {points})))")
    chosen = (
        f"(if (> ?*fine_tuning* (+ ?*rag* {matrix.margin})) then fine_tuning "
        f"else (if (> ?*rag* (+ ?*fine_tuning* {matrix.margin})) then rag else hybrid))"
    )
    system.build(f"(defrule choose (declare (salience -1)) (case) => (bind ?*choice* {chosen}))")
    template = system.find_template("case")
    choice = next(one for one in system.globals() if one.name == "choice")

    def decide(answers: Answers) -> str:
        system.reset()
        template.assert_fact(**answers)
        system.run()
        return str(choice.value)

    return decide


def _zen_table(matrix: Matrix, policy: Policy) -> Decide:
    """A decision table that collects every row that holds, and expressions that sum and choose."""
    zen: Any = import_module("zen")
    sides = ("fine_tuning", "rag")
    rows = [
        {one.fact: f"{one.sign} {one.bound}", **{side: str(one.points if side == one.option else 0) for side in sides}}
        for one in matrix.points
    ]
    content = {
        "hitPolicy": "collect",
        "inputs": [{"id": fact, "name": fact, "field": fact} for fact in matrix.facts],
        "outputs": [{"id": side, "name": side, "field": side} for side in sides],
        "rules": [{"_id": str(number), **dict.fromkeys(matrix.facts, ""), **row} for number, row in enumerate(rows)],
        "outputPath": "hits",
    }
    sums = {side: f"sum(map(hits, #.{side}))" for side in sides}
    expressions = {**sums, "choice": _ternary("$.fine_tuning", "$.rag", matrix.margin)}
    listed = [{"id": key, "key": key, "value": value} for key, value in expressions.items()]
    nodes = [
        _node("input", "inputNode", {}),
        _node("points", "decisionTableNode", content),
        _node("choice", "expressionNode", {"expressions": listed}),
        _node("output", "outputNode", {}),
    ]
    edges = [{"id": b["id"], "sourceId": a["id"], "targetId": b["id"]} for a, b in pairwise(nodes)]
    graph = {"nodes": nodes, "edges": edges}
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"matrix": graph}}})
    return lambda answers: str(engine.evaluate("matrix", dict(answers))["result"]["choice"])


def _node(id: str, kind: str, content: Mapping[str, object]) -> dict[str, Any]:
    return {"id": id, "type": kind, "name": id, "position": {"x": 0, "y": 0}, "content": content}


def _ternary(tuned: str, rag: str, margin: int) -> str:
    return f"{tuned} > {rag} + {margin} ? 'fine_tuning' : {rag} > {tuned} + {margin} ? 'rag' : 'hybrid'"


def _zen_expression(matrix: Matrix, policy: Policy) -> Decide:
    """The whole matrix as one expression, compiled."""
    zen: Any = import_module("zen")

    def term(one: Points) -> str:
        return f"({one.fact} {one.sign} {one.bound} ? {one.points} : 0)"

    tuned, rag = (f"({matrix.sum(option, term)})" for option in ("fine_tuning", "rag"))
    expression = zen.compile_expression(_ternary(tuned, rag, matrix.margin))
    return lambda answers: str(expression.evaluate(dict(answers)))


def _jsonlogic(matrix: Matrix, policy: Policy) -> Decide:
    """The lead of one side as a sum; JSONLogic has no names for what it has worked out, so it stands there twice."""
    datalogic: Any = import_module("datalogic_py")
    lead = {
        "+": [
            {"if": [{sign: [{"var": fact}, bound]}, points if option == "fine_tuning" else -points, 0]}
            for fact, sign, bound, option, points in matrix.points
        ]
    }
    margin = matrix.margin
    logic = {"if": [{">": [lead, margin]}, "fine_tuning", {"<": [lead, -margin]}, "rag", "hybrid"]}
    rule = datalogic.Engine().compile(logic)
    return lambda answers: str(rule.evaluate(answers))


ENGINES = (
    Engine("plain Python, written by hand", "option", _plain),
    Engine("JSONLogic, datalogic-py", "option", _jsonlogic, "datalogic-py"),
    Engine("one expression, zen-engine", "option", _zen_expression, "zen-engine"),
    Engine("decision table, zen-engine", "option, scores", _zen_table, "zen-engine"),
    Engine("CLIPS rules, clipspy", "option, scores", _clips, "clipspy"),
    Engine("whyso, reference", "verdict, scores, facts, trace", partial(_whyso, "reference")),
    Engine("whyso, durable", "verdict, scores, facts, trace", partial(_whyso, "durable"), "durable-rules"),
)


def _vectorised(matrix: Matrix, policy: Policy, columns: Columns) -> Run:
    def run() -> tuple[NDArray[Any], NDArray[Any]]:
        batch, bits = decided(policy, columns)
        return batch.final, bits

    return run


def _numpy(matrix: Matrix, policy: Policy, columns: Columns) -> Run:
    """As anyone would write it, with narrow numbers."""
    signs = {">": np.greater, "<": np.less}

    def run() -> tuple[NDArray[Any], None]:
        lead = np.zeros(len(next(iter(columns.values()))), np.int8)
        for fact, sign, bound, option, points in matrix.points:
            lead += signs[sign](columns[fact], bound) * np.int8(points if option == "fine_tuning" else -points)
        return np.where(lead > matrix.margin, 0, np.where(lead < -matrix.margin, 1, 2)), None

    return run


def _duckdb(matrix: Matrix, policy: Policy, columns: Columns) -> Run:
    """A query over a table of DuckDB's own, on one thread, its result fetched as numpy columns."""
    duckdb: Any = import_module("duckdb")
    connection = duckdb.connect(config={"threads": 1})
    connection.register("given", dict(columns))
    connection.execute("CREATE TABLE cases AS SELECT * FROM given")

    def term(one: Points) -> str:
        return f"({one.fact} {one.sign} {one.bound})::TINYINT * {one.points}"

    scores = ", ".join(f"{matrix.sum(option, term)} AS {option}" for option in ("fine_tuning", "rag"))
    tests = [f"{one.fact} {one.sign} {one.bound}" for one in matrix.points] + [f"choice = {n}" for n in range(3)]
    fired = " | ".join(f"(({test})::USMALLINT << {15 - number})" for number, test in enumerate(tests))
    query = (
        f"SELECT choice, {fired} AS fired FROM (SELECT *, CASE WHEN fine_tuning > rag + {matrix.margin} THEN 0 "
        f"WHEN rag > fine_tuning + {matrix.margin} THEN 1 ELSE 2 END::TINYINT AS choice "
        f"FROM (SELECT *, {scores} FROM cases))"
    )

    def run() -> tuple[NDArray[Any], NDArray[Any]]:
        found = connection.execute(query).fetchnumpy()
        return found["choice"], found["fired"]

    return run


BATCHES: tuple[tuple[str, str, Callable[[Matrix, Policy, Columns], Run], str | None], ...] = (
    ("numpy, written by hand", "option", _numpy, None),
    ("one thread, DuckDB", "option, bit set of fired rules", _duckdb, "duckdb"),
    ("whyso, vectorised", "verdict, scores, facts, bit set of fired rules", _vectorised, None),
)


def random_answers(policy: Policy, number: int) -> list[Answers]:
    """Answers to the matrix, half of the values right at a bound."""
    dice = random.Random(3)
    edges = {
        name: [end for one in classes for end in (one.low, one.high) if end is not None]
        for name, classes in space_of(policy).classes.items()
    }
    facts = [policy.facts[name] for name in edges]

    def value(fact: FactType) -> Value:
        return dice.choice(edges[fact.name]) if dice.random() < 0.5 else dice.randint(fact.low, fact.high or MOST)

    return [{fact.name: value(fact) for fact in facts} for _ in range(number)]


def report() -> str:
    """The tables of this page."""
    policy = matrix_only(load_policy())
    matrix = matrix_of(policy)
    return "\n\n".join(["## The matrix in other engines", *_one_by_one(matrix, policy), *_at_once(matrix, policy)])


def _one_by_one(matrix: Matrix, policy: Policy) -> list[str]:
    answers = random_answers(policy, HELD)
    expected = [by_hand(one)[0] for one in answers]
    rows, first = [], 0.0
    for engine in ENGINES:
        try:
            decide = engine.make(matrix, policy)
        except ImportError:
            rows.append([engine.name, engine.gives, ABSENT, ""])
            continue
        assert [decide(one) for one in answers] == expected, engine.name
        taken = _each(decide, answers[:TIMED])
        first = first or taken
        rows.append([engine.title, engine.gives, duration(taken), _times(taken / first)])
    return [
        f"A case at a time, from a dictionary; each gave the same verdict on {HELD:,} random answers:",
        table(["engine", "gives", "a decision", "times plain Python"], rows),
    ]


def _each(decide: Decide, answers: Sequence[Answers]) -> float:
    return seconds(lambda: [decide(one) for one in answers]) / len(answers)


def _at_once(matrix: Matrix, policy: Policy) -> list[str]:
    columns = drawn(policy, CASES)
    few = list(rows_of({name: column[:ROWS] for name, column in columns.items()}))
    options = [option.id for option in policy.options]
    batch, fired = decided(policy, columns)
    expected = batch.final
    assert [options[code] for code in expected[:ROWS].tolist()] == [by_hand(row)[0] for row in few]
    loop = _each(lambda row: by_hand(row)[0], few)
    rows = [_row("plain Python, a loop over dictionaries", "option", loop, loop)]
    for name, gives, make, package in BATCHES:
        try:
            run = make(matrix, policy, columns)
        except ImportError:
            rows.append([name, gives, ABSENT, "", ""])
            continue
        finals, bits = run()
        assert np.array_equal(finals, expected), name
        assert bits is None or np.array_equal(_numbers(bits), _numbers(fired)), name
        titled = f"{name} {version(package)}" if package else name
        rows.append(_row(titled, gives, seconds(run) / CASES, loop))
    return [
        f"{CASES:,} cases at once, from 16-bit columns, on one core; each gave the same verdicts and firings:",
        table(["engine", "gives", "a case", "cases a second", "times the loop"], rows),
    ]


def _numbers(bits: NDArray[Any]) -> NDArray[Any]:
    """Bit sets of two bytes as numbers."""
    return bits if bits.ndim == 1 else bits[:, 0] * np.uint16(256) + bits[:, 1]


def _row(name: str, gives: str, taken: float, loop: float) -> list[str]:
    return [name, gives, f"{taken * 1e9:.3g} ns", f"{1 / taken:,.0f}", _times(loop / taken)]


def _times(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
