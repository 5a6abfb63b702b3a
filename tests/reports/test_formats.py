"""The four formats: as they are written, and what each promises whatever stands in it."""

import json
import re
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.policy.syntax import Policy
from assistant.reasoning.cases import load_case
from assistant.reports.subject import Subject, subject_of_case
from assistant.sessions.plain_form import plain_form
from tests.cli.running import CASES, WORKED
from tests.golden import assert_golden
from tests.reports.records import FORMATS, HURRIED, subject, text_of

MADR = [
    "## Context and Problem Statement",
    "## Decision Drivers",
    "## Considered Options",
    "## Decision Outcome",
    "### Consequences",
    "### Confirmation",
    "## Pros and Cons of the Options",
    "## More Information",
]
SHIPPED = sorted(CASES.glob("*.yaml"))
VOID = frozenset(("meta", "link", "br", "hr", "img", "input", "line", "circle", "path", "polyline", "polygon", "rect"))


@pytest.fixture(scope="module")
def worked(shipped: Policy) -> dict[str, str]:
    about = subject_of_case(load_case(WORKED, shipped))
    return {form: text_of(shipped, about, form) for form in FORMATS}


@pytest.mark.parametrize("form", FORMATS)
def test_worked_example(form: str, worked: dict[str, str]) -> None:
    name = {"adr": "record-adr.md", "md": "record.md", "html": "record.html", "json": "record.json"}[form]
    assert_golden(name, worked[form])


@pytest.mark.parametrize("form", FORMATS)
def test_same_input_gives_the_same_bytes(form: str, shipped: Policy, worked: dict[str, str]) -> None:
    case = load_case(WORKED, shipped)
    shuffled = Subject(dict(reversed(list(case.answers.items()))), case.words, {}, case.name, case.about)
    assert text_of(shipped, shuffled, form) == worked[form]


@pytest.mark.parametrize(("case", "form"), zip(SHIPPED, cycle(FORMATS), strict=False))
def test_every_shipped_case_has_a_record(case: Path, form: str, shipped: Policy) -> None:
    about = subject_of_case(load_case(case, shipped))
    text = text_of(shipped, about, form)
    assert about.name in text
    assert text.endswith("\n")
    assert not re.search(r"\n{3}|[^\n]\Z|\r", text)


class TestDate:
    @pytest.mark.parametrize("form", FORMATS)
    def test_there_is_none_unless_the_case_gives_one(self, form: str, worked: dict[str, str], small: Policy) -> None:
        dates = re.findall(r"20\d\d-\d\d-\d\d", worked[form])
        assert set(dates) <= {"2023-12-28"}, "the day the article was published"
        assert "2026-03-01" in text_of(small, subject(HURRIED, small), form)

    def test_an_adr_has_it_in_its_front_matter(self, small: Policy) -> None:
        text = text_of(small, subject(HURRIED, small), "adr")
        head = yaml.safe_load(text.split("---\n")[1])
        assert head == {"status": "proposed", "date": "2026-03-01"}


class TestAdr:
    def test_headings_are_those_of_madr(self, worked: dict[str, str]) -> None:
        lines = [line for line in worked["adr"].splitlines() if line.startswith("#")]
        options = ["### Fine-tuning", "### RAG", "### Hybrid"]
        assert lines == ["# worked-example: Fine-tuning", *MADR[:-1], *options, MADR[-1]]

    def test_the_outcome_is_madr_s_sentence(self, worked: dict[str, str], shipped: Policy) -> None:
        assert 'Chosen option: "Fine-tuning", because of these reasons.' in worked["adr"]
        nothing = text_of(shipped, subject_of_case(load_case(CASES / "nothing-left.yaml", shipped)), "adr")
        assert "Chosen option: none, because every option is ruled out." in nothing

    def test_drivers_are_the_facts_with_their_words(self, small: Policy) -> None:
        text = text_of(small, subject(HURRIED, small), "adr")
        drivers = text.partition("## Decision Drivers\n\n")[2].partition("\n\n")[0]
        assert drivers.splitlines() == [
            "* distance: 12 kilometres (answered)",
            "* hurry: 9 of 10 (told in the words “very-late”)",
        ]


