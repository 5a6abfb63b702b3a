"""A policy's own templates: what they may say, what they put out, what becomes of their mistakes, how far they go."""

from pathlib import Path

import pytest

from assistant.policy.syntax import Policy
from assistant.reports.rendering import Rendering
from assistant.reports.subject import Subject
from assistant.reports.templating import template_findings
from assistant.reports.verifying import Outcome, verify
from tests.reports.records import layer, written

NASTY = "<b>*bold*</b> [x](http://e.com)"


def made(folder: Path, files: dict[str, str], form: str = "md", name: str = NASTY) -> tuple[Policy, Rendering]:
    """A record by the templates of a layer."""
    policy = layer(folder, {f"templates/{path}": text for path, text in files.items()})
    return policy, written(policy, Subject({"distance": 12}, name=name), form)


def body(done: Rendering) -> str:
    """What the template put out."""
    return done.data.decode().rpartition("\n<!-- whyso record")[0]


def fault(folder: Path, text: str) -> str:
    """What is said of a template with a mistake."""
    policy, done = made(folder, {"report.md.j2": text})
    built_in = written(layer(folder / "plain", {}), Subject({"distance": 12}, name=NASTY), "md")
    assert body(done) == body(built_in), "the built-in template is used"
    assert verify(done.data, "record", policy, "reference").outcome is Outcome.REPRODUCED
    [finding] = done.findings
    assert finding.help == "the built-in template is used instead"
    assert finding.span is not None
    assert Path(finding.span.file).name == "report.md.j2"
    return f"{finding.span.line}: {finding.message}"


