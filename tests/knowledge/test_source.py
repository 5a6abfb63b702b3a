"""The shipped source: its 41 passages, its figures as data, its links; and how a source that is none is refused."""

import re
import shutil
from pathlib import Path

import pytest

from assistant.errors import PolicyError
from assistant.knowledge import Citation, Figure, Source, counted, load_source, quantity
from assistant.policy.folder import installed
from assistant.policy.syntax import Policy
from assistant.reading.nodes import Node, Scalar, Table
from assistant.reading.parser import parse
from tests.rejected import BASE

HEADINGS = {
    "fundamentals": "Understanding the Fundamental Differences",
    "fundamentals.fine-tuning": "Fine-tuning Fundamentals",
    "fundamentals.rag": "RAG Fundamentals",
    "fundamentals.philosophy": "Key Philosophical Differences",
    "fundamentals.learn-vs-retrieve": "When Models Learn vs When Models Retrieve",
    "fundamentals.stakes": None,
    "framework": "Decision Framework Matrix",
    "framework.data": "Data Characteristics Analysis",
    "framework.use-case": "Use Case Requirements",
    "framework.performance": "Performance Criteria",
    "framework.resources": "Resource Constraints",
    "framework.matrix": None,
    "cost": "Cost Analysis Breakdown",
    "cost.fine-tuning": "Fine-tuning Cost Structure",
    "cost.rag": "RAG Cost Structure",
    "cost.hidden": "Hidden Costs Comparison",
    "cost.break-even": "Break-even Analysis",
    "cost.scale": "Scale Economics",
    "cost.roi": "ROI Considerations",
    "benchmarks": "Performance Benchmarks",
    "benchmarks.accuracy": "Accuracy Benchmarks",
    "benchmarks.latency": "Latency Analysis",
    "benchmarks.consistency": "Consistency Metrics",
    "benchmarks.scalability": "Scalability Performance",
    "benchmarks.quality-quantity": "Quality vs Quantity Trade-offs",
    "benchmarks.production": "Real-world Performance Data",
    "hybrid": "Hybrid Approaches",
    "hybrid.patterns": "Hybrid Architecture Patterns",
    "hybrid.sequential": "Sequential Hybrid Systems",
    "hybrid.parallel": "Parallel Hybrid Systems",
    "hybrid.routing": "Conditional Routing",
    "hybrid.strategy": "Implementation Strategies",
    "hybrid.cost": "Hybrid Cost Considerations",
    "implementation": "Implementation Recommendations",
    "implementation.fine-tuning": "Fine-tuning Implementation Path",
    "implementation.rag": "RAG Implementation Path",
    "implementation.progressive": "Progressive Enhancement Strategy",
    "implementation.stack": "Technology Stack Recommendations",
    "implementation.evaluation": "Evaluation and Monitoring",
    "implementation.scaling": "Scaling Considerations",
    "implementation.key": None,
}
"""The article's headings in its order; None where a passage has none of its own."""


@pytest.fixture(scope="module")
def source(shipped: Policy) -> Source:
    return shipped.source


def written_claims() -> list[tuple[str, str]]:
    """The texts of the shipped claims as they stand in the files, before their figures are shown."""
    found: list[tuple[str, str]] = []

    def walk(node: Node, passage: str) -> None:
        match node:
            case Table(entries=entries):
                values = {key.text: value for key, value in entries}
                named = values.get("passage")
                inner = named.text if isinstance(named, Scalar) else passage
                text = values.get("text")
                if "claim" in values and isinstance(text, Scalar):
                    found.append((inner, text.text))
                for value in values.values():
                    walk(value, inner)
            case Scalar():
                return
            case _:
                for item in node.items:
                    walk(item, passage)

    for path in (installed("knowledge") / "fine-tuning-vs-rag").glob("*.yaml"):
        node = parse(path.read_bytes(), path.name)
        assert node is not None
        walk(node, "")
    return found


