"""Whatever a policy's files or a case hold, whyso answers with findings, and in time; nothing else escapes."""

import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import CaseError, WhysoError
from assistant.policy.syntax import Policy
from assistant.policy.texts import render
from assistant.reasoning.cases import read_case
from assistant.reasoning.loading import all_findings
from tests.rejected import BASE

EXAMPLES = int(os.environ.get("WHYSO_EXAMPLES", "100"))

FILES = {path.relative_to(BASE).as_posix(): path.read_text(encoding="utf-8") for path in sorted(BASE.rglob("*.yaml"))}
SCRAPS = st.sampled_from(
    (
        *(
            "",
            " ",
            "  ",
            "\n",
            "- ",
            "-",
            ": ",
            ",",
            "{",
            "}",
            "[",
            "]",
            "'",
            '"',
            "#",
            "|",
            ">-\n",
            "&a ",
            "*a",
            "!!x ",
            "\t",
        ),
        *(
            "null",
            "~",
            "true",
            "0",
            "-1",
            "1.5",
            ".inf",
            ".nan",
            "1e400",
            "99999999999999999999",
            "no",
            "none",
            "options",
        ),
        *(
            "distance",
            "hurry",
            "choice",
            "train",
            "far",
            "params.far",
            "not ",
            "certain(",
            "in [",
            " > ",
            "{{",
            "}}",
            "{%",
        ),
        *(
            "{far}",
            "article",
            "house",
            "flag",
            "count",
            "scale",
            "é",
            "\x00",
            "\ufeff",
            "x" * 5000,
            "[" * 60,
            "\\ud83d",
        ),
    )
)


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, str]:
    """The files of the small policy with a few scraps put in, or a few characters taken out."""
    files = dict(FILES)
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(sorted(files)))
        text = files[name]
        begin = draw(st.integers(0, len(text)))
        end = begin + draw(st.sampled_from((0, 0, 1, 3, 10, 40)))
        files[name] = text[:begin] + draw(SCRAPS) + text[end:]
    return files


def report(files: Mapping[str, str | bytes]) -> str:
    """What checking a folder with these files says. Where that is nothing, every text of the policy must render."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        try:
            policy, findings = all_findings(Path(folder), "reference")
        except WhysoError as error:
            return str(error)
    if policy is not None and not findings:
        for rule in policy.rules:
            assert render(rule.because, policy, {"distance": 3, "luggage": True}).strip()
    return "\n".join(str(finding) for finding in findings)


@settings(max_examples=EXAMPLES)
@given(damaged())
def test_a_damaged_policy_is_reported_on(files: dict[str, str]) -> None:
    for line in report(files).splitlines():
        assert line.isprintable()


def test_the_undamaged_policy_has_nothing_to_report() -> None:
    assert report(FILES) == ""


KEYS = """rule when then because basis cites examples reason score conclude require rule_out impossible advise cost
facts fires kind text order item options figure low high per times fact otherwise type label question help unit range
phrases ends anchors words measure word value also units steps up_to default derived ask policy title version source
extends disable capabilities verdict params param option capability provides chosen needs parts beside train distance
answers expect final matrix open settled"""
WORDS = ("x", "choice", "train", "distance", "hurry > 5", "{{ distance }}", "travel", "house", "options")
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), st.text(max_size=8), st.sampled_from(WORDS)
)
NODES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS.split()), inner, max_size=5)
    ),
    max_leaves=25,
)


@settings(max_examples=EXAMPLES)
@given(
    st.sampled_from(("policy.yaml", "rules.yaml", "extra.yaml", "vocabulary/facts.yaml", "cases/short-hop.yaml")), NODES
)
def test_files_of_the_right_words_in_the_wrong_places_are_reported_on(name: str, node: object) -> None:
    content = [node] if name.startswith(("rules", "extra", "vocabulary")) else node
    report({**FILES, name: yaml.safe_dump(content)})


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(sorted(FILES)), st.binary(max_size=100))
def test_bytes_for_a_file_are_reported_on(name: str, data: bytes) -> None:
    report({**FILES, name: data})


@settings(max_examples=EXAMPLES)
@given(data=st.one_of(st.binary(max_size=100), NODES.map(lambda node: yaml.safe_dump(node).encode())))
def test_a_case_is_read_or_refused(data: bytes, small: Policy) -> None:
    try:
        case = read_case(data, "case.yaml", small)
    except CaseError as error:
        message = str(error)
    else:
        message = ""
        assert set(case.answers) <= set(small.told)
    assert all(line.isprintable() for line in message.splitlines())


def huge_rules(count: int) -> str:
    rule = (
        "- rule: r{0}\n  when: >-\n    hurri > 5 and\n    distanse > 3\n  then: {{score: {{trein: 1}}}}\n"
        '  because: "{{{{ distanse }}}}"\n  cites: [travel.snow]\n'
        "  examples: [{{facts: {{hurri: 6}}, fires: true}}, {{facts: {{hurry: 5}}, fires: false}}]\n"
    )
    return "".join(rule.format(number) for number in range(count))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("extra.yaml", huge_rules(2000)),
        ("extra.yaml", "- {}\n" * 50_000),
        ("cases/more.yaml", "answers: {" + ", ".join(f"k{number}: 1" for number in range(50_000)) + "}"),
        ("policy.yaml", FILES["policy.yaml"] + "".join(f"  - {{param: p{n}, value: 1}}\n" for n in range(20_000))),
        ("vocabulary/more.yaml", "".join(f"- {{fact: f{n}, type: scale, label: x}}\n" for n in range(10_000))),
    ],
    ids=["rules-all-faulty", "empty-rules", "unknown-facts", "params-uncited", "facts-lacking"],
)
def test_very_many_faults_are_all_reported_within_seconds(name: str, text: str) -> None:
    begin = time.process_time()
    lines = report({**FILES, name: text})
    assert time.process_time() - begin < 20
    assert lines.count(f"{name}:") >= 8_000


def test_a_thousand_sound_rules_in_a_chain_compile(folder: Path) -> None:
    """As deep as rules can depend on one another, and nobody recurses."""
    facts = "".join(f"- {{fact: f{n}, derived: true, type: flag, default: false, label: f}}\n" for n in range(1000))
    rules = "".join(
        f"- rule: r{n}\n  when: {f'f{n - 1}' if n else 'hurry > 5'}\n  then: {{conclude: {{f{n}: true}}}}\n"
        "  because: x\n  cites: [travel]\n"
        "  examples: [{facts: {hurry: 6}, fires: true}, {facts: {hurry: 5}, fires: false}]\n"
        for n in range(1000)
    )
    (folder / "vocabulary" / "more.yaml").write_text(facts, encoding="utf-8")
    (folder / "chain.yaml").write_text(rules, encoding="utf-8")
    begin = time.process_time()
    policy, findings = all_findings(folder, "reference")
    assert time.process_time() - begin < 20
    assert findings == ()
    assert policy is not None
    assert max(rule.stratum for rule in policy.rules) == 999
