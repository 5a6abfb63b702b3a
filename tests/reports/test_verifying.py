"""Verifying: what is reproduced, what a changed policy makes of a record; every change to a byte is noticed."""

import json
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.explanation.plain import lines_of
from assistant.policy.syntax import Policy
from assistant.reports import rendering, verifying
from assistant.reports.seal import digest_holds
from assistant.reports.verifying import Outcome, Verification, verify
from tests.reports.records import (
    FORMATS,
    HURRIED,
    layer,
    resealed,
    small_policy,
    small_record,
    subject,
    written,
)


def told(found: Verification) -> str:
    return lines_of(found.document, 1_000)


def sealed_anew(data: bytes, form: str) -> bytes:
    """A record with a digest that holds, over whatever it says."""
    forged = resealed(data, form)
    assert forged is not None
    return forged


def checked(data: bytes, policy: Policy | None = None) -> Verification:
    return verify(data, "record", policy or small_policy(), "reference")


@pytest.mark.parametrize("form", FORMATS)
def test_a_record_is_reproduced(form: str) -> None:
    found = checked(small_record(form))
    assert found.outcome is Outcome.REPRODUCED
    digest = small_policy().digest[:12]
    assert told(found) == f"Reproduced exactly. Recommendation: Train, under bike-or-train 1.0.0 (digest {digest})."


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=60)
@given(st.data())
def test_any_change_to_any_byte_is_noticed(form: str, data: st.DataObject) -> None:
    record = small_record(form)
    at = data.draw(st.integers(0, len(record) - 1))
    how = data.draw(st.sampled_from(["flip", "insert", "delete"]))
    if how == "delete":
        changed = record[:at] + record[at + 1 :]
    else:
        byte = data.draw(st.integers(0, 255).filter(lambda one: one != record[at]))
        changed = record[:at] + bytes([byte]) + record[at + (how == "flip") :]
    if changed != record:
        assert not digest_holds(changed)
        assert checked(changed).outcome is Outcome.ALTERED


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=30)
@given(st.data())
def test_a_new_digest_does_not_help(form: str, data: st.DataObject) -> None:
    record = small_record(form)
    at = data.draw(st.integers(0, len(record) - 200))
    changed = record[:at] + data.draw(st.sampled_from([b"x", b" ", b"7"])) + record[at + 1 :]
    forged = resealed(changed, form)
    if forged is None or forged == record:  # a byte of the digest itself, put right by the new one
        return
    with suppress(InputError):  # it may say that it is of another kind now
        assert checked(forged).outcome is not Outcome.REPRODUCED


class TestWhere:
    def test_a_line_of_markdown(self) -> None:
        found = checked(small_record("adr").replace(b'Chosen option: "Train"', b'Chosen option: "Bike"'))
        assert told(found) == (
            'This record was altered: line 27: it reads `Chosen option: "Bike", because of these reasons.`, '
            'and its facts give `Chosen option: "Train", because of these reasons.`'
        )

    def test_a_field_of_json(self) -> None:
        data = small_record("json").replace(b'"recommended": "train"', b'"recommended": "bike"')
        assert re.fullmatch(
            r'This record was altered: line \d+, `outcome\.recommended`: it reads `    "recommended": "bike",`, '
            r'and its facts give `    "recommended": "train",`',
            told(checked(data)),
        )

    def test_a_number_far_into_a_line(self) -> None:
        long = written(small_policy(), subject(HURRIED + b"#", small_policy()), "html").data
        assert "…" in told(checked(long.replace(b"prefers-color-scheme: dark", b"prefers-color-scheme: lark")))

    def test_its_facts(self) -> None:
        data = small_record("md").replace(b'"distance": 12', b'"distance": 2')
        assert re.match(r"This record was altered: line \d+: it reads `.*Train", told(checked(data)))

    def test_its_digest_alone(self) -> None:
        data = small_record("md")
        at = data.rindex(b"sha256:") + 7
        other = b"0" if data[at : at + 1] != b"0" else b"1"
        found = checked(data[:at] + other + data[at + 1 :])
        line = data[:at].count(b"\n") + 1
        assert told(found) == f"This record was altered: line {line}: its digest; all the rest is as its facts give it"

    @pytest.mark.parametrize("form", FORMATS)
    def test_line_endings(self, form: str) -> None:
        found = checked(small_record(form).replace(b"\n", b"\r\n"))
        assert found.outcome is Outcome.ALTERED
        assert told(found) == (
            "This record was altered: its line endings were converted (CRLF)\nKeep them: `*.md -text` in .gitattributes"
        ).replace("Keep", "keep")

    @pytest.mark.parametrize("form", FORMATS)
    def test_a_byte_order_mark(self, form: str) -> None:
        assert "a byte order mark was put before it" in told(checked(b"\xef\xbb\xbf" + small_record(form)))

    @pytest.mark.parametrize("form", FORMATS)
    def test_a_line_feed_more_or_less(self, form: str) -> None:
        for data in (small_record(form) + b"\n", small_record(form)[:-1]):
            assert "its last line ends otherwise" in told(checked(data))

    def test_what_is_sealed_into_it(self) -> None:
        data = small_record("md").replace(b'"answers": {', b'"answers": [')
        assert re.fullmatch(r"This record was altered: line \d+: expecting .*", told(checked(data)))
        data = small_record("md").replace(b'"proven": true', b'"proved": true')
        assert "what is sealed into it is incomplete" in told(checked(data))


