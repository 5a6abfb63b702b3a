"""A policy that is edited while a conversation goes on under it."""

import io
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from time import time_ns

import pytest

from assistant.dialogue.conversation import Conversation
from assistant.dialogue.lines import ANSWER_AGAIN, converse
from assistant.dialogue.watching import News, Watcher
from assistant.errors import WhysoError
from assistant.explanation.plain import lines_of
from assistant.reasoning.loading import load_policy
from tests.golden import assert_golden
from tests.layer import edit, layer_over
from tests.rejected import BASE

BELOW = "bike-or-train"
DIGEST = re.compile(r"\b[0-9a-f]{12}\b")
FACTS, RULES = f"{BELOW}/vocabulary/facts.yaml", f"{BELOW}/rules.yaml"


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A layer over the small policy, as the working directory."""
    folder = layer_over(BASE, BELOW, tmp_path / "mine")
    monkeypatch.chdir(folder)
    return folder


class Watched:
    """A conversation whose policy is looked after."""

    def __init__(self, folder: Path, *said: str) -> None:
        begun = time_ns()
        policy = load_policy(folder)
        self.watcher = Watcher(lambda: load_policy(folder), policy, begun)
        self.chat = Conversation(policy, "reference")
        self.chat.open()
        for text in said:
            self.chat.say(text)

    def look(self) -> News | None:
        return self.watcher.look(settled=True)

    def adopted(self) -> str:
        """What is said of the edit."""
        news = self.look()
        assert news is not None
        assert news.policy is not None, news
        return lines_of(self.chat.adopt(news.policy).document, 1000)


def test_an_edit_is_in_force_and_says_what_it_changed(mine: Path) -> None:
    one = Watched(mine, "/change distance 12", "/change hurry late", "/change luggage no")
    assert one.look() is None
    edit(mine / "policy.yaml", ("value: 10", "value: 20"))
    assert_golden("edited-param.txt", DIGEST.sub("0" * 12, one.adopted()) + "\n")
    assert one.chat.decision.recommended == "bike"
    assert one.chat.policy.params["far"].value == 20
    assert one.chat.state.answers == {"distance": 12, "hurry": 9, "luggage": False}
    assert one.look() is None
    one.chat.say("/undo")
    one.chat.say("/undo")
    assert one.chat.decision.policy is one.chat.policy
    one.chat.say("/change distance 21")
    assert one.chat.decision.recommended == "train"


def test_the_question_on_the_table_stays_while_it_matters(mine: Path) -> None:
    one = Watched(mine)
    edit(mine / FACTS, ("How far is it?", "How many kilometres?"))
    text = one.adopted()
    assert "fact distance: question changed (vocabulary/facts.yaml:1)" in text
    assert "For this case it changes nothing: Bike, as before." in text
    assert one.chat.question is not None
    assert (one.chat.question.fact, one.chat.question.text) == ("distance", "How many kilometres?")
    edit(mine / "policy.yaml", ("params:", "disable: [long-way]\nparams:"))
    text = one.adopted()
    assert "rule long-way: gone" in text
    assert "settled now" in text
    assert "Recommendation: Bike" in text
    assert not one.chat.question.fact


def test_what_a_policy_takes_no_more_is_set_aside_until_one_does_again(mine: Path) -> None:
    one = Watched(mine, "/change luggage no", "/change hurry late", "/change weather wet")
    rename = [("fact: luggage", "fact: bags"), ("value: wet, label: wet", "value: snow, label: snow")]
    edit(mine / FACTS, *rename)
    text = one.adopted()
    assert "luggage, no: the policy no longer asks for this" in text
    assert "weather, wet: `weather` takes one of `dry`, `snow`, not `wet`" in text
    assert one.chat.state.answers == {"hurry": 9}
    edit(mine / FACTS, *((new, old) for old, new in rename))
    assert "Taken again, as you said before: there is no luggage; weather: wet." in one.adopted()
    assert one.chat.state.answers == {"luggage": False, "hurry": 9, "weather": "wet"}
    one.chat.say("/undo")
    assert one.chat.state.answers == {"luggage": False, "hurry": 9}
    assert one.chat.state.words == {"hurry": "late"}


def test_mistakes_leave_the_last_good_policy_in_force_and_are_told_once(mine: Path) -> None:
    one = Watched(mine, "/change distance 12")
    good = one.chat.policy
    rule = "- rule: a\n  when: distanc > 2\n  then: {score: {bike: 1, ship: 2}}\n"
    (mine / "rules.yaml").write_text(rule, encoding="utf-8")
    news = one.look()
    assert news is not None
    assert news.policy is None
    assert news.title == "The edited policy has 5 mistakes; what was in force stays so."
    assert news.lines[-3:] == [
        "rules.yaml:1:3: the rule `a` lacks `examples`",
        "help: add `examples:`",
        "and 2 more, which whyso check lists",
    ]
    assert one.watcher.mistakes == news.mistakes
    (mine / "rules.yaml").write_text(f"\n# a comment\n{rule}", encoding="utf-8")
    assert one.look() is None, "the same mistakes, two lines further down"
    (mine / "rules.yaml").write_text(rule.replace("distanc ", "distance "), encoding="utf-8")
    assert one.look() is not None, "others"
    assert one.chat.policy is good
    (mine / "rules.yaml").unlink()
    news = one.look()
    assert news is not None
    assert news.mended
    assert news.policy is not None
    assert one.watcher.mistakes == ()
    assert not one.chat.adopt(news.policy).document.paragraphs, "it says what it said before"


def test_lines_that_moved_are_known_without_a_word(mine: Path) -> None:
    one = Watched(mine, "/change distance 12")
    question = one.chat.question
    edit(mine / RULES, ("- rule: long-way", "# a comment\n\n- rule: long-way"))
    assert one.adopted() == ""
    assert one.chat.question == question
    assert one.chat.policy.by_id["long-way"].at == "rules.yaml:3"


def test_no_state_of_the_folder_does_harm(mine: Path) -> None:
    one = Watched(mine, "/change distance 12")
    (mine / "policy.yaml").write_bytes(b"\xff\xfe\x00")
    assert one.look() is not None
    (mine / ".#rules.yaml").symlink_to("nobody@nowhere.1")
    assert one.look() is None, "an editor's own file"
    (mine / "policy.yaml").unlink()
    (mine / "policy.yaml").mkdir()
    assert one.look() is not None
    shutil.rmtree(mine)
    news = one.look()
    assert news is not None
    assert [finding.message[:27] for finding in news.mistakes] == ["there is no policy folder `"]
    assert one.look() is None
    layer_over(BASE, BELOW, mine)
    assert one.adopted() == ""


def test_what_is_still_being_written_is_not_read(mine: Path) -> None:
    one = Watched(mine)
    edit(mine / "policy.yaml", ("value: 10", "value: 30"))
    assert one.watcher.look() is None
    assert one.watcher.restless
    edit(mine / "policy.yaml", ("value: 30", "value: 20"))
    assert one.watcher.look() is None
    news = one.watcher.look()
    assert news is not None
    assert news.policy is not None
    assert news.policy.params["far"].value == 20
    assert not one.watcher.restless
    assert one.watcher.look() is None


def test_a_file_put_in_another_s_place_with_its_time_and_size_is_noticed(mine: Path) -> None:
    one = Watched(mine)
    path, new = mine / "policy.yaml", mine / "new"
    before = path.stat()
    new.write_text(path.read_text(encoding="utf-8").replace("value: 10", "value: 20"), encoding="utf-8")
    os.utime(new, ns=(before.st_atime_ns, before.st_mtime_ns))
    new.replace(path)
    one.adopted()
    assert one.chat.policy.params["far"].value == 20


def test_what_was_written_while_it_was_read_is_read_again(mine: Path) -> None:
    begun = time_ns()
    policy = load_policy(mine)
    edit(mine / "policy.yaml", ("value: 10", "value: 20"))
    news = Watcher(lambda: load_policy(mine), policy, begun).look()
    assert news is not None
    assert news.policy is not None
    assert news.policy.params["far"].value == 20


def test_a_policy_that_cannot_come_into_force_changes_nothing(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Watched(mine, "/change distance 12")
    before = dict(vars(one.chat))
    edit(mine / "policy.yaml", ("value: 10", "value: 20"))
    news = one.look()
    assert news is not None
    assert news.policy is not None

    def failing(*_: object) -> None:
        raise WhysoError("the engine is out of order")

    monkeypatch.setattr("assistant.dialogue.adopting.edited_document", failing)
    with pytest.raises(WhysoError):
        one.chat.adopt(news.policy)
    assert vars(one.chat) == before


class Edited(Watcher):
    """Looks after a policy that somebody edits just before each look; once for each answer."""

    edits: Iterator[tuple[str, str] | None] = iter(())

    def look(self, *, settled: bool = False) -> News | None:
        change = next(self.edits, None) if not self.restless else None
        if change is not None:
            edit(Path("policy.yaml"), change)
        return super().look(settled=settled)


def test_in_plain_lines_an_edit_is_in_force_before_the_next_answer(mine: Path) -> None:
    begun = time_ns()
    watcher = Edited(lambda: load_policy(mine), load_policy(mine), begun)
    said = {
        "/change distance 12": None,
        "/answers": ("value: 10", "value: x"),
        "/plan": None,
        "/result": ("value: x", "value: 20"),
        "/undo": None,
        "12": ("params:", "disable: [long-way]\nparams:"),
        "/quit": None,
    }
    watcher.edits = iter(said.values())
    sink = io.StringIO()
    converse(load_policy(mine), "reference", io.StringIO("\n".join(said) + "\n"), sink, watcher=watcher)
    told = sink.getvalue()
    assert told.count("The edited policy has a mistake; what was in force stays so.") == 1
    assert "policy.yaml:5:25: `far` is a whole number, not a word" in told
    assert told.index("The edited policy is in force from here") < told.index("Recommendation: Bike")
    assert ANSWER_AGAIN in told