class TestShipped:
    def test_passages_are_the_41_of_the_article_in_its_order(self, source: Source) -> None:
        assert [passage.id for passage in source.passages] == list(HEADINGS)
        assert len(HEADINGS) == 41

    def test_headings_are_those_of_the_article(self, source: Source) -> None:
        for passage in source.passages:
            heading = HEADINGS[passage.id]
            assert heading is None or passage.title == heading

    def test_trails_lead_from_the_section_to_the_passage(self, source: Source) -> None:
        assert source.by_id["cost.rag"].trail == "Cost Analysis Breakdown › RAG Cost Structure"
        assert source.by_id["cost"].trail == "Cost Analysis Breakdown"
        for passage in source.passages:
            assert passage.trail.startswith(source.by_id[passage.id.partition(".")[0]].title)
            assert passage.trail.endswith(passage.title)

    def test_every_passage_has_claims_and_every_claim_an_address_in_it(self, source: Source) -> None:
        for passage in source.passages:
            assert passage.claims
            for claim in passage.claims:
                assert claim.id.startswith(f"{passage.id}#")
                assert source.has(Citation.of(claim.id))
                assert claim.text.strip()

    def test_numbers_in_claims_are_figures_and_never_typed_into_the_text(self) -> None:
        typed = [text for _, text in written_claims() if re.search(r"\d", re.sub(r"\{[^}]*\}", "", text))]
        assert typed == []

    def test_every_figure_is_shown_by_a_claim_of_its_passage(self, source: Source) -> None:
        shown = {(passage, name) for passage, text in written_claims() for name in re.findall(r"\{([^}]*)\}", text)}
        for passage in source.passages:
            for claim in passage.claims:
                for figure in claim.figures:
                    assert (passage.id, figure.name) in shown, f"{passage.id}/{figure.name}"

    def test_no_braces_are_left_in_a_claim(self, source: Source) -> None:
        assert [claim.id for claim in source.claims.values() if re.search("[{}]", claim.text)] == []

    def test_figures_of_the_article(self, source: Source) -> None:
        shown = {
            "cost.rag/vector-storage": "$50 to $1,000 a month",
            "cost.fine-tuning/retraining": "$1,000 to $10,000 a quarter",
            "cost.fine-tuning/training-compute": "$500 to $5,000 per iteration",
            "cost.fine-tuning/data-preparation": "$5,000 to $20,000",
            "framework.data/minimum-examples": "at least 1,000 examples",
            "benchmarks.latency/cached-rag-response-time": "under 300 ms",
        }
        for address, text in shown.items():
            assert str(source.figure(address)) == text

    def test_figures_are_ordered_and_named(self, source: Source) -> None:
        for claim in source.claims.values():
            for figure in claim.figures:
                assert figure.about
                assert figure.low is None or figure.high is None or figure.low <= figure.high

    def test_monthly_and_initial_costs_add_up_to_those_of_the_issue(self, source: Source) -> None:
        def total(passage: str, per: str | None, end: str) -> float:
            figures = [figure for claim in source.by_id[passage].claims for figure in claim.figures]
            initial = per is None
            return sum(
                float(getattr(figure, end))
                for figure in figures
                if (figure.per in (None, "iteration") if initial else figure.per == per)
            )

        assert (total("cost.fine-tuning", None, "low"), total("cost.fine-tuning", None, "high")) == (7500, 33000)
        assert (total("cost.rag", None, "low"), total("cost.rag", None, "high")) == (4200, 22000)
        assert (total("cost.rag", "month", "low"), total("cost.rag", "month", "high")) == (450, 5000)

    def test_link_is_our_own_while_the_source_has_no_address(self, source: Source) -> None:
        assert source.url is None
        assert source.link("cost.rag") == "whyso:cost.rag"


