"""Layers: a folder that extends another adds, replaces, switches off and sets, and says where each thing comes from."""

import shutil
from pathlib import Path

import pytest

from assistant.errors import InputError, PolicyError
from assistant.explanation.wording import because
from assistant.knowledge import index_of
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
    assert [str(finding) for finding in findings if finding.severity == "error"] == []
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


def warnings(root: Path) -> list[str]:
    findings = all_findings(root)[1]
    assert {finding.severity for finding in findings} <= {"warning"}
    return [str(finding) for finding in findings]


def test_what_a_layer_makes_of_the_examples_and_cases_below_it_is_a_warning(layer: Path) -> None:
    """They were written for the policy below, and hold there."""
    (layer / "policy.yaml").write_text(HEAD + "params:\n  - {param: far, value: 2}\n", encoding="utf-8")
    assert warnings(layer) == [
        "bike-or-train/cases/short-hop.yaml:3:17: warning[case-below]: "
        "the layer `my-trip` changes this: in the case `short-hop` `final` is"
        " `train`, expected `bike`; and 4 more differences",
        "bike-or-train/rules.yaml:9:7: warning[example-below]: "
        "the layer `my-trip` changes this: the example here says that `long-way` does not"
        " fire, but it fires\nhelp: its condition `distance > params.far` read `distance` as 10",
        "bike-or-train/rules.yaml:18:7: warning[example-below]: "
        "the layer `my-trip` changes this: the example here says that"
        " `more-points-for-the-train` does not fire, but it fires\n"
        "help: its condition `scores.train > scores.bike` read `scores.bike` as 0, `scores.train` as 2",
        "bike-or-train/rules.yaml:26:7: warning[example-below]: "
        "the layer `my-trip` changes this: the example here says that"
        " `otherwise-the-bike` fires, but it does not fire\n"
        "help: its condition `scores.train <= scores.bike` read `scores.bike` as 0, `scores.train` as 2",
    ]
    assert all_findings(layer / "bike-or-train")[1] == ()
    assert load_policy(layer).params["far"].value == 2, "warnings keep nobody from being advised"


def test_case_below_that_names_a_rule_switched_off_says_where(layer: Path) -> None:
    (layer / "policy.yaml").write_text(HEAD + "disable: [long-way]\n", encoding="utf-8")
    assert warnings(layer)[0] == (
        "bike-or-train/cases/short-hop.yaml:3:95: warning[case-below]: "
        "the layer `my-trip` changes this: the rule `long-way` is switched"
        " off, at policy.yaml:4:11"
    )


def altered(layer: Path, text: str) -> Policy:
    (layer / "vocabulary").mkdir()
    (layer / "vocabulary" / "asked.yaml").write_text(text, encoding="utf-8")
    return loaded(layer)


def test_layer_alters_a_question_and_leaves_the_rest_of_the_fact(layer: Path, small: Policy) -> None:
    policy = altered(
        layer,
        "- fact: weather\n"
        "  question: What will the sky do?\n"
        "  help: See the forecast.\n"
        "  options: [{value: wet, label: pouring}]\n"
        "  prior: {basis: house, because: It rains here., weights: [{value: wet, weight: 3},"
        " {value: dry, weight: 1}]}\n"
        "- fact: luggage\n"
        "  phrases: {yes: we carry bags}\n"
        "- fact: hurry\n"
        "  anchors: {words: [{word: leisurely, value: 1}]}\n"
        "  ask: false\n"
        "- {fact: hurried, label: in a hurry}\n",
    )
    weather, before = policy.facts["weather"], small.facts["weather"]
    assert (weather.question, weather.help, weather.label) == ("What will the sky do?", "See the forecast.", "weather")
    assert [(option.value, option.label) for option in weather.options] == [("dry", "dry"), ("wet", "pouring")]
    assert [(band.value, band.weight) for band in weather.prior] == [("wet", 3), ("dry", 1)]
    assert (weather.kind, weather.cites, weather.layer) == (before.kind, before.cites, "bike-or-train")
    assert policy.facts["luggage"].phrases == ("we carry bags", "there is no luggage")
    assert [word.word for word in policy.facts["hurry"].words] == ["leisurely"]
    assert policy.facts["hurry"].measure == small.facts["hurry"].measure
    assert not policy.facts["hurry"].asked
    assert policy.facts["hurried"].label == "in a hurry"
    assert list(policy.facts) == list(small.facts)


