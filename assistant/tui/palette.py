"""The command palette: everything that can be said, read and pressed, to be found by its words.

What comes from a policy goes in as plain text, since the palette would take a string for markup.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode

from assistant.tui.bindings import PLACES, known_bindings, own_bindings, own_classes
from assistant.tui.equipment import EquippedScreen
from assistant.tui.key_names import names_for
from assistant.tui.plain_content import plain

if TYPE_CHECKING:
    from assistant.policy.syntax import Policy

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the palette; `found_only` where it is listed only when it is looked for."""

    name: str
    help: str
    run: Callable[[], object]
    found_only: bool = False


class PaletteProvider(Provider):
    """All entries that the screen under the palette has."""

    async def startup(self) -> None:
        """Gathers them as the palette opens."""
        self._gathered: tuple[object, tuple[Entry, ...]] | None = None
        self._all()

    def _all(self) -> tuple[Entry, ...]:
        """The entries; once more as soon as there is another policy, should the palette have been opened before."""
        screen = self.screen
        if not isinstance(screen, EquippedScreen):
            return ()
        policy = screen.talk.conversation.policy if screen.talk.is_open else None
        if self._gathered is None or self._gathered[0] is not policy:
            self._gathered = (policy, tuple(entries(screen)))
        return self._gathered[1]

    async def discover(self) -> Hits:
        """What there is before anything is looked for."""
        for entry in self._all():
            if not entry.found_only:
                yield DiscoveryHit(plain(entry.name), entry.run, entry.name, _shown_help(entry))

    async def search(self, query: str) -> Hits:
        """The entries that hold every word, those whose names begin with them first."""
        words = query.lower().split()
        scored = [(match(entry, words), entry) for entry in self._all()]
        best = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])
        for score, entry in best[:MOST_SHOWN]:
            name = _with_words_marked(plain(entry.name), words)
            yield Hit(score, name, entry.run, entry.name, _shown_help(entry))


def _shown_help(entry: Entry) -> Any:
    """Content, which the palette shows as it is; a string, which is all that its signature names, would be markup."""
    return plain(entry.help) if entry.help else None


def match(entry: Entry, words: list[str]) -> float:
    """How well an entry fits, from 0 for not at all to 1: by its beginning, then those of its words, then its help."""
    name, help = entry.name.lower(), entry.help.lower()
    if not all(word in name or word in help for word in words):
        return 0.0
    if name.startswith(" ".join(words)) or name.partition(": ")[2].startswith(" ".join(words)):
        return 1.0
    starts = [f" {word}" in f" {name.replace('/', ' ').replace('-', ' ')}" for word in words]
    return 0.8 if all(starts) else 0.6 if all(word in name for word in words) else 0.3


def _with_words_marked(name: Content, words: list[str]) -> Content:
    lowered = name.plain.lower()
    for word in words:
        at = lowered.find(word)
        if at >= 0:
            name = name.stylize("underline", at, at + len(word))
    return name


def entries(screen: EquippedScreen) -> Iterator[Entry]:
    """All that can be done on a screen."""
    yield from _commands(screen)
    yield from _keys(screen)
    yield from _themes(screen.app)
    if screen.talk.is_open:
        yield from _policy(screen, screen.talk.conversation.policy)


def _commands(screen: EquippedScreen) -> Iterator[Entry]:
    from assistant.dialogue.commands import COMMANDS
    from assistant.tui.local_commands import local_commands

    for command in (*COMMANDS, *local_commands()):
        said = f"/{command.name}"
        needs = bool(command.takes) and not command.takes.startswith("[")
        run = partial(screen.begin, f"{said} ") if needs else partial(screen.say, said)
        yield Entry(f"{said} {command.takes}".rstrip(), command.does, run)


def _keys(screen: EquippedScreen) -> Iterator[Entry]:
    """All that keys do, by what it is; with the keys in force and where they hold, if not everywhere.

    Chosen from here they do it in that place: its widget gets the keyboard first.
    """
    names, known = names_for(screen), known_bindings()
    seen: set[str] = set()
    for kind in (*type(screen).__mro__, *type(screen.app).__mro__, *dict.fromkeys(own_classes())):
        for binding in own_bindings(kind):
            if binding.id is None or binding.id in seen or not known[binding.id].does:
                continue
            seen.add(binding.id)
            everywhere = isinstance(screen, kind) or isinstance(screen.app, kind)
            where = "" if everywhere else f", {PLACES.get(kind.__name__, 'where it applies')}"
            run = partial(_pressed, screen, kind, binding.action, everywhere)
            does = known[binding.id].does
            yield Entry(does, f"{names[f'{binding.id}*']}{where}", run, found_only=not everywhere)


async def _pressed(screen: EquippedScreen, kind: type[DOMNode], action: str, everywhere: bool) -> None:
    """Does what a key does, where it does it."""
    if everywhere:
        namespace: DOMNode = screen if hasattr(screen, f"action_{action.partition('(')[0]}") else screen.app
    else:
        found = screen.place_of(kind)
        if found is None:
            screen.notice(f"That can be done only {PLACES.get(kind.__name__, 'where it applies')}.", 6)
            return
        namespace = found
    await screen.app.run_action(action, namespace)


def _themes(app: App[object]) -> Iterator[Entry]:
    names = sorted(app.available_themes, key=lambda name: (not name.startswith("whyso"), name))
    for name in names:
        ours = name.startswith("whyso")
        help = "in use" if name == app.theme else "kept for later sittings"
        yield Entry(f"Theme: {name}", help, partial(setattr, app, "theme", name), found_only=not ours)


def _policy(screen: EquippedScreen, policy: "Policy") -> Iterator[Entry]:
    """Its facts, passages and rules; and where everything that has a name is written."""
    for fact in policy.told.values():
        change = partial(screen.say, f"/change {fact.name}")
        yield Entry(f"Change: {fact.label}", f"/change {fact.name}", change, found_only=True)
    for passage in policy.source.passages:
        read = partial(screen.read_passage, passage.id)
        yield Entry(f"Read: {passage.trail}", passage.id, read, found_only=True)
    for origin in policy.origins:
        edit = partial(screen.say, f"/edit {origin.kind}:{origin.id}")
        yield Entry(f"Edit: {origin.id}", f"{origin.kind}, {origin.settings[-1].at}", edit, found_only=True)
    for rule in policy.rules:
        show = partial(screen.read_rule, rule.id)
        yield Entry(f"Rule: {rule.id}", rule.place, show, found_only=True)