class TestForged:
    """Records with a digest that holds over what they should not say."""

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            (
                b'"distance": 12',
                b'"distanse": 12',
                "its facts are none that the policy takes: there is no fact `distanse`",
            ),
            (b'"distance": 12', b'"distance": -2', "`distance` takes a whole number, 0 or more, not `-2`"),
            (b'"distance": 12', b'"distance": true', "`distance` takes a whole number, 0 or more, not `true`"),
            (b'"distance": 12', b'"choice": "bike"', "there is no fact `choice`"),
            (b'"date": "2026-03-01"', b'"date": "signed by the board"', "`signed by the board` is no date"),
            (b'"hurry": "very-late"', b'"luggage": "lots"', "`luggage` has words and no value"),
            (b'"format": "adr"', b'"format": "pdf"', "it says that it has a format that it has not"),
            (b'"format": "adr"', b'"format": "json"', "it says that it has a format that it has not"),
            (b'"final": "train"', b'"final": "bike"', "its facts give"),
        ],
    )
    def test_facts(self, old: bytes, new: bytes, said: str) -> None:
        found = checked(sealed_anew(small_record("adr").replace(old, new), "adr"))
        assert found.outcome is Outcome.ALTERED
        assert said in told(found)

    @pytest.mark.parametrize("form", FORMATS)
    def test_a_version_that_cannot_be_compared_is_never_fine(self, form: str) -> None:
        data = small_record(form).replace(b'"whyso": "0.1.0"', b'"whyso": "0.0.9"').replace(b"Getting", b"Forging")
        found = checked(sealed_anew(data, form))
        assert found.outcome is Outcome.CHANGED
        assert told(found).startswith(
            "The verdict, the scores and the firings are reproduced. The record was written by whyso 0.0.9 and this is "
        )

    def test_a_version_does_not_hide_another_verdict(self) -> None:
        data = small_record("md").replace(b'"whyso": "0.1.0"', b'"whyso": "0.0.9"')
        data = data.replace(b'"final": "train"', b'"final": "bike"')
        assert checked(sealed_anew(data, "md")).outcome is Outcome.ALTERED

    def test_a_template_that_cannot_be_compared_is_never_fine(self) -> None:
        data = re.sub(rb'"digest": "[0-9a-f]{64}",\n  "layer"', b'"digest": "0",\n  "layer"', small_record("md"))
        found = checked(sealed_anew(data, "md"))
        assert found.outcome is Outcome.CHANGED
        assert "The template has changed since" in told(found)

    def test_proofs_that_had_no_time_are_never_fine(self) -> None:
        data = small_record("md").replace(b'"proven": true', b'"proven": false').replace(b"Getting", b"Forging")
        found = checked(sealed_anew(data, "md"))
        assert found.outcome is Outcome.CHANGED
        assert "Proofs ran out of time" in told(found)