def test_layer_with_a_type_declares_the_fact_anew(layer: Path) -> None:
    policy = altered(
        layer,
        "- {fact: weather, type: choice, label: sky, question: How?, help: x, basis: house, because: y,\n"
        "   options: [{value: dry, label: a}, {value: wet, label: b}]}\n",
    )
    assert (policy.facts["weather"].label, policy.facts["weather"].layer) == ("sky", "my-trip")


def test_options_keep_what_a_layer_leaves_out(layer: Path) -> None:
    options = "options: [{option: train, label: The railway}, {option: bike, provides: [shelter]}]\n"
    policy = loaded(layer, policy=HEAD + options)
    assert [(option.label, sorted(option.provides)) for option in policy.options] == [
        ("Bike", ["shelter"]),
        ("The railway", ["shelter"]),
        ("Bike and train", ["exercise", "shelter"]),
    ]


HANDBOOK = """source: ours
title: Our handbook
author: We
published: "2024-01-01"
url: https://example.org/ours
sections: [commuting]
"""
COMMUTING = """section: commuting
title: Commuting
passages:
  - passage: commuting
    claims:
      - {claim: hurry, text: Whoever hurries takes the train., figures: []}
"""


def with_source(layer: Path) -> None:
    folder = layer / "knowledge" / "ours"
    folder.mkdir(parents=True)
    (folder / "source.yaml").write_text(HANDBOOK, encoding="utf-8")
    (folder / "commuting.yaml").write_text(COMMUTING, encoding="utf-8")
    terms = "terms:\n  - {term: commute, means: The way to work., basis: house}\n"
    (folder / "glossary.yaml").write_text(terms, encoding="utf-8")


def test_source_of_a_layer_stands_beside_the_one_below(layer: Path, small: Policy) -> None:
    with_source(layer)
    rule = RULE.format(id="hurry-up", when="hurry > 5", then="{score: {train: 1}}")
    rule = rule.replace("[travel]", "[commuting#hurry, travel]")
    policy = loaded(layer, policy=HEAD + "source: ours\n", mine=rule)
    source = policy.source
    assert (source.title, [part.id for part in source.parts]) == (small.source.title, ["handbook", "ours"])
    assert [passage.id for passage in source.passages][-1] == "commuting"
    assert source.by_id["commuting"].trail == "Our handbook \u203a Commuting"
    assert source.link("commuting") == "https://example.org/ours#commuting"
    assert source.link("travel") == "whyso:travel"
    assert [term.term for term in source.glossary] == ["commute"]
    assert [str(cite) for cite in policy.by_id["hurry-up"].cites] == ["commuting#hurry", "travel"]
    assert index_of(source).ask("Who takes the train in a hurry?").hits[0].passage.id == "commuting"


def test_origins_say_what_set_what_and_what_is_off(layer: Path) -> None:
    (layer / "vocabulary").mkdir()
    (layer / "vocabulary" / "asked.yaml").write_text("- {fact: weather, question: Rain?, ask: false}\n", "utf-8")
    policy = loaded(
        layer,
        policy=HEAD + "disable: otherwise-the-bike\nparams:\n  - {param: far, value: 10}\n",
        mine=RULE.format(id="long-way", when="hurry > 5", then="{score: {train: 5}}"),
    )

    def said(kind: str, id: str) -> list[tuple[str, str, tuple[str, ...]]]:
        origin = policy.origin(kind, id)
        assert origin is not None
        return [(setting.layer, setting.at, setting.keys) for setting in origin.settings]

    base = "bike-or-train"
    assert said("rule", "long-way") == [(base, "rules.yaml:1", ()), ("my-trip", "mine.yaml:1", ())]
    assert said("param", "far") == [(base, "policy.yaml:18", ()), ("my-trip", "policy.yaml:6", ())]
    assert said("fact", "weather") == [
        (base, "vocabulary/facts.yaml:30", ()),
        ("my-trip", "vocabulary/asked.yaml:1", ("question", "ask")),
    ]
    off = policy.origin("rule", "otherwise-the-bike")
    assert off is not None
    assert off.off is not None
    assert (off.off.layer, off.off.at) == ("my-trip", "policy.yaml:4")
    assert policy.origin("rule", "nothing") is None


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


def test_a_number_of_the_layer_is_told_as_its_own(layer: Path) -> None:
    head = HEAD + "params:\n  - {param: far, value: 20, because: Our roads are good.}\n"
    policy = loaded(layer, policy=head)
    rule = policy.by_id["long-way"]
    said = because(rule, decide(policy, {"distance": 21}).inference)
    assert said.endswith("(far is 20 in my-trip: Our roads are good.)")
