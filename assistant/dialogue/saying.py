"""What the conversation says of itself: the greeting, what it was told, that it is done, what to do next, help."""

from collections.abc import Collection, Iterable, Mapping

from assistant.dialogue.commands import COMMANDS
from assistant.dialogue.interview import refining, spared
from assistant.dialogue.questions import Choice, Question
from assistant.errors import shown
from assistant.explanation.conclusion import write_advice, write_parts
from assistant.explanation.costs import write_break_even, write_costs, write_totals
from assistant.explanation.document import Document, NumberedSource, Style, Writer, said
from assistant.explanation.wording import counted, listed, one_line
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers
from assistant.reasoning.decision import Decision


def greeting(policy: Policy) -> Document:
    """Who speaks, on what ground, and how to reply."""
    source = policy.source
    options = listed((option.label for option in policy.options), "or")
    text = (
        f"Hello. Tell me about the system you plan, and I will recommend {options}, and show why. "
        f"I go by the rules of a policy built on \u201c{source.title}\u201d "
        f"({source.author}, {source.published[:4]}), and I stop asking once nothing more can change the result."
    )
    hint = "Type an answer, or /help. /why tells why I ask, /undo takes an answer back."
    return said(text) + said(hint, Style.NOTE)


def told_so_far(policy: Policy, answers: Answers, words: Mapping[str, str], skipped: Collection[str]) -> Document:
    """What the architect has said, and was not sure of."""
    writer = Writer(policy.source)
    writer.add(Style.HEADING, "What you have told me")
    for name, fact in policy.told.items():
        if name in answers:
            quoted = f", you said \u201c{shown(words[name])}\u201d" if name in words else ""
            writer.add(Style.POINT, f"{fact.state(answers[name])}{quoted} ({name})")
    for name in skipped:
        writer.add(Style.POINT, f"{policy.facts[name].label}: not sure ({name})")
    if answers or skipped:
        writer.add(Style.NOTE, "Say /change and the name in brackets to answer again.")
    else:
        writer.add(Style.TEXT, "Nothing yet.")
    return writer.document()


def concluding(decision: Decision, skipped: Collection[str]) -> Document:
    """That nothing is left to ask, and how many answers it took and questions it spared."""
    given = counted(len(decision.inference.answers), "answer")
    left = spared(decision, skipped)
    if not decision.outlook.settled:
        text = f"I have asked what I can, and have {given}; what you left open keeps the result open."
        return said(text, Style.NOTE)
    rest = f" {counted(left, 'other question')} could not change it any more, so I do not ask." if left else ""
    return said(f"That settles it, with {given}.{rest}", Style.NOTE)


def offer(decision: Decision, skipped: Collection[str], *, record: bool = False) -> Question:
    """What can be done once there is a recommendation; `record` where one can be written."""
    further = next(refining(decision, skipped), None)
    offered = [
        ("Optional questions, for the plan and the costs", "/more"),
        ("The plan, step by step", "/plan"),
        ("The costs", "/costs"),
        ("How the recommendation follows", "/how"),
        ("What would change it", "/flip"),
        *([("Save the decision record to a file", "/report")] if record else []),
        ("That is all", "/quit"),
    ]
    chosen = offered if further is not None else offered[1:]
    choices = tuple(Choice(label, said, str(number)) for number, (label, said) in enumerate(chosen, 1))
    return Question("", "What would you like to see?", "Choose one, or ask: /help lists all", choices)


def plan_page(decision: Decision) -> Document:
    """The way there, with all advice but that on costs."""
    writer = Writer(decision.policy.source)
    write_parts(writer, decision.inference)
    write_advice(writer, decision.inference, ["step", "stack", "measure", "expectation", "risk", "tension"])
    return writer.document()


def costs_page(decision: Decision, months: int) -> Document:
    """What each option costs over so many months, when one passes another, and what is to be known of it."""
    outlook = decision.costs_over(months)
    writer = Writer(decision.policy.source)
    write_totals(writer, decision, outlook)
    write_break_even(writer, decision.policy, outlook)
    write_costs(writer, decision)
    write_advice(writer, decision.inference, ["cost-note"])
    return writer.document()


def sources_page(policy: Policy, sources: Iterable[NumberedSource]) -> Document:
    """The passages behind what was said last."""
    writer = Writer(policy.source)
    writer.add(Style.HEADING, "Sources of what I said last")
    for source in sources:
        writer.add(Style.SOURCE, f"[{source.number}] {source.title}  {source.link}")
    if len(writer.paragraphs) == 1:
        return said("Nothing I have said so far cites a source; say /result for the reasons.", Style.NOTE)
    writer.add(Style.NOTE, "Say /sources and a number to read one.")
    return writer.document()


def help_page(policy: Policy) -> Document:
    """What can be said at any time."""
    document = said("What you can say at any time", Style.HEADING)
    for command in COMMANDS:
        document = document + said(
            f"/{command.name} {command.takes}".rstrip() + f": {one_line(command.does)}", Style.POINT
        )
    option = policy.options[-1].label
    term = f"what does {policy.source.glossary[0].term} mean? " if policy.source.glossary else ""
    words = (
        f"Plain words do too: why do you ask? why not {option}? how sure are you? what are you assuming? {term}"
        "what would change your mind? go back. Any question about the article is answered from it."
    )
    return document + said(f"{words} An answer may be a number, a word, or not sure.", Style.NOTE)
