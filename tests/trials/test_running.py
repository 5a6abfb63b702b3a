"""Running a policy's tests: what fails is told as `whyso check` tells it, in the same order however many processes."""

import shutil
from pathlib import Path

import pytest

from assistant.errors import CaseError, InputError
from assistant.policy.compiler import compile_policy
from assistant.policy.syntax import Policy
from assistant.reasoning.engines import durable_available
from assistant.reasoning.loading import all_findings
from assistant.trials.pool import jobs_for
from assistant.trials.running import NamedCase, Ran, cases_at, run_tests, summary
from tests.rejected import BASE


def compiled(folder: Path) -> Policy:
    policy = compile_policy(folder).policy
    assert policy is not None
    return policy


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def many_cases(folder: Path, number: int) -> None:
    """Cases in the policy's folder, every third of which expects something else than comes out."""
    for place in range(number):
        final = "train" if place % 3 == 0 else "bike"
        text = f"case: hop-{place}\nanswers: {{distance: {place % 10}}}\nexpect: {{final: {final}}}\n"
        (folder / "cases" / f"hop-{place:03}.yaml").write_text(text, encoding="utf-8")


def test_what_fails_is_told_as_check_tells_it(folder: Path) -> None:
    change(folder / "rules.yaml", "distance: 11}, fires: true", "distance: 9}, fires: true")
    change(folder / "cases" / "short-hop.yaml", "final: bike, matrix: bike", "final: train, matrix: train")
    ran = run_tests(compiled(folder))
    assert ran.findings == all_findings(folder)[1]
    assert [str(finding).splitlines()[0] for finding in ran.findings] == [
        "cases/short-hop.yaml:3:17: in the case `short-hop` `final` is `bike`, expected `train`",
        "cases/short-hop.yaml:3:32: in the case `short-hop` `matrix` is `bike`, expected `train`",
        "rules.yaml:8:7: the example says that `long-way` fires, but it does not fire",
        "rules.yaml:17:7: the example says that `more-points-for-the-train` fires, but it does not fire",
    ]
    assert summary(ran) == "bike-or-train 1.0.0: 6 examples and 1 case: 3 fail"


def outcome(ran: Ran) -> list[object]:
    return [ran.findings, [(trial.span, trial.holds, dict(trial.answers)) for trial in ran.trials], summary(ran)]


def test_processes_make_no_difference(folder: Path) -> None:
    many_cases(folder, 30)
    policy = compiled(folder)
    alone = run_tests(policy, jobs=1)
    assert len(alone.cases) == 31
    assert outcome(run_tests(policy, jobs=3)) == outcome(alone)


def test_processes_are_started_where_they_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    assert [jobs_for(items, None, 150) for items in (0, 149, 300, 10_000)] == [1, 1, 2, 4]
    assert (jobs_for(5, 3, 150), jobs_for(2, 64, 150)) == (3, 2)


@pytest.mark.skipif(not durable_available(), reason="durable-rules does not import on this Python")
def test_a_named_engine_runs_examples_and_cases(folder: Path) -> None:
    many_cases(folder, 5)
    policy = compiled(folder)
    assert outcome(run_tests(policy, engine="durable")) == outcome(run_tests(policy))


def test_below_a_layer_another_result_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(BASE, tmp_path / "bike-or-train")
    head = "policy: my-trip\nversion: 2.0.0\nextends: bike-or-train\nparams: [{param: far, value: 12, because: x}]\n"
    (tmp_path / "policy.yaml").write_text(head, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ran = run_tests(compiled(tmp_path))
    assert ran.holds
    assert ran.findings == all_findings(tmp_path)[1]
    assert summary(ran) == "my-trip 2.0.0: 6 examples and 1 case: all hold, below, 3 tests come out otherwise"


def test_cases_beside_the_policy_are_run_too(folder: Path) -> None:
    aside = folder.parent / "aside"
    aside.mkdir()
    (aside / "far.yaml").write_text("answers: {distance: 20}\nexpect: {final: bike}\n", encoding="utf-8")
    (aside / "near.yaml").write_text("answers: {distance: 2}\n", encoding="utf-8")
    ran = run_tests(compiled(folder), cases_at(aside))
    assert [finding.message for finding in ran.findings] == ["in this case `final` is `train`, expected `bike`"]
    assert summary(ran).endswith("6 examples and 2 cases: 1 fails, 1 case more without `expect`")


def test_named_cases_that_cannot_be_read_are_bad_input(folder: Path) -> None:
    policy = compiled(folder)
    with pytest.raises(InputError, match=r"there is no file `nowhere\.yaml`"):
        run_tests(policy, cases_at(folder / "nowhere.yaml"))
    with pytest.raises(CaseError, match="<stdin>:1:11: unknown fact `dist`"):
        run_tests(policy, [NamedCase(Path("<stdin>"), data=b"answers: {dist: 3}")])
    (folder / "empty").mkdir()
    with pytest.raises(InputError, match="there are no cases in `empty`"):
        cases_at(folder / "empty")


def test_a_case_of_the_policy_that_cannot_be_read_is_a_fault_of_it(folder: Path) -> None:
    (folder / "cases" / "odd.yaml").write_text("answers: {dist: 3}\n", encoding="utf-8")
    ran = run_tests(compiled(folder))
    assert not ran.holds
    assert [str(finding.span) for finding in ran.findings] == ["cases/odd.yaml:1:11"]
