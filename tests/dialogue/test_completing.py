"""How commands that are being typed may go on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.commands import COMMANDS, Command, parse_command
from assistant.dialogue.completing import completions
from assistant.dialogue.conversation import Conversation
from assistant.policy.syntax import Policy


def texts(policy: Policy, begun: str) -> list[str]:
    return [completion.text for completion in completions(policy, begun, [("1", "A passage"), ("2", "Another")])]


def test_a_slash_offers_every_command_with_what_it_does(shipped: Policy) -> None:
    offered = completions(shipped, "/")
    assert [one.shown for one in offered] == [f"/{c.name} {c.takes}".rstrip() for c in COMMANDS]
    assert all(one.does for one in offered)
    assert [one.whole for one in offered] == [not c.takes or c.takes.startswith("[") for c in COMMANDS]


def test_names_that_begin_so_come_first(shipped: Policy) -> None:
    assert texts(shipped, "/wh") == ["/why", "/why-not ", "/what-if "]
    assert texts(shipped, "/UND") == ["/undo"]
    assert "/costs" in texts(shipped, "/sts"), "held in the name"
    assert "/sources" in texts(shipped, "/passages"), "held in what it does"
    assert texts(shipped, "/xyzzy") == []
    assert texts(shipped, "costs") == []


def test_a_fact_is_found_by_name_or_label(shipped: Policy) -> None:
    for fact in shipped.told.values():
        assert f"/change {fact.name}" in texts(shipped, f"/change {fact.label[:4]}")
        assert f"/what-if {fact.name}=" in texts(shipped, f"/what-if {fact.name[:3]}")


def test_answers_are_those_that_the_question_offers(shipped: Policy) -> None:
    flag = next(fact for fact in shipped.told.values() if fact.phrases[0])
    assert texts(shipped, f"/change {flag.name} ") == [
        f"/change {flag.name} {word}" for word in ("yes", "no", "not sure")
    ]
    assert texts(shipped, f"/what-if {flag.name}=y") == [f"/what-if {flag.name}=yes"]
    assert texts(shipped, f"/what-if {flag.name}=yes {flag.name[:3]}")[0].startswith(f"/what-if {flag.name}=yes ")


def test_options_terms_numbers_and_words(shipped: Policy) -> None:
    assert texts(shipped, "/why-not ") == [f"/why-not {option.id}" for option in shipped.options]
    assert texts(shipped, "/flip ") == [f"/flip {option.id}" for option in shipped.options]
    assert len(texts(shipped, "/meaning ")) == len(shipped.source.glossary)
    assert texts(shipped, "/sources ") == ["/sources 1", "/sources 2"]
    assert texts(shipped, "/sources 2") == []
    assert texts(shipped, "/how ") == ["/how all"]
    assert texts(shipped, "/ask what") == []


def test_other_commands_are_offered_too() -> None:
    assert [one.text for one in completions(None, "/jum", (), [Command("jump", "", "elsewhere")])] == ["/jump"]
    assert completions(None, "/change x") == ()


def test_what_is_whole_can_be_said(shipped: Policy) -> None:
    """No completion leads to a message that is not understood."""
    for begun in ("/change ", "/why-not ", "/meaning ", "/how "):
        for one in completions(shipped, begun)[:12]:
            reply = Conversation(shipped, "reference").say(one.text)
            assert all(paragraph.style.value != "error" for paragraph in reply.document.paragraphs), one.text


@pytest.mark.parametrize("lead", ["/", "/change ", "/what-if ", "/flip ", "/meaning ", "/sources "])
def test_anything_may_be_typed(shipped: Policy, lead: str) -> None:
    @given(st.text(max_size=20))
    def check(text: str) -> None:
        for one in completions(shipped, lead + text, [("1", "A")]):
            assert one.text != lead + text
            assert parse_command(one.text) is not None

    check()
