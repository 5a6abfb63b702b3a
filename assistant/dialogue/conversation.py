"""The conversation: the one owner of what has been said. A reply goes in, a document and the next question come out.

It knows no screen; the chat in the terminal and the chat in plain lines hold the same conversation.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from assistant.dialogue.asking import answer_if_said, answer_to, meaning_of, option_meant, option_words
from assistant.dialogue.commands import BY_NAME, parse_command
from assistant.dialogue.intents import asks
from assistant.dialogue.interview import deciding, refining
from assistant.dialogue.questions import Question, means_unsure, question_for, reply_value
from assistant.dialogue.saying import concluding, greeting, help_page, offer, told_so_far
from assistant.errors import InputError, WhysoError, did_you_mean, shown
from assistant.explanation.alternatives import (
    flips_document,
    settling_document,
    what_if_document,
    why_not_document,
)
from assistant.explanation.conclusion import conclusion, write_advice, write_costs, write_parts
from assistant.explanation.document import Document, NumberedSource, Style, Writer, said, told_wrong
from assistant.explanation.pages import passage_page
from assistant.explanation.proof import proof_document
from assistant.explanation.questions import why_asked
from assistant.explanation.standing import assumptions_document, sureness_document
from assistant.explanation.wording import listed
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Answers, Value
from assistant.reasoning.contrast import what_if, why_not
from assistant.reasoning.counterfactuals import flips_of, settling
from assistant.reasoning.decision import Decision, decide
from assistant.reasoning.elicitation import NextQuestion

MOST_CHARACTERS = 10_000
SHORT_PROOF = 2
_BETWEEN_CHANGES = re.compile(r" and |[ ,]+(?=\w+=)")


@dataclass(frozen=True, slots=True)
class Reply:
    """What whyso says: a document, then the question on the table, if any. `passage` is one to show beside it."""

    document: Document
    question: Question | None = None
    passage: str | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """All that a conversation remembers.

    `words` are those in which a fact was told, where they are not its value; `refine` once the architect asked for the
    further questions.
    """

    answers: Answers = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    asked: str | None = None
    concluded: bool = False
    refine: bool = False


class Conversation:
    """A conversation under one policy."""

    def __init__(self, policy: Policy, engine: str | None = None) -> None:
        self.policy = policy
        self.engine = engine
        self.state = State()
        self.history: list[State] = []
        self.decision: Decision = decide(policy, {}, engine)
        self.question: Question | None = None
        self.upcoming = NextQuestion(None, (), 0)
        self.sources: tuple[NumberedSource, ...] = ()

    def open(self) -> Reply:
        """The greeting and the first question."""
        return self._next(greeting(self.policy))

    def resume(
        self,
        state: State,
        history: Iterable[State],
        sources: tuple[NumberedSource, ...],
        document: Document,
        question: Question | None = None,
    ) -> Reply:
        """Takes up a conversation where it was left: says the document, then puts that question, or else the next."""
        self._move(state)
        self.history, self.sources = list(history), sources
        if question is None:
            return self._next(document)
        self.question, self.upcoming = question, deciding(self.decision, state.skipped)
        return self._again(document)

    def say(self, text: str) -> Reply:
        """The reply to one message. What is wrong with it is explained, and nothing is lost or left half done."""
        try:
            with self._whole_or_not_at_all():
                return self._heard(text if len(text) > MOST_CHARACTERS else text.strip())
        except WhysoError as error:
            return self._again(told_wrong(self._in_words(error.message), error.help))

    @contextmanager
    def _whole_or_not_at_all(self) -> Iterator[None]:
        """Puts everything back as it was where a turn ends in an error or an interruption."""
        kept = (list(self.history), self.state, self.decision, self.question, self.upcoming, self.sources)
        done = False
        try:
            yield
            done = True
        finally:
            if not done:
                self.history, self.state, self.decision, self.question, self.upcoming, self.sources = kept

    def _in_words(self, message: str) -> str:
        """A message with the question's fact by its name for people."""
        if self.question is None or not self.question.fact:
            return message
        return message.replace(f"`{self.question.fact}`", self.policy.facts[self.question.fact].label)

    def _heard(self, text: str) -> Reply:
        if len(text) > MOST_CHARACTERS:
            limit = f"the most I take at once is {MOST_CHARACTERS:,} characters"
            return self._again(told_wrong(f"that is {len(text):,} characters; {limit}", "say it in fewer words"))
        if not text.strip():
            return self._again(said("Type an answer, choose one, or say /help.", Style.NOTE))
        asked = self.question
        command = self._offered(text) or self._command(text)
        if command is not None:
            return self._do(*command)
        if asks(text) and not self._answers(text):
            return self._again(answer_to(self.policy, text))
        if asked is None or not asked.fact:
            return self._again(
                told_wrong(f"I did not understand `{shown(text.strip())}`", "say /help for what I understand")
            )
        if means_unsure(text):
            return self._skip(asked.fact)
        return self._answer(asked.fact, text, asked)

    def _offered(self, text: str) -> tuple[str, str] | None:
        """The command behind a choice of what to do next."""
        if self.question is None or self.question.fact:
            return None
        wanted = text.strip().lower()
        for choice in self.question.choices:
            if wanted in (choice.key, choice.said, choice.label.lower()):
                return parse_command(choice.said)
        return None

    def _command(self, text: str) -> tuple[str, str] | None:
        """A command, unless the words are an answer to the question on the table."""
        command = parse_command(text, option_words(self.policy))
        if command is None or text.strip().startswith("/"):
            return command
        return None if self._answers(text) else command

    def _answers(self, text: str) -> bool:
        """Whether a text is an answer to the question on the table."""
        if self.question is None or not self.question.fact:
            return False
        try:
            reply_value(self.policy.facts[self.question.fact], self.question, text)
        except WhysoError:
            return means_unsure(text)
        return True

    def _do(self, name: str, argument: str) -> Reply:
        pages: dict[str, Callable[[], Document]] = {
            "how": lambda: self._proof(argument),
            "settle": self._settling,
            "answers": lambda: told_so_far(self.policy, self.state.answers, self.state.words, self.state.skipped),
            "result": lambda: conclusion(self.decision),
            "plan": self._plan,
            "costs": self._costs,
            "help": lambda: help_page(self.policy),
            "sure": lambda: sureness_document(self.decision),
            "assumptions": lambda: assumptions_document(self.decision, self.state.words),
            "ask": lambda: answer_to(self.policy, argument),
            "meaning": lambda: meaning_of(self.policy, argument),
        }
        acts: dict[str, Callable[[], Reply]] = {
            "why": self._why,
            "why-not": lambda: self._why_not(argument),
            "what-if": lambda: self._again(self._what_if(argument)),
            "flip": lambda: self._flip(argument),
            "change": lambda: self._change(argument),
            "undo": self._undo,
            "restart": self._restart,
            "sources": lambda: self._source(argument),
            "more": self._more,
            "quit": lambda: Reply(said("Goodbye."), ended=True),
        }
        if name in pages:
            return self._again(pages[name]())
        if name in acts:
            return acts[name]()
        help = did_you_mean(name, BY_NAME) or "say /help for the commands"
        return self._again(told_wrong(f"there is no command `/{shown(name)}`", help))

    def _move(self, state: State) -> None:
        """The one way to a new state: decided first, so that what cannot be is never remembered."""
        decision = decide(self.policy, state.answers, self.engine)
        decision.outlook  # noqa: B018  # raises where the answers leave no possibility
        self.history.append(self.state)
        self.state, self.decision = state, decision

    def _answer(self, name: str, text: str, question: Question) -> Reply:
        fact = self.policy.facts[name]
        value = reply_value(fact, question, text)
        answers = {**self.state.answers, name: value}
        skipped = tuple(other for other in self.state.skipped if other != name)
        words = {known: word for known, word in self.state.words.items() if known != name}
        if fact.numeric and re.sub(r"[\s,_]", "", text) != str(value):
            words[name] = text.strip()
        self._move(replace(self.state, answers=answers, words=words, skipped=skipped, asked=None))
        quoted = f" (you said \u201c{shown(words[name])}\u201d)" if name in words else ""
        return self._next(said(f"Noted: {fact.state(value)}{quoted}.", Style.NOTE))

    def _skip(self, name: str) -> Reply:
        answers = {known: value for known, value in self.state.answers.items() if known != name}
        words = {known: word for known, word in self.state.words.items() if known != name}
        skipped = (*(other for other in self.state.skipped if other != name), name)
        self._move(replace(self.state, answers=answers, words=words, skipped=skipped, asked=None))
        return self._next(said(f"Left open: {self.policy.facts[name].label}.", Style.NOTE))

    def _change(self, argument: str) -> Reply:
        if not argument:
            example = next((f", such as /change {name}" for name in self.policy.told), "")
            return self._again(told_wrong("which answer is to change?", f"say /change and a fact{example}"))
        fact, answer = self._fact_and_rest(argument)
        if fact is None:
            return self._again(told_wrong(f"there is no fact `{shown(argument)}`", self._similar(argument)))
        question = question_for(self.policy.facts[fact])
        if answer:
            return self._skip(fact) if means_unsure(answer) else self._answer(fact, answer, question)
        self.history.append(self.state)
        self.state = replace(self.state, asked=fact)
        known = self.state.answers.get(fact)
        now = f"Now: {self.policy.facts[fact].state(known)}." if known is not None else "Not answered so far."
        return self._next(said(now, Style.NOTE))

    def _fact_and_rest(self, text: str) -> tuple[str | None, str]:
        """The fact whose name or label a text begins with, the longest first, and what follows it."""
        words = text.split()
        for length in range(len(words), 0, -1):
            fact = self._fact(" ".join(words[:length]))
            if fact is not None:
                return fact, " ".join(words[length:])
        return None, ""

    def _similar(self, text: str) -> str:
        """Help that names the facts a text could mean."""
        wanted = text.split()[0].lower() if text.split() else ""
        alike = [name for name in self.policy.told if wanted and wanted in name.split("_")]
        if alike:
            return "did you mean " + listed((f"`{name}`" for name in alike[:4]), "or") + "?"
        return did_you_mean(text, self.policy.told) or "say /answers for what you have told me"

    def _fact(self, name: str) -> str | None:
        wanted = " ".join(name.lower().split())
        for fact in self.policy.told.values():
            if wanted and wanted in (fact.name, fact.name.replace("_", " "), fact.label.lower()):
                return fact.name
        return None

    def _undo(self) -> Reply:
        if not self.history:
            return self._again(said("There is nothing to undo.", Style.NOTE))
        gone, self.state = self.state, self.history.pop()
        self.decision = decide(self.policy, self.state.answers, self.engine)
        now, before = self.state.answers, gone.answers
        restored = [name for name in now if name not in before]
        taken = [name for name in self.policy.told if name in before and before[name] != now.get(name)]
        taken += [name for name in gone.skipped if name not in self.state.skipped and name not in now]
        if len(taken) == 1 and not restored:
            self.state = replace(self.state, asked=taken[0])
        labels = listed(self.policy.facts[name].label for name in (restored or taken)[:6])
        what = f"Back again: {labels}." if restored else f"Taken back: {labels}." if taken else "One step back."
        return self._next(said(what, Style.NOTE))

    def _settling(self) -> Document:
        return settling_document(self.policy, settling(self.policy, self.state.answers), self.state.words)

    def _proof(self, argument: str) -> Document:
        """The proof, short; all of it where more was asked for."""
        depth = None if argument else SHORT_PROOF
        return proof_document(self.decision, depth, self.state.words, deeper="/how all shows all of it")

    def _why(self) -> Reply:
        if self.question is None or not self.question.fact:
            told = said("Nothing is being asked; this is why I recommend what I do.", Style.NOTE)
            return self._again(told + conclusion(self.decision))
        return self._again(why_asked(self.policy, self.state.answers, self.question.fact))

    def _why_not(self, argument: str) -> Reply:
        option = option_meant(self.policy, argument)
        if option is None:
            return self._again(self._which_option(argument, "why-not"))
        return self._again(why_not_document(self.decision, why_not(self.decision, option), self.state.words))

    def _flip(self, argument: str) -> Reply:
        option = option_meant(self.policy, argument)
        if argument and option is None:
            return self._again(self._which_option(argument, "flip"))
        found = flips_of(self.policy, self.state.answers, option)
        return self._again(flips_document(self.decision, found, option, words=self.state.words))

    def _which_option(self, argument: str, command: str) -> Document:
        names = [option.id for option in self.policy.options]
        example = f"say /{command} {names[0]}"
        if not argument:
            return told_wrong("which option do you mean?", example)
        return told_wrong(f"there is no option `{shown(argument)}`", did_you_mean(argument, names) or example)

    def _what_if(self, argument: str) -> Document:
        try:
            supposed = [self._supposed(part) for part in _BETWEEN_CHANGES.split(argument) if part.strip()]
        except InputError:
            answered = answer_if_said(self.policy, f"what if {argument}")
            if answered is None:
                raise
            return answered
        changes = dict(supposed)
        if len(changes) < len(supposed):
            raise InputError("one fact is to change twice", help="say each fact once")
        if not changes:
            example = next((f", such as /what-if {name}=…" for name in self.policy.told), "")
            return told_wrong("what is to be different?", f"say /what-if and a change{example}")
        return what_if_document(what_if(self.policy, self.state.answers, changes, self.engine), self.state.words)

    def _supposed(self, text: str) -> tuple[str, Value | None]:
        """A supposed answer: `fact=answer`, or the fact, `is` or `were`, and the answer as one would reply it."""
        name, answer = self._fact_and_rest(text.replace("=", " = ", 1))
        if name is None:
            raise InputError(f"there is no fact in `{shown(text.strip())}`", help=self._similar(text.partition("=")[0]))
        for sign in ("=", "is", "was", "were", "became"):
            answer = answer.removeprefix(f"{sign} ")
        if not answer or answer == "=":
            return name, None
        fact = self.policy.facts[name]
        return name, None if means_unsure(answer) else reply_value(fact, question_for(fact), answer)

    def _source(self, argument: str) -> Reply:
        wanted = argument.strip("[]() ").removeprefix("whyso:")
        passages = {str(source.number): source.passage for source in self.sources}
        passage = passages.get(wanted, wanted.partition("#")[0])
        if passage in self.policy.source.by_id:
            page = passage_page(self.policy, self.policy.source.by_id[passage])
            return replace(self._again(page), passage=passage)
        if wanted:
            help = did_you_mean(wanted, (*passages, *self.policy.source.by_id)) or "say /sources for the list"
            return self._again(told_wrong(f"there is no source `{shown(wanted)}`", help))
        if not self.sources:
            return self._again(
                said("Nothing I have said so far cites a source; say /result for the reasons.", Style.NOTE)
            )
        writer = Writer(self.policy.source)
        writer.add(Style.HEADING, "Sources of what I said last")
        for source in self.sources:
            writer.add(Style.SOURCE, f"[{source.number}] {source.title}  {source.link}")
        writer.add(Style.NOTE, "Say /sources and a number to read one.")
        return self._again(writer.document())

    def _plan(self) -> Document:
        writer = Writer(self.policy.source)
        write_parts(writer, self.decision.inference)
        kinds = ["step", "stack", "measure", "expectation", "risk", "tension"]
        write_advice(writer, self.decision.inference, kinds)
        return writer.document()

    def _costs(self) -> Document:
        writer = Writer(self.policy.source)
        write_costs(writer, self.decision)
        write_advice(writer, self.decision.inference, ["cost-note"])
        return writer.document()

    def _restart(self) -> Reply:
        self._move(State())
        return self._next(said("All forgotten; /undo brings it back."))

    def _more(self) -> Reply:
        self.history.append(self.state)
        self.state = replace(self.state, refine=True, asked=None)
        return self._next(Document())

    def _again(self, document: Document) -> Reply:
        """Says something and leaves the question where it was."""
        if document.sources:
            self.sources = document.sources
        return Reply(document, self.question)

    def _next(self, document: Document) -> Reply:
        """Says something and puts the next question; concludes where none is left that could change the result."""
        asked = self.state.asked
        self.upcoming = deciding(self.decision, self.state.skipped)
        deciding_fact = self.upcoming.fact
        if asked is None:
            asked = deciding_fact
        if asked is None and not self.state.concluded:
            self.state = replace(self.state, concluded=True)
            document = document + concluding(self.decision, self.state.skipped) + conclusion(self.decision)
            self.question = offer(self.decision, self.state.skipped)
            return self._again(document)
        if asked is None and self.state.refine:
            asked = next(refining(self.decision, self.state.skipped), None)
            if asked is None:
                self.state = replace(self.state, refine=False)
                document = document + said("That was the last question.") + conclusion(self.decision)
        if asked is None:
            self.question = offer(self.decision, self.state.skipped)
        else:
            if deciding_fact is not None:
                self.state = replace(self.state, concluded=False)
            optional = asked not in self.decision.outlook.open and asked not in self.state.answers
            self.question = question_for(self.policy.facts[asked], optional=optional)
        return self._again(document)
