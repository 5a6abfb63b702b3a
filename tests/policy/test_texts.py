"""Texts: what they may show, and that whatever passes the check can be rendered, to plain text, without more ado."""

import os
import re
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.policy.syntax import Policy
from assistant.policy.texts import MAX_FILTERS, TextError, check_text, render

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "150"))
FACTS: dict[str, Any] = {"distance": 1, "hurry": 8, "weather": "wet", "luggage": True, "choice": None}


def checked(text: str, policy: Policy) -> None:
    check_text(text, policy.facts, policy.params, lambda address: policy.figure(address) is not None)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("No braces at all, not even 5 < 6 & co.", "No braces at all, not even 5 < 6 & co."),
        ("{{ distance }}", "1 kilometre"),
        ("{{distance}} and {{- hurry -}} !", "1 kilometre and8 of 10!"),
        ("{{ hurry }}, {{ weather }}, {{ luggage }}, {{ choice }}, {{ first }}", "8 of 10, wet, yes, none, not known"),
        ("above {{ params.far }}, {{ params.folding_bikes }}", "above 10, no"),
        ("{{ 'travel.distance/ticket' | figure }}", "$3 to $9"),
        ("{{ 'travel.distance/far' | figure }}", "at least 10 kilometres"),
        ("{{ 'distance' | label }}", "distance"),
        ("{{ distance | number }}", "1 kilometre"),
        ("{{ '{{' }} and { and } and {# gone #}", "{{ and { and } and "),
        ("{% raw %}{{ distance }}{% endraw %}", "{{ distance }}"),
        ("two\nlines {{ hurry }}\n", "two\nlines 8 of 10\n"),
        ("<b>{{ hurry }}</b> [link=x]", "<b>8 of 10</b> [link=x]"),
        ("{{ 5 }} {{ 'x' }} {{ params.far | number | number }}", "5 x 10"),
    ],
)
def test_text_shows_this(text: str, shown: str, small: Policy) -> None:
    checked(text, small)
    assert render(text, small, FACTS) == shown


REFUSED = """{{ self }}
{{ loop }}
{{ range(3) }}
{{ lipsum() }}
{{ ''.__class__ }}
{{ distance.real }}
{{ params }}
{{ params['far'] }}
{{ params.far.real }}
{{ params.__class__ }}
{{ distance|attr('x') }}
{{ distance|number(1) }}
{{ distance|number(*hurry) }}
{{ distance|number(**hurry) }}
{{ ()|number }}
{{ hurry() }}
{% set x = 1 %}
{% for x in hurry %}{% endfor %}
{% include 'x' %}
{% import 'x' as x %}
{% from 'x' import y %}
{% extends 'x' %}
{% block b %}{% endblock %}
{% macro m() %}{% endmacro %}
{% call m() %}{% endcall %}
{% filter number %}{% endfilter %}
{% if luggage %}{% endif %}
{% with %}{% endwith %}
{% do 1 %}
{% %}
{% endraw %}
{{ 1 + 1 }}
{{ -hurry }}
{{ not luggage }}
{{ hurry > 5 }}
{{ hurry and luggage }}
{{ 'a' ~ 'b' }}
{{ hurry is none }}
{{ hurry if luggage }}
{{ [hurry] }}
{{ {} }}
{{ hurry, luggage }}
{{
{{ }}
{{ hurry
{{ hurry }
{{ hurry }} {{
{{ 'x }}
{{ 'travel' | figure }}
{{ hurry | figure }}
{{ 'x' | label }}
{{ 1 | label }}
{{ hurry | upper }}"""
DEEP = (
    "{{ (" * 900,
    "{{ hurry" + " | number" * (MAX_FILTERS + 1) + " }}",
    "{{ " + "(" * 400 + "hurry" + ")" * 400 + ".a }}",
)


@pytest.mark.parametrize("text", [*REFUSED.splitlines(), *DEEP])
def test_text_is_refused(text: str, small: Policy) -> None:
    with pytest.raises(TextError) as caught:
        checked(text, small)
    assert 0 <= caught.value.offset <= len(text)


PIECES = """{{ · }}·{{·}}·{% · %}·{#·#}·{·}·|·.·'·(·)· ·-·é·5·,·[·]·~·distance·hurry·params·params.far·number·label·x
'distance'·'travel.distance/far'·{{ hurry }}· | number·{{ params.far }}·raw·endraw·if·for·not ·none·true·figure"""


@settings(max_examples=EXAMPLES * 5)
@given(text=st.lists(st.sampled_from(re.split("[·\n]", PIECES)), max_size=25).map("".join))
def test_whatever_passes_can_be_rendered(text: str, small: Policy) -> None:
    try:
        checked(text, small)
    except TextError as error:
        place = error.offset
    else:
        place = 0
        assert len(render(text, small, {})) <= 30 * len(text)
        assert isinstance(render(text, small, FACTS), str)
    assert 0 <= place <= len(text)


def test_every_text_of_the_shipped_policy_renders_with_nothing_known_and_in_full(shipped: Policy) -> None:
    full: dict[str, Any] = {
        name: (True if fact.kind == "flag" else fact.options[0].value if fact.options else 1)
        for name, fact in shipped.facts.items()
    }
    for rule in shipped.rules:
        for memory in ({}, full):
            shown = render(rule.because, shipped, memory)
            assert shown.strip()
            assert "{{" not in shown


def test_a_policy_is_loaded_without_importing_jinja() -> None:
    """Texts of the usual forms are checked without it; importing it takes longer than the rest."""
    code = (
        "import sys; from assistant.reasoning.loading import load_policy; load_policy(); "
        "sys.exit('jinja2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
