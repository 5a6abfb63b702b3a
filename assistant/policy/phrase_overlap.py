"""Readings that two phrases have in common: each phrase as a graph of words, both walked at once.

A phrase has no repetition, so its graph has no cycle, and the walk is complete where listing all readings could not be.
"""

from functools import cached_property

from assistant.policy.phrases import Mark, OneOf, Part, Sequence, Spoken


class Walk:
    """A phrase as a graph of words, from state 0 to `end`; it is drawn when first walked.

    `firsts` and `lasts` are the words that the phrase may begin and end with.
    """

    def __init__(self, sequence: Sequence) -> None:
        self._sequence = sequence
        self._next: dict[int, tuple[dict[str, list[int]], bool]] = {}
        self.firsts = frozenset(_end_words(sequence, 1)[0])
        self.lasts = frozenset(_end_words(sequence, -1)[0])

    @cached_property
    def _drawn(self) -> tuple[list[list[tuple[str, int]]], int]:
        graph = _Graph()
        end = graph.sequence(self._sequence, 0)
        return graph.arcs, end

    def next(self, state: int) -> tuple[dict[str, list[int]], bool]:
        """The words that may come next, in order, each with where it leads; and whether the phrase may end here."""
        if state not in self._next:
            self._next[state] = self._follow(state)
        return self._next[state]

    def _follow(self, state: int) -> tuple[dict[str, list[int]], bool]:
        words: dict[str, list[int]] = {}
        waiting, seen = [state], {state}
        arcs, end = self._drawn
        while waiting:
            for word, after in arcs[waiting.pop()]:
                if word:
                    words.setdefault(word, []).append(after)
                elif after not in seen:
                    seen.add(after)
                    waiting.append(after)
        return words, end in seen


def _end_words(sequence: Sequence, step: int) -> tuple[set[str], bool]:
    """The words at one end of a phrase, the beginning for 1 and the other for -1, and whether it may be silent."""
    found: set[str] = set()
    for part in sequence[::step]:
        if isinstance(part, OneOf):
            inner = [_end_words(one, step) for one in part.sequences]
            found.update(*(words for words, _ in inner))
            silent = part.optional or any(empty for _, empty in inner)
        else:
            word = _written(part)
            found |= {word} if word else set()
            silent = not word
        if not silent:
            return found, False
    return found, True


def _written(part: Spoken | Mark) -> str:
    """A word or a mark as a reading shows it; a comma is silent."""
    if isinstance(part, Spoken):
        return part.word + "*" * part.open
    return "" if part.sign == "," else part.sign


class _Graph:
    """Arcs with a word, or with none where nothing is said, as they are added."""

    def __init__(self) -> None:
        self.arcs: list[list[tuple[str, int]]] = [[]]

    def state(self) -> int:
        self.arcs.append([])
        return len(self.arcs) - 1

    def sequence(self, sequence: Sequence, at: int) -> int:
        for part in sequence:
            at = self.part(part, at)
        return at

    def part(self, part: Part, at: int) -> int:
        after = self.state()
        if not isinstance(part, OneOf):
            self.arcs[at].append((_written(part), after))
            return after
        if part.optional:
            self.arcs[at].append(("", after))
        for inner in part.sequences:
            first = inner[0]
            if len(inner) == 1 and not isinstance(first, OneOf):
                self.arcs[at].append((_written(first), after))
                continue
            begin = self.state()
            self.arcs[at].append(("", begin))
            self.arcs[self.sequence(inner, begin)].append(("", after))
        return after


def common_reading(one: Walk, other: Walk) -> str | None:
    """A reading of both, the same for the same phrases; None where they have none."""
    seen = {(0, 0)}
    waiting: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
    while waiting:
        here, there, said = waiting.pop()
        words, over = one.next(here)
        theirs, theirs_over = other.next(there)
        if over and theirs_over:
            return " ".join(said)
        for word in [word for word in words if word in theirs]:
            for after in ((mine, its) for mine in words[word] for its in theirs[word]):
                if after not in seen:
                    seen.add(after)
                    waiting.append((*after, (*said, word)))
    return None