class TestJson:
    def test_keys_are_sorted(self, worked: dict[str, str]) -> None:
        pairs: list[list[str]] = []

        def noted(found: list[tuple[str, Any]]) -> dict[str, Any]:
            pairs.append([key for key, _ in found])
            return dict(found)

        data = json.loads(worked["json"], object_pairs_hook=noted)
        assert all(keys == sorted(keys) for keys in pairs)
        assert {"digest", "evidence", "results", "facts", "outcome", "sources"} <= set(data)


class Page(HTMLParser):
    """Reads a page, and fails where its elements do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> without its beginning"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def page_of(text: str) -> Page:
    page = Page()
    page.feed(text)
    page.close()
    assert page.open == []
    return page


class TestHtml:
    @pytest.mark.parametrize("case", ["worked-example", "nothing-left", "support-desk"])
    def test_elements_nest(self, case: str, shipped: Policy) -> None:
        about = subject_of_case(load_case(CASES / f"{case}.yaml", shipped))
        page_of(text_of(shipped, about, "html"))

    def test_nothing_is_run_and_nothing_is_asked_of_anybody(self, worked: dict[str, str]) -> None:
        page = page_of(worked["html"])
        tags = {tag for tag, _ in page.seen}
        assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "image", "use"}
        policies = [attrs["content"] for tag, attrs in page.seen if attrs.get("http-equiv")]
        assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]
        names = {name for _, attrs in page.seen for name in attrs}
        assert not {name for name in names if name.startswith("on")} | names & {"src", "srcset", "style", "action"}
        styles = worked["html"].partition("<style>")[2].partition("</style>")[0]
        assert not re.search(r"@import|https?:|url\((?!#)", styles)

    def test_every_link_leads_somewhere(self, worked: dict[str, str]) -> None:
        page = page_of(worked["html"])
        ids = [attrs["id"] for _, attrs in page.seen if "id" in attrs]
        assert len(ids) == len(set(ids))
        linked = {attrs["href"] for tag, attrs in page.seen if tag == "a"}
        assert {str(link)[1:] for link in linked} <= {str(id) for id in ids}
        labelled = next(attrs["aria-labelledby"] for tag, attrs in page.seen if tag == "svg")
        assert set(str(labelled).split()) <= {str(id) for id in ids}

    def test_it_prints_and_follows_the_reader_s_colours(self, worked: dict[str, str]) -> None:
        assert "@media print" in worked["html"]
        assert "@media (prefers-color-scheme: dark)" in worked["html"]
        assert "<details" in worked["html"]

    def test_bands_differ_in_more_than_colour(self, worked: dict[str, str]) -> None:
        page = page_of(worked["html"])
        fills = [attrs["fill"] for tag, attrs in page.seen if tag == "polygon"]
        assert len(fills) == len(set(fills)) == 3
        described = worked["html"].partition("<desc")[2].partition("</desc>")[0]
        assert "RAG: $4,200 to $22,000 at the start, $13,164 to $78,436 by month 12." in described


def test_numbers_of_citations_are_those_of_the_sources(worked: dict[str, str]) -> None:
    text = worked["md"]
    [first] = re.findall(r"^(\d+)\. .*whyso:framework\.matrix`$", text, re.MULTILINE)
    assert f"fine-tuning scores above 1,000. (2 points for Fine-tuning) [{first}] (`enough-data" in text


def test_plain_data_is_plain(shipped: Policy) -> None:
    from assistant.reasoning.decision import decide
    from assistant.reports.recording import record_of

    about = subject_of_case(load_case(WORKED, shipped))
    data = plain_form(record_of(decide(shipped, about.answers), about))
    assert json.loads(json.dumps(data)) == data