class TestOwn:
    def test_it_replaces_the_built_in_one(self, tmp_path: Path) -> None:
        policy, done = made(tmp_path, {"report.md.j2": "# Ours: {{ outcome.label }}\n"})
        assert body(done) == "# Ours: Train\n"
        assert done.findings == ()
        assert done.evidence.template is not None
        assert done.evidence.template.layer == "acme"
        assert verify(done.data, "record", policy, "reference").outcome is Outcome.REPRODUCED

    def test_what_it_puts_out_is_escaped(self, tmp_path: Path) -> None:
        _, done = made(
            tmp_path, {"report.md.j2": "{{ name }} {{ name | code }} {% set x %}_{{ name }}_{% endset %}{{ x }}"}
        )
        plain = r"\<b\>\*bold\*\</b\> \[x\](http\://e.com)"
        assert body(done) == f"{plain} `{NASTY}` _{plain}_\n"

    def test_html_is_escaped_as_html(self, tmp_path: Path) -> None:
        _, done = made(tmp_path, {"report.html.j2": "<p title='{{ name }}'>{{ name }}</p>"}, "html", "<i>'")
        assert body(done) == "<p title='&lt;i&gt;&#39;'>&lt;i&gt;&#39;</p>\n"

    def test_nothing_makes_text_safe_that_is_not(self, tmp_path: Path) -> None:
        text = "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ [m(name), name] | join(' ') }}"
        _, done = made(tmp_path, {"report.html.j2": text}, "html", "<b>")
        assert "<b>" not in body(done)

    def test_it_can_extend_the_built_in_one(self, tmp_path: Path) -> None:
        text = '{% extends "whyso/report.md.j2" %}{% block proof %}Left out; {{ super() | length }}.\n{% endblock %}'
        _, done = made(tmp_path, {"report.md.j2": text})
        assert done.findings == ()
        assert "## How it follows\n\nLeft out; " in body(done)
        assert "## Sources" in body(done)

    def test_it_can_include_others_of_its_folder(self, tmp_path: Path) -> None:
        files = {"adr.md.j2": '# {{ title }}\n{% include "foot.j2" %}', "foot.j2": "Acme, {{ policy.version }}"}
        _, done = made(tmp_path, files, "adr", "x")
        assert body(done) == "# x: Train\nAcme, 2\\.0.0\n"

    def test_the_uppermost_layer_wins(self, tmp_path: Path) -> None:
        policy = layer(tmp_path, {"templates/adr.md.j2": "upper", "bike-or-train/templates/adr.md.j2": "lower"})
        assert body(written(policy, Subject({}), "adr")) == "upper\n"
        (tmp_path / "templates" / "adr.md.j2").unlink()
        done = written(policy, Subject({}), "adr")
        assert body(done) == "lower\n"
        assert done.evidence.template is not None
        assert done.evidence.template.layer == "bike-or-train"

    def test_line_endings_do_not_matter(self, tmp_path: Path) -> None:
        _, done = made(tmp_path, {"report.md.j2": "a\r\nb\r\n\r\n\r\n\r\nc"})
        assert body(done) == "a\nb\n\nc\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\n{% for x in", "2: unexpected `end of template`"),
        ("a\n{{ nam }}", "2: `nam` is undefined"),
        ("{{ outcome.lable }}", "1: there is no `lable` here"),
        ("a\n\n{{ facts }}", "3: a list or mapping cannot be put out whole"),
        ("{{ name | safe }}", "1: the filter `safe` is not allowed in a template"),
        ("{{ name | e }}", "1: the filter `e` is not allowed in a template"),
        ("{{ name | counted }}", "1: the filter `counted` is not allowed in a template"),
        ("{% autoescape false %}{{ name }}{% endautoescape %}", "1: `autoescape` is not allowed in a template"),
        ("{{ name.__class__.__mro__ }}", "1: there is no `__class__` here"),
        ("{{ name.upper() }}", "1: calling anything but a macro is not allowed in a template"),
        ("{{ ''['__class__'] }}", "1: there is no `__class__` here"),
        ("{{ loop }}", "1: `loop` is undefined"),
        ("{{ range(9) }}", "1: `range` is undefined"),
        ("{{ self }}", "1: a list or mapping cannot be put out whole"),
        ("{{ 9 ** 9 ** 9 }}", "1: a calculation is not allowed in a template"),
        ("{{ 'x' * 999999999 }}", "1: a calculation is not allowed in a template"),
        ("{{ name ~ name }}", "1: `~` is not allowed in a template"),
        ("{{ '%s' % name }}", "1: a calculation is not allowed in a template"),
        ("{% include name %}", "1: `include` of a name that is worked out is not allowed in a template"),
        ('{% include "../policy.yaml" %}', "1: ../policy.yaml"),
        ('{% include "/etc/passwd" %}', "1: /etc/passwd"),
        (
            "{% for a in proof recursive %}{{ loop(a.below) }}{% endfor %}",
            "1: `recursive` is not allowed in a template",
        ),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "1: this template calls itself too deeply"),
        ("a\n{% if name < 1 %}{% endif %}", "2: `<` not supported between instances of `str` and `int`"),
        ("{{ " + "(" * 500 + "1" + ")" * 500 + " }}", "1: this template calls itself too deeply"),
        ("{% for a in facts %}" * 25 + "{% endfor %}" * 25, "1: this template is nested too deeply"),
        ("{{ 1 | margin(2) }}", "1: what the filter `margin` is given is not allowed in a template"),
    ],
)
def test_mistakes_are_told_with_their_line(text: str, said: str, tmp_path: Path) -> None:
    assert fault(tmp_path, text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{% for a in 'abcdefghij' %}" * 12 + "{% endfor %}" * 12, "this template takes too many steps"),
        (
            "{% macro m(x) %}{% if x %}{{ m(x) }}{{ m(x) }}{% endif %}{% endmacro %}{{ m(1) }}",
            "this template calls itself too deeply",
        ),
        (
            "{% set a %}{{ name }}{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60,
            "this template writes too much",
        ),
        ("{% set a = name %}" + "{% set a = [a, a] | join %}" * 60, "this template writes too much"),
    ],
)
def test_one_that_would_not_end_ends(text: str, said: str, tmp_path: Path) -> None:
    assert fault(tmp_path, text).partition(": ")[2] == said


def test_one_that_includes_itself_ends(tmp_path: Path) -> None:
    _, done = made(
        tmp_path, {"report.md.j2": '{% include "a.j2" %}', "a.j2": '{% include "a.j2" %}{% include "a.j2" %}'}
    )
    [finding] = done.findings
    assert finding.message == "this template calls itself too deeply"


def test_files_that_are_no_templates(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("secret", encoding="utf-8")
    policy = layer(tmp_path / "acme", {"templates/adr.md.j2": "x", "templates/report.html.j2": "x" * 300_000})
    folder = tmp_path / "acme" / "templates"
    (folder / "adr.md.j2").write_bytes(b"fine\n\xff\n")
    (folder / "report.md.j2").symlink_to(tmp_path / "elsewhere")
    told = {form: written(policy, Subject({}), form) for form in ("adr", "md", "html")}
    assert [finding.message for one in told.values() for finding in one.findings] == [
        "this template is not UTF-8",
        "this link leads out of the policy's folder",
        "this template is larger than 256 KiB",
    ]
    assert told["adr"].findings[0].span is not None
    assert told["adr"].findings[0].span.line == 2
    assert b"secret" not in told["md"].data
    assert len(template_findings(policy)) == 3


def test_a_folder_in_the_place_of_a_template(tmp_path: Path) -> None:
    policy = layer(tmp_path, {"templates/adr.md.j2/x": "y"})
    [finding] = written(policy, Subject({}), "adr").findings
    assert finding.message.endswith("is not a file")