class TestChangedPolicy:
    RULES = (
        "- rule: long-way\n  when: distance > params.far\n  then: {score: {bike: 9}}\n  because: Long rides are fun.\n"
        "  basis: house\n  reason: Ours.\n  examples:\n    - {facts: {distance: 21}, fires: true}\n"
        "    - {facts: {distance: 10}, fires: false}\n"
    )

    def changed(self, folder: Path, files: dict[str, str]) -> Policy:
        """A later version of the small policy."""
        policy = layer(folder, files)
        return replace(policy, id="bike-or-train")

    @pytest.mark.parametrize("form", FORMATS)
    def test_what_differs_is_said(self, form: str, tmp_path: Path) -> None:
        policy = self.changed(tmp_path, {"rules.yaml": self.RULES})
        found = checked(small_record(form), policy)
        assert found.outcome is Outcome.CHANGED
        text = told(found)
        assert "The recommendation has changed: Bike instead of Train" in text
        assert "Bike: 9 points instead of 0" in text
        assert "Train: 0 points instead of 2" in text
        assert "- Nothing speaks for the train. (otherwise-the-bike, rules.yaml:19)" in text
        assert "more-points-for-the-train, rules.yaml:10: its condition" in text
        assert text.endswith("Its digest is right. Its text can be compared under the policy of its time only.")

    def test_answers_that_it_no_longer_takes(self, tmp_path: Path) -> None:
        facts = (
            "- fact: hurry\n  type: scale\n  range: [0, 5]\n  label: hurry\n  question: How much?\n  help: Much.\n"
            "  basis: house\n  because: Ours.\n"
        )
        policy = self.changed(tmp_path, {"vocabulary/facts.yaml": facts})
        assert "hurry, 9: `hurry` takes a whole number from 0 to 5" in told(checked(small_record("md"), policy))

    @pytest.mark.parametrize("form", FORMATS)
    def test_an_altered_record_is_still_noticed(self, form: str, tmp_path: Path) -> None:
        policy = self.changed(tmp_path, {})
        found = checked(small_record(form).replace(b"Getting", b"Getting "), policy)
        assert found.outcome is Outcome.ALTERED
        assert told(found).startswith("This record was altered: its digest does not fit the rest of it")
        found = checked(small_record(form).replace(b"\n", b"\r\n"), policy)
        assert "The cause: its line endings were converted (CRLF)." in told(found)

    def test_the_record_of_another_policy(self, shipped: Policy) -> None:
        found = checked(small_record("html"), shipped)
        assert found.outcome is Outcome.CHANGED
        assert told(found) == (
            "This record is of the policy `bike-or-train`, and this is `fine-tuning-or-rag`.\n"
            "Say where its policy is: --policy DIR"
        )


class TestNoRecords:
    @pytest.mark.parametrize(
        "data", [b"", b"# A decision\n", b"{}", b'{"a": 1}', bytes(range(256)), b"\x00" * 1_000, b"{" * 100_000]
    )
    def test_they_are_none(self, data: bytes) -> None:
        with pytest.raises(InputError) as caught:
            checked(data)
        assert caught.value.exit_code == 2
        assert caught.value.message == "`record` is no record of whyso, or its end is missing"

    @pytest.mark.parametrize("form", FORMATS)
    def test_the_kind_of_another_whyso(self, form: str) -> None:
        data = small_record(form).replace(b'"record": 1', b'"record": 2')
        assert checked(data).outcome is Outcome.ALTERED
        with pytest.raises(InputError) as caught:
            checked(sealed_anew(data, form))
        assert caught.value.message == "`record` is a record of kind 2, and this whyso reads kind 1"

    @pytest.mark.parametrize(
        "sealed",
        ["[]", "1", "null", "[" * 100_000, '{"record": 1}', '{"record": ' + "9" * 5_000 + "}", "NaN", '"x', "{}"],
    )
    def test_whatever_is_sealed_into_it(self, sealed: str) -> None:
        for data in (f"<!-- whyso record\n{sealed}\nsha256:{'0' * 64}\n-->\n", f'{{"evidence": {{}}, "x": {sealed}}}'):
            assert checked(data.encode()).outcome is Outcome.ALTERED


def test_another_version_reproduces_what_has_not_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "__version__", "0.2.0")
    assert checked(small_record("md")).outcome is Outcome.REPRODUCED


def test_the_evidence_holds_what_a_program_needs() -> None:
    evidence = json.loads(small_record("json"))["evidence"]
    assert evidence["subject"]["answers"] == {"distance": 12, "hurry": 9}
    assert evidence["result"]["fired"] == ["long-way", "more-points-for-the-train"]
    assert set(evidence["policy"]["rules"]) == {"long-way", "more-points-for-the-train"}
    assert rendering.FORMATS == FORMATS