@pytest.mark.parametrize(
    ("low", "high", "unit", "per", "shown"),
    [
        (50, 1000, "USD", "month", "$50 to $1,000 a month"),
        (500, 500, "USD", "iteration", "$500 per iteration"),
        (15, 25, "%", None, "15 to 25%"),
        (15, 15, "%", None, "15%"),
        (None, 300, "ms", None, "under 300 ms"),
        (1000, None, "examples", None, "at least 1,000 examples"),
        (1, 1, "points", None, "1 point"),
        (1, None, "points", None, "at least 1 point"),
        (1, 2, "points", None, "1 to 2 points"),
        (0.5, 0.5, "times", None, "0.5 times"),
        (1, 1, "times", None, "1 time"),
        (2.5, 3, "billion parameters", None, "2.5 to 3 billion parameters"),
        (1, 1, "billion parameters", None, "1 billion parameters"),
        (7, 7, "of 10", None, "7 of 10"),
        (1, 1, "queries a month", None, "1 query a month"),
        (1, 1, "ms", None, "1 ms"),
        (1, 1, "boxes", None, "1 box"),
        (1, 1, "classes of users", None, "1 class of users"),
    ],
)
def test_figure_reads_like_this(low: float | None, high: float | None, unit: str, per: str | None, shown: str) -> None:
    assert str(Figure("x", low, high, unit, "x", per)) == shown


def test_counts_and_numbers_read_like_this() -> None:
    assert counted(1, "training runs") == "1 training run"
    assert counted(2, "training runs") == "2 training runs"
    assert counted(1, "retrainings a quarter") == "1 retraining a quarter"
    assert counted(1, "") == "1"
    assert [quantity(number) for number in (0, 5000, 633.3333, 1.50, 1000000.0)] == [
        "0",
        "5,000",
        "633.33",
        "1.5",
        "1,000,000",
    ]


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE / "knowledge" / "handbook", tmp_path / "handbook"))


def refused(folder: Path) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        load_source(folder, lambda path: path.name)
    return [str(finding).partition("\n")[0] for finding in caught.value.findings]


def test_link_leads_to_the_address_of_a_source_that_has_one(handbook: Path) -> None:
    text = (handbook / "source.yaml").read_text(encoding="utf-8")
    (handbook / "source.yaml").write_text(text.replace("url: null", "url: https://example.org/a#top"), encoding="utf-8")
    assert load_source(handbook).link("travel.rain") == "https://example.org/a#travel.rain"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "https://", "https://a b", "www.example.org"]
)
def test_address_of_another_kind_is_refused(url: str, handbook: Path) -> None:
    text = (handbook / "source.yaml").read_text(encoding="utf-8")
    (handbook / "source.yaml").write_text(text.replace("url: null", f'url: "{url}"'), encoding="utf-8")
    assert refused(handbook) == [f"source.yaml:5:6: expected an address that begins with https://, found `{url}`"]


def test_placeholders_of_any_form_must_name_a_figure(handbook: Path) -> None:
    text = (handbook / "travel.yaml").read_text(encoding="utf-8")
    for wrong in ("{Far}", "{far }", "{}", "{far_}", "{0}"):
        (handbook / "travel.yaml").write_text(text.replace("{far}", wrong), encoding="utf-8")
        assert refused(handbook) == [f"travel.yaml:11:24: no figure `{wrong[1:-1]}` in the passage `travel.distance`"]


def test_source_without_a_head_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert refused(tmp_path / "empty") == ["source.yaml:1:1: there is no file `source.yaml`"]


def test_faults_of_several_files_come_in_one_go(handbook: Path) -> None:
    (handbook / "source.yaml").write_text("source: handbook\nsections: [travel, nowhere]\n", encoding="utf-8")
    (handbook / "travel.yaml").write_text("section: travel\ntitle: [\n", encoding="utf-8")
    assert {line.partition(":")[0] for line in refused(handbook)} == {"source.yaml", "travel.yaml"}
    assert len(refused(handbook)) == 5
