"""The conversation: the one owner of what has been said. A reply goes in, a document and the next question come out.

It knows no screen; the chat in the terminal and the chat in plain lines hold the same conversation.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from assistant.dialogue.adopting import adopted
from assistant.dialogue.answering import Answering
from assistant.dialogue.asking import answer_to, option_words
from assistant.dialogue.commands import BY_NAME, parse_command
from assistant.dialogue.intake import Refusal, doubt_question, intake, noted, refusal
from assistant.dialogue.intents import asks, question_in
from assistant.dialogue.interview import deciding, refining
from assistant.dialogue.naming import answered, fact_and_rest, similar, supposed
from assistant.dialogue.questions import ORDINALS, Question, folded, means_unsure, question_for, reply_value
from assistant.dialogue.recording import Recording, handed_over
from assistant.dialogue.saying import (
    concluding,
    greeting,
    offer,
    sources_page,
)
from assistant.dialogue.state import State
from assistant.dialogue.understanding import read
from assistant.errors import WhysoError, did_you_mean, shown
from assistant.explanation.conclusion import conclusion
from assistant.explanation.document import Document, NumberedSource, Style, said, told_wrong
from assistant.explanation.pages import passage_page
from assistant.explanation.wording import listed
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import AnswerError, FactType, Value
from assistant.reasoning.decision import Decision, decide
from assistant.reasoning.elicitation import NextQuestion

MOST_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class Reply:
    """What whyso says: a document, then the question on the table, if any. `passage` is one to show beside it."""

    document: Document
    question: Question | None = None
    passage: str | None = None
    ended: bool = False


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
        self.recording: Recording | None = None

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
        self._take_up(state)
        self.history, self.sources = list(history), sources
        if question is None:
            return self._next(document)
        self.question, self.upcoming = question, deciding(self.decision, state.skipped)
        return self._again(document)

    def adopt(self, policy: Policy) -> Reply:
        """Goes on under a policy that was edited: says what that changes here; the question stays if it still matters.

        Raises `WhysoError`, with everything as it was, where nothing can be inferred under it.
        """
        with self._whole_or_not_at_all():
            found = adopted(self.decision, policy, self.state, tuple(self.history), self.engine)
            asked = self.question.fact if self.question is not None else ""
            self.policy, self.state, self.decision, self.history = policy, found.state, found.decision, [*found.history]
            self.sources = tuple(source for source in self.sources if source.passage in policy.source.by_id)
            if not found.document.paragraphs:
                return self._again(found.document)
            self.upcoming = deciding(self.decision, self.state.skipped)
            if self.state.asked is None and asked in self.decision.outlook.open:
                self.question = question_for(policy.facts[asked])
                return self._again(found.document)
            return self._next(found.document)

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
        kept = dict(vars(self), history=list(self.history))
        done = False
        try:
            yield
            done = True
        finally:
            if not done:
                vars(self).update(kept)

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
        command = self._offered(text) or self._command(text)
        if command is not None:
            return self._do(*command)
        if self._answers(text):
            return self._replied(text)
        wrong = refusal(self.policy, text, self._recent(), self.state.words)
        if wrong is not None:
            return self._refused(wrong)
        return self._told(text)

    def _replied(self, text: str) -> Reply:
        """A bare answer to the question on the table."""
        assert self.question is not None
        name = self.question.fact
        return self._skip(name) if means_unsure(text) else self._answer(name, text, self.question)

    def _told(self, text: str) -> Reply:
        """A message in free text: what it tells is taken in, what it asks is answered."""
        asked = self.question.fact if self.question is not None else ""
        reading = read(self.policy, text, asked or None)
        found = intake(reading, text, self.state.answers, self.state.words, asked or None)
        answer = answer_to(self.policy, question_in(text)) if asks(text) else Document()
        if not found.taken and not found.doubts:
            if asks(text):
                return self._again(noted(self.policy, found) + answer)
            if reading.unsure:
                return self._skip(asked)
            if found.again:
                return self._again(noted(self.policy, found))
            return self._again(self._not_understood(text, asked))
        self._move(self.state.taking(found))
        return self._next(noted(self.policy, found) + answer)

    def _not_understood(self, text: str, asked: str) -> Document:
        """What is wrong with a message that tells nothing: as an answer to the question, if there is one."""
        if asked and self.question is not None and len(text.split()) <= 6:
            try:
                reply_value(self.policy.facts[asked], self.question, text)
            except WhysoError as error:
                return told_wrong(self._in_words(error.message), error.help)
        help = "tell me about the system you plan, answer the question, or say /help for what can be asked"
        return told_wrong(f"I found nothing in `{shown(text)}` that I understand", help)

    def _recent(self) -> dict[str, Value]:
        """The facts that the last turn gave a value."""
        before = self.history[-1].answers if self.history else {}
        return {name: value for name, value in self.state.answers.items() if before.get(name) != value}

    def _refused(self, wrong: Refusal) -> Reply:
        """Takes a fact back that was read wrongly, and takes what was meant instead."""
        text = f"Taken back: {self.policy.facts[wrong.fact].label}."
        if wrong.instead is not None:
            text += f" Noted instead: {self.policy.facts[wrong.instead.fact].state(wrong.instead.value)}."
        self._move(self.state.refusing(wrong))
        return self._next(said(text, Style.NOTE))

    def _chosen(self, argument: str) -> Reply:
        """One of the readings of words that were asked back; none of them for 0."""
        if not self.state.doubts:
            return self._again(said("There is nothing to choose from just now.", Style.NOTE))
        choices = self.state.doubts[0].choices
        number = int(argument) if argument.isdecimal() else -1
        if not 0 <= number <= len(choices):
            return self._again(told_wrong("which one?", f"say a number from 1 to {len(choices)}, or 0 for none"))
        self._move(self.state.choosing(number))
        chosen = choices[number - 1]
        noted = f"Noted: {self.policy.facts[chosen.fact].state(chosen.value)}." if number else "Left out."
        return self._next(said(noted, Style.NOTE))

    def _offered(self, text: str) -> tuple[str, str] | None:
        """The command behind a choice of what to do next."""
        if self.question is None or self.question.fact:
            return None
        wanted = folded(text).removeprefix("the ").removesuffix(" one")
        for number, choice in enumerate(self.question.choices, 1):
            if wanted in (choice.key, choice.said, folded(choice.label), *ORDINALS[number - 1 : number]):
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
        asked = self.question.fact if self.question is not None else ""
        answer = Answering(self.decision, self.state, self.engine, asked).answer(name, argument)
        if answer is not None:
            return self._again(answer)
        acts: dict[str, Callable[[], Reply]] = {
            "change": lambda: self._change(argument),
            "set": lambda: self._set(argument),
            "undo": self._undo,
            "restart": self._restart,
            "take": lambda: self._chosen(argument),
            "sources": lambda: self._source(argument),
            "report": lambda: self._again(handed_over(self.recording, self, argument)),
            "more": self._more,
            "quit": lambda: Reply(said("Goodbye."), ended=True),
        }
        if name in acts:
            return acts[name]()
        help = did_you_mean(name, BY_NAME) or "say /help for the commands"
        return self._again(told_wrong(f"there is no command `/{shown(name)}`", help))

    def _move(self, state: State) -> None:
        """The way to a new state, which `/undo` leads back from; another recommendation is a new conclusion."""
        before, kept = self.decision, self.state
        self._take_up(state)
        self.history.append(kept)
        now = self.decision
        if (before.outlook.settled, before.recommended) != (now.outlook.settled, now.recommended):
            self.state = replace(state, concluded=False)

    def _take_up(self, state: State) -> None:
        """Decides on a state, and only then makes it the present one, so that what cannot be is never remembered."""
        decision = decide(self.policy, state.answers, self.engine)
        decision.outlook  # noqa: B018  # raises where the answers leave no possibility
        self.state, self.decision = state, decision

    def _answer(self, name: str, text: str, question: Question) -> Reply:
        fact = self.policy.facts[name]
        value = self._value(fact, question, text)
        plain = not fact.numeric or re.sub(r"[\s,_]", "", text) == str(value)
        words = "" if plain else text
        self._move(replace(self.state.told(name, value, words), asked=None))
        quoted = f" (you said \u201c{shown(words)}\u201d)" if words else ""
        return self._next(said(f"Noted: {fact.state(value)}{quoted}.", Style.NOTE))

    def _value(self, fact: FactType, question: Question, text: str) -> Value:
        try:
            return reply_value(fact, question, text)
        except AnswerError:
            return answered(self.policy, fact, text)

    def _skip(self, name: str) -> Reply:
        self._move(self.state.skipping(name))
        return self._next(said(f"Left open: {self.policy.facts[name].label}.", Style.NOTE))

    def _change(self, argument: str) -> Reply:
        if not argument:
            example = next((f", such as /change {name}" for name in self.policy.told), "")
            return self._again(told_wrong("which answer is to change?", f"say /change and a fact{example}"))
        fact, answer = fact_and_rest(self.policy, argument)
        if fact is None:
            return self._again(told_wrong(f"there is no fact `{shown(argument)}`", similar(self.policy, argument)))
        question = question_for(self.policy.facts[fact])
        if answer:
            return self._skip(fact) if means_unsure(answer) else self._answer(fact, answer, question)
        self.history.append(self.state)
        self.state = replace(self.state, asked=fact)
        known = self.state.answers.get(fact)
        now = f"Now: {self.policy.facts[fact].state(known)}." if known is not None else "Not answered so far."
        return self._next(said(now, Style.NOTE))

    def _set(self, argument: str) -> Reply:
        """Several answers at once, in one step; what is said to be unknown becomes open."""
        changes = supposed(self.policy, argument)
        if not changes:
            return self._again(told_wrong("which answers are to change?", "say /set and such as fact=answer"))
        state = self.state
        for name, value in changes.items():
            state = state.skipping(name) if value is None else state.told(name, value)
        self._move(replace(state, asked=None))
        facts = self.policy.facts
        noted = [
            facts[n].state(value) if value is not None else f"{facts[n].label}: open" for n, value in changes.items()
        ]
        return self._next(said(f"Noted: {'; '.join(noted)}.", Style.NOTE))

    def _undo(self) -> Reply:
        if not self.history:
            return self._again(said("There is nothing to undo.", Style.NOTE))
        gone, self.state = self.state, self.history.pop()
        self.decision = decide(self.policy, self.state.answers, self.engine)
        now, before = self.state.answers, gone.answers
        restored = [name for name in now if name not in before]
        taken = [name for name in self.policy.told if name in before and before[name] != now.get(name)]
        taken += [name for name in gone.skipped if name not in self.state.skipped and name not in now]
        opened = [name for name in taken if name not in now]
        if len(opened) == 1 and len(taken) == 1 and not restored:
            self.state = replace(self.state, asked=opened[0])
        facts = self.policy.facts
        labels = listed(facts[name].label for name in (restored or taken)[:6])
        again = "; ".join(facts[name].state(now[name]) for name in taken[:6] if name in now)
        what = f"Back again: {labels}." if restored else f"Taken back: {labels}." if taken else "One step back."
        if again and not restored:
            what = f"{what} As before: {again}." if opened else f"As before: {again}."
        return self._next(said(what, Style.NOTE))

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
        return self._again(sources_page(self.policy, self.sources))

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
        if self.state.doubts:
            self.upcoming = deciding(self.decision, self.state.skipped)
            self.question = doubt_question(self.policy, self.state.doubts[0])
            return self._again(document)
        asked = self.state.asked
        self.upcoming = deciding(self.decision, self.state.skipped)
        deciding_fact = self.upcoming.fact
        if asked is None:
            asked = deciding_fact
        if asked is None and not self.state.concluded:
            self.state = replace(self.state, concluded=True)
            document = document + concluding(self.decision, self.state.skipped) + conclusion(self.decision)
            self.question = offer(self.decision, self.state.skipped, record=self.recording is not None)
            return self._again(document)
        if asked is None and self.state.refine:
            asked = next(refining(self.decision, self.state.skipped), None)
            if asked is None:
                self.state = replace(self.state, refine=False)
                document = document + said("That was the last question.") + conclusion(self.decision)
        if asked is None:
            self.question = offer(self.decision, self.state.skipped, record=self.recording is not None)
        else:
            if deciding_fact is not None:
                self.state = replace(self.state, concluded=False)
            optional = asked not in self.decision.outlook.open and asked not in self.state.answers
            self.question = question_for(self.policy.facts[asked], optional=optional)
        return self._again(document)
