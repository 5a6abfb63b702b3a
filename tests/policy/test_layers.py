"""Layers: a folder that extends another adds, replaces, switches off and sets, and says where each thing comes from."""

import shutil
from pathlib import Path

import pytest

from assistant.errors import InputError, PolicyError
from assistant.policy.syntax import Policy
from assistant.reasoning.decision import decide
from assistant.reasoning.loading import all_findings, load_policy
from tests.rejected import BASE

HEAD = "policy: my-trip\nversion: 2.0.0\nextends: bike-or-train\n"
RULE = """- rule: {id}
  when: {when}
  then: {then}
  because: x
  cites: [travel]
  examples: [{{facts: {{hurry: 6}}, fires: true}}, {{facts: {{hurry: 5}}, fires: false}}]
"""


@pytest.fixture
def layer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A layer that says nothing yet, over a copy of the small policy within it."""
    root = tmp_path / "layer"
    shutil.copytree(BASE, root / "bike-or-train")
    (root / "policy.yaml").write_text(HEAD, encoding="utf-8")
    monkeypatch.chdir(root)
    return root


def loaded(root: Path, **files: str) -> Policy:
    for name, text in files.items():
        (root / f"{name}.yaml").write_text(text, encoding="utf-8")
    policy, findings = all_findings(root)
    assert findings == ()
    assert policy is not None
    return policy


def test_layer_that_says_nothing_keeps_all_below(layer: Path, small: Policy) -> None:
    policy = loaded(layer)
    assert (policy.id, policy.version, policy.title) == ("my-trip", "2.0.0", small.title)
    assert policy.layers == ("bike-or-train", "my-trip")
    assert list(policy.by_id) == list(small.by_id)
    assert list(policy.facts) == list(small.facts)
    assert policy.params.keys() == small.params.keys()
    assert policy.digest != small.digest


def test_layer_replaces_a_rule_by_its_id(layer: Path) -> None:
    policy = loaded(layer, mine=RULE.format(id="long-way", when="hurry > 5", then="{score: {train: 5}}"))
    rule = policy.by_id["long-way"]
    assert rule.condition == "hurry > 5"
    assert (rule.layer, rule.at) == ("my-trip", "mine.yaml:1")
    below = policy.by_id["otherwise-the-bike"]
    assert (below.layer, below.at) == ("bike-or-train", "rules.yaml:19")


def test_layer_switches_rules_off(layer: Path) -> None:
    policy = loaded(layer, policy=HEAD + "disable: [long-way, otherwise-the-bike]\n")
    assert list(policy.by_id) == ["more-points-for-the-train"]


def test_layer_may_switch_off_and_bring_a_rule_of_the_same_id(layer: Path) -> None:
    rule = RULE.format(id="long-way", when="hurry > 5", then="{score: {train: 5}}")
    policy = loaded(layer, policy=HEAD + "disable: long-way\n", mine=rule)
    assert policy.by_id["long-way"].layer == "my-trip"


def test_layer_sets_a_param_and_keeps_the_rest_of_it(layer: Path, small: Policy) -> None:
    policy = loaded(layer, policy=HEAD + "params:\n  - {param: far, value: 20, because: We like to ride.}\n")
    far = policy.params["far"]
    assert (far.value, far.label, far.basis, far.because) == (20, "a way is long above", "house", "We like to ride.")
    assert (far.layer, far.at) == ("my-trip", "policy.yaml:5")
    assert decide(policy, {"distance": 15}).inference.verdict.final == "bike"
    assert decide(small, {"distance": 15}).inference.verdict.final == "train"


def test_param_set_without_a_word_says_which_layer_set_it(layer: Path) -> None:
    policy = loaded(layer, policy=HEAD + "params:\n  - {param: far, value: 20}\n")
    assert policy.params["far"].because == "set by the layer `my-trip`"


def test_param_that_a_layer_sets_does_not_break_the_examples_below(layer: Path) -> None:
    """They were written for the policy below, and hold there."""
    (layer / "policy.yaml").write_text(HEAD + "params:\n  - {param: far, value: 1000}\n", encoding="utf-8")
    assert all_findings(layer)[1] == ()
    assert all_findings(layer / "bike-or-train")[1] == ()


def test_layer_adds_facts_options_and_params_of_its_own(layer: Path) -> None:
    (layer / "vocabulary").mkdir()
    (layer / "vocabulary" / "more.yaml").write_text(
        "- {fact: company, type: flag, phrases: {yes: a, no: b}, label: company, question: Alone?, help: x,"
        " basis: house, because: We say so.}\n",
        encoding="utf-8",
    )
    head = HEAD + (
        "options:\n  - {option: walk, label: Walk, provides: [exercise]}\n"
        "params:\n  - {param: slow, value: 3, label: hurry is none below, basis: house, because: We say so.}\n"
    )
    rule = RULE.format(id="stroll", when="company and hurry < params.slow", then="{score: {walk: 9}}")
    rule = rule.replace("hurry: 6", "company: true, hurry: 2")
    policy = loaded(layer, policy=head, mine=rule)
    assert [option.id for option in policy.options] == ["bike", "train", "both", "walk"]
    assert policy.facts["company"].layer == "my-trip"
    assert decide(policy, {"company": True, "hurry": 1}).inference.scores["walk"] == 9


def test_verdict_of_the_highest_layer_counts(layer: Path) -> None:
    policy = loaded(layer, policy=HEAD + "verdict: {chosen: choice, needs: [hurry]}\n")
    assert policy.verdict.needs == ("hurry",)
    assert policy.verdict.parts == ()


def test_three_layers(layer: Path) -> None:
    middle = layer / "middle"
    shutil.move(layer / "bike-or-train", layer / "inner")
    middle.mkdir()
    shutil.move(layer / "inner", middle / "bike-or-train")
    (middle / "policy.yaml").write_text(
        HEAD.replace("my-trip", "middle") + "title: In between\nparams:\n  - {param: far, value: 20}\n",
        encoding="utf-8",
    )
    policy = loaded(layer, policy=HEAD.replace("bike-or-train", "middle"))
    assert policy.layers == ("bike-or-train", "middle", "my-trip")
    assert policy.title == "In between"
    assert policy.params["far"].value == 20


def test_layer_over_the_installed_policy(tmp_path: Path, shipped: Policy) -> None:
    (tmp_path / "policy.yaml").write_text(
        f"policy: ours\nversion: 1.0.0\nextends: {shipped.id}\nparams:\n  - {{param: margin, value: 3}}\n",
        encoding="utf-8",
    )
    policy = load_policy(tmp_path)
    assert policy.layers == (shipped.id, "ours")
    assert policy.source == shipped.source
    assert policy.params["margin"].value == 3
    assert list(policy.by_id) == list(shipped.by_id)


def test_layer_within_a_link_out_of_the_folder_is_refused(layer: Path, tmp_path: Path) -> None:
    shutil.move(layer / "bike-or-train", tmp_path / "elsewhere")
    (layer / "bike-or-train").symlink_to(tmp_path / "elsewhere")
    assert [str(finding) for finding in all_findings(layer)[1]] == [
        "bike-or-train:1:1: this link leads out of the policy's folder\nhelp: put a copy here instead"
    ]


def test_knowledge_within_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder / "knowledge" / "handbook", tmp_path / "handbook")
    (folder / "knowledge" / "handbook").symlink_to(tmp_path / "handbook")
    assert [str(finding).partition("\n")[0] for finding in all_findings(folder)[1]] == [
        "knowledge/handbook:1:1: this link leads out of the policy's folder"
    ]


def test_links_within_the_folder_are_followed(folder: Path) -> None:
    (folder / "drafts").mkdir()
    shutil.move(folder / "rules.yaml", folder / "drafts" / "rules.yaml")
    (folder / "rules.yaml").symlink_to("drafts/rules.yaml")
    assert all_findings(folder)[1] == ()


def test_files_of_either_ending_are_read_and_others_are_not(folder: Path) -> None:
    shutil.move(folder / "rules.yaml", folder / "rules.yml")
    (folder / "notes.txt").write_text("- rule: [", encoding="utf-8")
    (folder / "notes.yaml.bak").write_text("- rule: [", encoding="utf-8")
    policy, findings = all_findings(folder)
    assert findings == ()
    assert policy is not None
    assert len(policy.rules) == 3


def test_folder_that_is_none() -> None:
    with pytest.raises(InputError, match=r"^there is no policy folder `nowhere`"):
        load_policy(Path("nowhere"))


def test_a_thousand_and_one_files_are_too_many(folder: Path) -> None:
    for number in range(1000):
        (folder / f"r{number}.yaml").touch()
    with pytest.raises(PolicyError, match=r"1,002 files in one folder, at most 1,000"):
        load_policy(folder)


def test_huge_file_is_refused_and_the_rest_is_still_checked(folder: Path) -> None:
    (folder / "huge.yaml").write_text("# " + "x" * (3 << 20), encoding="utf-8")
    (folder / "faulty.yaml").write_text("- rule: x\n", encoding="utf-8")
    messages = [str(finding).partition("\n")[0] for finding in all_findings(folder)[1]]
    assert "huge.yaml:1:1: `huge.yaml` is larger than 2 MiB" in messages
    assert "faulty.yaml:1:3: the rule `x` lacks `when`" in messages
